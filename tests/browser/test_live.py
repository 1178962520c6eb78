"""Breaking news: what is posted at the desk by clicking reaches pages that are open, and leaves them again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.reader import DESKTOP, PHONE
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.running import get

ENGLISH, ARABIC = "River police close the old bridge", "شرطة النهر تغلق الجسر القديم"
EDITED = "River police reopen the old bridge"


@pytest.fixture
def chief(browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody at the desk who may post alerts."""
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{site.base}/desk/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.base}/desk/")
    yield page
    window.close()


@contextmanager
def reading(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """A browser of its own with a page open and its line to the site up."""
    window: BrowserContext = browser.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]
    window.add_init_script(
        "document.addEventListener('dateline-live', ({detail}) => {"
        " if (detail.kind === 'hello') document.documentElement.dataset.listening = 'yes' });"
        "new PerformanceObserver((list) => { for (const e of list.getEntries())"
        " if (!e.hadRecentInput) window.shifted = (window.shifted ?? 0) + e.value })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page = window.new_page()
    page.goto(address, wait_until="load")
    yield page
    window.close()


def standing(chief: Page, text: str) -> Locator:
    """The row of an alert that stands, at the desk."""
    withdraw = chief.get_by_role("button", name="Withdraw")
    return chief.locator("tr").filter(has_text=text).filter(has=withdraw)


def is_listening(page: Page) -> None:
    expect(page.locator("html[data-listening]")).to_have_count(1)


def post(chief: Page, site: Site) -> None:
    chief.get_by_role("link", name="Breaking").click()
    chief.locator("[name=en-text]").fill(ENGLISH)
    chief.locator("[name=en-attribution]").fill("River police")
    chief.get_by_role("button", name="Copy to the others").click()
    expect(chief.locator("[name=es-text]")).to_have_value(ENGLISH)
    chief.locator("[name=es-text]").fill("")
    chief.locator("[name=ar-text]").fill(ARABIC)
    expect(chief.locator("[data-preview=ar]")).to_contain_text(ARABIC)
    chief.get_by_role("button", name="Post now").click()


def test_two_open_homes_follow_an_alert_to_its_end(browser: Browser, chief: Page, site: Site) -> None:
    with ExitStack() as windows:
        english = windows.enter_context(reading(browser, f"{site.base}/en/"))
        arabic = windows.enter_context(reading(browser, f"{site.base}/ar/"))
        for page in (english, arabic):
            is_listening(page)
        post(chief, site)
        expect(english.locator(".alert.is-shown")).to_contain_text(ENGLISH)
        expect(english.locator(".alert.is-shown")).to_contain_text("River police")
        expect(arabic.locator(".alert.is-shown")).to_contain_text(ARABIC)
        expect(english.locator(".ticker [role=status]")).to_contain_text(ENGLISH)
        assert ENGLISH in get(site.port, "/en/")[2].decode()
        assert ARABIC in get(site.port, "/ar/")[2].decode()
        assert ENGLISH not in get(site.port, "/es/")[2].decode()

        row = standing(chief, ENGLISH)
        row.get_by_role("link", name="Edit").click()
        chief.locator("[name=en-text]").fill(EDITED)
        chief.get_by_role("button", name="Change").click()
        expect(english.locator(".alert.is-shown")).to_contain_text(EDITED)
        expect(english.locator(".alert", has_text="old bridge")).to_have_count(1)
        assert EDITED in get(site.port, "/en/")[2].decode()

        for text, page in ((EDITED, english), (ARABIC, arabic)):
            standing(chief, text).get_by_role("button", name="Withdraw").click()
            expect(page.locator(".alert", has_text=text)).to_have_count(0)
            expect(page.locator(".alert.is-shown")).to_have_count(1)
        assert EDITED not in get(site.port, "/en/")[2].decode()
        assert ARABIC not in get(site.port, "/ar/")[2].decode()
        for page in (english, arabic):
            assert not page.evaluate("window.shifted ?? 0")


def test_a_slip_is_undone_and_a_page_without_a_stream_follows_by_asking(
    browser: Browser, chief: Page, site: Site
) -> None:
    with reading(browser, f"{site.base}/en/") as page:
        is_listening(page)
        window = page.context
        blocked = window.new_page()
        blocked.clock.install()
        blocked.route("**/live/en?*", lambda route: route.abort())
        blocked.goto(f"{site.base}/en/", wait_until="load")
        post(chief, site)
        expect(page.locator(".alert.is-shown")).to_contain_text(ENGLISH)
        chief.get_by_role("button", name="Undo").click()
        expect(page.locator(".alert", has_text=ENGLISH)).to_have_count(0)
        assert ENGLISH not in get(site.port, "/en/")[2].decode()
        assert ARABIC not in get(site.port, "/ar/")[2].decode()

        post(chief, site)
        expect(standing(chief, ENGLISH)).to_have_count(1)
        with blocked.expect_response("**/live/en/since/**"):
            blocked.clock.fast_forward("00:40")
        expect(blocked.locator(".alert.is-shown")).to_contain_text(ENGLISH)
        for text in (ENGLISH, ARABIC):
            standing(chief, text).get_by_role("button", name="Withdraw").click()
            expect(standing(chief, text)).to_have_count(0)
        blocked.clock.fast_forward("00:40")
        expect(blocked.locator(".alert", has_text=ENGLISH)).to_have_count(0)


def test_a_hidden_page_rests_and_catches_up(browser: Browser, chief: Page, site: Site) -> None:
    with reading(browser, f"{site.base}/en/") as page:
        is_listening(page)
        page.clock.install()
        hide = (
            "(how) => { Object.defineProperty(document, 'visibilityState', {value: how, configurable: true});"
            " document.dispatchEvent(new Event('visibilitychange')) }"
        )
        page.evaluate(hide, "hidden")
        page.clock.fast_forward("00:30")
        post(chief, site)
        expect(standing(chief, ENGLISH)).to_be_visible()
        expect(page.locator(".alert", has_text=ENGLISH)).to_have_count(0)
        page.evaluate(hide, "visible")
        expect(page.locator(".alert.is-shown")).to_contain_text(ENGLISH)
        for text in (ENGLISH, ARABIC):
            standing(chief, text).get_by_role("button", name="Withdraw").click()
        expect(page.locator(".alert", has_text=ENGLISH)).to_have_count(0)


def test_without_a_script_the_printed_alert_is_there(browser: Browser, chief: Page, site: Site) -> None:
    post(chief, site)
    expect(standing(chief, ENGLISH)).to_be_visible()
    with reading(browser, f"{site.base}/en/", java_script_enabled=False) as page:
        expect(page.locator(".alert").first).to_contain_text(ENGLISH)
        expect(page.locator(".ticker__pause")).to_be_hidden()
    for text in (ENGLISH, ARABIC):
        standing(chief, text).get_by_role("button", name="Withdraw").click()
        expect(standing(chief, text)).to_have_count(0)
