"""The site by keyboard alone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_pages import HOMES, NEWS
from tests.browser.reader import DESKTOP, Visit, visit
from tests.browser.site import Site

#: Where the focus is, whether one sees it there, and where it leads.
_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  let ringed = false;  // a teaser wears the ring of its link
  for (let around = element; around && !around.matches('main, body'); around = around.parentElement) {
    const style = getComputedStyle(around);
    ringed ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  }
  const inside = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  return {name: element.outerHTML.slice(0, 120), href: element.href || '', ringed, inside};
}"""


@pytest.fixture(params=[*HOMES, *NEWS], ids=str)
def opened(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    with visit(browser, site.base, site.address(request.param), read=False, viewport=DESKTOP) as made:
        yield made


def walk(page: Page) -> Iterator[dict[str, Any]]:
    """Every stop of the Tab key, until it leaves the page."""
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop is None:
            return
        yield stop


def test_the_first_stop_skips_to_the_news(opened: Visit) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_opens_and_its_links_are_next(opened: Visit) -> None:
    page = opened.page
    summary, panel = page.locator("header.masthead summary"), page.locator("header.masthead details nav")
    expect(panel).to_be_hidden()
    assert any(stop["name"].startswith("<summary") for stop in walk(page))
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    assert opened.violations() == []
    page.keyboard.press("Tab")
    expect(panel.locator("a").first).to_be_focused()
    summary.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()


def test_every_link_is_reached_and_seen(opened: Visit) -> None:
    page = opened.page
    links = "[...document.querySelectorAll('main a[href]')].filter(a => a.checkVisibility()).map(a => a.href)"
    expected = set(page.evaluate(links))
    stops = list(walk(page))
    assert len(expected) > 5
    assert expected - {stop["href"] for stop in stops} == set()
    assert [stop["name"] for stop in stops if not stop["ringed"]] == []
    assert [stop["name"] for stop in stops if not stop["inside"]] == []
