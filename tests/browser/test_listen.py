"""A story is written at the desk, and heard on its page: with the sentence that is read marked, and gone when it changes."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.publishing import publish
from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import CHIEF, PASSWORD, Site, copy_of_demo
from tests.running import get, running, wait_until

HEADLINE = "العبّارة الأولى تغادر الميناء"
FIRST = "غادرت العبّارة الميناء عند الساعة السابعة صباح الاثنين."
SECOND = "كان على متنها مئتا راكب وكلبان."
CORRECTED = "كان على متنها ثلاثمئة راكب وقطة واحدة وحقائب كثيرة."

_MARKED = """() => {
  const [range] = CSS.highlights.get('heard') ?? [];
  return range ? range.toString().replace(/\\s+/g, ' ') : '';
}"""


@dataclass
class Room:
    """A newsroom that reads aloud, and the desk's address for a new story in a section of the Arabic edition."""

    site: Site
    new_story: str


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = copy_of_demo(tmp_path_factory, "listen")
    with sqlite3.connect(folder / "newsroom.sqlite3") as database:
        # Of the demo's own stories nobody is to hear anything here: that would take minutes.
        database.execute("DELETE FROM listen_recording")
        [section] = database.execute(
            "SELECT page_id FROM editions_address WHERE current AND path = '/ar/news/'"
        ).fetchone()
    # On a machine that runs other tests, whoever stands back for everything else would wait for their end.
    with running(folder, speak="true", studio_nice=0) as port:
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


@pytest.fixture(scope="module")
def story(desk: Page, room: Room) -> str:
    """The path of a story that was written and published by clicking, and can be heard."""
    desk.goto(room.new_story)
    desk.get_by_role("textbox", name=re.compile("^Headline")).fill(HEADLINE)
    desk.locator("#body-root").get_by_role("button", name="Insert a block").click()
    desk.get_by_role("option", name="Text").click()
    words = desk.get_by_role("region", name="Text").locator("[contenteditable=true]")
    words.click()
    expect(words).to_be_focused()
    desk.keyboard.insert_text(f"{FIRST} {SECOND}")
    expect(words).to_contain_text(SECOND)
    publish(desk, HEADLINE)
    link = desk.get_by_role("link", name="View live").first
    path = unquote(urlsplit(str(link.get_attribute("href"))).path)
    wait_until(lambda: "dateline-listen" in text_of(room, path), what="the sound of the story")
    return path


def text_of(room: Room, path: str) -> str:
    from urllib.parse import quote

    return get(room.site.port, quote(path))[2].decode()


def sounds(room: Room, path: str) -> list[str]:
    return re.findall(r'<source src="(/media/listen/[^"]+)"', text_of(room, path))


def seconds_of(file: Path) -> float:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(file)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def test_a_published_story_is_heard_and_each_sentence_is_marked(
    browser: Browser, room: Room, story: str, tmp_path: Path
) -> None:
    with visit(browser, room.site.base, "about:blank", read=False, viewport=PHONE, locale="ar") as made:
        page = made.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(room.site.base + story, wait_until="networkidle")
        bar = page.locator("dateline-listen")
        expect(bar.locator("summary")).to_contain_text("استمع")
        assert not [url for url in asked if "/media/listen/" in url or url.endswith("listen.vtt")]
        bar.locator("summary").click()
        expect(bar.locator(".listen__note")).to_contain_text("eSpeak NG")
        assert not [url for url in asked if "/media/listen/" in url]
        bar.locator("[data-key=play]").click()
        wait_until(lambda: page.evaluate(_MARKED) == HEADLINE, what="the headline is marked")
        bar.locator("[data-key=next]").click()
        wait_until(lambda: page.evaluate(_MARKED) == FIRST, what="the first sentence is marked")
        # It goes on by itself.
        wait_until(lambda: page.evaluate(_MARKED) == SECOND, what="the second sentence is marked")
        expect(bar.locator("[data-key=play]")).to_have_class(re.compile("is-on"))
        bar.locator("[data-key=speed]").click()
        assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
        bar.locator("[data-key=play]").click()
        assert page.evaluate("document.querySelector('audio').paused")
        assert made.violations() == []
        assert made.sticking_out() == []
        assert [fault for fault in made.faults if "/media/listen/" not in fault] == []
    for at, name in enumerate(sounds(room, story)):
        status, headers, body = get(room.site.port, name)
        assert (status, headers["cache-control"]) == (200, "public, max-age=0, must-revalidate")
        assert headers["content-type"] == ["audio/ogg; codecs=opus", "audio/mpeg"][at]
        file = tmp_path / Path(name).name
        file.write_bytes(body)
        # Three sentences, as the voice said them, the last with its pause.
        transcript = text_of(room, f"{story}listen.vtt")
        last = re.findall(r"--> 00:00:(\d\d\.\d\d\d)", transcript)[-1]
        assert seconds_of(file) == pytest.approx(float(last), rel=0.1)


def test_the_player_is_worked_by_keys_alone_and_finds_its_place_again(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, room.site.base + story, viewport=DESKTOP) as made:
        page = made.page
        page.locator("dateline-listen summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".listen__keys")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        wait_until(lambda: page.evaluate(_MARKED) == HEADLINE, what="it plays")
        # Where text runs to the left, so does the story.
        page.keyboard.press("ArrowLeft")
        wait_until(lambda: page.evaluate(_MARKED) == FIRST, what="one sentence on")
        page.keyboard.press("ArrowRight")
        wait_until(lambda: page.evaluate(_MARKED) == HEADLINE, what="one sentence back")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        wait_until(lambda: page.evaluate(_MARKED) == SECOND, what="two sentences on")
        page.keyboard.press("Enter")
        before = page.evaluate("document.querySelector('audio').currentTime")
        page.evaluate(
            "document.querySelector('dateline-listen').player.remember(document.querySelector('audio').currentTime)"
        )
        page.reload()
        page.locator("dateline-listen summary").click()
        page.locator("[data-key=play]").click()
        wait_until(
            lambda: page.evaluate("document.querySelector('audio').currentTime") >= before - 0.2,
            what="its place is found",
        )


def test_without_a_script_the_browser_s_own_player_is_there(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, room.site.base + story, viewport=PHONE, java_script_enabled=False) as made:
        made.page.locator(".listen summary").click()
        expect(made.page.locator(".listen audio[controls]")).to_be_visible()
        expect(made.page.locator(".listen__keys")).to_be_hidden()


def test_it_is_clean_in_the_dark_and_open(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, room.site.base + story, viewport=DESKTOP, color_scheme="dark") as made:
        made.page.locator("dateline-listen summary").click()
        expect(made.page.locator(".listen__keys")).to_be_visible()
        assert made.violations() == []


def test_the_newest_are_played_one_after_the_other(browser: Browser, room: Room, story: str) -> None:
    with visit(browser, room.site.base, f"{room.site.base}/ar/listen/", viewport=PHONE) as made:
        page = made.page
        expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
        page.locator(".hearing__all button").click()
        wait_until(lambda: page.evaluate("document.querySelector('audio').currentTime") > 0.3, what="it plays")
        assert made.violations() == []
        assert made.sticking_out() == []


def test_a_correction_changes_what_is_heard(desk: Page, room: Room, story: str) -> None:
    before = sounds(room, story)
    desk.get_by_role("link", name=HEADLINE).first.click()
    words = desk.get_by_role("region", name="Text").locator("[contenteditable=true]")
    words.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.insert_text(f"{FIRST} {CORRECTED}")
    expect(words).to_contain_text(CORRECTED)
    publish(desk, HEADLINE)
    assert SECOND not in text_of(room, story)
    wait_until(lambda: "dateline-listen" in text_of(room, story), what="the new sound")
    after = sounds(room, story)
    assert not set(before) & set(after)
    assert [get(room.site.port, name)[0] for name in before] == [404, 404]
    transcript = text_of(room, f"{story}listen.vtt")
    assert CORRECTED in transcript
    assert SECOND not in transcript
