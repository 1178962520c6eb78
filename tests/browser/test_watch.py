"""A film is uploaded by clicking, and watched: as a stream, by keys, with captions, and with nothing but the browser."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.publishing import publish
from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import CHIEF, PASSWORD, Site, copy_of_demo
from tests.browser.test_channel import _NO_HLS as NO_HLS
from tests.browser.test_channel import holds
from tests.films import film
from tests.running import get, running, wait_until

HEADLINE = "العبّارة تغادر الميناء: فيلم"
SUBTITLES = (
    "1\n00:00:00,000 --> 00:00:03,000\nالعبّارة تغادر.\n\n2\n00:00:03,200 --> 00:00:06,500\nوداعاً أيها الميناء.\n"
)
ENGLISH = "WEBVTT\n\n00:00.000 --> 00:05.000\nThe ferry leaves.\n"
SECONDS = 8


@dataclass
class Room:
    """A newsroom that prepares films, and the desk's address for a new story in a section of the Arabic edition."""

    site: Site
    new_story: str


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = copy_of_demo(tmp_path_factory, "watch")
    with sqlite3.connect(folder / "newsroom.sqlite3") as database:
        [section] = database.execute(
            "SELECT page_id FROM editions_address WHERE current AND path = '/ar/news/'"
        ).fetchone()
    with running(folder, clips="true", studio_nice=0) as port:
        site = Site(port, folder)
        yield Room(site, f"{site.base}/desk/stories/new/{section}/")


@pytest.fixture(scope="module")
def desk(browser: Browser, room: Room) -> Iterator[Page]:
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{room.site.base}/desk/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{room.site.base}/desk/")
    yield page
    window.close()


def captions(desk: Page, number: int, language: str, name: str, text: str) -> None:
    desk.get_by_role("button", name="Add Captions").click()
    desk.locator(f"[name=captions-{number}-language]").select_option(language)
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    desk.locator(f"[name=captions-{number}-file]").set_input_files(file)


@pytest.fixture(scope="module")
def clip(desk: Page, room: Room) -> str:
    """The title of a film with captions in two languages and chapters, uploaded by clicking and ready."""
    desk.goto(f"{room.site.base}/desk/snippets/clips/clip/add/")
    desk.locator("[name=file]").set_input_files(film(width=854, height=480, seconds=SECONDS))
    expect(desk.locator(".clip-file__said")).to_contain_text("Uploaded")
    desk.locator("[name=title]").fill("The ferry")
    captions(desk, 0, "ar", "ferry.srt", SUBTITLES)
    captions(desk, 1, "en", "ferry.vtt", ENGLISH)
    desk.locator("[name=chapters]").fill("0:00 الرصيف\n0:05 البحر")
    desk.get_by_role("button", name="Save").click()
    expect(desk).to_have_url(f"{room.site.base}/desk/snippets/clips/clip/")
    desk.get_by_role("link", name="The ferry").first.click()
    expect(desk.locator(".clip-status__said")).to_have_text(re.compile("Ready: 240p, 360p, 480p"), timeout=90_000)
    return "The ferry"


@pytest.fixture(scope="module")
def story(desk: Page, room: Room, clip: str) -> str:
    """The path of a story that shows the film, written and published by clicking."""
    desk.goto(room.new_story)
    desk.get_by_role("textbox", name=re.compile("^Headline")).fill(HEADLINE)
    desk.locator("[name=form]").select_option("video")
    desk.get_by_role("button", name=re.compile("Choose video or audio", re.IGNORECASE)).click()
    desk.get_by_role("dialog").get_by_role("link", name=clip).click()
    expect(desk.get_by_text(clip, exact=True).first).to_be_visible()
    publish(desk, HEADLINE)
    link = desk.get_by_role("link", name="View live").first
    path = unquote(urlsplit(str(link.get_attribute("href"))).path)
    wait_until(lambda: "dateline-clip" in page_of(room, path), what="the film on its page")
    return path


def page_of(room: Room, path: str) -> str:
    from urllib.parse import quote

    return get(room.site.port, quote(path))[2].decode()


PLAYS = "() => document.querySelector('.clip__media').currentTime > 1"
SHOWING = "() => [...document.querySelector('.clip__media').textTracks].filter(({mode}) => mode === 'showing').map(({language, activeCues}) => language + ': ' + [...activeCues ?? []].map(({text}) => text).join())"


@pytest.mark.parametrize("helped", [False, True], ids=["by itself", "with help"])
def test_a_film_plays_as_a_stream_with_captions(browser: Browser, room: Room, story: str, helped: bool) -> None:
    with visit(browser, room.site.base, "about:blank", read=False, viewport=PHONE, locale="ar") as made:
        page = made.page
        if helped:
            page.add_init_script(NO_HLS)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(room.site.base + story)
        assert not [url for url in asked if "/media/clips/" in url]
        page.get_by_role("button", name="شاهد").click()
        holds(page, PLAYS)
        wait_until(lambda: page.evaluate(SHOWING)[0].startswith("ar: العبّارة"), what="captions in the page's language")
        assert len(page.evaluate(SHOWING)) == 1
        media = [url for url in asked if "/media/clips/" in url]
        assert any(url.endswith("film.m3u8") for url in media)
        assert any(url.endswith(".m4s") for url in media), media
        assert not any(url.endswith("film.mp4") for url in media)
        assert not [url for url in asked if not url.startswith(room.site.base)]
        assert abs(page.evaluate("document.querySelector('.clip__media').duration") - SECONDS) < 0.5
        assert not page.evaluate("window.shifted ?? 0")


def test_it_is_worked_by_keys_alone(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, room.site.base + story, viewport=DESKTOP, locale="ar") as made:
        page = made.page
        play = page.get_by_role("button", name="شاهد")
        play.focus()
        page.keyboard.press("Enter")
        holds(page, PLAYS)
        media = page.locator(".clip__media")
        expect(media).to_be_focused()
        page.keyboard.press("k")
        holds(page, "() => document.querySelector('.clip__media').paused")
        media.evaluate("media => { media.currentTime = 1; }")
        page.keyboard.press("ArrowRight")
        holds(page, "() => Math.abs(document.querySelector('.clip__media').currentTime - 6) < 0.3")
        page.keyboard.press("ArrowLeft")
        holds(page, "() => Math.abs(document.querySelector('.clip__media').currentTime - 1) < 0.3")
        # Steps faster than the film can follow add up.
        for key in ["ArrowRight", "ArrowLeft", "ArrowRight"]:
            page.keyboard.press(key)
        holds(page, "() => Math.abs(document.querySelector('.clip__media').currentTime - 6) < 0.3")
        page.keyboard.press("c")
        assert page.evaluate(SHOWING) == []
        page.keyboard.press("c")
        assert len(page.evaluate(SHOWING)) == 1
        page.keyboard.press("m")
        assert media.evaluate("media => media.muted")
        page.get_by_role("link", name="البحر").focus()
        page.keyboard.press("Enter")
        holds(page, "() => document.querySelector('.clip__media').currentTime >= 5")
        expect(page.locator(".clip__chapters [aria-current]")).to_contain_text("البحر")


def test_an_address_may_name_a_moment(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, f"{room.site.base}{story}#t=5", viewport=PHONE, locale="ar") as made:
        page = made.page
        page.get_by_role("button", name="شاهد").click()
        holds(page, "() => document.querySelector('.clip__media').currentTime > 5")


def test_a_stream_that_breaks_is_played_from_the_plain_file(browser: Browser, room: Room, story: str) -> None:
    for helped in (False, True):
        with visit(browser, room.site.base, "about:blank", read=False, viewport=DESKTOP, locale="ar") as made:
            page = made.page
            if helped:
                page.add_init_script(NO_HLS)
            page.route("**/*.m4s", lambda route: route.abort())
            page.route("**/*.m3u8", lambda route: route.fulfill(status=404))
            page.goto(room.site.base + story)
            page.get_by_role("button", name="شاهد").click()
            holds(page, PLAYS)
            page.unroute_all()


def test_when_nothing_answers_it_says_so_and_tries_again(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, "about:blank", read=False, viewport=DESKTOP, locale="ar") as made:
        page = made.page
        page.route("**/media/clips/**", lambda route: route.fulfill(status=404))
        page.goto(room.site.base + story)
        page.get_by_role("button", name="شاهد").click()
        calm = page.locator(".clip__calm")
        expect(calm).to_be_visible(timeout=30_000)
        page.unroute_all()
        calm.get_by_role("button").click()
        holds(page, PLAYS)
        expect(calm).to_be_hidden()


def test_without_a_script_the_browser_s_own_player_and_links_are_there(
    browser: Browser, room: Room, story: str
) -> None:
    with visit(
        browser, room.site.base, room.site.base + story, viewport=PHONE, locale="ar", java_script_enabled=False
    ) as made:
        page = made.page
        media = page.locator(".clip__media")
        expect(media).to_have_attribute("controls", "")
        expect(page.locator(".clip__play")).to_be_hidden()
        expect(media.locator("track")).to_have_count(2)
        link = page.get_by_role("link", name=re.compile("نزّل الفيديو"))
        status, headers, _body = get(room.site.port, urlsplit(str(link.get_attribute("href"))).path)
        assert (status, headers["content-type"]) == (200, "video/mp4")
        page.locator(".clip__words summary").click()
        expect(page.locator(".clip__words")).to_contain_text("وداعاً أيها الميناء.")


def test_it_is_clean_in_the_light_and_in_the_dark(browser: Browser, room: Room, story: str) -> None:
    for scheme in ("light", "dark"):
        with visit(
            browser, room.site.base, room.site.base + story, viewport=PHONE, locale="ar", color_scheme=scheme
        ) as made:
            assert made.violations() == []
            made.page.get_by_role("button", name="شاهد").click()
            made.page.locator(".clip__words summary").click()
            assert made.violations() == []


def test_what_is_wrong_with_a_file_is_said_at_the_desk(desk: Page, room: Room, tmp_path: Path) -> None:
    bad = tmp_path / "film.mp4"
    bad.write_text("Not a film at all.\n")
    desk.goto(f"{room.site.base}/desk/snippets/clips/clip/add/")
    desk.locator("[name=file]").set_input_files(bad)
    expect(desk.locator(".clip-file__said")).to_contain_text("Uploaded")
    captions(desk, 0, "ar", "old.srt", SUBTITLES)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("This is a text file, not a film or a recording")).to_be_visible()
    # The right file; a browser gives a chosen file once, so captions are chosen again.
    desk.locator("[name=file]").set_input_files(film())
    expect(desk.locator(".clip-file__said")).to_contain_text("Uploaded")
    wrong = {"name": "old.srt", "mimeType": "text/plain", "buffer": SUBTITLES.replace("-->", "->").encode()}
    desk.locator("[name=captions-0-file]").set_input_files(wrong)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("There are no captions in this file.")).to_be_visible()


def test_an_upload_goes_on_after_the_line_broke(desk: Page, room: Room, tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    large.write_bytes(film().read_bytes() + b"\0" * 9_000_000)
    broken: list[str] = []

    def line(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if "offset" in url and len(broken) < 2:
            broken.append(url)
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    desk.goto(f"{room.site.base}/desk/snippets/clips/clip/add/")
    desk.route("**/desk/clips/upload/**", line)
    desk.locator("[name=file]").set_input_files(large)
    expect(desk.locator(".clip-file__said")).to_contain_text("Uploaded", timeout=60_000)
    desk.unroute_all()
    assert len(broken) == 2
    parts = list((room.site.folder / "media" / "uploads" / "parts").iterdir())
    assert any(part.read_bytes() == large.read_bytes() for part in parts)
