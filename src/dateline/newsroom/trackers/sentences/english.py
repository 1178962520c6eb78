"""The answer in English."""

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.writing import amount, day, measured, said


def goal(now: GoalSituation, voice: Voice) -> str:
    target, due = measured(voice, now.target, now.unit), day(voice, now.due)
    stands, left = _total(now, voice), _days(now.days_left, voice)
    to_go = f"With {left} to go, the total stands at" if now.days_left else "Due today, the total stands at"
    reached = day(voice, now.met_on or now.on)
    match now.state:
        case State.NOT_BEGUN:
            return f"It has not begun: {target} are promised by {due}."
        case State.NOTHING_KNOWN:
            return f"It cannot be said: nothing has been counted yet towards the {target} due by {due}."
        case State.ON_PACE:
            return f"{to_go} {stands} of {target}, which keeps pace with {due}."
        case State.BEHIND:
            return f"{to_go} {stands} of {target}, behind the pace that {due} asks for."
        case State.UNDER_WAY:
            return f"{to_go} {stands} of {target}; whether that keeps pace with {due} cannot be said."
        case State.LATE if now.counts_days:
            late = _days(now.days_late, voice)
            return f"{late.capitalize()} after it was due, on {due}, the total stands at {stands} of {target}."
        case State.LATE:
            return f"It was due on {due}, and the total still stands at {stands} of {target}."
        case State.MET | State.MET_LATE if now.met_on is None:
            return f"It is met: the total stands at {stands} of {target}, due by {due}."
        case State.MET:
            early = now.days_early
            when = f"{_days(early, voice)} before it was due" if early else "on the day it was due"
            return f"It is met: {target} were reached on {reached}, {when}."
        case State.MET_LATE:
            late = _days(now.days_late, voice)
            return f"It was met late: {target} were reached on {reached}, {late} after {due}."
        case State.UNSAID:
            return f"It cannot be said: the total is {stands}, and {target} were promised by {due}."
        case State.CLOSED:
            return f"It was not met: the last total is {stands} of the {target} promised by {due}."


def _total(now: GoalSituation, voice: Voice) -> str:
    if now.low == now.high:
        return said(voice, now.low)
    return f"between {said(voice, now.low)} and {said(voice, now.high)}"


def _days(count: int, voice: Voice) -> str:
    return "one day" if count == 1 else f"{amount(voice, count)} days"


def positions(now: PositionsSituation, voice: Voice) -> str:
    everyone = amount(voice, now.all)
    if not now.all:
        return "It cannot be said: no party is known yet."
    if not now.spoken:
        return (
            f"None of the {everyone} has taken a position yet." if now.all > 1 else "It has not taken a position yet."
        )
    for number, words in ((now.for_, "for it"), (now.against, "against it")):
        if number == now.all:
            return f"All {everyone} are {words}." if number > 1 else f"The one party is {words}."
    if now.for_:
        first = f"{amount(voice, now.for_)} of {everyone} {'is' if now.for_ == 1 else 'are'} for"
    else:
        first = f"None of {everyone} is for"
    rest = [
        f"{amount(voice, number)} {words}"
        for number, words in (
            (now.against, "against"),
            (now.conditional, "for it on conditions"),
            (now.undecided, "undecided"),
            (now.silent, "silent"),
        )
        if number
    ]
    return _listed([first, *rest]) + "."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
