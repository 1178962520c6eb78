"""Row 9: taking a newsroom folder in, pictures and index included, and taking the same in again."""

import json
import os
import shutil
from pathlib import Path
from typing import cast

from tests.bench.newsrooms import Newsroom
from tests.bench.plan import Run, say
from tests.bench.table import Line, times
from tests.running import dateline, free_ports

SPEED, AGAIN = 40, 5


def imported(run: Run) -> Newsroom:
    """The newsroom that the import made; it is made now if that row was not asked for."""
    if "imported" not in run.shared:
        imports(run)
    return cast("Newsroom", run.shared["imported"])


def imports(run: Run) -> list[Line]:
    room = run.shared["imported"] = Newsroom(run.folder / "imported", *free_ports())
    source = _empty(run, room)
    say(f"importing {source}")
    first, again = (_import(room, source) for _ in range(2))
    stories = first["created"] + first["updated"]
    speed, faster = stories / first["seconds"], first["seconds"] / max(again["seconds"], 1e-3)
    return [
        Line(
            9,
            f"import of {stories:,} stories with their pictures and the index",
            f"{speed:.0f} stories/s",
            f"{len(first['problems'])} lines with remarks",
            times(speed / SPEED),
            f"at least {SPEED}/s",
            speed >= SPEED,
            {"seconds": first["seconds"], "stories": stories},
        ),
        Line(
            9,
            "the same again, unchanged",
            f"{again['unchanged'] / again['seconds']:,.0f} stories/s",
            f"{first['seconds']:.1f} s the first time",
            times(faster),
            f"at least {AGAIN} ×",
            faster >= AGAIN and again["created"] == again["updated"] == 0,
            {"seconds": again["seconds"], "ratio": faster},
        ),
    ]


def bring(run: Run, room: Newsroom) -> None:
    """Make a newsroom and import the corpus into it, untimed."""
    source = _empty(run, room)
    say(f"importing {source}")
    _import(room, source)


def _empty(run: Run, room: Newsroom) -> Path:
    """Make a newsroom that knows all of the corpus but its stories; returns where those are."""
    source = run.shared.setdefault("corpus", None) or _source(run)
    run.shared["corpus"] = source
    bare = room.folder.with_name(f"{room.folder.name}-bare")
    (bare / "stories").mkdir(parents=True)
    shutil.copy(source / "newsroom.toml", bare)
    if (source / "media").exists():
        _link(source / "media", bare / "media")
    made = dateline("init", room.folder, "--from", bare, env=room.env)
    if made.returncode not in {0, 1}:
        raise RuntimeError(made.stderr)
    return Path(source)


def _import(room: Newsroom, source: Path) -> dict[str, object] | dict[str, float]:
    done = dateline("-C", room.folder, "import", "--json", source, env=room.env)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def _source(run: Run) -> Path:
    """The corpus, or the demo newsroom where there is none; the first lines of it for a quick run."""
    source = run.corpus
    if source is None:
        source = run.folder / "demo"
        say("there is no corpus: importing the demo newsroom, whose pictures are drawn first")
        _draw_demo(source)
    if not run.amounts.corpus_lines:
        return source
    part = run.folder / "part"
    (part / "stories").mkdir(parents=True)
    shutil.copy(source / "newsroom.toml", part)
    _link(source / "media", part / "media")
    for file in (source / "stories").glob("*.jsonl"):
        lines = file.read_text("utf-8").splitlines(keepends=True)[: run.amounts.corpus_lines]
        (part / "stories" / file.name).write_text("".join(lines), "utf-8")
    return part


def _draw_demo(folder: Path) -> None:
    from datetime import UTC, datetime

    from dateline.demo.build import build_demo

    folder.mkdir()
    build_demo(folder, now=datetime.now(UTC))


def _link(source: Path, target: Path) -> None:
    """The same files without copying, where the file system allows it."""

    def one(here: str, there: str) -> object:
        try:
            return os.link(here, there)
        except OSError:
            return shutil.copy2(here, there)

    shutil.copytree(source, target, copy_function=one)
