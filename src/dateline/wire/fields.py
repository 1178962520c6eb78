"""Typed access to the values of a JSON object from outside: what is wrong is named by its place and how to mend it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from dateline.wire.markup import MarkupTooLong, check_length, clean_text, text_of, tree

#: Entries of one list.
MOST_ENTRIES = 10_000
DEEPEST_VALUE = 40
FIRST_YEAR, LAST_YEAR = 1600, 2200


class ItemError(ValueError):
    """An item that cannot be taken. `field` is where, such as `headlines[0].value`, "" for the item as a whole;
    `message` is what is wrong and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message


def kind_of(value: object) -> str:
    """What JSON calls the type of `value`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    for types, name in (((int, float), "a number"), (str, "text"), (dict, "an object"), (list, "a list")):
        if isinstance(value, types):
            return name
    return type(value).__name__


def brief(value: object) -> str:
    """`value` as a message can show it."""
    shown = repr(value) if isinstance(value, str | int | float) else kind_of(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


@dataclass(frozen=True, slots=True)
class Fields:
    """An object and the path that leads to it. A missing value and null are the same."""

    data: dict[str, Any]
    path: str = ""

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def error(self, name: str, message: str) -> ItemError:
        return ItemError(self.at(name), message)

    def text(self, name: str, most: int = 1000) -> str:
        """One line of clean text of at most `most` characters, "" if missing."""
        value = self.data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.error(name, f"is {kind_of(value)}; write text")
        if len(value) > most:
            text = clean_text(value) if len(value) <= most * 4 else value
            if len(text) > most:
                raise self.error(name, f"has {len(text):,} characters; the most is {most:,}")
            return text
        return clean_text(value)

    def words(self, name: str, most: int = 1000) -> str:
        """As `text`, of a value whose `contentType` may say that it is HTML."""
        kind, value = self.data.get("contentType"), self.data.get(name)
        if not (isinstance(kind, str) and kind.startswith("text/html") and isinstance(value, str)):
            return self.text(name, most)
        try:
            check_length(value)
            text = text_of(tree(value))
        except MarkupTooLong as error:
            raise self.error(name, str(error)) from error
        return Fields({name: text}, self.path).text(name, most)

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, None if missing."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.error(name, f"is {brief(value)}; write a whole number from {least} to {most:,}")
        return value

    def moment(self, name: str) -> datetime | None:
        """An aware time, None if missing."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.error(name, f"is {kind_of(value)}; write a time such as 2026-01-31T10:00:00Z")
        try:
            return moment(value)
        except ValueError as error:
            raise self.error(name, f"{brief(value)} {error}") from None

    def entries(self, name: str) -> "Iterator[Fields]":
        """The objects of a list."""
        value = self.data.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.error(name, f"is {kind_of(value)}; write a list of objects")
        if len(value) > MOST_ENTRIES:
            raise self.error(name, f"has {len(value):,} entries; the most is {MOST_ENTRIES:,}")
        for index, entry in enumerate(value):
            path = f"{self.at(name)}[{index}]"
            if not isinstance(entry, dict):
                raise ItemError(path, f"is {kind_of(entry)}; write an object")
            yield Fields(entry, path)


_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,40}))?(?:([Zz])|([+-])(\d\d):?(\d\d))?", re.ASCII
)


def moment(text: str) -> datetime:
    """The time that RFC 3339 text names, in its own offset. Fractions are cut to microseconds; a leap second is the
    second before it.

    Raises:
        ValueError: with what to say after the text: not a time, no zone, or a year outside 1600 to 2200.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII):
            raise ValueError("is a date alone; write its time and zone too, such as 2026-01-31T10:00:00Z")
        raise ValueError("is no time; write one such as 2026-01-31T10:00:00Z")
    year, month, day, hour, minute, second = (int(found[group]) for group in range(1, 7))
    if found[8]:
        zone = UTC
    elif found[9]:
        hours, minutes = int(found[10]), int(found[11])
        if hours > 23 or minutes > 59:
            raise ValueError("has an offset that does not exist")
        offset = timedelta(hours=hours, minutes=minutes)
        zone = timezone(-offset if found[9] == "-" else offset) if offset else UTC
    else:
        raise ValueError("has no zone; end it with Z or an offset such as +02:00")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    micro = int(f"{found[7] or 0:0<6}"[:6])
    try:
        return datetime(year, month, day, hour, minute, min(second, 59) if second == 60 else second, micro, zone)
    except ValueError:
        raise ValueError("does not exist in the calendar or on the clock") from None


def moment_text(when: datetime) -> str:
    """RFC 3339, with Z for UTC."""
    text = when.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def _keepable(text: str) -> str:
    # As in a text that is modelled, so that what said nothing once says nothing when it is read again.
    return _UNKEEPABLE.sub(lambda found: "" if found.group() == "\0" else "\ufffd", text)


def kept_value(value: Any, path: str, depth: int = 0) -> Any:
    """A copy of a JSON value that any database and file can hold: no NUL, no half of a surrogate pair.

    Raises:
        ItemError: if it is no JSON, or nested more than `DEEPEST_VALUE` deep.
    """
    if depth > DEEPEST_VALUE:
        raise ItemError(path[:200], f"is nested more than {DEEPEST_VALUE} deep")
    if isinstance(value, str):
        return _keepable(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and value - value == 0:
        return value
    if isinstance(value, list):
        return [kept_value(inner, f"{path}[{index}]", depth + 1) for index, inner in enumerate(value)]
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        return {_keepable(name): kept_value(inner, f"{path}.{name[:50]}", depth + 1) for name, inner in value.items()}
    raise ItemError(path[:200], f"is {brief(value)}, which JSON cannot hold")
