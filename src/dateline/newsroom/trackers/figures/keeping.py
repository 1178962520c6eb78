"""Who keeps what was promised.

`statuses(facts)` says of each party how it stands, and by which evidence; `promises(facts)` follows each promise.
`predictability(facts)` is the share of due promises that each party kept in time, `concentration(facts)` how much hangs
on a few.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dateline.newsroom.trackers.figures.facts import Amount, Commitment, Facts, Observation, Stage
from dateline.newsroom.trackers.figures.filled import Share
from dateline.newsroom.trackers.figures.levels import Range, ledgers
from dateline.newsroom.trackers.figures.promises import Fate, Fates, follow

#: The quantile of the normal distribution that leaves 5% on each side.
Z90 = 1.6448536269514722


class Status(StrEnum):
    """How a promise, or a party, stands."""

    #: Not due yet, or without a day.
    ON_TIME = "on-time"
    #: Due, and not all of it is there.
    LATE = "late"
    #: All of it is there; `days_late` says whether it came late.
    KEPT = "kept"
    #: Taken back after it was due, or late for longer than a year.
    BROKEN = "broken"
    #: Taken back before it was due.
    WITHDRAWN = "withdrawn"
    #: No evidence, or evidence that does not say: then `evidence` is not empty.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and what became of it."""

    #: The evidence that made it.
    id: int
    party: str
    unit: str
    amount: Amount
    on: date
    #: Its own day, else the goal's.
    due: date | None
    conditional: bool
    status: Status
    #: How much of it is there.
    delivered: Amount
    #: Since when all of it is there for sure.
    kept_on: date | None
    #: Days between the day it was due and the day it was kept, or today; 0 is in time. None when nobody can say.
    days_late: int | None
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartyStatus:
    party: str
    status: Status
    #: What the status rests on; empty only with `UNKNOWN`.
    evidence: tuple[int, ...] = ()
    #: Of the promise that is, or was, the latest; 0 when everything came in time.
    days_late: int | None = None
    #: The day that comes next, or that has passed first.
    due: date | None = None
    #: Promises by what became of them: how many were kept, and of how many.
    kept: int = 0
    promised: int = 0


@dataclass(frozen=True, slots=True)
class Predictability:
    """Of `due` promises `in_time` were kept in time, of `unclear` ones nobody can say."""

    party: str
    due: int
    in_time: int
    unclear: int
    #: The share as counted, and the range the true one is in with 90% confidence. None without a due promise.
    share: Share | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Concentration:
    """Who carries what is there, in the goal's unit."""

    #: How many have given anything.
    parties: int
    largest_party: str
    largest: Share
    largest_three: Share
    #: Of the middles: 1 when one carries all, 1/n when n carry the same.
    herfindahl: Fraction
    #: As many equal parties would be as concentrated.
    effective: Fraction


#: So long after its day a promise that is not kept counts as broken.
BROKEN_AFTER = 365
#: A party stands as the worst of its promises does, and those that are open come before those that are over.
_WORST = (Status.BROKEN, Status.LATE, Status.UNKNOWN, Status.ON_TIME, Status.WITHDRAWN, Status.KEPT)


def promises(facts: Facts) -> tuple[Promise, ...]:
    """Every promise as of `facts.on`, by party in the order of `facts.parties`, then by unit and due day."""
    rows: dict[str, dict[str, tuple[list[Commitment], list[Observation]]]] = {party.code: {} for party in facts.parties}
    for commitment in facts.commitments:
        if commitment.on <= facts.on and commitment.party in rows:
            rows[commitment.party].setdefault(commitment.unit, ([], []))[0].append(commitment)
    for observation in facts.observations:
        if observation.on <= facts.on and observation.party in rows:
            rows[observation.party].setdefault(observation.unit, ([], []))[1].append(observation)
    default = facts.goal.due if facts.goal else None
    return tuple(
        _promise(fates, facts.on)
        for units in rows.values()
        for unit in sorted(units)
        for fates in follow(*units[unit], default)
    )


def _promise(fates: Fates, on: date) -> Promise:
    careful, generous = fates.careful, fates.generous
    made, due = careful.promise, careful.due if careful.due < date.max else None
    told = {_fate(careful, on), _fate(generous, on)}
    status = told.pop() if len(told) == 1 else Status.UNKNOWN
    if made.conditional and status in {Status.LATE, Status.BROKEN}:
        status = Status.UNKNOWN
    came = sorted((careful.came, generous.came))
    return Promise(
        id=made.id,
        party=made.party,
        unit=made.unit,
        amount=made.amount,
        on=made.on,
        due=due,
        conditional=made.conditional,
        status=status,
        delivered=Range(came[0], came[1]).amount(),
        kept_on=careful.kept_on,
        days_late=_days_late(fates, status, on),
        evidence=tuple(sorted({made.id, *careful.evidence, *generous.evidence})),
    )


def _fate(fate: Fate, on: date) -> Status:
    if fate.kept_on:
        return Status.KEPT
    if fate.open <= 0:
        return Status.BROKEN if fate.back_on and fate.back_on > fate.due else Status.WITHDRAWN
    if on <= fate.due:
        return Status.ON_TIME
    return Status.BROKEN if (on - fate.due).days > BROKEN_AFTER else Status.LATE


def _days_late(fates: Fates, status: Status, on: date) -> int | None:
    """Of what is surely kept, late or broken; when both tellings name different days, nobody can say."""
    due = fates.careful.due
    if status is Status.KEPT:
        days = {max(0, (fate.kept_on - due).days) for fate in (fates.careful, fates.generous) if fate.kept_on}
        return days.pop() if len(days) == 1 else None
    if status in {Status.LATE, Status.BROKEN}:
        return (on - due).days
    return 0 if status is Status.ON_TIME else None


def statuses(facts: Facts) -> dict[str, PartyStatus]:
    """How each party of `facts.parties` stands, by code and in their order."""
    found: dict[str, list[Promise]] = {party.code: [] for party in facts.parties}
    for promise in promises(facts):
        found[promise.party].append(promise)
    given: dict[str, list[int]] = {}
    for commitment in facts.commitments:
        if commitment.stage is Stage.DELIVERED and commitment.on <= facts.on:
            given.setdefault(commitment.party, []).append(commitment.id)
    return {code: _status(code, rows, given.get(code, [])) for code, rows in found.items()}


def _status(code: str, rows: list[Promise], given: list[int]) -> PartyStatus:
    if not rows:
        # What came is evidence of a promise, and that it was kept; of nothing else is anything known.
        kept = Status.KEPT if given else Status.UNKNOWN
        return PartyStatus(code, kept, tuple(sorted(given)))
    status = next(status for status in _WORST if any(row.status is status for row in rows))
    these = [row for row in rows if row.status is status]
    late = [row.days_late for row in these if row.days_late is not None]
    return PartyStatus(
        code,
        status,
        tuple(sorted({number for row in these for number in row.evidence})),
        max(late) if late else None,
        min((row.due for row in these if row.due), default=None),
        sum(row.status is Status.KEPT for row in rows),
        len(rows),
    )


def predictability(facts: Facts) -> dict[str, Predictability]:
    """How far the word of each party could be relied on, by code: of what was due before `facts.on`."""
    counts: dict[str, list[int]] = {party.code: [0, 0, 0] for party in facts.parties}
    for promise in promises(facts):
        if promise.due is None or promise.due >= facts.on:
            continue
        count = counts[promise.party]
        count[0] += 1
        in_time = promise.status is Status.KEPT and promise.days_late == 0
        count[1] += in_time
        count[2] += not in_time and _may_have_been_in_time(promise)
    return {code: _predictable(code, *count) for code, count in counts.items()}


def _may_have_been_in_time(promise: Promise) -> bool:
    return promise.status is Status.UNKNOWN or (promise.status is Status.KEPT and promise.days_late is None)


def _predictable(code: str, due: int, in_time: int, unclear: int) -> Predictability:
    if not due:
        return Predictability(code, 0, 0, 0, None, None, None)
    share = Share(Fraction(in_time, due), Fraction(in_time + unclear, due))
    return Predictability(
        code, due, in_time, unclear, share, wilson(in_time, due)[0], wilson(in_time + unclear, due)[1]
    )


def wilson(successes: int, cases: int) -> tuple[float, float]:
    """Wilson's range: where the true share lies with 90% confidence; wide when there are few cases."""
    share, square = successes / cases, Z90 * Z90
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    reach = Z90 * math.sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) / (1 + square / cases)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def concentration(facts: Facts) -> Concentration | None:
    """How much hangs on a few; None while nobody is known to have given anything."""
    book = ledgers(facts).get(facts.goal.unit) if facts.goal else None
    found = {code: track.level for code, track in book.tracks.items() if track.level.high > 0} if book else {}
    # Twice the middles, so that they are whole.
    middles = {code: level.low + level.high for code, level in found.items()}
    if not found:
        return None
    order = {party.code: place for place, party in enumerate(facts.parties)}
    largest = min(found, key=lambda code: (-middles[code], order[code]))
    squares = Fraction(sum(value * value for value in middles.values()), sum(middles.values()) ** 2)
    return Concentration(
        len(found), largest, _carried(found.values(), 1), _carried(found.values(), 3), squares, 1 / squares
    )


def _carried(levels: Iterable[Range], count: int) -> Share:
    """The share of the largest `count`, whoever they are: it cannot be less, or more, however the ranges turn out."""
    rows = list(levels)
    lows = sorted(rows, key=lambda level: (-level.low, -level.high))
    highs = sorted((level.high for level in rows), reverse=True)
    least, beside = sum(level.low for level in lows[:count]), sum(level.high for level in lows[count:])
    most = sum(highs[:count])
    others = sum(level.low for level in lows[count:])
    low = Fraction(least, least + beside) if least + beside else Fraction(0)
    return Share(low, Fraction(most, most + others))
