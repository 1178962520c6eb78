"""Row 6: what printing costs."""

from statistics import median

from tests.bench.plan import Run, say
from tests.bench.table import Line, ms, times

#: Goals: seconds of one core, and pages a second and core.
STORY, FRONT, SUSTAINED = 0.006, 0.020, 120


def prints(run: Run) -> list[Line]:
    inside = run.inside("small")
    places = inside.call("places")
    say("printing a story, fronts and the whole site")
    lines = []
    for what, goal in (("story", STORY), ("section front", FRONT), ("home", FRONT)):
        done = inside.call("print_times", path=places[what], count=run.amounts.prints)
        cpu = median(done["cpu"])
        lines.append(
            Line(
                6,
                f"print a {what}: render, compress, ledger, store",
                f"{ms(cpu)} CPU, {ms(median(done['wall']))} in all",
                f"{done['queries']} queries, {done['bytes'] / 1024:.0f} KB",
                times(goal / cpu),
                f"at most {ms(goal)}",
                cpu <= goal,
                done,
            )
        )
    lines.append(_queries(run))
    whole = inside.call("reprint", limit=run.amounts.reprints)
    speed = whole["pages"] / whole["cpu"]
    lines.append(
        Line(
            6,
            f"print {whole['pages']} pages of all kinds, as print --all does",
            f"{speed:.0f} pages for a second of CPU, {whole['pages'] / whole['wall']:.0f} a second in all",
            "",
            times(speed / SUSTAINED),
            f"at least {SUSTAINED}/s",
            speed >= SUSTAINED,
            whole,
        )
    )
    return lines


def _queries(run: Run) -> Line:
    """Fronts of more and of fewer stories ask the database as often."""
    inside = run.inside("small")
    places = inside.call("places")
    kinds = ("section front", "topic front", "newest archive page", "oldest archive page")
    found = {kind: inside.call("print_times", path=places[kind], count=1)["queries"] for kind in kinds}
    archives = found["newest archive page"] == found["oldest archive page"]
    return Line(
        6,
        "queries of a print",
        ", ".join(f"{kind} {count}" for kind, count in found.items()),
        "",
        "",
        "the same for a short page and a full one",
        archives,
        {"queries": found},
    )
