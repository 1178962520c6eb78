"""Days as tables have them: 2026-03-14, 14 March 2026, or 14/3/2026 where the column shows that days come first."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from babel.dates import get_month_names
from django.utils.translation import gettext as _

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.? (?:de |of )?([^\W\d_]+)\.?,? (?:de )?(\d{4})")


def read_days(
    cells: Sequence[str], rows: Sequence[int], language: str, say: Callable[[int, str], None]
) -> list[date | None]:
    """The days of a column; what is none, or can be two, is said by its row and is None."""
    plain = ["".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in cell).strip() for cell in cells]
    short = [match for cell in plain if (match := _SHORT.fullmatch(cell))]
    days_first = any(int(match[1]) > 12 for match in short)
    months_first = any(int(match[2]) > 12 for match in short)
    found: list[date | None] = []
    for cell, row in zip(plain, rows, strict=True):
        day: date | None = None
        match = _SHORT.fullmatch(cell)
        if match and (match[1] == match[2] or days_first != months_first):
            day = _date(match[3], match[2], match[1]) if not months_first else _date(match[3], match[1], match[2])
        elif match:
            text = _("“%(text)s” can be two days. Write %(one)s or %(other)s.")
            one, other = (
                f"{match[3]}-{int(m):02}-{int(d):02}" for m, d in ((match[2], match[1]), (match[1], match[2]))
            )
            say(row, text % {"text": cell, "one": one, "other": other})
            found.append(None)
            continue
        elif iso := _ISO.fullmatch(cell):
            day = _date(iso[1], iso[2], iso[3])
        elif named := _NAMED.fullmatch(cell):
            month = _months(language).get(named[2].casefold())
            day = _date(named[3], str(month), named[1]) if month else None
        if cell and day is None:
            say(row, _("“%(text)s” is no date. Write it as 2026-03-14.") % {"text": cell[:40]})
        found.append(day)
    return found


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months(language: str) -> dict[str, int]:
    """Months by their names in a language and in English, casefolded."""
    return {
        name.casefold().rstrip("."): number
        for code in ("en", language.replace("-", "_"))
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, locale=code).items()
    }
