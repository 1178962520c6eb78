"""Writes that follow from a story's notes of correction: which of them readers see, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Value
from django.utils import timezone

from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.stories import paths
from dateline.newsroom.stories.corrections import CorrectionEntry, StoryCorrection
from dateline.newsroom.stories.models import Story, Withdrawal


@dataclass(slots=True)
class Noted:
    """What settling notes came to: kinds of those that are new, ingredients that changed, pages to print."""

    new: list[str] = field(default_factory=list)
    ingredients: set[str] = field(default_factory=set)
    print_now: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Notes:
    """A story's notes by key: as they are written, and as they went out."""

    rows: dict[Any, Any] = field(default_factory=dict)
    entries: dict[Any, Any] = field(default_factory=dict)


def settle_notes(stories: Sequence[Story], edition: EditionNode, *, public: bool) -> Noted:
    """Make the entries of these stories of one edition agree with their notes; one query where there are none."""
    noted = Noted()
    moments: set[datetime] = set()
    found = _read([story.pk for story in stories])
    for pk, notes in found.items():
        if public:
            moments |= _show(pk, notes, edition, noted)
        else:
            shown = {key: entry for key, entry in notes.entries.items() if entry["edition"]}
            moments |= {entry["at"] for entry in shown.values()}
            if shown:
                CorrectionEntry.objects.filter(story=pk).update(edition=None)
    tell_moments(edition, moments, noted)
    return noted


def notes_of_gone(story: Story, edition: EditionNode) -> Noted:
    """Before a story is deleted: its notes leave the pages they are on."""
    noted = Noted()
    shown = CorrectionEntry.objects.filter(story=story, edition=edition.id)
    moments = set(shown.values_list("at", flat=True))
    shown.update(edition=None)
    tell_moments(edition, moments, noted)
    return noted


def tell_moments(edition: EditionNode, moments: Iterable[datetime], noted: Noted) -> None:
    """Note the page, the feed and the months that lines of these times stand on."""
    months = {edition.voice.day(moment).replace(day=1) for moment in moments}
    if not months:
        return
    noted.ingredients.add(f"corrections:{edition.id}")
    noted.print_now += [paths.corrections_path(edition), paths.corrections_feed(edition)]
    for month in sorted(months):
        noted.ingredients.add(f"corrections:{edition.id}/{month:%Y-%m}")
        noted.print_now.append(paths.corrections_path(edition, month.year, month.month))
        # A month that opens or empties is led to from those beside it.
        noted.ingredients |= {
            f"corrections:{edition.id}/{beside:%Y-%m}" for beside in months_beside(edition, month) if beside
        }


def months_beside(edition: EditionNode, month: date) -> tuple[date | None, date | None]:
    """The nearest months with lines before and after one, as their first days; None where there is none."""
    start, end = edition.voice.bounds(month)
    older: list[datetime | None] = []
    newer: list[datetime | None] = []
    for model in (CorrectionEntry, Withdrawal):
        rows: Any = model.objects.filter(edition=edition.id).values_list("at", flat=True)
        older.append(rows.filter(at__lt=start).order_by("-at").first())
        newer.append(rows.filter(at__gte=end).order_by("at").first())
    before, after = max(filter(None, older), default=None), min(filter(None, newer), default=None)
    day = edition.voice.day
    return day(before).replace(day=1) if before else None, day(after).replace(day=1) if after else None


def _read(ids: Sequence[int]) -> dict[int, _Notes]:
    names = ("story_id", "key", "kind", "text", "at")
    rows = StoryCorrection.objects.filter(story__in=ids).order_by().annotate(
        where=Value(0, BigIntegerField()), entry=Value(False, BooleanField())
    )  # fmt: skip
    entries = CorrectionEntry.objects.filter(story__in=ids).order_by().annotate(entry=Value(True, BooleanField()))
    every = rows.values_list(*names, "where", "entry").union(
        entries.values_list(*names, "edition_id", "entry"), all=True
    )
    found: dict[int, _Notes] = {}
    for story, key, kind, text, at, where, is_entry in every:
        notes = found.setdefault(story, _Notes())
        kept = notes.entries if is_entry else notes.rows
        kept[key] = {"kind": kind, "text": text, "at": at, "edition": where}
    return found


def _show(pk: int, notes: _Notes, edition: EditionNode, noted: Noted) -> set[datetime]:
    """Make entries of what is written; returns the times of all that changed."""
    moments: set[datetime] = set()
    now = timezone.now().replace(second=0, microsecond=0)
    fresh = []
    for key, row in notes.rows.items():
        known = notes.entries.get(key)
        at = row["at"] or (known["at"] if known else now)
        if row["at"] is None:
            StoryCorrection.objects.filter(story=pk, key=key).update(at=at)
        wanted = {"kind": row["kind"], "text": row["text"], "at": at, "edition": edition.id}
        if known is None:
            noted.new.append(row["kind"])
            fresh.append(CorrectionEntry(story_id=pk, key=key, kind=row["kind"], text=row["text"], at=at))
            fresh[-1].edition_id = edition.id
            moments.add(at)
        elif known != wanted:
            values = {"kind": row["kind"], "text": row["text"], "at": at, "edition_id": edition.id}
            CorrectionEntry.objects.filter(story=pk, key=key).update(**values)
            moments |= {at, known["at"]}
    CorrectionEntry.objects.bulk_create(fresh)
    if gone := notes.entries.keys() - notes.rows.keys():
        moments |= {notes.entries[key]["at"] for key in gone}
        CorrectionEntry.objects.filter(story=pk, key__in=gone).delete()
    return moments
