"""Rows 1 and 2: what a reader's request costs, beside nginx and beside Wagtail, and with desk and database away."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from tests.bench import peer
from tests.bench.load import Result, many_paths, wrk
from tests.bench.plan import Run, say
from tests.bench.table import Line, ms, rate, times
from tests.bench.web import lay_out, nginx, static_server, store_server
from tests.running import free_ports, get

#: How many stories the readers of row 2 ask for in turn.
MANY = 60


@dataclass
class _Target:
    """Somebody who serves: paths of the story and the home, and what each round found."""

    name: str
    port: int
    pid: int
    paths: dict[str, str]
    found: dict[str, list[Result]] = field(default_factory=lambda: {"story": [], "home": []})


def pages(run: Run) -> list[Line]:
    """Row 1."""
    room, inside = run.newsroom("small"), run.inside("small")
    places = inside.call("places")
    ours = {"story": places["story"], "home": places["home"]}
    bodies = {name: inside.call("body_of", path=path, coding="br").encode("latin-1") for name, path in ours.items()}
    teasers = inside.call("body_of", path=ours["home"]).count("<article")
    say(f"building a plain Wagtail site with {teasers} teasers on its home page")
    plain = peer.build(run.folder / "peer", teasers=teasers)
    static_port, store_port = free_ports(2)
    with contextlib.ExitStack() as stack:
        stand = stack.enter_context(room.part("stand"))
        served = lay_out(run.folder / "www", bodies)
        static = stack.enter_context(
            nginx(run.folder / "nginx-static", static_server(run.folder / "www", static_port), static_port)
        )
        config = store_server(room.folder, room.host, room.port, store_port)
        store = stack.enter_context(nginx(run.folder / "nginx-store", config, store_port))
        wagtail = stack.enter_context(peer.serving(plain, cached=False))
        cached = stack.enter_context(peer.serving(plain, cached=True))
        theirs = {"story": plain.story, "home": "/"}
        targets = [
            _Target("stand", room.port, stand.pid, ours),
            _Target("nginx", static.port, static.pid, served),
            _Target("store", store.port, store.pid, ours),
            _Target("wagtail", wagtail.port, wagtail.pid, theirs),
            _Target("cached", cached.port, cached.pid, theirs),
        ]
        _measure(run, targets)
    return _lines({target.name: target for target in targets})


def _measure(run: Run, targets: list[_Target]) -> None:
    for target in targets:
        for path in target.paths.values():
            status, _, _ = get(target.port, path)
            if status != 200:
                raise RuntimeError(f"{target.name}: {path} answered {status}")
            wrk(target.port, path, seconds=1, server=target.pid)

    def ask(target: _Target, page: str) -> Callable[[], None]:
        def once() -> None:
            found = wrk(target.port, target.paths[page], seconds=run.amounts.seconds, server=target.pid)
            target.found[page].append(found)

        return once

    for page in ("story", "home"):
        say(f"asking for the {page}: {', '.join(target.name for target in targets)}, {run.amounts.rounds} rounds")
        run.alternating(run.amounts.rounds, {target.name: ask(target, page) for target in targets})


def _lines(by_name: dict[str, _Target]) -> list[Line]:
    stand = by_name["stand"]
    goals = (
        ("nginx", "nginx, the same bytes from a file", 0.6),
        ("wagtail", "plain Wagtail, 2 workers", 100),
        ("cached", "Wagtail behind a full-page cache in memory", 8),
    )
    lines = []
    for page in ("story", "home"):
        for name, what, goal in goals:
            lines.append(_compared(1, f"{page}: stand beside {what}", stand, by_name[name], page, goal))
    store = by_name["store"]
    lines.append(_compared(1, "home: nginx on the store, as operating.md has it", store, by_name["nginx"], "home", 1.0))
    lines.append(
        _compared(1, "story: the same nginx, which passes it to the stand", store, by_name["nginx"], "story", None)
    )
    return lines


def _compared(row: int, what: str, ours: _Target, theirs: _Target, page: str, goal: float | None) -> Line:
    pairs = list(zip(ours.found[page], theirs.found[page], strict=True))
    # A peer that answered nothing in a round is taken for one that answered once.
    ratio = median(a.rate / max(b.rate, 1.0) for a, b in pairs)
    cpu = [median(each.cpu for each in target.found[page]) for target in (ours, theirs)]
    rates = [median(each.rate for each in target.found[page]) for target in (ours, theirs)]
    return Line(
        row,
        what,
        f"{rate(rates[0])}, {cpu[0] * 1e6:.0f} µs CPU",
        f"{rate(rates[1])}, {cpu[1] * 1e6:,.0f} µs CPU",
        times(ratio),
        f"at least {goal:g} ×" if goal else "",
        # As exact as the goal is written: to one decimal.
        round(ratio, 1) >= goal if goal else None,
        {
            "ratio": ratio,
            "rates": rates,
            "cpu": cpu,
            "p50": median(each.p50 for each in ours.found[page]),
            "p99": median(each.p99 for each in ours.found[page]),
            "errors": sum(each.errors for each in ours.found[page]),
        },
    )


def alone(run: Run) -> list[Line]:
    """Row 2: the stand alone, with the database moved away, asked for many pages in turn."""
    room, inside = run.newsroom("small"), run.inside("small")
    paths = [*inside.call("newest_paths", count=MANY), inside.call("places")["home"]]
    script = many_paths(run.folder, paths)
    database = room.folder / "newsroom.sqlite3"
    away = room.folder / "newsroom.sqlite3.away"
    with room.part("stand") as stand:
        wrk(room.port, paths[0], seconds=1, server=stand.pid, script=script)
        with_desk: list[Result] = []
        without: list[Result] = []

        def ask(into: list[Result]) -> None:
            into.append(wrk(room.port, "/", seconds=run.amounts.seconds, server=stand.pid, script=script))

        def without_database() -> None:
            database.rename(away)
            try:
                ask(without)
            finally:
                away.rename(database)

        def with_database() -> None:
            with room.part("desk"):
                ask(with_desk)

        run.alternating(run.amounts.rounds, {"with": with_database, "without": without_database})
    errors = sum(found.errors for found in without)
    requests = sum(found.requests for found in without)
    ratio = median(a.rate / b.rate for a, b in zip(without, with_desk, strict=True))
    return [
        Line(
            2,
            f"{len(paths)} printed pages in turn, desk stopped and database moved away",
            f"{errors} errors in {requests:,}; p99 {ms(median(found.p99 for found in without))}",
            f"with desk: {rate(median(found.rate for found in with_desk))}",
            times(ratio),
            "no error",
            errors == 0 and requests > 0,
            {"errors": errors, "requests": requests, "ratio": ratio},
        )
    ]
