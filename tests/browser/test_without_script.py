"""Every kind of page with JavaScript off: the same words, nothing that needs it, nothing fetched from elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.demo_pages import PAGES, STORIES, DemoPage, passages
from tests.browser.reader import PHONE, Visit, visit
from tests.browser.site import Site

#: What nobody can use when no script runs.
SCRIPTED = "button, [role=button], [onclick], [contenteditable], canvas, dialog[open]"


@pytest.fixture(scope="module", params=PAGES, ids=str)
def plain(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[tuple[DemoPage, Visit]]:
    page: DemoPage = request.param
    with visit(browser, site.base, site.address(page), viewport=PHONE, java_script_enabled=False) as made:
        yield page, made


def test_loads_without_a_fault_from_this_host_alone(plain: tuple[DemoPage, Visit]) -> None:
    assert plain[1].faults == []


def test_says_all_that_it_says_with_script(plain: tuple[DemoPage, Visit], browser: Browser, site: Site) -> None:
    page, made = plain
    with visit(browser, site.base, site.address(page), read=False, viewport=PHONE) as scripted:
        expected = lines(scripted.page.locator("main"))
    said = lines(made.page.locator("main"))
    assert len(said) > 1
    assert [line for line in expected if line not in said] == []


def test_shows_nothing_that_needs_script(plain: tuple[DemoPage, Visit]) -> None:
    shown = [element for element in plain[1].page.locator(SCRIPTED).all() if element.is_visible()]
    assert [element.evaluate("element => element.outerHTML") for element in shown] == []


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_the_whole_story_is_there(story: DemoPage, browser: Browser, site: Site) -> None:
    with visit(browser, site.base, site.address(story), java_script_enabled=False) as made:
        shown = " ".join(lines(made.page.locator("article").first)).casefold()
    assert [text for text in passages(story.text) if text.casefold() not in shown] == []


def lines(part: Locator) -> list[str]:
    """What one sees of a part of the page, line by line, with plain spaces."""
    return [" ".join(line.split()) for line in part.inner_text().splitlines() if line.strip()]
