"""Coverages as dossiers, and In five."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from dateline.desk.drafting import draft_cards
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.fronts.models import Morning
from dateline.newsroom.fronts.mornings import Candidate, five_of, gather, gather_due, morning_before
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.key_dates import day_of
from dateline.newsroom.stories.models import Coverage, Story
from dateline.press.printing import print_path
from dateline.press.rendering import render
from tests.factories import START, TestNewsroom, body_of, edit
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)

CARDS = [("card", {"title": f"Question {n}?", "text": f"Answer {n}."}) for n in range(1, 6)]


def cover(newsroom: TestNewsroom, slug: str = "vote", **values: Any) -> Coverage:
    values.setdefault("title", "The vote")
    return Coverage.objects.create(edition=newsroom.editions["en"], slug=slug, **values)


def told(newsroom: TestNewsroom, coverage: Coverage, **values: Any) -> Story:
    return edit(newsroom.story(**values), coverages=[coverage])


def page(path: str) -> Any:
    return lxml.html.document_fromstring(print_path(path).body.decode())


def texts(path: str, selector: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page(path).cssselect(selector)]


def test_a_coverage_shows_what_is_known_of_it(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom, summary="Nine lists.", people="Mira Tandell, mayor\n\n Idris Kaya ", places="Maren")
    first, second = (told(newsroom, coverage, title=title) for title in ("Lists close", "Polls open"))
    coverage.key_dates = [
        ("date", {"when": "2026-11-20", "text": "Polls open", "story": second.page_ptr}),
        ("date", {"when": "2025", "text": "The council falls", "story": None}),
        ("date", {"when": "2026-03", "text": "Lists are drawn up", "story": None}),
    ]
    coverage.leading = [("story", first.page_ptr)]
    coverage.save()
    path = "/en/coverage/vote/"
    assert texts(path, "h1") == ["The vote"]
    assert texts(path, ".front__text") == ["Nine lists."]
    assert texts(path, ".dates > li") == [
        "2025 The council falls",
        "March 2026 Lists are drawn up",
        "20 Nov 2026 Polls open",
    ]
    assert [time.get("datetime") for time in page(path).cssselect(".dates time")] == ["2025", "2026-03", "2026-11-20"]
    assert page(path).cssselect(".dates a")[0].text == "Polls open"
    assert texts(path, ".whowhere li") == ["Mira Tandell, mayor", "Idris Kaya", "Maren"]
    assert texts(path, ".lead__main h2") == ["Lists close"], "an editor's order comes before the newest"


def test_a_change_of_a_coverage_is_on_its_pages_before_saving_returns(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom)
    story = told(newsroom, coverage)
    for path in ("/en/coverage/vote/", "/en/coverage/"):
        assert "The vote" in print_path(path).body.decode()
    coverage.title, coverage.closed = "The recount", True
    coverage.save()
    assert "The recount" in body_of("/en/coverage/vote/")
    assert "This coverage is closed." in body_of("/en/coverage/vote/")
    assert "The recount" in body_of("/en/coverage/")
    withdraw_story(story, by=None, reason="Not so.")
    assert story.title not in print_path("/en/coverage/vote/").body.decode()


def test_parts_lead_to_the_whole_and_the_whole_to_its_parts(newsroom: TestNewsroom) -> None:
    whole, part = cover(newsroom), cover(newsroom, "recount", title="The recount")
    print_path("/en/coverage/vote/")
    part.parent = whole
    part.save()
    assert texts("/en/coverage/vote/", ".front__children a") == ["The recount"]
    assert texts("/en/coverage/recount/", ".front__eyebrow a") == ["The vote"]
    part.title = "The second count"
    part.save()
    assert texts("/en/coverage/vote/", ".front__children a") == ["The second count"]


@pytest.mark.parametrize("wrong", ["itself", "a part", "another edition", "a whole"])
def test_a_coverage_is_part_of_one_that_is_no_part_itself(newsroom: TestNewsroom, wrong: str) -> None:
    whole, part, other = cover(newsroom), cover(newsroom, "part"), cover(newsroom, "other")
    part.parent = whole
    part.save()
    arabic = Coverage.objects.create(edition=newsroom.editions["ar"], slug="vote", title="الاقتراع")
    changed, parent = {
        "itself": (other, other),
        "a part": (other, part),
        "another edition": (other, arabic),
        "a whole": (whole, other),
    }[wrong]
    changed.parent = parent
    with pytest.raises(ValidationError) as refused:
        changed.full_clean()
    assert "parent" in refused.value.message_dict


def test_five_cards_are_shown_when_an_editor_has_accepted_them(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom, in_five=CARDS, in_five_draft=True)
    assert texts("/en/coverage/vote/", ".five__card") == []
    assert print_path("/en/coverage/vote/in-five/").status == 404
    coverage.in_five_draft = False
    coverage.save()
    assert texts("/en/coverage/vote/", ".five__title") == [f"Question {n}?" for n in range(1, 6)]
    assert texts("/en/coverage/vote/in-five/", ".five__text") == [f"Answer {n}." for n in range(1, 6)]
    assert texts("/en/coverage/vote/", ".five__card .visually-hidden")[1] == "2 of 5"
    coverage.in_five = CARDS[:4]
    coverage.save()
    assert texts("/en/coverage/vote/", ".five__card") == []


def test_four_cards_are_a_draft_and_six_are_refused(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom, in_five=CARDS[:4])
    with pytest.raises(ValidationError) as refused:
        coverage.full_clean()
    assert "in_five" in refused.value.message_dict
    coverage.in_five_draft = True
    coverage.full_clean()
    coverage.in_five, coverage.in_five_draft = CARDS, False
    coverage.full_clean()


def test_cards_are_text_and_numbers_in_the_editions_digits(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["ar"]
    edition.digits = "arab"
    edition.save_revision().publish()
    cards = [("card", {"title": f"<b>{n}</b>", "text": "نعم & لا"}) for n in range(5)]
    Coverage.objects.create(edition=edition, slug="vote", title="الاقتراع", in_five=cards)
    said = print_path("/ar/coverage/vote/").body.decode()
    assert "&lt;b&gt;0&lt;/b&gt;" in said
    assert texts("/ar/coverage/vote/", ".five__place") == ["١", "٢", "٣", "٤", "٥"]


def test_the_page_of_all_has_what_goes_on_by_its_newest_and_what_is_closed_by_name(
    newsroom: TestNewsroom,
) -> None:
    old, new = cover(newsroom, "old", title="Old"), cover(newsroom, "new", title="New")
    for name in ("Zebra", "Apple"):
        cover(newsroom, name.lower(), title=name, closed=True)
    told(newsroom, old)
    told(newsroom, new)
    assert texts("/en/coverage/", ".coverages h3") == ["New", "Old", "Apple", "Zebra"]
    told(newsroom, old)
    assert texts("/en/coverage/", ".coverages h3") == ["Old", "New", "Apple", "Zebra"]


def test_without_coverages_the_page_says_so(newsroom: TestNewsroom) -> None:
    assert print_path("/en/coverage/").status == 200
    assert print_path("/en/coverage/nothing/").status == 404
    assert print_path("/en/coverage/nothing/in-five/").status == 404


def test_a_coverage_takes_as_many_queries_large_as_small(newsroom: TestNewsroom) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert render("/en/coverage/vote/").status_code == 200
            assert render("/en/coverage/").status_code == 200
        return len(asked)

    coverage = cover(newsroom, in_five=CARDS)
    stories = [told(newsroom, coverage) for _ in range(3)]
    coverage.key_dates = [("date", {"when": "2026", "text": "One", "story": stories[0].page_ptr})]
    coverage.leading = [("story", stories[0].page_ptr)]
    coverage.save()
    part = cover(newsroom, "part")
    part.parent = coverage
    part.save()
    few = count()
    stories += [told(newsroom, coverage) for _ in range(9)]
    coverage.key_dates = [
        ("date", {"when": "2026", "text": str(n), "story": s.page_ptr}) for n, s in enumerate(stories)
    ]
    coverage.leading = [("story", story.page_ptr) for story in stories[:6]]
    coverage.save()
    for number in range(5):
        cover(newsroom, f"part-{number}", parent=coverage)
    assert count() == few


# ── at the desk ──


def form(coverage: Coverage, **values: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "edition": coverage.edition_id,
        "title": coverage.title,
        "slug": coverage.slug,
        "summary": "",
        "picture": "",
        "in_five": streamfield([]),
        "leading": streamfield([]),
        "key_dates": streamfield([]),
        "people": "",
        "places": "",
        "parent": "",
    }
    return nested_form_data(fields | values)


def test_an_editor_writes_cards_and_dates_at_the_desk(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom)
    client = editor("chief")
    where = reverse("wagtailsnippets_stories_coverage:edit", args=[coverage.pk])
    assert client.get(where).status_code == 200
    sent = form(
        coverage,
        in_five=streamfield(CARDS),
        key_dates=streamfield([("date", {"when": "2026-11", "text": "Polls open", "story": ""})]),
        people="Mira Tandell, mayor",
    )
    answer = client.post(where, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert texts("/en/coverage/vote/", ".five__title") == [f"Question {n}?" for n in range(1, 6)]
    assert texts("/en/coverage/vote/", ".dates > li") == ["November 2026 Polls open"]


@pytest.mark.parametrize("when", ["yesterday", "2026-13", "2026-02-30", "٢٠٢٦", "2026-1-1", "20261"])
def test_a_date_that_is_none_is_refused_with_how_to_write_it(newsroom: TestNewsroom, when: str) -> None:
    coverage = cover(newsroom)
    where = reverse("wagtailsnippets_stories_coverage:edit", args=[coverage.pk])
    sent = form(coverage, key_dates=streamfield([("date", {"when": when, "text": "Polls open", "story": ""})]))
    answer = editor("chief").post(where, sent)
    assert answer.status_code == 200
    assert "2026-03-14" in answer.content.decode()
    with pytest.raises(ValueError):
        day_of(when)


#: Five stories of one strike in each language: what happened, and then something beside it.
STORIES = json.loads((Path(__file__).parents[1] / "data" / "ferry_strike.json").read_text("utf-8"))


def reported(newsroom: TestNewsroom, language: str) -> Coverage:
    coverage = Coverage.objects.create(edition=newsroom.editions[language], slug="strike", title="The strike")
    for headline, text in STORIES[language]:
        edit(
            newsroom.story(language, title=headline, body=[("text", f"<p>{text}</p>")], short_headline=headline),
            coverages=[coverage],
        )
    return coverage


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_a_draft_is_the_stories_own_key_sentences_the_oldest_first(newsroom: TestNewsroom, language: str) -> None:
    coverage = reported(newsroom, language)
    edition = editions().editions[language]
    cards = draft_cards(coverage, edition)
    assert [card["title"] for card in cards] == [headline for headline, _text in STORIES[language]]
    assert [card["text"] for card in cards] == [re.split(r"(?<=\.) ", text)[0] for _headline, text in STORIES[language]]
    assert draft_cards(coverage, edition) == cards


def test_a_draft_is_shown_to_readers_when_an_editor_accepts_it(newsroom: TestNewsroom) -> None:
    coverage = reported(newsroom, "en")
    client = editor("chief")
    where = reverse("dateline_draft_five", args=[coverage.pk])
    assert "Crews vote" in client.get(where).content.decode()
    assert not Coverage.objects.get(pk=coverage.pk).in_five, "looking changes nothing"
    assert client.post(where).status_code == 302
    coverage = Coverage.objects.get(pk=coverage.pk)
    assert coverage.in_five_draft
    assert len(coverage.in_five) == 5
    assert texts("/en/coverage/strike/", ".five__card") == []
    coverage.in_five_draft = False
    coverage.full_clean()
    coverage.save()
    assert len(texts("/en/coverage/strike/", ".five__card")) == 5
    assert "A draft takes their place" in client.get(where).content.decode()


def test_a_coverage_without_stories_has_nothing_to_draft_from_and_reporters_may_not(newsroom: TestNewsroom) -> None:
    coverage = cover(newsroom)
    where = reverse("dateline_draft_five", args=[coverage.pk])
    assert "too little" in editor("chief").post(where).content.decode()
    assert not Coverage.objects.get(pk=coverage.pk).in_five
    nobody = editor("reporter")
    if not get_user_model().objects.get(username="reporter").has_perm("stories.change_coverage"):
        assert nobody.post(where).status_code in (302, 403)


# ── the morning ──


def test_the_five_are_the_days_most_urgent_of_different_sections_and_coverages() -> None:
    since = datetime(2026, 11, 20, 6, tzinfo=UTC)

    def one(pk: int, section: int, *, urgency: int = 5, hours: float = 5, form: str = "news", of: int = 0) -> Candidate:
        moment = since + timedelta(hours=hours)
        return Candidate(pk, section, frozenset({of} if of else ()), form, urgency, True, moment)

    found = [
        one(1, 1, urgency=1),
        one(2, 1, urgency=2),
        one(3, 2, urgency=3, of=9),
        one(4, 3, urgency=3, of=9, hours=3),
        one(5, 4, form="gallery"),
        one(6, 5, hours=-30, urgency=1),
        one(7, 6),
        one(8, 7, hours=6),
    ]
    assert five_of(found, since) == [1, 3, 8, 7, 5]
    assert five_of(reversed(found), since) == [1, 3, 8, 7, 5]
    assert five_of(found[:2], since) == [1, 2]
    assert five_of([], since) == []


def test_each_edition_gathers_once_at_six_where_it_is(newsroom: TestNewsroom) -> None:
    for number in range(7):
        newsroom.story(title=f"Story {number}", urgency=number + 1)
    edition = editions().editions["en"]
    six = morning_before(edition, START + timedelta(days=1, hours=12))
    assert six.astimezone(edition.voice.zone).hour == 6
    assert gather_due(six - timedelta(minutes=1)) == len(editions().editions)
    assert gather_due(six - timedelta(minutes=1)) == 0
    assert gather_due(six + timedelta(minutes=1)) > 0
    first = gather(edition, six)
    newsroom.story(title="Too late", urgency=1)
    assert gather(edition, six).ids == first.ids
    assert len(first.ids) == 5
    assert texts("/en/in-five/", ".five__title") == [Story.objects.get(pk=pk).title for pk in first.ids]
    assert Morning.objects.filter(edition=edition.id).count() == 2


def test_before_its_first_morning_an_edition_shows_its_newest_without_the_withdrawn(
    newsroom: TestNewsroom,
) -> None:
    assert texts("/en/in-five/", ".five__card") == []
    story = newsroom.story(title="First")
    newsroom.story("en", "opinion", title="Second")
    assert set(texts("/en/in-five/", ".five__title")) == {"First", "Second"}
    withdraw_story(story, by=None, reason="Not so.")
    assert texts("/en/in-five/", ".five__title") == ["Second"]
