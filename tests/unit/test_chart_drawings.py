"""What charts look like as markup: the process that draws really runs here."""

import importlib.machinery
import importlib.util
import json
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.utils.translation import override
from lxml import etree

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.charts.cells import read_cells
from dateline.newsroom.stories.charts.drawings import Asked, draw_all
from dateline.newsroom.stories.charts.figures import read_figures
from dateline.newsroom.stories.charts.measure import spread, width, wrapped
from dateline.newsroom.stories.charts.scales import round_values
from dateline.newsroom.stories.charts.tidy import TidyError, tidy
from dateline.newsroom.stories.charts.wording import Wording

ENGLISH = Voice("en", "Europe/London")
ARABIC = Voice("ar", "Asia/Beirut", "arab")
SPANISH = Voice("es", "America/Bogota")

YEARS = "Year,Maren,Delta & <sea>\n2022,1.5,-2\n2023,,3\n2024,4,5\n2025,2,"
NAMES = 'Town,Maren,Delta & <sea>\n"</svg><script>alert(1)</script>",1.5,-2\nB,,3\nC,4,'
ALLOWED = {"svg", "path", "text"}
NUMBERS = re.compile(r"-?[\d.]+")


def asked(kind: str, data: str, voice: Voice = ENGLISH) -> Asked:
    return Asked(kind, read_figures(read_cells(data), kind), voice)


def whole(inside: str) -> Any:
    return etree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')


def words(inside: str) -> list[str]:
    return ["".join(element.itertext()) for element in whole(inside).iter("{*}text")]


def every() -> Iterator[Asked]:
    for voice in (ENGLISH, ARABIC, SPANISH):
        for kind in ("line", "bar", "stacked", "dot"):
            yield asked(kind, YEARS, voice)
            yield asked(kind, NAMES, voice)
        yield asked("area", "Year,a,b\n2022,1,2\n2023,3,4", voice)
        yield asked("area", "Year,a\n2022,1\n2023,\n2024,5\n2025,6", voice)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Asked, str, str]]:
    these = list(every())
    return [(one, row.narrow, row.wide) for one, row in zip(these, draw_all(these), strict=True)]


def test_every_drawing_is_well_formed_and_holds_shapes_and_words_alone(drawn: list[tuple[Asked, str, str]]) -> None:
    for _one, *insides in drawn:
        for inside in insides:
            assert inside
            for element in whole(inside).iter():
                assert etree.QName(element).localname in ALLOWED
                assert set(element.attrib) <= {"class", "d", "x", "y", "text-anchor"}
            assert not re.search(r"<script|href|url\(|style|\bid=|#|on\w+=", inside)


def test_names_are_said_as_they_are_written(drawn: list[tuple[Asked, str, str]]) -> None:
    for one, _narrow, wide in drawn:
        if one.kind != "area":
            assert "Delta & <sea>" in " ".join(words(wide))


def test_a_drawing_is_the_same_each_time(drawn: list[tuple[Asked, str, str]]) -> None:
    again = draw_all([one for one, *_insides in drawn])
    assert [(row.narrow, row.wide) for row in again] == [(narrow, wide) for _one, narrow, wide in drawn]


def test_the_digest_tells_what_is_drawn_and_nothing_else() -> None:
    one = asked("line", YEARS)
    assert one.digest == asked("line", YEARS.replace(",", ";").replace("\n", "\r\n")).digest
    others = [
        asked("bar", YEARS),
        asked("line", YEARS, ARABIC),
        asked("line", YEARS, Voice("en", "America/New_York")),
        asked("line", YEARS.replace("1.5", "1.6")),
        asked("line", YEARS.replace("Maren", "Dessa")),
        asked("line", YEARS.replace("2022", "2021")),
        asked("line", re.sub(r"(?m)^(\d+)", r"\1-01-01", YEARS)),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 8


def test_a_chart_of_forty_points_is_small() -> None:
    numbers = random.Random(7)
    rows = "\n".join(f"{1987 + at},{numbers.uniform(20, 60):.1f},{numbers.uniform(10, 40):.1f}" for at in range(40))
    (row,) = draw_all([asked("line", f"Year,Maren,Delta\n{rows}")])
    assert len(brotli.compress((row.narrow + row.wide).encode())) <= 2_500


def test_nothing_is_drawn_outside_of_the_view_box() -> None:
    these = list(every())
    for one, row in zip(these, draw_all(these), strict=True):
        for inside, wide, tall in ((row.narrow, 340, row.narrow_height), (row.wide, 640, row.wide_height)):
            for element in whole(inside).iter("{*}text"):
                x, y = float(element.get("x")), float(element.get("y"))
                room = width(element.text or "", 13)
                anchor = element.get("text-anchor", "start")
                before = {"start": 0.0, "middle": room / 2, "end": room}[anchor]
                if one.mirrored:
                    x = wide - x
                assert x - before >= -room * 0.05, (one.kind, element.text)
                assert x - before + room <= wide + room * 0.05, (one.kind, element.text)
                assert 0 <= y <= tall, (one.kind, element.text)


# --- right to left ----------------------------------------------------------------------------------------------------


def places(inside: str, name: str) -> list[float]:
    """The x of every point of the shapes of a class."""
    found = []
    for element in whole(inside).iter("{*}path"):
        if name in element.get("class", "").split():
            for move in re.findall(r"[ML]([\d.-]+)", element.get("d")):
                found.append(float(move))
    return found


def test_time_runs_the_other_way_where_words_do() -> None:
    english, arabic = draw_all([asked("line", YEARS), asked("line", YEARS, ARABIC)])
    words_at = [
        {element.text: float(element.get("x")) for element in whole(row.wide).iter("{*}text")}
        for row in (english, arabic)
    ]
    assert words_at[0]["0"] < words_at[0]["2022"] < words_at[0]["2025"] < words_at[0]["Maren"]
    assert words_at[1]["٠"] > words_at[1]["٢٠٢٢"] > words_at[1]["٢٠٢٥"] > words_at[1]["Maren"]
    assert not re.search(r"[0-9]", "".join(words(arabic.wide)))


def test_bars_grow_from_the_side_where_reading_begins() -> None:
    data = "Town,Boats\nA,10\nB,20"
    english, arabic = draw_all([asked("bar", data), asked("bar", data, ARABIC)])
    base = places(english.wide, "base")[0]
    assert min(places(english.wide, "c1")) >= base - 1
    base = places(arabic.wide, "base")[0]
    assert max(places(arabic.wide, "c1")) <= base + 1
    assert base > 500


# --- words ------------------------------------------------------------------------------------------------------------


def test_the_description_says_what_the_figures_come_to() -> None:
    with override("en"):
        told = Wording(ENGLISH).description("line", asked("line", YEARS).figures)
        assert (
            told == "Line chart. Maren: from 1.5 in 2022 to 2.0 in 2025. Delta & <sea>: from −2 in 2022 to 5 in 2024."
        )
        told = Wording(ENGLISH).description("bar", asked("bar", "Town,Boats\nA,5\nB,9\nC,").figures)
        assert told == "Bar chart. Boats: highest B, 9; lowest A, 5."


@pytest.mark.parametrize(
    ("voice", "cell", "shown"),
    [
        (ENGLISH, "1234.5", "1,234.5"),
        (SPANISH, "12345.5", "12.345,5"),
        (ARABIC, "1234.5", "١٬٢٣٤٫٥"),
        (ENGLISH, "45%", "45%"),
        (ENGLISH, "-3", "−3"),
        (ENGLISH, "€5.50", "€5.50"),
    ],
)
def test_numbers_are_written_as_the_edition_writes_them(voice: Voice, cell: str, shown: str) -> None:
    figures = read_figures(read_cells(f"a\tb\nx\t{cell}"), "bar")
    assert Wording(voice).table(figures)[0][1] == shown


def test_dates_are_written_as_the_edition_writes_them() -> None:
    figures = read_figures(read_cells("a,b\n2026-11,1\n2026-12,2"), "bar")
    assert Wording(ENGLISH).label(figures, 0) == "Nov 2026"
    assert Wording(ARABIC).label(figures, 0) == "تشرين الثاني ٢٠٢٦"


# --- what Vega wrote --------------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>text{display:none}</style>",
        '<image xlink:href="http://x/y.png"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<a xlink:href="http://x/"><text fill="#000013">x</text></a>',
        '<path d="M0 0" fill="url(#x)"/>',
        '<path d="M0 0" fill="red"/>',
        '<path d="M0 0&quot;/&gt;" fill="#000016"/>',
        '<g transform="rotate(45)"><path d="M0 0" fill="#000016"/></g>',
        '<text fill="#000013"><tspan>x</tspan></text>',
        "<path",
    ],
)
def test_what_a_page_should_not_hold_is_an_error(inside: str) -> None:
    with pytest.raises(TidyError):
        tidy(SVG.format(inside), mirrored=False)


def test_attributes_are_not_carried_over() -> None:
    given = 'fill="#000013" id="x" onclick="y()" class="z" text-anchor="end" transform="translate(1,2.25)"'
    found = tidy(SVG.format(f"<text {given}>a&lt;b</text>"), mirrored=False)
    assert found == '<text class="tick" x="1" y="2.2" text-anchor="end">a&lt;b</text>'


# --- parts ------------------------------------------------------------------------------------------------------------


def test_labels_keep_apart_and_within_their_bounds() -> None:
    numbers = random.Random(3)
    for _ in range(200):
        wanted = [numbers.uniform(-20, 220) for _ in range(numbers.randint(1, 8))]
        sizes = [numbers.choice([15, 30]) for _ in wanted]
        found = spread(wanted, sizes, 0, 260)
        order = sorted(range(len(wanted)), key=lambda at: found[at])
        for one, other in pairwise(order):
            assert found[other] - found[one] >= (sizes[one] + sizes[other]) / 2 - 0.001
        assert min(found[at] - sizes[at] / 2 for at in order) >= -0.001
        assert max(found[at] + sizes[at] / 2 for at in order) <= 260.001


def test_long_names_are_wrapped_and_then_cut() -> None:
    assert wrapped("one two three four", 10, 60, 2) == ("one two", "three four")
    assert wrapped("unbreakablenonsense" * 9, 10, 60, 2)[-1].endswith("…")


def test_scales_hold_their_numbers_in_few_round_steps() -> None:
    from decimal import Decimal

    numbers = random.Random(5)
    for _ in range(500):
        low, high = sorted(Decimal(numbers.uniform(-1, 1)) * Decimal(10) ** numbers.randint(-4, 9) for _ in range(2))
        values = round_values(low, high, 5)
        assert 2 <= len(values) <= 5
        assert values[0] <= low <= high <= values[-1]
    assert round_values(Decimal(5), Decimal(5), 5)[0] == 0
    assert round_values(Decimal(0), Decimal(0), 5)[-1] == 1


def test_the_pattern_page_shows_charts_as_they_are_drawn_now() -> None:
    """After a change of the looks, run tools/draw-sample-charts."""
    path = Path(__file__).parents[2] / "tools/draw-sample-charts"
    loader = importlib.machinery.SourceFileLoader("draw_sample_charts", str(path))
    spec = importlib.util.spec_from_loader("draw_sample_charts", loader)
    assert spec
    tool = importlib.util.module_from_spec(spec)
    loader.exec_module(tool)
    for language, samples in json.loads(tool.SAMPLES.read_text("utf-8")).items():
        for sample in samples:
            again = tool.drawn(language, tool.asked(sample))
            assert again["chart"]["wide"] == sample["chart"]["wide"]
            assert again["chart"]["narrow"] == sample["chart"]["narrow"]
