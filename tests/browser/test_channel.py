"""Live television: a real stream plays on its page, with captions; when it fails the page stays calm and tries again."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import DESKTOP
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.browser.stream import Stream, live_stream
from tests.browser.test_live import is_listening, reading
from tests.running import get, wait_until

#: Lets the page believe that this browser plays no HLS of its own.
_NO_HLS = (
    "const can = HTMLMediaElement.prototype.canPlayType;"
    "HTMLMediaElement.prototype.canPlayType = function (kind) { return kind.includes('mpegurl') ? '' : can.call(this, kind) };"
)
_PLAYS = "() => document.querySelector('video').currentTime > 1.5"


def holds(page: Page, condition: str) -> None:
    """Wait until a function of the page says so; the page's policy lets nothing be evaluated inside of it."""
    wait_until(lambda: page.evaluate(condition), what=condition)


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stream]:
    with live_stream(tmp_path_factory.mktemp("stream")) as made:
        yield made


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def channel(desk: Page, site: Site, stream: Stream) -> str:
    """The address of a channel made at the desk by clicking."""
    desk.goto(f"{site.base}/desk/snippets/broadcast/channel/add/")
    desk.locator("[name=edition]").select_option(label="Dateline · English")
    desk.locator("[name=title]").fill("River Watch TV")
    desk.locator("[name=slug]").fill("river-watch")
    desk.locator("[name=hls]").fill(stream.address)
    desk.locator("[name=mode]").select_option("off")
    desk.get_by_role("button", name="Save").click()
    expect(desk).to_have_url(f"{site.base}/desk/snippets/broadcast/channel/")
    return f"{site.base}/en/channel/river-watch/"


@pytest.mark.parametrize("helped", [False, True], ids=["by itself", "with help"])
def test_a_live_stream_plays(browser: Browser, site: Site, channel: str, helped: bool) -> None:
    with reading(browser, "about:blank") as page:
        if helped:
            page.add_init_script(_NO_HLS)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(channel)
        is_listening(page)
        assert not [url for url in asked if not url.startswith(site.base)]
        before = len(asked)
        page.get_by_role("button", name="Watch live").click()
        holds(page, _PLAYS)
        expect(page.locator(".channel__calm")).to_be_hidden()
        if helped:
            expect(page.locator("video")).to_be_visible()
            holds(page, "() => [...document.querySelector('video').textTracks].some(({mode}) => mode === 'showing')")
        scripts = [url for url in asked[before:] if url.endswith(".js")]
        assert len(scripts) == helped


@pytest.mark.parametrize("helped", [False, True], ids=["by itself", "with help"])
def test_a_stream_that_fails_is_tried_again(browser: Browser, channel: str, stream: Stream, helped: bool) -> None:
    stream.held.set()
    try:
        with reading(browser, "about:blank") as page:
            if helped:
                page.add_init_script(_NO_HLS)
            page.goto(channel)
            page.get_by_role("button", name="Watch live").click()
            calm = page.locator(".channel__calm")
            expect(calm).to_be_visible(timeout=30_000)
            expect(calm).to_contain_text("We try again")
            stream.held.clear()
            page.get_by_role("button", name="Try again now").click()
            holds(page, _PLAYS)
            expect(calm).to_be_hidden()
    finally:
        stream.held.clear()


def test_on_air_the_marker_stands_in_every_open_masthead(
    browser: Browser, desk: Page, site: Site, channel: str
) -> None:
    with reading(browser, f"{site.base}/en/news/politics/") as page:
        is_listening(page)
        marker = page.locator(".ticker__air a[href*='river-watch']")
        expect(marker).to_have_count(0)
        now = datetime.now(ZoneInfo("Europe/London"))
        start = now - timedelta(minutes=2)
        desk.goto(f"{site.base}/desk/snippets/broadcast/channel/")
        desk.get_by_role("link", name="River Watch TV").first.click()
        desk.locator("[name=mode]").select_option("schedule")
        desk.get_by_role("button", name="Save").click()
        desk.locator("tr", has_text="River Watch TV").get_by_role("link", name="Schedule").click()
        desk.goto(re.sub(r"[^/]+/$", f"{start:%Y-%m-%d}/", desk.url))
        desk.get_by_label("Programmes").fill(f"{start:%H:%M} The river at its height | With readings")
        desk.get_by_role("button", name="Set the day").click()
        expect(desk.get_by_text("The schedule is set.")).to_be_visible()
        body = get(site.port, "/en/channel/river-watch/")[2].decode()
        assert "The river at its height" in body
        expect(page.locator(".ticker__air .live-mark")).to_have_count(1)
        desk.get_by_label("Programmes").fill("")
        desk.get_by_role("button", name="Set the day").click()
        expect(desk.get_by_text("The schedule is set.")).to_be_visible()
        assert "The river at its height" not in get(site.port, "/en/channel/river-watch/")[2].decode()
