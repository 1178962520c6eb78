"""A tracker as readers meet it: by day, by night, on a phone, on paper, right to left, by keys alone, without a script, and
in others' pages; and "What if", which is answered as the server would."""

import gzip
import json
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.figures.whatif import project
from dateline.newsroom.trackers.writing import day
from tests.browser.reader import DESKTOP, NODE, PHONE, visit
from tests.browser.site import Site
from tests.running import dateline, get, running

HERE = Path(__file__).parent
VOICES = {"en": Voice("en", "Europe/London"), "ar": Voice("ar", "Asia/Beirut", "arab")}
PAGES = ("tracker/centre/", "tracker/seats/", "tracker/", "tracker/centre/embed/")

NAMES = {
    "en": ("Aldria", "Benmar", "Corvay", "The contact group of the delta states"),
    "ar": ("ألدريا", "بنمار", "كورفاي", "مجموعة الاتصال لدول الدلتا"),
}
TITLES = {
    "en": ("700 people for the flood centre", "Will the flood centre have its 700 people?", "staff", "The new seats"),
    "ar": ("موظفو مركز الفيضانات", "هل سيحصل مركز الفيضانات على موظفيه السبعمئة؟", "موظف", "المقاعد الجديدة"),
}


def trackers(language: str) -> str:
    """Both trackers of an edition, as newsroom.toml has them."""
    codes = ("aldria", "benmar", "corvay", "group")
    parties = ", ".join(
        f'{{ code = "{code}", name = "{name}" }}' for code, name in zip(codes, NAMES[language], strict=True)
    )
    title, question, unit, seats = TITLES[language]
    source = (
        '[{ kind = "outlet", name = "The Maren Post", url = "https://post.example/a", cites = [{ kind = "unnamed" }] }]'
    )
    promised = [("aldria", 300), ("benmar", 84), ("corvay", 200), ("group", 116)]
    there = [
        ("aldria", 20, 38, "05-01"),
        ("benmar", 40, 40, "06-10"),
        ("corvay", 20, 45, "07-01"),
        ("benmar", 44, 44, "07-20"),
        ("aldria", 30, 60, "08-15"),
        ("corvay", 10, 30, "09-20"),
        ("group", 12, 40, "10-20"),
        ("aldria", 20, 44, "11-10"),
    ]
    rows = [
        f'{{ party = "{code}", quantity = {number}, on = 2026-03-14, due = 2026-10-01, sources = {source} }}'
        for code, number in promised
    ] + [
        f'{{ party = "{code}", kind = "delivered", low = {low}, high = {high}, on = 2026-{on}, sources = {source} }}'
        for code, low, high, on in there
    ]
    stands = [("aldria", "for"), ("benmar", "against"), ("corvay", "conditional")]
    positions = [
        f'{{ party = "{code}", stance = "{stand}", on = 2026-05-01, sources = {source} }}' for code, stand in stands
    ]
    return f"""
[[editions.trackers]]
slug = "centre"
title = "{title}"
question = "{question}"
unit = "{unit}"
target = 700
starts = 2026-03-14
due = 2026-10-01
summary = "{question}"
parties = [{parties}]
places = [{{ name = "Maren", role = "HQ", lat = 33.9, lon = 35.5 }}, {{ name = "Orel", lat = 31.2, lon = 29.9 }}]
commitments = [{", ".join(rows)}]

[[editions.trackers]]
slug = "seats"
kind = "positions"
title = "{seats}"
proposal = "{seats}"
parties = [{parties}]
positions = [{", ".join(positions)}]
"""


@pytest.fixture(scope="module")
def delta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small newsroom with trackers in two editions."""
    folder = tmp_path_factory.mktemp("trackers") / "newsroom"
    made = dateline("init", folder)
    assert made.returncode == 0, made.stdout + made.stderr
    english, arabic = (HERE / "trackers.toml").read_text("utf-8").split('[[editions]]\nlanguage = "ar"')
    told = folder.parent / "newsroom.toml"
    told.write_text(english + trackers("en") + '\n[[editions]]\nlanguage = "ar"' + arabic + trackers("ar"), "utf-8")
    taken = dateline("-C", folder, "import", told)
    assert taken.returncode == 0, taken.stdout + taken.stderr
    with running(folder) as port:
        yield Site(port, folder)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", VOICES)
def test_everybody_can_read_it(browser: Browser, delta: Site, language: str, path: str, scheme: Any) -> None:
    with visit(browser, delta.base, f"{delta.base}/{language}/{path}", viewport=PHONE, color_scheme=scheme) as made:
        assert made.status == 200
        assert made.violations() == []
        assert made.sticking_out() == []
        assert made.faults == []
        assert made.shifts() == []


def test_it_is_valid(delta: Site, tmp_path: Path) -> None:
    for language in VOICES:
        for number, path in enumerate(PAGES):
            status, headers, body = get(delta.port, f"/{language}/{path}")
            assert status == 200, path
            assert "set-cookie" not in headers
            (tmp_path / f"{language}-{number}.html").write_bytes(body)
    rules = HERE / "htmlvalidate.json"
    program = [NODE / ".bin" / "html-validate", "--config", rules, "--formatter", "stylish", tmp_path]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_drawings_run_the_way_the_language_does_and_maps_do_not(browser: Browser, delta: Site) -> None:
    for language, first in (("en", 1), ("ar", -1)):
        with visit(browser, delta.base, f"{delta.base}/{language}/tracker/centre/", viewport=DESKTOP) as made:
            page = made.page
            sure, every = (page.locator(f".tracked .bar__{part}").first.bounding_box() for part in ("sure", "all"))
            assert sure and every
            begins = sure["x"] + sure["width"] / 2 < every["x"] + every["width"] / 2
            assert begins is (first == 1)
            spots = [box["x"] for box in (one.bounding_box() for one in page.locator(".places__map g").all()) if box]
            assert spots[0] > spots[1], "east is where it is"
            early, late = (page.locator(".chart__plot--wide .tick").nth(at).bounding_box() for at in (-2, -1))
            assert early and late
            assert (early["x"] < late["x"]) is (first == 1)


def names(page: Page) -> list[str]:
    return page.locator(".parties tbody th bdi").all_inner_texts()


@pytest.mark.parametrize("language", VOICES)
def test_without_a_script_all_is_there_but_what_if(browser: Browser, delta: Site, language: str) -> None:
    url = f"{delta.base}/{language}/tracker/centre/"
    with visit(browser, delta.base, url, viewport=PHONE, java_script_enabled=False) as made:
        page = made.page
        aldria, benmar, corvay, group = NAMES[language]
        assert names(page) == [aldria, corvay, group, benmar], "the largest promise first"
        expect(page.locator("dateline-whatif")).to_be_hidden()
        expect(page.locator(".evidence > li")).to_have_count(12)
        page.locator("#method summary").click()
        expect(page.locator("#method p").first).to_be_visible()


def test_parties_are_sorted_by_keys(browser: Browser, delta: Site) -> None:
    with visit(browser, delta.base, f"{delta.base}/en/tracker/centre/", viewport=DESKTOP) as made:
        page = made.page
        there = page.get_by_role("button", name="There")
        there.focus()
        page.keyboard.press("Enter")
        assert names(page)[0] == "Aldria"
        expect(page.get_by_role("columnheader", name="There")).to_have_attribute("aria-sort", "descending")
        page.keyboard.press("Enter")
        assert names(page)[0] == "The contact group of the delta states"
        page.get_by_role("button", name="Party").press("Enter")
        assert names(page) == ["Aldria", "Benmar", "Corvay", "The contact group of the delta states"]


@pytest.mark.parametrize("language", VOICES)
def test_what_if_gives_the_servers_numbers(browser: Browser, delta: Site, language: str) -> None:
    voice = VOICES[language]
    with visit(browser, delta.base, f"{delta.base}/{language}/tracker/centre/", viewport=DESKTOP) as made:
        page = made.page
        facts = json.loads(page.locator(".whatif__facts").evaluate("element => element.textContent"))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        first, second = page.locator(".whatif__parties li").nth(0), page.locator(".whatif__parties li").nth(1)
        codes = [str(one.get_attribute("data-code")) for one in (first, second)]
        first.get_by_role("checkbox").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        second.get_by_role("combobox").focus()
        page.keyboard.press("ArrowDown")
        expect(second.get_by_role("combobox")).to_have_value("0.5")
        expect(first.get_by_role("combobox")).to_be_disabled()
        found = project(facts, {"leave": codes[:1], "pace": {codes[1]: 0.5}})
        told = page.locator(".whatif__answer").inner_text()
        for number in found["level"]:
            assert voice.number(round(number)) in told
        assert not found["reason"]
        for number in (found["median"], found["eighty"][0]):
            assert day(voice, datetime.fromtimestamp(number * 86400, UTC).date()) in told
        page.locator(".whatif__reset").press("Enter")
        expect(page.locator(".whatif__answer")).not_to_have_text(told)
        assert asked == [], "nothing is asked of the server"


def test_on_paper_it_is_whole_and_has_no_controls(browser: Browser, delta: Site) -> None:
    with visit(browser, delta.base, f"{delta.base}/en/tracker/centre/", viewport=DESKTOP) as made:
        page = made.page
        page.emulate_media(media="print")
        expect(page.locator(".tracked__answer")).to_be_visible()
        expect(page.locator(".chart__plot:visible")).to_have_count(1)
        expect(page.locator(".evidence > li").last).to_be_visible()
        for gone in ("dateline-whatif", ".downloads", ".masthead__menu"):
            assert page.locator(gone).locator("visible=true").count() == 0, gone


@pytest.fixture
def elsewhere(delta: Site) -> Iterator[int]:
    """Another site whose page shows the tracker as oEmbed says."""
    data = json.loads(get(delta.port, "/en/tracker/centre/oembed.json")[2])

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<h1>Elsewhere</h1>{data['html']}".encode())

        def log_message(self, *_said: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_others_may_frame_the_card_and_not_the_page(browser: Browser, delta: Site, elsewhere: int) -> None:
    status, headers, _body = get(delta.port, "/en/tracker/centre/embed/")
    assert status == 200
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in get(delta.port, "/en/tracker/centre/")[1]["content-security-policy"]
    window = browser.new_context(viewport=DESKTOP)
    try:
        page = window.new_page()
        page.goto(f"http://127.0.0.1:{elsewhere}/")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="700 people for the flood centre")).to_be_visible()
        expect(frame.get_by_role("link").first).to_have_attribute("target", "_top")
        assert window.cookies() == []
    finally:
        window.close()


def test_it_weighs_little(delta: Site) -> None:
    body = get(delta.port, "/en/tracker/centre/")[2]
    assert len(gzip.compress(body)) < 14 * 1024
