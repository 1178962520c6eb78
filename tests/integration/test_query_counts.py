"""What a page, a publish and a list at the desk cost in queries: the same for few stories and for many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.newsroom.editions.models import Region
from dateline.newsroom.stories.models import Coverage
from dateline.press.printing import print_path
from tests.factories import TestNewsroom, edit
from tests.integration.desk import editor


class Full:
    """A newsroom whose stories stand on every kind of list, signed and illustrated."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self.newsroom = newsroom
        self.person, self.topic = newsroom.person(), newsroom.topic()
        self.region = Region.objects.create(edition=newsroom.editions["en"], slug="europe", title="Europe")
        self.coverage = Coverage.objects.create(edition=newsroom.editions["en"], slug="vote", title="The vote")

    def stories(self, count: int) -> None:
        for _ in range(count):
            picture = self.newsroom.picture(width=32, height=20)
            story = self.newsroom.story(
                people=(self.person,), topics=(self.topic,), regions=(self.region,), lead_picture=picture
            )
            story.coverages.add(self.coverage)
            self.last = edit(story, standfirst="And now on the coverage's list.")

    def paths(self) -> dict[str, str]:
        return {
            "story": self.last.get_url_parts()[2],
            "home": "/en/",
            "section": "/en/news/politics/",
            "archive": "/en/news/politics/page/1/",
            "region": "/en/region/europe/",
            "topic": f"/en/topic/{self.topic.slug}/",
            "author": f"/en/author/{self.person.slug}/",
            "coverage": "/en/coverage/vote/",
            "feed": "/en/rss.xml",
            "news sitemap": "/en/sitemap-news.xml",
            "newest sitemap": "/en/sitemap-1.xml",
            "fronts' sitemap": "/en/sitemap-fronts.xml",
            "island": "/en/island/newest.html",
            "not found": "/en/404.html",
        }


@pytest.fixture
def full(newsroom: TestNewsroom) -> Full:
    return Full(newsroom)


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    with CaptureQueriesContext(connection) as queries:
        yield lambda: len(queries)


def cost(work: Callable[[], Any]) -> int:
    work()  # what is kept for the process is there
    with counted() as count:
        work()
    return count()


def test_no_page_costs_more_queries_for_more_stories(full: Full) -> None:
    full.stories(5)
    few = {name: cost(lambda path=path: print_path(path)) for name, path in full.paths().items()}
    full.stories(9)
    many = {name: cost(lambda path=path: print_path(path)) for name, path in full.paths().items()}
    assert many == few
    assert max(many.values()) <= 25, many


def test_a_publish_costs_the_same_among_few_and_many(full: Full) -> None:
    full.stories(5)
    few = cost(lambda: edit(full.last, title="Said otherwise"))
    full.stories(9)
    many = cost(lambda: edit(full.last, title="Said otherwise again"))
    assert many - few < 9  # nine stories more; a list may have another page, a front another block
    assert many <= 260


def test_lists_at_the_desk_cost_the_same_for_few_and_many(full: Full) -> None:
    one = editor("editor")
    shelf = full.newsroom.story().get_parent()
    lists = (
        f"/desk/pages/{shelf.pk}/",
        "/desk/snippets/stories/person/",
        "/desk/images/",
    )
    full.stories(4)
    few = {url: cost(lambda url=url: one.get(url)) for url in lists}
    full.stories(8)
    many = {url: cost(lambda url=url: one.get(url)) for url in lists}
    assert many == few
