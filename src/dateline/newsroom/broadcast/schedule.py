"""A day's schedule as an editor writes it, a line for each programme, and as moments in time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

_LINE = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*(?:[-\u2013]\s*(\d{1,2})[:.](\d{2}))?\s+(\S.*?)\s*")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

#: A programme whose end nobody says lasts until the next one, and the last of a day so long.
USUAL = timedelta(hours=1)
LONGEST = timedelta(hours=24)


class ScheduleError(ValueError):
    """A schedule that cannot be; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A programme at moments in time, in UTC."""

    starts: datetime
    ends: datetime
    title: str
    summary: str = ""


def read_day(text: str, day: date, zone: ZoneInfo) -> list[Slot]:
    """The programmes of a local day: lines such as `20:00 News` or `20:00-20:30 News | What it is about`.

    Clocks are those of the zone. An hour that the clocks skip is refused; of an hour that comes twice the first is
    meant, the second where the line before it has already begun by then. A programme may run past midnight.

    Raises:
        ScheduleError: a line cannot be read, goes back in time, overlaps, or names an hour that is not there.
    """
    read = list(_lines(text, day, zone))
    slots = []
    for at, (number, starts, ends, title) in enumerate(read):
        following = read[at + 1][1] if at + 1 < len(read) else None
        end = ends or following or starts + USUAL
        if following and end > following:
            raise ScheduleError(_("Line %(number)s runs into the one after it.") % {"number": number})
        name, _bar, about = title.partition("|")
        if not name.strip():
            raise ScheduleError(_("Line %(number)s has no title.") % {"number": number})
        slots.append(Slot(starts, end, name.strip()[:160], about.strip()[:300]))
    return slots


def _lines(text: str, day: date, zone: ZoneInfo) -> Iterator[tuple[int, datetime, datetime | None, str]]:
    before: datetime | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.translate(_DIGITS) if not line.isascii() else line)
        if found is None:
            raise ScheduleError(
                _("Line %(number)s begins with no time: write it like “20:00 News”.") % {"number": number}
            )
        starts = _moment(day, found[1], found[2], zone, number, after=before)
        if before and starts <= before:
            raise ScheduleError(_("Line %(number)s is not later than the one before it.") % {"number": number})
        ends = None
        if found[3]:
            ends = _moment(day, found[3], found[4], zone, number, after=starts)
            if ends <= starts:
                ends = _moment(day + timedelta(days=1), found[3], found[4], zone, number)
            if ends - starts > LONGEST:
                raise ScheduleError(_("Line %(number)s lasts longer than a day.") % {"number": number})
        original = line.strip()
        title = original[len(original) - len(found[5]) :] if len(found[5]) <= len(original) else found[5]
        yield number, starts, ends, title
        before = starts


def _moment(
    day: date, hour: str, minute: str, zone: ZoneInfo, number: int, *, after: datetime | None = None
) -> datetime:
    try:
        clock = time(int(hour) % 24 if hour == "24" else int(hour), int(minute))
    except ValueError:
        raise ScheduleError(_("Line %(number)s names a time that no clock shows.") % {"number": number}) from None
    local = datetime.combine(day + timedelta(days=hour == "24"), clock, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        text = _("Line %(number)s: on this day the clocks skip %(clock)s.")
        raise ScheduleError(text % {"number": number, "clock": f"{clock:%H:%M}"})
    if after is not None and moment <= after:
        moment = local.replace(fold=1).astimezone(UTC)
    return moment


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments at which a local day begins and ends; days on which clocks change have 23 or 25 hours."""
    begins, ends = (datetime.combine(day + timedelta(days=more), time(), zone).astimezone(UTC) for more in (0, 1))
    return begins, ends


def write_day(slots: Iterable[Slot], zone: ZoneInfo) -> str:
    """The programmes as lines that `read_day` reads."""
    lines = []
    for slot in slots:
        starts, ends = slot.starts.astimezone(zone), slot.ends.astimezone(zone)
        about = f" | {slot.summary}" if slot.summary else ""
        lines.append(f"{starts:%H:%M}-{ends:%H:%M} {slot.title}{about}")
    return "\n".join(lines)


def check_apart(slots: Iterable[Slot]) -> None:
    """See that no two overlap and that each ends after it starts.

    Raises:
        ScheduleError: two do, or one does not; the message names them.
    """
    last: Slot | None = None
    for slot in sorted(slots, key=lambda one: one.starts):
        if slot.ends <= slot.starts:
            raise ScheduleError(_("“%(title)s” ends before it starts.") % {"title": slot.title})
        if last and slot.starts < last.ends:
            text = _("“%(second)s” begins before “%(first)s” has ended.")
            raise ScheduleError(text % {"first": last.title, "second": slot.title})
        last = slot
