"""Old addresses that stories bring along lead to them; what is another page's stays that page's, and is named."""

from pathlib import Path
from typing import Any

import pytest

from dateline.newsroom.editions.models import Address
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_path
from dateline.wire.importer import Report, import_paths
from tests.factories import TestNewsroom, edit, publish_draft
from tests.integration.test_import import folder, item


def moved_here(where: Path, *old: str, number: int = 1, **values: Any) -> Report:
    ids = [{"role": "redirect", "value": value} for value in old]
    return import_paths([folder(where, item(number, altIds=ids, **values))])


def path_of(uri: str = "urn:test:1") -> str:
    return Address.objects.get(page=Story.objects.get(uri=uri), current=True).path


def answer(path: str) -> tuple[int, str]:
    printed = print_path(path)
    return printed.status, printed.stored.sheet.location if printed.stored else ""


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("https://old.example/2019/05/the-vote/", "/2019/05/the-vote/"),
        ("https://old.example/2019/05/the-vote", "/2019/05/the-vote/"),
        ("/the-vote/", "/the-vote/"),
        ("/the-vote.html", "/the-vote.html"),
        ("/archive/2019/index.html", "/archive/2019/"),
        ("/news/the-vote.php", "/news/the-vote.php"),
        ("/en/the-vote/", "/en/the-vote/"),
        ("/en/news/politics/2019/05/the-vote/", "/en/news/politics/2019/05/the-vote/"),
        ("/xx/news/2019/05/the-vote/", "/xx/news/2019/05/the-vote/"),
        ("/xx/topic/the-vote/", "/xx/topic/the-vote/"),
        ("/2019/%D8%AE%D8%A8%D8%B1/", "/2019/خبر/"),
        ("/caf%65%CC%81/", "/café/"),
        ("https://old.example/a/b/c/d/e/#comments", "/a/b/c/d/e/"),
    ],
)
def test_an_old_address_leads_to_the_story(newsroom: TestNewsroom, tmp_path: Path, old: str, asked: str) -> None:
    assert answer(asked)[0] == 404
    assert moved_here(tmp_path / "in", old).problems == []
    assert answer(asked) == (301, path_of())


def test_it_leads_on_to_where_the_story_goes(newsroom: TestNewsroom, tmp_path: Path) -> None:
    moved_here(tmp_path / "in", "/the-vote/", "/en/the-vote/", "/the-vote.php")
    before = path_of()
    for old in ("/the-vote/", "/en/the-vote/", "/the-vote.php"):
        print_path(old)
    edit(Story.objects.get(), slug="another", section=newsroom.sections["en/opinion"])
    after = path_of()
    assert after != before
    for old in ("/the-vote/", "/en/the-vote/", "/the-vote.php", before):
        assert newsroom.store.read(old).sheet.location == after, old
    withdraw_story(Story.objects.get(), by=None, reason="It was wrong.")
    assert answer("/the-vote/") == (301, after)
    assert answer(after)[0] == 410


def test_an_ending_that_the_stand_does_not_ask_for_is_printed_at_once(newsroom: TestNewsroom, tmp_path: Path) -> None:
    moved_here(tmp_path / "in", "/the-vote.php", "/the-vote.html")
    assert newsroom.store.read("/the-vote.php").sheet.location == path_of()
    assert newsroom.store.read("/the-vote.html") is None


def test_a_draft_brings_its_old_address_along(newsroom: TestNewsroom, tmp_path: Path) -> None:
    moved_here(tmp_path / "in", "/the-vote/", pubStatus="withheld")
    assert answer("/the-vote/")[0] == 404
    publish_draft(Story.objects.get())
    assert answer("/the-vote/") == (301, path_of())


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("/en/news/politics/2026/11/living/", "is the address of “Living”, which keeps it"),
        ("/en/news/politics/2026/11/before/", "was once the address of “Living”"),
        ("/en/news/politics/2026/11/deleted/", "of a page that is deleted"),
        ("/en/news/politics/", "is the address of “Politics”"),
        ("/en/", "is the address of “Folder in English”"),
        ("/en", "is the address of “Folder in English”"),
        ("/", "is a page of this site"),
        ("/robots.txt", "is a page of this site"),
        ("/en/rss.xml", "is a page of this site"),
        ("/en/topic/harbour/", "is a page of this site"),
        ("/desk/login/", "begins with 'desk'"),
        ("/media/images/x.jpg", "begins with 'media'"),
        ("https://old.example/?p=12", "has a query"),
        ("/2019/a%2525b/", "is encoded in a way"),
        ("/2019/../etc/passwd", "cannot be a page's address"),
        ("/2019/x.gz", "cannot be a page's address"),
        ("/" + "a" * 300 + "/", "cannot be a page's address"),
    ],
)
def test_what_is_not_free_is_named_and_the_story_goes_in(
    newsroom: TestNewsroom, tmp_path: Path, old: str, reason: str
) -> None:
    living = newsroom.story(title="Living", slug="before")
    edit(living, slug="living")
    newsroom.story(title="Deleted", slug="deleted").delete()
    topic = newsroom.topic()
    type(topic).objects.filter(pk=topic.pk).update(slug="harbour")
    report = moved_here(tmp_path / "in", old)
    assert report.created == 1
    (problem,) = report.problems
    assert (Path(problem.file).name, problem.line) == ("all.jsonl", 1)
    assert problem.reason.startswith(f"altIds[role=redirect]: {old!r} ")
    assert reason in problem.reason
    assert Address.objects.filter(page=Story.objects.get(uri="urn:test:1")).count() == 1
    assert answer("/en/news/politics/2026/11/living/")[0] == 200


def test_two_stories_that_claim_one_address(newsroom: TestNewsroom, tmp_path: Path) -> None:
    ids = [{"role": "redirect", "value": "/the-vote/"}]
    report = import_paths([folder(tmp_path / "in", item(1, altIds=ids), item(2, altIds=ids))])
    assert report.created == 2
    assert [problem.line for problem in report.problems] == [2]
    assert answer("/the-vote/") == (301, path_of("urn:test:1"))


def test_an_address_that_a_story_of_the_same_import_has_stays_its(newsroom: TestNewsroom, tmp_path: Path) -> None:
    ids = [{"role": "redirect", "value": "/en/news/politics/2026/03/headline-2/"}]
    report = import_paths([folder(tmp_path / "in", item(1, altIds=ids), item(2))])
    assert [problem.line for problem in report.problems] == [1]
    assert path_of("urn:test:2") == "/en/news/politics/2026/03/headline-2/"
    assert answer("/en/news/politics/2026/03/headline-2/")[0] == 200


def test_its_own_address_is_no_problem(newsroom: TestNewsroom, tmp_path: Path) -> None:
    report = moved_here(tmp_path / "in", "/en/news/politics/2026/03/headline-1/")
    assert report.problems == []
    assert answer("/en/news/politics/2026/03/headline-1/")[0] == 200


def test_a_second_import_makes_nothing_twice(newsroom: TestNewsroom, tmp_path: Path) -> None:
    moved_here(tmp_path / "a", "/the-vote/")
    rows = Address.objects.count()
    newer = moved_here(tmp_path / "b", "/the-vote/", "/the-count/", version="2", versionCreated="2026-04-01T10:00:00Z")
    assert (newer.updated, newer.problems) == (1, [])
    assert Address.objects.count() == rows + 1
    assert answer("/the-count/") == (301, path_of())
    assert path_of() == "/en/news/politics/2026/03/headline-1/", "an update does not move it to another month"
