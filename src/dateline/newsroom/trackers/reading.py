"""What the figures say of trackers on a day: read once, told on pages, cards and in files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Min

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.facts import as_of, facts_of_all
from dateline.newsroom.trackers.figures.facts import NOTHING, Amount, Facts, Goal, Stand
from dateline.newsroom.trackers.figures.filled import Filled, fill
from dateline.newsroom.trackers.figures.forecast import Forecast, Reason, forecast
from dateline.newsroom.trackers.figures.standing import Standings, standings
from dateline.newsroom.trackers.models import Evidence, Tracker
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, Situation, State
from dateline.press.ingredients import fresh_until

#: Days of a history that are worked out; of more, these many evenly among them.
MOST_DAYS = 60

#: Stances that changed this lately are news.
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reading:
    """A tracker and what follows from its evidence on the day `facts.on`. `changes` is the first later day from which
    there is evidence already."""

    tracker: Tracker
    facts: Facts
    situation: Situation
    filled: Filled | None = None
    forecast: Forecast | None = None
    standings: Standings | None = None
    changes: date | None = None

    def note_age(self, voice: Voice) -> None:
        """Note until when the page being rendered is true, as far as it says what this says."""
        today = self.facts.on
        days = [self.changes]
        now = self.situation
        if isinstance(now, GoalSituation) and self.facts.goal:
            if now.counts_days:
                days.append(today + timedelta(days=1))
            days.append(self.facts.goal.start)
            days.append(self.facts.goal.due + timedelta(days=1))
        for day in days:
            if day and day > today:
                fresh_until(midnight(day, voice))


def midnight(day: date, voice: Voice) -> datetime:
    """When a day begins in the edition."""
    return datetime.combine(day, time(), voice.zone)


def read_all(trackers: Sequence[Tracker], today: date) -> list[Reading]:
    """The readings of trackers, in their order: three queries, whatever their number."""
    if not trackers:
        return []
    facts = facts_of_all(trackers, today)
    coming = dict(
        Evidence.objects.filter(tracker__in=list(facts), struck_at=None, on__gt=today)
        .values_list("tracker")
        .annotate(Min("on"))
    )
    return [_read(tracker, facts[tracker.pk], coming.get(tracker.pk)) for tracker in trackers]


def _read(tracker: Tracker, facts: Facts, coming: date | None) -> Reading:
    if facts.goal is None:
        held = standings(facts, since=facts.on - WEEK)
        return Reading(tracker, facts, _positions(held), standings=held, changes=coming)
    filled = fill(facts)
    seen = forecast(facts)
    situation = _goal(tracker, facts, facts.goal, filled, seen)
    return Reading(tracker, facts, situation, filled, seen, changes=coming)


def _positions(held: Standings) -> PositionsSituation:
    members = {count.stand: count.members for count in held.counts}
    return PositionsSituation(
        all=sum(members.values()),
        for_=members[Stand.FOR],
        against=members[Stand.AGAINST],
        conditional=members[Stand.CONDITIONAL],
        undecided=members[Stand.UNDECIDED],
        silent=members[Stand.SILENT] + members[None],
    )


def _goal(tracker: Tracker, facts: Facts, goal: Goal, filled: Filled, seen: Forecast) -> GoalSituation:
    whole = filled.whole.amount if filled.whole else NOTHING
    state, met_on = _state(tracker, facts, goal, filled, seen), None
    if state is State.MET:
        met_on = met_since(facts, goal.target)
        state = State.MET_LATE if met_on and met_on > goal.due else State.MET
    return GoalSituation(state, whole.low, whole.high, goal.target, goal.unit, goal.due, facts.on, met_on)


def _state(tracker: Tracker, facts: Facts, goal: Goal, filled: Filled, seen: Forecast) -> State:
    if filled.whole is None:
        return State.NOT_BEGUN if facts.on < goal.start else State.NOTHING_KNOWN
    amount = filled.whole.amount
    if amount.low >= goal.target:
        return State.MET
    if amount.high >= goal.target:
        return State.UNSAID
    if tracker.closed:
        return State.CLOSED
    if facts.on > goal.due:
        return State.LATE
    return pace(facts, goal, amount, seen)


def pace(facts: Facts, goal: Goal, amount: Amount, seen: Forecast) -> State:
    """By the forecast, where there is one: the half of the chances in its middle all come in time, or all too late.
    Else by the share of the time that has passed."""
    if seen.reason is None and seen.fifty:
        if seen.fifty.early > goal.due:
            return State.BEHIND
        return State.ON_PACE if seen.fifty.late and seen.fifty.late <= goal.due else State.UNDER_WAY
    if seen.reason in {Reason.BEYOND, Reason.NO_PROGRESS, Reason.STALE}:
        return State.BEHIND
    passed = max(0, (facts.on - goal.start).days)
    wanted = goal.target * passed / max(1, (goal.due - goal.start).days)
    if amount.low >= wanted:
        return State.ON_PACE
    return State.BEHIND if amount.high < wanted else State.UNDER_WAY


def days_of(facts: Facts) -> list[date]:
    """Every day from which there is evidence of amounts."""
    return sorted({row.on for row in facts.commitments} | {row.on for row in facts.observations})


def history(facts: Facts) -> list[tuple[date, Amount]]:
    """What was known of the whole, from day to day."""
    days = days_of(facts)
    if len(days) > MOST_DAYS:
        days = [days[round(at * (len(days) - 1) / (MOST_DAYS - 1))] for at in range(MOST_DAYS)]
    return [(day, level) for day in days if (level := _level(facts, day))]


def met_since(facts: Facts, target: Decimal) -> date | None:
    """The first day since which the whole has surely been as much as this."""
    found = None
    for day in reversed(days_of(facts)):
        level = _level(facts, day)
        if level is None or level.low < target:
            break
        found = day
    return found


def _level(facts: Facts, day: date) -> Amount | None:
    whole = fill(as_of(facts, day)).whole
    return whole.amount if whole else None
