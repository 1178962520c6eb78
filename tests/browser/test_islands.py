"""What the islands add where scripts run: today's date, sharing, and news that comes while nobody looks at it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.demo_pages import HOMES, NEWS, DemoPage
from tests.browser.reader import DESKTOP, PHONE
from tests.browser.site import Site

NOW = "2026-11-19T14:20:00Z"
#: The date in the masthead at NOW, as each edition's country writes it: on a phone, and where there is room.
DATES = {
    "en": ("19 Nov 2026", "Thursday 19 November 2026"),
    "ar": ("١٩ تشرين الثاني ٢٠٢٦", "الخميس ١٩ تشرين الثاني ٢٠٢٦"),
    "es": ("19 de nov de 2026", "jueves 19 de noviembre de 2026"),
}

_PLACES = """() => [...document.querySelectorAll('.masthead *')].filter(e => !e.closest('.masthead__date')).map(
  e => { const box = e.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })"""


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE)
    yield opened
    opened.close()


@pytest.mark.parametrize("home", HOMES, ids=str)
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_date_is_todays_and_its_coming_moves_nothing(
    screen: dict[str, int], home: DemoPage, window: BrowserContext, site: Site
) -> None:
    page = window.new_page()
    page.set_viewport_size(screen)
    page.clock.set_fixed_time(NOW)
    page.goto(site.address(home), wait_until="load")
    date = page.locator("dateline-today time")
    expect(date).to_have_text(DATES[home.edition][screen is DESKTOP], use_inner_text=True)
    assert date.evaluate("time => time.scrollWidth <= time.closest('dateline-today').clientWidth")
    with_it = page.evaluate(_PLACES)
    page.evaluate("document.querySelector('dateline-today').replaceChildren()")
    assert page.evaluate(_PLACES) == with_it


@pytest.mark.parametrize("story", NEWS, ids=str)
def test_the_link_is_copied_and_said_to_be(story: DemoPage, window: BrowserContext, site: Site) -> None:
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = shared(window, site.address(story))
    copy = page.locator("[data-way=copy]")
    done = copy.get_attribute("data-done")
    assert done
    copy.click()
    expect(copy).to_have_text(done)
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert page.evaluate("navigator.clipboard.readText()") == canonical


def test_escape_and_a_click_elsewhere_close_the_ways_to_share(window: BrowserContext, site: Site) -> None:
    page = shared(window, site.address(NEWS[0]))
    panel, summary = page.locator(".share__panel"), page.locator(".share > summary")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(panel).to_be_visible()
    page.locator("h1").click()
    expect(panel).to_be_hidden()


def shared(window: BrowserContext, address: str) -> Page:
    """A story with its ways to share unfolded."""
    page = window.new_page()
    page.goto(address, wait_until="load")
    page.locator(".share > summary").click()
    expect(page.locator(".share__panel")).to_be_visible()
    return page


def test_newer_news_is_shown_only_where_nobody_reads(window: BrowserContext, site: Site) -> None:
    page = window.new_page()
    island, later = page.locator("dateline-island[src*=newest]"), page.locator(".later")
    page.goto(site.address(NEWS[0]), wait_until="load")
    printed = island.get_attribute("data-printed")
    assert printed
    page.route(
        "**/island/newest.html",
        lambda route: route.fulfill(body="<p class='later'>Later news</p>", content_type="text/html"),
    )
    page.clock.install(time=printed)
    page.reload(wait_until="load")
    island.scroll_into_view_if_needed()
    page.clock.fast_forward("05:00")
    with page.expect_response("**/island/newest.html"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(island.locator("a").first).to_be_in_viewport()
    expect(later).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    expect(later).to_have_text("Later news")
