"""How full the goal is.

`fill(facts)` gives `Filled`: what is there of each party and of the whole, as ranges; the share of the target; how much
was promised, set aside and sent, unit by unit. Amounts of different units are never added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dateline.newsroom.trackers.figures.facts import NOTHING, Amount, Facts, Goal
from dateline.newsroom.trackers.figures.levels import ZERO, Ledger, Track, Whole, decimal_of, ledgers, steps_of


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, between `low` and `high`. 1 is all of it; it may be more."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Level:
    """What is there in one unit, and what that rests on."""

    amount: Amount
    #: The day of the latest evidence it rests on.
    on: date
    #: What it rests on, in order of their numbers.
    evidence: tuple[int, ...]
    #: Evidence that says otherwise and was set aside; with any, the figure is in dispute.
    against: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far promises have come, in one unit. No stage is more than the one before it."""

    unit: str
    pledged: Amount
    allocated: Amount
    sent: Amount
    delivered: Amount
    #: What was taken back is no longer in `pledged`.
    withdrawn: Amount


@dataclass(frozen=True, slots=True)
class Beside:
    """What was given in another unit than the goal's: shown beside it, never added to it."""

    unit: str
    whole: Level
    parties: Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Filled:
    on: date
    #: The goal's unit; without a goal empty.
    unit: str = ""
    target: Decimal | None = None
    #: None without evidence.
    whole: Level | None = None
    #: By code, in the order of `facts.parties`; a party without evidence in this unit is not here.
    parties: Mapping[str, Level] = field(default_factory=dict)
    #: The sum of `parties`, and what the whole holds beyond it, that nobody is named for.
    attributed: Amount = NOTHING
    rest: Amount = NOTHING
    #: Of the target. None without evidence or goal.
    share: Share | None = None
    #: What is missing until the target; never below nothing.
    gap: Amount | None = None
    #: Other units, by name.
    beside: tuple[Beside, ...] = ()
    #: The goal's unit first, then others by name; only units in which parties have evidence.
    funnels: tuple[Funnel, ...] = ()
    #: The same of each party: by code, then in the order of `funnels`.
    party_funnels: Mapping[str, tuple[Funnel, ...]] = field(default_factory=dict)


def fill(facts: Facts) -> Filled:
    """How full the goal is on `facts.on`. The work grows with the evidence, but for sorting it."""
    books = ledgers(facts)
    unit = facts.goal.unit if facts.goal else ""
    codes = [party.code for party in facts.parties]
    funnels, by_party = _funnels(books.values(), codes)
    shown = Filled(
        facts.on,
        unit,
        facts.goal.target if facts.goal else None,
        beside=tuple(
            Beside(book.unit, level, _levels(book, codes))
            for book in books.values()
            if book.unit != unit and (level := _whole(book))
        ),
        funnels=funnels,
        party_funnels=by_party,
    )
    whole = books[unit].whole() if facts.goal and unit in books else None
    return _with_goal(shown, facts.goal, books[unit], whole, codes) if facts.goal and whole else shown


def _with_goal(shown: Filled, goal: Goal, book: Ledger, whole: Whole, codes: list[str]) -> Filled:
    share = None
    if goal.target:
        target = Fraction(goal.target)
        share = Share(Fraction(decimal_of(whole.level.low)) / target, Fraction(decimal_of(whole.level.high)) / target)
    return replace(
        shown,
        whole=_whole(book),
        parties=_levels(book, codes),
        attributed=book.sum.amount(),
        rest=whole.level.minus(book.sum).amount(),
        share=share,
        gap=steps_of(Amount.exact(goal.target)).minus(whole.level).amount(),
    )


def _level(track: Track) -> Level:
    assert track.on is not None
    return Level(track.level.amount(), track.on, tuple(sorted(track.evidence)), tuple(sorted(track.against)))


def _levels(book: Ledger, codes: list[str]) -> dict[str, Level]:
    return {code: _level(book.tracks[code]) for code in codes if code in book.tracks and book.tracks[code].on}


def _whole(book: Ledger) -> Level | None:
    """The whole, with what speaks for it and, in a dispute, what speaks against."""
    whole = book.whole()
    if whole is None:
        return None
    tracks = [track for track in book.tracks.values() if track.on]
    of_parties = {number for track in tracks for number in track.evidence}
    of_own = set(book.own.evidence) if book.own else set()
    evidence = (of_parties if whole.by_parties else set()) | (of_own if whole.by_own else set())
    against = {number for track in tracks for number in track.against} if whole.by_parties else set()
    against |= set(book.own.against) if book.own and whole.by_own else set()
    if whole.disputed:
        against |= (of_parties | of_own) - evidence
    days = [track.on for track in tracks if track.on] if whole.by_parties else []
    days += [book.own.on] if book.own and whole.by_own else []
    return Level(whole.level.amount(), max(days), tuple(sorted(evidence)), tuple(sorted(against)))


def _funnels(books: Iterable[Ledger], codes: list[str]) -> tuple[tuple[Funnel, ...], dict[str, tuple[Funnel, ...]]]:
    """How far promises have come, unit by unit: the sum of the parties' own funnels, and these."""
    sums: list[Funnel] = []
    by_party: dict[str, list[Funnel]] = {code: [] for code in codes}
    for book in books:
        rows = [(code, book.tracks[code].funnel()) for code in codes if code in book.tracks]
        if not rows:
            continue
        found = [ZERO] * 5
        for code, row in rows:
            found = [sum_.plus(part) for sum_, part in zip(found, row, strict=True)]
            by_party[code].append(Funnel(book.unit, *(part.amount() for part in row)))
        sums.append(Funnel(book.unit, *(part.amount() for part in found)))
    return tuple(sums), {code: tuple(rows) for code, rows in by_party.items() if rows}
