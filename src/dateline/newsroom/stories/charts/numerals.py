"""Columns of numbers as people and spreadsheets write them, in any digits and with either decimal mark."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dateline.newsroom.stories.charts.cells import ChartError

#: Numbers from here on are taken for a mistake.
BEYOND = Decimal(10) ** 15

#: What stands in a cell that holds no number.
_GAPS = frozenset({"", "-", "–", "—", "−", ".", "..", "...", "…", "n/a", "na", "#n/a", "null", "none", "nan"})
_SPREADSHEET_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")

_MINUS = dict.fromkeys(map(ord, "−–‒﹣－"), "-")
_MARKS = {ord("،"): ",", ord("’"): "'", ord("٬"): "'", ord("٪"): "%"}
_UNSEEN = re.compile("[\u200e\u200f\u061c]")
_NUMBER = re.compile(r"([+-]?)((?:\d[\d.,'٫]*|[.,٫]\d+))(?:[eE]([+-]?\d{1,2}))?")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers, None where there is none; `places` are the decimals of the most exact, `sign` is the percent
    or currency sign that stands beside them, or ""."""

    name: str
    numbers: tuple[Decimal | None, ...]
    places: int = 0
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """A number as written: sign, digits with their marks, power of ten."""

    row: int
    text: str
    negative: bool
    digits: str
    power: int
    sign: str


def read_columns(names: Sequence[str], columns: Sequence[Sequence[str]], rows: Sequence[int]) -> tuple[Column, ...]:
    """The numbers of these columns. Whether a point or a comma parts off decimals is decided for each as a whole, and
    by the others where it could be either.

    Raises:
        ChartError: a cell holds something else, a formula for instance; it names row and column.
    """
    read = [_all_parsed(name, cells, rows) for name, cells in zip(names, columns, strict=True)]
    marks = [_decimal_mark(name, found) for name, found in zip(names, read, strict=True)]
    hint = next(filter(None, marks), "")
    return tuple(_column(*one, hint) for one in zip(names, read, marks, strict=True))


def is_gap(cell: str) -> bool:
    return cell.casefold() in _GAPS


def is_number(cell: str) -> bool:
    """Whether a cell could be a number, in whichever marks."""
    return _parsed(cell, 0) is not None


def may_be_thousands(cell: str) -> bool:
    """Whether the one mark of a number may part off thousands as well as decimals, as in “1.234”."""
    number = _parsed(cell, 0)
    return number is not None and sum(map(number.digits.count, ".,")) == 1 and not _vote(number.digits)


def settles_marks(cell: str) -> bool:
    """Whether a number shows which mark parts off decimals."""
    number = _parsed(cell, 0)
    return number is not None and bool(_vote(number.digits))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run this."""
    return cell.startswith(("=", "@", "+", "-")) and not is_gap(cell) and not is_number(cell)


def _column(name: str, read: Sequence[_Written | None], mark: str, hint: str) -> Column:
    numbers = [None if one is None else _value(name, one, mark, hint) for one in read]
    held = [number for number in numbers if number is not None]
    if not held:
        raise ChartError(_("The column “%(column)s” holds no number.") % {"column": name})
    signs = {one.sign: one for one in read if one and one.sign}
    if len(signs) > 1:
        odd = list(signs.values())[-1]
        text = _("Row %(row)s, column “%(column)s”: “%(text)s” has another sign than the numbers before it.")
        raise ChartError(text % {"row": odd.row, "column": name, "text": odd.text})
    places = max(max(0, -int(number.as_tuple().exponent)) for number in held)
    return Column(name, tuple(numbers), min(places, 6), next(iter(signs), ""))


def _all_parsed(name: str, cells: Sequence[str], rows: Sequence[int]) -> list[_Written | None]:
    found: list[_Written | None] = []
    for cell, row in zip(cells, rows, strict=True):
        if is_gap(cell):
            found.append(None)
            continue
        number = _parsed(cell, row)
        if number is None:
            raise ChartError(_complaint(cell) % {"row": row, "column": name, "text": cell[:40]})
        found.append(number)
    return found


def _complaint(cell: str) -> str:
    if cell.upper().startswith(_SPREADSHEET_ERRORS):
        return _(
            "Row %(row)s, column “%(column)s”: “%(text)s” is a spreadsheet's error. Mend it there, or empty the cell."
        )
    if is_formula(cell):
        return _("Row %(row)s, column “%(column)s”: “%(text)s” is a formula. Paste the number that it comes to.")
    return _(
        "Row %(row)s, column “%(column)s”: “%(text)s” is not a number. Leave the cell empty where there is none; the"
        " unit has a field of its own."
    )


def _parsed(cell: str, row: int) -> _Written | None:
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in _UNSEEN.sub("", cell))
    text = text.translate(_MINUS).translate(_MARKS)
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1] if negative else text
    signs = {c for c in text if c == "%" or unicodedata.category(c) == "Sc"}
    bare = "".join(c for c in text if c not in signs).strip()
    bare = _SPACED.sub("'", bare).replace("- ", "-") if bare else ""
    match = _NUMBER.fullmatch(bare)
    if match is None or len(signs) > 1 or len(match[2]) > 40:
        return None
    return _Written(row, cell, negative or match[1] == "-", match[2], int(match[3] or 0), "".join(signs))


def _vote(digits: str) -> str:
    """The mark that parts off decimals here, beyond doubt, or ""."""
    if "٫" in digits:
        return "٫"
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if points + commas == 0:
        return ""
    mark, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    before, after = digits.split(mark)
    clear = len(after) != 3 or len(before) > 3 or before in ("", "0") or "'" in digits
    return mark if clear else ""


def _decimal_mark(name: str, read: Sequence[_Written | None]) -> str:
    first: tuple[str, _Written] | None = None
    for one in filter(None, read):
        mark = _vote(one.digits)
        if not mark:
            continue
        if first is None:
            first = (mark, one)
        elif first[0] != mark:
            raise ChartError(
                _(
                    "Row %(row)s, column “%(column)s”: “%(text)s” marks its decimals otherwise than “%(other)s” in row"
                    " %(before)s. Write all in one way."
                )
                % {"row": one.row, "column": name, "text": one.text, "other": first[1].text, "before": first[1].row}
            )
    return first[0] if first else ""


def _value(name: str, one: _Written, mark: str, hint: str) -> Decimal:
    # "1,234" in a column that settles nothing is a thousand, unless another column parts decimals off with a comma.
    mark = mark or (hint if hint in one.digits and hint else "") or ("," if one.digits.count(".") else ".")
    whole, _point, part = one.digits.partition(mark)
    thousands = {sign for sign in whole if not sign.isdigit()}
    grouped = re.fullmatch(r"\d{1,3}(?:\D\d{2,3})*\D\d{3}", whole) if thousands else whole.isdigit() or not whole
    if not grouped or len(thousands) > 1 or not (part.isdigit() or not part):
        text = _(
            "Row %(row)s, column “%(column)s”: “%(text)s” is not a number that can be read. Write it without marks."
        )
        raise ChartError(text % {"row": one.row, "column": name, "text": one.text})
    digits = re.sub(r"\D", "", whole) or "0"
    number = Decimal(f"{'-' if one.negative else ''}{digits}{'.' + part if part else ''}").scaleb(one.power)
    if abs(number) >= BEYOND:
        text = _(
            "Row %(row)s, column “%(column)s”: “%(text)s” is too large. Count in millions, and say so in the unit."
        )
        raise ChartError(text % {"row": one.row, "column": name, "text": one.text})
    return number
