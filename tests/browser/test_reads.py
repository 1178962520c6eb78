"""Reading counts: a story that was looked at is counted once, and stands among the most read."""

import contextlib
import sqlite3

from playwright.sync_api import Browser, expect

from tests.browser.reader import DESKTOP, visit
from tests.browser.site import Site
from tests.running import wait_until


def stories(site: Site) -> list[tuple[int, str]]:
    """Number and address of published English stories, the oldest first."""
    with contextlib.closing(sqlite3.connect(site.folder / "newsroom.sqlite3")) as database:
        return database.execute(
            "SELECT page_id, editions_address.path FROM editions_address JOIN stories_story ON page_ptr_id = page_id"
            " JOIN wagtailcore_page AS page ON page.id = page_id WHERE live AND current AND editions_address.path LIKE '/en/%' AND shown_clip IS NULL ORDER BY published"
        ).fetchall()


def reads(site: Site, story: int) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(site.folder / "newsroom.sqlite3")) as database:
        rows = database.execute("SELECT source, sum(reads) FROM reads_day WHERE story_id = ? GROUP BY source", (story,))
        return dict(rows.fetchall())


def test_a_story_that_was_looked_at_counts_once_with_where_its_reader_came_from(browser: Browser, site: Site) -> None:
    (first, one), (second, two) = stories(site)[:2]
    assert reads(site, first) == reads(site, second) == {}
    # What a headless browser calls itself is no reader's.
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0"
    with visit(browser, site.base, site.base + one, read=False, viewport=DESKTOP, user_agent=agent) as made:
        page = made.page
        with page.expect_request("**/-/read") as told:
            page.bring_to_front()
        assert (told.value.method, told.value.post_data) == ("POST", f"{one}\ndirect")
        with page.expect_request("**/-/read"):
            page.reload()
        with page.expect_request("**/-/read") as told:
            page.evaluate("path => { location.href = path; }", two)
        assert told.value.post_data == f"{two}\ninternal"
        wait_until(lambda: reads(site, second), what="the second story's count")
        assert reads(site, first) == {"direct": 1}
        assert reads(site, second) == {"internal": 1}
        assert page.context.cookies() == []


def test_a_page_that_is_no_story_tells_nothing(browser: Browser, site: Site) -> None:
    with visit(browser, site.base, f"{site.base}/en/", read=False, viewport=DESKTOP) as made:
        assert made.page.locator("[data-reads]").count() == 0


def test_the_most_read_stand_beside_stories_and_on_the_home_page_in_the_editions_digits(
    browser: Browser, site: Site
) -> None:
    for language, first in (("en", "1"), ("ar", "١"), ("es", "1")):
        with visit(browser, site.base, f"{site.base}/{language}/", read=False, viewport=DESKTOP) as made:
            block = made.page.locator(".mostread")
            expect(block.locator("li")).to_have_count(5)
            assert block.locator(".mostread__place").first.inner_text() == first
            block.locator(".block__more").click()
            expect(made.page.locator(".mostread")).to_have_count(3)
            made.page.locator(".mostread a").first.click()
            expect(made.page.locator("aside .mostread li")).to_have_count(5)
