"""Where the lines of a scale stand: round numbers, and dates that people count by."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dateline.newsroom.stories.charts.dates import position

#: Months between two marks of a scale of dates.
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
_DAYS = (1, 2, 3, 5, 7, 10, 14)


def round_values(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """At most so many round numbers, even steps apart, from below `low` to above `high`."""
    if low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    rough = (high - low) / (most - 1)
    power = Decimal(10) ** math.floor(math.log10(rough))
    for factor in (1, 2, Decimal("2.5"), 5, 10, 20, 25, 50):
        step = power * factor
        if factor == Decimal("2.5") and step < 25:
            continue  # 32.5 is no round number
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first + 1 <= most:
            break
    return tuple(step * number for number in range(first, last + 1))


def month_marks(first: date, last: date, step: int) -> Iterator[date]:
    """The firsts of months whose count from the year 0 is a multiple of `step`."""
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    for count in range(-(-start // step) * step, last.year * 12 + last.month, step):
        yield date(count // 12, count % 12 + 1, 1)


def date_marks(moments: Sequence[date], grain: str, most: int) -> tuple[list[date], str]:
    """At most so many marks for a scale of dates, and the grain at which they are named."""
    first, last = min(moments), max(moments)
    if grain == "day" and (last - first).days <= most * _DAYS[-1]:
        step = next((step for step in _DAYS if (last - first).days // step < most), _DAYS[-1])
        return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, step)], "day"
    steps = [step for step in _MONTHS if grain in ("day", "month") or step >= (3 if grain == "quarter" else 12)]
    for step in steps:
        marks = list(month_marks(first, last, step))
        if len(marks) <= most:
            break
    if len(marks) < 2:
        marks = [first, last]
        return marks, grain
    return marks, "year" if step >= 12 else "quarter" if grain == "quarter" else "month"


def span(moments: Sequence[date], grain: str) -> tuple[float, float]:
    return position(min(moments), grain), position(max(moments), grain)
