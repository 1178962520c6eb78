"""What a decoded path asks for, before anything is looked up."""

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote

from dateline.store import BadPath, file_for

#: Endings that a site prints; a path with another is answered without the desk. No ending means a folder, `/en/`.
PRINTED_ENDINGS = frozenset({"csv", "html", "ics", "json", "rss", "txt", "vtt", "webmanifest", "xml"})


class Kind(Enum):
    """What to do with an address."""

    #: `path` may name a sheet.
    SHEET = auto()
    #: A folder without its slash: the sheet, if there is one, is at `path`, and readers are sent there.
    FOLDER = auto()
    #: Another way to write `path` (normal form, `index.html`): readers are sent there.
    MOVED = auto()
    #: Nothing can be there; `status` tells why.
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Address:
    kind: Kind
    path: str = ""
    status: int = 0


def read_address(path: str, longest: int) -> Address:
    """Judge a percent-decoded `path` of at most `longest` bytes.

    A percent sign left after decoding was not an escape, or was one twice; U+FFFD was not UTF-8. No sheet has either in
    its address, so both are refused, and with them every trick of encoding a path more than once.
    """
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return Address(Kind.REFUSED, status=400)
    if not path.startswith("/"):
        return Address(Kind.REFUSED, status=400)
    if size > longest:
        return Address(Kind.REFUSED, status=414)
    if any(c in "%\\\ufffd" or c < " " or c == "\x7f" for c in path):
        return Address(Kind.REFUSED, status=400)
    kind = Kind.SHEET
    if not unicodedata.is_normalized("NFC", path):
        kind, path = Kind.MOVED, unicodedata.normalize("NFC", path)
    if path.endswith("/index.html"):
        kind, path = Kind.MOVED, path.removesuffix("index.html")
    elif not path.endswith("/") and "." not in path.rsplit("/", 1)[1]:
        kind, path = (Kind.FOLDER if kind is Kind.SHEET else Kind.MOVED), path + "/"
    try:
        file_for(path)
    except BadPath:
        return Address(Kind.REFUSED, status=404)
    return Address(kind, path)


def may_be_printed(path: str) -> bool:
    """Whether the desk is worth asking for the sheet at `path`, a path that `file_for` takes."""
    return path.endswith("/") or path.rsplit(".", 1)[1] in PRINTED_ENDINGS


def href(path: str) -> str:
    """`path` as it stands in a `Location` header or a request line."""
    return quote(path, safe="/~!$&'()*+,;=:@-._")


def is_question_place(path: str) -> bool:
    """Whether the address answers questions: what follows its question mark plays a part there."""
    return path.endswith(("/search/", "/search/suggest.json")) and path.count("/") == 3


def edition_of(path: str) -> str:
    """The first segment of `path`, which names the edition, or "" if there is none."""
    return path.split("/", 2)[1]
