"""Rows 3 and 4: from the publish call to everything printed, and what grows with the number of stories."""

import contextlib
from collections.abc import Callable
from statistics import median
from typing import Any

from tests.bench.editor import Editor
from tests.bench.plan import Run, say
from tests.bench.table import Line, ms, percentile, quantiles, times

#: Goals in seconds.
P50, P99 = 0.120, 0.300

#: What grows at most by this from the small newsroom to the big one.
GROWTH = 1.2

SIZES = ("small", "big")


def publish(run: Run) -> list[Line]:
    """Row 3: in the process that publishes, then through the desk."""
    found = _in_process(run)
    lines = []
    for kind, what in (("new", "a new story"), ("edit", "a changed headline")):
        for size in SIZES:
            done = found[kind, size]
            walls = [each["wall"] for each in done]
            stories = getattr(run.amounts, size)
            lines.append(
                Line(
                    3,
                    f"publish {what}, in process, {stories:,} stories",
                    quantiles(walls),
                    f"{median(each['printed'] for each in done):.0f} sheets, "
                    f"{median(each['queries'] for each in done):.0f} queries, "
                    f"CPU {ms(median(each['cpu'] for each in done))}",
                    "",
                    f"p50 {ms(P50)}, p99 {ms(P99)}",
                    median(walls) <= P50 and percentile(walls, 0.99) <= P99,
                    {"wall": walls, "cpu": [each["cpu"] for each in done], "saving": [e["saving"] for e in done]},
                )
            )
    return [*lines, *_through_the_desk(run)]


def _in_process(run: Run) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """What both rows look at, measured once."""
    if "published" not in run.shared:
        run.shared["published"] = _published(run)
    return dict(run.shared["published"])


def _published(run: Run) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {(k, s): [] for k in ("new", "edit") for s in SIZES}
    for size in SIZES:
        run.inside(size).call("rehearse")
    say(f"publishing {run.amounts.publishes} new stories and as many changes in each newsroom")

    def one(kind: str, size: str) -> Callable[[], None]:
        return lambda: found[kind, size].extend(run.inside(size).call(f"publish_{kind}", count=1))

    run.alternating(run.amounts.publishes, {f"{k} {s}": one(k, s) for k, s in found})
    return found


def _through_the_desk(run: Run) -> list[Line]:
    found: dict[tuple[str, str], list[tuple[float, bool]]] = {(k, s): [] for k in ("new", "edit") for s in SIZES}
    with contextlib.ExitStack() as stack:
        editors, ids = {}, {}
        for size in SIZES:
            stack.enter_context(run.newsroom(size).part("desk"))
            editors[size] = Editor(run.newsroom(size).desk_port)
            stack.callback(editors[size].close)
            ids[size] = run.inside(size).call("desk_ids")

        def one(kind: str, size: str) -> None:
            title = f"Published through the desk, {kind} {len(found[kind, size])}"
            known = ids[size]
            if kind == "new":
                _, taken = editors[size].publish_new(known["shelf"], known["section"], title)
                seen = title in run.inside(size).call("body_of", path="/en/").encode("latin-1").decode()
            else:
                _, taken = editors[size].publish_edit(known["story"], title)
                # On its own page: the desk's form cuts its time to the minute, and it may leave the home page by that.
                seen = run.inside(size).call("shows", story=known["story"], text=title)
            found[kind, size].append((taken, seen))

        say("publishing through the desk")
        for kind, size in found:
            one(kind, size)  # a first one, to warm the desk up
            found[kind, size].clear()
        acts = {f"{k} {s}": (lambda k=k, s=s: one(k, s)) for k, s in found}  # type: ignore[misc]
        run.alternating(run.amounts.desk, acts)
    lines = []
    for (kind, size), done in found.items():
        walls, seen = [taken for taken, _ in done], all(visible for _, visible in done)
        lines.append(
            Line(
                3,
                f"publish {'a new story' if kind == 'new' else 'a changed headline'} through the desk, "
                f"{getattr(run.amounts, size):,} stories",
                quantiles(walls),
                "printed when the desk answers" if seen else "NOT printed when the desk answers",
                "",
                f"p50 {ms(P50)}, p99 {ms(P99)}",
                seen and median(walls) <= P50 and percentile(walls, 0.99) <= P99,
                {"wall": walls, "visible": seen},
            )
        )
    return lines


def growth(run: Run) -> list[Line]:
    """Row 4: the same acts in both newsrooms in turn; each line is big beside small."""
    lines = _growth_of_prints(run)
    published = _in_process(run)
    for kind, what in (("new", "publish a new story"), ("edit", "publish a changed headline")):
        walls = {size: [each["cpu"] for each in published[kind, size]] for size in SIZES}
        lines.append(_grown(run, what, walls))
    return [_worst(lines, run), *lines]


def _growth_of_prints(run: Run) -> list[Line]:
    places = {size: run.inside(size).call("places") for size in SIZES}
    times_of: dict[str, dict[str, list[float]]] = {}
    say("printing the same pages in both newsrooms")
    for what in places["small"]:
        found: dict[str, list[float]] = {size: [] for size in SIZES}

        def one(size: str, what: str = what, found: dict[str, list[float]] = found) -> None:
            done = run.inside(size).call("print_times", path=places[size][what], count=2)
            found[size] += done["cpu"]

        acts = {size: (lambda size=size: one(size)) for size in SIZES}  # type: ignore[misc]
        run.alternating(-(-run.amounts.prints // 2), acts)
        times_of[what] = found
    return [_grown(run, f"print: {what}", found) for what, found in times_of.items()]


def _grown(run: Run, what: str, found: dict[str, list[float]]) -> Line:
    small, big = (median(found[size]) for size in SIZES)
    return Line(
        4,
        what,
        f"{ms(big)} CPU at {run.amounts.big:,}",
        f"{ms(small)} at {run.amounts.small:,}",
        times(big / small),
        f"at most {GROWTH} ×",
        big / small <= GROWTH,
        {"small": found["small"], "big": found["big"], "ratio": big / small},
    )


def _worst(lines: list[Line], run: Run) -> Line:
    worst = max(lines, key=lambda line: float(line.values["ratio"]))
    ratio = float(worst.values["ratio"])
    what = f"from {run.amounts.small:,} to {run.amounts.big:,} stories, what grows most: {worst.what}"
    return Line(4, what, "", "", times(ratio), f"at most {GROWTH} ×", ratio <= GROWTH, {"ratio": ratio})
