"""The words for states, stages, positions and kinds of sources."""

from django.utils.translation import pgettext_lazy

from dateline.newsroom.stories.sources import KINDS
from dateline.newsroom.trackers.models import SAYS, STANDS
from dateline.newsroom.trackers.situation import State

_STATES = {
    State.NOT_BEGUN: pgettext_lazy("tracker", "Not begun"),
    State.NOTHING_KNOWN: pgettext_lazy("tracker", "Nothing known yet"),
    State.ON_PACE: pgettext_lazy("tracker", "On pace"),
    State.BEHIND: pgettext_lazy("tracker", "Behind"),
    State.UNDER_WAY: pgettext_lazy("tracker", "Under way"),
    State.LATE: pgettext_lazy("tracker", "Late"),
    State.MET: pgettext_lazy("tracker", "Met"),
    State.MET_LATE: pgettext_lazy("tracker", "Met late"),
    State.UNSAID: pgettext_lazy("tracker", "Cannot be said"),
    State.CLOSED: pgettext_lazy("tracker", "Not met"),
}


def state_word(state: State) -> str:
    return str(_STATES[state])


def says_word(says: str) -> str:
    return str(dict(SAYS)[says])


def stand_word(stand: str) -> str:
    return str(dict(STANDS)[stand])


def source_kind(kind: str) -> str:
    return str(dict(KINDS)[kind])
