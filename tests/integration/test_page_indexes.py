"""What the desk and every publish ask of Wagtail's page table is found by an index, however many pages there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Story
from tests.factories import START, TestNewsroom
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)

ASKED: dict[str, tuple[Callable[[], Any], str]] = {
    "the root": (lambda: list(Page.objects.filter(depth=1).order_by("path")[:1]), "dateline_page_depth"),
    "aliases": (lambda: list(Story.objects.filter(alias_of_id=1).order_by("path")), "dateline_page_alias"),
    "what has expired": (
        lambda: list(Page.objects.filter(live=True, expire_at__lte=START).order_by("expire_at", "pk")),
        "dateline_page_expiry",
    ),
    "locks": (
        lambda: list(Page.objects.filter(locked=True, locked_by_id=1).order_by("-locked_at")),
        "dateline_page_lock",
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_it_is_found_by_an_index(newsroom: TestNewsroom, what: str) -> None:
    ask, index = ASKED[what]
    with CaptureQueriesContext(connection) as queries:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
        plan = " / ".join(str(row[-1]) for row in cursor.fetchall())
    assert index in plan, plan


def test_the_stories_of_a_month_are_not_put_in_order_by_hand(newsroom: TestNewsroom) -> None:
    editor("chief")
    chief = get_user_model().objects.get(username="chief")
    section = newsroom.sections["en/news/politics"]
    shelf = shelf_for(section, START)
    assert not shelf.permissions_for_user(chief).can_reorder_children()
    assert not Page.objects.get(pk=shelf.pk).permissions_for_user(chief).can_reorder_children()
    assert section.permissions_for_user(chief).can_reorder_children()
