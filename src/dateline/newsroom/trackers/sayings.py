"""The forecast in words, and how the figures are made."""

from decimal import Decimal
from math import log10

from django.utils.translation import gettext as _

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.figures.facts import Goal
from dateline.newsroom.trackers.figures.forecast import Forecast, Reason, Span
from dateline.newsroom.trackers.writing import amount, day, measured, month


def forecast_said(seen: Forecast, goal: Goal, voice: Voice) -> str:
    """When the goal is met at the pace so far, or why nobody can say; "" where there is nothing to say."""
    if seen.reason is not None or seen.median is None or seen.fifty is None or seen.eighty is None:
        return _why(seen.reason, voice)
    said = _(
        "At the pace so far %(target)s are as likely reached before %(median)s as after. In half of all cases it is "
        "%(fifty)s, in four of five %(eighty)s."
    ) % {
        "target": measured(voice, goal.target, goal.unit),
        "median": day(voice, seen.median),
        "fifty": _between(seen.fifty, voice),
        "eighty": _between(seen.eighty, voice),
    }
    if seen.per_month:
        more = _("That pace is about %(number)s a month, from %(points)s days with evidence.") % {
            "number": measured(voice, _rounded(seen.per_month), goal.unit),
            "points": amount(voice, seen.points),
        }
        said = f"{said} {more}"
    return said


def _rounded(number: float) -> Decimal:
    """A pace is an estimate: two figures of it, or whole numbers below a hundred."""
    if number < 10:
        return Decimal(str(round(number, 1)))
    return Decimal(round(round(number, 1 - int(log10(number)) if number >= 100 else 0)))


def _between(span: Span, voice: Voice) -> str:
    early = month(voice, span.early)
    if span.late is None:
        return _("after %(early)s, perhaps never") % {"early": early}
    late = month(voice, span.late)
    if early == late:
        return _("in %(month)s") % {"month": early}
    return _("between %(early)s and %(late)s") % {"early": early, "late": late}


def _why(reason: Reason | None, voice: Voice) -> str:
    texts = {
        Reason.FEW: _("There is too little evidence for a forecast: it takes amounts from several days."),
        Reason.NO_PROGRESS: _("There is no forecast: what is there has not grown."),
        Reason.BEYOND: _("At the pace so far it would take more than twenty years."),
        Reason.CONTRADICTORY: _("There is no forecast: the evidence contradicts itself."),
        Reason.STALE: _("There is no forecast: the newest evidence is too old."),
        Reason.PERHAPS_MET: _("There is no forecast: it may be met already."),
    }
    return texts.get(reason, "") if reason else ""


def method(*, goal: bool) -> tuple[str, ...]:
    """How the figures of a page are made, for readers."""
    shared = _(
        "Every figure here is worked out from the evidence below, and only from it. Evidence is added, never changed: "
        "what turned out wrong stays in the list, says why, and no longer counts."
    )
    if not goal:
        return (
            shared,
            _("A party stands where its latest evidence puts it. A group counts as often as it has members."),
            _("Of a party without evidence nothing is known; that is not the same as a silence somebody has seen."),
        )
    return (
        shared,
        _(
            "Where only a range is known, such as “a few hundred”, both ends are kept: a sum of ranges runs from the "
            "sum of the lower ends to that of the upper ones. Amounts in different units are never added."
        ),
        _(
            "A promise is late when its day has passed and not all of it is surely there. It is kept when all of it is "
            "there, in time if that was so on the day it was due."
        ),
        _(
            "The forecast goes on with the pace between the days with evidence, drawn again and again within the "
            "ranges: half of those runs end within the narrower span, four of five within the wider one. It knows "
            "nothing of decisions still to come."
        ),
    )
