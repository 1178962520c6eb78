"""How counts of reads come from the stands to the desk: small files in the store's folder, each taken once.

    HOST/.reads/1763932800123-41-7.json     {"since": 1763932795, "reads": [[42, "search", 3], …]}

A stand writes one every few seconds in which there was anything to count, under a temporary name, and renames it. What
is in a file: when its first read was counted (seconds since 1970), and for each story and class of referrer how many
reads. There is nothing of readers in it.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

FOLDER = ".reads"

#: Classes of the page that a reader came from.
SOURCES = ("direct", "internal", "search", "social", "other")

#: A larger file was not written by a stand.
LONGEST = 4 * 1024 * 1024

_numbers = count()


@dataclass(frozen=True, slots=True)
class Tally:
    """What one file holds; `name` is its own."""

    name: str
    since: float
    reads: tuple[tuple[int, str, int], ...]


def write_tally(root: Path, since: float, reads: Mapping[tuple[int, str], int]) -> Path:
    """Write what was counted since a moment. A file is there whole or not at all, once this has returned."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns() // 1_000_000}-{os.getpid()}-{next(_numbers)}.json"
    rows = [[story, source, number] for (story, source), number in sorted(reads.items())]
    scratch = folder / f".{name}"
    scratch.write_text(json.dumps({"since": round(since), "reads": rows}, separators=(",", ":")), encoding="ascii")
    return scratch.rename(folder / name)


def tallies(root: Path, most: int) -> Iterator[Tally]:
    """The oldest files there are, at most so many. One that cannot be read is set aside with `.bad` at its end."""
    folder = root / FOLDER
    names = (
        sorted(file.name for file in folder.glob("*.json") if not file.name.startswith(".")) if folder.exists() else []
    )
    for name in names[:most]:
        file = folder / name
        try:
            if file.stat().st_size > LONGEST:
                raise ValueError("too large")
            data = json.loads(file.read_bytes())
            rows = tuple((int(story), str(source), int(number)) for story, source, number in data["reads"])
            if not all(
                0 < story < 2**63 and source in SOURCES and 0 < number < 2**31 for story, source, number in rows
            ):
                raise ValueError("not counts of reads")
            yield Tally(name, float(data["since"]), rows)
        except FileNotFoundError:
            continue
        except (ValueError, TypeError, KeyError, OverflowError):
            file.rename(file.with_suffix(".bad"))


def drop_tallies(root: Path, names: Iterable[str]) -> None:
    """Delete files that were taken in."""
    for name in names:
        (root / FOLDER / name).unlink(missing_ok=True)
