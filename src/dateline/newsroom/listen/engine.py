"""An engine at work: its process, what it is asked, and what becomes of one that hangs or dies."""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.newsroom.listen.script import Sentence
from dateline.newsroom.listen.voices import Voice

#: Seconds that an engine may take to load its models.
LOADING = 120
#: Seconds for a text, and for each of its letters: a hundredth of the slowest engine's pace.
BASE, PER_LETTER = 60, 0.05


class EngineError(Exception):
    """A text that could not be spoken; the message says by which engine and why."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Signed 16-bit mono at `rate` in `pcm`; `spans` are the first and the end sample of each sentence."""

    pcm: Path
    rate: int
    spans: tuple[tuple[int, int], ...]


class Engine:
    """One engine's process, started when it is first asked for something and again after it has died."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""
        self._lock = threading.Lock()
        self._ended = False

    def speak(self, voice: Voice, script: Sequence[Sentence], pcm: Path) -> Sound:
        """The sound of a script, one after the other if several ask. Raises EngineError; the engine is as good as new
        afterwards."""
        asked = {
            "voice": voice.name,
            "sentences": [sentence.spoken for sentence in script],
            "pauses": [sentence.pause for sentence in script],
            "pcm": str(pcm),
        }
        letters = sum(len(sentence.spoken) for sentence in script)
        with self._lock:
            answer = self._ask(asked, BASE + PER_LETTER * letters)
        if "error" in answer:
            raise EngineError(f"{self.module}: {answer['error']}")
        spans = tuple((int(first), int(end)) for first, end in answer["spans"])
        return Sound(pcm, int(answer["rate"]), spans)

    def rest(self) -> None:
        """End the process unless it is at work; it is started again when it is needed."""
        if self._lock.acquire(blocking=False):
            try:
                self.close()
            finally:
                self._lock.release()

    def end(self) -> None:
        """End the process for good, and with it what it is speaking in another thread, which clears up after it."""
        self._ended = True
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
        self.rest()

    def close(self) -> None:
        """End the process; the next text starts another."""
        process, self._process, self._rest = self._process, None, b""
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        process.wait(30)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, asked: dict[str, Any], patience: float) -> dict[str, Any]:
        try:
            process = self._started()
            assert process.stdin
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            return self._answer(patience)
        except (OSError, ValueError, EOFError, TimeoutError) as error:
            self.close()
            raise EngineError(f"{self.module}: {error or type(error).__name__}") from error

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        if self._ended:
            raise EOFError("it has been ended")
        # One thread: there are other things to do on this machine.
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"dateline.newsroom.listen.engines.{self.module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            # An interrupt from the keyboard is for whoever speaks, who ends this.
            start_new_session=True,
        )
        self._answer(LOADING)
        return self._process

    def _answer(self, patience: float) -> dict[str, Any]:
        assert self._process
        assert self._process.stdout
        out = self._process.stdout.fileno()
        end = time.monotonic() + patience
        while b"\n" not in self._rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError(f"no answer within {patience:.0f} seconds")
            piece = os.read(out, 65536)
            if not piece:
                raise EOFError("it ended without an answer")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        answer = json.loads(line)
        if not isinstance(answer, dict):
            raise ValueError("it answered with something else")
        return answer
