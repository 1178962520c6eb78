"""The archive by day, month and year, of an edition and of each section: at any depth at the same cost.

Which days have stories is asked of the index entry_newest, one look for each day of a month, month of a year or year;
nothing is counted, and no page reads more than its own day.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import get_month_names
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from dateline.newsroom.editions.shell import EditionNode, SectionNode, languages
from dateline.newsroom.stories.models import Stream, StreamEntry
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Stories of one day that are listed.
MOST = 500

#: Years that an archive can have.
YEARS = (1400, 9000)


def archive_path(edition: EditionNode, section: SectionNode | None, *when: int) -> str:
    """`/en/archive/`, `/en/news/archive/2026/11/23/`."""
    parts = "".join(f"{number:04}/" if at == 0 else f"{number:02}/" for at, number in enumerate(when))
    return f"{section.path if section else edition.home}archive/{parts}"


def archive_paths(edition: EditionNode) -> Iterator[str]:
    """Every page of the archive of an edition and its sections; it reads every entry, so it is for exports."""
    places: list[tuple[SectionNode | None, str]] = [(None, f"edition:{edition.id}")]
    places += [(section, f"section:{section.id}") for section in edition.sections.values()]
    for section, key in places:
        yield archive_path(edition, section)
        moments = StreamEntry.objects.filter(stream__key=key).order_by().values_list("published", flat=True)
        found = {edition.voice.day(moment) for moment in moments.iterator(chunk_size=5000)}
        whens = {when for day in found for when in ((day.year,), (day.year, day.month), (day.year, day.month, day.day))}
        yield from (archive_path(edition, section, *when) for when in sorted(whens))


def calendar_view(
    edition: EditionNode, section: SectionNode | None, when: Sequence[int]
) -> c.CalendarView | c.ArchiveView | None:
    """The page of a day, a month or a year, or of all years; None where there is nothing and never was."""
    key = f"section:{section.id}" if section else f"edition:{edition.id}"
    stream = Stream.objects.filter(key=key).values_list("pk", flat=True).first() or 0
    if when and not YEARS[0] <= when[0] <= YEARS[1]:
        return None
    match when:
        case []:
            return _all(edition, section, key, stream)
        case [year]:
            return _year(edition, section, key, stream, year)
        case [year, month]:
            return _month(edition, section, key, stream, year, month)
        case [year, month, day]:
            return _day(edition, section, key, stream, date(year, month, day))
    return None


def _all(edition: EditionNode, section: SectionNode | None, key: str, stream: int) -> c.CalendarView:
    """Years. They change with the first story of one, or the last."""
    record(f"years:{key}")
    entries = StreamEntry.objects.filter(stream=stream)
    oldest = entries.order_by("published", "story_id").values_list("published", flat=True).first()
    newest = entries.order_by("-published", "-story_id").values_list("published", flat=True).first()
    cells = []
    if oldest and newest:
        years = range(edition.voice.day(newest).year, edition.voice.day(oldest).year - 1, -1)
        starts = [(date(year, 1, 1), date(year + 1, 1, 1)) for year in years]
        there = _there(edition, stream, starts)
        cells = [
            c.Cell(edition.voice.dated(first, 1), archive_path(edition, section, first.year) if has else "")
            for (first, _after), has in zip(starts, there, strict=True)
        ]
    return _view(edition, section, (), _("Archive"), tuple(cells), wide=True)


def _year(edition: EditionNode, section: SectionNode | None, key: str, stream: int, year: int) -> c.CalendarView | None:
    record(f"year:{key}/{year}")
    starts = [(date(year, month, 1), _after(date(year, month, 1))) for month in range(1, 13)]
    there = _there(edition, stream, starts)
    if not any(there):
        return None
    names = get_month_names("wide", context="stand-alone", locale=edition.voice.locale)
    cells = tuple(
        c.Cell(names[first.month], archive_path(edition, section, year, first.month) if has else "")
        for (first, _end), has in zip(starts, there, strict=True)
    )
    beside = _beside(edition, section, stream, starts[0][0], starts[-1][1], 1)
    return _view(edition, section, (year,), edition.voice.dated(date(year, 1, 1), 1), cells, beside=beside, wide=True)


def _month(
    edition: EditionNode, section: SectionNode | None, key: str, stream: int, year: int, month: int
) -> c.CalendarView | None:
    first = date(year, month, 1)
    end = _after(first)
    record(f"month:{key}/{first:%Y-%m}")
    days = [(first + timedelta(days=n), first + timedelta(days=n + 1)) for n in range((end - first).days)]
    there = _there(edition, stream, days)
    if not any(there):
        return None
    cells = tuple(
        c.Cell(
            edition.voice.number(day.day),
            archive_path(edition, section, year, month, day.day) if has else "",
            edition.voice.dated(day, 3),
        )
        for (day, _next), has in zip(days, there, strict=True)
    )
    blank = (first.weekday() - edition.voice.locale.first_week_day) % 7
    beside = _beside(edition, section, stream, first, end, 2)
    return _view(edition, section, (year, month), edition.voice.dated(first, 2), cells, beside=beside, blank=blank)


def _day(edition: EditionNode, section: SectionNode | None, key: str, stream: int, day: date) -> c.ArchiveView | None:
    record(f"day:{key}/{day}")
    start, end = _midnight(edition, day), _midnight(edition, day + timedelta(days=1))
    rows = StreamEntry.objects.filter(stream=stream, published__gte=start, published__lt=end)
    ids = list(rows.order_by("-published", "-story_id").values_list("story_id", flat=True)[:MOST])
    if not ids:
        return None
    desk = Desk(edition)
    desk.load(ids)
    cards = desk.take(ids)
    heading = edition.voice.dated(day, 3)
    newer, older = _beside(edition, section, stream, day, day + timedelta(days=1), 3)
    path = archive_path(edition, section, day.year, day.month, day.day)
    return c.ArchiveView(
        head=_head(edition, section, heading, path),
        shell=edition.shell,
        heading=heading,
        front=c.Link(_title(section, edition.voice.dated(day, 2)), archive_path(edition, section, day.year, day.month)),
        page="",
        teasers=tuple(desk.teaser(card, beside=day, picture=False) for card in cards),
        newer=newer,
        older=older,
    )


def _there(edition: EditionNode, stream: int, spans: Iterable[tuple[date, date]]) -> list[bool]:
    """For each span of days whether a story went out in it: one statement, a look at the index for each."""
    limits = [(_midnight(edition, first), _midnight(edition, after)) for first, after in spans]
    table = StreamEntry._meta.db_table
    one = f"EXISTS (SELECT 1 FROM {table} WHERE stream_id = %s AND published >= %s AND published < %s)"  # noqa: S608
    adapt: Callable[[datetime], object] = connection.ops.adapt_datetimefield_value
    values: list[Any] = [value for first, after in limits for value in (stream, adapt(first), adapt(after))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([one] * len(limits)), values)
        return [bool(value) for value in cursor.fetchone() or ()]


def _beside(
    edition: EditionNode, section: SectionNode | None, stream: int, first: date, end: date, parts: int
) -> tuple[c.Link | None, c.Link | None]:
    """The day, month or year after and the one before, if they have stories. Further ones are found by the page above:
    a page that led to the next one with stories, however far, would change with stories of any day in between."""
    last = first - timedelta(days=1)
    before = last.replace(day=1) if parts == 2 else last.replace(month=1, day=1) if parts == 1 else last
    after_end = _after(end) if parts == 2 else end.replace(year=end.year + 1) if parts == 1 else end + timedelta(days=1)
    there = _there(edition, stream, [(end, after_end), (before, first)])

    def link(day: date, has: bool) -> c.Link | None:
        record(f"{_KINDS[parts]}:{_key(edition, section)}/{_as_key(day, parts)}")
        when = (day.year, day.month, day.day)[:parts]
        return c.Link(edition.voice.dated(day, parts), archive_path(edition, section, *when)) if has else None

    return link(end, there[0]), link(before, there[1])


_KINDS = {1: "year", 2: "month", 3: "day"}


def _as_key(day: date, parts: int) -> str:
    return (f"{day:%Y}", f"{day:%Y-%m}", f"{day}")[parts - 1]


def _key(edition: EditionNode, section: SectionNode | None) -> str:
    return f"section:{section.id}" if section else f"edition:{edition.id}"


def _after(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(edition: EditionNode, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=edition.voice.zone)


def _title(section: SectionNode | None, said: str) -> str:
    return f"{section.title}: {said}" if section else said


def _head(edition: EditionNode, section: SectionNode | None, said: str, path: str) -> c.Head:
    title = f"{_title(section, said)} | {edition.name}"
    about = _("%(subject)s: all stories of %(name)s.") % {"subject": _title(section, said), "name": edition.name}
    return c.Head(title=title, canonical=settings.BASE_URL + path, description=about, languages=languages(edition, {}))


def _view(
    edition: EditionNode,
    section: SectionNode | None,
    when: tuple[int, ...],
    heading: str,
    cells: tuple[c.Cell, ...],
    *,
    beside: tuple[c.Link | None, c.Link | None] = (None, None),
    wide: bool = False,
    blank: int = 0,
) -> c.CalendarView:
    if when:
        up = c.Link(
            edition.voice.dated(date(when[0], 1, 1), 1) if len(when) > 1 else _("Archive"),
            archive_path(edition, section, *when[:-1]),
        )
    else:
        up = c.Link(section.title, section.path) if section else c.Link(edition.name, edition.home)
    return c.CalendarView(
        head=_head(edition, section, heading, archive_path(edition, section, *when)),
        shell=edition.shell,
        heading=_title(section, heading),
        up=up,
        cells=cells,
        wide=wide,
        blank=blank,
        newer=beside[0],
        older=beside[1],
    )
