"""Published versions: none is lost, any two can be compared, and readers see them only where and while they may."""

import json
import zlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.versions import PublishedVersion, parts_of, unpacked
from dateline.press.printing import print_path, store
from dateline.wire.static_site import all_paths
from tests.factories import TestNewsroom, body_of, edit, publish_draft, settle
from tests.integration.desk import editor
from tests.integration.test_corrections import note
from tests.integration.test_desk_freshness import PUBLISH, change, path_of, write
from tests.lying import lies


def open_versions(newsroom: TestNewsroom, language: str = "en", *, allowed: bool = True) -> None:
    edition = Edition.objects.get(pk=newsroom.editions[language].pk)
    edition.public_versions = allowed
    edition.save()
    settle(edition)


def body(*paragraphs: str) -> list[tuple[str, str]]:
    return [("text", "".join(f"<p>{text}</p>" for text in paragraphs))]


def kept(story: Story) -> list[tuple[str, list[str]]]:
    """Headline and paragraphs of every version that was replaced."""
    rows = PublishedVersion.objects.filter(story=story).order_by("pk")
    return [(row.headline, [text for _kind, text in unpacked(row.text)]) for row in rows]


@pytest.fixture
def changed(newsroom: TestNewsroom) -> Story:
    """A story that has had three texts."""
    open_versions(newsroom)
    story = newsroom.story(title="The vote", body=body("It was 12 to 9.", "It is over."))
    story = edit(story, body=body("It was 12 to 8.", "It is over."))
    return edit(story, title="The council's vote", body=body("It was 12 to 8.", "It is over."))


def test_what_readers_had_is_kept_when_it_is_replaced_and_nothing_else(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The vote", body=body("It was 12 to 9."))
    assert kept(story) == []
    story = edit(story, urgency=2)
    assert kept(story) == [], "the same words"
    story.get_latest_revision_as_object().save_revision(clean=False)
    draft: Any = story.get_latest_revision_as_object()
    draft.title = "A draft that nobody read"
    draft.save_revision(clean=False)
    assert kept(story) == []
    story = edit(story, title="Another vote", body=body("It was 12 to 8."))
    assert kept(story) == [("The vote", ["It was 12 to 9."])]
    story = edit(story, standfirst="Now with a standfirst.")
    assert kept(story) == [("The vote", ["It was 12 to 9."]), ("Another vote", ["It was 12 to 8."])]


def test_a_direct_write_keeps_what_it_replaces_too(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The vote")
    story.title = "Written by a script"
    story.save()
    assert [headline for headline, _parts in kept(story)] == ["The vote"]


def test_a_draft_over_a_story_that_was_taken_off_does_not_lose_what_readers_had(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="Published", body=body("One."))
    story.unpublish()
    one = editor("editor")
    story = change(one, story, "A draft")
    story = change(one, story, "Another draft")
    assert [headline for headline, _parts in kept(story)] == ["Published"]
    story = change(one, story, "Published again", **PUBLISH)
    assert [headline for headline, _parts in kept(story)] == ["Published"]


def test_a_version_knows_why_and_by_whom_it_was_replaced(newsroom: TestNewsroom) -> None:
    one = editor("editor", "amina")
    story = write(newsroom, one, "One", **PUBLISH)
    story = change(one, story, "Two", **PUBLISH)
    story = change(one, story, "Three", minor_change="on", **PUBLISH)
    story = change(one, story, "Four", corrections=inline_formset([note()]), **PUBLISH)
    rows = PublishedVersion.objects.filter(story=story).order_by("pk")
    assert [(row.headline, row.why) for row in rows] == [("One", "change"), ("Two", "minor"), ("Three", "correction")]
    assert {row.by for row in rows} == {"amina"}


def test_a_version_costs_a_publish_one_statement_and_a_first_one_none(newsroom: TestNewsroom) -> None:
    def about_versions(queries: CaptureQueriesContext) -> list[str]:
        return [query["sql"] for query in queries if "stories_publishedversion" in query["sql"]]

    newsroom.story()
    with CaptureQueriesContext(connection) as first:
        story = newsroom.story()
    assert about_versions(first) == []
    edit(story, kicker="So that all is read that is kept")
    with CaptureQueriesContext(connection) as without:
        edit(story, kicker="The same words")
    with CaptureQueriesContext(connection) as replaced:
        edit(story, title="Other words")
    assert about_versions(without) == []
    assert len(about_versions(replaced)) == 1
    assert about_versions(replaced)[0].startswith("INSERT")
    assert len(replaced) <= len(without) + 1 + sum("UPDATE" in query["sql"] for query in replaced)


def test_what_is_kept_is_compressed_json_in_its_documented_form(newsroom: TestNewsroom) -> None:
    blocks: Any = [
        ("text", "<p>One <b>bold</b><br/>line.</p><ul><li>First<ul><li>Inner</li></ul></li></ul>"),
        ("heading", {"text": "A heading", "level": "3"}),
        ("quote", {"text": "<p>He said.</p>", "attribution": "He"}),
        ("table", {"data": [["a", None], ["b", "2"]], "table_caption": "Figures"}),
    ]
    story = edit(newsroom.story(body=blocks), title="Other words")
    told = json.loads(zlib.decompress(bytes(PublishedVersion.objects.get(story=story).text)))
    assert told == {
        "v": 1,
        "parts": [
            ["p", "One bold line."],
            ["li", "First"],
            ["li", "Inner"],
            ["h3", "A heading"],
            ["quote", "He said."],
            ["quote", "He"],
            ["table", "Figures"],
            ["table", "a |"],
            ["table", "b | 2"],
        ],
    }
    assert parts_of([{"type": "text", "value": ""}]) == []


def test_readers_compare_any_two_where_their_edition_allows_it(changed: Story) -> None:
    path = path_of(changed)
    assert f'href="{path}versions/"' in body_of(path)
    shown = print_path(f"{path}versions/").body.decode()
    assert f'href="{path}versions/1-2/"' in shown
    assert f'href="{path}versions/1-3/"' in shown
    two = print_path(f"{path}versions/1-3/")
    page = two.body.decode()
    assert two.status == 200
    assert "9<span" in page[page.index("<del>") : page.index("</del>")]
    assert 'name="robots" content="noindex"' in page
    assert "<ins>" in page
    for pair in ("2-1", "1-1", "1-4", "0-1", "01-2", "1-999999", "x"):
        assert print_path(f"{path}versions/{pair}/").status == 404, pair
    assert {p for p in all_paths() if "/versions/" in p} == {
        f"{path}versions/{end}" for end in ("", "1-2/", "2-3/", "1-3/")
    }


def test_pages_of_versions_follow_the_story_at_once(changed: Story) -> None:
    path = path_of(changed)
    for pair in ("", "1-2/", "2-3/"):
        print_path(f"{path}versions/{pair}")
    edit(changed, title="A fourth")
    assert store().read(f"{path}versions/") is None
    assert f"{path}versions/3-4/" in print_path(f"{path}versions/").body.decode()
    assert "A fourth" in print_path(f"{path}versions/3-4/").body.decode()
    assert lies() == []


def test_elsewhere_there_is_nothing_to_compare(newsroom: TestNewsroom) -> None:
    story = edit(newsroom.story(), title="Changed")
    path = path_of(story)
    assert "versions/" not in body_of(path)
    assert print_path(f"{path}versions/").status == 404
    assert print_path(f"{path}versions/1-2/").status == 404
    open_versions(newsroom)
    never = newsroom.story()
    assert print_path(f"{path_of(never)}versions/").status == 404
    assert "versions/" not in body_of(path_of(never))


def test_an_edition_that_stops_allowing_it_hands_out_none(newsroom: TestNewsroom, changed: Story) -> None:
    path = path_of(changed)
    pages = [f"{path}versions/", f"{path}versions/1-2/"]
    for page in pages:
        assert print_path(page).status == 200
    open_versions(newsroom, allowed=False)
    for page in pages:
        assert store().read(page) is None, page
        assert store().read(page, stale=True) is None, page
        assert print_path(page).status == 404, page


def test_a_withdrawn_story_takes_its_versions_along(changed: Story) -> None:
    path = path_of(changed)
    pages = [f"{path}versions/", f"{path}versions/1-2/", f"{path}versions/2-3/"]
    for page in pages:
        assert print_path(page).status == 200, page
    assert "It was 12" in body_of(pages[1])
    withdraw_story(changed, by=None, reason="It never took place.")
    for page in pages:
        assert store().read(page) is None, page
        assert store().read(page, stale=True) is None, page
        gone = print_path(page)
        assert gone.status == 410, page
        assert b"12 to" not in gone.body
    assert not [p for p in all_paths() if "/versions/" in p]
    assert lies() == []


def test_an_unpublished_or_deleted_story_has_none_either(changed: Story) -> None:
    path = path_of(changed)
    print_path(f"{path}versions/")
    changed.unpublish()
    assert print_path(f"{path}versions/").status == 404
    publish_draft(changed.get_latest_revision_as_object())
    assert print_path(f"{path}versions/").status == 200
    Story.objects.get(pk=changed.pk).delete()
    assert print_path(f"{path}versions/").status == 410
    assert not PublishedVersion.objects.exists()


def test_a_story_that_moved_is_compared_where_it_now_stands(newsroom: TestNewsroom, changed: Story) -> None:
    old = path_of(changed)
    story = edit(changed, slug="another-slug")
    moved = print_path(f"{old}versions/1-2/")
    assert moved.status == 301
    assert moved.stored
    assert moved.stored.sheet.location.endswith(f"{path_of(story)}versions/1-2/")


def test_what_versions_say_is_text(newsroom: TestNewsroom) -> None:
    open_versions(newsroom)
    bad = "<img src=x onerror=alert(1)>"
    story = newsroom.story(title=bad, body=body("&lt;script&gt;alert(1)&lt;/script&gt;"))
    story = edit(story, title=f"{bad} and more", body=body("&lt;script&gt;alert(2)&lt;/script&gt;"))
    for page in (f"{path_of(story)}versions/", f"{path_of(story)}versions/1-2/"):
        shown = print_path(page).body.decode()
        assert "<img src=x" not in shown
        assert "<script>alert" not in shown


def test_an_arabic_story_is_compared_in_its_own_direction_and_digits(newsroom: TestNewsroom) -> None:
    open_versions(newsroom, "ar")
    story = newsroom.story("ar", title="التصويت", body=body("النتيجةُ ١٢ مقابل ٩."))
    story = edit(story, body=body("النتيجةُ ١٢ مقابل ٨."))
    page = print_path(f"{path_of(story)}versions/1-2/").body.decode()
    assert 'dir="rtl"' in page
    assert "النسخة ٢" in page
    assert "النتيجةُ ١٢ مقابل <del>" in page


def test_pages_of_versions_cost_the_same_for_many(newsroom: TestNewsroom, changed: Story) -> None:
    path = path_of(changed)

    def cost(page: str) -> int:
        print_path(page)
        with CaptureQueriesContext(connection) as queries:
            print_path(page)
        return len(queries)

    pages = (path, f"{path}versions/", f"{path}versions/1-2/")
    few = [cost(page) for page in pages]
    for number in range(12):
        edit(changed, title=f"Title number {number}")
    assert [cost(page) for page in pages] == few


def test_the_desk_compares_any_two_and_asks_who_one_is(newsroom: TestNewsroom, changed: Story) -> None:
    one = editor("editor", "amina")
    where = f"/desk/stories/{changed.pk}/versions/"
    assert where in one.get(f"/desk/pages/{changed.pk}/edit/").content.decode()
    shown = one.get(where).content.decode()
    assert "<ins>" in shown, "the newest two"
    assert 'dir="ltr" lang="en"' in shown
    first = one.get(f"{where}?old=1&new=2").content.decode()
    assert "9<span" in first[first.index("<del>") :]
    assert one.get(f"{where}?old=2&new=1").content.decode().count("<del>") == first.count("<del>")
    assert one.get(f"{where}?old=1&new=9").status_code == 404
    assert one.get(f"{where}?old=a&new=1").status_code == 200
    assert Client(HTTP_HOST="newsroom.test").get(where).status_code == 302


def test_long_stories_are_compared_too(newsroom: TestNewsroom) -> None:
    open_versions(newsroom)
    words = " ".join(f"word{number % 997}" for number in range(50))
    paragraphs = [f"{words} {number}" for number in range(400)]
    story = newsroom.story(body=body(*paragraphs))
    paragraphs[200] = f"{words} changed"
    story = edit(story, body=body(*paragraphs))
    page = print_path(f"{path_of(story)}versions/1-2/").body.decode()
    assert page.count("<del>") == page.count("<ins>") == 1
    assert "199 paragraphs are the same" in page
