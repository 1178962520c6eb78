"""What is written is ninjs 3.1 by the standard's own schema, and nothing is lost on the way in and out.

The schemas and samples are IPTC's, the stories are the corpus; both are read where they are.
"""

import json
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from dateline.newsroom.stories.sources import Source
from dateline.wire.bodies import blocks_from_html, blocks_to_html
from dateline.wire.fields import moment
from dateline.wire.items import (
    Credit,
    EmbedRef,
    FigureRef,
    Heading,
    Item,
    Media,
    Related,
    TableBlock,
    Term,
    Text,
)
from dateline.wire.lines import read_lines
from dateline.wire.ninjs import ItemError, read_item, write_item
from tests.conftest import SHARED
from tests.unit.test_ninjs import FULL, ITEMS

SCHEMAS = SHARED / "conformance" / "ninjs"
STORIES = sorted((SHARED / "corpus" / "stories").glob("*.jsonl"))
SAMPLES = sorted((SCHEMAS / "examples").glob("*.json"))
CHECKER = FormatChecker(())


@CHECKER.checks("date-time", ValueError)
def is_moment(value: object) -> bool:
    return not isinstance(value, str) or moment(value) is not None


@cache
def validator(version: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"ninjs-schema_{version}.json").read_text())
    geojson = Resource.from_contents(json.loads((SHARED / "conformance" / "geojson" / "GeoJSON.json").read_text()))
    registry: Registry[Any] = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    return Draft202012Validator(schema, registry=registry, format_checker=CHECKER)


def assert_valid(data: dict[str, Any]) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator("3.1").iter_errors(data)]
    assert not errors


def test_the_validator_can_fail() -> None:
    good = {"uri": "urn:x:1", "places": [{"geoJSON": {"type": "Point", "coordinates": [1, 2]}}]}
    assert validator("3.1").is_valid(good)
    for bad in (
        {},
        {"uri": "urn:x:1", "extra": 1},
        {"uri": "urn:x:1", "versionCreated": "yesterday"},
        {"uri": "urn:x:1", "places": [{"geoJSON": {"type": "Point"}}]},
        {"uri": "urn:x:1", "associations": [{"uri": "urn:x:2"}]},
    ):
        assert not validator("3.1").is_valid(bad), bad


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_story_of_the_corpus_goes_in_and_out(path: Path) -> None:
    count = 0
    for line in read_lines(path):
        assert line.error is None
        item = read_item(line.data)
        written = write_item(item)
        assert_valid(written)
        assert read_item(json.loads(json.dumps(written))) == item
        given = line.data
        assert given is not None
        for name in set(given) - {"bodies", "associations", "headlines", "subjects", "standard"}:
            if name == "infoSources" or isinstance(given[name], str):
                assert written[name] == given[name], (name, line.number)
        count += 1
    assert count > 500


def test_a_story_is_read_in_two_milliseconds() -> None:
    lines = [line.data for line in read_lines(STORIES[0])]
    started = time.process_time()
    for data in lines:
        read_item(data)
    assert (time.process_time() - started) / len(lines) < 0.002


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_of_the_standard_go_in_and_out(path: Path) -> None:
    data = json.loads(path.read_text())
    item = read_item(data)
    assert item.headline
    written = write_item(item)
    if validator("3.1").is_valid(data):
        assert_valid(written)
    assert read_item(written) == item
    for name in ("slugline", "places", "organisations", "edNote", "profile", "located", "copyrightHolder"):
        assert written.get(name) == (data.get(name) or None), name


def test_an_item_with_everything() -> None:
    assert_valid(write_item(read_item(FULL)))


@settings(max_examples=300, deadline=None)
@given(ITEMS)
def test_whatever_can_be_read_is_written_valid(data: dict[str, Any]) -> None:
    try:
        item = read_item(data)
    except ItemError:
        return
    assert_valid(write_item(item))


def test_an_item_made_by_hand() -> None:
    item = Item(
        uri="urn:dateline:1",
        language="ar",
        headline="عنوان",
        version_created=moment("2026-01-31T10:00:00+02:00"),
        body=(
            Text("<p>كلمات</p>"),
            Heading("عنوان", 3),
            FigureRef("map"),
            TableBlock("", ("a",), (("1",),)),
            EmbedRef("https://www.youtube.com/embed/1", "YouTube", "t"),
        ),
        form="explainer",
        section="news/politics",
        topics=(Term("مناخ", "المناخ"),),
        authors=(Credit("Ana", "/author/ana"), Credit("Bo", None, "translator")),
        source="A; B",
        sources=(Source("document", "C"),),
        lead=Media("urn:dateline:picture:1", "lead", href="media/a.jpg", width=3, height=2),
        figures=(Media("urn:dateline:picture:2", "map", "graphic", "media/b.png"),),
        related=(Related("urn:dateline:2"),),
        redirects=("/old",),
        urgency=3,
    )
    written = write_item(item)
    assert_valid(written)
    assert read_item(written) == item
    assert list(written)[:2] == ["standard", "uri"]


def test_a_canceled_item_is_valid_with_its_uri_alone() -> None:
    written = write_item(Item("urn:x:1", status="canceled"))
    assert_valid(written)
    assert read_item(written).status == "canceled"


A, B = "5b1c8f6a-0000-4000-8000-00000000000a", "5b1c8f6a-0000-4000-8000-00000000000b"
CHAIN = Source("unnamed", name="officials", role="of the port", cites=(Source("own"),))


@pytest.mark.parametrize(
    "sources",
    [
        (Source("own"), Source("unnamed"), Source("document", "C")),
        (
            Source("outlet", id=A, outlet="H", cites=(Source("outlet", outlet="R", cites=(CHAIN,)),)),
            Source("data", "D"),
        ),
        (
            Source(
                "person",
                "Ana “A.” <b>",
                "mayor",
                "H",
                "https://h.example/a?b=1&c=2",
                "https://archive.example/a",
                date(2026, 11, 1),
                "So it <is>.",
                B,
            ),
        ),
        (
            Source("outlet", id=A, outlet="H", cites=(CHAIN, Source("document", "E"))),
            Source("outlet", id=B, outlet="I"),
        ),
    ],
)
def test_sources_come_back_with_what_they_cite(sources: tuple[Source, ...]) -> None:
    item = Item("urn:x:1", language="en", headline="H", body=(Text("<p>x</p>"),), sources=sources)
    written = write_item(item)
    assert_valid(written)
    again = read_item(json.loads(json.dumps(written)))
    assert again == item
    assert not again.kept  # the indicators are made again


def test_what_ninjs_says_of_sources_beyond_ours_is_given_back() -> None:
    info = [
        {"name": "Desk", "role": "contributor", "uri": "urn:x:9", "contactInfo": [{"type": "phone", "value": "1"}]},
        {"name": "Annex", "role": "document", "literal": "x-1", "uri": "https://annex.example/"},
        {"role": "own", "contactInfo": [{"type": "dateline", "role": "on", "value": "yesterday"}]},
        {"name": "Lost", "contactInfo": [{"type": "dateline", "role": "cited by", "value": "nobody"}]},
    ]
    indicators = [
        {"role": "http://cv.iptc.org/newscodes/trustindicator/x", "title": "T", "href": "https://x.example/"},
        {"role": "https://schema.org/citation", "title": "Annex", "href": "https://annex.example/"},
    ]
    data = {"uri": "urn:x:1", "language": "en", "headlines": [{"role": "main", "value": "H"}]}
    data |= {"bodies": [{"value": "x"}], "infoSources": info, "trustIndicators": indicators}  # type: ignore[dict-item]
    written = write_item(read_item(data))
    assert_valid(written)
    for entry in info[:3]:
        assert entry in written["infoSources"]
    assert sorted(written["trustIndicators"], key=str) == sorted(indicators, key=str)


def test_a_body_keeps_what_bears_a_passage_and_nothing_else() -> None:
    html = (
        f'<p><span data-source="{A} {B}" onclick="x" style="y">One</span> <span data-source="a&quot;b">two</span></p>'
    )
    (text,) = blocks_from_html(html)
    assert text == Text(f'<p><span data-source="{A} {B}">One</span> two</p>')
    assert blocks_from_html(blocks_to_html((text,))) == (text,)
    beside = Text(f'<p><span data-source="{A}">One.</span> <span data-source="{A}">Two.</span></p>')
    assert blocks_from_html(blocks_to_html((beside,))) == (beside,)
