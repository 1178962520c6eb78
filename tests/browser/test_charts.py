"""Charts as readers see them: by day, by night, on a phone, on paper, in both directions; and as an editor makes one."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.template.loader import get_template
from django.utils.translation import override
from playwright.sync_api import Browser, Locator, Page, expect

from dateline.demo.build import TEXTS
from dateline.theme.bundle import css_bundle
from dateline.theme.samples.charts import charts
from dateline.theme.templatetags.theme import body_template
from tests.browser.demo_pages import EDITIONS, DemoPage
from tests.browser.publishing import publish as publish_story
from tests.browser.reader import DESKTOP, PHONE, Visit, visit
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.running import get

#: Pixels of the smallest letter that one reads on a phone.
LEGIBLE = 11

#: Every word of a drawing, its box and the size of its letters as they are shown.
WORDS = """svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll('text')].map(text => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    return { words: text.textContent, left, right, top, bottom, size };
  });
}"""

#: The colours of a drawing's words and marks, and of the page behind them, as numbers.
COLOURS = """svg => {
  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const numbers = colour => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const shown = (element, name) => numbers(getComputedStyle(element)[name]);
  return {
    ground: shown(svg, 'backgroundColor'),
    words: [...svg.querySelectorAll('text')].map(text => shown(text, 'fill')),
    marks: [...svg.querySelectorAll('[class^=c], [class^=k]')].map(
      mark => shown(mark, mark.matches('.line, .k2, .k3, .k4, .k5') ? 'stroke' : 'fill')),
  };
}"""


def story_of(edition: str) -> DemoPage:
    """The demo's story with a chart."""
    for line in (TEXTS / f"{edition}.jsonl").read_text("utf-8").splitlines():
        story = json.loads(line)
        if story["key"] == "compact-in-numbers":
            return DemoPage(edition, "chart", slug=story["slug"])
    raise LookupError(edition)


def contrast(one: list[int], other: list[int]) -> float:
    def light(colour: list[int]) -> float:
        parts = [part / 255 for part in colour[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def shown(page: Page | Locator) -> Locator:
    """The drawings that are to be seen."""
    return page.locator(".chart__plot:visible")


def overlaps(words: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of words upon each other. A line of text keeps some room above and below its letters."""
    return [
        (one["words"], other["words"])
        for one, other in combinations(words, 2)
        if one["left"] < other["right"] - 1
        and other["left"] < one["right"] - 1
        and one["top"] < other["bottom"] - 0.35 * (other["bottom"] - other["top"])
        and other["top"] < one["bottom"] - 0.35 * (one["bottom"] - one["top"])
    ]


# --- in the demo's stories --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=EDITIONS)
def on_a_phone(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    url = site.address(story_of(request.param))
    with visit(browser, site.base, url, viewport=PHONE, color_scheme="light") as made:
        yield made


def test_a_phone_shows_the_narrow_drawing_in_legible_letters(on_a_phone: Visit) -> None:
    expect(shown(on_a_phone.page)).to_have_count(1)
    words = shown(on_a_phone.page).evaluate(WORDS)
    assert len(words) > 8
    assert [word["words"] for word in words if word["size"] < LEGIBLE] == []
    assert on_a_phone.sticking_out() == []
    assert on_a_phone.faults == []


def test_axe_finds_nothing(on_a_phone: Visit) -> None:
    on_a_phone.page.locator(".chart summary").click()
    assert on_a_phone.violations() == []
    expect(on_a_phone.page.locator(".chart table")).to_be_visible()
    assert on_a_phone.sticking_out() == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_desk_shows_the_wide_drawing(edition: str, browser: Browser, site: Site) -> None:
    url = site.address(story_of(edition))
    with visit(browser, site.base, url, viewport=DESKTOP, color_scheme="dark") as made:
        expect(shown(made.page)).to_have_class("chart__plot chart__plot--wide")
        assert made.violations() == []
        assert made.sticking_out() == []
        assert made.shifts() == []
        words = shown(made.page).evaluate(WORDS)
        years = [word for word in words if re.fullmatch(r"\d{4}", word["words"])]
        scale = [word for word in words if re.fullmatch(r"\d\d", word["words"])]
        if edition == "ar":
            assert years[0]["left"] > years[-1]["right"]
            assert min(word["left"] for word in scale) > max(word["right"] for word in words if word not in scale) - 40
        else:
            assert years[0]["right"] < years[-1]["left"]
            assert max(word["right"] for word in scale) < min(word["left"] for word in words if word not in scale) + 40


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_markup_holds_no_script_and_nothing_from_elsewhere(edition: str, site: Site) -> None:
    body = get(site.port, urlsplit(site.address(story_of(edition))).path)[2].decode()
    (figure,) = re.findall(r'<figure class="chart">.*?</figure>', body, re.DOTALL)
    assert figure.count("<svg") == 2
    assert not re.search(r"<script|<style|style=|href|url\(|\son\w+=", figure)
    assert len(figure.encode()) < 14_000


# --- every kind, in both directions -----------------------------------------------------------------------------------


def sheet(code: str) -> str:
    """All samples of charts on a page."""
    with override(code):
        parts = "".join(get_template(body_template(chart)).render({"part": chart}) for chart in charts(code))
    direction = "rtl" if code == "ar" else "ltr"
    style = css_bundle().body.decode()
    digits = ' class="digits-arab"' if code == "ar" else ""
    return (
        f'<!doctype html><html lang="{code}" dir="{direction}"{digits}><title>Charts</title><style>{style}</style>'
        f'<body><main class="page"><h1>Charts</h1><div class="prose">{parts}</div></main></body></html>'
    )


@pytest.fixture(scope="module", params=["en", "ar"])
def every_kind(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    window = browser.new_context(viewport=PHONE, color_scheme="light")
    page = window.new_page()
    page.set_content(sheet(request.param))
    yield page
    window.close()


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 740}, PHONE, DESKTOP], ids=["320", "360", "1280"])
def test_words_are_legible_apart_and_within_their_drawing(every_kind: Page, viewport: dict[str, int]) -> None:
    every_kind.set_viewport_size(viewport)  # type: ignore[arg-type]
    assert shown(every_kind).count() == 9
    for drawing in shown(every_kind).all():
        words = drawing.evaluate(WORDS)
        box = drawing.bounding_box()
        assert box
        assert [word["words"] for word in words if word["size"] < LEGIBLE] == []
        assert overlaps(words) == []
        edge = box["x"] + box["width"]
        assert [word["words"] for word in words if word["left"] < box["x"] - 2 or word["right"] > edge + 2] == []


def test_charts_read_from_the_side_where_words_begin(every_kind: Page) -> None:
    every_kind.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    turned = every_kind.locator("html").get_attribute("dir") == "rtl"
    line, _area, bars, *_others = shown(every_kind).all()
    words = {word["words"]: word for word in line.evaluate(WORDS)}
    first, last, low = ("٢٠١٦", "٢٠٢٦", "٣٠") if turned else ("2016", "2026", "30")
    in_order = sorted((words[low]["left"], words[first]["left"], words[last]["left"]), reverse=turned)
    assert in_order == [words[low]["left"], words[first]["left"], words[last]["left"]]
    base = bars.locator(".base").bounding_box()
    names = bars.evaluate(WORDS)[0]
    assert base
    assert (names["left"] > base["x"]) is turned


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_stand_out(every_kind: Page, scheme: str) -> None:
    every_kind.set_viewport_size(PHONE)  # type: ignore[arg-type]
    dark = "dark" if scheme in ("dark", "print") else "light"
    every_kind.emulate_media(media="print" if scheme == "print" else "screen", color_scheme=dark)  # type: ignore[arg-type]
    try:
        for drawing in shown(every_kind).all():
            found = drawing.evaluate(COLOURS)
            assert found["words"]
            assert min(contrast(colour, found["ground"]) for colour in found["words"]) >= 7
            assert min(contrast(colour, found["ground"]) for colour in found["marks"]) >= 3
            if scheme == "print":
                assert found["ground"][:3] == [255, 255, 255]
    finally:
        every_kind.emulate_media(media="screen", color_scheme="light")


# --- at the desk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(browser: Browser, site: Site) -> Iterator[Page]:
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{site.base}/desk/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.base}/desk/")
    yield page
    window.close()


def test_an_editor_pastes_figures_and_publishes_them(
    editor: Page, browser: Browser, site: Site, tmp_path: Path
) -> None:
    headline = "Boats counted at last"
    editor.goto(f"{site.base}/desk/pages/")
    for place in ("Dateline", "News"):
        editor.get_by_role("link", name=re.compile(rf"Explore child pages of '{place}'")).click()
    editor.get_by_role("row").filter(has_text="Politics").get_by_role("link", name="Write a story here").click()
    editor.get_by_role("textbox", name=re.compile("^Headline")).first.fill(headline)
    editor.get_by_role("textbox", name="Standfirst").fill("All of them.")
    editor.locator("#body-root").get_by_role("button", name="Insert a block").click()
    editor.get_by_role("option", name="Chart").click()
    chart = editor.locator("dateline-chart-data")
    data, said = chart.locator("textarea"), chart.locator("output")
    editor.locator("[name='body-0-value-headline']").fill("Boats on the river")

    long = tmp_path / "long.csv"
    long.write_text("a,b\n" + "x,1\n" * 300_000)
    chart.get_by_label("Upload a file").set_input_files(long)
    expect(said).to_contain_text("too long")
    expect(data).to_have_value("")
    wide = tmp_path / "boats.csv"
    wide.write_text("Jahr;Boote\r\n2024;1,5\r\n2025;=1+1\r\n2026;4\r\n", "utf-16")
    chart.get_by_label("Upload a file").set_input_files(wide)
    expect(said).to_contain_text("boats.csv")
    expect(data).to_have_value(re.compile("^Jahr;Boote\n2024;1,5"))

    def publish() -> None:
        actions = editor.get_by_role("navigation", name="Actions (footer)")
        actions.get_by_role("button", name="More actions").click()
        actions.get_by_role("button", name="Publish", exact=True).click()

    publish()
    expect(editor.get_by_text("Row 3, column “Boote”: “=1+1” is a formula.")).to_be_visible()
    editor.locator("dateline-chart-data textarea").fill("Year\tBoats\n2024\t1.5\n2025\t2\n2026\t4")
    publish_story(editor, headline)
    with visit(browser, site.base, f"{site.base}/en/", viewport=DESKTOP) as made:
        made.page.get_by_role("link", name=headline).first.click()
        drawing = made.page.get_by_role(
            "img", name=re.compile("Boats on the river Line chart. Boats: from 1.5 in 2024")
        )
        expect(drawing).to_be_visible()
        assert made.violations() == []
