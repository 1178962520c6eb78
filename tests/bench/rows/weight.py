"""Row 12: what a story of about six hundred words weighs on the wire, pictures aside."""

import re

from tests.bench.material import sample
from tests.bench.plan import Run
from tests.bench.table import Line

KILOBYTE = 1024
HTML, CSS, SCRIPT = 14 * KILOBYTE, 12 * KILOBYTE, 10 * KILOBYTE


def weights(run: Run) -> list[Line]:
    room, inside = run.newsroom("small"), run.inside("small")
    path = inside.call("places")["story"]
    markup = inside.call("body_of", path=path)
    page = len(inside.call("body_of", path=path, coding="br"))

    def files(pattern: str) -> int:
        named = re.findall(pattern, markup)
        return sum((room.folder / (name.lstrip("/") + ".br")).stat().st_size for name in named)

    css = files(r'<link rel="stylesheet" href="([^"]+)"')
    scripts = files(r'<script[^>]* src="([^"]+)"')
    found = ((f"HTML of a story of {sample().words} words", page, HTML), ("style sheets", css, CSS))
    return [_line(*each) for each in (*found, ("all scripts", scripts, SCRIPT))]


def _line(what: str, size: int, goal: int) -> Line:
    return Line(
        12,
        f"{what}, brotli",
        f"{size / KILOBYTE:.1f} KB",
        "",
        f"{size / goal:.2f} ×",
        f"at most {goal // KILOBYTE} KB",
        0 < size <= goal,
        {"bytes": size},
    )
