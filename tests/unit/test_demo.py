"""The demo newsroom: what its folder holds, and what stops it from being built."""

import json
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from dateline.demo.build import FORMS, NEWSROOM, TEXTS, build_demo, read_editions, read_texts
from dateline.demo.pictures import LARGEST, SIZES, draw, draw_all
from dateline.newsroom.stories.sources import KINDS, read_sources
from dateline.wire.newsroom_toml import read_newsroom

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


# -- trackers


@pytest.fixture(scope="module")
def trackers(folder):
    """The trackers of each edition by their slugs, as an import reads them."""
    read, problems = read_newsroom(folder / "newsroom.toml")
    assert problems == []
    return {edition.language: {one.slug: one for one in edition.trackers} for edition in read.editions}


def evidence(tracker):
    return [*tracker.commitments, *tracker.observations, *tracker.positions]


def total(claims, **wanted):
    return sum(one.quantity for one in claims if all(getattr(one, name) == value for name, value in wanted.items()))


def test_every_edition_follows_the_same_trackers(trackers):
    def facts(tracker):
        amounts = [
            (one.key, one.party, one.quantity, one.low, one.high, one.on, getattr(one, "due", None))
            for one in evidence(tracker)
        ]
        stands = [(one.key, one.stance) for one in tracker.positions]
        kinds = [(one.key, one.kind) for one in tracker.commitments]
        parties = [(party.code, party.members) for party in tracker.parties]
        places = [(place.lat, place.lon) for place in tracker.places]
        return tracker.group, tracker.target, tracker.starts, tracker.due, parties, places, amounts, stands, kinds

    assert len(trackers["en"]) == 4
    for slug, tracker in trackers["en"].items():
        assert facts(trackers["ar"][slug]) == facts(trackers["es"][slug]) == facts(tracker), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_tracker_is_in_the_language_of_its_edition(trackers, language):
    for tracker in trackers[language].values():
        words = [tracker.title, tracker.question, tracker.summary, tracker.proposal]
        words += [party.name for party in tracker.parties] + [party.group for party in tracker.parties]
        words += [text for place in tracker.places for text in (place.name, place.role)]
        for one in evidence(tracker):
            words += [one.note, one.struck_why, getattr(one, "conditions", "")]
            for source in read_sources(one.sources):
                words += [text for part in source.chain for text in (part.name, part.role, part.quote)]
        written_in_arabic = {bool(re.search("[\u0600-\u06ff]", text)) for text in words if text}
        assert written_in_arabic == {language == "ar"}, tracker.slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_evidence_has_a_key_and_sources(trackers, language):
    kinds = set()
    for tracker in trackers[language].values():
        keys = [one.key for one in evidence(tracker)]
        assert all(keys) and len(set(keys)) == len(keys)
        for one in evidence(tracker):
            assert one.sources, one.key
            for source in read_sources(one.sources):
                kinds |= {part.kind for part in source.chain}
                assert all(re.match(r"https://[\w.-]+\.example/", part.url) for part in source.chain if part.url)
    assert kinds == {kind for kind, _ in KINDS}


def test_the_trackers_show_what_trackers_are_for(trackers):
    posts, money, sun, strait = trackers["en"].values()
    assert total(posts.commitments, kind="announced") == posts.target == 700
    assert len(posts.parties) == 14
    assert total(posts.commitments, kind="withdrawn", party="aldria") == 60
    whole = [one for one in posts.observations if not one.party and not one.struck]
    assert len(whole) >= 8
    assert sum(one.quantity is None for one in whole) >= 4
    assert money.aid and len(money.parties) >= 40
    promised = {(one.party, one.unit) for one in money.commitments if one.kind == "announced"}
    assert Counter(unit for _party, unit in promised) == {"": 42, "EUR": 2}
    assert sum(not one.party for one in sun.observations) >= 18
    assert 6 <= len(sun.parties) <= 10
    assert [party.members for party in strait.parties if party.members] == [50]
    assert sum(NOW.date() - one.on < timedelta(days=7) for one in strait.positions) >= 3


def test_no_party_has_kept_more_than_a_little_beyond_its_promise(trackers):
    for tracker in trackers["en"].values():
        for party in tracker.parties:
            own = [one for one in tracker.commitments if one.party == party.code]
            kept, promised = total(own, kind="delivered"), total(own, kind="announced")
            assert kept <= promised * Decimal("1.05"), (tracker.slug, party.code)


def test_what_was_seen_of_the_parties_adds_up_to_the_whole(trackers):
    for slug in ("flood-centre-posts", "basin-sun-plan"):
        seen = trackers["en"][slug].observations
        last = max(one.on for one in seen)

        def span(found):
            return sum(one.low or one.quantity or 0 for one in found), sum(
                one.high or one.quantity or 0 for one in found
            )

        of_parties = span([one for one in seen if one.party and one.on == last])
        assert of_parties == span([one for one in seen if not one.party and one.on == last]), slug


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 1, 0, 5, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2029, 3, 25, 23, 59, tzinfo=UTC),
    ],
)
def test_trackers_have_sane_dates_at_any_moment(tmp_path, now):
    build_demo(tmp_path, now=now, draw=[])
    read, problems = read_newsroom(tmp_path / "newsroom.toml")
    assert problems == []
    # A day that is yesterday in London is over in every edition.
    yesterday = now.date() - timedelta(days=1)
    posts, money, sun, _strait = (tracker for tracker in read.editions[0].trackers)
    assert timedelta(weeks=3) < now.date() - posts.due < timedelta(weeks=8)
    assert money.due > now.date() and sun.due > now.date()
    for edition in read.editions:
        for tracker in edition.trackers:
            for one in evidence(tracker):
                assert (tracker.starts or one.on) <= one.on <= yesterday, (tracker.slug, one.key)
                assert one.on == one.added.date() and one.added <= now
                assert not getattr(one, "due", None) or one.due > one.on
                for source in read_sources(one.sources):
                    assert all(part.on <= yesterday for part in source.chain if part.on)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tracker_has_a_story_that_carries_its_card(folder, trackers, language):
    items = stories(folder, language)
    cards = {
        (slug, item["genres"][0]["literal"])
        for item in items
        for slug in re.findall(r'<figure class="tracker" data-tracker="([\w-]+)"></figure>', item["bodies"][0]["value"])
    }
    assert {slug for slug, form in cards if form == "news"} == set(trackers[language])
    assert sum(form == "analysis" for _slug, form in cards) == 2
    topics = {slug for item in items for slug in literals(item, "topic")}
    for tracker in trackers[language].values():
        assert tracker.topics and set(tracker.topics) <= topics


@pytest.mark.parametrize("language", LANGUAGES)
def test_stories_give_the_figures_of_their_trackers(folder, trackers, language):
    posts, money, sun, strait = trackers[language].values()
    million = 1_000_000
    paid = total(money.commitments, kind="delivered", unit="") // million
    allocated = total(money.commitments, kind="allocated", unit="") // million
    promised = total(money.commitments, kind="announced", unit="") // million
    months = [one.quantity for one in sun.observations if not one.party]
    back = total(posts.commitments, kind="withdrawn")
    aldria = total(posts.commitments, kind="announced", party="aldria")
    whole = max((one for one in posts.observations if not one.party), key=lambda one: one.on)
    stands = {one.party: one.stance for one in sorted(strait.positions, key=lambda one: one.on)}
    members = {party.code: party.members or 1 for party in strait.parties}
    agreed = sum(members[code] for code, stand in stands.items() if stand == "for")
    expected = {
        "aldria-takes-back-sixty": {posts.target, aldria, aldria - back, posts.target - back, whole.low, whole.high},
        "tazmira-seven-paid-nothing": {paid, total(money.commitments, kind="delivered", unit="EUR") // million},
        "what-a-pledge-is": {promised, allocated, paid, promised - allocated, allocated - paid},
        "kell-strait-harbours": {len(members), agreed, sum(members.values())},
        "half-the-sun": {months[-1], sun.target, sun.target - months[-1], months[-1] - months[-13]},
    }
    assert all(month is None or month <= months[-1] for month in months)
    assert [one.quantity for one in money.observations][-1] == paid * million
    items = {item["uri"].rsplit(":")[-1]: item["bodies"][0]["value"] for item in stories(folder, language)}
    for key, figures in expected.items():
        said = {int(number) for number in re.findall(r"\d+", items[key].replace(",", ""))}
        assert figures <= said, (key, figures - said)
