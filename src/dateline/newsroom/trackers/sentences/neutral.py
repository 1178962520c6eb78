"""The answer in any other language: what is known, in words that need no grammar."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.words import stand_word, state_word
from dateline.newsroom.trackers.writing import day, measured, span


def goal(now: GoalSituation, voice: Voice) -> str:
    target, due = measured(voice, now.target, now.unit), day(voice, now.due)
    if now.state in {State.NOT_BEGUN, State.NOTHING_KNOWN}:
        return _("%(state)s: %(target)s, due %(day)s.") % {
            "state": state_word(now.state), "target": target, "day": due,
        }  # fmt: skip
    return _("%(state)s: %(amount)s of %(target)s, due %(day)s.") % {
        "state": state_word(now.state),
        "amount": span(voice, now.low, now.high),
        "target": target,
        "day": due,
    }


def positions(now: PositionsSituation, voice: Voice) -> str:
    stands = (
        ("for", now.for_),
        ("against", now.against),
        ("conditional", now.conditional),
        ("undecided", now.undecided),
        ("silent", now.silent),
    )
    said = [f"{stand_word(stand)}: {voice.number(number)}" for stand, number in stands if number]
    if not said:
        return pgettext("tracker", "Nothing is known yet.")
    return _("%(parts)s (of %(all)s).") % {"parts": ", ".join(said), "all": voice.number(now.all)}
