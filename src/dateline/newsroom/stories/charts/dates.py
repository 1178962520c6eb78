"""A first column of dates: years, quarters, months or days."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

_YEAR = re.compile(r"([12]\d{3})")
_MONTH = re.compile(r"([12]\d{3})[-/.](\d{1,2})")
_DAY = re.compile(r"([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})")
_QUARTER = re.compile(r"([12]\d{3})[ -]?[QT]([1-4])|[QT]([1-4])[ /-]?([12]\d{3})|([1-4])[QT][ /-]?([12]\d{3})", re.I)


def read_dates(labels: Sequence[str]) -> tuple[tuple[date, ...], str]:
    """The dates that all of these are, and their grain (year, quarter, month or day); nothing if one is none."""
    plain = ["".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in label) for label in labels]
    for grain, read in (("year", _year), ("quarter", _quarter), ("month", _month), ("day", _day)):
        found = [read(label) for label in plain]
        if found and None not in found:
            return tuple(filter(None, found)), grain
    return (), ""


def position(moment: date, grain: str) -> float:
    """Where a date stands on a line on which steps of its grain are even."""
    match grain:
        case "year":
            return float(moment.year)
        case "quarter":
            return moment.year * 4 + (moment.month - 1) / 3
        case "month":
            return moment.year * 12 + moment.month - 1.0
        case _:
            return float(moment.toordinal())


def _year(text: str) -> date | None:
    match = _YEAR.fullmatch(text)
    return date(int(match[1]), 1, 1) if match else None


def _quarter(text: str) -> date | None:
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    year, quarter = match[1] or match[4] or match[6], match[2] or match[3] or match[5]
    return date(int(year), int(quarter) * 3 - 2, 1)


def _month(text: str) -> date | None:
    match = _MONTH.fullmatch(text)
    return _date(int(match[1]), int(match[2]), 1) if match else None


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
