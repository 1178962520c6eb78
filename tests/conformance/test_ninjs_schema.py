"""What is written is ninjs 3.1 by the standard's own schema, and nothing is lost on the way in and out.

The schemas and samples are IPTC's, the stories are the corpus; both are read where they are.
"""

import json
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from dateline.newsroom.stories.sources import Source
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
