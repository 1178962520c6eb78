"""Streams: placing stories on them, and reading them by keyset at a cost that does not grow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery

from dateline.newsroom.stories.models import Stream, StreamEntry
from dateline.press.ingredients import shared

#: Stories on one page of a stream. A page that stories with old dates were added to may hold more, up to OVERFULL.
PAGE = 30
OVERFULL = 3 * PAGE

#: Stories a front or a feed may look at: what it shows, and as many again as the slots above a slot may have taken.
AHEAD = 40


@dataclass(frozen=True, slots=True)
class StreamPage:
    """One page of a stream, newest first; `number` counts from the oldest. Neighbours are None at the ends."""

    number: int
    story_ids: tuple[int, ...]
    older: int | None
    newer: int | None


def newest(keys: Sequence[str], limit: int) -> dict[str, list[int]]:
    """Ids of the newest `limit` stories (at most AHEAD) of each stream, in one query on index entry_newest."""
    known = shared("newest")
    if missing := [key for key in keys if key not in known]:
        known.update(_read_newest(missing, AHEAD))
    return {key: known[key][:limit] for key in keys}


def _read_newest(keys: Sequence[str], limit: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {key: [] for key in keys}
    ids = dict(Stream.objects.filter(key__in=list(found)).values_list("pk", "key"))
    if not ids:
        return found
    table = StreamEntry._meta.db_table
    one = (
        f"SELECT * FROM (SELECT stream_id, story_id FROM {table} WHERE stream_id = %s"  # noqa: S608 - a table's name
        " ORDER BY published DESC, story_id DESC LIMIT %s) AS s{}"
    )
    sql = " UNION ALL ".join(one.format(number) for number in range(len(ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pk in ids for value in (pk, limit)])
        for stream, story in cursor.fetchall():
            found[ids[stream]].append(story)
    return found


def page_of(key: str, number: int) -> StreamPage | None:
    """A page of a stream, or None where there is none (index entry_page)."""
    stream = Stream.objects.filter(key=key).values_list("pk", flat=True).first()
    if stream is None:
        return None
    rows = StreamEntry.objects.filter(stream=stream, page=number).order_by("-published", "-story_id")
    ids = tuple(rows.values_list("story_id", flat=True)[: OVERFULL * 2])
    if not ids:
        return None
    pages = StreamEntry.objects.filter(stream=stream)
    older = pages.filter(page__lt=number).order_by("-page").values_list("page", flat=True).first()
    newer = pages.filter(page__gt=number).order_by("page").values_list("page", flat=True).first()
    return StreamPage(number, ids, older, newer)


def last_page(key: str) -> int | None:
    """The number of the newest page, or None for an empty stream."""
    rows = StreamEntry.objects.filter(stream__key=key).order_by("-page")
    return rows.values_list("page", flat=True).first()


def place(story: int, published: datetime, keys: Iterable[str]) -> set[str]:
    """Put a story on exactly these streams; returns the ingredients that are no longer what they were.

    A story of a newer date than all others goes on the newest page; any other on the page of its neighbour in time. The
    number of queries does not grow with the number of streams, unless a stream is left or the date is an old one.
    """
    wanted = set(keys)
    entries = {e.stream.key: e for e in StreamEntry.objects.filter(story=story).select_related("stream")}
    changed = {part for key, e in entries.items() for part in (f"list:{key}", f"list:{key}/{e.page}")}
    leaving = [e for key, e in entries.items() if key not in wanted or e.published != published]
    for entry in leaving:
        changed |= neighbours(entry.stream.key, entry)
    if leaving:
        StreamEntry.objects.filter(pk__in=[entry.pk for entry in leaving]).delete()
    coming = wanted - {key for key, entry in entries.items() if entry not in leaving}
    new: list[StreamEntry] = []
    for key, found in _pages_for(coming, published, story).items():
        new.append(StreamEntry(stream_id=found.stream, story_id=story, published=published, page=found.number))
        changed |= {f"list:{key}", f"list:{key}/{found.number}"}
        if found.opened:
            changed |= {f"list:{key}/{found.number - 1}", f"list:{key}/pages"}
    StreamEntry.objects.bulk_create(new)
    return changed


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a new entry belongs: its stream's id, its page, whether it opens that."""

    stream: int
    number: int
    opened: bool = False


def _pages_for(keys: set[str], published: datetime, story: int) -> dict[str, _Place]:
    if not keys:
        return {}
    mine = StreamEntry.objects.filter(stream=OuterRef("pk"))
    later = Q(published__gt=published) | Q(published=published, story_id__gt=story)
    known = Stream.objects.filter(key__in=keys).annotate(
        later=Exists(mine.filter(later, published__gte=published)),
        newest=Subquery(mine.order_by("-published", "-story_id").values("page")[:1]),
        full=Subquery(mine.filter(page=OuterRef("newest")).order_by().values("pk")[PAGE - 1 : PAGE]),
    )
    rows = list(known.values_list("pk", "key", "later", "newest", "full"))
    if missing := keys - {row[1] for row in rows}:
        Stream.objects.bulk_create([Stream(key=key) for key in sorted(missing)], ignore_conflicts=True)
        rows = list(known.values_list("pk", "key", "later", "newest", "full"))
    found: dict[str, _Place] = {}
    for pk, key, is_older, newest_page, full in sorted(rows):
        if is_older:
            found[key] = _Place(pk, _page_among(pk, published, story))
        elif newest_page is None:
            found[key] = _Place(pk, 1, opened=True)
        else:
            found[key] = _Place(pk, newest_page + bool(full), opened=bool(full))
    return found


def days(keys: Iterable[str], zone: tzinfo, *moments: datetime | None) -> set[str]:
    """Ingredients of the archive's pages that stories of these moments are on, of editions and sections."""
    found: set[str] = set()
    for moment in filter(None, moments):
        day = moment.astimezone(zone).date()
        for key in keys:
            if key.startswith(("edition:", "section:")):
                found |= {f"day:{key}/{day}", f"month:{key}/{day:%Y-%m}", f"year:{key}/{day:%Y}", f"years:{key}"}
    return found


def neighbours(key: str, entry: StreamEntry) -> set[str]:
    """When a page's last story leaves, the pages beside it lead somewhere else, and there is one less."""
    beside = StreamEntry.objects.filter(stream=entry.stream_id)
    if beside.filter(page=entry.page).exclude(pk=entry.pk).exists():
        return set()
    older = beside.filter(page__lt=entry.page).order_by("-page").values_list("page", flat=True).first()
    newer = beside.filter(page__gt=entry.page).order_by("page").values_list("page", flat=True).first()
    return {f"list:{key}/pages"} | {f"list:{key}/{number}" for number in (older, newer) if number is not None}


def _page_among(stream: int, published: datetime, story: int) -> int:
    """The page of the next older entry, or of the oldest; a story of an old date opens none."""
    entries = StreamEntry.objects.filter(stream=stream)
    older = Q(published__lt=published) | Q(published=published, story_id__lt=story)
    below = entries.filter(older, published__lte=published).order_by("-published", "-story_id").first()
    if below is None:
        return int(entries.order_by("page").values_list("page", flat=True)[0])
    return int(below.page)


def overfull(story: int) -> list[str]:
    """Keys of the streams on which this story's page has grown past what one page should hold; one query."""
    beside = StreamEntry.objects.filter(stream=OuterRef("stream"), page=OuterRef("page")).order_by()
    beyond = beside.values("pk")[OVERFULL : OVERFULL + 1]
    mine = StreamEntry.objects.filter(story=story).annotate(beyond=Subquery(beyond)).exclude(beyond=None)
    return list(mine.values_list("stream__key", flat=True))


def repaginate(key: str) -> set[str]:
    """Number a stream's pages anew from the oldest; returns the ingredients of the pages that changed.

    It reads the whole stream, so it is for imports and the worker, never for an editor's request.
    """
    stream = Stream.objects.filter(key=key).first()
    if stream is None:
        return set()
    changed: set[str] = set()
    moved: list[StreamEntry] = []
    rows = StreamEntry.objects.filter(stream=stream).order_by("published", "story_id").only("pk", "page")
    last = 0
    for position, entry in enumerate(rows.iterator(chunk_size=2000)):
        last = position // PAGE + 1
        if entry.page != last:
            changed |= {f"list:{key}/{entry.page}", f"list:{key}/{last}"}
            entry.page = last
            moved.append(entry)
    StreamEntry.objects.bulk_update(moved, ["page"], batch_size=300)
    if changed:
        changed |= {f"list:{key}", f"list:{key}/{last}", f"list:{key}/pages"}
    return changed
