"""The markup that readers get: valid HTML, and every file that it names is there."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.reader import NODE
from tests.browser.site import Site
from tests.running import get

RULES = Path(__file__).parent / "htmlvalidate.json"


@pytest.fixture(scope="module")
def saved(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page's markup as a file, named after the page."""
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        status, headers, body = get(site.port, site.address(page).removeprefix(site.base))
        assert status == page.status, page
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert "set-cookie" not in headers
        (folder / f"{page}.html").write_bytes(body)
    return folder


@pytest.fixture(scope="module")
def faults(saved: Path) -> dict[str, list[str]]:
    """What html-validate says, by page; one run for all pages, since it starts slowly."""
    program = NODE / ".bin" / "html-validate"
    # Run in a folder of its own, so that no configuration but ours is found on the way up.
    # Into a file: a long report in a pipe is cut off when the program ends.
    report_file = saved.parent / "faults.json"
    with report_file.open("w") as out:
        done = subprocess.run(
            [program, "--config", RULES, "--formatter", "json", saved],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=saved,
        )
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, list[str]] = {str(page): [] for page in PAGES}
    for report in json.loads(report_file.read_text()):
        for message in report["messages"]:
            told = f"{message['line']}:{message['column']} {message['ruleId']}: {message['message']}"
            found[Path(report["filePath"]).stem].append(told)
    return found


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text('<!doctype html>\n<html lang="en"><head><title>x</title></head><body><p><div></div></p></html>')
    program = NODE / ".bin" / "html-validate"
    done = subprocess.run([program, "--config", RULES, broken], capture_output=True, check=False)
    assert done.returncode == 1


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_is_valid(page: DemoPage, faults: dict[str, list[str]]) -> None:
    assert faults[str(page)] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_file_it_names_is_there(page: DemoPage, saved: Path, site: Site) -> None:
    tree = html.parse(str(saved / f"{page}.html"))
    named = {str(url) for url in tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //use/@href")}
    for listed in tree.xpath("//@srcset"):
        named.update(re.split(r"\s+", entry.strip())[0] for entry in str(listed).split(","))
    paths = {url.split("#")[0] for url in named if url.startswith("/")}
    assert paths
    assert {path: status for path in sorted(paths) if (status := get(site.port, path)[0]) != 200} == {}


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200], ids=str)
def test_a_page_that_may_be_found_says_what_it_is_about(page: DemoPage, saved: Path) -> None:
    tree = html.parse(str(saved / f"{page}.html"))
    found = tree.xpath("//meta[@name='description']/@content")
    hidden = tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
    assert hidden or (len(found) == 1 and 10 <= len(str(found[0])) <= 300)
