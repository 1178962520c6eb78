"""What became of each promise: deliveries go to the promise of a party that is due first.

Where evidence is a range, a party's story is told twice: once with the least that may have come and the most that was
promised, once the other way. What both tell is taken as so; where they differ, nobody can say.

    follow(commitments, observations, default)   what became of one party's promises in one unit, in order of due day
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from dateline.newsroom.trackers.figures.facts import Commitment, Observation, Stage
from dateline.newsroom.trackers.figures.levels import BEFORE, Event, Range, Track, rank, steps_of

#: For one without a day.
_NEVER = date.max


@dataclass(slots=True)
class Fate:
    """A promise in one telling, in whole steps: what was promised, came in time and late, and was taken back."""

    promise: Commitment
    due: date
    size: int
    came: int = 0
    back: int = 0
    #: When the last part came, and the last was taken back.
    came_on: date | None = None
    back_on: date | None = None
    evidence: list[int] = field(default_factory=list)

    @property
    def open(self) -> int:
        return self.size - self.came - self.back

    @property
    def kept_on(self) -> date | None:
        """Since when all of it is there; a promise of nothing is kept when it is made."""
        return (self.came_on or self.promise.on) if self.came >= self.size else None


@dataclass(frozen=True, slots=True)
class Fates:
    """One promise as both tellings have it: the careful one, and the generous one."""

    careful: Fate
    generous: Fate


def follow(
    commitments: Iterable[Commitment], observations: Iterable[Observation], default: date | None
) -> tuple[Fates, ...]:
    """Promises by due day; `default` is the day of those that name none. Nearly linear work."""
    events: list[Event] = sorted([*commitments, *observations], key=lambda event: (event.on, rank(event), event.id))
    made = _made(events)
    if made is None:
        return ()
    levels = _levels(events)
    careful = _tell(events, levels, made, default, careful=True)
    generous = _tell(events, levels, made, default, careful=False)
    return tuple(Fates(one, other) for one, other in zip(careful, generous, strict=True))


def _made(events: Sequence[Event]) -> Stage | None:
    """The stage whose events are the promises: the earliest there is before delivery, as later ones imply it."""
    stages = {event.stage for event in events if isinstance(event, Commitment)}
    return next((stage for stage in BEFORE if stage in stages), None)


def _levels(events: Sequence[Event]) -> list[Range]:
    """What is there after each event."""
    track, found = Track(), []
    for event in events:
        if isinstance(event, Observation):
            track.observe(event, steps_of(event.amount))
        else:
            track.take(event, steps_of(event.amount))
        found.append(track.level)
    return found


def _tell(
    events: Sequence[Event], levels: Sequence[Range], made: Stage, default: date | None, *, careful: bool
) -> list[Fate]:
    telling = _Telling(careful)
    before = Range(0, 0)
    for event, level in zip(events, levels, strict=True):
        if isinstance(event, Commitment) and event.stage is made:
            telling.promise(event, event.due or default or _NEVER, before)
        elif isinstance(event, Commitment) and event.stage is Stage.WITHDRAWN:
            telling.take_back(event)
        elif level != before or isinstance(event, Observation):
            telling.come(event, level)
        before = level
    return sorted(telling.fates, key=_by_due)


def _by_due(fate: Fate) -> tuple[date, date, int]:
    return fate.due, fate.promise.on, fate.promise.id


class _Telling:
    def __init__(self, careful: bool) -> None:
        self.careful = careful
        self.fates: list[Fate] = []
        #: Open promises, the one that is due first on top, and the one that is due last.
        self.first: list[tuple[int, int, int, Fate]] = []
        self.last: list[tuple[int, int, int, Fate]] = []
        #: So much of what is there has been counted, or was there before anything was promised.
        self.used = 0

    def promise(self, event: Commitment, due: date, level: Range) -> None:
        amount = steps_of(event.amount)
        if not self._next(self.first):
            # What is there by now was not promised, or was counted; some that was counted may have gone since.
            self.used = level.high if self.careful else max(level.low, min(self.used, level.high))
        fate = Fate(event, due, amount.high if self.careful else amount.low)
        self.fates.append(fate)
        order = (due.toordinal(), event.on.toordinal(), event.id)
        heappush(self.first, (*order, fate))
        heappush(self.last, (-order[0], -order[1], -order[2], fate))

    def come(self, event: Event, level: Range) -> None:
        """What is there above what was counted goes to the promises that are due first."""
        there = level.low if self.careful else level.high
        while there > self.used and (fate := self._next(self.first)):
            part = min(fate.open, there - self.used)
            self.used += part
            fate.came += part
            fate.came_on = event.on
            fate.evidence.append(event.id)

    def take_back(self, event: Commitment) -> None:
        """What is due last goes first."""
        amount = steps_of(event.amount)
        left = amount.high if self.careful else amount.low
        while left > 0 and (fate := self._next(self.last)):
            part = min(fate.open, left)
            left -= part
            fate.back += part
            fate.back_on = event.on
            fate.evidence.append(event.id)

    @staticmethod
    def _next(heap: list[tuple[int, int, int, Fate]]) -> Fate | None:
        while heap and heap[0][3].open <= 0:
            heappop(heap)
        return heap[0][3] if heap else None
