"""Live coverage: what is said reaches the story's page, its pages of updates and every open page, once and in order."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from dateline.newsroom.live.actions.updates import (
    UpdateConflict,
    UpdateError,
    Words,
    change_coverage,
    edit_update,
    pin_update,
    post_update,
    restore_update,
    withdraw_update,
)
from dateline.newsroom.live.models import LiveStory, Update
from dateline.newsroom.live.pages.updates import PER_PAGE
from dateline.newsroom.stories.actions import change_section, withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_path
from dateline.store.log import LogEvent, LogReader
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor
from tests.integration.test_freshness import path_of

pytestmark = pytest.mark.django_db(transaction=True)


def text(words: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{words}</p>")]


def running(newsroom: TestNewsroom, language: str = "en", **values: Any) -> Story:
    values.setdefault("published", timezone.now())
    return newsroom.story(language, title="The bridge opens", form="live", **values)


def post(story: Story, words: str, **values: Any) -> Update:
    return post_update(story, Words(body=text(words), **values), by=None)


def opened(path: str) -> str:
    """A page as a reader gets it who asks for it now."""
    return print_path(path).body.decode()


def told(story: Story) -> list[LogEvent]:
    _, events = LogReader(settings.STORE_ROOT, story.edition.slug).news()
    return [event for event in events if event.topic == str(story.pk)]


def shown(body: str) -> list[int]:
    """Numbers of the updates in a page's lists, in the order they stand."""
    return [int(number) for number in re.findall(r'id="u(\d+)"', body)]


def json_ld_of(body: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_an_update_stands_on_the_page_and_open_pages_are_told(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    assert "on its way" in body_of(path_of(story))
    update = post(story, "The first lorry <script>is</script> across.", title="Across & <b>back</b>", source="Police")
    body = body_of(path_of(story))
    assert shown(body) == [1]
    assert "Across &amp; &lt;b&gt;back&lt;/b&gt;" in body
    assert "Source: Police" in body
    (event,) = told(story)
    assert (event.kind, event.about, event.data["id"]) == ("update.created", f"update:{update.pk}", 1)
    assert event.data["html"] in body
    assert f'data-live-story="/live/en/{story.pk}"' in body
    assert 'data-position="0.0"' not in body


def test_the_story_is_a_live_blog_to_machines_with_its_real_times(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    update = post(story, "It is open.", title="Open")
    change_coverage(story, by=None, state="closed")
    data = json_ld_of(body_of(path_of(story)))
    live = LiveStory.objects.get(pk=story.pk)
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] == live.opened_at.isoformat()
    assert live.closed_at
    assert data["coverageEndTime"] == live.closed_at.isoformat()
    (posting,) = data["liveBlogUpdate"]
    assert (posting["headline"], posting["articleBody"]) == ("Open", "It is open.")
    assert posting["datePublished"] == update.at.isoformat()
    assert posting["url"].endswith(f"{path_of(story)}updates/1/#u1")


def test_what_is_edited_and_withdrawn_leaves_every_page_and_can_come_back(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    update = post(story, "Two lorries have crossed")
    archive = f"{path_of(story)}updates/1/"
    assert "Two lorries" in opened(archive)
    edit_update(update, Words(body=text("Three lorries have crossed")), by=None)
    for path in (path_of(story), archive):
        assert "Three lorries" in opened(path)
        assert "Two lorries" not in opened(path)
    withdraw_update(update, by=None)
    for path in (path_of(story), archive):
        assert path == archive or newsroom.store.read(path)
        assert path != archive or newsroom.store.read(path) is None
        assert "lorries" not in opened(path)
    stale = newsroom.store.read(archive, stale=True)
    assert stale is None or b"lorries" not in stale.body
    restore_update(update, by=None)
    assert "Three lorries" in body_of(path_of(story))
    assert [event.kind for event in told(story)] == [
        "update.created",
        "update.edited",
        "update.withdrawn",
        "update.edited",
    ]
    assert [note.action for note in update.notes.order_by("pk")] == ["posted", "edited", "withdrawn", "restored"]
    assert "Two lorries" in json.dumps(update.notes.order_by("pk")[0].said)


def test_posted_twice_under_one_key_it_is_one_update(newsroom: TestNewsroom) -> None:
    story, key = running(newsroom), uuid4()
    first = post_update(story, Words(body=text("Once")), by=None, key=key)
    second = post_update(story, Words(body=text("Once")), by=None, key=key)
    assert first.pk == second.pk
    assert len(told(story)) == 1


def test_what_two_write_at_once_is_not_lost(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    update = post(story, "One")
    edit_update(update, Words(body=text("Two")), by=None, seen=1)
    with pytest.raises(UpdateConflict) as conflict:
        edit_update(update, Words(body=text("Three")), by=None, seen=1)
    assert "Two" in str(conflict.value.theirs.body)
    assert "Two" in body_of(path_of(story))


def test_pages_are_counted_from_the_oldest_and_never_move(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    for number in range(2 * PER_PAGE + 3):
        post(story, f"Update {number + 1}")
    url = path_of(story)
    body = body_of(url)
    assert shown(body) == list(range(2 * PER_PAGE + 3, PER_PAGE, -1))
    assert f'href="{url}updates/1/"' in body
    assert shown(opened(f"{url}updates/1/")) == list(range(PER_PAGE, 0, -1))
    assert shown(opened(f"{url}timeline/2/")) == list(range(PER_PAGE + 1, 2 * PER_PAGE + 1))
    assert print_path(f"{url}updates/4/").status == 404
    assert print_path(f"{url}updates/0/").status == 404
    assert print_path(f"{url}updates/01/").status == 404
    before = newsroom.store.read(f"{url}updates/1/")
    post(story, "One more")
    assert before
    assert newsroom.store.read(f"{url}updates/1/") == before


def test_a_page_that_begins_is_linked_from_the_one_before(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    for number in range(PER_PAGE):
        post(story, f"Update {number + 1}")
    url = path_of(story)
    assert f"{url}updates/2/" not in opened(f"{url}updates/1/")
    post(story, "The next page begins")
    assert f'href="{url}updates/2/"' in opened(f"{url}updates/1/")


def test_posting_costs_the_same_in_a_long_coverage(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    costs = []
    for number in range(4 * PER_PAGE):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            post(story, f"Update {number + 1}")
        costs.append(len(queries))
    assert costs[PER_PAGE + 5] == costs[2 * PER_PAGE + 5] == costs[3 * PER_PAGE + 5]


def test_oldest_first_reads_on_to_later_pages(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    for number in range(2 * PER_PAGE + 1):
        post(story, f"Update {number + 1}")
    change_coverage(story, by=None, order="oldest")
    body = body_of(path_of(story))
    assert shown(body) == list(range(1, 2 * PER_PAGE + 1))
    assert f'href="{path_of(story)}timeline/3/"' in body


def test_key_points_and_the_pinned_one_stand_on_top(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    key = post(story, "It is open.", title="Bridge open", is_key=True)
    for number in range(2 * PER_PAGE):
        post(story, f"Update {number}")
    pin_update(story, key, by=None)
    body = body_of(path_of(story))
    assert re.search(r"Key points.*Bridge open", body, re.DOTALL)
    assert f'href="{path_of(story)}updates/1/#u1"' in body
    assert "update--pinned" in body
    edit_update(key, Words(body=text("It is open again."), title="Bridge open again", is_key=True), by=None)
    body = body_of(path_of(story))
    assert body.count("Bridge open again") == 2
    event = told(story)[-1]
    assert "Bridge open again" in event.data["points"]
    assert "Bridge open again" in event.data["pinned"]
    withdraw_update(key, by=None)
    assert "Bridge open" not in body_of(path_of(story))
    assert LiveStory.objects.get(pk=story.pk).pinned is None


def test_only_what_is_open_takes_updates(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    change_coverage(story, by=None, state="paused")
    assert "paused" in body_of(path_of(story))
    with pytest.raises(UpdateError, match="paused"):
        post(story, "Too soon")
    change_coverage(story, by=None, state="open")
    post(story, "In time")
    change_coverage(story, by=None, state="closed")
    assert "has ended" in body_of(path_of(story))
    assert told(story)[-1].data["state"] == "closed"


def test_lists_mark_what_is_live_now(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    post(story, "One")
    assert "live-mark" in opened("/en/news/")
    change_coverage(story, by=None, state="closed")
    assert newsroom.store.read("/en/news/") is None
    assert "live-mark" not in opened("/en/news/")


@pytest.mark.parametrize(
    "words",
    [
        Words(),
        Words(title="  "),
        Words(body=text("  ")),
        Words(body=text("x" * 30_000)),
        Words(title="x" * 201),
        Words(body=text("No title"), is_key=True),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(newsroom: TestNewsroom, words: Words) -> None:
    story = running(newsroom)
    with pytest.raises(UpdateError):
        post_update(story, words, by=None)
    assert not Update.objects.exists()
    assert told(story) == []


def test_updates_follow_their_story_to_another_address(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    post(story, "One")
    old = f"{path_of(story)}updates/1/"
    opened(old)
    change_section(story, newsroom.sections["en/news/economy"])
    story.refresh_from_db()
    moved = print_path(old)
    assert moved.status == 301
    assert moved.stored
    assert moved.stored.sheet.location.endswith(f"{path_of(story)}updates/1/")
    assert "One" in opened(f"{path_of(story)}updates/1/")


def test_updates_go_with_their_story(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    post(story, "A secret")
    archive = f"{path_of(story)}updates/1/"
    assert "A secret" in opened(archive)
    withdraw_story(story, by=None, reason="Wrong.")
    assert print_path(archive).status == 410
    assert "A secret" not in opened(archive)


def test_before_the_story_is_public_nobody_is_told_and_then_all_of_it_is_there(newsroom: TestNewsroom) -> None:
    story = running(newsroom, publish=False)
    post(story, "Prepared")
    assert told(story) == []
    story.save_revision().publish()
    story.refresh_from_db()
    assert "Prepared" in body_of(path_of(story))


def test_times_of_other_days_say_the_day(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    update = post(story, "One")
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)
    LiveStory.objects.filter(pk=story.pk).update(opened_at=began)
    Update.objects.filter(pk=update.pk).update(at=began + timedelta(days=1))
    edit_update(update, Words(body=text("Two")), by=None)
    assert ">2 Nov, 09:00</time>" in body_of(path_of(story))


def test_a_story_from_long_ago_is_not_live(newsroom: TestNewsroom) -> None:
    story = running(newsroom, published=timezone.now() - timedelta(days=30))
    assert "live-mark" not in body_of(path_of(story))
    assert "live-mark" not in body_of("/en/news/")
    post(story, "It goes on after all")
    assert "live-mark" in body_of(path_of(story))
    assert "live-mark" in opened("/en/news/")


# ── At the desk ──


def form_of(words: str = "Typed at the desk", **values: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "key": str(uuid4()),
        "number": "0",
        "seen": "0",
        "title": "",
        "body": streamfield([("text", rich_text(f"<p>{words}</p>"))]),
        "author": "",
        "source": "",
    }
    return dict(nested_form_data(fields | values))


def desk_of(story: Story, *below: str) -> str:
    return "/desk/live/" + "".join(f"{part}/" for part in (str(story.pk), *below))


def test_a_reporter_posts_edits_and_withdraws_at_the_desk(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    client = editor("reporter")
    assert client.get(desk_of(story)).status_code == 200
    assert client.post(desk_of(story), form_of("One of two")).status_code == 302
    assert "One of two" in body_of(path_of(story))
    answer = client.get(desk_of(story), {"edit": "1"})
    assert "One of two" in answer.content.decode()
    assert client.post(desk_of(story), form_of("Two of two", number="1", seen="1")).status_code == 302
    assert "Two of two" in body_of(path_of(story))
    client.post(desk_of(story, "act"), {"do": "pin", "number": "1"})
    assert "update--pinned" in body_of(path_of(story))
    client.post(desk_of(story, "act"), {"do": "withdraw", "number": "1"})
    assert "Two of two" not in body_of(path_of(story))
    history = client.get(desk_of(story)).content.decode()
    assert "Withdrawn" in history
    assert "reporter" in history


def test_on_a_conflict_both_texts_are_there(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    update = post(story, "One")
    edit_update(update, Words(body=text("Somebody else’s words")), by=None)
    answer = editor("editor").post(desk_of(story), form_of("My own words", number="1", seen="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else’s words" in page
    assert "My own words" in page
    assert 'name="seen" value="2"' in page


def test_what_is_typed_is_there_again(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    client = editor("editor")
    assert client.post(desk_of(story, "keep"), form_of("Half a sentence", title="Half a title")).status_code == 204
    page = client.get(desk_of(story)).content.decode()
    assert "Half a sentence" in page
    assert "Half a title" in page
    assert "Half a" not in editor("chief").get(desk_of(story)).content.decode()
    client.post(desk_of(story), form_of("The whole sentence"))
    assert "Half a" not in client.get(desk_of(story)).content.decode()


def test_a_script_is_told_what_is_wrong_and_may_send_twice(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    client, form = editor("editor"), form_of()
    for _ in range(2):
        answer = client.post(desk_of(story), form, HTTP_ACCEPT="application/json")
        assert answer.json() == {"number": 1}
    refused = client.post(desk_of(story), form_of(" "), HTTP_ACCEPT="application/json")
    assert refused.status_code == 400
    assert refused.json() == {"errors": ["The update says nothing."]}
    assert Update.objects.count() == 1


def test_open_screens_see_what_others_post(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    client = editor("editor")
    changes = LiveStory.objects.get(pk=story.pk).changes
    assert client.get(desk_of(story, "list"), {"changes": changes}).status_code == 204
    post(story, "By somebody else")
    answer = client.get(desk_of(story, "list"), {"changes": changes})
    assert "By somebody else" in answer.content.decode()


def test_only_those_who_may_write_and_arrange_do(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    reporter = editor("reporter")
    assert reporter.post(desk_of(story, "act"), {"do": "arrange", "state": "closed"}).status_code in {302, 403}
    assert LiveStory.objects.get(pk=story.pk).state == "open"
    editor("editor").post(desk_of(story, "act"), {"do": "arrange", "state": "closed"})
    assert LiveStory.objects.get(pk=story.pk).state == "closed"
    Group.objects.get(name="reporter").permissions.remove(Permission.objects.get(codename="post_update"))
    for way in (desk_of(story), desk_of(story, "list")):
        assert reporter.get(way).status_code in {302, 403}
    assert Client(HTTP_HOST="newsroom.test").get(desk_of(story)).status_code == 302


def test_the_screen_costs_the_same_for_few_and_many(newsroom: TestNewsroom) -> None:
    story = running(newsroom)
    client = editor("editor")
    costs = []
    for _ in range(3):
        for number in range(4):
            post(story, f"Update {number}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(desk_of(story)).status_code == 200
        costs.append(len(queries))
    assert costs[1] == costs[2]
