"""The demo newsroom: what its folder holds, and what stops it from being built."""

import json
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from dateline.demo.build import FORMS, NEWSROOM, TEXTS, build_demo, read_editions, read_texts
from dateline.demo.pictures import LARGEST, SIZES, draw, draw_all

NOW = datetime(2026, 11, 19, 14, 20, tzinfo=UTC)
LANGUAGES = ("en", "ar", "es")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    build_demo(folder, now=NOW, draw=["portrait-sana-brevik", "chart-poster"])
    return folder


def stories(folder, language):
    lines = (folder / "stories" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def literals(item, rel):
    return [subject["literal"] for subject in item["subjects"] if subject["rel"] == rel]


def groups(items):
    return {alt["value"] for item in items for alt in item["altIds"] if alt["role"] == "translation-group"}


def newsroom(folder):
    return tomllib.loads((folder / "newsroom.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_edition_is_full(folder, language):
    items = stories(folder, language)
    assert len(items) >= 40
    assert {item["genres"][0]["literal"] for item in items} >= FORMS
    edition = next(e for e in newsroom(folder)["editions"] if e["language"] == language)
    leaves = {
        f"{section['slug']}/{child['slug']}" for section in edition["sections"] for child in section.get("children", [])
    } | {section["slug"] for section in edition["sections"] if "children" not in section}
    assert {path for item in items for path in literals(item, "section")} == leaves


def test_shared_events_are_told_in_all_languages(folder):
    shared = set.intersection(*(groups(stories(folder, language)) for language in LANGUAGES))
    assert len(shared) >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_has_one_story_in_an_edition(folder, language):
    told = Counter(
        alt["value"]
        for item in stories(folder, language)
        for alt in item["altIds"]
        if alt["role"] == "translation-group"
    )
    assert {group: count for group, count in told.items() if count > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reference_resolves(folder, language):
    items = stories(folder, language)
    uris = {item["uri"] for item in items}
    assert len(uris) == len(items)
    for item in items:
        for association in item["associations"]:
            if association["rel"] == "related":
                assert association["uri"] in uris
            else:
                main = association["renditions"][0]
                assert SIZES[Path(main["href"]).stem] == (main["width"], main["height"])
                assert any(part["role"] == "alt" for part in association["descriptions"])


def test_every_picture_the_newsroom_names_can_be_drawn(folder):
    for edition in newsroom(folder)["editions"]:
        named = [person["photo"] for person in edition["people"] if "photo" in person]
        named += [coverage["picture"] for coverage in edition["coverages"]]
        assert {Path(path).stem for path in named} <= set(SIZES)


def test_editions_share_slugs():
    editions = list(read_editions(NEWSROOM.read_text(encoding="utf-8")))
    for field in ("sections", "regions", "people", "coverages"):
        assert len({tuple(getattr(edition, field)) for edition in editions}) == 1, field


def test_dates_are_counted_back_from_now(folder):
    for language in LANGUAGES:
        first = [datetime.fromisoformat(item["firstCreated"]) for item in stories(folder, language)]
        latest = [datetime.fromisoformat(item["versionCreated"]) for item in stories(folder, language)]
        assert max(latest) <= NOW
        assert sum(NOW - moment < timedelta(hours=8) for moment in first) >= 10
        assert min(first) < NOW - timedelta(days=2 * 365)
        assert all(a <= b for a, b in zip(first, latest, strict=True))


def test_breaking_alerts_are_fresh_and_lead_to_their_stories(folder):
    for edition in newsroom(folder)["editions"]:
        uris = {item["uri"] for item in stories(folder, edition["language"])}
        assert len(edition["breaking"]) == 3
        for alert in edition["breaking"]:
            assert alert["at"] <= NOW < alert["until"]
            assert alert["story"] in uris


def test_a_second_building_at_the_same_moment_gives_the_same_texts(folder, tmp_path):
    build_demo(tmp_path, now=NOW, draw=[])
    for name in ("newsroom.toml", *(f"stories/{language}.jsonl" for language in LANGUAGES)):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_now_needs_a_time_zone(tmp_path):
    with pytest.raises(ValueError, match="time zone"):
        build_demo(tmp_path, now=NOW.replace(tzinfo=None))


GOOD = {
    "key": "gauge",
    "section": "news/environment",
    "form": "news",
    "headline": "A gauge is mended",
    "standfirst": "It had been wrong by a hand.",
    "by": ["sana-brevik"],
    "hours_ago": 2,
    "urgency": 4,
    "body": "<p>It is mended.</p>",
    "slug": "gauge-mended",
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"section": "news/gossip"}, "unknown section 'news/gossip'"),
        ({"by": ["nobody"]}, "unknown person 'nobody'"),
        ({"form": "poem"}, "unknown form 'poem'"),
        ({"regions": ["atlantis"]}, "unknown region 'atlantis'"),
        ({"coverage": "weather"}, "unknown coverage 'weather'"),
        ({"related": ["elsewhere"]}, "unknown related story 'elsewhere'"),
        ({"lead": {"picture": "moon", "alt": "A moon"}}, "unknown picture 'moon'"),
        ({"lead": {"picture": "ferry", "caption": "The ferry."}}, "picture 'ferry' has no alt text"),
        ({"body": '<p><a rel="related" href="urn:dateline:demo:en:gone">x</a></p>'}, "unknown story in a link 'gone'"),
        ({"body": '<figure><img src="media/moon.jpg" alt=""></figure>'}, "unknown picture 'moon'"),
        ({"form": "gallery"}, "a gallery without pictures"),
        ({"urgency": 12}, "urgency 12"),
        ({"updated_hours_ago": 3}, "updated before it was published"),
        ({"headline": ""}, "headline is missing"),
        ({"key": "first"}, "key 'first' is used twice"),
        ({"slug": "first"}, "slug 'first' is used twice"),
    ],
)
def test_a_bad_text_is_named_by_file_and_line(tmp_path, change, reason):
    edition = next(read_editions(NEWSROOM.read_text(encoding="utf-8")))
    path = tmp_path / "en.jsonl"
    first = GOOD | {"key": "first", "slug": "first"}
    path.write_text(f"{json.dumps(first)}\n\n{json.dumps(GOOD)}\n", encoding="utf-8")
    assert [text.line for text in read_texts(path, edition)] == [1, 3]
    path.write_text(f"{json.dumps(first)}\n\n{json.dumps(GOOD | change)}\n", encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        read_texts(path, edition)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)


def test_broken_json_is_named_by_file_and_line(tmp_path):
    edition = next(read_editions(NEWSROOM.read_text(encoding="utf-8")))
    path = tmp_path / "en.jsonl"
    path.write_text(f'{json.dumps(GOOD)}\n{{"key": \n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.jsonl:2: not valid JSON"):
        read_texts(path, edition)


def test_texts_say_nothing_twice():
    for language in LANGUAGES:
        heads = Counter(
            json.loads(line)["headline"]
            for line in (TEXTS / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
            if line.strip()
        )
        assert [head for head, count in heads.items() if count > 1] == []


def test_pictures_are_as_large_as_they_say_and_no_larger_than_allowed(folder):
    for name in ("portrait-sana-brevik", "chart-poster"):
        file = folder / "media" / f"{name}.jpg"
        with Image.open(file) as image:
            assert (image.format, image.size) == ("JPEG", SIZES[name])
        assert file.stat().st_size <= LARGEST


def test_a_picture_is_the_same_at_every_drawing(folder, tmp_path):
    again = draw("chart-poster", tmp_path)
    assert again.read_bytes() == (folder / "media" / "chart-poster.jpg").read_bytes()


def test_a_picture_of_another_name_is_refused_before_any_is_drawn(tmp_path):
    with pytest.raises(ValueError, match="no picture is called moon"):
        draw_all(tmp_path, names=["ferry", "moon"])
    assert list(tmp_path.iterdir()) == []


def test_pictures_are_drawn_by_several_processes(tmp_path):
    said: list[str] = []
    names = [name for name in SIZES if name.startswith("portrait-")][:4]
    draw_all(tmp_path, names=names, progress=said.append)
    assert {file.stem for file in tmp_path.iterdir()} == set(names)
    assert said == ["4 of 4 pictures drawn"]
