"""The peer: a plain Wagtail site with the same story and as many teasers.

It is what `wagtail start` makes, with pages and templates as Wagtail's documentation has them. It
is served by Granian too, with two workers; that does no worse than gunicorn.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.material import PICTURES, draw_picture, headlines, sample, texts
from tests.running import free_ports, get, wait_until

HERE = Path(__file__).parent / "peer_site"

#: How many stories it holds: it is not to be slow for its size.
STORIES = 120

_SECTIONS = ("politics", "economy", "sports", "culture", "health", "miscellaneous", "technology", "environment")


@dataclass(frozen=True, slots=True)
class Peer:
    """The site's project folder, and the path of the story that is measured; its home is `/`."""

    folder: Path
    story: str


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int


def build(folder: Path, *, teasers: int) -> Peer:
    """Make the site: `wagtail start`, the bench's app, a database, stories."""
    folder.mkdir(parents=True)
    start = "from wagtail.bin.wagtail import main; main()"
    _run(folder, "-c", start, "start", "plain", ".")
    shutil.copytree(HERE / "news", folder / "news", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "local.py", folder / "plain" / "settings" / "local.py")
    shutil.copy(HERE / "fill.py", folder / "fill.py")
    _run(folder, "manage.py", "makemigrations", "news", "-v0")
    _run(folder, "manage.py", "migrate", "-v0")
    data = folder / "stories.json"
    data.write_text(json.dumps(_stories(folder, teasers)), "utf-8")
    said = _run(folder, "fill.py", str(data))
    return Peer(folder, said.strip().splitlines()[-1])


@contextmanager
def serving(peer: Peer, *, cached: bool) -> Iterator[Served]:
    """The site on two workers until the block ends; `cached` puts Django's full-page cache in memory before it."""
    [port] = free_ports(1)
    env = _environment() | ({"PEER_CACHE": "1"} if cached else {})
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--no-ws",
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        "plain.wsgi:application",
    ]
    process = subprocess.Popen(command, cwd=peer.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: get(port, peer.story)[0] == 200, what="the plain Wagtail site")
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _stories(folder: Path, teasers: int) -> dict[str, object]:
    pool, titles = [text for text in texts() if text.key != sample().key], headlines(seed=3)
    chosen = [pool[n % len(pool)] for n in range(STORIES - 1)]
    stories = [{"headline": next(titles), "standfirst": t.standfirst, "parts": t.parts()} for t in chosen]
    last = sample()
    stories.append({"headline": last.headline, "standfirst": last.standfirst, "parts": last.parts()})
    pictures = [folder / f"picture-{number}.jpg" for number in range(PICTURES)]
    for number, file in enumerate(pictures):
        draw_picture(file, number)
    return {
        "teasers": teasers,
        "sections": _SECTIONS,
        "pictures": [str(file) for file in pictures],
        "stories": stories,
    }


def _environment() -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "DJANGO_", "GRANIAN_"))}
    return clean | {"DJANGO_SETTINGS_MODULE": "plain.settings.production"}


def _run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
