"""Every kind of page in a wide window in dark colours, at 200 % zoom, and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.reader import DESKTOP, Visit, visit
from tests.browser.site import Site


@pytest.fixture(scope="module", params=PAGES, ids=str)
def opened(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    page: DemoPage = request.param
    # Zooming to 200 % halves the window in CSS pixels and doubles their density.
    screen = {"viewport": DESKTOP, "device_scale_factor": 2, "color_scheme": "dark"}
    with visit(browser, site.base, site.address(page), **screen) as made:
        yield made


def test_loads_without_a_fault(opened: Visit) -> None:
    assert opened.faults == []


def test_nothing_sticks_out(opened: Visit) -> None:
    assert opened.sticking_out() == []


def test_nothing_moves(opened: Visit) -> None:
    assert opened.shifts() == []


def test_axe_finds_nothing_in_the_dark(opened: Visit) -> None:
    assert opened.violations() == []


def test_nothing_sticks_out_at_twice_the_size(opened: Visit) -> None:
    opened.page.set_viewport_size({"width": 640, "height": 450})
    try:
        assert opened.sticking_out() == []
    finally:
        opened.page.set_viewport_size(DESKTOP)


def test_paper_shows_the_page_without_its_navigation(opened: Visit) -> None:
    opened.page.emulate_media(media="print")
    try:
        for chrome in opened.page.locator("header.masthead nav, header.masthead summary, footer nav, a.skip").all():
            expect(chrome).to_be_hidden()
        expect(opened.page.locator("main h1, main h2").first).to_be_visible()
    finally:
        opened.page.emulate_media(media="screen")
