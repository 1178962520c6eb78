"""The freshness contract: what the desk says is so, is so before the desk has said it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from dateline.newsroom.editions.models import Address
from dateline.newsroom.find import nexts
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.actions import StoryError, withdraw_story
from dateline.newsroom.stories.models import Story, StreamEntry
from dateline.press import outbox
from dateline.press.models import Change
from dateline.press.printing import print_path, print_paths
from tests.factories import START, TestNewsroom, body_of, edit, settle


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of five stories, so that a few make many."""
    monkeypatch.setattr(streams, "PAGE", 5)
    monkeypatch.setattr(streams, "OVERFULL", 15)


def path_of(story: Story) -> str:
    return Address.objects.get(page=story, current=True).path


def test_a_published_story_stands_on_its_page_and_every_front_of_its_own(newsroom: TestNewsroom) -> None:
    topic, person = newsroom.topic(), newsroom.person()
    story = newsroom.story(title="The bridge opens", topics=(topic,), people=(person,))
    fronts = ["/en/", "/en/news/", "/en/news/politics/", "/en/rss.xml", "/en/news/politics/rss.xml"]
    fronts += [f"/en/topic/{topic.slug}/", f"/en/author/{person.slug}/", "/en/island/newest.html", path_of(story)]
    for front in fronts:
        assert "The bridge opens" in body_of(front), front
    assert path_of(story) in body_of("/en/sitemap-1.xml")


def test_a_full_sitemap_is_not_printed_again(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PAGE", 2)
    monkeypatch.setattr(paths, "PAGES_IN_SITEMAP", 2)
    old = [newsroom.story() for _ in range(4)]
    assert "/en/sitemap-2.xml" not in body_of("/sitemap.xml")
    fifth = newsroom.story()
    outbox.last_report()
    sixth = newsroom.story()
    report = outbox.last_report()
    assert report is not None
    assert "/en/sitemap-2.xml" in report.printed
    assert not {"/en/sitemap-1.xml", "/sitemap.xml"} & set(report.printed)
    assert [path_of(story) in body_of("/en/sitemap-1.xml") for story in (*old, fifth)] == [True] * 4 + [False]
    assert path_of(fifth) in body_of("/en/sitemap-2.xml")
    assert "/en/sitemap-2.xml" in body_of("/sitemap.xml")

    was = path_of(old[0])
    edit(old[0], slug="renamed")
    assert path_of(old[0]) in body_of("/en/sitemap-1.xml")
    assert was not in body_of("/en/sitemap-1.xml")
    for story in (fifth, sixth):
        withdraw_story(story, by=None, reason="Retracted.")
    assert "/en/sitemap-2.xml" not in body_of("/sitemap.xml")
    assert [print_path(f"/en/sitemap-{number}.xml").status for number in ("1", "2", "01", "0")] == [200, 404, 404, 404]


def test_an_edited_headline_is_everywhere_at_once(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="Wrong words")
    edit(story, title="Right words")
    for path in ("/en/", "/en/news/", "/en/news/politics/", "/en/rss.xml", path_of(story)):
        assert "Right words" in body_of(path), path
        assert "Wrong words" not in body_of(path), path


def test_a_withdrawn_story_leaves_every_sheet_and_a_notice_stands_in_its_place(newsroom: TestNewsroom) -> None:
    story, other = newsroom.story(title="Never happened"), newsroom.story()
    print_paths(["/en/news/politics/page/1/", path_of(other)])
    withdraw_story(story, by=None, reason="The source has retracted it.")
    for path in newsroom.store.walk():
        body = body_of(path)
        if path == path_of(story):
            assert "The source has retracted it." in body
            assert newsroom.store.read(path).sheet.status == 410
        elif path.startswith("/en/corrections"):  # the public record of it: what was withdrawn, when and why
            assert "The source has retracted it." in body
            assert path_of(story) not in body
        else:
            assert "Never happened" not in body, path
    assert newsroom.store.read(path_of(other), stale=True) is None


def test_withdrawing_leaves_pages_alone_that_never_showed_the_story(newsroom: TestNewsroom) -> None:
    before = newsroom.story(section="opinion", title="Patience", body=[("text", "<p>Of waiting, and of quiet.</p>")])
    story = newsroom.story(title="Never happened")
    after = newsroom.story(section="opinion")
    assert "Never happened" in body_of(path_of(after)), "in the list of the newest beside it"
    withdraw_story(story, by=None, reason="The source has retracted it.")
    assert newsroom.store.has(path_of(before))
    assert not newsroom.store.has(path_of(after))


def test_withdrawing_wants_a_reason_and_a_published_story(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    with pytest.raises(StoryError, match="why"):
        withdraw_story(story, by=None, reason="  ")
    draft = newsroom.story(publish=False)
    with pytest.raises(StoryError, match="published"):
        withdraw_story(draft, by=None, reason="x")


def test_a_changed_slug_and_a_changed_section_redirect(newsroom: TestNewsroom) -> None:
    story = newsroom.story(slug="first")
    first = path_of(story)
    edit(story, slug="second")
    second = path_of(story)
    edit(story, section=newsroom.sections["en/opinion"])
    third = path_of(story)
    assert (first, second, third) == (
        "/en/news/politics/2026/11/first/",
        "/en/news/politics/2026/11/second/",
        "/en/opinion/2026/11/second/",
    )
    for old in (first, second):
        sheet = newsroom.store.read(old).sheet
        assert (sheet.status, sheet.location) == (301, third)


def test_a_used_address_is_never_given_to_another_story(newsroom: TestNewsroom) -> None:
    first = newsroom.story(slug="the-vote")
    edit(first, slug="the-count")
    second = newsroom.story(slug="the-vote")
    assert path_of(second) == "/en/news/politics/2026/11/the-vote-2/"
    Story.objects.get(pk=second.pk).delete()
    third = newsroom.story(slug="the-vote")
    assert path_of(third) == "/en/news/politics/2026/11/the-vote-3/"
    assert print_path("/en/news/politics/2026/11/the-vote-2/").status == 410


def test_a_publish_leaves_unrelated_sheets_alone(newsroom: TestNewsroom) -> None:
    old = newsroom.story("en", "opinion", title="Patience", body=[("text", "<p>Of waiting, and of quiet.</p>")])
    print_paths([path_of(old), "/en/opinion/", "/en/opinion/page/1/"])
    before = {p: newsroom.store.read(p).sheet for p in (path_of(old), "/en/opinion/", "/en/opinion/page/1/")}
    newsroom.story("en", "news/economy")
    assert {p: newsroom.store.read(p).sheet for p in before} == before


@pytest.mark.usefixtures("short_pages")
def test_prints_of_a_publish_do_not_grow_with_the_archive(newsroom: TestNewsroom) -> None:
    newsroom.story()
    newsroom.story()
    small = len(outbox.last_report().printed)
    for _ in range(12):
        newsroom.story()
    newsroom.story()
    report = outbox.last_report()
    assert len(report.printed) == small
    # The newest archive page, the page that followed it for a moment, and stories of these days that tell of the same.
    assert report.evicted <= 3 + nexts.SHOWN


@pytest.mark.usefixtures("short_pages")
def test_the_page_of_a_stream_never_changes_when_newer_stories_come(newsroom: TestNewsroom) -> None:
    for _ in range(streams.PAGE + 1):
        newsroom.story()
    print_paths(["/en/news/politics/page/1/", "/en/news/politics/page/2/"])
    first = newsroom.store.read("/en/news/politics/page/1/").body
    newsroom.story(title="One more")
    assert newsroom.store.read("/en/news/politics/page/1/").body == first
    assert not newsroom.store.has("/en/news/politics/page/2/")
    assert "One more" in print_path("/en/news/politics/page/2/").body.decode()


def test_a_renamed_section_is_on_every_page_after_the_sweep_and_readers_keep_the_old_bytes_until_then(
    newsroom: TestNewsroom,
) -> None:
    story = newsroom.story()
    page = path_of(story)
    old = newsroom.store.read(page)
    section = newsroom.sections["en/news/economy"]
    section.title = "Money"
    section.save()
    settle(section)
    assert newsroom.store.read(page).body == old.body
    assert newsroom.store.read(page).sheet.generation < newsroom.store.state().generation("en")
    while outbox.sweep(100):
        pass
    assert "Money" in body_of(page)
    assert newsroom.store.read(page).sheet.generation == newsroom.store.state().generation("en")


def test_a_failing_template_keeps_the_old_page_the_job_and_tells(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.newsroom.fronts import pages

    story = newsroom.story(title="Stands")
    works = pages.home_view

    def breaks(*args: object) -> None:
        raise RuntimeError("the template broke")

    monkeypatch.setattr(pages, "home_view", breaks)
    newer = newsroom.story(title="New but unprinted")
    report = outbox.last_report()
    assert report.failed == {"/en/": "RuntimeError: the template broke"}
    assert "Stands" in body_of("/en/")
    assert "New but unprinted" in body_of(path_of(newer))
    change = Change.objects.get(done_at=None)
    assert change.errors == report.failed
    monkeypatch.setattr(pages, "home_view", works)
    Change.objects.filter(pk=change.pk).update(next_try=START)
    outbox.drain()
    assert "New but unprinted" in body_of("/en/")
    assert story.title in body_of("/en/")
    assert not Change.objects.filter(done_at=None).exists()


def test_a_change_that_rolls_back_prints_nothing(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="Before")
    with pytest.raises(RuntimeError), transaction.atomic():
        edit(story, title="After")
        raise RuntimeError
    assert "After" not in body_of(path_of(story))
    assert not Change.objects.filter(done_at=None).exists()


def test_a_print_that_was_overtaken_by_a_change_is_done_again(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's print renders the old words, the change commits and evicts, then the reader's print is written."""
    from dateline.press import printing

    story = newsroom.story(title="Old words")
    renders, real = [], printing.render

    def slow(path: str) -> object:
        response = real(path)
        if not renders:
            renders.append(path)
            monkeypatch.setattr(printing, "render", real)
            edit(story, title="New words")
        return response

    monkeypatch.setattr(printing, "render", slow)
    printed = print_path(path_of(story))
    assert renders
    assert b"New words" in printed.body
    assert "New words" in body_of(path_of(story))


def test_translations_link_to_each_other_and_stop_when_one_goes(newsroom: TestNewsroom) -> None:
    english = newsroom.story("en")
    arabic = newsroom.story("ar", translation_key=english.translation_key)
    links = [
        re.findall(r'hreflang="([a-z-]+)" href="([^"]+)"', body_of(path_of(s)).split("</head>")[0])
        for s in (english, arabic)
    ]
    assert sorted(links[0]) == sorted(links[1])
    assert {code for code, _ in links[0]} == {"en", "ar", "x-default"}
    Story.objects.get(pk=arabic.pk).unpublish()
    assert 'hreflang="ar"' not in body_of(path_of(english)).split("</head>")[0]


def test_translations_follow_a_story_back_to_an_address_it_had(newsroom: TestNewsroom) -> None:
    english = newsroom.story("en", slug="bridge")
    arabic = newsroom.story("ar", translation_key=english.translation_key)
    for slug in ("tower", "bridge"):
        edit(english, slug=slug)
        address = re.search(r'hreflang="en" href="[^"]+/([^"/]+)/"', body_of(path_of(arabic)))
        assert address is not None
        assert address[1] == slug


def test_a_renamed_term_leads_on_from_where_it_was(newsroom: TestNewsroom) -> None:
    topic = newsroom.topic(name="Water")
    story = newsroom.story(topics=(topic,))
    old = f"/en/topic/{topic.slug}/"
    print_paths([path_of(story), f"{old}page/1/"])
    topic.slug = "rivers"
    topic.save()
    for path, to in ((old, "/en/topic/rivers/"), (f"{old}page/1/", "/en/topic/rivers/page/1/")):
        printed = print_path(path)
        assert (printed.status, printed.stored.sheet.location if printed.stored else "") == (301, to)
    assert "/en/topic/rivers/" in print_path(path_of(story)).body.decode()
    other = newsroom.topic(name="Other")
    other.slug = old.split("/")[3]
    with pytest.raises(ValidationError, match="once was the address"):
        other.full_clean()
    topic.slug = old.split("/")[3]
    topic.save()
    assert print_path(old).status == 200
    assert print_path("/en/topic/rivers/").status == 301


@pytest.mark.usefixtures("short_pages")
def test_a_page_that_old_dates_made_too_long_is_numbered_anew(newsroom: TestNewsroom) -> None:
    for _ in range(streams.PAGE + 2):
        newsroom.story()
    for number in range(streams.OVERFULL - streams.PAGE + 1):
        newsroom.story(published=START - timedelta(days=number))
    key = f"edition:{newsroom.editions['en'].pk}"
    assert len(streams.page_of(key, 1).story_ids) > streams.OVERFULL
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    sizes = [len(streams.page_of(key, number).story_ids) for number in range(1, streams.last_page(key) + 1)]
    assert sizes[:-1] == [streams.PAGE] * (len(sizes) - 1)
    assert sum(sizes) == streams.OVERFULL + 3


def test_another_time_of_publication_moves_a_published_story(newsroom: TestNewsroom) -> None:
    first, second = newsroom.story(title="The first"), newsroom.story(title="The second")
    moved = edit(first, published=second.published + timedelta(minutes=5))
    assert moved.published == second.published + timedelta(minutes=5)
    rows = StreamEntry.objects.filter(stream__key=f"edition:{first.edition_id}").order_by("-published")
    assert list(rows.values_list("story_id", flat=True)) == [first.pk, second.pk]
    page = body_of("/en/")
    assert page.index("The first") < page.index("The second")
