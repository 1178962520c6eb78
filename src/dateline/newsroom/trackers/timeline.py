"""Evidence as readers see it: what happened, when, and who says so, citing whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.sources import Source, SourceError, read_sources
from dateline.newsroom.trackers.actions import GOAL_FIELDS
from dateline.newsroom.trackers.models import Evidence, Tracker
from dateline.newsroom.trackers.paths import evidence_path, tracker_path
from dateline.newsroom.trackers.words import says_word, source_kind, stand_word
from dateline.newsroom.trackers.writing import said, short_day, span
from dateline.theme import components as c
from dateline.theme import trackers as t

#: Pieces of evidence that a page shows.
PER_PAGE = 60

#: More pages than any tracker has.
MOST_PAGES = 100_000

#: Changes of a goal that are told.
MOST_CHANGES = 30

#: The shape beside each word: promised, on its way, there, taken back; seen; and where a party stands.
_SHAPES = {
    "announced": ("ring", False),
    "allocated": ("ring", False),
    "sent": ("arrow", False),
    "delivered": ("ontime", True),
    "withdrawn": ("close", False),
    "observed": ("search", False),
    "for": ("ontime", True),
    "against": ("close", False),
    "conditional": ("ontime", False),
    "undecided": ("minus", False),
    "silent": ("minus", False),
}


def newest(tracker: Tracker, voice: Voice) -> tuple[tuple[t.Event, ...], int]:
    """The newest evidence, and how many there are in all; two queries."""
    rows = list(tracker.evidence.select_related("party").order_by("-on", "-pk")[:PER_PAGE])
    count = tracker.evidence.count() if len(rows) == PER_PAGE else len(rows)
    return tuple(_event(row, tracker, voice) for row in rows), count


def page_of(tracker: Tracker, edition: EditionNode, number: int) -> t.EvidenceView | None:
    """A page of all evidence, counted from the oldest; None where there is none."""
    if not 0 < number <= MOST_PAGES:
        return None
    first = (number - 1) * PER_PAGE
    rows = list(tracker.evidence.select_related("party").order_by("on", "pk")[first : first + PER_PAGE])
    if not rows:
        return None
    last = -(-tracker.evidence.count() // PER_PAGE)
    slug, voice = tracker.slug, edition.voice
    heading = _("Evidence: %(tracker)s") % {"tracker": tracker.title}
    return t.EvidenceView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + evidence_path(edition, slug, number),
            languages=languages(edition, {}),
            robots="noindex",
        ),
        shell=edition.shell,
        heading=heading,
        front=c.Link(tracker.title, tracker_path(edition, slug)),
        page=_("Page %(number)s") % {"number": voice.number(number)},
        events=tuple(_event(row, tracker, voice) for row in reversed(rows)),
        comma=voice.comma,
        newer=c.Link(_("Newer"), evidence_path(edition, slug, number + 1)) if number < last else None,
        older=c.Link(_("Older"), evidence_path(edition, slug, number - 1)) if number > 1 else None,
    )


def goal_changes(tracker: Tracker, voice: Voice) -> tuple[t.Changed, ...]:
    """How the goal was changed, when and why, the newest first; a query."""
    wanted = Q()
    for name in GOAL_FIELDS:
        wanted |= Q(what__has_key=name)
    rows = tracker.history.filter(wanted).order_by("-at", "-pk")[:MOST_CHANGES]
    return tuple(
        t.Changed(
            row.at.isoformat(timespec="seconds"),
            short_day(voice, voice.day(row.at)),
            tuple(_difference(name, row.what[name], voice) for name in GOAL_FIELDS if name in row.what),
            row.why,
        )
        for row in rows
    )


def _difference(name: str, pair: Sequence[str], voice: Voice) -> str:
    label = str(getattr(Tracker._meta.get_field(name), "verbose_name", name))
    before, after = (_value(name, value, voice) for value in pair)
    return _("%(what)s: %(after)s instead of %(before)s") % {"what": label, "before": before, "after": after}


def _value(name: str, value: str, voice: Voice) -> str:
    if not value:
        return "–"
    if name in {"starts", "due"}:
        return short_day(voice, date.fromisoformat(value))
    return said(voice, Decimal(value)) if name == "target" else value


def _event(row: Evidence, tracker: Tracker, voice: Voice) -> t.Event:
    struck = ""
    if row.struck_at:
        day = short_day(voice, voice.day(row.struck_at))
        struck = _("No longer counted since %(day)s: %(why)s") % {"day": day, "why": row.struck_why}
        struck = struck.rstrip(" :")
    unit = row.unit or tracker.unit
    amount = f"{span(voice, row.low, row.high)}\u00a0{unit}".strip() if row.low is not None else ""
    return t.Event(
        id=f"e{row.pk}",
        iso=row.on.isoformat(),
        day=short_day(voice, row.on),
        mark=mark_of(row.stand or row.says),
        party=row.party.name if row.party else "",
        amount=amount if row.high is not None else "",
        due=_("due %(day)s") % {"day": short_day(voice, row.due)} if row.due else "",
        conditions=row.conditions,
        note=row.note,
        chains=chains(row.sources),
        struck=struck,
    )


def mark_of(what: str) -> c.Mark:
    """A stage, an observation or a position, as word and shape."""
    icon, solid = _SHAPES.get(what, ("minus", False))
    word = stand_word(what) if what in {"for", "against", "conditional", "undecided", "silent"} else says_word(what)
    return c.Mark(word, "ontime" if icon == "ring" else icon, solid)


def chains(sources: Sequence[object]) -> tuple[tuple[tuple[t.Cited, ...], ...], ...]:
    """Each source, then what it cites, then what those cite: level by level."""
    try:
        read = read_sources(sources)
    except SourceError:  # written before sources were checked
        return ()
    return tuple(tuple(_levels([source])) for source in read)


def _levels(sources: Iterable[Source]) -> Iterable[tuple[t.Cited, ...]]:
    level, deep = list(sources), False
    while level:
        yield tuple(_cited(source, deep=deep) for source in level)
        deep = True
        level = [cited for source in level for cited in source.cites]


def _cited(source: Source, *, deep: bool) -> t.Cited:
    named = [source.name, source.role] if source.kind in {"person", "unnamed"} else [source.name]
    parts = [part for part in (*named, source.outlet) if part]
    words = {"own": _("our own reporting"), "unnamed": pgettext("source", "someone unnamed")}
    name = ", ".join(dict.fromkeys(parts)) or words.get(source.kind, "") or source.url
    unnamed = source.kind == "unnamed" and bool(parts) and deep
    return t.Cited(source_kind(source.kind), name, unnamed, source.url, source.archived, source.quote)
