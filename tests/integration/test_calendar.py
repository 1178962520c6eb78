"""The archive by day, month and year."""

from datetime import UTC, datetime, timedelta
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_path
from dateline.press.rendering import render
from tests.factories import TestNewsroom, edit

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


def page(path: str) -> Any:
    return lxml.html.document_fromstring(print_path(path).body.decode())


def links(path: str) -> dict[str, str]:
    """The cells of a calendar that lead somewhere."""
    return {a.text: a.get("href") for a in page(path).cssselect(".calendar a")}


def titles(path: str) -> list[str]:
    return [a.text_content().strip() for a in page(path).cssselect(".ledger .teaser__title a")]


def test_years_lead_to_months_to_days_to_stories(newsroom: TestNewsroom) -> None:
    newsroom.story(title="Leap", published=NOON)
    newsroom.story(title="Later", published=NOON + timedelta(hours=2))
    newsroom.story(title="Spring", published=NOON + timedelta(days=1))
    newsroom.story("en", "opinion", title="Old", published=NOON - timedelta(days=800))
    assert links("/en/archive/") == {"2024": "/en/archive/2024/", "2021": "/en/archive/2021/"}
    assert [cell.text_content() for cell in page("/en/archive/").cssselect(".calendar li")] == [
        "2024",
        "2023",
        "2022",
        "2021",
    ]
    assert links("/en/archive/2024/") == {"February": "/en/archive/2024/02/", "March": "/en/archive/2024/03/"}
    assert links("/en/archive/2024/02/") == {"29": "/en/archive/2024/02/29/"}
    assert titles("/en/archive/2024/02/29/") == ["Later", "Leap"]
    assert titles("/en/news/politics/archive/2024/02/29/") == ["Later", "Leap"]
    assert titles("/en/news/archive/2024/03/01/") == ["Spring"]
    assert links("/en/opinion/archive/") == {"2021": "/en/opinion/archive/2021/"}
    assert page("/en/archive/2024/02/29/").cssselect(".pager__newer")[0].get("href") == "/en/archive/2024/03/01/"
    assert page("/en/archive/2024/03/01/").cssselect(".pager__older")[0].get("href") == "/en/archive/2024/02/29/"
    assert page("/en/archive/2024/02/").cssselect(".pager__newer")[0].get("href") == "/en/archive/2024/03/"


def test_a_day_begins_where_the_edition_is(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["en"]
    edition.timezone = "Asia/Tokyo"
    edition.save_revision().publish()
    newsroom.story(title="Late", published=datetime(2024, 2, 28, 15, 30, tzinfo=UTC))
    assert titles("/en/archive/2024/02/29/") == ["Late"]
    assert print_path("/en/archive/2024/02/28/").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "2023/",
        "2024/01/",
        "2024/02/28/",
        "2024/02/30/",
        "2024/13/",
        "0000/",
        "2024/2/",
        "2024/02/29/12/",
        "x/",
        "٢٠٢٤/",
        "9999/12/31/",
        "9999/12/",
        "9999/",
        "0001/01/01/",
    ],
)
def test_where_nothing_was_published_there_is_no_page(newsroom: TestNewsroom, path: str) -> None:
    newsroom.story(published=NOON)
    assert print_path(f"/en/archive/{path}").status == 404
    assert print_path(f"/en/nothing/archive/{path}").status == 404


def test_an_edition_without_stories_has_an_empty_archive(newsroom: TestNewsroom) -> None:
    assert print_path("/en/archive/").status == 200
    assert links("/en/archive/") == {}


def test_what_a_story_does_is_on_its_days_pages_and_no_other(newsroom: TestNewsroom) -> None:
    first = newsroom.story(title="First", published=NOON)
    newsroom.story(title="Long before", published=NOON - timedelta(days=40))
    day, month, other = "/en/archive/2024/02/29/", "/en/archive/2024/02/", "/en/archive/2024/01/20/"
    for path in (day, month, other, "/en/archive/2024/", "/en/archive/"):
        print_path(path)
    kept = newsroom.store.read(other).sheet
    newsroom.story(title="Second", published=NOON + timedelta(hours=1))
    assert titles(day) == ["Second", "First"]
    newsroom.story(title="The day after", published=NOON + timedelta(days=1))
    assert page(day).cssselect(".pager__newer"), "the day after has a story now"
    assert newsroom.store.read(other).sheet == kept
    withdraw_story(first, by=None, reason="Not so.")
    assert titles(day) == ["Second"]
    moved = Story.objects.get(title="Second")
    edit(moved, published=NOON - timedelta(days=2))
    assert print_path(day).status == 404
    assert titles("/en/archive/2024/02/27/") == ["Second"]
    assert links(month) == {"27": "/en/archive/2024/02/27/"}
    Story.objects.get(pk=moved.pk).delete()
    assert print_path("/en/archive/2024/02/27/").status == 404


def test_months_and_numbers_are_the_editions(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["ar"]
    edition.digits = "arab"
    edition.save_revision().publish()
    newsroom.story("ar", published=NOON)
    assert links("/ar/archive/2024/02/") == {"٢٩": "/ar/archive/2024/02/29/"}
    assert (
        page("/ar/archive/2024/02/").cssselect("h1")[0].text_content() == "شباط ٢٠٢٤"
        or "فبراير" in page("/ar/archive/2024/02/").cssselect("h1")[0].text_content()
    )


def test_a_month_begins_on_its_day_of_the_week(newsroom: TestNewsroom) -> None:
    newsroom.story(published=NOON)  # 1 February 2024 was a Thursday
    [first, *_] = page("/en/archive/2024/02/").cssselect(".calendar li")
    assert first.get("class") in ("calendar__from-3", "calendar__from-4")


def test_every_page_takes_as_many_queries_for_many_stories_as_for_few(newsroom: TestNewsroom) -> None:
    def count() -> list[int]:
        found = []
        for path in ("", "2024/", "2024/02/", "2024/02/29/"):
            with CaptureQueriesContext(connection) as asked:
                assert render(f"/en/archive/{path}").status_code == 200
            found.append(len(asked))
        return found

    for number in range(3):
        newsroom.story(published=NOON + timedelta(minutes=number))
    few = count()
    for number in range(9):
        newsroom.story(published=NOON + timedelta(hours=1, minutes=number))
        newsroom.story(published=NOON - timedelta(days=3 * number))
    assert count() == few
