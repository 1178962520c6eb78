"""Every kind of page as a phone shows it: 360 pixels wide, in light colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.reader import PHONE, Visit, visit
from tests.browser.site import Site


@pytest.fixture(scope="module", params=PAGES, ids=str)
def opened(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[tuple[DemoPage, Visit]]:
    page: DemoPage = request.param
    with visit(browser, site.base, site.address(page), viewport=PHONE, color_scheme="light") as made:
        yield page, made


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
