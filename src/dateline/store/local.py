"""The store on a disk."""

import contextlib
import fcntl
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.store.paths import file_for, path_for
from dateline.store.sheets import Sheet, StoredSheet


@dataclass(frozen=True, slots=True)
class State:
    """The store's counters; see the package's text."""

    epoch: int = 0
    shells: dict[str, int] = field(default_factory=dict)

    def generation(self, shell: str) -> int:
        return self.shells.get(shell, 0)


class LocalStore:
    """Sheets of one host below `root`. Methods take decoded URL paths and raise `BadPath` for impossible ones."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # ── reading ──

    def read(self, path: str, *, stale: bool = False) -> StoredSheet | None:
        """The sheet of `path` with all its bodies, or None. With `stale`, the copy kept when it was evicted.

        Readers take no lock: a sheet that is replaced between two of its files is read again.
        """
        base = str(self.root / file_for(path)) + (".stale" if stale else "")
        for _ in range(20):
            try:
                sheet = Sheet.from_json(_bytes(base + ".meta"))
            except (FileNotFoundError, NotADirectoryError):
                return None
            with contextlib.suppress(FileNotFoundError):
                body = _bytes(base)
                br = _bytes(base + ".br") if sheet.br and not stale else b""
                gz = _bytes(base + ".gz") if sheet.gz and not stale else b""
                if sheet.describes(body, br, gz, variants=not stale):
                    return StoredSheet(sheet, body, br, gz, stale)
            time.sleep(0.0005)  # a writer is between two renames
        return None

    def has(self, path: str) -> bool:
        return Path(str(self.root / file_for(path)) + ".meta").exists()

    def stat_file(self, path: str) -> str:
        """The file whose stat tells whether a remembered sheet is still the one in the store."""
        return str(self.root / file_for(path)) + ".meta"

    def state(self) -> State:
        try:
            data = json.loads(_bytes(str(self.root / ".state")))
        except FileNotFoundError:
            return State()
        return State(data["epoch"], data["shells"])

    def walk(self) -> Iterator[str]:
        """The paths of all sheets in the store, in no order."""
        for folder, names, files in os.walk(self.root):
            names[:] = [n for n in names if not n.startswith(".")]
            inner = os.path.relpath(folder, self.root)
            for name in files:
                if name.endswith(".meta") and not name.endswith(".stale.meta") and not name.startswith("."):
                    yield path_for(name[:-5] if inner == "." else f"{inner}/{name[:-5]}")

    # ── writing ──

    def write(self, path: str, stored: StoredSheet) -> None:
        """Put a sheet into the store; its `.meta` comes last, and tells which bodies belong together."""
        file = self.root / file_for(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        base = str(file)
        _put(base, stored.body)
        for ending, body in ((".br", stored.br), (".gz", stored.gz)):
            if body:
                _put(base + ending, body)
            else:
                _drop(base + ending)
        _put(base + ".meta", stored.sheet.to_json())
        _drop(base + ".stale.meta")
        _drop(base + ".stale")

    def evict(self, path: str) -> None:
        """Take a sheet out; its last body stays beside it as `.stale`."""
        base = str(self.root / file_for(path))
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            meta = _bytes(base + ".meta")
            _drop(base + ".meta")
            _drop(base + ".br")
            _drop(base + ".gz")
            os.replace(base, base + ".stale")  # noqa: PTH105
            _put(base + ".stale.meta", meta)

    def remove(self, path: str) -> None:
        """Take a sheet out and keep nothing of it."""
        base = str(self.root / file_for(path))
        for ending in (".meta", ".br", ".gz", "", ".stale.meta", ".stale"):
            _drop(base + ending)

    def advance(self, *shells: str) -> State:
        """Count one more change (the epoch), and one more generation of each named shell."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            old = self.state()
            new = State(old.epoch + 1, {**old.shells, **{s: old.generation(s) + 1 for s in shells}})
            _put(str(self.root / ".state"), json.dumps({"epoch": new.epoch, "shells": new.shells}).encode())
        return new


def _bytes(file: str) -> bytes:
    with open(file, "rb") as handle:  # noqa: PTH123 - a Path costs more than the read on the reader's path
        return handle.read()


def _put(file: str, body: bytes) -> None:
    folder = os.path.dirname(file)  # noqa: PTH120
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(body)
        os.chmod(temporary, 0o644)  # noqa: PTH101
        os.replace(temporary, file)  # noqa: PTH105
    except BaseException:
        _drop(temporary)
        raise


def _drop(file: str) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(file)  # noqa: PTH108
