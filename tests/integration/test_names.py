"""Names that are known: in a text that is written at the desk, and by their first letters."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dateline.newsroom.find.models import Name
from dateline.newsroom.find.names import beginning_with, learn_every_name, named_in
from dateline.newsroom.stories.merging import merge_topic, move_stories
from dateline.newsroom.stories.models import Coverage, Story, Topic
from dateline.press.printing import print_path
from dateline.press.rendering import render
from tests.factories import TestNewsroom
from tests.integration.desk import editor, story_form

pytestmark = pytest.mark.django_db(transaction=True)


def topic(newsroom: TestNewsroom, name: str, language: str = "en", **values: Any) -> Topic:
    made = newsroom.topic(language, name)
    for field, value in values.items():
        setattr(made, field, value)
    made.save()
    return made


def named(newsroom: TestNewsroom, text: str, *, headline: str = "", language: str = "en") -> list[str]:
    found = named_in(newsroom.editions[language].pk, language, headline, text)
    names = Topic.objects.in_bulk([one.topic for one in found])
    return [names[one.topic].name for one in found]


def begun(newsroom: TestNewsroom, typed: str, language: str = "en") -> list[str]:
    found = beginning_with(newsroom.editions[language].pk, language, typed, ["topic"], 10)
    names = Topic.objects.in_bulk([pk for _kind, pk in found])
    return [names[pk].name for _kind, pk in found]


# ── Names in a text ──


def test_a_text_is_read_for_names(newsroom: TestNewsroom) -> None:
    for name in ("Port Maren", "Maren", "Elections", "Idris Kaya", "Fisheries"):
        topic(newsroom, name)
    text = "In Port Maren the election was won by Idris Kaya’s list. Kaya thanked Port Maren."
    assert named(newsroom, text) == ["Port Maren", "Elections", "Idris Kaya"], (
        "the longer name is meant, the rest is not"
    )
    assert named(newsroom, text, headline="Fisheries: a vote")[0] == "Fisheries", "the headline counts most"
    assert named(newsroom, "") == []


def test_other_names_and_other_spellings_are_known(newsroom: TestNewsroom) -> None:
    topic(newsroom, "United Nations", other_names="UN\n\nU.N.")
    topic(newsroom, "الأمم المتحدة", "ar")
    topic(newsroom, "بيروت", "ar")
    topic(newsroom, "Elecciones", "es")
    assert named(newsroom, "The UN met.") == ["United Nations"]
    assert named(newsroom, "قالت الامم المتحده في بيروت إن", language="ar") == ["الأمم المتحدة", "بيروت"]
    assert named(newsroom, "وبيروت", language="ar") == ["بيروت"]
    assert named(newsroom, "La elección de mayo", language="es") == ["Elecciones"]
    assert named(newsroom, "The UN met.", language="es") == [], "another edition has its own"


def test_a_name_with_a_capital_is_not_the_word_without(newsroom: TestNewsroom) -> None:
    topic(newsroom, "Reading", stands_for="place")
    topic(newsroom, "Fishing")
    assert named(newsroom, "They were reading and fishing.") == ["Fishing"]
    assert named(newsroom, "A train to Reading.") == ["Reading"]


def test_what_changes_and_what_goes_is_known_at_once(newsroom: TestNewsroom) -> None:
    one = topic(newsroom, "Maren")
    one.name = "Harbour"
    one.save()
    assert (named(newsroom, "Maren"), named(newsroom, "The harbour")) == ([], ["Harbour"])
    one.delete()
    assert named(newsroom, "The harbour") == []
    assert not Name.objects.filter(kind="topic").exists()


def test_a_merged_name_stays_known(newsroom: TestNewsroom) -> None:
    source, target = topic(newsroom, "Maren-on-Sea"), topic(newsroom, "Maren")
    merge_topic(source, target, by=None)
    move_stories.call(source.pk)
    assert named(newsroom, "Off Maren-on-Sea a boat sank.") == ["Maren"]


@pytest.mark.parametrize("text", ["\x00", "؟!…", "((((", "%s %%", "a" * 100_000, "a " * 50_000, "\u202e\u200f"])
def test_any_text_can_be_read(newsroom: TestNewsroom, text: str) -> None:
    topic(newsroom, "Maren")
    assert named(newsroom, text, headline=text) == []
    assert begun(newsroom, text) == []


def test_reading_costs_the_same_however_many_names_there_are(newsroom: TestNewsroom) -> None:
    text = " ".join(f"In Town {number} it rained." for number in range(150))
    counts = []
    for number in (3, 60):
        for at in range(number):
            topic(newsroom, f"Town {at}", slug=f"t-{number}-{at}")
        with CaptureQueriesContext(connection) as queries:
            assert len(named(newsroom, text)) >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_all_names_can_be_learnt_anew(newsroom: TestNewsroom) -> None:
    topic(newsroom, "Port Maren")
    Coverage.objects.create(edition=newsroom.editions["en"], slug="c", title="The vote")
    before = set(Name.objects.values_list("kind", "term", "plain", "key"))
    Name.objects.all().delete()
    assert learn_every_name() == 2
    assert set(Name.objects.values_list("kind", "term", "plain", "key")) == before != set()


# ── Names by their first letters ──


def test_any_word_of_a_name_may_be_begun(newsroom: TestNewsroom) -> None:
    for name in ("Port Maren", "Maren", "Marengo valley", "Lake"):
        topic(newsroom, name)
    assert begun(newsroom, "mar") == ["Maren", "Marengo valley", "Port Maren"]
    assert begun(newsroom, "port mar") == ["Port Maren"]
    assert begun(newsroom, "zzz") == begun(newsroom, "") == begun(newsroom, "%") == []


def test_an_arabic_name_is_found_however_it_is_typed(newsroom: TestNewsroom) -> None:
    topic(newsroom, "الأمم المتحدة", "ar")
    assert begun(newsroom, "الامم", "ar") == begun(newsroom, "المتحده", "ar") == ["الأمم المتحدة"]


def test_names_complete_a_search_before_headlines(newsroom: TestNewsroom) -> None:
    place = topic(newsroom, "Maren")
    newsroom.story(title="Maren votes")
    coverage = Coverage.objects.create(edition=newsroom.editions["en"], slug="vote", title="The Maren vote")
    author = newsroom.person(name="Ana Marenko")

    def completed(typed: str) -> list[dict[str, str]]:
        return list(json.loads(render("/en/search/suggest.json", urlencode({"q": typed})).content))  # type: ignore[attr-defined]

    assert completed("mar")[:-1] == [
        {"title": "Maren", "url": place.front, "of": "Topic"},
        {"title": "Ana Marenko", "url": author.front, "of": "Author"},
        {"title": "The Maren vote", "url": coverage.front, "of": "Coverage"},
    ]
    assert [row["title"] for row in completed("mar")][-1] == "Maren votes"
    assert completed("m") == [], "one letter is too few"
    assert print_path(place.front).status == 200


# ── At the desk ──


def ask(desk: Client, what: str, edition: int, *, status: int = 200, **values: Any) -> dict[str, Any]:
    where = reverse(f"dateline_topics_{what}", args=[edition])
    if what == "find":
        response = desk.get(where, values)
    elif what == "name":
        response = desk.post(where, json.dumps(values), content_type="application/json")
    else:
        response = desk.post(where, values)
    assert response.status_code == status
    return dict(response.json())


def test_a_reporter_finds_and_makes_topics(newsroom: TestNewsroom) -> None:
    desk, pk = editor("reporter"), newsroom.editions["en"].pk
    town = topic(newsroom, "Port Maren", stands_for="place", other_names="Maren-on-Sea")
    known = {"id": town.pk, "name": "Port Maren", "about": "a place"}
    assert ask(desk, "find", pk, q="mar") == {"topics": [known], "new": True}
    assert ask(desk, "find", pk, q="Maren-on-Sea") == {"topics": [known], "new": False}
    assert ask(desk, "find", pk, q=" … ") == {"topics": [], "new": False}
    assert ask(desk, "name", pk, headline="A vote", text="in Port Maren") == {"topics": [known]}
    made = ask(desk, "make", pk, name="  Sea   level ")["topic"]
    assert Topic.objects.values_list("name", "slug", "edition").get(pk=made["id"]) == ("Sea level", "sea-level", pk)
    assert ask(desk, "make", pk, name="sea LEVEL")["topic"]["id"] == made["id"], "nothing is made twice"
    other = ask(desk, "make", pk, name="Sea, level!")["topic"]
    assert Topic.objects.get(pk=other["id"]).slug == "sea-level-2"


def test_what_cannot_be_a_topic_is_said(newsroom: TestNewsroom) -> None:
    desk, pk = editor("reporter"), newsroom.editions["en"].pk
    for name in ("", "…", "x" * 200):
        assert ask(desk, "make", pk, name=name, status=400)["error"]
    assert ask(desk, "name", pk, text="x" * 500_000, status=413)["error"]
    where = reverse("dateline_topics_name", args=[pk])
    for body in ("", "[]", "{", "3", "null"):
        assert desk.post(where, body, content_type="application/json").status_code == 400
    assert desk.get(reverse("dateline_topics_find", args=[999])).status_code == 404
    assert not Topic.objects.exists()


def test_who_may_not_make_topics_is_not_offered_to(newsroom: TestNewsroom) -> None:
    desk, pk = editor("reporter"), newsroom.editions["en"].pk
    kind = ContentType.objects.get_for_model(Topic)
    Permission.objects.get(content_type=kind, codename="add_topic").group_set.clear()
    assert ask(desk, "find", pk, q="Sea") == {"topics": [], "new": False}
    assert ask(desk, "make", pk, name="Sea", status=403)["error"]


def test_strangers_learn_nothing(newsroom: TestNewsroom) -> None:
    for what in ("find", "name", "make"):
        where = reverse(f"dateline_topics_{what}", args=[newsroom.editions["en"].pk])
        for answer in (Client().get(where, {"q": "a"}), Client().post(where, {})):
            assert answer.status_code in (302, 405)


def test_the_form_holds_the_chosen_alone(newsroom: TestNewsroom) -> None:
    chosen = topic(newsroom, "Maren")
    others = [topic(newsroom, f"Elsewhere {number}") for number in range(30)]
    story = newsroom.story(topics=(chosen,))
    desk = editor("editor")
    text = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert f'<option value="{chosen.pk}" selected>Maren</option>' in text
    assert not any(other.name in text for other in others)
    assert "desk/topics.js" in text


def test_a_topic_that_was_merged_while_the_form_was_open_is_what_it_has_become(newsroom: TestNewsroom) -> None:
    source, target, kept = topic(newsroom, "Maren-on-Sea"), topic(newsroom, "Maren"), topic(newsroom, "Sea")
    story = newsroom.story(topics=(source,))
    desk = editor("editor")
    merge_topic(source, target, by=None)
    move_stories.call(source.pk)
    form = story_form(story.title, slug=story.slug, section=story.section_id) | {"topics": [source.pk, kept.pk]}
    where = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert desk.post(where, {**form, "action-publish": "1"}).status_code == 302
    assert {one.pk for one in Story.objects.get(pk=story.pk).topics.all()} == {target.pk, kept.pk}
