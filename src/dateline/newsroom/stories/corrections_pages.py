"""What was wrong, story by story: under a story, on the edition's page of corrections, by month, and in a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.stories import paths
from dateline.newsroom.stories.correcting import months_beside
from dateline.newsroom.stories.corrections import KINDS, CorrectionEntry
from dateline.newsroom.stories.models import Story, Withdrawal
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Lines on the page of the newest, and in the feed; lines of one month that are listed.
NEWEST, MOST = 30, 500

#: Years that a page may be of.
YEARS = (1400, 9000)


@dataclass(frozen=True, slots=True)
class Note:
    """A note under a story."""

    kind: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A note, or a story that was withdrawn: then `kind` is withdrawal and there is no `path`."""

    kind: str
    at: datetime
    text: str
    headline: str
    path: str = ""
    guid: str = ""


def label_of(kind: str) -> str:
    """A kind in a word of the language now spoken."""
    return _("Withdrawal") if kind == "withdrawal" else str(dict(KINDS).get(kind, kind))


def story_notes(story: Story) -> list[Note]:
    """A story's notes, newest first. In a preview some have not gone out: they would now."""
    now = timezone.now()
    notes = [Note(note.kind, note.at or now, note.text) for note in story.corrections.all()]
    return sorted(notes, key=lambda note: note.at, reverse=True)


def notes_view(notes: Sequence[Note], edition: EditionNode) -> tuple[tuple[c.Correction, ...], str]:
    """Notes as the page shows them, and the line that says so over the story, of the gravest; "" without one."""
    if not notes:
        return (), ""
    shown = tuple(c.Correction(edition.voice.moment(note.at), note.text, label_of(note.kind)) for note in notes)
    grave = [kind for kind, _label in KINDS]
    newest = min(notes, key=lambda note: grave.index(note.kind))
    said = {
        "correction": _("Corrected on %(date)s"),
        "clarification": _("Clarified on %(date)s"),
        "update": _("Added to on %(date)s"),
    }[newest.kind]
    return shown, said % {"date": edition.voice.calendar(newest.at)}


def comments(notes: Sequence[Note]) -> list[dict[str, str]]:
    """Notes as schema.org has them (https://schema.org/CorrectionComment)."""
    return [{"@type": "CorrectionComment", "datePublished": n.at.isoformat(), "text": n.text} for n in notes]


def newest_lines(edition: EditionNode) -> list[Line]:
    """The newest lines of an edition, one more than are shown."""
    record(f"corrections:{edition.id}")
    return _lines(edition, NEWEST + 1)


def corrections_view(edition: EditionNode) -> c.CorrectionsView:
    """The newest of an edition's corrections and withdrawals."""
    lines = newest_lines(edition)
    older = None
    if len(lines) > NEWEST:
        older = _month_link(edition, edition.voice.day(lines[NEWEST - 1].at))
    return _view(edition, _("Corrections"), paths.corrections_path(edition), lines[:NEWEST], older=older)


def month_view(edition: EditionNode, year: int, month: int) -> c.CorrectionsView | None:
    """A month's corrections and withdrawals; None where there are none.

    Raises:
        ValueError: there is no such month.
    """
    first = date(year, month, 1)
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    record(f"corrections:{edition.id}/{first:%Y-%m}")
    lines = _lines(edition, MOST, edition.voice.bounds(first))
    if not lines:
        return None
    before, after = months_beside(edition, first)
    return _view(
        edition,
        _("Corrections: %(month)s") % {"month": edition.voice.dated(first, 2)},
        paths.corrections_path(edition, year, month),
        lines,
        newer=_month_link(edition, after) if after else None,
        older=_month_link(edition, before) if before else None,
    )


def months(edition: EditionNode) -> list[str]:
    """Paths of all months with lines; it reads every line's time, so it is for exports."""
    found = set()
    for model in (CorrectionEntry, Withdrawal):
        rows: Any = model.objects.filter(edition=edition.id).order_by().values_list("at", flat=True)
        found |= {edition.voice.day(at).replace(day=1) for at in rows.iterator(chunk_size=5000)}
    return [paths.corrections_path(edition, first.year, first.month) for first in sorted(found)]


def _lines(edition: EditionNode, limit: int, between: tuple[datetime, datetime] | None = None) -> list[Line]:
    """Newest first, in two queries (indexes correction_newest, withdrawal_newest)."""
    entries = CorrectionEntry.objects.filter(edition=edition.id, story__addresses__current=True)
    withdrawals = Withdrawal.objects.filter(edition=edition.id)
    if between:
        entries = entries.filter(at__gte=between[0], at__lt=between[1])
        withdrawals = withdrawals.filter(at__gte=between[0], at__lt=between[1])
    names = ("kind", "at", "text", "story__title", "story__addresses__path", "story__uri", "story_id")
    rows = list(entries.order_by("-at", "-pk").values_list(*names)[:limit])
    record(*(f"story:{row[-1]}" for row in rows))
    lines = [
        Line(kind, at, text, headline, path, _guid(uri, kind, at)) for kind, at, text, headline, path, uri, _pk in rows
    ]
    gone = withdrawals.order_by("-at", "-pk").values_list("at", "reason", "headline", "uri")[:limit]
    lines += [
        Line("withdrawal", at, reason, headline, "", _guid(uri, "withdrawal", at)) for at, reason, headline, uri in gone
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _guid(uri: str, kind: str, at: datetime) -> str:
    """What a line is in feeds, and stays when its words are mended or the newsroom moves."""
    return f"{uri}#{kind}-{at.astimezone(UTC):%Y%m%dT%H%M}"


def _month_link(edition: EditionNode, day: date) -> c.Link:
    return c.Link(edition.voice.dated(day, 2), paths.corrections_path(edition, day.year, day.month))


def _view(
    edition: EditionNode,
    heading: str,
    path: str,
    lines: Sequence[Line],
    *,
    newer: c.Link | None = None,
    older: c.Link | None = None,
) -> c.CorrectionsView:
    own = paths.corrections_path(edition)
    return c.CorrectionsView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + path,
            description=_("What %(name)s got wrong, and what it has put right.") % {"name": edition.name},
            languages=languages(edition, {}),
            feed=paths.corrections_feed(edition),
        ),
        shell=edition.shell,
        heading=heading,
        about=_("What was wrong in our stories, newest first. Each note stands under its story as well."),
        up=c.Link(_("Corrections"), own) if path != own else None,
        lines=tuple(
            c.CorrectionLine(
                edition.voice.moment(line.at),
                label_of(line.kind),
                line.text,
                c.Link(line.headline, f"{line.path}#corrections" if line.path else ""),
            )
            for line in lines
        ),
        newer=newer,
        older=older,
    )
