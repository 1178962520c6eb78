"""Row 14: what editors wait for at the desk: lists, choosers, search."""

import contextlib
from statistics import median

from tests.bench.editor import Editor
from tests.bench.plan import Run, say
from tests.bench.table import Line, ms, percentile, times

LIMIT = 0.300

#: Growth beside the small newsroom; the same goal as row 4.
GROWTH = 1.2

SIZES = ("small", "big")


def pages(ids: dict[str, int]) -> dict[str, str]:
    """The desk's pages that are timed, by what an editor calls them."""
    return {
        "overview": "/desk/",
        "explorer: a section's months": f"/desk/pages/{ids['section']}/",
        "explorer: a month's stories": f"/desk/pages/{ids['shelf']}/",
        "form of a story": f"/desk/pages/{ids['story']}/edit/",
        "story chooser": f"/desk/choose-page/{ids['shelf']}/?page_type=stories.Story",
        "story chooser: search": "/desk/choose-page/search/?page_type=stories.Story&q=harbour",
        "search": "/desk/pages/search/?q=harbour",
        "pictures": "/desk/images/",
        "picture chooser": "/desk/images/chooser/",
        "authors": "/desk/snippets/stories/person/",
        "topics": "/desk/snippets/stories/topic/",
    }


def lists(run: Run) -> list[Line]:
    found: dict[str, dict[str, list[float]]] = {}
    with contextlib.ExitStack() as stack:
        editors, paths = {}, {}
        for size in SIZES:
            room = run.newsroom(size)
            paths[size] = pages(run.inside(size).call("desk_ids"))
            stack.enter_context(room.part("desk"))
            editors[size] = Editor(room.desk_port)
            stack.callback(editors[size].close)
        say("opening the desk's lists and choosers")
        for what in paths["small"]:
            found[what] = {size: [] for size in SIZES}
            for size in SIZES:
                editors[size].open(paths[size][what])
            for _ in range(max(run.amounts.desk, 3)):
                for size in SIZES:
                    found[what][size].append(editors[size].open(paths[size][what]))
    return [_line(run, what, times_of) for what, times_of in found.items()]


def _line(run: Run, what: str, found: dict[str, list[float]]) -> Line:
    p95 = percentile(found["big"], 0.95)
    ratio = median(b / a for a, b in zip(found["small"], found["big"], strict=True))
    return Line(
        14,
        f"desk, {what}",
        f"p95 {ms(p95)}, p50 {ms(median(found['big']))} at {run.amounts.big:,}",
        f"p50 {ms(median(found['small']))} at {run.amounts.small:,}",
        times(ratio),
        f"p95 {ms(LIMIT)}, {GROWTH} ×",
        p95 <= LIMIT and ratio <= GROWTH,
        {**found, "ratio": ratio},
    )
