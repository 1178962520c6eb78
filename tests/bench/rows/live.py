"""Row 7: from the desk's commit to open pages, thousands of them on this machine, clients included."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.machine import cpu_seconds, memory
from tests.bench.plan import Run, say
from tests.bench.table import Line, ms

ROOT = Path(__file__).resolve().parents[3]
KILOBYTE = 1024


@contextmanager
def crowd(port: int, path: str, count: int) -> Iterator["subprocess.Popen[str]"]:
    """A process of open pages, all of them listening."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.readers", str(port), path, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


def ask(process: "subprocess.Popen[str]", words: str = "") -> dict[str, Any]:
    assert process.stdin and process.stdout
    if words:
        process.stdin.write(words + "\n")
        process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise RuntimeError("the readers ended")
    said: dict[str, Any] = json.loads(answer)
    return said


def readers(run: Run) -> list[Line]:
    room, inside, count = run.newsroom("small"), run.inside("small"), run.amounts.readers
    inside.call("tell_readers", count=1)  # the edition has a log, and everything is loaded
    with room.part("stand", live_per_address=str(2 * count), live_readers=str(2 * count)) as stand:
        before = memory(stand.pid).pss
        say(f"opening {count:,} streams")
        with crowd(room.port, "/live/en", count) as pages:
            opened = ask(pages)["seconds"]
            each = (memory(stand.pid).pss - before) / count
            late = _alerts(run, inside, pages)
            busy = cpu_seconds(stand.pid)
            say("dropping them all")
            back, storm = _storm(inside, pages)
            busy = cpu_seconds(stand.pid) - busy
    p95, last = (median(one[share] for one in late) for share in ("p95", "last"))
    shares = ", ".join(f"{name} {ms(median(one[name] for one in late))}" for name in ("p50", "p95", "p99", "last"))
    right = not any(storm[name] for name in ("short", "missed", "doubled"))
    return [
        Line(
            7,
            f"an alert to {count:,} open pages, from the desk's commit",
            shares,
            f"slowest of {len(late)}: {ms(max(one['last'] for one in late))}",
            f"{p95 / 0.250:.2f} ×",
            "p95 250 ms, max 1 s",
            p95 <= 0.250 and max(one["last"] for one in late) <= 1,
            {"late": late, "opened": opened, "last": last},
        ),
        Line(
            7,
            "memory of a reader in the stand",
            f"{each / KILOBYTE:.1f} KB",
            f"{count:,} opened in {opened:.1f} s",
            f"{each / KILOBYTE / 20:.2f} ×",
            "at most 20 KB",
            each <= 20 * KILOBYTE,
            {"bytes": each},
        ),
        Line(
            7,
            f"all {count:,} dropped and back, while alerts are posted",
            f"{back:.1f} s, {storm['missed']} missed, {storm['doubled']} doubled, {storm['short']} short",
            f"CPU {busy:.1f} s",
            f"{back / 10:.2f} ×",
            "10 s, none missed or doubled",
            right and back <= 10,
            {"seconds": back, **storm},
        ),
    ]


def _alerts(run: Run, inside: Any, pages: "subprocess.Popen[str]") -> list[dict[str, float]]:
    """Post alerts one by one, and see when each reached whom."""
    say("posting alerts")
    late = []
    for _ in range(run.amounts.alerts):
        (posted,) = inside.call("tell_readers", count=1)
        told = ask(pages, "heard 2")
        if told["short"] or told["missed"] or told["doubled"]:
            raise RuntimeError(f"readers were told wrongly: {told}")
        first = told["events"][str(posted["number"])]
        late.append({name: first[name] - posted["committed"] for name in ("p50", "p95", "p99", "last")})
    return late


def _storm(inside: Any, pages: "subprocess.Popen[str]") -> tuple[float, dict[str, Any]]:
    """Drop everybody; alerts are posted while all are away, while they come back and after."""
    assert pages.stdin
    pages.stdin.write("drop\n")
    pages.stdin.flush()
    posted = inside.call("tell_readers", count=10, pause=0.6, withdraw=False)
    back = ask(pages)["seconds"]
    heard = ask(pages, f"heard {len(posted)}")
    ask(pages, f"heard {inside.call('withdraw_all')}")
    return back, heard
