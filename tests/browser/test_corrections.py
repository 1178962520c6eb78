"""A correction by clicking: noted, published, and found under the story, among all of them and beside what was before."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.publishing import publish
from tests.browser.reader import DESKTOP, NODE, PHONE, visit
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.browser.test_desk import write
from tests.browser.test_validity import RULES
from tests.running import get

HEADLINE = "Ten boats are counted before breakfast"
WRONG, RIGHT = "Nine boats came in on the morning tide.", "Ten boats came in on the morning tide."
NOTE = "An earlier version said that nine boats came in. There were ten."


@pytest.fixture(scope="module")
def corrected(browser: Browser, site: Site) -> Iterator[str]:
    """The path of a story that was published, corrected with a note and published again, all by clicking."""
    window = browser.new_context(viewport=DESKTOP)
    desk = window.new_page()
    desk.goto(f"{site.base}/desk/")
    desk.get_by_label("Username").fill(CHIEF)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk).to_have_url(f"{site.base}/desk/")
    write(desk, site, HEADLINE)
    publish(desk, HEADLINE)
    desk.get_by_role("row").filter(has_text=HEADLINE).get_by_role("link", name=HEADLINE, exact=True).first.click()
    words = desk.get_by_role("region", name="Text").locator("[contenteditable=true]")
    words.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.insert_text(RIGHT)
    expect(words).to_contain_text(RIGHT)
    desk.get_by_role("button", name="Add Correction").click()
    panel = desk.locator("#id_corrections-FORMS")
    panel.get_by_role("textbox", name=re.compile("^Text", re.IGNORECASE)).fill(NOTE)
    publish(desk, HEADLINE)
    reader = browser.new_context(viewport=PHONE).new_page()
    reader.goto(f"{site.base}/en/")
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.get_by_role("heading", level=1, name=HEADLINE)).to_be_visible()
    path = reader.url.removeprefix(site.base)
    reader.context.close()
    desk.get_by_role("row").filter(has_text=HEADLINE).get_by_role("link", name=HEADLINE, exact=True).first.click()
    at_the_desk(desk)
    yield path
    window.close()


def at_the_desk(desk: Page) -> None:
    """Two versions side by side, from the story's own menu."""
    desk.get_by_role("button", name="Actions", exact=True).first.click()
    desk.get_by_role("link", name="Versions").first.click()
    expect(desk.locator("main del")).to_contain_text("Nine")
    expect(desk.locator("main ins")).to_contain_text("Ten")
    expect(desk.get_by_role("row").filter(has_text="Correction")).to_contain_text(CHIEF)


def test_a_reader_finds_it_under_the_story_among_all_and_beside_what_was_before(
    browser: Browser, site: Site, corrected: str
) -> None:
    with visit(browser, site.base, f"{site.base}{corrected}", viewport=PHONE) as made:
        page = made.page
        page.get_by_role("link", name=re.compile("^Corrected on")).click()
        expect(page).to_have_url(f"{site.base}{corrected}#corrections")
        expect(page.locator(".corrections")).to_contain_text(NOTE)
        expect(page.locator(".corrections")).to_contain_text("Correction")
        page.get_by_role("contentinfo").get_by_role("link", name="Corrections", exact=True).first.click()
        expect(page.get_by_role("listitem").filter(has_text=NOTE)).to_contain_text(HEADLINE)
        page.get_by_role("link", name=HEADLINE).click()
        page.get_by_role("link", name="Compare versions").click()
        page.get_by_role("link", name=re.compile("^Compare with the one before")).click()
        expect(page.locator("del")).to_contain_text("Nine")
        expect(page.locator("ins")).to_contain_text("Ten")
        assert page.locator("del").evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
        assert page.locator("ins").evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


PLACES = ["/en/corrections/", "/ar/corrections/", "STORY", "STORYversions/", "STORYversions/1-2/", "/patterns/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_for_everyone_on_a_small_phone_and_without_script(
    browser: Browser, site: Site, corrected: str, place: str, scheme: str
) -> None:
    url = site.base + place.replace("STORY", corrected)
    with visit(browser, site.base, url, viewport=PHONE, color_scheme=scheme) as made:
        assert made.status == 200
        assert made.violations() == []
        assert made.sticking_out() == []
        assert [fault for fault in made.faults if "/live/" not in fault] == []
    with visit(browser, site.base, url, viewport=PHONE, java_script_enabled=False) as plain:
        assert plain.status == 200
        assert plain.page.locator("main").inner_text().strip()


def test_the_pages_are_valid(site: Site, corrected: str, tmp_path: Path) -> None:
    for number, place in enumerate(PLACES):
        status, _headers, body = get(site.port, place.replace("STORY", corrected))
        assert status == 200
        (tmp_path / f"{number}.html").write_bytes(body)
    done = subprocess.run(
        [NODE / ".bin" / "html-validate", "--config", RULES, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
