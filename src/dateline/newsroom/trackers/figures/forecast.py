"""When the goal is met, at the pace so far; or why nobody can say.

`forecast(facts)` gives `Forecast`. `docs/trackers.md` has the method, and how well it did on series whose end is known.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dateline.newsroom.trackers.figures.facts import Amount, Facts
from dateline.newsroom.trackers.figures.levels import Point, Range, history, number_of, steps_of
from dateline.newsroom.trackers.figures.pace import HORIZON as HORIZON
from dateline.newsroom.trackers.figures.pace import Evening, reach

#: 1 January 1970, from which days are counted where a browser counts too.
EPOCH = date(1970, 1, 1).toordinal()
#: Of more evenings than this, so many are kept: the first, the last, and those evenly between them.
MOST = 100


class Reason(StrEnum):
    """Why there is no day."""

    NO_GOAL = "no-goal"
    #: Too few days with evidence, or they are too close together.
    FEW = "few"
    #: What is there has not grown.
    NO_PROGRESS = "no-progress"
    #: The goal is met.
    MET = "met"
    #: The range reaches over the target with its middle: it may be met.
    PERHAPS_MET = "perhaps-met"
    #: Not within twenty years, at this pace.
    BEYOND = "beyond"
    #: The evidence contradicts itself.
    CONTRADICTORY = "contradictory"
    #: The evidence is so old that by its pace the goal would be met by now.
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day; `late` is None when it is beyond twenty years."""

    early: date
    late: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Either `reason`, or a day that is as likely too early as too late, with a half and four fifths of chances."""

    reason: Reason | None
    median: date | None = None
    fifty: Span | None = None
    eighty: Span | None = None
    #: How much comes in 30 days, where there is a pace.
    per_month: float | None = None
    #: On how many days with evidence it rests, from when to when.
    points: int = 0
    since: date | None = None
    until: date | None = None


def forecast(facts: Facts) -> Forecast:
    """When the goal is met, as seen on `facts.on`."""
    if facts.goal is None:
        return Forecast(Reason.NO_GOAL)
    points = history(facts)
    if not points:
        return Forecast(Reason.FEW)
    known = (len(points), points[0].on, points[-1].on)
    if points[-1].disputed:
        return Forecast(Reason.CONTRADICTORY, None, None, None, None, *known)
    evenings = [evening_of(point) for point in thinned(points)]
    _, low, high = evenings[-1]
    target = number_of(steps_of(Amount.exact(facts.goal.target)).high)
    reason, pace, days = reach(evenings, low, high, target, day_of(facts.on))
    month = pace * 30 if pace else None
    if reason:
        return Forecast(Reason(reason), None, None, None, month, *known)
    median, *spans = days
    fifty, eighty = (Span(_date(early), _date(late) if late < math.inf else None) for early, late in _pairs(spans))
    return Forecast(None, _date(median), fifty, eighty, month, *known)


def _pairs(values: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(values[::2], values[1::2], strict=True))


def day_of(day: date) -> int:
    return day.toordinal() - EPOCH


def _date(day: float) -> date:
    return date.fromordinal(int(day) + EPOCH)


def evening_of(point: Point) -> Evening:
    return day_of(point.on), number_of(point.whole.low), number_of(point.whole.high)


def thinned(points: Sequence[Point]) -> list[Point]:
    """At most `MOST` of them, evenly by their order, with what moved in between moved to the next that is kept."""
    if len(points) <= MOST:
        return list(points)
    kept: list[Point] = []
    moved: dict[str, Range] = {}
    last = len(points) - 1
    chosen = {i * last // (MOST - 1) for i in range(MOST)}
    for i, point in enumerate(points):
        moved |= dict(point.moved)
        if i in chosen:
            kept.append(replace(point, moved=tuple((code, moved[code]) for code in sorted(moved))))
            moved = {}
    return kept
