"""Sheets kept in memory with their answers ready to send."""

import os
import sys
from collections import OrderedDict
from dataclasses import dataclass

from dateline.stand.address import is_question_place
from dateline.stand.exchange import Headers
from dateline.stand.negotiation import CODINGS, http_date
from dateline.store import Sheet, StoredSheet

#: What a copy of an evicted sheet says about its own age: usable once, never kept.
STALE_CACHE = "public, max-age=0"

#: What the stand says itself, and what must never reach a reader from a page that everybody gets.
_NOT_THE_SHEETS = frozenset(
    {
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "location",
        "server",
        "set-cookie",
        "story",
        "surrogate-key",
        "transfer-encoding",
        "vary",
    }
)

_TAGS = {"b": "-br", "g": "-gz", "i": ""}


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells one print of a file from the next: every print is a new file."""

    modified_ns: int
    inode: int
    size: int

    @classmethod
    def of(cls, file: str) -> "FileStamp | None":
        """The stamp of `file`, or None if it is not there."""
        try:
            found = os.stat(file)  # noqa: PTH116 - a Path costs more than the call
        except (FileNotFoundError, NotADirectoryError):
            return None
        return cls(found.st_mtime_ns, found.st_ino, found.st_size)


class Variant:
    """One coding of a sheet: its body, and its headers for a 200 (or what the sheet says), a 304 and a 404."""

    __slots__ = ("absent_headers", "body", "etag", "headers", "unchanged_headers")

    def __init__(self, sheet: Sheet, letter: str, body: bytes, cache: str, security: Headers) -> None:
        self.body = body
        self.etag = f'"{sheet.digest}{_TAGS[letter]}"'
        own = {name for name, _ in sheet.headers}
        vary = ", ".join(["Accept-Encoding", *(value for name, value in sheet.headers if name == "vary")])
        validators = [("etag", self.etag), ("last-modified", http_date(sheet.modified))]
        lasting = [("cache-control", cache), ("vary", vary)]
        if sheet.keys:
            lasting.append(("surrogate-key", " ".join(sheet.keys)))
        described = [("content-type", sheet.content_type), ("content-length", str(len(body)))]
        if letter != "i":
            described.append(("content-encoding", CODINGS[letter]))
        if sheet.location:
            described.append(("location", sheet.location))
        further = [(name, value) for name, value in sheet.headers if name not in _NOT_THE_SHEETS]
        further += [(name, value) for name, value in security if name not in own]
        self.absent_headers: Headers = [*described, *lasting, *further]
        self.headers: Headers = [*described, *validators, *lasting, *further]
        self.unchanged_headers: Headers = [*validators, *lasting]


class Shelved:
    """A sheet as it lies on the shelf; `stamp` is that of its `.meta`."""

    __slots__ = (
        "_variants",
        "answers",
        "asked_at",
        "by_preference",
        "cost",
        "file",
        "generation",
        "modified",
        "path",
        "shell",
        "stamp",
        "status",
        "story",
    )

    def __init__(self, path: str, file: str, stamp: FileStamp, stored: StoredSheet, security: Headers) -> None:
        sheet = stored.sheet
        cache = STALE_CACHE if stored.stale else sheet.cache
        bodies = {"b": stored.br, "g": stored.gz, "i": stored.body}
        self.path = path
        #: Whether it is the sheet of an address that answers questions: with one, it is not what is asked for.
        self.answers = is_question_place(path)
        self.file = file
        self.stamp = stamp
        self.status = sheet.status
        #: The number of the story that the sheet is the page of, for counting its reads; 0 for all others.
        self.story = next((int(value) for name, value in sheet.headers if name == "story" and value.isdigit()), 0)
        self.modified = sheet.modified
        self.shell = sheet.shell
        self.generation = sheet.generation
        self.asked_at = float("-inf")
        self._variants = {x: Variant(sheet, x, body, cache, security) for x, body in bodies.items() if body or x == "i"}
        self.by_preference: dict[str, Variant] = {}
        # Bodies weigh most; the rest is a fair guess at objects and headers.
        self.cost = sum(len(b) for b in bodies.values()) + 2 * sys.getsizeof(path) + 4096

    def variant(self, preference: str) -> Variant:
        """The best variant there is for a client's `preference` (see `negotiation.preference`)."""
        found = self.by_preference.get(preference)
        if found is None:
            found = self._variants[next((x for x in preference if x in self._variants), "i")]
            self.by_preference[preference] = found
        return found


class Shelf:
    """The sheets asked for last, as many as fit into `memory` bytes."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._used = 0
        self._sheets: OrderedDict[str, Shelved] = OrderedDict()
        self.find = self._sheets.get
        self.touch = self._sheets.move_to_end

    @property
    def used(self) -> int:
        """Bytes taken."""
        return self._used

    def put(self, shelved: Shelved) -> None:
        """Keep a sheet, unless it alone would crowd out a quarter of the others."""
        self.drop(shelved.path)
        if shelved.cost > self._memory // 4:
            return
        self._sheets[shelved.path] = shelved
        self._used += shelved.cost
        while self._used > self._memory:
            self.drop(next(iter(self._sheets)))

    def drop(self, path: str) -> None:
        shelved = self._sheets.pop(path, None)
        if shelved is not None:
            self._used -= shelved.cost
