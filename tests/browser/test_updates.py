"""Live coverage: what is written at the desk reaches a page that is being read, and moves nothing of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_pages import STORIES, DemoPage
from tests.browser.reader import DESKTOP
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.browser.test_live import is_listening, reading
from tests.running import get

SAID = "The water stands still at last"
MENDED = "The water falls by a hand"


def live_page(edition: str) -> DemoPage:
    return next(page for page in STORIES if page.edition == edition and page.kind == "live")


@pytest.fixture
def writer(browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody at the writing screen of the English live coverage."""
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{site.base}/desk/live/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=re.compile("The Sarran in flood")).click()
    yield page
    window.close()


def write(writer: Page, words: str, *, title: str = "") -> None:
    if title:
        writer.get_by_label("Title").fill(title)
    text = writer.locator(".public-DraftEditor-content").first
    text.click()
    writer.keyboard.press("Control+a")
    writer.keyboard.type(words)


def send(writer: Page, words: str) -> None:
    writer.keyboard.press("Control+Enter")
    # The screen begins anew when it has been posted; the list may have it before.
    expect(writer.locator(".public-DraftEditor-content").first).not_to_contain_text(words)
    expect(writer.locator(".live__updates")).to_contain_text(words)
    assert "<br" not in row(writer, words).locator(".live__said").inner_html()


def row(writer: Page, words: str) -> Page:
    return writer.locator(".live__update").filter(has_text=words)  # type: ignore[return-value]


def withdraw(writer: Page, words: str) -> None:
    row(writer, words).get_by_role("button", name="Withdraw").click()
    expect(row(writer, words).get_by_role("button", name="Put back")).to_be_visible()


def test_an_update_reaches_an_open_page_and_moves_nothing_that_is_read(
    browser: Browser, writer: Page, site: Site
) -> None:
    address = site.address(live_page("en"))
    path = address.removeprefix(site.base)
    with reading(browser, address) as page:
        is_listening(page)
        fourth = page.locator(".updates__list .update").nth(3)
        fourth.scroll_into_view_if_needed()
        page.evaluate("document.querySelectorAll('.updates__list .update')[3].scrollIntoView()")
        before = fourth.bounding_box()
        number = fourth.get_attribute("id")
        write(writer, SAID, title="Still")
        send(writer, SAID)
        button = page.locator(".updates__new button")
        expect(button).to_have_text("One new update")
        held = page.locator(f"#{number}")
        assert held.bounding_box() == before
        assert SAID in get(site.port, path)[2].decode()
        button.click()
        expect(page.locator(".updates__list .update").first).to_contain_text(SAID)
        expect(page.locator(".updates__list .update").first.locator("a").first).to_be_focused()

        row(writer, SAID).get_by_role("link", name="Edit").click()
        write(writer, MENDED)
        send(writer, MENDED)
        expect(page.locator(".updates__list .update").first).to_contain_text(MENDED)
        assert SAID not in get(site.port, path)[2].decode()
        row(writer, MENDED).get_by_role("button", name="Pin").click()
        expect(page.locator(".updates__pinned")).to_contain_text(MENDED)
        withdraw(writer, MENDED)
        expect(page.get_by_text(MENDED)).to_have_count(0)
        assert MENDED not in get(site.port, path)[2].decode()


def test_what_is_typed_survives_a_closed_window(writer: Page) -> None:
    address = writer.url
    with writer.expect_response(lambda answer: answer.url.endswith("/keep/") and answer.status == 204):
        write(writer, "Half a sentence")
    writer.close(run_before_unload=False)
    again = writer.context.new_page()
    again.goto(address)
    expect(again.locator(".public-DraftEditor-content").first).to_contain_text("Half a sentence")
    again.get_by_role("button", name="Throw it away").click()
    expect(again.locator(".public-DraftEditor-content").first).not_to_contain_text("Half a sentence")


def test_an_update_that_does_not_get_through_is_sent_again_and_is_there_once(writer: Page) -> None:
    write(writer, "Sent from a train")
    gone = []

    def lose(route):  # type: ignore[no-untyped-def]
        """The desk takes it, and the answer is lost."""
        if not gone and route.request.method == "POST":
            gone.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    writer.route(re.compile(r"/desk/live/\d+/$"), lose)
    send(writer, "Sent from a train")
    expect(row(writer, "Sent from a train")).to_have_count(1)  # type: ignore[arg-type]
    assert len(gone) == 1
    withdraw(writer, "Sent from a train")


@pytest.mark.parametrize("edition", ["en", "ar"])
def test_earlier_updates_come_in_below_and_far_ones_are_put_aside(browser: Browser, site: Site, edition: str) -> None:
    with reading(browser, site.address(live_page(edition))) as page:
        shown = page.locator(".updates__list").first.locator(".update")
        before = shown.count()
        page.locator(".updates__further a").click()
        second = page.locator(".updates__list").nth(1)
        expect(second.locator(".update").first).to_be_visible()
        assert page.locator(".updates__list .update").count() > before
        expect(page.locator(".updates__further")).to_have_count(0)
        numbers = page.locator(".updates__list .update").evaluate_all(
            "all => all.map(one => Number(one.dataset.update))"
        )
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[-1] == 1
        room = second.bounding_box()
        page.evaluate("document.activeElement.blur()")  # what holds the focus is not put aside
        page.evaluate("scrollTo(0, 0)")
        expect(second.locator(".update")).to_have_count(0)
        assert room
        assert abs(second.evaluate("one => one.offsetHeight") - room["height"]) < 2
        second.evaluate("one => one.scrollIntoView()")
        expect(second.locator(".update").last).to_be_visible()


def test_without_a_script_every_update_can_be_reached(browser: Browser, site: Site) -> None:
    with reading(browser, site.address(live_page("ar")), java_script_enabled=False) as page:
        seen = set(page.locator(".updates__list .update").evaluate_all("all => all.map(one => one.id)"))
        page.locator(".updates__further a").click()
        while True:
            seen |= set(page.locator(".updates__list .update").evaluate_all("all => all.map(one => one.id)"))
            older = page.locator(".pager__older")
            if not older.count():
                break
            older.click()
        assert {f"u{number}" for number in range(1, 40)} <= seen
