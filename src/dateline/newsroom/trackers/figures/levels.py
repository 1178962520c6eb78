"""What is there after each day: the levels of parties and of the whole in one unit, swept once, oldest evidence first.

Amounts are whole numbers of `facts.STEP` here, so that sums are exact and the same in any order, however many.
A level is the latest observation, and what was delivered after it. What is beyond four places is rounded outwards.

    ledgers(facts)   unit -> Ledger, all evidence taken in, up to `facts.on`
    history(facts)   the whole in the goal's unit after each day that has evidence of it, oldest first
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Context, Decimal
from itertools import groupby
from operator import itemgetter

from dateline.newsroom.trackers.figures.facts import Amount, Commitment, Facts, Observation, Stage

_EXACT = Context(prec=60)
_PLACES = 4
#: Within a day: what is promised, what comes, what is taken back; then what is counted in the evening.
_RANK = {Stage.DELIVERED: 1, Stage.WITHDRAWN: 2}
_EVENING = 3
#: The stages before delivery.
BEFORE = (Stage.ANNOUNCED, Stage.ALLOCATED, Stage.SENT)

Event = Commitment | Observation


@dataclass(frozen=True, slots=True)
class Range:
    """An `Amount` in whole steps."""

    low: int
    high: int

    def plus(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)

    def minus(self, other: "Range") -> "Range":
        """What is left when `other` is taken away, at least nothing."""
        return Range(max(0, self.low - other.high), max(0, self.high - other.low))

    def most(self, other: "Range") -> "Range":
        return Range(max(self.low, other.low), max(self.high, other.high))

    def least(self, other: "Range") -> "Range":
        return Range(min(self.low, other.low), min(self.high, other.high))

    def amount(self) -> Amount:
        return Amount(decimal_of(self.low), decimal_of(self.high))


ZERO = Range(0, 0)


def steps_of(amount: Amount) -> Range:
    (low, below), (high, above) = amount.low.as_integer_ratio(), amount.high.as_integer_ratio()
    return Range(low * 10**_PLACES // below, -(-high * 10**_PLACES // above))


def decimal_of(steps: int) -> Decimal:
    whole, rest = divmod(steps, 10**_PLACES)
    return Decimal(whole) if not rest else _EXACT.scaleb(Decimal(steps), -_PLACES)


def number_of(steps: int) -> float:
    """The double that is nearest."""
    return steps / 10**_PLACES


@dataclass(slots=True)
class Track:
    """One party in one unit, so far."""

    level: Range = ZERO
    #: None until there is evidence of what is there; promises are none.
    on: date | None = None
    #: The day of its latest observation.
    observed: date | None = None
    evidence: list[int] = field(default_factory=list)
    against: list[int] = field(default_factory=list)
    stages: dict[Stage, Range] = field(default_factory=dict)
    withdrawn: Range = ZERO

    def promised(self) -> Range:
        """What was promised in all: the most that any stage before delivery comes to."""
        found = ZERO
        for stage in self.stages.values():
            found = found.most(stage)
        return found

    def funnel(self) -> tuple[Range, Range, Range, Range, Range]:
        """Pledged, allocated, sent, delivered, withdrawn: a later stage is evidence for the earlier ones."""
        pledged = self.promised().minus(self.withdrawn).most(self.level)
        sent = self.stages.get(Stage.SENT, ZERO).most(self.level).least(pledged)
        allocated = self.stages.get(Stage.ALLOCATED, ZERO).most(sent).least(pledged)
        return pledged, allocated, sent, self.level, self.withdrawn

    def take(self, event: Commitment, amount: Range) -> Range:
        """By how much it changes what is there."""
        if event.stage is Stage.DELIVERED:
            self.level = self.level.plus(amount)
            self.rest_on(event)
            return amount
        if event.stage is Stage.WITHDRAWN:
            return self.give_back(event, amount)
        self.stages[event.stage] = self.stages.get(event.stage, ZERO).plus(amount)
        return ZERO

    def rest_on(self, event: Event) -> None:
        self.evidence.append(event.id)
        self.on = event.on

    def observe(self, event: Observation, amount: Range) -> None:
        self.level, self.evidence, self.against = observed(self, event, amount)
        self.on = self.observed = event.on

    def give_back(self, event: Commitment, amount: Range) -> Range:
        """What is outstanding goes first. Where nothing is, what is there goes; where nobody can say, it may have."""
        promised = self.promised()
        outstanding = promised.minus(self.withdrawn).minus(self.level)
        self.withdrawn = self.withdrawn.plus(amount).least(promised)
        surely = amount.low if not outstanding.high else 0
        perhaps = max(0, amount.high - outstanding.low)
        # No more can go than is there.
        change = Range(-min(perhaps, self.level.high), -min(surely, max(0, self.level.low)))
        if change != ZERO and self.on is not None:
            self.level = Range(max(0, self.level.low + change.low), max(0, self.level.high + change.high))
            self.rest_on(event)
            return change
        return ZERO


@dataclass(slots=True)
class Own:
    """The whole's own observation, and what came after it."""

    level: Range
    on: date
    observed: date
    evidence: list[int]
    against: list[int]


def observed(held: Track | Own, event: Observation, amount: Range) -> tuple[Range, list[int], list[int]]:
    """The level after an observation: two of one day hold together where they can, else the later noted one holds."""
    if held.observed != event.on:
        return amount, [event.id], []
    both = Range(max(held.level.low, amount.low), min(held.level.high, amount.high))
    if both.low <= both.high:
        held.evidence.append(event.id)
        return both, held.evidence, held.against
    held.against.extend(held.evidence)
    return amount, [event.id], held.against


@dataclass(frozen=True, slots=True)
class Whole:
    level: Range
    #: Whether the parties' sum, and the whole's own observation, speak in it.
    by_parties: bool
    by_own: bool
    disputed: bool = False


@dataclass(slots=True)
class Ledger:
    """All of one unit, so far. What it is asked costs the same however much it has taken in."""

    unit: str
    #: How many parties there are, with evidence or without.
    size: int
    tracks: dict[str, Track] = field(default_factory=dict)
    own: Own | None = None
    sum: Range = ZERO
    known: int = 0
    observed: int = 0
    #: The latest observation of a party.
    counted: date | None = None

    def take(self, event: Event) -> bool:
        """Whether it says anything of what is there."""
        amount = steps_of(event.amount)
        if isinstance(event, Observation):
            self._observe(event, amount)
            return True
        track = self.tracks.setdefault(event.party, Track())
        before, known = track.level, track.on is not None
        change = track.take(event, amount)
        self._sum(before, track, known)
        if self.own and change != ZERO:
            # What came or went after the whole was observed counts on top of that.
            level = self.own.level.plus(change)
            self.own.level = Range(max(0, level.low), max(0, level.high))
            self.own.evidence.append(event.id)
            self.own.on = event.on
        return change != ZERO or event.stage is Stage.DELIVERED

    def _observe(self, event: Observation, amount: Range) -> None:
        if event.party is None:
            held = self.own or Own(amount, event.on, date.min, [], [])
            level, evidence, against = observed(held, event, amount)
            self.own = Own(level, event.on, event.on, evidence, against)
            return
        track = self.tracks.setdefault(event.party, Track())
        before, known = track.level, track.on is not None
        self.observed += track.observed is None
        track.observe(event, amount)
        self.counted = event.on
        self._sum(before, track, known)

    def _sum(self, before: Range, track: Track, known: bool) -> None:
        low, high = track.level.low - before.low, track.level.high - before.high
        self.sum = Range(self.sum.low + low, self.sum.high + high)
        self.known += (track.on is not None) - known

    @property
    def complete(self) -> bool:
        """Whether each party has been observed."""
        return 0 < self.size == self.observed

    def whole(self) -> Whole | None:
        """The tightest range that both the whole's own observation and the parties allow.

        The parties' sum is the least there is: of some nothing may be known. When each of them was observed it is the
        most, too. Where the two cannot both be, what was observed later holds.
        """
        if self.own is None:
            return Whole(self.sum, True, False) if self.known else None
        own = self.own.level
        low, high = max(own.low, self.sum.low), min(own.high, self.sum.high) if self.complete else own.high
        if low <= high:
            return Whole(Range(low, high), (low, high) != (own.low, own.high), True)
        if self.counted and self.counted > self.own.observed:
            return Whole(self.sum, True, False, True)
        return Whole(own, False, True, True)


def _sorted(facts: Facts, unit: str | None = None) -> list[Event]:
    """What has happened by `facts.on`, in the order in which it is taken in; of listed parties and of the whole."""
    listed: set[str | None] = {party.code for party in facts.parties}
    events: list[Event] = [event for event in facts.commitments if event.party in listed]
    events += [event for event in facts.observations if event.party is None or event.party in listed]
    found = [event for event in events if event.on <= facts.on and (unit is None or event.unit == unit)]
    found.sort(key=lambda event: (event.on, rank(event), event.id))
    return found


def rank(event: Event) -> int:
    return _EVENING if isinstance(event, Observation) else _RANK.get(event.stage, 0)


def ledgers(facts: Facts) -> dict[str, Ledger]:
    """Each unit's ledger on the evening of `facts.on`: the goal's first, then others by name."""
    found: dict[str, Ledger] = {}
    for event in _sorted(facts):
        if event.unit not in found:
            found[event.unit] = Ledger(event.unit, len(facts.parties))
        found[event.unit].take(event)
    first = facts.goal.unit if facts.goal else ""
    return {unit: found[unit] for unit in sorted(found, key=lambda unit: (unit != first, unit))}


@dataclass(frozen=True, slots=True)
class Point:
    """An evening: what the whole came to, what its parties did, and which parties' levels changed that day."""

    on: date
    whole: Range
    parties: Range
    #: The most that there may be beyond the parties.
    rest: int
    disputed: bool
    moved: tuple[tuple[str, Range], ...]


def history(facts: Facts) -> tuple[Point, ...]:
    """The whole in the goal's unit after each day with evidence of what is there.

    What a party had before it was first observed is not known: it is counted as anything up to that. Once the whole
    itself has been observed, what was known before is a lower bound alone and left out. Where nobody ever observed
    anything, what did not arrive is not there: it begins with nothing on the day of the promise, and goes on to
    `facts.on`.
    """
    if not facts.goal:
        return ()
    events = _sorted(facts, facts.goal.unit)
    points = list(_points(events, Ledger(facts.goal.unit, len(facts.parties))))
    if points and not any(isinstance(event, Observation) for event in events):
        if facts.goal.start < points[0].on:
            points.insert(0, Point(facts.goal.start, ZERO, ZERO, 0, False, ()))
        if points[-1].on < facts.on:
            points.append(replace(points[-1], on=facts.on, moved=()))
    return tuple(points)


def _points(events: list[Event], ledger: Ledger) -> Iterator[Point]:
    first = min((event.on for event in events if event.party is None), default=None)
    unseen = _unseen(events)
    open_high = sum(unseen.values())
    moved: dict[str, Range] = {}
    for on, day in groupby(events, key=lambda event: event.on):
        speaks = False
        for event in day:
            speaks = ledger.take(event) or speaks
            if event.party is not None:
                moved[event.party] = ledger.tracks[event.party].level
                if isinstance(event, Observation):
                    open_high -= unseen.pop(event.party, 0)
        whole = ledger.whole()
        if not speaks or whole is None or (first is not None and on < first):
            continue
        level, parties = whole.level, Range(ledger.sum.low, ledger.sum.high + open_high)
        if ledger.own is None:
            level = parties
        named = ledger.own is None or (ledger.complete and not whole.disputed)
        rest = 0 if named else max(0, level.high - parties.low)
        yield Point(on, level, parties, rest, whole.disputed, tuple(sorted(moved.items(), key=itemgetter(0))))
        moved = {}


def _unseen(events: Iterable[Event]) -> dict[str, int]:
    """Of each party whose first evidence of what is there is an observation: the most it said."""
    seen: set[str] = set()
    found: dict[str, int] = {}
    for event in events:
        if event.party is None or event.party in seen:
            continue
        if isinstance(event, Observation):
            found[event.party] = steps_of(event.amount).high
        elif event.stage is not Stage.DELIVERED:
            continue
        seen.add(event.party)
    return found
