"""Read next: what a story's page leads on to."""

from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.find.actions import learn_words
from dateline.newsroom.find.models import Next
from dateline.newsroom.find.nexts import SHOWN, choose_next, settle_next
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Coverage, Story
from dateline.press.printing import print_path
from dateline.press.rendering import render
from tests.factories import TestNewsroom, body_of, edit

FERRIES = [("text", "<p>The ferries of the northern islands lie in the harbour, and their crews are on strike.</p>")]
GRAIN = [("text", "<p>Wheat and barley cost more than last year, say millers and bakers.</p>")]


def path_of(story: Story) -> str:
    return Address.objects.get(page_id=story.pk, current=True).path


def leads_to(story: Story) -> list[str]:
    page = lxml.html.document_fromstring(print_path(path_of(story)).body.decode())
    return [link.text_content().strip() for link in page.cssselect(".readnext .teaser__title a")]


def test_a_page_leads_to_its_kin_and_then_to_the_newest(newsroom: TestNewsroom) -> None:
    newsroom.story(title="Bread is dearer", body=GRAIN)
    newsroom.story("en", "news/economy", title="Ferry crews vote on a strike", body=FERRIES)
    story = newsroom.story(title="Northern ferries stand still", body=FERRIES)
    found = leads_to(story)
    assert found[0] == "Ferry crews vote on a strike"
    assert found[1:] == ["Bread is dearer"]
    assert "Northern ferries stand still" not in found


@pytest.mark.parametrize(("language", "first", "second"), [
    ("ar", "إضراب البحارة في ميناء العقبة", "ميناء العقبة بلا سفن بعد إضراب البحارة"),
    ("es", "Los marineros van a la huelga", "La huelga de marineros cierra el puerto"),
])  # fmt: skip
def test_kin_is_found_in_every_language(newsroom: TestNewsroom, language: str, first: str, second: str) -> None:
    for number in range(6):
        newsroom.story(language, title=f"{number} {number + 100}", body=[("text", f"<p>{number + 500}</p>")])
    old = newsroom.story(language, "news/economy", title=first, body=[("text", f"<p>{first}</p>")])
    Story.objects.filter(pk=old.pk).update(published=old.published - timedelta(days=3))
    assert leads_to(newsroom.story(language, title=second, body=[("text", f"<p>{second}</p>")]))[0] == first


def test_a_new_story_is_offered_on_the_page_of_the_one_it_follows(newsroom: TestNewsroom) -> None:
    first = newsroom.story(title="Ferry crews vote on a strike", body=FERRIES)
    bread = newsroom.story(title="Bread is dearer", body=GRAIN)
    body_of(path_of(first))
    newsroom.story(title="Northern ferries stand still: crews strike", body=FERRIES)
    assert not newsroom.store.has(path_of(first)), "it is printed anew when it is asked for"
    assert newsroom.store.has(path_of(bread))
    assert leads_to(first)[0] == "Northern ferries stand still: crews strike"


def test_an_old_story_is_left_as_it_is(newsroom: TestNewsroom) -> None:
    old = newsroom.story(
        title="Ferry crews vote on a strike", body=FERRIES, published=timezone.now() - timedelta(days=30)
    )
    newsroom.story(title="Northern ferries stand still: crews strike", body=FERRIES, published=timezone.now())
    assert newsroom.store.has(path_of(old))


def test_a_withdrawn_story_leaves_and_another_takes_its_place_and_it_may_come_back(newsroom: TestNewsroom) -> None:
    others = [newsroom.story(title=f"Ferry {name} strikes", body=FERRIES) for name in ("Anna", "Bertha", "Clara")]
    for name in ("Wheat", "Rye", "Oats"):
        newsroom.story(title=f"{name} is dearer", body=GRAIN)
    story = newsroom.story(title="Northern ferries stand still", body=FERRIES)
    before = leads_to(story)
    assert len(before) == SHOWN
    gone = next(other for other in others if other.title == before[0])
    withdraw_story(gone, by=None, reason="Not so.")
    assert not newsroom.store.has(path_of(story))
    after = leads_to(story)
    assert gone.title not in after
    assert len(after) == SHOWN
    edit(Story.objects.get(pk=gone.pk), title=gone.title)
    assert gone.title in leads_to(story)


def test_those_of_one_coverage_lead_to_each_other(newsroom: TestNewsroom) -> None:
    coverage = Coverage.objects.create(edition=newsroom.editions["en"], slug="vote", title="The vote")
    first = newsroom.story(title="Wheat is dearer", body=GRAIN)
    first.coverages.add(coverage)
    first.save()
    edit(first, coverages=[coverage])
    for number in range(5):
        newsroom.story(title=f"{number} {number + 100}", body=[("text", f"<p>{number + 500}</p>")])
    second = newsroom.story(title="Quiet in the lagoon", body=FERRIES)
    edit(second, coverages=[coverage])
    assert leads_to(second)[0] == "Wheat is dearer"


def test_a_page_printed_twice_is_the_same_though_others_came_meanwhile(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="Northern ferries stand still", body=FERRIES)
    newsroom.story("en", "opinion", title="Patience", body=[("text", "<p>Of waiting.</p>")])
    first = leads_to(story)
    newsroom.story("en", "opinion", title="More patience", body=[("text", "<p>Of more waiting.</p>")])
    assert leads_to(story) == first


def test_stories_that_came_in_bulk_are_chosen_for_when_they_are_printed(newsroom: TestNewsroom) -> None:
    stories = [newsroom.story(title=f"Ferry {name} strikes", body=FERRIES) for name in ("Anna", "Bertha")]
    settle_next([Story.objects.get(pk=story.pk) for story in stories])
    assert not Next.objects.exists()
    assert leads_to(stories[1]) == ["Ferry Anna strikes"]
    assert Next.objects.get(story=stories[1].pk).ids == [stories[0].pk]


def test_choosing_asks_as_much_of_a_large_archive_as_of_a_small_one(newsroom: TestNewsroom) -> None:
    def count() -> int:
        story = newsroom.story(title="Northern ferries stand still", body=FERRIES)
        render(path_of(story))
        with CaptureQueriesContext(connection) as asked:
            choose_next(story, editions().editions["en"])
        return len(asked)

    newsroom.story(title="Ferry Zita strikes", body=FERRIES)
    learn_words(editions().editions["en"])
    few = count()
    for name in ("Anna", "Bertha", "Clara", "Dora", "Emma", "Frida", "Gerda", "Hedda", "Ida"):
        newsroom.story(title=f"Ferry {name} strikes", body=FERRIES)
    assert count() == few


def test_nothing_leads_on_where_there_is_nothing(newsroom: TestNewsroom) -> None:
    assert leads_to(newsroom.story()) == []
