"""Counts of reads from the stands' files to pages and the desk."""

import time
from datetime import timedelta
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.reads import actions
from dateline.newsroom.reads.actions import rank_anew, take_in
from dateline.newsroom.reads.models import Day, MostRead, Recent, Score, Taken
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_path
from dateline.press.rendering import render
from dateline.store.reads import FOLDER, write_tally
from tests.factories import TestNewsroom, body_of, edit

pytestmark = pytest.mark.django_db(transaction=True)


def read(counts: dict[tuple[Story, str], int], *, ago: float = 0) -> Path:
    """What a stand writes down."""
    rows = {(story.pk, source): number for (story, source), number in counts.items()}
    return write_tally(Path(django_settings.STORE_ROOT), time.time() - ago, rows)


def listed(path: str) -> list[list[str]]:
    """The headlines of each list on a page."""
    page = lxml.html.document_fromstring(print_path(path).body.decode())
    return [
        [link.text_content() for link in block.cssselect(".teaser__title a")] for block in page.cssselect(".mostread")
    ]


def test_what_stands_counted_is_summed_up_by_story_time_and_source(newsroom: TestNewsroom) -> None:
    one, two = newsroom.story(), newsroom.story("ar")
    read({(one, "direct"): 3, (two, "search"): 1})
    read({(one, "direct"): 2, (one, "social"): 4})
    assert take_in() == 10
    assert take_in() == 0
    assert sorted(Day.objects.values_list("story", "source", "reads")) == sorted(
        [(one.pk, "direct", 5), (one.pk, "social", 4), (two.pk, "search", 1)]
    )
    assert sum(Recent.objects.filter(edition=one.edition_id).values_list("reads", flat=True)) == 9
    keys = set(Score.objects.filter(story=one).values_list("key", flat=True))
    assert keys == {
        f"edition:{one.edition_id}",
        f"section:{one.section_id}",
        f"section:{newsroom.sections['en/news'].pk}",
    }
    assert not list((Path(django_settings.STORE_ROOT) / FOLDER).iterdir())
    assert not Taken.objects.exists()


def test_a_file_is_taken_in_once_though_the_worker_dies_before_it_deletes_it(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = newsroom.story()
    read({(story, "direct"): 3})

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions, "drop_tallies", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in()
    assert take_in() == 0
    assert Day.objects.get().reads == 3


def test_a_file_stays_when_its_counts_cannot_be_kept(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    story = newsroom.story()
    read({(story, "direct"): 3})

    def fails(*_args: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_add_scores", fails)
        with pytest.raises(RuntimeError):
            take_in()
    assert not Day.objects.exists()
    assert take_in() == 3


def test_reads_of_what_is_no_public_story_are_left_out(newsroom: TestNewsroom) -> None:
    draft = newsroom.story(publish=False)
    gone = newsroom.story()
    withdraw_story(gone, by=None, reason="Not so.")
    read({(draft, "direct"): 3, (gone, "direct"): 3})
    write_tally(Path(django_settings.STORE_ROOT), time.time(), {(987654, "direct"): 5, (2**62, "direct"): 1})
    assert take_in() == 0
    assert not Recent.objects.exists()


def test_a_stand_whose_clock_is_wrong_counts_now(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    read({(story, "direct"): 1}, ago=-(10**7))
    read({(story, "direct"): 1}, ago=10**8)
    take_in()
    assert {row.at > timezone.now() - timedelta(minutes=20) for row in Recent.objects.all()} == {True}


def test_the_most_read_of_each_span_are_in_order_and_fade(newsroom: TestNewsroom) -> None:
    old, new, quiet = (newsroom.story(title=title) for title in ("Of yesterday", "Of now", "Quiet"))
    read({(old, "direct"): 300}, ago=20 * 3600)
    read({(new, "direct"): 120, (quiet, "direct"): 2})
    take_in()
    rank_anew()
    assert listed("/en/most-read/") == [
        ["Of now", "Quiet"],
        ["Of now", "Of yesterday", "Quiet"],
        ["Of yesterday", "Of now", "Quiet"],
    ]
    assert listed("/en/news/politics/most-read/")[0] == ["Of now", "Quiet"]
    rank_anew(time.time() + 40 * 86_400)
    assert listed("/en/most-read/") == []


def test_the_island_is_printed_when_the_order_changes_and_not_before(newsroom: TestNewsroom) -> None:
    one, two = newsroom.story(title="First"), newsroom.story(title="Second")
    page = Address.objects.get(page_id=two.pk, current=True).path
    assert "mostread" not in body_of(page)
    read({(one, "direct"): 9, (two, "direct"): 3})
    take_in()
    edition = f"edition:{one.edition_id}"
    assert edition in rank_anew()
    assert [[*row] for row in listed("/en/island/most-read.html")] == [["First", "Second"]]
    assert newsroom.store.has(page), "an island never prints the pages that carry it"
    assert rank_anew() == []
    before = newsroom.store.read("/en/island/most-read.html").sheet
    read({(one, "direct"): 1})
    take_in()
    assert rank_anew() == []
    assert newsroom.store.read("/en/island/most-read.html").sheet == before
    assert "mostread" in print_path(page).body.decode()
    assert "mostread" in print_path("/en/").body.decode()


def test_a_withdrawn_story_leaves_the_lists_at_once_and_may_come_back(newsroom: TestNewsroom) -> None:
    one, two = newsroom.story(title="First"), newsroom.story(title="Second")
    read({(one, "direct"): 9, (two, "direct"): 3})
    take_in()
    rank_anew()
    assert listed("/en/most-read/")[0] == ["First", "Second"]
    page = Address.objects.get(page_id=two.pk, current=True).path
    assert "First" in print_path(page).body.decode()
    withdraw_story(one, by=None, reason="Not so.")
    for path in ("/en/most-read/", "/en/island/most-read.html", page):
        kept = newsroom.store.read(path)
        assert kept is None or "First" not in kept.body.decode(), path
    assert listed("/en/most-read/")[0] == ["Second"]
    edit(Story.objects.get(pk=one.pk), title="First")
    assert listed("/en/most-read/")[0] == ["First", "Second"]


def test_places_are_in_the_editions_digits(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["ar"]
    edition.digits = "arab"
    edition.save_revision().publish()
    story = newsroom.story("ar")
    read({(story, "direct"): 9})
    take_in()
    rank_anew()
    assert '<span class="mostread__place" aria-hidden="true">١</span>' in print_path("/ar/most-read/").body.decode()


def test_a_list_takes_as_many_queries_long_as_short(newsroom: TestNewsroom) -> None:
    def count(stories: list[Story]) -> int:
        read({(story, "direct"): 5 + at for at, story in enumerate(stories)})
        take_in()
        rank_anew()
        with CaptureQueriesContext(connection) as asked:
            assert render("/en/island/most-read.html").status_code == 200
            assert render("/en/most-read/").status_code == 200
        return len(asked)

    stories = [newsroom.story() for _ in range(12)]
    assert count(stories[:3]) == count(stories)


def test_old_slices_are_forgotten_and_days_are_kept(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    read({(story, "direct"): 1})
    take_in()
    Recent.objects.update(at=timezone.now() - timedelta(hours=26))
    rank_anew()
    assert not Recent.objects.exists()
    assert Day.objects.get().reads == 1


def test_a_deleted_story_takes_its_counts_along(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    read({(story, "direct"): 5})
    take_in()
    rank_anew()
    with transaction.atomic():
        Story.objects.get(pk=story.pk).delete()
    assert not Score.objects.exists()
    assert MostRead.objects.exists()
    assert listed("/en/most-read/") == []


@pytest.fixture
def chief(newsroom: TestNewsroom) -> Client:
    user = get_user_model().objects.create_superuser("chief", "chief@example.org", "secret")
    client = Client()
    client.force_login(user)
    return client


def test_the_desk_shows_reads_by_story_and_source(newsroom: TestNewsroom, chief: Client) -> None:
    one, two = newsroom.story(title="A <b>ferry</b>"), newsroom.story("ar", title="عبّارة")
    read({(one, "direct"): 9, (one, "search"): 3, (two, "social"): 1})
    take_in()
    page = lxml.html.document_fromstring(chief.get(reverse("dateline_reads")).content.decode())
    rows = [
        " ".join(text.strip() for text in row.itertext() if text.strip())
        for row in page.cssselect("table.listing tbody tr")
    ]
    assert rows == ["A <b>ferry</b> Test 12 Directly 9 · From searching 3", "عبّارة اختبار 1 From social networks 1"]
    only = chief.get(reverse("dateline_reads"), {"edition": two.edition_id, "minutes": "10"}).content.decode()
    assert "عبّارة" in only
    assert "ferry" not in only
    assert "A &lt;b&gt;ferry&lt;/b&gt;" in chief.get(reverse("wagtailadmin_home")).content.decode()
    assert chief.get(reverse("dateline_reads"), {"edition": "x'", "minutes": "-1"}).status_code == 200


def test_the_desks_list_takes_as_many_queries_long_as_short(newsroom: TestNewsroom, chief: Client) -> None:
    def count(stories: list[Story]) -> int:
        read({(story, "direct"): 5 for story in stories})
        take_in()
        with CaptureQueriesContext(connection) as asked:
            assert chief.get(reverse("dateline_reads")).status_code == 200
        return len(asked)

    stories = [newsroom.story() for _ in range(12)]
    count(stories[:1])
    assert count(stories[:3]) == count(stories)


def test_an_editor_sees_the_reads_of_the_own_edition_alone(newsroom: TestNewsroom) -> None:
    one, two = newsroom.story(title="A ferry"), newsroom.story("ar", title="عبّارة")
    read({(one, "direct"): 9, (two, "social"): 1})
    take_in()
    group = Group.objects.create(name="Arabic desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user("writer", "w@example.org", "secret")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("dateline_reads")).status_code == 302
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    GroupPagePermission.objects.create(group=group, page=newsroom.editions["ar"], permission=add)
    text = client.get(reverse("dateline_reads")).content.decode()
    assert "عبّارة" in text
    assert "A ferry" not in text
    assert "A ferry" not in client.get(reverse("dateline_reads"), {"edition": one.edition_id}).content.decode()
