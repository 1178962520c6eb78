"""A tracker in short: beside its own page it stands in stories, on fronts and in others' frames."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.models import Tracker
from dateline.newsroom.trackers.paths import tracker_path, trackers_path
from dateline.newsroom.trackers.reading import Reading, read_all
from dateline.newsroom.trackers.sentences import answer
from dateline.newsroom.trackers.situation import GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.words import stand_word, state_word
from dateline.newsroom.trackers.writing import measured, span
from dateline.press.ingredients import record
from dateline.theme import components as c

_ICONS = {
    State.ON_PACE: ("ontime", True),
    State.MET: ("check", False),
    State.MET_LATE: ("check", False),
    State.LATE: ("late", True),
    State.BEHIND: ("behind", True),
    State.CLOSED: ("close", False),
}

#: Trackers side by side.
MOST_IN_ROW = 4

#: A bar's parts in their order; what is beyond a hundred percent is not drawn.
POSITIONS = ("for", "conditional", "undecided", "silent", "against")


def draw_cards(keys: Iterable[int], voice: Voice) -> Mapping[int, c.BodyPart]:
    """The cards of these trackers, by their keys; those that are gone or not public are left out. Four queries."""
    wanted = list(keys)
    # Also those that are not public: they may be tomorrow.
    record(*(f"tracker:{key}" for key in wanted))
    found = list(Tracker.objects.filter(pk__in=wanted, live=True, edition__in=list(editions().by_id))) if wanted else []
    return {card_of.tracker.pk: card(card_of, voice) for card_of in read_all(found, voice.day(timezone.now()))}


def cards_on(edition: EditionNode, keys: Iterable[int]) -> tuple[c.TrackerCard, ...]:
    """The cards of these trackers for a front, in this order."""
    wanted = list(keys)
    drawn = draw_cards(wanted, edition.voice)
    return tuple(found for key in wanted if isinstance(found := drawn.get(key), c.TrackerCard))


def row_of(edition: EditionNode, cards: tuple[c.TrackerCard, ...], title: str = "") -> c.Trackers | None:
    """A row of trackers on a front; None where there are none."""
    if not cards:
        return None
    return c.Trackers(title or _("Trackers"), cards, c.Link(_("All trackers"), trackers_path(edition)))


def newest_trackers(edition: EditionNode, **of: int | bool) -> tuple[int, ...]:
    """Keys of the public trackers that changed last, those that go on first; as many as stand in a row."""
    record(f"trackers:{edition.id}")
    rows = Tracker.objects.filter(edition_id=edition.id, live=True, **of).order_by("closed", "-changed", "-pk")
    return tuple(rows.values_list("pk", flat=True)[:MOST_IN_ROW])


def with_trackers(edition: EditionNode, blocks: tuple[c.Block, ...], **of: int) -> tuple[c.Block, ...]:
    """The blocks of a front, and behind the first of them a row of the newest trackers of its topic or coverage."""
    row = row_of(edition, cards_on(edition, newest_trackers(edition, **of)))
    return (*blocks[:1], row, *blocks[1:]) if row else blocks


def card(reading: Reading, voice: Voice) -> c.TrackerCard:
    """A tracker in short. The page it stands on is noted to age with it."""
    tracker, now = reading.tracker, reading.situation
    reading.note_age(voice)
    edition = editions().by_id[tracker.edition_id]
    url = tracker_path(edition, tracker.slug)
    said = answer(now, voice)
    if isinstance(now, PositionsSituation):
        return c.TrackerCard(
            tracker.pk,
            tracker.title,
            url,
            said,
            c.Mark(pgettext("tracker", "Closed") if tracker.closed else pgettext("tracker", "Positions"), "frames"),
            bar=_positions_bar(now),
            label=_positions_label(now, voice),
        )
    known = now.state not in {State.NOT_BEGUN, State.NOTHING_KNOWN}
    return c.TrackerCard(
        tracker.pk,
        tracker.title,
        url,
        said,
        mark(now.state),
        figure=span(voice, now.low, now.high) if known else "",
        of=_("of %(target)s") % {"target": measured(voice, now.target, now.unit)} if known else "",
        bar=_goal_bar(now),
        label=_goal_label(now, voice),
    )


def mark(state: State) -> c.Mark:
    icon, solid = _ICONS.get(state, ("ontime", False))
    return c.Mark(state_word(state), icon, solid)


def _percent(part: Decimal | int, whole: Decimal | int) -> str:
    return f"{max(Decimal(0), min(Decimal(100), Decimal(100) * part / whole)):.2f}"


def _goal_bar(now: GoalSituation) -> tuple[c.Share, ...]:
    sure, most = Decimal(_percent(now.low, now.target)), Decimal(_percent(now.high, now.target))
    parts = (c.Share("sure", "0", f"{sure}"), c.Share("maybe", f"{sure}", f"{most - sure}"))
    return tuple(part for part in parts if Decimal(part.size))


def _goal_label(now: GoalSituation, voice: Voice) -> str:
    figures = {"low": measured(voice, now.low, ""), "high": measured(voice, now.high, "")}
    figures["target"] = measured(voice, now.target, now.unit)
    if now.low == now.high:
        return _("%(low)s of %(target)s") % figures
    return _("%(low)s of %(target)s are certain, up to %(high)s possible") % figures


def _positions_bar(now: PositionsSituation) -> tuple[c.Share, ...]:
    counts = dict(zip(POSITIONS, (now.for_, now.conditional, now.undecided, now.silent, now.against), strict=True))
    parts, before = [], 0
    for look, count in counts.items():
        if count:
            parts.append(c.Share(look, _percent(before, now.all), _percent(count, now.all)))
        before += count
    return tuple(parts)


def _positions_label(now: PositionsSituation, voice: Voice) -> str:
    counts = zip(POSITIONS, (now.for_, now.conditional, now.undecided, now.silent, now.against), strict=True)
    return voice.comma.join(f"{stand_word(stand)}: {voice.number(count)}" for stand, count in counts if count)
