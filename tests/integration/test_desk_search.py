"""Search at the desk: what is found, in what order, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from dateline.desk import search
from dateline.newsroom.stories.models import Story, Topic
from tests.factories import TestNewsroom
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)


def add_topics(newsroom: TestNewsroom, names: list[str]) -> None:
    edition = newsroom.editions["en"]
    start = Topic.objects.count()
    made = Topic.objects.bulk_create(
        Topic(edition=edition, name=name, slug=f"topic-{start + n}") for n, name in enumerate(names)
    )
    get_search_backend().add_bulk(Topic, made)


def found(words: str, *, count: int = 10) -> list[str]:
    return [topic.name for topic in get_search_backend().search(words, Topic.objects.all())[:count]]


def steps(words: str) -> int:
    """How many instructions SQLite's machine takes for the first page of results and their number, in hundreds."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        results = get_search_backend().search(words, Topic.objects.all())
        assert len(list(results[:10])) == 10
        assert results.count() >= 10
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken


def test_what_fits_best_comes_first_and_then_what_is_newest(newsroom: TestNewsroom) -> None:
    add_topics(newsroom, ["harbour and much else that is said of it", "harbour", "harbour", "bridge"])
    names = found("harbour")
    assert names == ["harbour", "harbour", "harbour and much else that is said of it"]
    pks = [topic.pk for topic in get_search_backend().search("harbour", Topic.objects.all())[:2]]
    assert pks == sorted(pks, reverse=True)


def test_a_search_for_spaces_finds_nothing(newsroom: TestNewsroom) -> None:
    add_topics(newsroom, ["harbour"])
    assert found("   ") == []


def test_the_cost_of_a_search_grows_no_faster_than_its_matches(newsroom: TestNewsroom) -> None:
    add_topics(newsroom, ["harbour"] * 100)
    few = steps("harbour")
    add_topics(newsroom, ["harbour"] * 700)
    assert steps("harbour") < 12 * few  # the square would be 64 times as much


def test_beyond_a_number_of_matches_the_cost_stays(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 100)
    add_topics(newsroom, ["harbour"] * 200)
    few = steps("harbour")
    add_topics(newsroom, ["harbour"] * 1000)
    assert steps("harbour") < 1.3 * few
    assert get_search_backend().search("harbour", Topic.objects.all()).count() == 100


def test_an_editor_finds_a_story_at_the_desk_and_in_its_chooser(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The lighthouse goes dark")
    newsroom.story(title="Something else")
    get_search_backend().add_bulk(Story, [story])
    client = editor("chief")
    page = client.get("/desk/pages/search/results/", {"q": "lighthouse"}).content.decode()
    assert "The lighthouse goes dark" in page
    assert "Something else" not in page
    typed = client.get("/desk/choose-page/search/", {"q": "lightho", "page_type": "stories.story"}).content.decode()
    assert "The lighthouse goes dark" in typed


def test_the_overview_counts_nothing_that_grows(newsroom: TestNewsroom) -> None:
    client = editor("chief")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/desk/").status_code == 200
    counted = [q["sql"] for q in queries if "COUNT(*)" in q["sql"]]
    assert not [sql for sql in counted if "wagtailcore_page" in sql or "pictures_picture" in sql], counted
