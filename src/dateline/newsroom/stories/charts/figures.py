"""What a chart shows: its rows named or dated, its columns in numbers, and whether a kind of chart can show them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dateline.newsroom.stories.charts.cells import Cells, ChartError
from dateline.newsroom.stories.charts.dates import read_dates
from dateline.newsroom.stories.charts.numerals import Column, is_formula, is_gap, is_number, read_columns

#: Bars and rows of dots beyond these are no longer read one by one.
MOST_BARS, MOST_DOT_ROWS = 60, 40


@dataclass(frozen=True, slots=True)
class Figures:
    """`stub` names the first column and `labels` its rows; `moments` are their dates and `grain` how fine those are,
    empty where the rows are not dates."""

    stub: str
    labels: tuple[str, ...]
    columns: tuple[Column, ...]
    moments: tuple[date, ...] = ()
    grain: str = ""


def read_figures(cells: Cells, kind: str) -> Figures:
    """The figures of a table of cells, for a kind of chart (line, area, bar, stacked or dot).

    Raises:
        ChartError: they are no numbers, or not such as this kind can show.
    """
    _check_head(cells)
    columns = list(zip(*cells.rows, strict=True))
    moments, grain = read_dates(columns[0])
    figures = Figures(
        cells.head[0], columns[0], read_columns(cells.head[1:], columns[1:], cells.numbers), moments, grain
    )
    _check_dates(figures, cells)
    if kind in ("line", "area") and len(figures.labels) < 2:
        raise ChartError(_("A line needs two rows at least. Choose bars, or a table."))
    if kind == "area" and len(figures.columns) > 1:
        _check_areas(figures, cells)
    if not moments:
        _check_rows(figures, kind)
    return figures


def check_table(cells: Cells) -> None:
    """A table holds words as well as numbers; but where a column is one of numbers, none is left to be worked out.

    Raises:
        ChartError: a column of numbers holds a formula.
    """
    for name, column in zip(cells.head, zip(*cells.rows, strict=True), strict=True):
        others = [cell for cell in column if not is_gap(cell) and not is_formula(cell)]
        if others and all(map(is_number, others)):
            read_columns([name], [column], cells.numbers)


def _check_head(cells: Cells) -> None:
    for at, name in enumerate(cells.head[1:], start=2):
        if not name:
            raise ChartError(_("Column %(number)s has no name: give it one in the first row.") % {"number": at})
    numbers = all(is_number(name) for name in cells.head)
    if numbers or (read_dates(cells.head[:1])[1] and all(map(is_number, cells.head[1:]))):
        raise ChartError(_("The first row names the columns. Yours holds numbers: put a row of names above it."))


def _check_dates(figures: Figures, cells: Cells) -> None:
    counted = Counter(figures.moments)
    for moment, label, number in zip(figures.moments, figures.labels, cells.numbers, strict=False):
        if counted[moment] > 1:
            first = cells.numbers[figures.moments.index(moment)]
            if number != first:
                text = _("Row %(row)s has the date %(date)s, which row %(before)s has already.")
                raise ChartError(text % {"row": number, "date": label, "before": first})


def _check_areas(figures: Figures, cells: Cells) -> None:
    for column in figures.columns:
        for number, row in zip(column.numbers, cells.numbers, strict=True):
            if number is None:
                text = _(
                    "Row %(row)s, column “%(column)s” is empty: areas upon each other need every number. Choose lines."
                )
            elif number < 0:
                text = _(
                    "Row %(row)s, column “%(column)s” is below zero: areas upon each other cannot show that. Choose"
                    " lines."
                )
            else:
                continue
            raise ChartError(text % {"row": row, "column": column.name})


def _check_rows(figures: Figures, kind: str) -> None:
    rows = len(figures.labels)
    bars = rows * len(figures.columns) if kind == "bar" else rows
    most = MOST_BARS if kind == "bar" else MOST_DOT_ROWS
    if kind in ("bar", "stacked", "dot") and bars > most:
        text = _("%(number)s bars or rows cannot be read one by one; the most is %(most)s. Choose a table, or lines.")
        raise ChartError(text % {"number": bars, "most": most})
