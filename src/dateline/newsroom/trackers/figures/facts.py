"""The evidence of a tracker, as the figures are worked out from it.

Amounts are `Decimal` in the unit they are given in, with at most four places after the point, as the database keeps
them. Days are calendar days; a figure "as of" a day counts what is dated on or before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

#: The smallest step of an amount.
STEP = Decimal("0.0001")


class FactError(ValueError):
    """Facts that cannot be: says what, and how to mend it."""


class Stage(StrEnum):
    """How far a commitment has come. A later stage is evidence for the earlier ones; `WITHDRAWN` takes back."""

    ANNOUNCED = "announced"
    ALLOCATED = "allocated"
    SENT = "sent"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class Stand(StrEnum):
    """Where a party stands on a proposal."""

    FOR = "for"
    AGAINST = "against"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Amount:
    """What is known of a quantity: it lies between `low` and `high`, both included. Exact when they are equal."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not (self.low.is_finite() and self.high.is_finite()):
            raise FactError(f"{self.low} to {self.high} is no range of numbers.")
        if self.low > self.high:
            raise FactError(f"A range runs from the smaller number to the larger: {self.high} to {self.low}.")

    @classmethod
    def exact(cls, value: Decimal | int) -> "Amount":
        return cls(Decimal(value), Decimal(value))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)

    def holds(self, value: Decimal | int) -> bool:
        return self.low <= value <= self.high


NOTHING = Amount(Decimal(0), Decimal(0))


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts in one unit, in any order the same."""
    found = NOTHING
    for amount in amounts:
        found += amount
    return found


@dataclass(frozen=True, slots=True)
class Party:
    """Who promises, or takes a position. `members` is how many a group counts for when it is opened up (1 for one)."""

    code: str
    name: str
    group: str = ""
    members: int = 1


@dataclass(frozen=True, slots=True)
class Commitment:
    """A dated event of a promise. `id` orders events of one day; `sources` is how many it rests on.

    Each event stands by itself: 100 announced and 40 delivered later are one promise of 100, of which 40 were kept.
    """

    id: int
    party: str
    stage: Stage
    amount: Amount
    unit: str
    on: date
    due: date | None = None
    conditional: bool = False
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Observation:
    """How much was there on a day: of a party, or of the whole (`party` is None). A level, not a step."""

    id: int
    party: str | None
    amount: Amount
    unit: str
    on: date
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Stance:
    id: int
    party: str
    stand: Stand
    on: date
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Goal:
    """So much of a unit by a day. `start` is when the promise was made."""

    target: Decimal
    unit: str
    start: date
    due: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All evidence of a tracker on a day. Only evidence that stands is here: what was struck or replaced is not."""

    on: date
    parties: tuple[Party, ...] = ()
    goal: Goal | None = None
    commitments: tuple[Commitment, ...] = ()
    observations: tuple[Observation, ...] = ()
    stances: tuple[Stance, ...] = ()
