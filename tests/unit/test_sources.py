"""What a story rests on, in words: counted with the right grammar, chained, and marked in the text."""

import pytest
from django.utils.translation import override

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.known import Notes, chain_in_words, cited_works, known_view, summary
from dateline.newsroom.stories.sources import Source

VOICES = {
    "en": Voice("en", "Europe/London"),
    "ar": Voice("ar", "Asia/Beirut", "arab"),
    "es": Voice("es", "America/Bogota"),
}
DOCUMENT, OFFICIAL, OWN = Source("document", name="A"), Source("official", name="B"), Source("own")
PERSON, UNNAMED, OUTLET = Source("person", name="C"), Source("unnamed"), Source("outlet", outlet="D")


@pytest.mark.parametrize(
    ("code", "sources", "said"),
    [
        ("en", [OWN], "Own reporting"),
        ("en", [DOCUMENT], "One document"),
        (
            "en",
            [UNNAMED, DOCUMENT, OWN, OFFICIAL, UNNAMED, DOCUMENT],
            "Two documents, one official statement and two unnamed people; own reporting",
        ),
        ("en", [OUTLET] * 11 + [PERSON], "One named person and 11 other outlets"),
        ("es", [DOCUMENT, UNNAMED, UNNAMED, OWN], "Un documento y dos personas sin identificar; información propia"),
        ("es", [OUTLET, OFFICIAL, OFFICIAL, OFFICIAL], "Tres declaraciones oficiales y otro medio"),
        ("ar", [DOCUMENT, DOCUMENT, UNNAMED], "مستندان وشخص واحد لم يُذكر اسمه"),
        ("ar", [DOCUMENT] * 3 + [OWN], "ثلاثة مستندات؛ وتغطية خاصة"),
        ("ar", [OFFICIAL] * 12, "١٢ بيانًا رسميًا"),
        ("ar", [OUTLET] * 100, "١٠٠ منبر إعلامي آخر"),
    ],
)
def test_sources_are_counted_by_kind(code: str, sources: list[Source], said: str) -> None:
    with override(code):
        assert summary(sources, VOICES[code]) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Herald, citing Radio, citing officials of the port"),
        ("es", "Herald, que cita a Radio, que cita a officials of the port"),
        ("ar", "Herald نقلًا عن Radio نقلًا عن officials of the port"),
    ],
)
def test_a_chain_is_told_from_the_nearest_on(code: str, said: str) -> None:
    unnamed = Source("unnamed", name="officials of the port")
    chain = Source("outlet", outlet="Herald", cites=(Source("outlet", outlet="Radio", cites=(unnamed,)),))
    with override(code):
        told = chain_in_words(chain)
    assert told.replace("\u2068", "").replace("\u2069", "") == said
    assert told.count("\u2068") == told.count("\u2069") >= 3
    assert chain_in_words(unnamed) == ""


def test_a_story_that_rests_on_others_alone_says_so() -> None:
    alone = known_view([OUTLET, OUTLET], VOICES["en"], Notes((), VOICES["en"]))
    assert alone is not None
    assert alone.note == "This story rests on reports of others alone."
    both = known_view([OUTLET, OWN], VOICES["en"], Notes((), VOICES["en"]))
    assert both is not None
    assert both.note == ""
    assert known_view([], VOICES["en"], Notes((), VOICES["en"])) is None


def marks(html: str, code: str = "en") -> tuple[str, Notes]:
    notes = Notes([Source("own", id="a"), Source("own", id="b")], VOICES[code])
    with override(code):
        return notes.mark(html), notes


def test_a_mark_follows_the_passage_and_leads_to_its_source() -> None:
    html, notes = marks('<p>Was <span data-source="b">this</span>, so.</p>')
    assert html == (
        '<p>Was this<sup class="note"><a href="#source-2" id="noted-1" role="doc-noteref" aria-label="Source 2">2</a>'
        "</sup>, so.</p>"
    )
    assert notes.anchors == {2: ["noted-1"]}


def test_marks_have_the_digits_of_the_edition() -> None:
    html, _ = marks('<span data-source="b">هذا</span>', "ar")
    assert 'aria-label="المصدر ٢">٢</a>' in html


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ('<span data-source="a b">x</span>', [1, 2]),
        ('<span data-source="b a a">x</span>', [1, 2]),
        ('<span data-source="gone">x</span>', []),
        ('<span data-source="gone b">x</span>', [2]),
        ('<span data-source="a">x</span><span data-source="b">y</span>', [1, 2]),
        ('<span data-source="a">x</span> and <span data-source="a">y</span>', [1, 1]),
        # One passage, parted by the link in it.
        ('<span data-source="a">x </span><a href="/">y</a><span data-source="a"> z</span>', [1]),
        ('<span data-source="a">x <span lang="fr">y</span></span>', [1]),
        ('<span lang="fr">x</span>', []),
        ("</span>x", []),
        ('<span data-source="a">never closed', []),
    ],
)
def test_which_marks_are_set(html: str, numbers: list[int]) -> None:
    drawn, notes = marks(f"<p>{html}</p>")
    assert [int(part[0]) for part in drawn.split('href="#source-')[1:]] == numbers
    assert sum(map(len, notes.anchors.values())) == len(numbers)
    assert "data-source" not in drawn
    assert drawn.count("lang=") == html.count("lang=")


def test_search_engines_are_told_what_is_cited() -> None:
    told = cited_works(
        [
            Source("outlet", outlet="Herald", url="https://herald.example/a", archived="https://archive.example/a"),
            Source("person", name="Ana", quote="So it is."),
            Source("person", name="Ben"),
            Source("unnamed", name="somebody"),
            Source("data", name="Tides", outlet="Port"),
        ]
    )
    assert [work["@type"] for work in told["citation"]] == ["NewsArticle", "Quotation", "Dataset"]
    assert told["citation"][1]["creator"] == {"@type": "Person", "name": "Ana"}
    assert told["citation"][2]["publisher"] == {"@type": "Organization", "name": "Port"}
    assert told["isBasedOn"] == ["https://herald.example/a"]
    assert cited_works([Source("own")]) == {}
