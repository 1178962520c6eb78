"""Every kind of page as a phone shows it, 360 pixels wide in light colours: with JavaScript, and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.demo_pages import PAGES, DemoPage, passages
from tests.browser.reader import PHONE, Visit, visit
from tests.browser.site import Site

#: What nobody can use when no script runs.
SCRIPTED = "button:not([type=submit]), [role=button], [onclick], [contenteditable], canvas, dialog[open]"


@pytest.fixture(scope="module", params=PAGES, ids=str)
def opened(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[tuple[DemoPage, Visit]]:
    page: DemoPage = request.param
    with visit(browser, site.base, site.address(page), viewport=PHONE, color_scheme="light") as made:
        yield page, made


@pytest.fixture(scope="module")
def plain(opened: tuple[DemoPage, Visit], browser: Browser, site: Site) -> Iterator[Visit]:
    """The same page with JavaScript off."""
    with visit(browser, site.base, site.address(opened[0]), viewport=PHONE, java_script_enabled=False) as made:
        yield made


def test_answers_in_its_language_and_direction(opened: tuple[DemoPage, Visit]) -> None:
    page, made = opened
    root = made.page.locator("html")
    assert made.status == page.status
    assert root.get_attribute("lang") == page.edition
    assert root.get_attribute("dir") == page.direction


def test_loads_without_a_fault(opened: tuple[DemoPage, Visit]) -> None:
    assert opened[1].faults == []


def test_nothing_sticks_out(opened: tuple[DemoPage, Visit]) -> None:
    assert opened[1].sticking_out() == []


def test_nothing_moves(opened: tuple[DemoPage, Visit]) -> None:
    assert opened[1].shifts() == []


def test_axe_finds_nothing(opened: tuple[DemoPage, Visit]) -> None:
    assert opened[1].violations() == []


def test_loads_from_this_host_alone_without_script(plain: Visit) -> None:
    assert plain.faults == []


def test_says_without_script_all_that_it_says_with_it(opened: tuple[DemoPage, Visit], plain: Visit) -> None:
    said = lines(plain.page.locator("main"))
    assert len(said) > 1
    # A script brings islands up to date.
    newer = {line for island in opened[1].page.locator("dateline-island").all() for line in lines(island)}
    assert [line for line in lines(opened[1].page.locator("main")) if line not in {*said, *newer}] == []


def test_the_whole_story_is_there_without_script(opened: tuple[DemoPage, Visit], plain: Visit) -> None:
    expected = passages(opened[0].text)
    shown = " ".join(lines(plain.page.locator("main"))).casefold()
    assert [text for text in expected if text.casefold() not in shown] == []


def test_shows_nothing_that_needs_script(plain: Visit) -> None:
    shown = [element for element in plain.page.locator(SCRIPTED).all() if element.is_visible()]
    assert [element.evaluate("element => element.outerHTML") for element in shown] == []


def lines(part: Locator) -> list[str]:
    """What one sees of a part of the page, line by line, with plain spaces."""
    return [" ".join(line.split()) for line in part.inner_text().splitlines() if line.strip()]
