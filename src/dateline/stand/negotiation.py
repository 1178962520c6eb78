"""Content coding, conditional requests and byte ranges, as RFC 9110 has them (https://www.rfc-editor.org/rfc/rfc9110)."""

import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from enum import Enum
from functools import lru_cache

#: Codings the store has, best first, by the letter that stands for each in a preference.
CODINGS = {"b": "br", "g": "gzip", "i": "identity"}

_LETTERS = {"br": "b", "gzip": "g", "x-gzip": "g", "identity": "i"}
_QVALUE = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z", re.ASCII)
_ETAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\U0010ffff]*")')
_RANGE = re.compile(
    r"bytes[ \t]*=[ \t]*(?:(\d{1,18})[ \t]*-[ \t]*(\d{0,18})|-[ \t]*(\d{1,18}))\Z", re.ASCII | re.IGNORECASE
)


@lru_cache(maxsize=1024)
def preference(accept_encoding: str | None) -> str:
    """The codings a client takes, best first, as letters of `CODINGS`: "bgi", "gi", "i", …

    Identity is always last unless the client ranks it higher: who refuses all we have still gets a page.
    See RFC 9110, section 12.5.3.
    """
    if not accept_encoding:
        return "i"
    weights: dict[str, float] = {}
    rest = 0.0
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        weight = _weight(parameter)
        name = name.strip()
        if name == "*":
            rest = weight
        elif name in _LETTERS:
            weights.setdefault(_LETTERS[name], weight)
    for letter in "bg":
        weights.setdefault(letter, rest)
    # Unlisted, identity is acceptable but never better than a coding the client asked for.
    weights.setdefault("i", 0.0)
    order = sorted((x for x in CODINGS if weights[x] > 0 or x == "i"), key=lambda x: -weights[x])
    return "".join(order)


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    return float(value) if name.strip() == "q" and _QVALUE.match(value.strip()) else 0.0


def etag_matches(header: str, etag: str) -> bool:
    """Whether an `If-None-Match` names `etag`, by weak comparison (RFC 9110, section 13.1.2)."""
    if header.strip() == "*":
        return True
    return etag.removeprefix("W/") in _ETAG.findall(header)


def http_date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


def parse_http_date(text: str) -> int | None:
    """Seconds since 1970 of an HTTP date in any of its three forms, or None."""
    try:
        moment = parsedate_to_datetime(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def not_modified(none_match: str | None, modified_since: str | None, etag: str, modified: int) -> bool:
    """Whether a GET or HEAD is answered by 304; the date counts only without an `If-None-Match`."""
    if none_match is not None:
        return etag_matches(none_match, etag)
    if modified_since is None:
        return False
    since = parse_http_date(modified_since)
    return since is not None and modified <= since


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to, not including, `end`."""

    start: int
    end: int


class Unsatisfiable(Enum):
    """The range asked for lies outside of the file."""

    RANGE = 416


def byte_range(header: str | None, size: int) -> Span | Unsatisfiable | None:
    """The one range of a `Range` header on a file of `size` bytes (RFC 9110, section 14.2).

    None means the whole file: no header, another unit, bad syntax, or several ranges, which a server may refuse to cut.
    """
    match = _RANGE.match(header.strip()) if header else None
    if not match:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        length = min(int(suffix), size)
        return Span(size - length, size) if length else Unsatisfiable.RANGE
    start = int(first)
    end = int(last) + 1 if last else size
    if end <= start and last:
        return None
    return Span(start, min(end, size)) if start < size else Unsatisfiable.RANGE


def range_applies(if_range: str | None, etag: str, modified: int) -> bool:
    """Whether an `If-Range` still holds: a strong ETag by strong comparison, or the exact date of the file."""
    if if_range is None:
        return True
    value = if_range.strip()
    if value.startswith(('"', "W/")):
        return value == etag
    return parse_http_date(value) == modified
