"""When each sentence is heard, as WebVTT: a player's highlight, and a transcript."""

from collections.abc import Iterable, Sequence
from html import escape

from dateline.newsroom.listen.engine import Sound
from dateline.newsroom.listen.script import Sentence

#: First and last millisecond of a sentence, and its text as the page shows it.
Mark = tuple[int, int, str]


def marks_of(script: Sequence[Sentence], sound: Sound) -> list[Mark]:
    """The marks of a script as it was spoken. What made no sound (a sign that has no name) has none."""
    return [
        (round(1000 * first / sound.rate), round(1000 * end / sound.rate), sentence.text)
        for sentence, (first, end) in zip(script, sound.spans, strict=True)
        if end > first
    ]


def as_webvtt(marks: Iterable[Mark]) -> str:
    """WebVTT of the marks (https://www.w3.org/TR/webvtt1/); cues are numbered from 1."""
    cues = [
        f"{number}\n{_clock(first)} --> {_clock(last)}\n{_cue(text)}\n"
        for number, (first, last, text) in enumerate(marks, 1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _cue(text: str) -> str:
    # A cue may hold no arrow and no empty line; its markup is escaped.
    return escape(" ".join(text.split()), quote=False)


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
