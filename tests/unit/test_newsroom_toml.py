"""newsroom.toml: all that is wrong is named at once, the rest is read, and what is written is what was read."""

import datetime
import json
import math
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.wire.kept import from_json, to_json
from dateline.wire.newsroom_toml import read_newsroom, write_newsroom
from dateline.wire.toml_entries import (
    STANDS_FOR,
    AlertToml,
    AloudToml,
    BarToml,
    CardToml,
    ChannelToml,
    CoverageToml,
    EditionToml,
    FrontBlockToml,
    FrontToml,
    KeyDateToml,
    LinkToml,
    NewsroomToml,
    PageToml,
    PersonToml,
    PictureToml,
    ProgrammeToml,
    RegionToml,
    SayToml,
    SectionToml,
    SeriesToml,
    TopicToml,
)
from dateline.wire.toml_text import toml_text
from dateline.wire.toml_values import TomlProblem
from dateline.wire.tracker_entries import (
    ChangeToml,
    CommitmentToml,
    EvidenceToml,
    PartyToml,
    PlaceToml,
    PositionToml,
    TrackerToml,
)
from tests.conftest import SHARED

MINIMAL = """
[newsroom]
name = "N"
[[editions]]
language = "en"
path = "en"
name = "E"
"""

FULL = """
[newsroom]
name = "N"
legal = "L"
about = "A"
accent = "#0B6e4f"
logo = "media/logo.svg"

[[editions]]
language = "ar"
path = "ar"
name = "قناة"
slogan = "S"
timezone = "Asia/Beirut"
digits = "arab"
about = "a"
legal = "l"
social = [{ name = "X", url = "https://x.example/n" }]
apps = [{ name = "Store", url = "https://store.example/app?id=1" }]
sections = [
  { slug = "news", title = "أخبار", description = "D", children = [
    { slug = "سياسة", title = "سياسة", form = "news" } ] },
  { slug = "videos", title = "V", form = "video" },
]
regions = [{ slug = "mena", title = "M" }]

[[editions.pages]]
slug = "privacy"
title = "P"
body = '''
<p>one</p>
<p>"two" \\ three</p>'''

[[editions.people]]
slug = "ana"
name = "Ana"
role = "Editor"
bio = "B"
photo = "media/ana.jpg"

[[editions.topics]]
slug = "maren"
name = "Maren"
stands_for = "place"
about = "By the sea."
picture = "media/m.jpg"
other_names = '''
Old Maren
Maren-on-Sea
'''

[[editions.coverages]]
slug = "c"
title = "C"
summary = "S"
picture = "media/c.jpg"
in_five = [{ title = "1", text = "T" }, { title = "2", text = "" }]
in_five_draft = true
closed = true
parent = "d"
people = "Ana, editor"
places = "Maren"
leading = ["urn:x:1"]
key_dates = [{ when = "2026-03", text = "It begins", story = "urn:x:1" }]

[[editions.series]]
slug = "s"
title = "S"
section = "videos"

[[editions.channels]]
slug = "tv"
title = "TV"
hls = "https://tv.example/live.m3u8"
schedule = [{ start = 2026-01-01T10:00:00Z, end = 2026-01-01T11:00:00Z, title = "News" }]

[editions.aloud]
silent = true
voice = "espeak/ar"
words = [{ word = "UNRWA", say = "un-rwa" }]

[[editions.breaking]]
text = "B"
at = 2026-01-01T10:00:00+02:00

[[editions.trackers]]
slug = "t"
title = "T"
kind = "goal"
target = 700
parties = [{ code = "a", name = "A" }]
observations = [{ party = "a", low = 200, high = 400, on = 2026-01-01, sources = ["https://a.example/1"] }]

[[editions]]
language = "en"
path = "en"
name = "English"
default = true
"""


def read(folder: Path, text: str | bytes) -> tuple[NewsroomToml | None, list[TomlProblem]]:
    file = folder / "newsroom.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_newsroom(file)


def test_a_minimal_newsroom(tmp_path: Path) -> None:
    assert read(tmp_path, MINIMAL) == (NewsroomToml("N", editions=(EditionToml("en", "en", "E", default=True),)), [])


def test_everything(tmp_path: Path) -> None:
    newsroom, problems = read(tmp_path, FULL)
    assert problems == []
    assert newsroom is not None
    arabic, english = newsroom.editions
    assert newsroom == NewsroomToml("N", "L", "A", "#0B6e4f", "media/logo.svg", (arabic, english))
    assert english == EditionToml("en", "en", "English", default=True)
    assert (arabic.language, arabic.path, arabic.name, arabic.slogan) == ("ar", "ar", "قناة", "S")
    assert (arabic.timezone, arabic.default, arabic.digits) == ("Asia/Beirut", False, "arab")
    assert (arabic.about, arabic.legal) == ("a", "l")
    assert arabic.social == (LinkToml("X", "https://x.example/n"),)
    assert arabic.apps == (LinkToml("Store", "https://store.example/app?id=1"),)
    assert arabic.sections == (
        SectionToml("news", "أخبار", "D", "", (SectionToml("سياسة", "سياسة", "", "news"),)),
        SectionToml("videos", "V", "", "video"),
    )
    assert arabic.regions == (RegionToml("mena", "M"),)
    assert arabic.pages == (PageToml("privacy", "P", '<p>one</p>\n<p>"two" \\ three</p>'),)
    assert arabic.people == (PersonToml("ana", "Ana", "Editor", "B", "media/ana.jpg"),)
    assert arabic.topics == (
        TopicToml("maren", "Maren", "place", "By the sea.", "media/m.jpg", "Old Maren\nMaren-on-Sea"),
    )
    coverage = CoverageToml(
        "c",
        "C",
        "S",
        "media/c.jpg",
        (CardToml("1", "T"), CardToml("2", "")),
        in_five_draft=True,
        closed=True,
        parent="d",
        people="Ana, editor",
        places="Maren",
        leading=("urn:x:1",),
        key_dates=(KeyDateToml("2026-03", "It begins", "urn:x:1"),),
    )
    assert arabic.coverages == (coverage,)
    assert arabic.series == (SeriesToml("s", "S", section="videos"),)
    ten = datetime.datetime(2026, 1, 1, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    assert arabic.breaking == (AlertToml("B", ten),)
    start, end = (datetime.datetime(2026, 1, 1, hour, tzinfo=datetime.UTC) for hour in (10, 11))
    programmes = (ProgrammeToml(start, end, "News"),)
    assert arabic.aloud == AloudToml(True, "espeak/ar", (SayToml("UNRWA", "un-rwa"),))
    assert arabic.channels == (ChannelToml("tv", "TV", "https://tv.example/live.m3u8", schedule=programmes),)
    (tracker,) = arabic.trackers
    assert (tracker.slug, tracker.target, tracker.parties) == ("t", 700, (PartyToml("a", "A"),))
    (seen,) = tracker.observations
    assert (seen.low, seen.high, seen.on) == (200, 400, datetime.date(2026, 1, 1))
    assert arabic.kept == {}


def test_what_is_written_is_what_was_read(tmp_path: Path) -> None:
    for text in (MINIMAL, FULL, (SHARED / "corpus" / "newsroom.toml").read_text()):
        newsroom, problems = read(tmp_path, text)
        assert newsroom is not None
        assert problems == []
        written = write_newsroom(newsroom)
        assert read(tmp_path, written) == (newsroom, [])
        assert "\n\n\n" not in written
        assert max(map(len, written.splitlines())) < 200, "an entry a line, so that a change is a line of a diff"


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()) == read(tmp_path, MINIMAL)


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        (b'[newsroom]\nname = "N"\nname = "M"\n', "line 3", "overwrite"),
        (b"[newsroom\n", "line 1", "not TOML"),
        (b'[newsroom]\nname = "N\n', "line 2", "not TOML"),
        (b'[newsroom]\nname = "N', "the end", "Unterminated"),
        (b'[newsroom]\n\n\nname = N"', "line 4", "not TOML"),
        (b'a = "', "", "not TOML"),
        (b"\xff", "", "byte 1 is not UTF-8"),
        (b'a = "\xed\xa0\x80"', "", "byte 6 is not UTF-8"),
        (b"a = " + b"[" * 100_000, "", "nested too deeply"),
        (b"a = " + b"{b=" * 100_000, "", "nested too deeply"),
        (b"#" * (20 * 2**20 + 1), "", "the most is 20,971,520"),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes, where: str, message: str, tmp_path: Path) -> None:
    newsroom, (problem,) = read(tmp_path, content)
    assert newsroom is None
    assert problem.where.startswith(where)
    assert message in problem.message
    assert len(str(problem)) < 300


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_newsroom(tmp_path / "newsroom.toml")


@pytest.mark.parametrize("content", ["", "[newsroom]\nname='N'", "editions = []", "editions = 3", "[editions]\nx = 1"])
def test_a_newsroom_without_an_edition(content: str, tmp_path: Path) -> None:
    newsroom, problems = read(tmp_path, content)
    assert newsroom is None
    assert problems[-1].where == "editions"


EDITION = '[newsroom]\nname = "N"\n[[editions]]\nlanguage = "en"\npath = "en"\nname = "E"\n'
SECOND = '[[editions]]\nlanguage = "ar"\npath = "ar"\nname = "A"\n'

WRONG: list[tuple[str, str, str]] = [
    (MINIMAL.replace('name = "N"', ""), "newsroom.name", "is missing"),
    (MINIMAL.replace('"N"', "3"), "newsroom.name", "a number"),
    (MINIMAL.replace('name = "N"', 'name = "N"\naccent = "green"'), "newsroom.accent", "#0b6e4f"),
    (MINIMAL.replace('name = "N"', 'name = "N"\naccent = "#abc"'), "newsroom.accent", "no colour"),
    (MINIMAL.replace('name = "N"', 'name = "N"\nlogo = "../logo.svg"'), "newsroom.logo", "climbs out"),
    (MINIMAL.replace('name = "N"', 'name = "N"\nlogo = "https://x/l.svg"'), "newsroom.logo", "not an address"),
    (MINIMAL.replace('name = "N"', 'name = "N"\nsloagn = "x"'), "newsroom.sloagn", "kept and not used"),
    (MINIMAL + "[x]\ny = 1", "x", "left out"),
    ("newsroom = 3\n" + MINIMAL.replace('[newsroom]\nname = "N"', ""), "newsroom", "write a table"),
    (EDITION + 'sloagn = "x"', "editions[0].sloagn", "kept and not used"),
    (EDITION + "slogan = 3", "editions[0].slogan", "a number"),
    (EDITION + 'slogan = "' + "x" * 1001 + '"', "editions[0].slogan", "1,001 characters"),
    (EDITION + 'timezone = "Europe/Atlantis"', "editions[0].timezone", "no time zone"),
    (EDITION + 'timezone = "../../etc/passwd"', "editions[0].timezone", "no time zone"),
    (EDITION + "timezone = 1", "editions[0].timezone", "a number"),
    (EDITION + 'default = "yes"', "editions[0].default", "true or false"),
    (EDITION + 'digits = "roman"', "editions[0].digits", "latn, arab"),
    (EDITION + "digits = [1]", "editions[0].digits", "latn, arab"),
    (EDITION + 'social = "x"', "editions[0].social", "list of tables"),
    (EDITION + 'social = ["x"]', "editions[0].social[0]", "write a table"),
    (EDITION + 'social = [{ name = "x" }]', "editions[0].social[0].url", "is missing"),
    (EDITION + 'social = [{ name = "x", url = "javascript:x" }]', "editions[0].social[0].url", "https://"),
    (EDITION + 'social = [{ name = "x", url = "https:///x" }]', "editions[0].social[0].url", "https://"),
    (EDITION + 'apps = [{ name = "x", url = "ftp://x.y" }]', "editions[0].apps[0].url", "https://"),
    (EDITION + 'apps = [{ name = "x", url = "https://x y" }]', "editions[0].apps[0].url", "https://"),
    (EDITION + "sections = [3]", "editions[0].sections[0]", "write a table"),
    (EDITION + 'sections = [{ title = "T" }]', "editions[0].sections[0].slug", "is missing"),
    (EDITION + 'sections = [{ slug = "s" }]', "editions[0].sections[0].title", "is missing"),
    (EDITION + 'sections = [{ slug = "a/b", title = "T" }]', "editions[0].sections[0].slug", "write 'a-b'"),
    (EDITION + 'sections = [{ slug = "a.b", title = "T" }]', "editions[0].sections[0].slug", "write 'a-b'"),
    (EDITION + 'sections = [{ slug = "a b", title = "T" }]', "editions[0].sections[0].slug", "write 'a-b'"),
    (EDITION + 'sections = [{ slug = "..", title = "T" }]', "editions[0].sections[0].slug", "no slug"),
    (EDITION + 'sections = [{ slug = "News", title = "T" }]', "editions[0].sections[0].slug", "write 'news'"),
    (EDITION + 'sections = [{ slug = 3, title = "T" }]', "editions[0].sections[0].slug", "a number"),
    (EDITION + 'sections = [{ slug = "s", title = "T", form = "x" }]', "editions[0].sections[0].form", "news, opinion"),
    (EDITION + 'sections = [{ slug = "s", title = "T", x = 1 }]', "editions[0].sections[0].x", "not a name"),
    (
        EDITION + 'sections = [{ slug = "s", title = "T" }, { slug = "s", title = "U" }]',
        "editions[0].sections[1].slug",
        "stands at editions[0].sections[0] already",
    ),
    (
        EDITION
        + 'sections = [{ slug = "s", title = "T", children = [{ slug = "t", title = "U", children = [{ slug = "u",'
        ' title = "V" }] }] }]',
        "editions[0].sections[0].children[0].children",
        "two levels at most",
    ),
    (
        EDITION + 'sections = [{ slug = "s", title = "T", children = [{ slug = "t" }] }]',
        "editions[0].sections[0].children[0].title",
        "is missing",
    ),
    (EDITION + 'regions = [{ slug = "r" }]', "editions[0].regions[0].title", "is missing"),
    (EDITION + '[[editions.pages]]\nslug = "p"\ntitle = "P"\nbody = 3', "editions[0].pages[0].body", "a number"),
    (EDITION + '[[editions.people]]\nslug = "p"', "editions[0].people[0].name", "is missing"),
    (
        EDITION + '[[editions.topics]]\nslug = "t"\nname = "T"\nstands_for = "thing"',
        "editions[0].topics[0].stands_for",
        "organisation",
    ),
    (
        EDITION + '[[editions.people]]\nslug = "p"\nname = "P"\nphoto = "/etc/passwd"',
        "editions[0].people[0].photo",
        "relative",
    ),
    (
        EDITION + '[[editions.coverages]]\nslug = "c"\ntitle = "C"\nkey_dates = [{ when = "May", text = "x" }]',
        "editions[0].coverages[0].key_dates[0].when",
        "2026-03-14",
    ),
    (
        EDITION + '[[editions.coverages]]\nslug = "c"\ntitle = "C"\nin_five = [{ text = "x" }]',
        "editions[0].coverages[0].in_five[0].title",
        "is missing",
    ),
    (EDITION + "[editions.coverages]\nx = 1", "editions[0].coverages", "write a list of tables"),
    (EDITION + 'series = "x"', "editions[0].series", "write a list of tables"),
    (EDITION + "series = [{ title = 'x' }]", "editions[0].series[0].slug", "is missing"),
    (
        EDITION + "trackers = [{ slug = 'x', title = 'X' }, { slug = 'x', title = 'X' }]",
        "editions[0].trackers[1].slug",
        "stands at editions[0].trackers[0] already",
    ),
    (
        EDITION + "channels = [{ slug = 'x', title = 'X', hls = 'file:///etc/passwd' }]",
        "editions[0].channels[0].hls",
        "begins with https://",
    ),
    (EDITION + "aloud = 'no'", "editions[0].aloud", "write a table"),
    (EDITION + "aloud = { silent = 1 }", "editions[0].aloud.silent", "write true or false"),
    (EDITION + "aloud = { words = [{ word = 'x' }] }", "editions[0].aloud.words[0].say", "is missing"),
    (EDITION + "navigation = [{ section = 'a', page = 'b' }]", "editions[0].navigation[0]", "is not one of"),
    (EDITION + "navigation = [{ name = 'a' }]", "editions[0].navigation[0]", "is not one of"),
    (EDITION + "navigation = [{ section = 'a', rule = 1 }]", "editions[0].navigation[0].rule", "true or false"),
    (EDITION + "navigation = [{ name = 'a', url = 'x' }]", "editions[0].navigation[0].url", "no address"),
    (EDITION + "fronts = [{ blocks = [{}] }]", "editions[0].fronts[0].blocks[0].block", "is missing"),
    (EDITION + "fronts = [{ blocks = [{ block = 'x' }] }]", "editions[0].fronts[0].blocks[0].block", "it can be lead"),
    (
        EDITION + "fronts = [{ blocks = [{ block = 'strip' }] }]",
        "editions[0].fronts[0].blocks[0].section",
        "is missing",
    ),
    (
        EDITION + "fronts = [{ blocks = [{ block = 'river', led = true }] }]",
        "editions[0].fronts[0].blocks[0].led",
        "does not belong to a river",
    ),
    (
        EDITION + "fronts = [{ blocks = [{ block = 'lead', stories = [1] }] }]",
        "editions[0].fronts[0].blocks[0].stories",
        "list of texts",
    ),
    (EDITION + "fronts = [{ page = 'a' }, { page = 'a' }]", "editions[0].fronts[1].page", "stands at"),
    ("[[pictures]]\nalt = 'x'\n" + EDITION, "pictures[0].file", "is missing"),
    ("[[pictures]]\nfile = '../x'\n" + EDITION, "pictures[0].file", "climbs out"),
    ("[[pictures]]\nfile = 'x'\nfocus = [1, 2]\n" + EDITION, "pictures[0].focus", "four whole numbers"),
    ("[[pictures]]\nfile = 'x'\ntaken = 2026-01-01\n" + EDITION, "pictures[0].taken", "with its zone"),
    (EDITION + SECOND.replace('"A"', '""'), "editions[1].name", "is missing"),
    (EDITION + SECOND.replace('path = "ar"', ""), "editions[1].path", "is missing"),
    (EDITION + SECOND.replace('path = "ar"', 'path = "a/r"'), "editions[1].path", "no slug"),
    (EDITION + SECOND.replace('path = "ar"', 'path = "en"'), "editions[1].path", "the path of editions[0]"),
    (EDITION + SECOND.replace('language = "ar"', ""), "editions[1].language", "is missing"),
    (EDITION + SECOND.replace('language = "ar"', "language = 1"), "editions[1].language", "a number"),
    (EDITION + SECOND.replace('language = "ar"', 'language = "en_GB"'), "editions[1].language", "write en-GB"),
    (EDITION + SECOND.replace('language = "ar"', 'language = "klingon"'), "editions[1].language", "no language"),
    (EDITION + SECOND.replace('language = "ar"', 'language = "../en"'), "editions[1].language", "no language"),
    (EDITION + SECOND.replace('language = "ar"', 'language = "EN"'), "editions[1].language", "language of editions[0]"),
    (EDITION + "default = true\n" + SECOND + "default = true", "editions[1].default", "editions[0] is the default"),
]


@pytest.mark.parametrize(("text", "where", "message"), WRONG, ids=[f"{n}-{w[1]}" for n, w in enumerate(WRONG)])
def test_what_is_wrong_is_named_and_the_rest_is_read(text: str, where: str, message: str, tmp_path: Path) -> None:
    newsroom, problems = read(tmp_path, text)
    assert [problem.where for problem in problems] == [where]
    assert message in problems[0].message
    assert newsroom is not None
    assert newsroom.editions[0].language == "en"
    assert newsroom.editions[0].default
    assert sum(edition.default for edition in newsroom.editions) == 1
    again, found = read(tmp_path, write_newsroom(newsroom))
    assert again == newsroom
    assert {problem.message for problem in found} <= {
        "is not a name that is known; it is kept and not used",
        "is missing",
    }


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    text = """
      [newsroom]
      accent = "red"
      [[editions]]
      language = "xx-invalid-"
      path = "a b"
      [[editions]]
      language = "en"
      path = "en"
      name = "E"
      timezone = "Mars"
      sections = [{ slug = "ok", title = "Ok" }, { slug = "" }]
    """
    newsroom, problems = read(tmp_path, text)
    assert {problem.where for problem in problems} == {
        "newsroom.accent",
        "newsroom.name",
        "editions[0].language",
        "editions[0].path",
        "editions[0].name",
        "editions[1].timezone",
        "editions[1].sections[1].slug",
        "editions[1].sections[1].title",
    }
    assert newsroom is not None
    (edition,) = newsroom.editions
    assert (edition.timezone, edition.sections) == ("UTC", (SectionToml("ok", "Ok"),))
    assert str(problems[0]) == f"{problems[0].where}: {problems[0].message}"


def test_what_is_not_known_is_kept(tmp_path: Path) -> None:
    newsroom, _ = read(tmp_path, EDITION + 'mood = { colour = "blue" }')
    assert newsroom is not None
    assert newsroom.editions[0].kept == {"mood": {"colour": "blue"}}


def test_text_is_cleaned_and_bodies_keep_their_lines(tmp_path: Path) -> None:
    text = (
        EDITION + 'slogan = " a\\u202e\\n b"\n[[editions.pages]]\nslug = "p"\ntitle = "T"\nbody = "<p>\\nx\\u0000</p>"'
    )
    newsroom, problems = read(tmp_path, text)
    assert newsroom is not None
    assert problems == []
    assert newsroom.editions[0].slogan == "a b"
    assert newsroom.editions[0].pages[0].body == "<p>\nx</p>"


# --- properties -------------------------------------------------------------------------------------------------------

KEYS = st.one_of(st.text(max_size=8), st.sampled_from(["a", "b c", "é", '"', "a.b", ""]))
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(['"""', "\\", "a\nb", "\n", "\r\n", "a\r", '"\n"', "'''", "\x00\x7f\x1f"]),
    st.datetimes(),
    st.datetimes(timezones=st.just(datetime.UTC)),
    st.dates(),
    st.times(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def is_storable(value: Any) -> bool:
    """Surrogates cannot be written as UTF-8."""
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable(inner) for key, inner in value.items())
    return all(map(is_storable, value)) if isinstance(value, list) else True


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5).filter(is_storable))
def test_any_values_written_as_toml_read_back(document: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(document)) == document


def test_numbers_that_are_none() -> None:
    assert math.isnan(tomllib.loads(toml_text({"x": float("nan")}))["x"])
    with pytest.raises(TypeError, match="bytes"):
        toml_text({"x": b""})


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5).filter(is_storable))
def test_what_is_kept_as_json_comes_back(document: dict[str, Any]) -> None:
    text = json.dumps(to_json(document), allow_nan=False)
    assert "\\u0000" not in text
    if "\\u0000" not in json.dumps(document, default=str):
        assert from_json(json.loads(text)) == document


NAMES = st.sampled_from(["A name", "اسم", 'with "quotes"', "back\\slash"])
SLUGS = st.sampled_from(["a", "b-2", "سياسة", "हिन्दी"])
FILES = st.sampled_from(["", "media/a.jpg"])


def unique(made: st.SearchStrategy[Any], key: str = "slug") -> st.SearchStrategy[Any]:
    return st.lists(made, max_size=3, unique_by=lambda one: getattr(one, key)).map(tuple)


LINKS = unique(st.builds(LinkToml, NAMES, st.sampled_from(["https://x.y", "http://ق.z/ب?c=d#e"])), "url")
GROUPS = st.sampled_from(["", "g", "71fb1aa1-6f0f-4f43-b4a9-2f4d0a3d1f4f"])
CHILDREN = unique(st.builds(SectionToml, SLUGS, NAMES, NAMES, st.sampled_from(["", "video"]), group=GROUPS))
URIS = st.lists(st.sampled_from(["urn:x:1", "urn:x:2", "https://x.y/3"]), max_size=3, unique=True).map(tuple)
BARS = st.one_of(
    st.builds(BarToml, section=st.sampled_from(["news", "news/سياسة"])),
    st.builds(BarToml, page=SLUGS),
    st.builds(BarToml, region=SLUGS),
    st.builds(BarToml, name=NAMES, url=st.just("https://x.y")),
    st.just(BarToml(rule=True)),
)
BLOCKS = st.one_of(
    st.builds(FrontBlockToml, st.just("lead"), stories=URIS),
    st.builds(FrontBlockToml, st.just("river"), title=NAMES),
    st.builds(FrontBlockToml, st.just("strip"), title=NAMES, section=st.just("news"), led=st.booleans(), stories=URIS),
    st.builds(FrontBlockToml, st.just("form"), form=st.just("video"), look=st.sampled_from(["strip", "screening"])),
    st.builds(FrontBlockToml, st.just("dossier"), coverage=SLUGS),
    st.builds(
        FrontBlockToml,
        st.just("trackers"),
        title=NAMES,
        trackers=st.lists(SLUGS, min_size=1, max_size=4, unique=True).map(tuple),
    ),
)
PICTURES = st.builds(
    PictureToml,
    st.sampled_from(["media/a.jpg", "media/b.png"]),
    title=NAMES,
    caption=st.sampled_from(["", "two\nlines"]),
    taken=st.sampled_from([None, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)]),
    focus=st.sampled_from([(), (1, 2, 3, 4)]),
)
MOMENTS = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1), timezones=st.just(datetime.UTC))
ALERTS = st.builds(
    AlertToml, NAMES, MOMENTS, st.one_of(st.none(), MOMENTS), NAMES, severity=st.sampled_from(["", "developing"])
)
AMOUNTS = st.sampled_from([Decimal(0), Decimal(700), Decimal("12.5"), Decimal("123456789012345.0001")])
DAYS = st.sampled_from([datetime.date(2026, 1, 1), datetime.date(2026, 9, 30)])
SOURCES = st.just(({"kind": "outlet", "outlet": "A", "cites": [{"kind": "own"}]},))
SAID: dict[str, Any] = {"party": SLUGS, "sources": SOURCES, "note": st.sampled_from(["", 'two\nlines, "said"'])}
TRACKERS = st.builds(
    TrackerToml,
    SLUGS,
    NAMES,
    NAMES,
    st.sampled_from(["goal", "positions"]),
    target=st.one_of(st.none(), AMOUNTS),
    due=st.one_of(st.none(), DAYS),
    draft=st.booleans(),
    parties=unique(st.builds(PartyToml, SLUGS, NAMES, members=st.sampled_from([None, 50])), "code"),
    places=st.lists(st.builds(PlaceToml, NAMES, lat=st.sampled_from([0.0, -33.9])), max_size=2).map(tuple),
    commitments=st.lists(
        st.builds(CommitmentToml, DAYS, quantity=AMOUNTS, kind=st.sampled_from(["announced", "sent"]), **SAID),
        max_size=2,
    ).map(tuple),
    observations=st.lists(st.builds(EvidenceToml, DAYS, low=AMOUNTS, high=AMOUNTS, **SAID), max_size=2).map(tuple),
    positions=st.lists(st.builds(PositionToml, DAYS, stance=st.just("for"), **SAID), max_size=2).map(tuple),
    history=st.lists(
        st.builds(ChangeToml, MOMENTS, st.just({"due": ["", "2026-01-01"]}), NAMES, NAMES), max_size=2
    ).map(tuple),
)
EDITIONS = st.builds(
    EditionToml,
    language=st.sampled_from(["en", "ar", "pt-BR", "zh-Hant-TW"]),
    path=SLUGS,
    name=NAMES,
    slogan=st.one_of(st.just(""), NAMES),
    timezone=st.sampled_from(["UTC", "Asia/Beirut"]),
    digits=st.sampled_from(["latn", "arab"]),
    social=LINKS,
    apps=LINKS,
    sections=unique(st.builds(SectionToml, SLUGS, NAMES, children=CHILDREN)),
    regions=unique(st.builds(RegionToml, SLUGS, NAMES)),
    pages=unique(st.builds(PageToml, SLUGS, NAMES, st.sampled_from(["", "<p>\n\\ \"\"\" '''</p>\n"]), group=GROUPS)),
    navigation=st.lists(BARS, max_size=4).map(tuple),
    fronts=unique(
        st.builds(FrontToml, st.sampled_from(["", "news", "news/a"]), st.lists(BLOCKS, max_size=3).map(tuple)), "page"
    ),
    people=unique(st.builds(PersonToml, SLUGS, NAMES, NAMES, NAMES, FILES)),
    topics=unique(st.builds(TopicToml, SLUGS, NAMES, st.sampled_from(STANDS_FOR), NAMES, FILES, NAMES)),
    coverages=unique(
        st.builds(
            CoverageToml, SLUGS, NAMES, NAMES, FILES, st.lists(st.builds(CardToml, NAMES, NAMES), max_size=2).map(tuple)
        )
    ),
    breaking=unique(ALERTS, "key"),
    trackers=unique(TRACKERS),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(EDITIONS, min_size=1, max_size=3, unique_by=(lambda one: one.path, lambda one: one.language)),
    NAMES,
    st.sampled_from(["", "#aBcDeF"]),
    unique(PICTURES, "file"),
)
def test_a_newsroom_written_and_read_is_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    editions: list[EditionToml],
    name: str,
    accent: str,
    pictures: tuple[PictureToml, ...],
) -> None:
    newsroom = NewsroomToml(name, accent=accent, editions=tuple(editions), pictures=pictures)
    folder = tmp_path_factory.getbasetemp()
    found, problems = read(folder, write_newsroom(newsroom))
    assert problems == []
    assert found is not None
    assert found.editions[0].default
    assert read(folder, write_newsroom(found)) == (found, [])
    first, *others = found.editions
    assert NewsroomToml(name, accent=accent, editions=(first, *others), pictures=pictures) == found
    assert [edition.fronts for edition in found.editions] == [edition.fronts for edition in editions]
    assert [edition.navigation for edition in found.editions] == [edition.navigation for edition in editions]
    assert [edition.sections for edition in found.editions] == [edition.sections for edition in editions]
    assert [edition.pages for edition in found.editions] == [edition.pages for edition in editions]
