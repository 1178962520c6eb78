"""Readers' searches answered by OpenSearch: the same finds, current when "published" returns, and nothing lost."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dateline.conf.checks import findings
from dateline.conf.options import load_options
from dateline.newsroom.find import carrying
from dateline.newsroom.find.actions import enter_stories
from dateline.newsroom.find.models import Entry
from dateline.newsroom.stories.actions import withdraw_story
from tests.factories import TestNewsroom, edit
from tests.integration.test_search import completions, found
from tests.opensearch import Engine, engine


@pytest.fixture
def opensearch() -> Iterator[Engine]:
    with engine() as running:
        backend = {
            "BACKEND": "dateline.newsroom.find.backends.opensearch",
            "AUTO_UPDATE": False,
            "URLS": [running.url],
            "TIMEOUT": 5,
            "INDEX_PREFIX": "dateline_",
        }
        with override_settings(WAGTAILSEARCH_BACKENDS=settings.WAGTAILSEARCH_BACKENDS | {"find": backend}):
            carrying.engine.cache_clear()
            yield running
        carrying.engine.cache_clear()


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="carry_late", status="READY").count()


def held(running: Engine) -> set[int]:
    return {int(key) for index in running.indexes.values() for key in index.seen}


def entered() -> set[int]:
    return set(Entry.objects.values_list("pk", flat=True))


def test_it_answers_as_the_database_does(opensearch: Engine, newsroom: TestNewsroom) -> None:
    newsroom.story(title="The ferry leaves the harbour", body=[("text", "<p>A strike ended on Monday.</p>")])
    newsroom.story(title="Harbour fees rise", body=[("text", "<p>Each ferry pays more.</p>")], form="analysis")
    newsroom.story(title="ميناء جديد في المدينة", language="ar")
    assert found("ferries") == ["The ferry leaves the harbour", "Harbour fees rise"]
    assert found('"strike ended"') == ["The ferry leaves the harbour"]
    assert found('"ended strike"') == []
    assert found("harbour", form="analysis") == ["Harbour fees rise"]
    assert found("الميناء", "ar") == ["ميناء جديد في المدينة"]
    assert completions("harb") == ["Harbour fees rise", "The ferry leaves the harbour"]
    assert "POST _msearch" in opensearch.asked or "GET _msearch" in opensearch.asked


def test_it_is_current_when_published_returns(opensearch: Engine, newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    assert held(opensearch) == entered()
    edit(story, title="The train leaves")
    assert (found("ferry"), found("train")) == ([], ["The train leaves"])
    story.refresh_from_db()
    withdraw_story(story, by=None, reason="It was not so.")
    assert found("train") == []
    assert held(opensearch) == entered() == set()
    assert waiting() == 0


def test_a_deleted_story_leaves_it(opensearch: Engine, newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    story.delete()
    assert held(opensearch) == set()


def test_while_it_is_down_the_database_answers_and_nothing_is_lost(
    opensearch: Engine, newsroom: TestNewsroom, caplog: pytest.LogCaptureFixture
) -> None:
    opensearch.down = True
    story = newsroom.story(title="The ferry leaves")
    assert found("ferry") == ["The ferry leaves"], "from the database"
    assert "does not answer" in caplog.text
    assert held(opensearch) == set()
    assert waiting() == 1
    opensearch.down = False
    row = DBTaskResult.objects.get(task_path__endswith="carry_late")
    assert row.run_after > timezone.now()
    carrying.carry_late.func(row.args_kwargs["args"][0])
    assert held(opensearch) == entered() != set()
    assert found("ferry") == ["The ferry leaves"]
    enter_stories([story])
    assert held(opensearch) == entered()


def test_what_is_still_not_taken_is_tried_ever_later(opensearch: Engine, newsroom: TestNewsroom) -> None:
    newsroom.story(title="The ferry leaves")
    opensearch.down = True
    DBTaskResult.objects.all().delete()
    carrying.carry_late.func(sorted(entered()), 3)
    row = DBTaskResult.objects.get(task_path__endswith="carry_late")
    assert row.args_kwargs["args"][1] == 4
    assert 35 < (row.run_after - timezone.now()).total_seconds() <= 40


def test_what_it_still_holds_of_a_withdrawn_story_is_not_found(opensearch: Engine, newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The ferry leaves")
    opensearch.down = True
    withdraw_story(story, by=None, reason="It was not so.")
    opensearch.down = False
    assert len(held(opensearch)) == 1
    assert found("ferry") == []
    assert completions("ferry") == []


def test_an_archive_is_carried_whole_and_the_check_counts(opensearch: Engine, newsroom: TestNewsroom) -> None:
    opensearch.down = True
    for number in range(3):
        newsroom.story(title=f"Ferry {number}")
    folder, options = carrying_folder(opensearch)
    assert any("does not answer" in each.what for each in findings(folder, options))
    opensearch.down = False
    assert any("holds 0 of 3" in each.what for each in findings(folder, options))
    assert carrying.carry_all() == 3
    assert held(opensearch) == entered()
    assert not [each for each in findings(folder, options) if "search engine" in each.what]


def carrying_folder(running: Engine):  # type: ignore[no-untyped-def]  # a folder and its options
    folder = settings.HOME
    return folder, load_options(folder) | {"search": running.url}


@pytest.mark.parametrize("text", ["", "\x00", '"', "AND OR NOT", "*" * 300, "a" * 10_000, "‏‎", "(((", "title:x"])
def test_whatever_is_typed_is_answered(opensearch: Engine, newsroom: TestNewsroom, text: str) -> None:
    newsroom.story(title="The ferry leaves")
    found(text)
    completions(text)
