"""What stories are about: pages of topics, people and places, and merging two of them."""

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.find.models import span
from dateline.newsroom.find.query import read_query
from dateline.newsroom.find.search import found
from dateline.newsroom.stories import merging, streams
from dateline.newsroom.stories.merging import MergeError, merge_topic, move_stories
from dateline.newsroom.stories.models import MergedTopic, Story, StreamEntry, Topic
from dateline.press.printing import print_path, print_paths
from dateline.wire.exporter import export_folder
from dateline.wire.importer import import_paths
from tests.factories import TestNewsroom, body_of, edit, publish_draft
from tests.integration.desk import editor
from tests.lying import lies

pytestmark = pytest.mark.django_db(transaction=True)


def path_of(story: Story) -> str:
    return str(Address.objects.get(page_id=story.pk, current=True).path)


def data_of(path: str) -> dict[str, Any]:
    page = lxml.html.document_fromstring(print_path(path).body.decode())
    return dict(json.loads(page.cssselect("script[type='application/ld+json']")[0].text or ""))


def page_texts(path: str, selector: str) -> list[str]:
    page = lxml.html.document_fromstring(print_path(path).body.decode())
    return [" ".join(one.text_content().split()) for one in page.cssselect(selector)]


def leads_to(path: str) -> tuple[int, str]:
    """The status a path answers with, and where it leads."""
    printed = print_path(path).stored
    assert printed is not None
    return printed.sheet.status, printed.sheet.location


def merge(source: Topic, target: Topic) -> None:
    merge_topic(source, target, by=None)
    move_stories.call(source.pk)


# ── Pages ──


@pytest.mark.parametrize(
    ("stands_for", "said", "thing"),
    [
        ("subject", "Topic", "Thing"),
        ("person", "Person", "Person"),
        ("organisation", "Organisation", "Organization"),
        ("place", "Place", "Place"),
    ],
)
def test_a_page_says_who_or_what_it_is_about(newsroom: TestNewsroom, stands_for: str, said: str, thing: str) -> None:
    topic = newsroom.topic(name="Maren")
    picture = newsroom.picture()
    topic.stands_for, topic.about, topic.other_names = stands_for, "A town by the sea.", "Maren-on-Sea\n\n Old Maren "
    topic.picture = picture
    topic.save()
    story = newsroom.story(topics=(topic,))
    assert page_texts(topic.front, ".front__eyebrow") == [said]
    assert page_texts(topic.front, "h1") == ["Maren"]
    assert page_texts(topic.front, ".front__text") == ["A town by the sea."]
    assert picture.description in body_of(topic.front)
    about = data_of(topic.front)["about"]
    assert about == {
        "@type": thing,
        "name": "Maren",
        "url": f"http://newsroom.test{topic.front}",
        "description": "A town by the sea.",
        "alternateName": ["Maren-on-Sea", "Old Maren"],
    }
    assert data_of(path_of(story))["about"] == [about]


def test_a_change_of_what_is_said_is_on_the_page_before_saving_returns(newsroom: TestNewsroom) -> None:
    topic = newsroom.topic()
    newsroom.story(topics=(topic,))
    print_path(topic.front)
    topic.about = "A town by the sea."
    topic.save()
    assert "A town by the sea." in body_of(topic.front)


def test_what_is_said_of_topics_leaves_and_comes_back(newsroom: TestNewsroom, tmp_path: Path) -> None:
    told, plain = newsroom.topic(name="Maren"), newsroom.topic(name="Elections")
    told.stands_for, told.about, told.other_names = "place", "By the sea.\nOld.", "Old Maren"
    told.picture = newsroom.picture()
    told.save()
    newsroom.story(topics=(told, plain))
    export_folder(tmp_path / "out", progress=lambda _: None)
    text = (tmp_path / "out" / "newsroom.toml").read_text(encoding="utf-8")
    assert text.count("[[editions.topics]]") == 1, "the stories make the others"
    told.stands_for, told.about, told.other_names, told.picture = "subject", "", "", None
    told.save()
    assert import_paths([tmp_path / "out"]).problems == []
    again = Topic.objects.get(pk=told.pk)
    assert (again.stands_for, again.about, again.other_names) == ("place", "By the sea. Old.", "Old Maren")
    assert again.picture is not None


# ── Merging ──


def test_the_stories_of_one_topic_go_to_the_other(newsroom: TestNewsroom) -> None:
    source, target = newsroom.topic(name="Maren-on-Sea"), newsroom.topic(name="Maren")
    source.about = "A town by the sea."
    source.save()
    one, both, other = (newsroom.story(topics=of) for of in ((source,), (source, target), (target,)))
    print_paths([source.front, target.front, f"{source.front}page/1/", f"{target.front}page/1/", path_of(one)])
    merge(source, target)
    assert lies() == []
    assert not Topic.objects.filter(pk=source.pk).exists()
    assert {story.pk for story in Story.objects.filter(topics=target)} == {one.pk, both.pk, other.pk}
    page = streams.page_of(f"topic:{target.pk}", 1)
    assert page is not None
    assert page.story_ids == (other.pk, both.pk, one.pk)
    for old, now in ((source.front, target.front), (f"{source.front}page/1/", f"{target.front}page/1/")):
        assert leads_to(old) == (301, now)
    assert page_texts(path_of(one), "a[rel=tag]") == ["Maren"]
    again = Topic.objects.get(pk=target.pk)
    assert (again.others, again.about) == (["Maren-on-Sea"], "A town by the sea.")
    edition = editions().editions["en"]
    filed = read_query("story", "en", keys=span(edition.id), marks=(f"zqtopic{target.pk}",))
    assert set(found(edition, filed)) == {one.pk, both.pk, other.pk}


def test_pages_are_numbered_as_if_there_had_been_one_topic(newsroom: TestNewsroom, monkeypatch: Any) -> None:
    monkeypatch.setattr(streams, "PAGE", 3)
    monkeypatch.setattr(merging, "BATCH", 2)
    source, target = newsroom.topic(), newsroom.topic()
    stories = [newsroom.story(topics=(source if number % 3 else target,)) for number in range(8)]
    print_paths([f"{topic.front}page/{number}/" for topic in (source, target) for number in (1, 2)])
    merge(source, target)
    rows = StreamEntry.objects.filter(stream__key=f"topic:{target.pk}").order_by("published")
    assert list(rows.values_list("story_id", "page")) == [(s.pk, n // 3 + 1) for n, s in enumerate(stories)]
    assert lies() == []


def test_a_merge_that_was_interrupted_goes_on(newsroom: TestNewsroom, monkeypatch: Any) -> None:
    monkeypatch.setattr(merging, "BATCH", 1)
    source, target = newsroom.topic(), newsroom.topic()
    stories = [newsroom.story(topics=(source,)) for _ in range(3)]
    merge_topic(source, target, by=None)
    real, calls = merging._move_some, []

    def breaks(*args: Any) -> int:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the power failed")
        return real(*args)

    monkeypatch.setattr(merging, "_move_some", breaks)
    with pytest.raises(OSError, match="power"):
        move_stories.call(source.pk)
    assert Story.objects.filter(topics=target).count() == 1
    print_paths([source.front, target.front])
    assert lies() == []
    move_stories.call(source.pk)
    assert Story.objects.filter(topics=target).count() == len(stories)
    assert lies() == []
    move_stories.call(source.pk)  # once more does no harm


def test_a_draft_written_before_is_filed_under_what_the_topic_has_become(newsroom: TestNewsroom) -> None:
    first, second, third = (newsroom.topic() for _ in range(3))
    story = newsroom.story(topics=(first, second))
    draft: Story = story.get_latest_revision_as_object()
    draft.title = "Written before"
    draft.save_revision(clean=False)
    merge(first, second)
    merge(second, third)
    opened: Story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [topic.pk for topic in opened.topics.all()] == [third.pk]
    publish_draft(opened)
    assert [topic.pk for topic in Story.objects.get(pk=story.pk).topics.all()] == [third.pk]
    assert lies() == []


def test_what_the_topic_had_been_called_before_leads_on_too(newsroom: TestNewsroom) -> None:
    source, target = newsroom.topic(), newsroom.topic()
    newsroom.story(topics=(source,))
    first = source.front
    source.slug = "renamed"
    source.save()
    merge(source, target)
    assert leads_to(first) == (301, target.front)
    target.slug = "once-more"
    target.save()
    assert leads_to(first) == (301, "/en/topic/once-more/")
    assert lies() == []


def test_an_import_that_names_the_old_topic_means_the_new_one(newsroom: TestNewsroom, tmp_path: Path) -> None:
    source, target = newsroom.topic(name="Maren-on-Sea"), newsroom.topic(name="Maren")
    story = newsroom.story(topics=(source,))
    export_folder(tmp_path / "out", progress=lambda _: None)
    merge(source, target)
    edit(story, title="Changed since")
    assert import_paths([tmp_path / "out"]).problems == []
    assert [topic.pk for topic in Story.objects.get(pk=story.pk).topics.all()] == [target.pk]
    assert not Topic.objects.filter(slug=source.slug).exists()


def test_moving_many_stories_costs_no_more_queries_than_moving_two(newsroom: TestNewsroom) -> None:
    counts = []
    for stories in (2, 12):
        source, target = newsroom.topic(), newsroom.topic()
        for _ in range(stories):
            newsroom.story(topics=(source,))
        merge_topic(source, target, by=None)
        with CaptureQueriesContext(connection) as queries:
            assert merging._move_some(source, target) == stories
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_topics_that_cannot_be_made_one(newsroom: TestNewsroom) -> None:
    one, other, third, arabic = newsroom.topic(), newsroom.topic(), newsroom.topic(), newsroom.topic("ar")
    with pytest.raises(MergeError, match="itself"):
        merge_topic(one, one, by=None)
    with pytest.raises(MergeError, match="same edition"):
        merge_topic(one, arabic, by=None)
    merge_topic(one, other, by=None)
    with pytest.raises(MergeError, match="already"):
        merge_topic(one, third, by=None)
    with pytest.raises(MergeError, match="itself"):
        merge_topic(other, one, by=None)
    merge_topic(other, third, by=None)
    assert set(MergedTopic.objects.values_list("old", "into")) == {(one.pk, third.pk), (other.pk, third.pk)}


# ── At the desk ──


def test_a_chief_merges_topics(newsroom: TestNewsroom) -> None:
    source, target = newsroom.topic(name="Maren-on-Sea"), newsroom.topic(name="Maren")
    newsroom.story(topics=(source,))
    desk = editor("chief")
    listed = desk.get(reverse("wagtailsnippets_stories_topic:list")).content.decode()
    where = reverse("dateline_merge", args=[source.pk])
    assert where in listed
    assert "1 story of this topic goes" in desk.get(where).content.decode()
    refused = desk.post(where, {"into": source.pk})
    assert (refused.status_code, "itself" in refused.content.decode()) == (400, True)
    assert desk.post(where, {"into": ""}).status_code == 400
    assert desk.post(where, {"into": target.pk}, follow=True).status_code == 200
    move_stories.call(source.pk)
    assert Story.objects.filter(topics=target).count() == 1
    assert desk.get(where).status_code == 404


def test_who_may_not_delete_topics_may_not_merge_them(newsroom: TestNewsroom) -> None:
    source, target = newsroom.topic(), newsroom.topic()
    desk = editor("editor")
    where = reverse("dateline_merge", args=[source.pk])
    assert where not in desk.get(reverse("wagtailsnippets_stories_topic:list")).content.decode()
    assert desk.get(where).status_code == 302
    assert desk.post(where, {"into": target.pk}).status_code == 302
    assert not MergedTopic.objects.exists()
