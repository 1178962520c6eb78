"""Sources from the desk and from the wire to readers, and what is asked before a story goes out."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import html as markup
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.listen.script import script_of
from dateline.newsroom.stories.actions import count_words, shelf_for
from dateline.newsroom.stories.checking import tasks
from dateline.newsroom.stories.checking.actions import unanswered
from dateline.newsroom.stories.models import CheckAnswer, OutsideLink, Story
from dateline.newsroom.stories.source_blocks import raw_sources, sources_from
from dateline.newsroom.stories.sources import Source
from dateline.wire.importer import import_paths
from tests.factories import TestNewsroom, body_of, edit, publish_draft
from tests.integration.desk import ASKED, WHY, answers, editor, story_form
from tests.integration.test_import import folder, item

HERALD, ANA = "5b1c8f6a-0000-4000-8000-00000000000a", "5b1c8f6a-0000-4000-8000-00000000000b"
CHAIN = Source(
    "outlet",
    id=HERALD,
    outlet="Herald",
    url="https://herald.example/a",
    archived="https://archive.example/a",
    on=date(2026, 11, 1),
    cites=(Source("outlet", outlet="Radio", cites=(Source("unnamed", name="officials"),)),),
)
SOURCES = (CHAIN, Source("person", id=ANA, name="Ana Ruiz", role="mayor", quote="So it is."), Source("own"))
BODY = f'<p>It <b>was <span data-source="{HERALD} {ANA}">seen by all</span></b>.</p>'


def listed(*sources: Source) -> str:
    return json.dumps(raw_sources(sources))


def told(newsroom: TestNewsroom, language: str = "en", **values: Any) -> Story:
    values = {"sources": listed(*SOURCES), "body": [("text", BODY)], **values}
    return newsroom.story(language, **values)


def page(story: Story) -> markup.HtmlElement:
    return markup.document_fromstring(body_of(Address.objects.get(page=story, current=True).path))


# ── Readers ──


def test_readers_see_marks_and_how_it_is_known(newsroom: TestNewsroom) -> None:
    found = page(told(newsroom))
    (paragraph,) = found.xpath("//div[@class='prose']/p")
    assert [(a.get("href"), a.get("role"), a.get("aria-label")) for a in paragraph.findall(".//a")] == [
        ("#source-1", "doc-noteref", "Source 1"),
        ("#source-2", "doc-noteref", "Source 2"),
    ]
    (panel,) = found.xpath("//section[@aria-labelledby='known']")
    said = " ".join(panel.text_content().replace("\u2068", "").replace("\u2069", "").split())
    assert said.startswith("How we know this One named person and one other outlet; own reporting")
    assert "Herald, citing Radio, citing officials" in said
    assert "Ana Ruiz · mayor named person So it is." in said
    first = panel.get_element_by_id("source-1")
    assert first.xpath(".//a/@href") == ["https://herald.example/a", "https://archive.example/a", "#noted-1"]
    for link in first.xpath(".//a[starts-with(@href, 'https:')]"):
        assert {"noopener", "noreferrer"} <= set(link.get("rel").split())
    for back in panel.xpath(".//a[@role='doc-backlink']"):
        assert found.get_element_by_id(back.get("href")[1:]).get(
            "href"
        ) == "#" + back.getparent().getparent().getparent().get("id")
    data = json.loads(found.xpath("string(//script[@type='application/ld+json'])"))
    assert [work["@type"] for work in data["citation"]] == ["NewsArticle", "Quotation"]
    assert data["isBasedOn"] == ["https://herald.example/a"]


def test_an_arabic_page_has_its_own_digits_and_words(newsroom: TestNewsroom) -> None:
    found = page(told(newsroom, "ar"))
    assert found.xpath("//sup[@class='note']/a/text()") == ["١", "٢"]
    assert found.xpath("string(//section[@class='known']/p)") == "شخص واحد معروف الاسم ومنبر إعلامي آخر؛ وتغطية خاصة"


def test_a_story_without_sources_has_no_panel_and_says_nothing_of_it(newsroom: TestNewsroom) -> None:
    found = page(told(newsroom, sources="[]"))
    assert found.xpath("//sup | //section[@aria-labelledby='known']") == []
    data = json.loads(found.xpath("string(//script[@type='application/ld+json'])"))
    assert not {"citation", "isBasedOn"} & data.keys()


def test_marks_are_neither_read_aloud_nor_counted(newsroom: TestNewsroom) -> None:
    story = told(newsroom)
    assert count_words(story) == 5
    assert [one.text for one in script_of("", "", story.body.raw_data, "en")] == ["It was seen by all."]


@pytest.mark.parametrize("name", ["name", "role", "outlet", "quote", "url", "archived"])
def test_what_a_source_says_is_text_and_addresses_are_of_the_web(newsroom: TestNewsroom, name: str) -> None:
    evil = "javascript:alert(1)//" if name in {"url", "archived"} else "<img src=x onerror=alert(1)>"
    value = {"kind": "outlet", "name": "N", name: evil}
    cited = {"kind": "outlet", "name": "N", name: evil}
    raw = [{"type": "source", "id": HERALD, "value": {**value, "cites": [{"type": "item", "value": cited}]}}]
    story = told(newsroom, sources=json.dumps(raw), body=[("text", f'<p><span data-source="{HERALD}">x</span></p>')])
    found = page(story)
    assert found.xpath("//img[@onerror] | //*[starts-with(@href, 'javascript:')]") == []
    assert found.xpath("//sup[@class='note']")


def test_a_source_left_out_takes_its_marks_along(newsroom: TestNewsroom) -> None:
    story = edit(told(newsroom), sources=listed(SOURCES[1]))
    assert page(story).xpath("//sup[@class='note']/a/@href") == ["#source-1"]
    assert story.updated is not None  # readers are told


# ── In and out ──


def test_what_older_imports_kept_is_there_in_revisions_too(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    revision = story.latest_revision
    revision.content = {**revision.content, "kept": {"sources": [{"name": "Annex", "role": "document"}, {"name": "X"}]}}
    del revision.content["sources"]
    revision.save()
    again = sources_from(revision.as_object().sources.raw_data)
    assert [(one.kind, one.name) for one in again] == [("document", "Annex"), ("outlet", "X")]


def test_other_agencies_sources_become_sources(newsroom: TestNewsroom, tmp_path: Path) -> None:
    info = [
        {"name": "Herald", "role": "source"},
        {"name": "The ministry", "role": "official", "uri": "https://ministry.example/"},
        {"name": "A bureau", "role": "contributor", "uri": "urn:x:1"},
    ]
    assert not import_paths([folder(tmp_path / "in", item(1, infoSources=info))]).problems
    story = Story.objects.get()
    assert story.source == "Herald"
    found = sources_from(story.sources.raw_data)
    assert [(one.kind, one.name, one.url) for one in found] == [
        ("official", "The ministry", "https://ministry.example/"),
        ("outlet", "A bureau", ""),
    ]
    assert len({one.id for one in found}) == 2
    assert "sources" not in story.kept


# ── Before it goes out ──

PUBLISH = {"action-publish": "1"}


def new_story(newsroom: TestNewsroom, desk: Any, title: str = "Nine boats", **values: Any) -> Any:
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    form = story_form(title, section=shelf.get_parent().pk, **values)
    return desk.post(f"/desk/pages/add/stories/story/{shelf.pk}/", form)


def frank(role: str = "editor") -> Any:
    """Somebody who is asked and has not answered yet."""
    desk = editor(role)
    desk.answers = False
    return desk


def public(story: Story) -> bool:
    return Address.objects.filter(page=story, current=True).exists()


def test_a_story_is_saved_asked_about_answered_and_published(newsroom: TestNewsroom) -> None:
    desk = frank()
    done = new_story(newsroom, desk, **PUBLISH)
    assert ASKED.fullmatch(done["Location"])
    story = Story.objects.get(title="Nine boats")
    assert not public(story)
    asked = desk.get(done["Location"])
    said = asked.content.decode()
    form = markup.document_fromstring(desk.get(f"/desk/pages/{story.pk}/edit/").content)
    for way in markup.document_fromstring(asked.content).xpath(
        "//a[contains(@href, '#')][normalize-space()='Mend it']"
    ):
        assert form.xpath("//*[@id=$id]", id=way.get("href").split("#")[1])
    assert said.count("Mend it") == 2
    assert "No source is named." in said
    assert "The headline has a number that the text does not have." in said
    one_answer = {**answers(asked), **dict.fromkeys(list(answers(asked))[-1:], " ")}
    again = desk.post(done["Location"], one_answer)
    assert again.status_code == 400
    assert not public(story)
    assert CheckAnswer.objects.count() == 1  # what was said is kept
    done = desk.post(done["Location"], answers(desk.get(done["Location"])))
    assert done.status_code == 302
    assert public(story)
    assert sorted(CheckAnswer.objects.values_list("code", "answer", "by__username")) == [
        ("number", WHY, "editor"),
        ("sources", WHY, "editor"),
    ]
    assert WHY in desk.get(f"/desk/pages/{story.pk}/edit/").content.decode()
    assert WHY in desk.get(f"/desk/pages/{story.pk}/history/").content.decode()


def test_the_same_is_asked_once_and_something_else_anew(newsroom: TestNewsroom) -> None:
    desk = editor("editor")
    new_story(newsroom, desk, **PUBLISH)
    story = Story.objects.get(title="Nine boats")
    assert public(story)
    desk.answers = False
    where = f"/desk/pages/{story.pk}/edit/"
    form = story_form("Nine boats", section=story.section_id, standfirst="Said otherwise.", **PUBLISH)
    done = desk.post(where, form)
    assert not ASKED.fullmatch(done["Location"])
    assert Story.objects.get(pk=story.pk).standfirst == "Said otherwise."
    done = desk.post(where, story_form("Ten boats", section=story.section_id, **PUBLISH))
    assert ASKED.fullmatch(done["Location"])
    assert Story.objects.get(pk=story.pk).title == "Nine boats"
    assert "Ten boats" in desk.get(where).content.decode()  # the draft has it


def test_a_mended_story_is_not_asked_about(newsroom: TestNewsroom) -> None:
    desk = frank()
    source = {"kind": "official", "name": "The port", "role": "", "outlet": "", "url": "", "on": "", "archived": ""}
    block = ("source", {**source, "quote": "", "cites": {"count": "0"}})
    body = streamfield([("text", rich_text("<p>Nine boats.</p>"))])
    done = new_story(newsroom, desk, sources=streamfield([block]), body=body, **PUBLISH)
    assert not ASKED.fullmatch(done["Location"])
    story = Story.objects.get(title="Nine boats")
    assert public(story)
    assert [one.name for one in sources_from(story.sources.raw_data)] == ["The port"]


def test_what_is_scheduled_is_asked_about_and_then_waits_for_its_time(newsroom: TestNewsroom) -> None:
    desk = frank()
    done = new_story(newsroom, desk, go_live_at="2099-01-01 10:00", **PUBLISH)
    assert ASKED.fullmatch(done["Location"])
    story = Story.objects.get(title="Nine boats")
    assert story.scheduled_revision is None
    assert "Schedule now" in desk.get(done["Location"]).content.decode()
    desk.post(done["Location"], answers(desk.get(done["Location"])))
    moment = Story.objects.get(pk=story.pk).scheduled_revision.approved_go_live_at
    assert moment == datetime(2099, 1, 1, 10, tzinfo=UTC)
    assert not public(story)


@pytest.mark.parametrize("from_form", [True, False])
def test_whoever_approves_is_asked(newsroom: TestNewsroom, from_form: bool) -> None:
    new_story(newsroom, editor("reporter"), **{"action-submit": "1"})
    story = Story.objects.get(title="Nine boats")
    desk = frank()
    state = Page.objects.get(pk=story.pk).current_workflow_task_state
    if from_form:
        approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        form = story_form("Nine boats", section=story.section_id, standfirst="Edited in review.", **approve)
        done = desk.post(f"/desk/pages/{story.pk}/edit/", form)
    else:
        done = desk.post(f"/desk/pages/workflow/action/{story.pk}/approve/{state.pk}/", {"comment": "Good."})
    assert ASKED.fullmatch(done["Location"])
    assert Page.objects.get(pk=story.pk).current_workflow_state.status == "in_progress"
    assert not public(story)
    page = desk.get(done["Location"])
    assert "Approve now" in page.content.decode()
    desk.post(done["Location"], answers(page))
    assert public(story)
    fresh = Story.objects.get(pk=story.pk)
    assert fresh.standfirst == ("Edited in review." if from_form else "What it says.")
    assert fresh.current_workflow_state is None
    state.refresh_from_db()
    assert state.status == "approved"
    assert state.comment == ("" if from_form else "Good.")


def test_a_draft_that_changed_meanwhile_is_looked_at_again(newsroom: TestNewsroom) -> None:
    desk = frank()
    done = new_story(newsroom, desk, **PUBLISH)
    story = Story.objects.get(title="Nine boats")
    form = answers(desk.get(done["Location"]))
    latest = story.get_latest_revision_as_object()
    latest.standfirst = "Meanwhile."
    latest.save_revision()
    again = desk.post(done["Location"], form)
    assert again.status_code == 400
    assert "changed meanwhile" in again.content.decode()
    assert not public(story)
    desk.post(done["Location"], answers(again))
    assert Story.objects.get(pk=story.pk).standfirst == "Meanwhile."


def test_only_who_may_publish_answers(newsroom: TestNewsroom) -> None:
    done = new_story(newsroom, frank(), **PUBLISH)
    for role in ("reporter", "translator", "producer"):
        client = frank(role)
        answer = client.get(done["Location"])
        assert answer.status_code == 302
        assert not ASKED.fullmatch(answer["Location"])
        refused = client.post(done["Location"], {})
        assert refused.status_code == 302
    assert not public(Story.objects.get(title="Nine boats"))
    assert CheckAnswer.objects.count() == 0


def test_several_are_published_at_once_only_when_nothing_is_to_be_asked(newsroom: TestNewsroom) -> None:
    desk = frank()
    asked = newsroom.story(title="Nine boats", publish=False)
    sound = newsroom.story(title="Boats", publish=False, sources=listed(*SOURCES))
    for story in (asked, sound):
        story.save_revision()
    where = "/desk/bulk/wagtailcore/page/publish/?next=/desk/&id={}".format
    desk.post(f"{where(asked.pk)}&id={sound.pk}")
    assert not public(asked)
    assert not public(sound)
    desk.post(where(sound.pk))
    assert public(sound)


def test_drafts_saved_by_themselves_are_not_asked_about(newsroom: TestNewsroom) -> None:
    desk = frank()
    shelf = shelf_for(newsroom.sections["en/news/politics"], timezone.now())
    done = desk.post(
        f"/desk/pages/add/stories/story/{shelf.pk}/",
        story_form("Nine boats", section=shelf.get_parent().pk),
        headers={"accept": "application/json"},
    )
    assert done.json()["success"]


# ── Links ──


def test_addresses_elsewhere_are_tried_after_a_draft_is_saved(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The net itself is tried in test_outside.py; here it is told what to answer."""
    tried: list[str] = []

    def answer(url: str) -> bool:
        tried.append(url)
        return "gone" not in url

    monkeypatch.setattr(tasks, "leads_somewhere", answer)
    body = [("text", '<p><a href="https://gone.example/a">a</a> <a href="https://there.example/">b</a></p>')]
    story = told(newsroom, title="Boats", body=body, publish=False)
    for _ in range(2):
        story.save_revision()
        call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert sorted(tried) == [
        "https://archive.example/a",
        "https://gone.example/a",
        "https://herald.example/a",
        "https://there.example/",
    ]
    assert list(OutsideLink.objects.filter(dead=True).values_list("url", flat=True)) == ["https://gone.example/a"]
    (finding,) = unanswered(story)
    assert (finding.code, finding.passage) == ("link", "a")


def test_links_to_our_own_pages_are_looked_up(newsroom: TestNewsroom) -> None:
    other = newsroom.story(title="Other")
    hidden = newsroom.story(title="Hidden", publish=False)
    path = Address.objects.get(page=other).path
    links = [
        f'<a linktype="page" id="{other.pk}">one</a>',
        f'<a linktype="page" id="{hidden.pk}">two</a>',
        f'<a href="{path}#a">three</a>',
        '<a href="/en/news/2020/01/never/">four</a>',
        '<a href="http://newsroom.test/en/news/politics/">five</a>',
        '<a href="/en/topic/x/">six</a>',
    ]
    story = told(newsroom, title="Boats", body=[("text", f"<p>{' '.join(links)}</p>")], publish=False)
    assert [one.passage for one in unanswered(story)] == ["two", "four"]


def test_imports_and_publishing_by_the_clock_are_not_stopped(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="Nine boats", publish=False)
    publish_draft(story)
    assert public(story)
    assert CheckAnswer.objects.count() == 0


def test_asking_costs_few_queries_whatever_a_story_holds(
    newsroom: TestNewsroom, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 12):
        pictures = [newsroom.picture(width=32, height=20, credit="") for _ in range(count)]
        body: list[Any] = [("picture", {"picture": one, "caption": ""}) for one in pictures]
        links = "".join(f'<a href="https://x{at}.example/">a</a><a href="/x{at}/">b</a>' for at in range(count))
        story = told(newsroom, title="Nine boats", body=[*body, ("text", f"<p>{links}</p>")], publish=False)
        story = Story.objects.select_related("locale").get(pk=story.pk)
        with django_assert_max_num_queries(4):
            assert len(unanswered(story)) == 2 * count + 1
