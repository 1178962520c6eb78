"""ninjs read and written: the mapping, every way an item can be wrong, and nothing lost between the two."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.newsroom.stories.sources import Source
from dateline.wire.fields import moment, moment_text
from dateline.wire.items import (
    Credit,
    FigureRef,
    Heading,
    Item,
    Media,
    Related,
    RelatedLink,
    Term,
    Text,
)
from dateline.wire.ninjs import ItemError, read_item, write_item

MINIMAL: dict[str, Any] = {
    "uri": "urn:example:1",
    "language": "en",
    "headlines": [{"role": "main", "value": "A headline"}],
    "bodies": [{"contentType": "text/html", "value": "<p>Words.</p>"}],
}

FULL: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "3.1"},
    "uri": "urn:example:2",
    "type": "composite",
    "profile": "story",
    "version": "7",
    "versionCreated": "2026-03-02T10:00:00.250+02:00",
    "firstCreated": "2026-03-01T08:00:00Z",
    "contentCreated": "2026-02-28T23:59:59-05:00",
    "embargoedUntil": "2026-03-01T09:00:00Z",
    "expires": "2027-01-01T00:00:00Z",
    "pubStatus": "withheld",
    "urgency": 2,
    "language": "pt-BR",
    "headlines": [
        {"role": "kicker", "value": " Economy "},
        {"role": "main", "contentType": "text/html", "value": "A <b>bold</b> &amp; brave headline"},
        {"role": "short", "value": "Short"},
        {"role": "seo", "value": "Other"},
    ],
    "descriptions": [
        {"role": "summary", "value": "A summary."},
        {"role": "standfirst", "value": "A standfirst."},
        {"role": "caption", "value": "C"},
    ],
    "bodies": [
        {"role": "plain", "contentType": "text/plain", "value": "Old words."},
        {
            "role": "main",
            "contentType": "text/html",
            "wordCount": 2,
            "value": '<h1>A bold &amp; brave headline</h1><p>Words.</p><figure data-name="map"></figure>'
            '<p><a rel="related" href="urn:example:1">More</a></p>',
        },
        {"role": "sidebar", "contentType": "text/html", "value": "<p>Aside</p>"},
    ],
    "genres": [{"literal": "Reportage"}, {"literal": "analysis", "name": "Analysis", "uri": "http://cv.iptc.org/x"}],
    "subjects": [
        {"rel": "section", "literal": "news/Economy"},
        {"rel": "section", "literal": "articles"},
        {"rel": "region", "literal": "asia"},
        {"rel": "topic", "name": "Climate Change", "uri": "http://example.org/t", "relevance": 80},
        {"rel": "topic", "literal": "climate-change", "name": "Twice"},
        {"rel": "coverage", "literal": "c-1", "name": "A coverage"},
        {"rel": "series", "literal": "s-1"},
        {"name": "Of an agency", "literal": "04000000"},
    ],
    "people": [
        {"rel": "author", "name": "Ana", "uri": "http://example.org/ana", "literal": "ana"},
        {"rel": "photographer", "literal": "Bo"},
        {"rel": "subject", "name": "Someone"},
        {"name": "Someone else"},
    ],
    "by": "Ana and Bo",
    "infoSources": [
        {"name": "One", "role": "source", "uri": "http://example.org/one"},
        {"name": "Two", "role": "source"},
        {"name": "Ministry", "role": "document"},
        {"name": "Unsaid"},
    ],
    "located": "Lisbon",
    "altIds": [
        {"role": "translation-group", "value": "g:1"},
        {"role": "slug", "value": "A slug/with parts"},
        {"role": "redirect", "value": "/old/1"},
        {"role": "redirect", "value": "https://old.example.org/2"},
        {"role": "origin", "value": "https://example.org/o"},
        {"role": "isbn", "value": "1"},
    ],
    "associations": [
        {
            "uri": "urn:example:m1",
            "name": "lead",
            "rel": "lead",
            "type": "picture",
            "by": "Cem",
            "copyrightNotice": "(c) Cem",
            "usageTerms": "Once",
            "contentCreated": "2026-02-01T00:00:00Z",
            "copyrightHolder": "Cem Ltd",
            "descriptions": [
                {"role": "caption", "value": "A caption"},
                {"role": "alt", "value": "An alt"},
                {"role": "keywords", "value": "k"},
            ],
            "renditions": [
                {"name": "thumb", "href": "media/t.jpg"},
                {"name": "main", "href": "media/a.jpg", "contentType": "image/jpeg", "width": 800, "height": 600.0,
                 "sizeInBytes": 12},
            ],
        },
        {"uri": "urn:example:m2", "name": "map", "rel": "figure", "type": "graphic",
         "renditions": [{"name": "main", "href": "media/map.png"}]},
        {"uri": "urn:example:1", "name": "x", "rel": "related", "headlines": [{"value": "The other"}], "type": "text"},
        {"uri": "urn:example:m3", "name": "y", "rel": "logo"},
    ],
    "usageTerms": "Terms",
    "copyrightHolder": "Holder",
    "copyrightNotice": "Notice",
    "places": [{"name": "Lisbon", "geoJSON": {"type": "Point", "coordinates": [1.5, 2]}}],
    "slugline": "s",
    "edNote": "n",
    "x-agency": {"deep": [1, None, True]},
}  # fmt: skip


def with_(**changes: Any) -> dict[str, Any]:
    return {**MINIMAL, **changes}


def test_a_minimal_item() -> None:
    assert read_item(MINIMAL) == Item(
        uri="urn:example:1", language="en", headline="A headline", body=(Text("<p>Words.</p>"),)
    )


def test_everything_that_is_modelled() -> None:
    item = read_item(FULL)
    assert item.version == "7"
    assert item.version_created == datetime(2026, 3, 2, 8, 0, 0, 250_000, UTC)
    assert item.published == item.first_created == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert item.content_created == datetime(2026, 3, 1, 4, 59, 59, tzinfo=UTC)
    assert (item.embargoed_until, item.expires) == (
        datetime(2026, 3, 1, 9, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    )
    assert (item.status, item.urgency, item.language) == ("withheld", 2, "pt-BR")
    assert (item.kicker, item.headline, item.short_headline) == ("Economy", "A bold & brave headline", "Short")
    assert item.standfirst == "A standfirst."
    assert item.body == (Text("<p>Words.</p>"), FigureRef("map"), RelatedLink("urn:example:1", "More"))
    assert (item.form, item.section) == ("analysis", "news/economy")
    assert item.regions == (Term("asia"),)
    assert item.topics == (Term("climate-change", "Climate Change"),)
    assert item.coverages == (Term("c-1", "A coverage"),)
    assert item.series == (Term("s-1"),)
    assert item.authors == (Credit("Ana", "http://example.org/ana"), Credit("Bo", None, "photographer"))
    assert (item.by, item.source, item.located) == ("Ana and Bo", "One; Two", "Lisbon")
    assert item.sources == (Source("document", "Ministry"), Source("outlet", "Unsaid"))
    assert item.translation_group == "g:1"
    assert item.slug == "a-slug-with-parts"
    assert item.redirects == ("/old/1", "https://old.example.org/2")
    assert item.origin == "https://example.org/o"
    assert (item.usage_terms, item.copyright_holder, item.copyright_notice) == ("Terms", "Holder", "Notice")
    assert item.related == (Related("urn:example:1", "The other"),)
    lead = item.lead
    assert lead is not None
    assert (lead.uri, lead.name, lead.type, lead.href) == ("urn:example:m1", "lead", "picture", "media/a.jpg")
    assert (lead.width, lead.height, lead.content_type) == (800, 600, "image/jpeg")
    assert (lead.caption, lead.alt, lead.credit) == ("A caption", "An alt", "Cem")
    assert (lead.copyright_notice, lead.usage_terms) == ("(c) Cem", "Once")
    assert lead.created == datetime(2026, 2, 1, tzinfo=UTC)
    assert [figure.type for figure in item.figures] == ["graphic"]
    assert item.medium(FigureRef("map")) == item.figures[0]
    assert item.medium(FigureRef("", "media/a.jpg")) == lead
    assert item.medium(FigureRef("none", "media/none.jpg")) is None


def test_what_is_not_modelled_is_given_back() -> None:
    written = write_item(read_item(FULL), extensions=True)
    for name in ("profile", "slugline", "edNote", "places", "x-agency"):
        assert written[name] == FULL[name]
    for name in ("genres", "people", "infoSources", "altIds", "descriptions", "headlines"):
        for entry in FULL[name]:
            kept = [{k: v for k, v in one.items() if k != "contentType"} for one in written[name]]
            plain = {k: v for k, v in entry.items() if k != "contentType"}
            if plain.get("role") in ("main", "kicker", "slug") or plain.get("literal") == "Bo":
                continue  # cleaned or completed
            assert plain in kept, (name, entry)
    assert {"rel": "section", "literal": "articles"} in written["subjects"]
    assert {"name": "Of an agency", "literal": "04000000"} in written["subjects"]
    topic = next(one for one in written["subjects"] if one.get("rel") == "topic")
    assert topic == {**FULL["subjects"][3], "literal": "climate-change"}
    assert {**FULL["bodies"][2]} in written["bodies"]
    lead = written["associations"][0]
    assert lead["copyrightHolder"] == "Cem Ltd"
    assert {"role": "keywords", "value": "k"} in lead["descriptions"]
    assert lead["renditions"] == [FULL["associations"][0]["renditions"][1], FULL["associations"][0]["renditions"][0]]
    assert FULL["associations"][3] in written["associations"]


def test_what_the_standard_does_not_know_is_written_only_on_request() -> None:
    item = read_item(FULL)
    assert "x-agency" not in write_item(item)
    assert write_item(item, extensions=True)["x-agency"] == {"deep": [1, None, True]}
    assert read_item(write_item(item, extensions=True)) == item


def test_the_first_main_rendering_of_a_body_is_read_and_the_others_are_dropped() -> None:
    html = {"contentType": "text/html", "value": "<p>html</p>"}
    main = {"role": "main", "contentType": "text/html; charset=utf-8", "value": "<p>main</p>"}
    text = {"contentType": "text/plain", "value": "text"}
    nitf = {"contentType": "application/nitf+xml", "value": "<nitf><body.content><p>nitf</p></body.content></nitf>"}
    empty = {"contentType": "text/html", "value": "<script>x</script>"}
    other = {"contentType": "application/pdf", "value": "%PDF"}
    plain = {"value": "no type"}
    for bodies, words in (
        ([text, html, main], "main"),
        ([nitf, text, html], "html"),
        ([nitf, text], "text"),
        ([other, nitf], "nitf"),
        ([empty, text], "text"),
        ([plain], "no type"),
        ([{"value": "<p>marked</p>"}], "marked"),
    ):
        item = read_item(with_(bodies=bodies))
        assert item.body == (Text(f"<p>{words}</p>"),)
        assert read_item(write_item(item)) == item


def test_a_heading_that_repeats_the_headline_is_not_part_of_the_body() -> None:
    body = [{"contentType": "text/html", "value": "<h1>A headline</h1><h2>Other</h2><p>x</p>"}]
    assert read_item(with_(bodies=body)).body == (Heading("Other", 2), Text("<p>x</p>"))


def test_an_agency_item_told_by_its_description() -> None:
    item = read_item(with_(bodies=None, descriptions=[{"role": "text", "value": "All there is."}]))
    assert item.body == (Text("<p>All there is.</p>"),)


@pytest.mark.parametrize("form", ["video", "gallery", "infographic", "live"])
def test_forms_told_by_their_medium_need_no_body(form: str) -> None:
    item = read_item(with_(bodies=None, genres=[{"literal": form}]))
    assert (item.form, item.body) == (form, ())
    assert read_item(write_item(item)) == item


def test_an_unknown_genre_is_kept_and_the_form_is_news() -> None:
    item = read_item(with_(genres=[{"literal": "Reportage", "name": "R"}]))
    assert item.form == "news"
    assert item.kept["genres"] == [{"literal": "Reportage", "name": "R"}]
    assert write_item(item)["genres"] == [{"literal": "news"}, {"literal": "Reportage", "name": "R"}]
    assert read_item(with_(genres=[{"literal": "Video"}])).form == "video"


def test_a_headline_without_the_role_main() -> None:
    assert read_item(with_(headlines=[{"role": "kicker", "value": "K"}, {"value": "H"}])).headline == "H"
    assert read_item(with_(headlines=[{"role": "web", "value": "W"}])).headline == "W"
    assert read_item(with_(headlines=[{"role": "web", "value": "W"}, {"role": "title", "value": "T"}])).headline == "T"


def test_media_that_say_little() -> None:
    associations = [
        {"rel": "lead", "renditions": [{"name": "hi", "href": "v.mp4", "contentType": "video/mp4"}]},
        {"rel": "lead", "name": "second", "uri": "urn:example:m", "renditions": []},
        {"rel": "figure"},
    ]
    item = read_item(with_(associations=associations))
    assert item.clip == Media("urn:example:1#clip", "clip", "video", "v.mp4", content_type="video/mp4")
    assert item.lead == Media("urn:example:m", "second", "picture")
    assert item.figures == (Media("urn:example:1#figure-1", "figure-1", "picture"),)
    assert read_item(write_item(item)) == item


def test_version_2_names_are_read() -> None:
    old = {
        **MINIMAL,
        "headlines": [{"role": "main", "contenttype": "text/html", "value": "A &amp; B"}],
        "bodies": [{"contenttype": "text/html", "wordcount": 1, "value": "<p>Words.</p>"}],
        "versioncreated": "2026-01-01T00:00:00Z",
        "embargoed": "2026-01-02T00:00:00Z",
        "pubstatus": "withheld",
        "usageterms": "T",
        "infosources": [{"name": "S", "role": "source"}],
        "altids": [{"role": "origin", "value": "o"}],
        "associations": [{"rel": "lead", "renditions": [{"name": "main", "href": "a", "contenttype": "image/png"}]}],
    }
    item = read_item(old)
    assert (item.headline, item.status, item.usage_terms, item.source, item.origin) == (
        "A & B",
        "withheld",
        "T",
        "S",
        "o",
    )
    assert item.embargoed_until == datetime(2026, 1, 2, tzinfo=UTC)
    assert item.lead is not None
    assert item.lead.content_type == "image/png"


def test_null_is_the_same_as_nothing() -> None:
    names = set(FULL) - {"uri", "language", "headlines", "bodies"}
    assert read_item({**MINIMAL, **dict.fromkeys(names)}) == read_item(MINIMAL)


def test_text_is_cleaned() -> None:
    item = read_item(with_(headlines=[{"value": "\u202eA\x00 \n\t headline\ud83d\u2066"}], by="\x07 x  y "))
    assert item.headline == "A headline\ufffd"
    assert item.by == "x y"
    kept = read_item(with_(edNote="a\x00\ud800", places=[{"na\x00me": "\udfff"}])).kept
    assert kept["edNote"] == "a\ufffd"
    assert kept["places"] == [{"name": "\ufffd"}]
    json.dumps(dict(kept), ensure_ascii=False).encode()


# --- canceled ---------------------------------------------------------------------------------------------------------


def test_a_canceled_item_needs_only_its_uri() -> None:
    assert read_item({"uri": "urn:x:1", "pubStatus": "canceled"}) == Item("urn:x:1", status="canceled")


def test_nothing_wrong_with_its_details_stops_a_withdrawal() -> None:
    data = {**FULL, "pubStatus": "canceled", "headlines": 3, "urgency": "x", "expires": "never", "version": 8}
    when = datetime(2026, 3, 2, 8, 0, 0, 250_000, UTC)
    assert read_item(data) == Item("urn:example:2", "8", when, status="canceled")


def test_a_canceled_item_that_is_whole_is_read_whole() -> None:
    item = read_item({**FULL, "pubStatus": "canceled"})
    assert item.headline
    assert read_item(write_item(item, extensions=True)) == item


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [None, 1, "x", [], [MINIMAL], True, 1.5, object()])
def test_what_is_no_object_is_no_item(data: object) -> None:
    with pytest.raises(ItemError, match="must be a JSON object"):
        read_item(data)


@pytest.mark.parametrize("name", ["uri", "language", "headlines", "bodies"])
@pytest.mark.parametrize("value", ["missing", None, "", [], [{}], [{"value": ""}], [{"value": " \u202e "}]])
def test_what_every_item_needs(name: str, value: Any) -> None:
    data = {key: part for key, part in MINIMAL.items() if key != name}
    if value != "missing":
        data[name] = value
    with pytest.raises(ItemError) as caught:
        read_item(data)
    assert caught.value.field.startswith(name)
    assert ";" in caught.value.message, "says how to mend it"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"uri": "no scheme"}, "uri", "no URI"),
    ({"uri": 7}, "uri", "a number"),
    ({"uri": "urn:" + "x" * 3000}, "uri", "3,004 characters"),
    ({"language": "en_GB"}, "language", "no language tag"),
    ({"language": "e"}, "language", "no language tag"),
    ({"language": ["en"]}, "language", "a list"),
    ({"pubStatus": "cancelled"}, "pubStatus", "usable, withheld, canceled"),
    ({"pubStatus": 1}, "pubStatus", "usable, withheld, canceled"),
    ({"pubStatus": ["usable"]}, "pubStatus", "usable, withheld, canceled"),
    ({"version": 1.5}, "version", "a number"),
    ({"version": True}, "version", "true or false"),
    ({"version": "1" * 101}, "version", "101 characters"),
    ({"urgency": 0}, "urgency", "from 1 to 9"),
    ({"urgency": 10}, "urgency", "from 1 to 9"),
    ({"urgency": "1"}, "urgency", "from 1 to 9"),
    ({"urgency": True}, "urgency", "from 1 to 9"),
    ({"urgency": 1.5}, "urgency", "from 1 to 9"),
    ({"urgency": float("nan")}, "urgency", "from 1 to 9"),
    ({"headlines": "x"}, "headlines", "write a list of objects"),
    ({"headlines": {"main": "x"}}, "headlines", "write a list of objects"),
    ({"headlines": ["x"]}, "headlines[0]", "write an object"),
    ({"headlines": [{"role": "main", "value": 7}]}, "headlines[0].value", "a number"),
    ({"headlines": [{"role": 3, "value": "x"}]}, "headlines[0].role", "a number"),
    ({"headlines": [{"value": "x"}, {"value": "x" * 1001}]}, "headlines[1].value", "1,001 characters"),
    ({"headlines": [{"value": "x" * 5_000_001, "contentType": "text/html"}]}, "headlines[0].value", "5,000,001"),
    ({"headlines": [{"value": "x"}] * 10_001}, "headlines", "10,001 entries"),
    ({"descriptions": [{"role": "standfirst", "value": []}]}, "descriptions[0].value", "a list"),
    ({"descriptions": [{"role": "standfirst", "value": "x" * 10_001}]}, "descriptions[0].value", "10,001 characters"),
    ({"bodies": "<p>x</p>"}, "bodies", "write a list of objects"),
    ({"bodies": [None]}, "bodies[0]", "null"),
    ({"bodies": [{"contentType": "text/html", "value": 3}]}, "bodies[0].value", "a number"),
    ({"bodies": [{"contentType": 3, "value": "x"}]}, "bodies[0].contentType", "a number"),
    ({"bodies": [{"contentType": "text/html", "value": "x" * 5_000_001}]}, "bodies[0].value", "5,000,001"),
    ({"bodies": [{"contentType": "text/html", "value": "<script>x</script>"}]}, "bodies[0].value", "no words"),
    ({"bodies": [{"contentType": "application/pdf", "value": "x"}]}, "bodies[0].value", "no words"),
    ({"genres": ["news"]}, "genres[0]", "write an object"),
    ({"genres": [{"literal": 1}]}, "genres[0].literal", "a number"),
    ({"subjects": [{"rel": "section", "literal": "a/b/c"}]}, "subjects[0].literal", "two at most"),
    ({"subjects": [{"rel": "section"}]}, "subjects[0].literal", "missing"),
    ({"subjects": [{"rel": "section", "literal": "news/!"}]}, "subjects[0].literal", "no path"),
    ({"subjects": [{}, {"rel": "topic"}]}, "subjects[1].literal", "missing"),
    ({"subjects": [{"rel": "topic", "literal": "!!"}]}, "subjects[0].literal", "missing"),
    ({"subjects": [{"rel": ["topic"]}]}, "subjects[0].rel", "a list"),
    ({"people": [{"rel": "author"}]}, "people[0].name", "missing"),
    ({"people": [{"rel": "author", "name": {"first": "A"}}]}, "people[0].name", "an object"),
    ({"people": [{"rel": "author", "name": "A", "uri": 1}]}, "people[0].uri", "a number"),
    ({"people": {"rel": "author"}}, "people", "write a list of objects"),
    ({"by": ["Ana"]}, "by", "a list"),
    ({"by": "x" * 1001}, "by", "1,001 characters"),
    ({"located": {"name": "x"}}, "located", "an object"),
    ({"infoSources": [{"role": "source"}]}, "infoSources[0].name", "missing"),
    ({"altIds": [{"role": "redirect", "value": "javascript:x"}]}, "altIds[0].value", "no old address"),
    ({"altIds": [{"role": "redirect"}]}, "altIds[0].value", "no old address"),
    ({"altIds": [{"role": "slug", "value": 3}]}, "altIds[0].value", "a number"),
    ({"altIds": {"slug": "x"}}, "altIds", "write a list of objects"),
    ({"associations": {"lead": {}}}, "associations", "write a list of objects"),
    ({"associations": [{"rel": "related", "name": "x"}]}, "associations[0].uri", "missing"),
    ({"associations": [{"rel": "lead", "type": "photo"}]}, "associations[0].type", "it can be text, audio"),
    ({"associations": [{"rel": "lead", "renditions": {}}]}, "associations[0].renditions", "write a list"),
    (
        {"associations": [{"rel": "lead", "renditions": [{"href": 1}]}]},
        "associations[0].renditions[0].href",
        "a number",
    ),
    (
        {"associations": [{"rel": "lead", "renditions": [{"href": "a", "width": -1}]}]},
        "associations[0].renditions[0].width",
        "from 1 to",
    ),
    (
        {"associations": [{"rel": "figure", "renditions": [{"href": "a", "height": "9"}]}]},
        "associations[0].renditions[0].height",
        "from 1 to",
    ),
    ({"associations": [{}, {"rel": "lead", "by": 3}]}, "associations[1].by", "a number"),
    (
        {"associations": [{"rel": "lead", "descriptions": [{"role": "alt", "value": 1}]}]},
        "associations[0].descriptions[0].value",
        "a number",
    ),
    ({"associations": [{"rel": "lead", "contentCreated": "2026"}]}, "associations[0].contentCreated", "is no time"),
    ({"associations": [{"rel": "lead", "places": "x"}]}, "associations[0].places", "write a list"),
    ({"type": "story"}, "type", "it can be text"),
    ({"representationType": "half"}, "representationType", "full, partial"),
    ({"places": {}}, "places", "write a list of objects"),
    ({"places": [1]}, "places[0]", "write an object"),
    ({"slugline": 1}, "slugline", "write text"),
    ({"rightsInfo": []}, "rightsInfo", "write an object"),
    ({"x": float("nan")}, "x", "JSON cannot hold"),
    ({"x": {1: 2}}, "x", "JSON cannot hold"),
    ({"x": {"y": [object()]}}, "x.y[0]", "JSON cannot hold"),
    ({"x": (1, 2)}, "x", "JSON cannot hold"),
    ({"versionCreated": "2026-01-31"}, "versionCreated", "a date alone"),
    ({"versionCreated": 1_700_000_000}, "versionCreated", "a number"),
    ({"firstCreated": "2026-01-31T10:00:00"}, "firstCreated", "no zone"),
    ({"contentCreated": "2026-02-30T10:00:00Z"}, "contentCreated", "does not exist"),
    ({"embargoedUntil": "tomorrow"}, "embargoedUntil", "is no time"),
    ({"expires": "9999-12-31T23:59:59Z"}, "expires", "outside the years"),
    ({"expires": ""}, "expires", "is no time"),
    ({"headlines": None, "headline": "ninjs 1"}, "headlines", "ninjs 1"),
    ({"bodies": None, "body_html": "<p>1</p>"}, "bodies", "ninjs 1"),
]


@pytest.mark.parametrize(("changes", "field", "message"), WRONG, ids=[f"{n}-{w[1]}" for n, w in enumerate(WRONG)])
def test_what_is_wrong_is_named(changes: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(ItemError) as caught:
        read_item(with_(**changes))
    assert caught.value.field == field
    assert message in caught.value.message
    assert str(caught.value) == f"{field}: {caught.value.message}"
    assert len(str(caught.value)) < 400


def test_a_value_that_is_nested_too_deeply() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(ItemError, match="nested more than 40 deep"):
        read_item(with_(places=[{"x": deep}]))
    with pytest.raises(ItemError, match="nested more than 40 deep"):
        read_item(with_(versioncreated="2026-01-01T00:00:00Z", x=deep))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-01-31T10:00:00Z", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("2026-01-31t10:00:00z", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("2026-01-31 10:00:00+05:30", datetime(2026, 1, 31, 4, 30, tzinfo=UTC)),
        ("2026-01-31T10:00:00-0200", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T10:00:00.123456789Z", datetime(2026, 1, 31, 10, 0, 0, 123456, UTC)),
        ("2026-01-31T10:00:00.5-00:00", datetime(2026, 1, 31, 10, 0, 0, 500000, UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("1600-01-01T00:00:00Z", datetime(1600, 1, 1, tzinfo=UTC)),
        ("2200-12-31T23:59:59+23:59", datetime(2200, 12, 31, 0, 0, 59, tzinfo=UTC)),
    ],
)
def test_times(text: str, when: datetime) -> None:
    assert moment(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00Z", "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+01:60", "1599-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
        "٢٠٢٦-01-01T00:00:00Z", "2026-01-01T00:00:00 Z", "20260101T000000Z", "x", " ", "2026-01-01T00:00:00ZZ",
        "-2026-01-01T00:00:00Z", "2026-1-1T00:00:00Z", "2026-01-01T00:00:00.Z",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"is|has|does"):
        moment(text)


@given(
    st.datetimes(datetime(1601, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001
    st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_times_written_are_the_times_read(when: datetime, zone: timezone) -> None:
    aware = when.replace(tzinfo=zone)
    assert moment(moment_text(aware)) == aware
    assert moment(moment_text(aware)).utcoffset() == aware.utcoffset()


# --- properties -------------------------------------------------------------------------------------------------------

TEXT = st.one_of(
    st.text(max_size=12), st.sampled_from(["x", "A b", "ق", "a; b", "news", "; ", "main", "\u2066; \u2069"])
)
WORD = st.sampled_from(["alpha", "beta", "Gamma Delta", "ق م", "a/b", "x", "news"])
TIMES = st.datetimes(datetime(1601, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)).map(moment_text)  # noqa: DTZ001
HTML = st.sampled_from(
    ["<p>a</p>", "<h2>b</h2><p>c <b>d</b></p>", "plain", '<figure data-name="f"><img src="m.jpg"></figure>',
     '<p><a rel="related" href="urn:x:1">y</a></p>', "<blockquote>q<footer>w</footer></blockquote>", "<script>1",
     "<ul><li>x"]
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)


def entries(**names: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries({}, optional=names), max_size=4)


RENDITIONS = entries(
    name=st.sampled_from(["main", "thumb"]), href=WORD, contentType=st.just("image/png"), width=st.integers(1, 9),
    height=st.integers(1, 9), sizeInBytes=st.integers(0, 9), title=TEXT, x=TEXT,
)  # fmt: skip
DESCRIPTIONS = entries(
    role=st.sampled_from(["caption", "alt", "standfirst", "lead", "summary", "text", "z"]),
    value=TEXT,
    contentType=st.sampled_from(["text/plain", "text/html"]),
)
VALUED = entries(
    role=st.sampled_from(["main", "kicker", "short", "seo", ""]),
    value=TEXT,
    contentType=st.sampled_from(["text/plain", "text/html"]),
)
ITEMS = st.fixed_dictionaries(
    {
        "uri": st.sampled_from(["urn:x:1", "https://x.y/ق?a=1"]),
        "language": st.sampled_from(["en", "ar", "pt-BR", "zh-Hant-TW"]),
        "headlines": VALUED.map(lambda found: [*found, {"role": "main", "value": "Headline"}]),
        "bodies": st.lists(HTML, max_size=2).map(
            lambda found: [*({"contentType": "text/html", "role": f"r{n}", "value": v} for n, v in enumerate(found)),
                           {"role": "main", "contentType": "text/html", "value": "<p>Words</p>"}]
        ),
    },
    optional={
        "version": st.one_of(TEXT, st.integers(0, 99)),
        "versionCreated": TIMES,
        "firstCreated": TIMES,
        "embargoedUntil": TIMES,
        "pubStatus": st.sampled_from(["usable", "withheld", "canceled"]),
        "urgency": st.integers(1, 9),
        "descriptions": DESCRIPTIONS,
        "genres": entries(literal=st.sampled_from(["news", "video", "Reportage"]), name=TEXT, uri=WORD),
        "subjects": entries(
            rel=st.sampled_from(["section", "region", "topic", "coverage", "series", "other"]),
            literal=WORD, name=WORD, uri=WORD, relevance=st.integers(-1, 101), x=TEXT,
        ),
        "people": entries(
            rel=st.sampled_from(["author", "Editor", "translator", "subject"]), name=WORD, uri=WORD, literal=TEXT
        ),
        "by": TEXT,
        "infoSources": entries(role=st.sampled_from(["source", "document", ""]), name=TEXT, literal=WORD, uri=WORD),
        "located": TEXT,
        "altIds": entries(role=st.sampled_from(["slug", "origin", "translation-group", "isbn"]), value=TEXT),
        "associations": entries(
            rel=st.sampled_from(["lead", "figure", "related", "logo"]), uri=WORD, name=WORD, by=TEXT,
            type=st.just("video"), descriptions=DESCRIPTIONS, headlines=VALUED, renditions=RENDITIONS,
            contentCreated=TIMES, edNote=TEXT, x=JSON,
        ),
        "usageTerms": TEXT,
        "type": st.sampled_from(["text", "picture", "video", "composite"]),
        "places": entries(name=TEXT, geoJSON=st.just({"type": "Point", "coordinates": [1, 2]}), x=JSON),
        "edNote": TEXT,
        "x": JSON,
    },
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(ITEMS)
@example(with_(altIds=[{"role": "slug", "value": ":"}, {"role": "slug"}]))
@example(with_(associations=[{"rel": "lead", "descriptions": [{"role": "caption"}, {"role": "caption"}]}]))
@example(with_(associations=[{"rel": "lead", "edNote": "", "renditions": [{"href": "a", "title": ""}]}]))
@example(with_(infoSources=[{"role": "source", "name": "; a", "uri": "x"}]))
def test_an_item_written_and_read_is_the_same_item(data: dict[str, Any]) -> None:
    try:
        item = read_item(data)
    except ItemError:
        return
    json.dumps(write_item(item, extensions=True), ensure_ascii=False, allow_nan=False).encode()
    assert read_item(write_item(item, extensions=True)) == item
    standard = read_item(write_item(item))
    assert read_item(write_item(standard)) == standard


def test_the_property_is_about_items_that_can_be_read() -> None:
    """Guards the test above: most of what it makes must not be refused."""
    read = refused = 0

    @settings(max_examples=200, deadline=None, database=None)
    @given(ITEMS)
    def count(data: dict[str, Any]) -> None:
        nonlocal read, refused
        try:
            read_item(data)
            read += 1
        except ItemError:
            refused += 1

    count()
    assert read > refused / 2


@settings(max_examples=500, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(FULL)), JSON, max_size=6),
    st.sampled_from(sorted(FULL)),
    st.sampled_from(["role", "rel", "value", "name", "literal", "renditions", "descriptions", "href", "contentType"]),
    JSON,
)
def test_no_json_raises_anything_but_an_item_error(junk: dict[str, Any], name: str, inner: str, value: Any) -> None:
    for data in ({**MINIMAL, **junk}, {**FULL, name: [{inner: value}, value]}, {**FULL, name: {inner: value}}):
        try:
            item = read_item(data)
        except ItemError:
            continue
        assert read_item(write_item(item, extensions=True)) == item
