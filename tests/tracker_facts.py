"""Facts for the figures' tests: short to write down, or made by Hypothesis along with the truth they tell of."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import (
    Amount,
    Commitment,
    Facts,
    Goal,
    Observation,
    Party,
    Stage,
    Stance,
    Stand,
)

START = date(2026, 1, 1)
UNIT, OTHER = "staff", "EUR"


def day(number: int) -> date:
    return START + timedelta(days=number)


def amount(low: int | str, high: int | str | None = None) -> Amount:
    return Amount(Decimal(low), Decimal(low if high is None else high))


class Book:
    """Evidence as it is noted: `book.says("DE", "delivered", 3, 40)` on the third day; numbers go up by one."""

    def __init__(self, *codes: str, target: int | None = 700, due: int = 270) -> None:
        self.facts = Facts(
            day(300),
            tuple(Party(code, code.title()) for code in codes),
            Goal(Decimal(target), UNIT, START, day(due)) if target is not None else None,
        )
        self.number = 0

    def says(
        self, party: str, stage: str, on: int, low: int | str, high: int | str | None = None, **more: object
    ) -> int:
        self.number += 1
        more.setdefault("unit", UNIT)
        row = Commitment(self.number, party, Stage(stage), amount(low, high), on=day(on), **more)  # type: ignore[arg-type]
        self.facts = replace(self.facts, commitments=(*self.facts.commitments, row))
        return self.number

    def saw(self, party: str | None, on: int, low: int | str, high: int | str | None = None, unit: str = UNIT) -> int:
        self.number += 1
        row = Observation(self.number, party, amount(low, high), unit, day(on))
        self.facts = replace(self.facts, observations=(*self.facts.observations, row))
        return self.number

    def stands(self, party: str, on: int, stand: str) -> int:
        self.number += 1
        row = Stance(self.number, party, Stand(stand), day(on))
        self.facts = replace(self.facts, stances=(*self.facts.stances, row))
        return self.number

    def at(self, on: int) -> Facts:
        return replace(self.facts, on=day(on))


@dataclass(frozen=True)
class World:
    """Facts, and what was there in truth: of each party in the goal's unit; the whole is their sum."""

    facts: Facts
    truth: dict[str, Decimal]

    @property
    def whole(self) -> Decimal:
        return sum(self.truth.values(), Decimal(0))


_QUANTITIES = st.decimals(0, 1000, places=4)
_SLACK = st.one_of(st.just(Decimal(0)), st.decimals(0, 100, places=4))


@st.composite
def worlds(draw: st.DrawFn, *, exact: bool = False, withdraws: bool = True, whole: bool = True) -> World:
    """Everything that happens is told of, as a range that holds the truth."""
    codes = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True))
    stages = [Stage.ANNOUNCED, Stage.DELIVERED, *([Stage.WITHDRAWN] if withdraws else [])]
    acts = st.tuples(st.integers(0, 40), st.sampled_from(codes), st.sampled_from([*stages, None]), _QUANTITIES)
    rows = draw(st.lists(acts, max_size=14))
    if whole:
        days = draw(st.lists(st.integers(0, 40), max_size=3))
        rows += [(on, "", None, Decimal(0)) for on in days]
    order = {Stage.ANNOUNCED: 0, Stage.DELIVERED: 1, Stage.WITHDRAWN: 2, None: 3}
    rows.sort(key=lambda row: (row[0], order[row[2]]))
    there = dict.fromkeys(codes, Decimal(0))
    promised, back = dict(there), dict(there)
    commitments, observations = [], []

    def told(value: Decimal) -> Amount:
        if exact:
            return Amount(value, value)
        return Amount(max(Decimal(0), value - draw(_SLACK)), value + draw(_SLACK))

    for number, (on, code, stage, value) in enumerate(rows, 1):
        if stage is None:
            seen = there[code] if code else sum(there.values(), Decimal(0))
            observations.append(Observation(number, code or None, told(seen), UNIT, day(on)))
            continue
        commitments.append(Commitment(number, code, stage, told(value), UNIT, day(on)))
        if stage is Stage.ANNOUNCED:
            promised[code] += value
        elif stage is Stage.DELIVERED:
            there[code] += value
        else:
            outstanding = max(Decimal(0), promised[code] - back[code] - there[code])
            back[code] = min(promised[code], back[code] + value)
            there[code] = max(Decimal(0), there[code] - max(Decimal(0), value - outstanding))
    goal = Goal(draw(st.decimals(1, 5000, places=2)), UNIT, START, day(30))
    parties = tuple(Party(code, code) for code in codes)
    facts = Facts(day(60), parties, goal, tuple(commitments), tuple(observations))
    return World(facts, there)


@st.composite
def stories(draw: st.DrawFn) -> Facts:
    """Any evidence at all: ranges, contradictions, other units, days to come, dues, conditions."""
    codes = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True))
    amounts = st.tuples(_QUANTITIES, _SLACK).map(lambda pair: Amount(pair[0], pair[0] + pair[1]))
    on = st.integers(0, 500)
    units = st.sampled_from([UNIT, UNIT, UNIT, OTHER])
    dues = st.one_of(st.none(), st.integers(0, 800).map(day))
    one = st.tuples(st.sampled_from(codes), st.sampled_from(list(Stage)), amounts, units, on, dues, st.booleans())
    other = st.tuples(st.sampled_from([None, *codes]), amounts, units, on)
    commitments = tuple(
        Commitment(number, code, stage, given_, unit, day(when), due, conditional)
        for number, (code, stage, given_, unit, when, due, conditional) in enumerate(
            draw(st.lists(one, max_size=15)), 1
        )
    )
    observations = tuple(
        Observation(1000 + number, code, given_, unit, day(when))
        for number, (code, given_, unit, when) in enumerate(draw(st.lists(other, max_size=15)))
    )
    goal = Goal(draw(st.decimals(1, 9000, places=2)), UNIT, START, day(200))
    parties = tuple(Party(code, code) for code in codes)
    return Facts(day(draw(st.integers(0, 500))), parties, goal, commitments, observations)


def growing(seed: int, parties: int = 4, evenings: int = 30) -> Facts:
    """A tracker that comes along, by chance: deliveries, observations of parties and of the whole, exact or not."""
    random = Random(seed)
    book = Book(*(f"P{number}" for number in range(parties)), target=random.randint(500, 20000))
    there = dict.fromkeys((party.code for party in book.facts.parties), 0)
    on, kinds = 0, random.choice([(1, 0, 0), (2, 1, 0), (2, 1, 1), (0, 1, 0), (0, 0, 1)])
    for _ in range(random.randint(1, evenings)):
        on += random.randint(1, 20)
        for code in there:
            there[code] += random.choice([0, random.randint(0, 60)])
        code, slack = random.choice(list(there)), random.choice([0, 0, random.randint(0, 50)])
        kind = random.choices(range(3), kinds)[0]
        if kind == 0:
            book.says(code, "delivered", on, random.randint(0, 60))
        elif kind == 1:
            book.saw(code, on, max(0, there[code] - slack), there[code] + slack)
        else:
            book.saw(None, on, max(0, sum(there.values()) - slack), sum(there.values()) + slack)
    return book.at(on + random.randint(0, 60))


def shuffled(facts: Facts, seed: int) -> Facts:
    """The same evidence in another order; parties stay in theirs, as it is shown."""
    rows = [list(facts.commitments), list(facts.observations), list(facts.stances)]
    for row in rows:
        Random(seed).shuffle(row)
    return replace(facts, commitments=tuple(rows[0]), observations=tuple(rows[1]), stances=tuple(rows[2]))


def without(facts: Facts, code: str) -> Facts:
    """As if the party had never been heard of."""
    return replace(
        facts,
        parties=tuple(party for party in facts.parties if party.code != code),
        commitments=tuple(row for row in facts.commitments if row.party != code),
        observations=tuple(row for row in facts.observations if row.party != code),
        stances=tuple(row for row in facts.stances if row.party != code),
    )
