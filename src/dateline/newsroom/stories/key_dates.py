"""Dates as editors write them: a year, a month or a day."""

import re
from datetime import date

_WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


def day_of(when: str) -> date:
    """The first day of a year, a month or a day as it is written: 2026, 2026-03, 2026-03-14. Raises ValueError."""
    found = _WHEN.match(when)
    if found is None:
        raise ValueError(when)
    year, month, day = found.groups()
    return date(int(year), int(month or 1), int(day or 1))
