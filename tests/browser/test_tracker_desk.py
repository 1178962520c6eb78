"""Evidence added at the desk by clicking: the tracker's page, its card in a story and the home page agree at once."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import DESKTOP, visit
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.running import get

TRACKER = "/en/tracker/flood-centre-posts/"


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{site.base}/desk/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.base}/desk/")
    yield page
    window.close()


def text_of(site: Site, path: str) -> str:
    status, _headers, body = get(site.port, path)
    assert status == 200
    return re.sub(r"<[^>]+>|\s+", " ", body.decode())


def test_late_evidence_is_on_every_page_at_once(browser: Browser, desk: Page, site: Site) -> None:
    story = site.story_paths["sarran-flood-centre-opens", "en"]
    pages = (TRACKER, story, "/en/")
    for path in pages:
        assert "431" not in text_of(site, path)
    desk.goto(f"{site.base}/desk/snippets/trackers/tracker/")
    row = desk.get_by_role("row").filter(has_text="Seven hundred posts for one river")
    way = row.get_by_role("link", name="Evidence", include_hidden=True).first.get_attribute("href")
    desk.goto(f"{site.base}{way}")
    desk.get_by_text("Add what is known").click()
    # Without a source nothing is known; what was typed stays.
    desk.locator("[name=says]").select_option("observed")
    desk.locator("[name=low]").fill("431")
    desk.locator("[name=on]").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("alert").first).to_be_visible()
    expect(desk.locator("[name=low]")).to_have_value("431")
    source = desk.locator("fieldset.tracker-source").first
    source.locator("[name$=-kind]").first.select_option("document")
    source.locator("[name$=-name]").first.fill("The centre's list of arrivals")
    source.locator("[name$=-url]").first.fill("https://basin.example/arrivals")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.locator("table.listing")).to_contain_text("431")
    for path in pages:
        assert "431" in text_of(site, path), path
    with visit(browser, site.base, f"{site.base}{TRACKER}", viewport=DESKTOP) as made:
        expect(made.page.locator("main")).to_contain_text("The centre's list of arrivals")
        assert made.violations() == []
