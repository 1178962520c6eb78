"""Amounts as people write them: in any digits, with either decimal mark, exact or as a range."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dateline.newsroom.stories.charts.cells import ChartError
from dateline.newsroom.stories.charts.numerals import (
    is_gap,
    is_number,
    may_be_thousands,
    read_columns,
    settles_marks,
)
from dateline.newsroom.trackers.claims import TrackerError

#: From one number to another: “200-400”, “200 – 400”, “200..400”.
_RANGE = re.compile(r"(.*?\d[\d.,'٫٬ \u00a0\u2009\u202f]*)\s*(?:-|–|—|−|‒|\.\.|…)\s*(\d.*)")


def read_amount(text: str, field: str = "") -> Decimal | None:
    """A number that somebody typed, None for nothing.

    Raises:
        TrackerError: it is none, or may be two.
    """
    (found,) = read_amounts([text.strip()], [0], lambda _row, message: _refuse(message, field))
    return found


def _refuse(message: str, field: str) -> None:
    raise TrackerError(message, field=field)


def read_amounts(cells: Sequence[str], rows: Sequence[int], say: Callable[[int, str], None]) -> list[Decimal | None]:
    """The numbers of cells that were written by one hand: where a mark may part off decimals or thousands, the others
    settle it. What cannot be read is said, by its row, and is None."""
    settled = any(map(settles_marks, cells))
    good: list[int] = []
    for at, (cell, row) in enumerate(zip(cells, rows, strict=True)):
        if is_gap(cell):
            continue
        if not is_number(cell):
            say(row, _("“%(text)s” is not a number. Write it as 700 or 12.5.") % {"text": cell[:40]})
        elif may_be_thousands(cell) and not settled:
            plain = re.sub(r"[.,]", "", cell)
            say(
                row,
                _("“%(text)s” can be read in two ways. Write %(whole)s, or %(text)s0 with four digits after the mark.")
                % {"text": cell[:40], "whole": plain[:40]},
            )
        else:
            good.append(at)
    found: list[Decimal | None] = [None] * len(cells)
    if good:
        try:
            (column,) = read_columns([""], [[cells[at] for at in good]], [rows[at] for at in good])
        except ChartError as error:
            say(0, str(error))
        else:
            for at, number in zip(good, column.numbers, strict=True):
                found[at] = number
    return found


def ends_of(cell: str) -> tuple[str, str]:
    """The two ends of a range, or the same number twice."""
    match = _RANGE.fullmatch(cell)
    return (match[1].strip(), match[2].strip()) if match else (cell, cell)
