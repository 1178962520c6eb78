"""What every engine does: read requests, speak sentence after sentence, write the sound."""

import array
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

#: Samples of one sentence, 16 bits each.
Samples = array.array
Speak = Callable[[str, str], "Samples[int]"]

#: What counts as silence at a sentence's ends, of 32,767.
QUIET = 90
#: Seconds of the quiet that are left at a sentence's ends.
EDGE = 0.03


def serve(rate: Callable[[str], int], speak: Speak) -> None:
    """Answer requests until standard input ends.

    Args:
        rate: samples a second of a voice.
        speak: the sound of a text in a voice; any exception is answered as the request's error.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever a library prints goes elsewhere than among the answers.
    os.dup2(2, 1)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        try:
            asked = json.loads(line)
            answer = _render(asked, rate(asked["voice"]), speak)
        except Exception as error:  # a text that one engine cannot speak must not end it
            answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        print(json.dumps(answer), file=answers, flush=True)


def _render(asked: dict[str, Any], rate: int, speak: Speak) -> dict[str, Any]:
    spans, at = [], 0
    with open(asked["pcm"], "wb") as file:  # noqa: PTH123 - a path from the caller
        for text, pause in zip(asked["sentences"], asked["pauses"], strict=True):
            sound = trimmed(speak(asked["voice"], text), rate)
            spans.append([at, at + len(sound)])
            for piece in (sound, array.array("h", bytes(2 * round(pause * rate)))):
                if sys.byteorder == "big":
                    piece.byteswap()
                file.write(piece.tobytes())
                at += len(piece)
    return {"rate": rate, "spans": spans}


def trimmed(sound: "Samples[int]", rate: int) -> "Samples[int]":
    """The sound without the quiet before and after it, but for a moment on each side."""
    edge = round(EDGE * rate)
    first = next(_loud(sound, range(len(sound))), None)
    if first is None:
        return array.array("h")
    last = next(_loud(sound, range(len(sound) - 1, -1, -1)))
    return sound[max(0, first - edge) : last + 1 + edge]


def _loud(sound: "Samples[int]", order: range) -> Iterator[int]:
    return (at for at in order if abs(sound[at]) > QUIET)
