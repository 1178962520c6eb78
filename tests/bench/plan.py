"""How much is measured, and what the rows share: newsrooms are made once, when the first row asks for one."""

import contextlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.newsrooms import Inside, Newsroom, make


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sizes and counts of a run. `rounds` of load last `seconds` each; the others are repetitions."""

    small: int = 1000
    big: int = 20_000
    rounds: int = 3
    seconds: float = 2
    publishes: int = 30
    prints: int = 15
    reprints: int = 400
    desk: int = 8
    corpus_lines: int = 0
    readers: int = 10_000
    alerts: int = 10
    scheduled: int = 8
    ratings: int = 3
    spoken: int = 50
    entries: int = 100_000
    pages: int = 10_000


QUICK = Amounts(
    small=120,
    big=240,
    rounds=1,
    seconds=1,
    publishes=3,
    prints=3,
    reprints=40,
    desk=2,
    corpus_lines=20,
    readers=50,
    alerts=2,
    scheduled=2,
    ratings=1,
    spoken=3,
    entries=2000,
    pages=20,
)


@dataclass
class Run:
    """One run: where it works, how much it does, and the newsrooms that rows share."""

    folder: Path
    amounts: Amounts
    corpus: Path | None
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    #: What one row measured and another shows too.
    shared: dict[str, Any] = field(default_factory=dict)
    _newsrooms: dict[str, Newsroom] = field(default_factory=dict)
    _inside: dict[str, Inside] = field(default_factory=dict)

    def newsroom(self, size: str) -> Newsroom:
        """The newsroom of a size, "small" or "big"."""
        if size not in self._newsrooms:
            stories = int(getattr(self.amounts, size))
            start = time.monotonic()
            self._newsrooms[size] = make(self.folder / size, stories=stories)
            say(f"made a newsroom of {stories:,} stories in {time.monotonic() - start:.0f} s")
        return self._newsrooms[size]

    def inside(self, size: str) -> Inside:
        """A process inside that newsroom; it lives as long as the run."""
        if size not in self._inside:
            self._inside[size] = self.stack.enter_context(self.newsroom(size).inside())
        return self._inside[size]

    def alternating(self, rounds: int, do: dict[str, Callable[[], object]]) -> None:
        """Do each of these in turn, `rounds` times over, so that a noisy minute meets all alike."""
        for _ in range(rounds):
            for each in do.values():
                each()


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
