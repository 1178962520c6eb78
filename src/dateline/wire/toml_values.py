"""Values of a TOML file, checked one by one: what is wrong is gathered with its place, and reading goes on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from dateline.wire.fields import kind_of
from dateline.wire.imagefiles import path_problem
from dateline.wire.markup import clean_text, scrub, slug_of

LONGEST_NAME = 1000
LONGEST_TEXT = 1_000_000

Entry = TypeVar("Entry")


class TomlProblem(NamedTuple):
    """`where` is a path such as `editions[1].sections[0].slug`, or `line 7` of a file that is no TOML."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Values:
    """Reads values from tables and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[TomlProblem] = []

    def wrong(self, where: str, message: str) -> None:
        self.problems.append(TomlProblem(where.removeprefix("."), message))

    def unknown(self, table: dict[str, Any], where: str, known: type[Any], *, kept: bool = False) -> dict[str, Any]:
        """What no field of the dataclass `known` models; names that are not known at all are reported.

        With `kept` the caller keeps it.
        """
        names = {one.name for one in fields(known)} - {"kept"}
        beyond = {name: value for name, value in table.items() if name not in names}
        for name in beyond:
            what = "it is kept and not used" if kept else "it is left out"
            self.wrong(f"{where}.{name}", f"is not a name that is known; {what}")
        return beyond

    # -- values

    def text(self, table: dict[str, Any], name: str, where: str, most: int = LONGEST_NAME) -> str:
        """One line of clean text, "" if it is missing or cannot be."""
        return clean_text(self.raw(table, name, where, most))

    def raw(self, table: dict[str, Any], name: str, where: str, most: int = LONGEST_TEXT) -> str:
        """Text with its lines."""
        value = table.get(name, "")
        if not isinstance(value, str):
            self.wrong(f"{where}.{name}", f"is {kind_of(value)}; write text in quotation marks")
            return ""
        if len(value) > most:
            self.wrong(f"{where}.{name}", f"has {len(value):,} characters; the most is {most:,}")
            return ""
        return scrub(value)

    def file(self, table: dict[str, Any], name: str, where: str) -> str:
        href = self.raw(table, name, where, 4000)
        problem = path_problem(href) if href else None
        if problem:
            self.wrong(f"{where}.{name}", f"{href!r}: {problem}")
        return "" if problem else href

    def slug(self, table: dict[str, Any], name: str, where: str) -> str:
        slug = self.text(table, name, where)
        if not slug:
            if table.get(name, "") == "":
                self.wrong(f"{where}.{name}", "is missing")
            return ""
        if slug != slug_of(slug):
            hint = f"; write {slug_of(slug)!r}" if slug_of(slug) else ""
            self.wrong(f"{where}.{name}", f"{slug!r} is no slug: lower-case letters, digits and hyphens only{hint}")
            return ""
        return slug

    def required(self, table: dict[str, Any], name: str, where: str) -> str:
        text = self.text(table, name, where)
        if not text and isinstance(table.get(name, ""), str):
            self.wrong(f"{where}.{name}", "is missing")
        return text

    def choice(self, table: dict[str, Any], name: str, where: str, choices: tuple[str, ...], default: str) -> str:
        value = table.get(name, default)
        if value == default or value in choices:
            return str(value)
        self.wrong(f"{where}.{name}", f"is {value!r}; it can be {', '.join(choices)}")
        return default

    def moment(self, table: dict[str, Any], name: str, where: str) -> datetime | None:
        """A time with its zone; None if it is missing or is none."""
        value = table.get(name)
        if value is None or (isinstance(value, datetime) and value.tzinfo):
            return value
        self.wrong(f"{where}.{name}", f"is {kind_of(value)}; write a date and time with its zone")
        return None

    def tables(self, table: dict[str, Any], name: str, where: str) -> Iterator[tuple[dict[str, Any], str]]:
        value = table.get(name, [])
        if not isinstance(value, list):
            self.wrong(f"{where}.{name}", f"is {kind_of(value)}; write a list of tables")
            return
        for index, entry in enumerate(value):
            place = f"{where}.{name}[{index}]".removeprefix(".")
            if isinstance(entry, dict):
                yield entry, place
            else:
                self.wrong(place, f"is {kind_of(entry)}; write a table")

    def entries(
        self,
        table: dict[str, Any],
        name: str,
        where: str,
        read: Callable[[dict[str, Any], str], Entry | None],
        key: str = "slug",
    ) -> tuple[Entry, ...]:
        """The entries of a list that can be read; of two with the same `key` the first stays."""
        found: dict[str, tuple[Entry, str]] = {}
        for entry, place in self.tables(table, name, where):
            read_entry = read(entry, place)
            if read_entry is None:
                continue
            value = str(getattr(read_entry, key))
            if value in found:
                self.wrong(f"{place}.{key}", f"{value!r} stands at {found[value][1]} already")
            else:
                found[value] = (read_entry, place)
        return tuple(entry for entry, _ in found.values())


def is_web_address(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s/?#<>\"\\]+[^\s<>\"\\]*", url) is not None
