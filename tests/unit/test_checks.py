"""What is asked before a story goes out: each check by itself, in three languages."""

from typing import Any

import pytest

from dateline.newsroom.stories.checking.findings import CHECKS, Finding, Read, Shown, findings
from dateline.newsroom.stories.checking.numbers import missing
from dateline.newsroom.stories.sources import Source

SAID = (Source("official", name="The port"),)


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": html}


def found(**values: Any) -> list[str]:
    return [one.code for one in findings(Read(**{"sources": SAID, **values}))]


def only(**values: Any) -> Finding:
    (one,) = findings(Read(**{"sources": SAID, **values}))
    return one


def test_a_sound_story_is_not_asked_about() -> None:
    assert found(headline="Nine boats", body=[text("<p>Nine boats came.</p>")]) == []


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"sources": ()}, ["sources"]),
        ({"sources": (), "form": "opinion"}, []),
        ({"sources": (), "form": "gallery"}, []),
        ({"sources": (), "source": "Herald"}, ["one-outlet"]),
        ({"sources": (), "source": "Herald; Radio"}, []),
        ({"sources": (Source("unnamed"), Source("unnamed"))}, ["unnamed"]),
        ({"sources": (Source("unnamed"), Source("own"))}, []),
        ({"sources": (Source("outlet", outlet="Herald"), Source("outlet", name="Herald"))}, ["one-outlet"]),
        ({"sources": (Source("outlet", outlet="Herald"), Source("outlet", outlet="Radio"))}, []),
        ({"sources": (Source("outlet", outlet="Herald"), Source("own"))}, []),
    ],
)
def test_sources(values: dict[str, Any], codes: list[str]) -> None:
    assert found(**values) == codes


def test_a_quote_says_who_said_it() -> None:
    quote = {"type": "quote", "value": {"text": "<p>So <b>it</b> is.</p>", "attribution": " "}}
    assert only(body=[quote]).passage == "So it is."
    quote["value"] = {"text": "<p>So it is.</p>", "attribution": "Ana"}
    assert found(body=[quote]) == []


@pytest.mark.parametrize(
    ("shown", "codes"),
    [
        (Shown("Quay", "A quay", "Ana"), []),
        (Shown("Quay", "A quay", ""), ["credit"]),
        (Shown("Quay", " ", "Ana"), ["alt"]),
        (Shown("Quay", "", ""), ["credit", "alt"]),
    ],
)
def test_pictures_say_whose_they_are_and_what_they_show(shown: Shown, codes: list[str]) -> None:
    gallery = {"type": "gallery", "value": {"pictures": [{"type": "item", "value": {"picture": 1}}, {"picture": 1}]}}
    picture = {"type": "picture", "value": {"picture": 1}}
    assert found(lead=1, pictures={1: shown}) == codes
    assert found(body=[picture, gallery], pictures={1: shown}) == codes
    assert found(body=[picture], pictures={}) == []


@pytest.mark.parametrize(
    ("language", "headline", "words", "lacks"),
    [
        ("en", "Nine boats come in", "The 9 boats.", []),
        ("en", "9 boats come in", "Nine boats.", []),
        ("en", "Nine boats come in", "Ten boats.", ["nine"]),
        ("en", "One of us", "Nobody.", []),
        ("en", "Two boats", "A pair.", []),
        ("en", "2 boats", "A pair.", ["2"]),
        ("en", "3.5m people", "3,482,117 people.", []),
        ("en", "3.5m people", "3.6 million people.", ["3.5m"]),
        ("en", "Twenty-five thousand sheep", "25,000 sheep", []),
        ("en", "1,200 posts", "1200 posts", []),
        ("en", "What 2027 brings", "In 2026.", ["2027"]),
        ("en", "What 2027 brings", "In 2026 and 2027.", []),
        ("en", "700 people", "In 2026 700 people came.", []),
        ("en", "A hundred and five years", "105 years", []),
        ("en", "Millions watch, hundreds leave", "Many.", []),
        ("en", "A million watch", "1,000,000", []),
        ("en", "A million watch", "Many.", ["million"]),
        ("en", "Two hundred thousand and a dozen", "200,012 or 200000 and 12", []),
        ("ar", "آلاف يشاهدون", "كثيرون", []),
        ("ar", "ألف شخص", "١٠٠٠", []),
        ("es", "Mil casas y millones de euros", "1000 casas", []),
        ("en", "Six to eight weeks", "six or 8 weeks", []),
        ("en", "21st century", "the 21st", []),
        ("en", "5bn litres", "5,000 million litres", []),
        ("en", "Seven million two hundred thousand", "7.2 million", []),
        ("es", "Siete barcos", "Llegaron 7 barcos.", []),
        ("es", "Siete barcos", "Llegaron seis barcos.", ["siete"]),
        ("es", "3,5 millones", "3.482.117 personas", []),
        ("es", "Treinta y cinco mil ovejas", "35.000 ovejas", []),
        ("es", "Dieciséis años", "16 años", []),
        ("es", "5 mil millones", "5000 millones", []),
        ("es", "Quinientas casas", "500 casas", []),
        ("ar", "سبع دول", "الدول ٧", []),
        ("ar", "سبعة آلاف شخص", "٧٬٠٠٠ شخص", []),
        ("ar", "خمسة وعشرون ألف شخص", "25000", []),
        ("ar", "٣٫٥ مليون", "٣٬٤٨٢٬١١٧ شخصاً", []),
        ("ar", "ثلاثمئة وخمسون وظيفة", "٣٥٠ وظيفة", []),
        ("ar", "دولتان من ٢", "دولتان", []),
        ("ar", "تسع دول", "عشر دول", ["تسع"]),
        ("fr", "Neuf bateaux, 9 bateaux", "8", ["9"]),
        ("fa", "۱۲ نفر", "12", []),
    ],
)
def test_numbers_of_the_headline_are_in_the_text(language: str, headline: str, words: str, lacks: list[str]) -> None:
    assert [one.text for one in missing(headline, words, language)] == lacks


def test_a_number_may_stand_anywhere_in_the_text() -> None:
    table = {"type": "table", "value": {"data": [["Boats", "9"]]}}
    assert found(headline="Nine boats", body=[table]) == []
    assert found(headline="Nine boats", standfirst="9 came", body=[]) == []
    assert only(headline="Nine boats", body=[text("<p>Some.</p>")]).code == "number"
    assert found(headline="Nine boats", form="video", sources=()) == []  # told by the film


OWN = "https://news.example"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<a linktype="page" id="3">here</a>', []),
        ('<a linktype="page" id="4">there</a>', ["there"]),
        ('<a href="/en/known/">x</a>', []),
        ('<a href="/en/unknown/?a=1#b">x</a>', ["x"]),
        (f'<a href="{OWN}/en/known/#a">x</a>', []),
        (f'<a href="{OWN}/en/unknown/">x</a>', ["x"]),
        ('<a href="https://gone.example/">x</a>', ["x"]),
        ('<a href="https://there.example/">x</a>', []),
        ('<a href="mailto:a@b.example">x</a>', []),
    ],
)
def test_links_lead_somewhere(html: str, words: list[str]) -> None:
    story = Read(
        sources=SAID,
        body=[text(f"<p>{html}</p>")],
        pages=frozenset({3}),
        paths=frozenset({"/en/known/"}),
        dead=frozenset({"https://gone.example/"}),
        own=OWN,
    )
    assert [one.passage for one in findings(story)] == words


def test_links_of_sources_are_looked_at_too() -> None:
    source = Source("document", name="Annex", url="https://gone.example/")
    assert only(sources=(source,), dead=frozenset({source.url})).where == "sources"


def test_an_answer_is_for_what_it_was_about() -> None:
    nine, ten = (only(headline=f"{word} boats", body=[text("<p>Some.</p>")]) for word in ("Nine", "Ten"))
    assert nine.digest != ten.digest
    assert nine.digest == only(headline="Nine boats", body=[text("<p>Others.</p>")]).digest


def test_options_say_which_are_asked() -> None:
    story = Read(headline="Nine boats", body=[text("<p>Some.</p>")])
    assert [one.code for one in findings(story)] == ["sources", "number"]
    assert [one.code for one in findings(story, ["number", "unknown"])] == ["number"]
    assert [one.code for one in findings(story, [])] == []
    assert set(CHECKS) == {"sources", "unnamed", "one-outlet", "speaker", "pictures", "number", "link"}
