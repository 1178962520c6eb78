"""How an edition writes times and numbers: Babel in its language, its territory, its time zone and its digits."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton, format_time, get_timezone_location
from babel.numbers import format_decimal

from dateline.newsroom.editions.languages import babel_locale
from dateline.theme.components import Moment

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@lru_cache(maxsize=4096)
def _moment(voice: "Voice", moment: datetime, beside: date | None) -> Moment:
    """Remembered: the fronts of one publish show the same times, and Babel takes its time over each."""
    return voice._moment(moment, beside)


@dataclass(frozen=True)
class Voice:
    """`code` is BCP 47, `timezone` an IANA name, `digits` latn or arab."""

    code: str
    timezone: str
    digits: str = "latn"

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def locale(self) -> Locale:
        """The language as written where the edition's clock hangs: Arabic in Beirut names months as Beirut does."""
        plain = babel_locale(self.code)
        territory = get_global("zone_territories").get(self.timezone)
        if plain.language == "en" and territory != "US":
            return Locale.parse("en_001")  # the day before the month, as everywhere but there
        if plain.territory or not territory:
            return plain
        try:
            return Locale(plain.language, territory, plain.script)
        except Exception:  # Babel has no such pair: the language alone will do
            return plain

    def numerals(self, text: str) -> str:
        return text.translate(_ARABIC_INDIC) if self.digits == "arab" else text

    @cached_property
    def place(self) -> str:
        """The place whose clocks are meant, in the edition's language: Beirut, Bogotá."""
        return str(get_timezone_location(self.zone, locale=self.locale, return_city=True))

    @cached_property
    def comma(self) -> str:
        """What stands between a day and its clock."""
        return "، " if self.locale.language == "ar" else ", "

    def number(self, value: int) -> str:
        return self.numerals(format_decimal(value, locale=self.locale))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        return self.local(moment).date()

    def bounds(self, month: date) -> tuple[datetime, datetime]:
        """When the month of a day begins, and when it is over."""
        first = month.replace(day=1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begins, ends = (datetime.combine(day, time(), self.zone) for day in (first, after))
        return begins, ends

    def clock(self, moment: datetime) -> str:
        return self.numerals(format_time(self.local(moment), "HH:mm", locale=self.locale))

    def calendar(self, moment: datetime, skeleton: str = "yMMMd") -> str:
        return self.numerals(format_skeleton(skeleton, self.local(moment), locale=self.locale, fuzzy=True))

    def dated(self, day: date, parts: int) -> str:
        """A day as it is written, or its year and month (`parts` 2), or its year alone (1)."""
        noon = datetime.combine(day, time(12))
        skeleton = {1: "y", 2: "yMMMM"}.get(parts, "yMMMd")
        return self.numerals(format_skeleton(skeleton, noon, locale=self.locale, fuzzy=True))

    def minute(self, moment: datetime, *, beside: date) -> Moment:
        """A time to the minute: the clock, and the day before it unless it is that day (`beside`)."""
        day, clock = self.day(moment), self.clock(moment)
        skeleton = "MMMd" if day.year == beside.year else "yMMMd"
        short = clock if day == beside else f"{self.calendar(moment, skeleton)}{self.comma}{clock}"
        whole = f"{self.calendar(moment)}{self.comma}{clock}"
        return Moment(self.local(moment).isoformat(timespec="seconds"), short, whole)

    def moment(self, moment: datetime, *, beside: date | None = None) -> Moment:
        """A time as lists and stories show it.

        A printed page does not know what day it is read on, so a list shows the clock for the stories of its own newest
        day (`beside`) and the date for all others.
        """
        return _moment(self, moment, beside)

    def _moment(self, moment: datetime, beside: date | None) -> Moment:
        day = self.day(moment)
        if beside == day:
            short = self.clock(moment)
        else:
            short = self.calendar(moment, "MMMd" if beside and day.year == beside.year else "yMMMd")
        full = f"{self.calendar(moment)}{self.comma}{self.clock(moment)}"
        return Moment(self.local(moment).isoformat(timespec="seconds"), short, full)
