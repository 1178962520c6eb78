"""The desk's door: it prints for its stand, and for nobody who reaches it past the stand."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dateline.conf.options import ask_token
from tests.factories import TestNewsroom


@pytest.mark.parametrize("shown", [None, "", "a guess", ask_token("another newsroom's key")])
def test_strangers_do_not_make_the_desk_print(newsroom: TestNewsroom, shown: str | None) -> None:
    newsroom.story()
    newsroom.store.remove("/es/")
    sheets = sorted(newsroom.store.walk())
    headers = {} if shown is None else {"X-Dateline-Ask": shown}
    for path in ("/es/", "/es/news/", "/en/", "/nothing/"):
        answered = Client(headers=headers, HTTP_HOST="newsroom.test").get(path)
        assert answered.status_code == 403, path
    assert sorted(newsroom.store.walk()) == sheets


def test_a_stand_is_answered_with_the_page_it_asks_for(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The bridge opens")
    newsroom.store.remove("/en/")
    asking = Client(headers={"X-Dateline-Ask": settings.PRESS_ASK_TOKEN}, HTTP_HOST="newsroom.test")
    answered = asking.get("/en/")
    assert answered.status_code == 200
    assert story.title in answered.content.decode()
    assert newsroom.store.read("/en/") is not None
    assert asking.get("/nothing/").status_code == 404
    assert asking.post("/en/").status_code == 405


def test_the_token_tells_nothing_of_the_key(tmp_path: Path) -> None:
    key = "for tests alone, and long enough to be one of fifty characters"
    assert ask_token(key) == settings.PRESS_ASK_TOKEN
    assert not any(key[start : start + 4] in ask_token(key) for start in range(len(key) - 3))
    assert ask_token("") != ask_token("x")
