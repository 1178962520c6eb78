"""Which story comes first."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.newsroom.find.query import read_query
from dateline.newsroom.find.ranking import Match, Usage, rank

NOW = datetime(2026, 11, 23, tzinfo=UTC)
USAGE = Usage(1000, {"water": 300, "treati": 4, "river": 50})


def match(key: int, **texts: Any) -> Match:
    days = texts.pop("days", 0)
    urgency = texts.pop("urgency", 5)
    fields = {name: texts.get(name, "") for name in ("title", "names", "lead", "body")}
    return Match(key, key, NOW - timedelta(days=days), urgency, **fields)


def order(query: str, *matches: Match) -> list[int]:
    return [found.key for found in rank(matches, read_query(query, "en", keys=(0, 9)), USAGE, NOW)]


def test_the_headline_counts_more_than_the_text() -> None:
    assert order("treaty", match(1, body="a treati"), match(2, title="a treati")) == [2, 1]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    assert order("water treaty", match(1, title="water"), match(2, title="treati")) == [2, 1]


def test_all_words_come_before_some() -> None:
    assert order("river treaty", match(1, title="treati treati"), match(2, title="river", body="treati")) == [2, 1]


def test_side_by_side_comes_before_apart() -> None:
    apart, together = match(2, body="river x y treati"), match(1, body="x river treati y")
    assert order("river treaty", apart, together) == [1, 2]


def test_of_equals_the_newer_comes_first() -> None:
    assert order("treaty", match(1, title="treati", days=900), match(2, title="treati", days=2)) == [2, 1]


def test_what_is_new_does_not_outweigh_what_is_meant() -> None:
    assert order("river treaty", match(1, title="river treati", days=3000), match(2, body="river " + "x " * 300)) == [
        1,
        2,
    ]


def test_the_urgent_comes_before_the_rest() -> None:
    assert order("treaty", match(2, title="treati", urgency=8), match(1, title="treati", urgency=1)) == [1, 2]


def test_a_long_text_is_not_better_for_its_length() -> None:
    assert order("river", match(2, body="river " + "x " * 3000), match(1, body="river x x")) == [1, 2]


def test_nothing_known_of_words_ranks_all_the_same() -> None:
    found = rank([match(1, title="river")], read_query("river", "en", keys=(0, 9)), Usage(), NOW)
    assert [one.key for one in found] == [1]


@given(st.lists(st.sampled_from(["river", "water", "treati", "x"]), max_size=40), st.integers(0, 5000))
def test_every_match_stays_and_the_order_does_not_depend_on_theirs(words: list[str], days: int) -> None:
    matches = [match(key, body=" ".join(words[key:]), title=" ".join(words[:key]), days=days) for key in range(5)]
    assert sorted(order("river treaty", *matches)) == list(range(5))
    assert order("river treaty", *matches) == order("river treaty", *reversed(matches))
