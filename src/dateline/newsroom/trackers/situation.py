"""What a tracker's one sentence tells: how the goal stands, or how the parties do, without words of any language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """How a goal stands."""

    NOT_BEGUN = "not_begun"  # before the day it was promised on
    NOTHING_KNOWN = "nothing_known"  # no evidence of how much there is
    ON_PACE = "on_pace"
    BEHIND = "behind"
    UNDER_WAY = "under_way"  # what is known leaves open whether that is on pace
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    UNSAID = "unsaid"  # what is known leaves open whether it is met
    CLOSED = "closed"  # nothing more is expected, and it was not met


@dataclass(frozen=True, slots=True)
class GoalSituation:
    """`low` and `high` are what is known of the whole on the day `on`; `met_on` is the first day it was surely full."""

    state: State
    low: Decimal
    high: Decimal
    target: Decimal
    unit: str
    due: date
    on: date
    met_on: date | None = None

    @property
    def days_left(self) -> int:
        """Days until it is due; 0 on that day and after it."""
        return max(0, (self.due - self.on).days)

    @property
    def days_late(self) -> int:
        """Days between the day it was due and the day it was met, or the day of the sentence."""
        return max(0, ((self.met_on or self.on) - self.due).days)

    @property
    def days_early(self) -> int:
        """Days between the day it was met and the day it was due."""
        return max(0, (self.due - (self.met_on or self.on)).days)

    @property
    def counts_days(self) -> bool:
        """Whether the sentence names days that pass: another one tomorrow. After a quarter of a year the date alone
        says more."""
        if self.state in {State.ON_PACE, State.BEHIND, State.UNDER_WAY}:
            return True
        return self.state is State.LATE and self.days_late <= MOST_DAYS


#: Days late that are counted.
MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class PositionsSituation:
    """How many parties stand where: a group counts as often as it has members."""

    all: int
    for_: int = 0
    against: int = 0
    conditional: int = 0
    undecided: int = 0
    silent: int = 0

    @property
    def spoken(self) -> int:
        """How many have said anything."""
        return self.for_ + self.against + self.conditional + self.undecided


Situation = GoalSituation | PositionsSituation
