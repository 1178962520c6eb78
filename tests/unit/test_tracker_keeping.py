"""Who keeps promises: no status without evidence, ranges that do not pretend, few cases that say little."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import Amount, Facts
from dateline.newsroom.trackers.figures.keeping import (
    PartyStatus,
    Status,
    concentration,
    predictability,
    promises,
    statuses,
    wilson,
)
from tests.tracker_facts import Book, World, amount, day, shuffled, stories, worlds

quick = settings(max_examples=150, deadline=None)


def status_of(facts: Facts) -> PartyStatus:
    return statuses(facts)["DE"]


def test_a_party_without_evidence_is_unknown_and_one_that_only_gave_has_kept_its_word() -> None:
    book = Book("DE", "FR", "ES")
    given = book.says("DE", "delivered", 5, 10)
    book.saw("ES", 5, 10)
    found = statuses(book.facts)
    assert found["FR"] == PartyStatus("FR", Status.UNKNOWN)
    assert (found["ES"].status, found["ES"].evidence) == (Status.UNKNOWN, ())
    assert (found["DE"].status, found["DE"].evidence) == (Status.KEPT, (given,))


def test_a_promise_is_on_time_then_late_then_broken_and_kept_when_all_is_there() -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 100, due=day(50))
    book.says("DE", "delivered", 10, 60)
    assert status_of(book.at(50)).status is Status.ON_TIME
    assert (status_of(book.at(53)).status, status_of(book.at(53)).days_late) == (Status.LATE, 3)
    assert status_of(book.at(50 + 365)).status is Status.LATE
    assert status_of(book.at(50 + 366)).status is Status.BROKEN
    book.says("DE", "delivered", 60, 40)
    found = status_of(book.at(500))
    assert (found.status, found.days_late, found.evidence, found.kept) == (Status.KEPT, 10, (1, 2, 3), 1)


def test_what_is_taken_back_in_time_is_withdrawn_and_later_broken() -> None:
    early, late = Book("DE"), Book("DE")
    for book, on in ((early, 40), (late, 60)):
        book.says("DE", "announced", 1, 100, due=day(50))
        book.says("DE", "withdrawn", on, 100)
    assert status_of(early.facts).status is Status.WITHDRAWN
    assert status_of(late.facts).status is Status.BROKEN


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [(100, 120, Status.KEPT), (80, 120, Status.UNKNOWN), (80, 99, Status.LATE), (80, 100, Status.UNKNOWN)],
)
def test_a_range_keeps_or_breaks_a_promise_only_with_both_its_ends(low: int, high: int, status: Status) -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 100, due=day(50))
    book.says("DE", "delivered", 10, low, high)
    found = status_of(book.at(60))
    assert (found.status, found.evidence) == (status, (1, 2))


def test_a_promise_that_is_a_range_is_kept_only_when_its_most_is_there() -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 80, 120, due=day(50))
    book.says("DE", "delivered", 10, 100)
    assert status_of(book.at(60)).status is Status.UNKNOWN
    assert promises(book.at(60))[0].delivered == amount(80, 100)
    book.says("DE", "delivered", 20, 20)
    assert status_of(book.at(60)).status is Status.KEPT


def test_deliveries_go_to_the_promise_that_is_due_first() -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 50, due=day(90))
    book.says("DE", "announced", 2, 50, due=day(40))
    book.says("DE", "delivered", 30, 50)
    book.says("DE", "delivered", 50, 30)
    found = promises(book.at(60))
    assert [(row.id, row.status, row.delivered, row.evidence) for row in found] == [
        (2, Status.KEPT, amount(50), (2, 3)),
        (1, Status.ON_TIME, amount(30), (1, 4)),
    ]


def test_what_was_there_before_a_promise_does_not_keep_it() -> None:
    book = Book("DE")
    book.says("DE", "delivered", 1, 40)
    book.says("DE", "announced", 5, 30, due=day(50))
    assert status_of(book.at(60)).status is Status.LATE
    book.says("DE", "delivered", 20, 30)
    assert status_of(book.at(60)).status is Status.KEPT


def test_what_was_taken_home_can_be_promised_and_brought_again() -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 50, due=day(20))
    book.says("DE", "delivered", 2, 50)
    book.says("DE", "withdrawn", 5, 50)
    book.says("DE", "announced", 10, 30, due=day(50))
    book.says("DE", "delivered", 11, 30)
    assert [row.status for row in promises(book.facts)] == [Status.KEPT, Status.KEPT]


def test_a_promise_on_conditions_is_never_late_because_nobody_knows_whether_they_were_met() -> None:
    book = Book("DE")
    book.says("DE", "announced", 1, 100, due=day(50), conditional=True)
    assert status_of(book.at(60)).status is Status.UNKNOWN
    assert predictability(book.at(60))["DE"].unclear == 1


def test_a_promise_without_a_day_is_due_with_the_goal() -> None:
    book = Book("DE", due=270)
    book.says("DE", "announced", 1, 100)
    assert status_of(book.at(270)).status is Status.ON_TIME
    assert status_of(book.at(271)).status is Status.LATE


def test_predictability_says_nothing_without_cases_and_little_with_few() -> None:
    book = Book("DE", "FR")
    assert predictability(book.facts)["FR"].share is None
    for number in range(10):
        book.says("DE", "announced", number, 10, due=day(20 + number))
        book.says("DE", "delivered", number, 10)
    book.says("FR", "announced", 1, 10, due=day(20))
    book.says("FR", "delivered", 1, 10)
    found = predictability(book.facts)
    assert (found["DE"].due, found["DE"].in_time) == (10, 10)
    assert found["DE"].share and found["DE"].share.low == 1
    assert found["FR"].low is not None and found["DE"].low is not None
    assert found["FR"].low < 0.3 < 0.75 < found["DE"].low < 1


def test_the_range_of_a_share_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.5408, 0.9314)


def test_concentration_of_one_that_carries_most() -> None:
    book = Book("DE", "FR", "ES", "IT")
    assert concentration(book.facts) is None
    for code, number in {"DE": 60, "FR": 20, "ES": 10, "IT": 10}.items():
        book.says(code, "delivered", 1, number)
    found = concentration(book.facts)
    assert found
    assert (found.parties, found.largest_party) == (4, "DE")
    assert (found.largest.low, found.largest.high) == (Fraction(6, 10), Fraction(6, 10))
    assert (found.largest_three.low, found.largest_three.high) == (Fraction(9, 10), Fraction(9, 10))
    assert (found.herfindahl, found.effective) == (Fraction(42, 100), Fraction(100, 42))


@quick
@given(worlds())
def test_the_true_concentration_lies_in_the_ranges(world: World) -> None:
    found = concentration(world.facts)
    if found and world.whole:
        ranked = sorted(map(Fraction, world.truth.values()), reverse=True)
        whole = Fraction(world.whole)
        assert found.largest.low <= ranked[0] / whole <= found.largest.high
        assert found.largest_three.low <= sum(ranked[:3]) / whole <= found.largest_three.high


@quick
@given(stories(), st.integers())
def test_the_order_of_evidence_does_not_matter(facts: Facts, seed: int) -> None:
    other = shuffled(facts, seed)
    assert statuses(facts) == statuses(other)
    assert predictability(facts) == predictability(other)
    assert concentration(facts) == concentration(other)


@quick
@given(stories())
def test_every_status_rests_on_evidence_that_there_is_and_counts_agree(facts: Facts) -> None:
    known = {row.id for row in (*facts.commitments, *facts.observations) if row.on <= facts.on}
    for code, row in statuses(facts).items():
        assert set(row.evidence) <= known
        assert row.evidence or row.status is Status.UNKNOWN
        mine = [promise for promise in promises(facts) if promise.party == code]
        assert (row.promised, row.kept) == (len(mine), sum(promise.status is Status.KEPT for promise in mine))
    for promise in promises(facts):
        assert 0 <= promise.delivered.low <= promise.delivered.high <= promise.amount.high
    for cases in predictability(facts).values():
        assert 0 <= cases.in_time <= cases.in_time + cases.unclear <= cases.due


@quick
@given(worlds(exact=True))
def test_exact_evidence_leaves_no_promise_unclear(world: World) -> None:
    assert all(row.status is not Status.UNKNOWN for row in promises(world.facts))


@quick
@given(stories())
def test_sharper_evidence_never_turns_what_was_sure(facts: Facts) -> None:
    rows = tuple(
        replace(row, amount=Amount((row.amount.low + row.amount.high) / 2, (row.amount.low + row.amount.high) / 2))
        for row in facts.commitments
    )
    sharper = replace(facts, commitments=rows)
    for before, after in zip(promises(facts), promises(sharper), strict=True):
        if before.status is Status.KEPT and not any(row.stage == "withdrawn" for row in facts.commitments):
            assert after.status is Status.KEPT
