"""`python -m tests.bench`: measure, print one table, and write it where it is asked for."""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import table
from tests.bench.load import MissingTool, program
from tests.bench.machine import describe
from tests.bench.plan import QUICK, Amounts, Run
from tests.bench.rows import (
    desk,
    finding,
    importing,
    lighthouse,
    listening,
    live,
    memory,
    printing,
    publishing,
    schedule,
    serving,
    weight,
)
from tests.bench.table import Line

ROOT = Path(__file__).resolve().parents[2]

#: What is measured, by the number of its goal, in the order of the table.
ROWS: dict[int, Callable[[Run], list[Line]]] = {
    1: serving.pages,
    2: serving.alone,
    3: publishing.publish,
    4: publishing.growth,
    6: printing.prints,
    7: live.readers,
    8: schedule.lateness,
    9: importing.imports,
    10: finding.search,
    11: finding.depth,
    12: weight.weights,
    13: lighthouse.ratings,
    14: desk.lists,
    15: listening.speech,
    16: memory.at_rest,
    17: listening.backlog,
}

#: Rows that change a newsroom least come first, those that fill it last.
ORDER = (13, 15, 6, 12, 16, 7, 8, 1, 2, 14, 4, 3, 11, 9, 10, 17)

START, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def main() -> int:
    options = parser().parse_args()
    chosen = sorted({int(row) for row in options.rows.split(",")}) if options.rows else list(ROWS)
    if options.anatomy:
        return dissect(options)
    unknown = [row for row in chosen if row not in ROWS]
    if unknown:
        print(f"bench: there is no row {unknown[0]}; there are {', '.join(map(str, ROWS))}", file=sys.stderr)
        return 2
    try:
        check_tools(chosen)
        lines, seconds = measure(options, chosen)
    except MissingTool as missing:
        print(f"bench: {missing}", file=sys.stderr)
        return 3
    machine = describe()
    print(table.as_text(lines))
    print(f"\n{', '.join(f'{name} {value}' for name, value in machine.items())}; {seconds:.0f} s")
    if options.json:
        found = {"machine": machine, "seconds": seconds, "lines": table.as_data(lines)}
        Path(options.json).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.write:
        write_into(Path(options.write), lines, machine, seconds, sys.argv[1:])
    return 0


def dissect(options: argparse.Namespace) -> int:
    """Print where the time of publishing goes, in a newsroom of `--stories`."""
    from tests.bench.newsrooms import make

    stories = options.stories or (QUICK.small if options.quick else Amounts().small)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        room = make(Path(folder) / "newsroom", stories=stories)
        with room.inside() as inside:
            for kind, what in (("new", "a new story"), ("edit", "a changed headline")):
                print(f"\n{what}, {stories:,} stories: {inside.call('anatomy', kind=kind)}")
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast it is, beside its peers.")
    top.add_argument("--rows", help=f"which rows, such as 1,3,6; without it all of {', '.join(map(str, ROWS))}")
    top.add_argument("--quick", action="store_true", help="small numbers: tries everything out and measures little")
    top.add_argument("--json", metavar="FILE", help="write the findings as JSON as well")
    top.add_argument("--write", metavar="PAGE", help="put the table into this page, between its two marks")
    top.add_argument("--anatomy", action="store_true", help="measure nothing else: where a publish's time goes")
    top.add_argument("--stories", type=int, help="size of the big newsroom (default 20000)")
    top.add_argument("--publishes", type=int, help="how often each kind of publish is timed (default 30)")
    top.add_argument("--readers", type=int, help="open pages of row 7 (default 10000)")
    top.add_argument("--entries", type=int, help="stories that row 10 searches (default 100000)")
    top.add_argument("--corpus", metavar="FOLDER", help="newsroom folder for row 9 (default ../shared/corpus)")
    top.add_argument("--folder", metavar="DIR", help="work here instead of in a temporary folder, and leave it")
    return top


def check_tools(rows: list[int]) -> None:
    """Raises MissingTool before anything is begun."""
    if {1, 2, 16} & set(rows):
        program("wrk", "wrk")
    if 1 in rows:
        from tests.bench.web import nginx_program

        nginx_program()
    if 13 in rows:
        lighthouse.lighthouse_program()
        program("chromium", "chromium")


def measure(options: argparse.Namespace, rows: list[int]) -> tuple[list[Line], float]:
    """The lines of these rows in the table's order, and how long it took."""
    amounts = QUICK if options.quick else Amounts()
    if options.stories:
        amounts = replace(amounts, big=options.stories)
    if options.publishes:
        amounts = replace(amounts, publishes=options.publishes)
    if options.entries:
        amounts = replace(amounts, entries=options.entries)
    if options.readers:
        amounts = replace(amounts, readers=options.readers)
    corpus = Path(options.corpus) if options.corpus else ROOT.parent / "shared" / "corpus"
    if options.corpus and not (corpus / "newsroom.toml").exists():
        raise SystemExit(f"bench: {corpus} holds no newsroom.toml")
    start = time.monotonic()
    found: dict[int, list[Line]] = {}
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as temporary:
        folder = Path(options.folder or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        run = Run(folder, amounts, corpus if (corpus / "newsroom.toml").exists() else None)
        with run.stack:
            for row in sorted(rows, key=ORDER.index):
                print(f"row {row}", file=sys.stderr, flush=True)
                found[row] = ROWS[row](run)
    return [line for row in rows for line in found[row]], time.monotonic() - start


def write_into(page: Path, lines: list[Line], machine: dict[str, str], seconds: float, asked: list[str]) -> None:
    """Replace what stands between the two marks of a page."""
    kept = [a for a in asked if a != "--write" and a != str(page) and not a.startswith("--write=")]
    caption = ", ".join(f"{name} {value}" for name, value in machine.items())
    command = " ".join(["python -m tests.bench", *kept])
    block = (
        f"{START}\n`{command}` on {datetime.now(UTC):%d %B %Y}, {seconds:.0f} s.\n"
        f"{caption}.\n\n{table.as_markdown(lines)}\n{END}"
    )
    text = page.read_text("utf-8")
    written, count = re.subn(f"{re.escape(START)}.*?{re.escape(END)}", lambda _: block, text, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"bench: {page} needs {START} and {END}, once")
    page.write_text(written, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
