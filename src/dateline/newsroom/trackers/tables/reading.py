"""Reading a table of evidence: every row becomes a claim, or is named with what is wrong in it and how to mend it."""

import csv
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.stories.charts.cells import clean, opened
from dateline.newsroom.stories.charts.numerals import is_gap
from dateline.newsroom.stories.sources import KINDS, Source, SourceError, read_sources
from dateline.newsroom.trackers.amounts import ends_of, read_amounts
from dateline.newsroom.trackers.claims import Claim, TrackerError, checked
from dateline.newsroom.trackers.models import SAYS, STANDS, Tracker
from dateline.newsroom.trackers.tables import ALIASES, COLUMNS, RUN
from dateline.newsroom.trackers.tables.days import read_days

#: Rows of a table, and characters of a cell.
MOST_ROWS, LONGEST_CELL = 100_000, 20_000
#: Problems that are told.
MOST_TOLD = 100


@dataclass(slots=True)
class Read:
    """What a table holds: claims with the numbers of their rows, as a spreadsheet counts them; problems by row (0: the
    whole table), and how many there are; and what to say of it."""

    claims: list[tuple[int, Claim]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    wrong: int = 0
    notes: list[str] = field(default_factory=list)

    def say(self, row: int, message: str) -> None:
        self.wrong += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append((row, message))


Rows = list[tuple[int, dict[str, str]]]


def read_table(text: str, tracker: Tracker, codes: Mapping[str, str], language: str) -> Read:
    """The claims of a table, checked against a tracker.

    Args:
        codes: of its parties, from each way in which one may be written.
        language: in which months may be named, beside English.
    """
    read = Read()
    rows = _rows(text, read)
    if rows is None:
        return read
    numbers = [number for number, _cells in rows]
    amounts = _amounts(rows, read)
    days = {name: read_days([cells[name] for _n, cells in rows], numbers, language, read.say) for name in ("on", "due")}
    source_days = read_days([cells["source_date"] for _n, cells in rows], numbers, language, read.say)
    bad = {row for row, _message in read.problems}
    if read.wrong > len(read.problems):
        return read
    seen: dict[str, tuple[int, Claim]] = {}
    allowed = set(codes.values())
    for at, (number, cells) in enumerate(rows):
        if number in bad:
            continue
        try:
            claim = _claim(cells, amounts[at], days["on"][at], days["due"][at], source_days[at], codes)
            claim = checked(claim, tracker, allowed)
        except TrackerError as error:
            read.say(number, f"{error}" if not error.field else f"{_column(error.field)}: {error}")
            continue
        _take(read, seen, number, claim)
    _note_units(read, tracker)
    return read


def _take(read: Read, seen: dict[str, tuple[int, Claim]], number: int, claim: Claim) -> None:
    before = seen.get(claim.key)
    if before is None:
        seen[claim.key] = (number, claim)
        read.claims.append((number, claim))
    elif before[1].content != claim.content:
        text = _("This has the key of row %(row)s, or says the same of other sources. Give each row a key of its own.")
        read.say(number, text % {"row": before[0]})
    else:
        text = _("Row %(row)s says what row %(before)s says; it counts once.")
        if len(read.notes) < MOST_TOLD:
            read.notes.append(text % {"row": number, "before": before[0]})


def _rows(text: str, read: Read) -> Rows | None:
    """The rows below the head, each with all columns; None if there is no table."""
    head: list[str] | None = None
    rows: Rows = []
    number = 0
    reader, first = opened(text)
    try:
        for number, record in enumerate(reader, start=first):
            if not any(record) or (record[0].lstrip().startswith("#")):
                continue
            if head is None:
                head = _head(record, read)
                if head is None:
                    return None
                continue
            if len(rows) == MOST_ROWS:
                read.say(number, _("A table holds at most %(most)s rows. Part it into several.") % {"most": MOST_ROWS})
                return None
            rows.append((number, _cells(head, record, number, read)))
    except csv.Error:
        read.say(number + 1, _too_long())
        return None
    if head is None or not rows:
        read.say(0, _("There is no row below the names of the columns."))
        return None
    return rows


def _head(record: list[str], read: Read) -> list[str] | None:
    names = [clean(cell).casefold().replace(" ", "_") for cell in record]
    names = [ALIASES.get(name, name) for name in names]
    known = ", ".join(COLUMNS)
    for name in names:
        if name and name not in COLUMNS:
            read.say(1, _("“%(name)s” is no column. Columns: %(known)s.") % {"name": name[:40], "known": known})
        elif name and names.count(name) > 1:
            read.say(1, _("The column “%(name)s” comes twice.") % {"name": name})
    for name in ("what", "on"):
        if name not in names:
            read.say(1, _("The column “%(name)s” is missing. Columns: %(known)s.") % {"name": name, "known": known})
    return None if read.problems else names


def _cells(head: list[str], record: list[str], number: int, read: Read) -> dict[str, str]:
    cells = dict.fromkeys(COLUMNS, "")
    if any(cell.strip() for cell in record[len(head) :]):
        read.say(number, _("There are more cells than columns. A comma inside a cell needs quotation marks around it."))
    for name, cell in zip(head, record, strict=False):
        if len(cell) > LONGEST_CELL:
            read.say(number, _too_long())
            cell = ""
        # As an export marks what a spreadsheet would run.
        text = cell[1:] if RUN.match(cell) and cell.startswith("'") else cell
        many = name in ("note", "conditions", "sources")
        cells[name] = unicodedata.normalize("NFC", text.strip() if many else clean(text))
    cells.pop("", None)
    return cells


def _too_long() -> str:
    text = _("A cell has more than %(most)s characters. Shorten it, or look for a quotation mark that is never closed.")
    return text % {"most": f"{LONGEST_CELL:,}"}


def _amounts(rows: Rows, read: Read) -> list[tuple[Decimal | None, Decimal | None]]:
    """The two ends of each row's amount, from `quantity` or from `low` and `high`."""
    ends: list[tuple[str, str]] = []
    for number, cells in rows:
        exact, low, high = cells["quantity"], cells["low"], cells["high"]
        if not is_gap(exact) and not (is_gap(low) and is_gap(high)):
            read.say(number, _("There is a quantity, and a range too. Write one of them."))
        ends.append((low, high) if is_gap(exact) else ends_of(exact))
    written = [cell for pair in ends for cell in pair]
    numbers = [number for number, _cells in rows for _end in range(2)]
    said: set[tuple[int, str]] = set()

    def once(row: int, message: str) -> None:
        if (row, message) not in said:
            said.add((row, message))
            read.say(row, message)

    found = read_amounts(written, numbers, once)
    return list(zip(found[::2], found[1::2], strict=True))


def _claim(
    cells: Mapping[str, str],
    amount: tuple[Decimal | None, Decimal | None],
    on: date | None,
    due: date | None,
    source_day: date | None,
    codes: Mapping[str, str],
) -> Claim:
    if on is None:
        raise TrackerError(_("Write the day as 2026-03-14."), field="on")
    party = cells["party"]
    return Claim(
        says=_one_of(cells["what"], SAYS),
        on=on,
        party=codes.get(party) or codes.get(party.casefold()) or party,
        low=amount[0],
        high=amount[1],
        unit=cells["unit"],
        stand=_one_of(cells["position"], STANDS),
        due=due,
        conditions=cells["conditions"],
        note=cells["note"],
        sources=_sources(cells, source_day),
        key=cells["key"],
    )


def _one_of(cell: str, choices: Any) -> str:
    """A choice by its name in files, or by what the desk calls it."""
    for value, label in choices:
        if cell.casefold() in (value, str(label).casefold()):
            return str(value)
    return cell


def _sources(cells: Mapping[str, str], day: date | None) -> tuple[Source, ...]:
    listed: list[Any] = []
    first = {name: cells[f"source_{name}"] for name in ("name", "outlet", "url")}
    kind = _one_of(cells["source_kind"], KINDS)
    if kind or any(first.values()):
        listed.append({"kind": kind or "document", **first, "on": day})
    if cells["sources"]:
        try:
            more = json.loads(cells["sources"])
        except (ValueError, RecursionError):
            text = _('This is no JSON. Write a list such as [{"kind": "official", "name": "A ministry"}].')
            raise TrackerError(text, field="sources") from None
        listed += more if isinstance(more, list) else [more]
    try:
        return read_sources(listed)
    except (SourceError, RecursionError) as error:
        raise TrackerError(str(error), field="sources") from None


def _column(name: str) -> str:
    return {"says": "what", "stand": "position"}.get(name, name)


def _note_units(read: Read, tracker: Tracker) -> None:
    others = sorted({claim.unit for _row, claim in read.claims if claim.unit})
    if others:
        text = _("These are not counted in %(unit)s and are kept apart: %(others)s.")
        read.notes.append(text % {"unit": tracker.unit, "others": ", ".join(others[:20])})
