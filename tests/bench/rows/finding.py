"""Row 10: searching a million stories. Row 11: a page ten thousand pages deep."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.newsrooms import Newsroom
from tests.bench.plan import Run, say
from tests.bench.rows.importing import bring, imported
from tests.bench.table import Line, ms, quantiles, times
from tests.postgres import start_postgres
from tests.running import free_ports

#: Seconds of a search, the middle one and the slowest but a twentieth.
MIDDLE, SLOW = 0.030, 0.100

#: How much longer an old page may take to print than the newest, and seconds of one.
DEEP, PRINT = 1.2, 0.020


def search(run: Run) -> list[Line]:
    source = imported(run)
    room = Newsroom(run.folder / "sought", *free_ports())
    shutil.copytree(source.folder, room.folder, ignore=shutil.ignore_patterns("store", "media", "static"))
    lines = [_searched(run, room, "SQLite")]
    shutil.rmtree(room.folder)
    with contextlib.ExitStack() as stack:
        # Beside the run's folder, which is closed to the user that PostgreSQL runs as.
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-bench-postgres-")))
        [port] = free_ports(1)
        # A quarter of the machine's memory for its cache, as its manual advises.
        address, stop = start_postgres(place, port, shared_buffers="4GB", effective_cache_size="12GB")
        stack.callback(stop)
        room = Newsroom(run.folder / "sought-postgres", *free_ports(), database=address)
        bring(run, room)
        lines.append(_searched(run, room, "PostgreSQL"))
    return lines


def _searched(run: Run, room: Newsroom, database: str) -> Line:
    with room.inside() as inside:
        say(f"multiplying the search's entries to {run.amounts.entries:,}, {database}")
        entries = inside.call("multiply_entries", entries=run.amounts.entries)
        inside.call("search_times", rounds=1)  # what was just written is still on its way to the disk
        found = inside.call("search_times", rounds=max(1, run.amounts.rounds))
    taken = sorted(found["times"])
    middle, slow = median(taken), taken[int(len(taken) * 0.95)]
    return Line(
        10,
        f"search among {entries:,} stories, {database}",
        quantiles(taken),
        f"{found['queries']} queries in three languages",
        times(min(MIDDLE / middle, SLOW / slow)),
        f"p50 {ms(MIDDLE)}, p95 {ms(SLOW)}",
        middle <= MIDDLE and slow <= SLOW,
        {"times": taken, "entries": entries},
    )


def depth(run: Run) -> list[Line]:
    inside = run.inside("small")
    paths = inside.call("deepen", pages=run.amounts.pages)
    spent = {}
    for _ in range(2):  # the second time everything is warm
        for name in ("newest", "oldest"):
            spent[name] = inside.call("print_times", path=paths[name], count=run.amounts.prints)
    cpu = {name: median(each["cpu"]) for name, each in spent.items()}
    ratio = cpu["oldest"] / cpu["newest"]
    return [
        Line(
            11,
            f"print page 1 of a topic of {run.amounts.pages:,} pages",
            f"{ms(cpu['oldest'])} CPU, {spent['oldest']['queries']} queries",
            f"{ms(cpu['newest'])}, {spent['newest']['queries']} for the newest",
            f"{ratio:.2f} ×",
            f"at most {DEEP} ×, {ms(PRINT)}",
            ratio <= DEEP and cpu["oldest"] <= PRINT,
            {"seconds": cpu},
        )
    ]
