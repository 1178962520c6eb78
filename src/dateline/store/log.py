"""The live log: what has happened in one edition, in order, as a file that stands follow: `HOST/.live/en.jsonl`.

    {"generation": "k3f9c2", "after": 40}
    {"n": 41, "kind": "alert.created", "about": "alert:7", "topic": "", "at": "2026-11-23T05:00:00.000+00:00",
     "data": {…}}                                                                        (one line)

The first line is the head: events up to `after` are no longer in the file, and numbers of another generation mean
nothing in this one. Numbers go up by one. The press appends under a lock; a file that has grown too long is written
anew and renamed, so a reader that sees another file starts at its top. A last line without its newline is being
written, or was cut off by a crash: readers pass over it, and the next writer cuts it away.
"""

import contextlib
import fcntl
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

#: Events a log keeps, and bytes; it is cut down to these when it holds twice as much.
KEEP_EVENTS = 4000
KEEP_BYTES = 4 * 1024 * 1024

#: What a channel may be called: an edition's path.
CHANNEL = re.compile(r"[^/.\\\x00-\x20\x7f][^/\\\x00-\x20\x7f]{0,80}")


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One event. `topic` is "" for what concerns the whole edition, else the id of the story it belongs to; `about`
    names the thing it is about, whose newest event is all that a late reader needs, "" for none; `at` is ISO 8601,
    UTC."""

    number: int
    kind: str
    topic: str
    at: str
    data: dict[str, Any]
    about: str = ""

    def to_line(self) -> bytes:
        written = {
            "n": self.number,
            "kind": self.kind,
            "about": self.about,
            "topic": self.topic,
            "at": self.at,
            "data": self.data,
        }
        return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "LogEvent":
        """Raises ValueError or KeyError for a line that is not an event."""
        read = json.loads(line)
        about = str(read.get("about", ""))
        return cls(int(read["n"]), str(read["kind"]), str(read["topic"]), str(read["at"]), dict(read["data"]), about)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a log: all events of `generation` up to `number`."""

    generation: str
    number: int

    def __str__(self) -> str:
        return f"{self.generation}.{self.number}"

    @classmethod
    def read(cls, text: str) -> "Position | None":
        """The position that `str` wrote; None for anything else, since readers can send what they like."""
        found = re.fullmatch(r"([0-9a-z]{1,16})\.([0-9]{1,15})", text)
        return cls(found[1], int(found[2])) if found else None


def log_file(root: Path, channel: str) -> Path:
    """Where a channel's log lies. Raises ValueError for what cannot be a channel's name."""
    if not CHANNEL.fullmatch(channel):
        raise ValueError(f"{channel!r} cannot name a channel")
    return root / ".live" / f"{channel}.jsonl"


class EventLog:
    """The writer's side of one channel's log. Only the press writes, any number of its processes."""

    def __init__(self, root: Path, channel: str) -> None:
        self.file = log_file(root, channel)

    @contextmanager
    def locked(self) -> Iterator["LogWriter"]:
        """Nobody else appends meanwhile."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield LogWriter(self.file)


class LogWriter:
    """What may be done with a log while its lock is held."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def position(self) -> Position | None:
        """The last event in the file; None where there is no readable file."""
        try:
            with self._file.open("rb") as handle:
                head = json.loads(handle.readline())
                last = _last_line(handle, _whole_lines(handle))
        except (OSError, ValueError):
            return None
        try:
            number = LogEvent.from_line(last).number if last else int(head["after"])
            return Position(str(head["generation"]), number)
        except (ValueError, KeyError, TypeError):
            return None

    def begin(self, generation: str, after: int) -> None:
        """Start an empty log: what came before is gone for its readers."""
        self._replace(generation, after, [])

    def append(self, events: Sequence[LogEvent]) -> None:
        """Add events, whose numbers follow the last one's. One write: a reader sees each whole or not at all."""
        with self._file.open("r+b") as handle:
            end = _whole_lines(handle)
            handle.truncate(end)
            handle.seek(end)
            handle.write(b"".join(event.to_line() for event in events))
            handle.flush()
            size = handle.tell()
        if size > 2 * KEEP_BYTES or events[-1].number % (KEEP_EVENTS // 4) < len(events):
            self._shorten()

    def _shorten(self) -> None:
        head, *lines = self._file.read_bytes().splitlines(keepends=True)
        if len(lines) <= 2 * KEEP_EVENTS and sum(map(len, lines)) <= 2 * KEEP_BYTES:
            return
        kept: list[bytes] = []
        room = KEEP_BYTES
        for line in reversed(lines[-KEEP_EVENTS:]):
            room -= len(line)
            if room < 0 and kept:
                break
            kept.append(line)
        kept.reverse()
        after = LogEvent.from_line(kept[0]).number - 1
        self._replace(str(json.loads(head)["generation"]), after, kept)

    def _replace(self, generation: str, after: int, lines: list[bytes]) -> None:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self._file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(json.dumps({"generation": generation, "after": after}).encode() + b"\n")
                out.writelines(lines)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(self._file)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise


class LogReader:
    """A stand's side: what is new in the file since the last look. Takes no lock."""

    def __init__(self, root: Path, channel: str) -> None:
        self._file = str(log_file(root, channel))
        self._inode = 0
        self._read = 0
        self.generation = ""
        #: Events up to this number are no longer to be had.
        self.after = 0

    def news(self) -> tuple[bool, list[LogEvent]]:
        """Whether the log was begun or written anew since the last look, and the events that follow.

        After True the events are all that the log holds, and `generation` and `after` are those of its head.
        """
        try:
            found = os.stat(self._file)  # noqa: PTH116 - asked many times a second
        except OSError:
            return False, []
        anew = found.st_ino != self._inode or found.st_size < self._read
        if not anew and found.st_size == self._read:
            return False, []
        try:
            with open(self._file, "rb") as handle:  # noqa: PTH123 - as above
                anew = anew or os.fstat(handle.fileno()).st_ino != self._inode
                if anew:
                    head = json.loads(handle.readline())
                    self.generation, self.after = str(head["generation"]), int(head["after"])
                    self._inode, self._read = os.fstat(handle.fileno()).st_ino, handle.tell()
                handle.seek(self._read)
                lines, _, _ = handle.read().rpartition(b"\n")
        except (OSError, ValueError, KeyError):
            return False, []
        self._read += len(lines) + 1 if lines else 0
        return anew, [LogEvent.from_line(line) for line in lines.split(b"\n")] if lines else []


def _whole_lines(handle: BinaryIO) -> int:
    """How many bytes of the file are whole lines."""
    end = handle.seek(0, os.SEEK_END)
    start = end
    while start > 0:
        step = min(65536, start)
        handle.seek(start - step)
        found = handle.read(step).rfind(b"\n")
        if found >= 0:
            return start - step + found + 1
        start -= step
    return 0


def _last_line(handle: BinaryIO, end: int) -> bytes:
    """The last line before `end`; empty where there is only the head."""
    held, start = b"", end
    while start > 0:
        step = min(65536, start)
        start -= step
        handle.seek(start)
        held = handle.read(step) + held
        _, newline, line = held[:-1].rpartition(b"\n")
        if newline:
            return line
    return b""
