"""Which stories are akin."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.newsroom.find.query import IDLE
from dateline.newsroom.find.ranking import Usage
from dateline.newsroom.find.related import Profile, choose, cosine, filed_together, nearness, telling, with_new

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
USAGE = Usage(100, {"the": 99, "govern": 40, "ferri": 3, "harbour": 5, "strike": 8, "grain": 4, "price": 20})


def told(story: int, title: str, *, days: float = 1, body: str = "", marks: str = "") -> Profile:
    return Profile(story, story, NOW - timedelta(days=days), title, "", "", body, marks)


OWN = told(1, "ferri strike in the harbour", marks="zqtopic1 zqsection1")


def test_rare_words_in_common_make_kin() -> None:
    close, far = told(2, "harbour ferri stand still"), told(3, "the govern and the price")
    assert list(choose(OWN, [far, close], USAGE, NOW, 4)) == [2]


def test_a_story_is_never_its_own_kin_and_none_is_told_twice() -> None:
    again = [told(pk, "ferri strike goes on today", days=pk) for pk in (2, 3, 4)]
    chosen = choose(OWN, [OWN, *again, *again], USAGE, NOW, 4)
    assert list(chosen) == [2]


def test_what_both_are_filed_under_counts_and_a_coverage_most() -> None:
    nothing, section = frozenset({"zqform"}), frozenset({"zqsection1"})
    topic, topics = frozenset({"zqtopic1"}), frozenset({"zqtopic1", "zqtopic2"})
    coverage = frozenset({"zqcoverage1"})
    worth = [filed_together(filed, filed) for filed in (nothing, section, topic, topics, coverage)]
    assert worth == sorted(worth)
    assert len(set(worth)) == 5
    assert filed_together(topics, frozenset({"zqtopic3"})) == 0


def test_of_equal_kin_the_newer_comes_first() -> None:
    old, new = told(2, "harbour grain a", days=400), told(3, "harbour grain b", days=2)
    assert list(choose(told(9, "harbour grain", days=0), [old, new], USAGE, NOW, 2)) == [3, 2]


@pytest.mark.parametrize(
    ("own", "other", "least", "most"), [(0, 0, 0.99, 1), (4000, 4000, 0.74, 0.76), (0, 4000, 0.5, 0.51)]
)
def test_nearness_is_between_half_and_one(own: float, other: float, least: float, most: float) -> None:
    found = nearness(NOW - timedelta(days=own), NOW - timedelta(days=other), NOW)
    assert least <= found <= most


def test_the_telling_words_are_rare_ones_and_never_idle() -> None:
    found = telling(told(1, "the ferri of the govern strike price"), USAGE, IDLE["en"])
    assert found[0] == "ferri"
    assert {"the", "of", "govern"}.isdisjoint(found)


def test_cosine_knows_the_same_and_nothing_in_common() -> None:
    assert cosine({"a": 1.0, "b": 2.0}, {"a": 2.0, "b": 4.0}) == pytest.approx(1)
    assert cosine({"a": 1.0}, {"b": 1.0}) == cosine({}, {"b": 1.0}) == 0


@pytest.mark.parametrize(
    ("chosen", "fresh", "newest", "found"),
    [
        ([], set(), [7, 8], [7, 8]),
        ([1, 2, 3, 4, 5], {1}, [7, 8], [1, 2, 3, 4, 5, 7]),
        ([1, 2, 3, 4, 5], {5}, [7, 8], [1, 2, 3, 7, 4, 5]),
        ([1, 2, 3, 4], set(), [2], [1, 2, 3, 4]),
        ([1, 2], set(), [2, 7, 1, 8, 9, 10, 11], [1, 2, 7, 8, 9, 10]),
    ],
)
def test_the_first_ones_are_never_only_old_and_none_stands_twice(
    chosen: list[int], fresh: set[int], newest: list[int], found: list[int]
) -> None:
    assert with_new(chosen, fresh, newest, shown=4, most=6) == found
