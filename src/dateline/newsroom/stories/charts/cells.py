"""Pasted data as rows of cells: commas, semicolons or tabs, bounded before anything is kept of it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

#: What a chart may hold: characters, rows below the first, columns with the first, characters of a cell.
MOST_CHARACTERS = 200_000
MOST_ROWS = 500
MOST_COLUMNS = 12
LONGEST_CELL = 200

#: Characters and records by which the separator is told.
_SAMPLE, _SAMPLE_RECORDS = 20_000, 40

_SEPARATORS = "\t;,"
_NAMED_SEPARATOR = re.compile(r"\ufeff?sep=([,;\t|])\r?\n", re.IGNORECASE)
# Controls, line and paragraph separators, bidi controls that reach beyond their text, marks of order, half surrogates.
_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


class ChartError(Exception):
    """Data that cannot be drawn; the message says to the editor what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of text: `head` names the columns, every one of `rows` is as long; `numbers` are the rows' places in what
    was pasted, counted from 1 as a spreadsheet does."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def read_cells(text: str) -> Cells:
    """The cells of pasted data. Empty rows and empty columns at the end are dropped; short rows are filled up.

    Raises:
        ChartError: it is longer than a chart may be, or no table.
    """
    if len(text) > MOST_CHARACTERS:
        raise ChartError(
            _("The data has %(number)s characters; a chart holds %(most)s. Leave out what it does not show.")
            % {"number": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
        )
    if "\0" in text:
        raise ChartError(_("The data is not plain text. Save it as “CSV UTF-8” and paste or upload it again."))
    found: list[list[str]] = []
    numbers: list[int] = []
    for number, record in _records(text):
        if any(record):
            if len(found) > MOST_ROWS:
                raise ChartError(
                    _("Row %(row)s is one too many: a chart holds %(most)s rows. Sum them up, by year for instance.")
                    % {"row": number, "most": MOST_ROWS}
                )
            found.append(record)
            numbers.append(number)
    width = max((_width(record) for record in found), default=0)
    if len(found) < 2 or width < 2:
        raise ChartError(_("A chart needs a first row that names the columns, and at least one row and two columns."))
    _check_widths(found, numbers)
    rows = [tuple((record + [""] * width)[:width]) for record in found]
    return Cells(rows[0], tuple(rows[1:]), tuple(numbers[1:]))


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of cells as data that `read_cells` reads as the same: commas between, quotation marks where needed."""
    return "\n".join(",".join(map(_quoted, row)) for row in rows)


def clean(cell: str) -> str:
    """A cell as one line of plain text."""
    return " ".join(_SUSPECT.sub("", cell).split()) if cell else ""


def opened(text: str) -> tuple[Any, int]:
    """A reader of the text's records, by whichever sign parts its cells, and the number of the first one's row.

    A cell beyond all measure raises `csv.Error` when it is read.
    """
    named = _NAMED_SEPARATOR.match(text)
    text = text[named.end() :] if named else text.removeprefix("\ufeff")
    return _reader(text, named[1] if named else _separator(text)), 2 if named else 1


def _quoted(cell: str) -> str:
    special = any(sign in cell for sign in ',;\t|"\n\r') or cell.lower().startswith("sep=")
    return '"' + cell.replace('"', '""') + '"' if special else cell


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, cleaned; a cell beyond all measure ends it."""
    number = 0
    reader, first = opened(text)
    try:
        for number, record in enumerate(reader, start=first):
            if len(record) > MOST_COLUMNS and _width([cell.strip() for cell in record]) > MOST_COLUMNS:
                raise ChartError(
                    _("Row %(row)s has %(number)s columns; a chart holds %(most)s. Leave out what it does not show.")
                    % {"row": number, "number": len(record), "most": MOST_COLUMNS}
                )
            if any(len(cell) > LONGEST_CELL for cell in record):
                raise _too_long(number)
            yield number, [unicodedata.normalize("NFC", clean(cell)) for cell in record]
    except csv.Error as error:
        raise _too_long(number + 1) from error


def _too_long(row: int) -> ChartError:
    return ChartError(
        _(
            "Row %(row)s has a cell of more than %(most)s characters. Shorten it, or look for a quotation mark that is"
            " never closed."
        )
        % {"row": row, "most": LONGEST_CELL}
    )


def _reader(text: str, separator: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator(text: str) -> str:
    """The sign that parts most of the first records into as many cells as the first one."""
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        widths: list[int] = []
        try:
            for record in _reader(text[:_SAMPLE], separator):
                if any(cell.strip() for cell in record):
                    widths.append(len(record))
                if len(widths) == _SAMPLE_RECORDS:
                    break
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            alike = sum(width == widths[0] for width in widths) / len(widths)
            if alike > most:
                best, most = separator, alike
    return best


def _width(record: list[str]) -> int:
    """Columns up to the last that holds anything."""
    return max((at + 1 for at, cell in enumerate(record) if cell), default=0)


def _check_widths(found: list[list[str]], numbers: list[int]) -> None:
    named = _width(found[0])
    for record, number in zip(found, numbers, strict=True):
        if _width(record) > named:
            raise ChartError(
                _(
                    "Row %(row)s reaches to column %(number)s, the names in the first row to column %(named)s. Name"
                    " every column, or look for a comma inside a cell: such a cell stands in quotation marks."
                )
                % {"row": number, "number": _width(record), "named": named}
            )
