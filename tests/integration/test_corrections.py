"""Corrections: told under a story, on the edition's page of them, in its feed, all at once."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from wagtail.test.utils.form_data import inline_formset

from dateline.newsroom.listen.models import Recording
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.corrections import CorrectionEntry, StoryCorrection
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.versions import PublishedVersion, unpacked
from dateline.press.printing import print_path, store
from dateline.wire.exporter import export_folder
from dateline.wire.importer import import_paths
from dateline.wire.static_site import all_paths
from tests.factories import TestNewsroom, body_of, edit, publish_draft
from tests.integration.desk import editor, story_form
from tests.integration.test_desk_freshness import PUBLISH, change, path_of, write
from tests.integration.test_import import folder, item
from tests.lying import lies

PAGE, FEED = "/en/corrections/", "/en/corrections.xml"
WRONG = "An earlier version gave the vote as 12 to 9. It was 12 to 8."


def correct(story: Story, text: str = WRONG, **values: Any) -> Story:
    """Add a note to a published story and publish it."""
    latest: Any = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    return edit(story, corrections=[*latest.corrections.all(), StoryCorrection(text=text, **values)])


def note(text: str = WRONG, kind: str = "correction", pk: str = "", at: str = "") -> dict[str, str]:
    """What one form of the panel sends."""
    return {"id": pk, "kind": kind, "text": text, "at": at}


def month(story: Story) -> str:
    at = StoryCorrection.objects.filter(story=story).latest("at").at
    assert at is not None
    return f"{PAGE}{at.year}/{at.month:02}/"


def test_a_correction_made_in_the_form_is_told_everywhere_when_the_desk_answers(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "The vote", **PUBLISH)
    assert "Nothing has had to be corrected yet" in print_path(PAGE).body.decode()
    assert print_path(FEED).status == 200
    story = change(one, story, "The vote", corrections=inline_formset([note()]), **PUBLISH)
    for path in (path_of(story), PAGE, FEED, month(story)):
        assert WRONG in body_of(path), path
    assert f'href="{path_of(story)}#corrections"' in body_of(PAGE)
    shown = body_of(path_of(story))
    assert 'href="#corrections"' in shown
    assert 'id="corrections"' in shown
    assert lies() == []


def test_what_a_story_had_wrong_is_an_update_even_as_a_minor_change(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "The vote", **PUBLISH)
    story = change(one, story, "The vote", corrections=inline_formset([note()]), minor_change="on", **PUBLISH)
    assert story.updated is not None
    first = story.updated
    row = StoryCorrection.objects.get(story=story)
    shown = one.get(f"/desk/pages/{story.pk}/edit/").context["form"].formsets["corrections"].forms[0]
    assert (shown.instance.pk, shown.instance.at) == (row.pk, row.at), "the form knows it again"
    told = inline_formset([note(pk=str(row.pk), at=f"{row.at:%Y-%m-%d %H:%M}")], initial=1)
    story = change(one, story, "The vote", corrections=told, minor_change="on", **PUBLISH)
    assert story.updated == first, "nothing was added"


def test_a_note_keeps_its_time_however_often_its_story_is_published(newsroom: TestNewsroom) -> None:
    story = correct(newsroom.story())
    at = datetime(2026, 11, 3, 9, 15, tzinfo=UTC)
    StoryCorrection.objects.update(at=at)
    CorrectionEntry.objects.update(at=at)
    story = edit(story, title="Published again")
    story = edit(story, title="And again")
    assert [row.at for row in StoryCorrection.objects.filter(story=story)] == [at]
    assert [(entry.at, entry.text) for entry in CorrectionEntry.objects.filter(story=story)] == [(at, WRONG)]
    story.unpublish()
    assert WRONG not in body_of(PAGE)
    publish_draft(Story.objects.get(pk=story.pk).get_latest_revision_as_object())
    story = Story.objects.get(pk=story.pk)
    assert [entry.at for entry in CorrectionEntry.objects.exclude(edition=None)] == [at]
    assert WRONG in body_of(PAGE)


def test_an_older_revision_that_is_taken_up_again_knows_its_notes(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = correct(newsroom.story(title="The vote"))
    first = story.live_revision
    assert first
    row = StoryCorrection.objects.get(story=story)
    edit(story, title="Another vote")
    shown = one.get(f"/desk/pages/{story.pk}/revisions/{first.pk}/revert/").context["form"]
    note_shown = shown.formsets["corrections"].forms[0].instance
    assert (note_shown.pk, note_shown.key, note_shown.at) == (row.pk, row.key, row.at)


def test_a_draft_tells_nobody(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "The vote", **PUBLISH)
    print_path(PAGE)
    change(one, story, "The vote", corrections=inline_formset([note()]))
    draft = write(newsroom, one, "Another", slug="another", corrections=inline_formset([note("Not yet.")]))
    assert draft.corrections.count() == 1
    for path in (path_of(story), PAGE, FEED):
        assert WRONG not in print_path(path).body.decode()
        assert "Not yet." not in print_path(path).body.decode()
    assert not CorrectionEntry.objects.exists()


def test_the_form_refuses_an_empty_note_and_a_time_to_come(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "The vote", **PUBLISH)
    for wrong in (note("   "), note(at="2999-01-01 10:00")):
        form = story_form("The vote", section=story.section_id, corrections=inline_formset([wrong]), **PUBLISH)
        assert one.post(f"/desk/pages/{story.pk}/edit/", form).status_code == 200
    assert not StoryCorrection.objects.exists()


def test_a_note_that_is_taken_out_or_changed_is_so_everywhere(newsroom: TestNewsroom) -> None:
    story = correct(correct(newsroom.story()), "And it was on Tuesday.", kind="clarification")
    assert "Clarification" in body_of(PAGE)
    latest: Any = story.get_latest_revision_as_object()
    first, second = latest.corrections.all()
    second.text = "It was on Wednesday."
    story = edit(story, corrections=[second])
    for path in (path_of(story), PAGE, FEED, month(story)):
        assert "It was on Wednesday." in body_of(path), path
        assert WRONG not in body_of(path), path
        assert "Tuesday" not in body_of(path), path


def test_a_withdrawn_story_takes_its_notes_along_and_its_withdrawal_stands_among_them(newsroom: TestNewsroom) -> None:
    story = correct(newsroom.story(title="The vote that was not"))
    print_path(month(story))
    withdraw_story(story, by=None, reason="It never took place.")
    for path in (PAGE, FEED, month(story)):
        shown = body_of(path)
        assert WRONG not in shown, path
        assert "It never took place." in shown, path
        assert "The vote that was not" in shown, path
    assert path_of(story) not in body_of(PAGE)
    assert WRONG not in body_of(path_of(story))
    assert lies() == []


def test_a_deleted_story_leaves_no_note(newsroom: TestNewsroom) -> None:
    story = correct(newsroom.story())
    path = month(story)
    print_path(path)
    story.delete()
    for at in (PAGE, FEED):
        assert WRONG not in body_of(at)
    assert print_path(path).status == 404


def test_months_lead_to_each_other_and_none_grows(newsroom: TestNewsroom) -> None:
    at = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 4, 9)]
    correct(newsroom.story(), "In January.", at=at[0])
    correct(newsroom.story(), "In September.", at=at[2])
    january, april, september = (f"{PAGE}2026/{moment.month:02}/" for moment in at)
    assert f'rel="prev" href="{september}"' in print_path(january).body.decode()
    assert print_path(april).status == 404
    story = correct(newsroom.story(), "In April.", at=at[1])
    for path in (january, september):
        assert april in print_path(path).body.decode()
    assert "In January." not in body_of(april)
    assert lies() == []
    withdrawn = edit(story, corrections=[])
    assert withdrawn.live
    assert print_path(april).status == 404
    assert f'rel="prev" href="{september}"' in print_path(january).body.decode()
    assert [path for path in all_paths() if path.startswith(PAGE)] == [PAGE, january, september]
    for path in (f"{PAGE}2026/13/", f"{PAGE}0000/01/", f"{PAGE}2026/1/"):
        assert print_path(path).status == 404, path


def test_the_page_shows_the_newest_and_costs_the_same_for_many(newsroom: TestNewsroom) -> None:
    stories = [newsroom.story() for _ in range(3)]
    for story in stories:
        correct(story)

    def cost() -> int:
        print_path(PAGE)
        with CaptureQueriesContext(connection) as queries:
            print_path(PAGE)
        return len(queries)

    few = cost()
    for number in range(40):
        correct(stories[number % 3], f"Note number {number}.", at=datetime(2026, 11, 2, 10, number, tzinfo=UTC))
    assert cost() == few
    shown = body_of(PAGE)
    assert "Note number 39." in shown
    assert "Note number 3." not in shown
    assert f'rel="next" href="{PAGE}2026/11/"' in shown


def test_a_publish_costs_one_look_for_notes_and_no_more_for_many(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    edit(story, kicker="One")
    with CaptureQueriesContext(connection) as without:
        edit(story, kicker="Two")
    for number in range(6):
        correct(story, f"Note number {number}.")
    with CaptureQueriesContext(connection) as noted:
        edit(story, kicker="Three")
    asked = [query["sql"] for query in without if "stories_correctionentry" in query["sql"]]
    assert len(asked) == 1
    assert len([query for query in noted if "stories_correctionentry" in query["sql"]]) == 1


def test_the_page_is_asked_of_its_indexes(newsroom: TestNewsroom) -> None:
    correct(newsroom.story())
    with CaptureQueriesContext(connection) as queries:
        print_path(PAGE)
    for table, index in (("stories_correctionentry", "correction_newest"), ("stories_withdrawal", "withdrawal_newest")):
        found = [q["sql"] for q in queries if f'FROM "{table}"' in q["sql"] and "LIMIT" in q["sql"]]
        assert found, table
        if connection.vendor == "sqlite":
            for sql in found:
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                    assert any(index in row[3] for row in cursor.fetchall()), sql


def test_what_a_note_says_is_text(newsroom: TestNewsroom) -> None:
    bad = '</script><script>alert("a")</script><img src=x onerror=alert(1)>'
    story = correct(newsroom.story(title="<b>Bold</b>"), bad)
    for path in (path_of(story), PAGE, FEED):
        shown = body_of(path)
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
        assert "<b>Bold" not in shown, path
    feed = etree.fromstring(body_of(FEED).encode())
    assert feed.findtext("channel/item/description") == bad


def test_machines_are_told_as_well(newsroom: TestNewsroom) -> None:
    at = datetime(2026, 11, 3, 9, 15, tzinfo=UTC)
    story = correct(newsroom.story(), at=at)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body_of(path_of(story)), re.DOTALL)
    assert found
    assert json.loads(found[1])["correction"] == [
        {"@type": "CorrectionComment", "datePublished": at.isoformat(), "text": WRONG}
    ]
    assert PAGE in print_path("/en/sitemap-fronts.xml").body.decode()
    feed = etree.fromstring(body_of(FEED).encode())
    assert feed.findtext("channel/item/pubDate") == "Tue, 03 Nov 2026 09:15:00 +0000"


def test_every_edition_has_its_own_page_in_its_language(newsroom: TestNewsroom) -> None:
    correct(newsroom.story("ar", title="التصويت"), "كانت النتيجة ١٢ مقابل ٨.")
    assert "كانت النتيجة" in body_of("/ar/corrections/")
    assert "تصويب" in body_of("/ar/corrections/")
    assert "كانت النتيجة" not in print_path(PAGE).body.decode()
    assert 'href="/en/corrections/"' in print_path("/en/").body.decode()


def test_a_copy_of_a_story_has_no_notes(newsroom: TestNewsroom) -> None:
    story = correct(newsroom.story())
    copy = story.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=False)
    assert not StoryCorrection.objects.filter(story=copy.pk).exists()
    assert not copy.get_latest_revision_as_object().corrections.all()


def test_a_preview_shows_a_note_that_has_not_gone_out(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    latest: Any = story.get_latest_revision_as_object()
    latest.corrections = [StoryCorrection(text=WRONG)]
    page = latest.serve_preview(RequestFactory().get("/"), "")
    assert WRONG in page.content.decode()
    assert not StoryCorrection.objects.exists()


def test_sitemaps_and_store_know_no_page_that_is_not_there(newsroom: TestNewsroom, tmp_path: Path) -> None:
    correct(newsroom.story(), at=timezone.now())
    for path in all_paths():
        if "corrections" in path:
            assert print_path(path).status == 200, path
            assert store().read(path) is not None, path


def test_a_note_alone_is_no_version_and_is_not_read_aloud(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    Recording.objects.filter(story=story).update(state="ready", made=timezone.now())
    before = Recording.objects.filter(story=story).values().get()
    digest = story.digest
    story = correct(story)
    assert Recording.objects.filter(story=story).values().get() == before
    assert story.digest == digest
    assert not PublishedVersion.objects.exists()


def noted(version: str, *notes: tuple[str, str], **values: Any) -> dict[str, Any]:
    told = [{"role": role, "contentType": "text/plain", "value": value} for role, value in notes]
    return item(1, version=version, versionCreated=f"2026-03-0{version}T10:00:30Z", descriptions=told, **values)


def test_notes_come_in_with_a_wire_and_a_later_item_mends_but_never_takes_back(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    long = "x" * 5000
    first = noted(
        "1",
        ("standfirst", "What it says."),
        ("correction", "2026-03-01T09:15:00Z It was 12 to 8."),
        ("clarification", "Without a time."),
        ("update", "Agencies say so of much."),
        ("correction", f"2199-01-01T00:00:00Z {long}"),
    )
    report = import_paths([folder(tmp_path / "1", first)])
    assert [problem.reason for problem in report.problems] == ["correction: shortened to 4000 characters"]
    story = Story.objects.get(uri="urn:test:1")
    found = {(row.kind, row.text[:20]): row.at for row in story.corrections.all()}
    assert found["correction", "It was 12 to 8."] == datetime(2026, 3, 1, 9, 15, tzinfo=UTC)
    assert found["clarification", "Without a time."] == datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    assert found["correction", long[:20]] is not None
    assert found["correction", long[:20]] <= timezone.now()
    assert len(found) == 3
    assert story.standfirst == "What it says."
    assert "It was 12 to 8." in body_of(PAGE)
    assert "Without a time." in body_of(FEED)
    second = noted("2", ("correction", "2026-03-01T09:15:00Z It was 12 to 7."), bodies=[
        {"role": "main", "contentType": "text/html", "value": "<p>A newer body.</p>"}
    ])  # fmt: skip
    assert import_paths([folder(tmp_path / "2", second)]).updated == 1
    for path in (PAGE, FEED, path_of(story)):
        shown = body_of(path)
        assert "It was 12 to 7." in shown, path
        assert "It was 12 to 8." not in shown, path
        assert "Without a time." in shown, path
    assert CorrectionEntry.objects.count() == 3
    kept = PublishedVersion.objects.get(story=story)
    assert [text for _kind, text in unpacked(kept.text)] == ["Body of number 1."]
    assert lies() == []


def test_an_export_gives_the_notes_back(newsroom: TestNewsroom, tmp_path: Path) -> None:
    story = correct(newsroom.story(), at=datetime(2026, 11, 3, 9, 15, tzinfo=UTC))
    export_folder(tmp_path / "out", progress=lambda _: None)
    lines = [json.loads(line) for line in (tmp_path / "out" / "stories" / "en.jsonl").read_text().splitlines()]
    told = next(line for line in lines if line["uri"] == story.uri)["descriptions"]
    assert {"role": "correction", "contentType": "text/plain", "value": f"2026-11-03T09:15:00Z {WRONG}"} in told
