"""A running demo newsroom and a Chromium, for the tests of this folder alone.

The browser ends with the folder's last test: while Playwright runs, its event loop keeps Django from using the database
in the same process. The newsroom starts slowly, so it runs until the process has done all its tests.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.reader import FLAGS
from tests.browser.site import Site, demo_once, opened

HERE = Path(__file__).parent

# How long a page may take on a machine that does other things as well: a bound, not a measure.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo newsroom with one story of each edition withdrawn, this test process's own copy."""
    own = tmp_path_factory.getbasetemp()
    shelf = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = tmp_path_factory.mktemp("browser") / "newsroom"
    shutil.copytree(demo_once(shelf), folder)
    with opened(folder) as site:
        yield site


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()
