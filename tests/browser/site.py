"""The demo newsroom at work: made once by the command, run for the browser tests, its addresses known by sitemap."""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from lxml import etree

from tests.browser.demo_pages import WITHDRAWN, DemoPage
from tests.running import dateline, environment, get, running

CHIEF, PASSWORD = "chief", "seven states one river"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass
class Site:
    """A newsroom that answers on `port`."""

    port: int
    folder: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, page: DemoPage) -> str:
        """The whole URL of a page."""
        path = quote((page.path or self.story_paths[page.slug, page.edition]) + page.below)
        return f"{self.base}{path}?{page.query}" if page.query else self.base + path

    @cached_property
    def story_paths(self) -> dict[tuple[str, str], str]:
        """Every story's path in its own letters, by slug and edition, as the sitemaps list them when first asked for."""
        paths: dict[tuple[str, str], str] = {}
        months = [path for path in self._listed("/sitemap.xml") if re.search(r"/sitemap-\d", path)]
        for path in (path for month in months for path in self._listed(month)):
            edition, *_, slug = path.strip("/").split("/")
            paths[slug, edition] = path
        return paths

    def _listed(self, sitemap: str) -> list[str]:
        status, _, body = get(self.port, sitemap)
        assert status == 200, sitemap
        return [unquote(urlsplit(str(found.text)).path) for found in etree.fromstring(body).iter(_LOC)]

    def withdraw(self, uri: str) -> None:
        """Withdraw a story as the operator can."""
        env = environment(base_url=self.base, port=self.port)
        done = dateline("-C", self.folder, "withdraw", uri, "--reason", "Published by mistake.", env=env)
        assert done.returncode == 0, done.stderr


def make_demo(folder: Path) -> None:
    """The demo newsroom with one chief, in `folder`.

    `BROWSER_TEST_NEWSROOM` may name a demo newsroom that was made before and has no users: a copy of it is taken then,
    which spares the minute that making one takes.
    """
    ready = os.environ.get("BROWSER_TEST_NEWSROOM")
    if ready:
        shutil.copytree(ready, folder)
    else:
        made = dateline("init", folder, "--demo")
        assert made.returncode == 0, made.stdout + made.stderr
    user = dateline("-C", folder, "createuser", CHIEF, "--role", "chief", text=PASSWORD + "\n")
    assert user.returncode == 0, user.stderr


def demo_once(shelf: Path) -> Path:
    """The demo newsroom under `shelf`, made by whichever test process comes first; the others wait for it."""
    folder = shelf / "demo-newsroom"
    with (shelf / "demo-newsroom.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = shelf / "demo-newsroom.partial"
            shutil.rmtree(partial, ignore_errors=True)
            make_demo(partial)
            partial.rename(folder)
    return folder


def copy_of_demo(factory: pytest.TempPathFactory, name: str) -> Path:
    """A copy of the demo newsroom that a module may change as it likes."""
    own = factory.getbasetemp()
    folder = factory.mktemp(name) / "newsroom"
    shutil.copytree(demo_once(own.parent if own.name.startswith("popen") else own), folder)
    return folder


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """Run the newsroom, with one story of each edition withdrawn; its parts get SIGTERM at the end."""
    with running(folder, private_streams="true", undo_seconds=60) as port:
        site = Site(port, folder)
        assert site.story_paths
        for uri in WITHDRAWN:
            site.withdraw(uri)
        yield site
