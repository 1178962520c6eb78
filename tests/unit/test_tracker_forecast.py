"""When a goal is met: a day only when the evidence says so, ranges that hold what came, and work that stays small."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import Commitment, Facts, Observation, Party, Stage
from dateline.newsroom.trackers.figures.filled import fill
from dateline.newsroom.trackers.figures.forecast import HORIZON, MOST, Forecast, Reason, forecast, thinned
from dateline.newsroom.trackers.figures.keeping import concentration, predictability, statuses
from dateline.newsroom.trackers.figures.levels import history
from dateline.newsroom.trackers.figures.standing import standings
from dateline.newsroom.trackers.figures.whatif import payload
from tests.backtest import MARKS, METHODS, measure, shipped, written
from tests.forecast_series import KINDS, simulated
from tests.tracker_facts import UNIT, Book, amount, day, growing, shuffled, stories

quick = settings(max_examples=150, deadline=None)


def steady(pace: int = 10, evenings: int = 10, wide: int = 0) -> Book:
    book = Book("DE")
    for number in range(evenings):
        level = 100 + pace * 10 * number
        book.saw(None, 10 * number, level - wide, level + wide)
    return book


def width(found: Forecast) -> timedelta:
    assert found.eighty and found.eighty.late
    return found.eighty.late - found.eighty.early


def test_a_steady_pace_goes_on() -> None:
    found = forecast(steady(pace=5).at(95))
    # 550 on the 90th day, 150 to go at 5 a day.
    assert (found.reason, found.median) == (None, day(120))
    assert found.per_month == pytest.approx(150)
    assert (found.points, found.since, found.until) == (10, day(0), day(90))


def test_ranges_widen_the_forecast() -> None:
    assert width(forecast(steady(pace=5).at(95))) < width(forecast(steady(5, wide=30).at(95)))
    assert width(forecast(steady(5, wide=30).at(95))) < width(forecast(steady(5, wide=60).at(95)))


REFUSED: dict[Reason, Callable[[], Facts]] = {
    Reason.NO_GOAL: lambda: Book("DE", target=None).facts,
    Reason.FEW: lambda: steady(5, evenings=4).at(95),
    Reason.NO_PROGRESS: lambda: steady(pace=-1).at(95),
    Reason.MET: lambda: steady(pace=7).at(95),
    Reason.PERHAPS_MET: lambda: steady(pace=7, wide=100).at(95),
    Reason.STALE: lambda: steady(pace=5).at(121),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_no_day_is_named_when_the_evidence_cannot_say(reason: Reason) -> None:
    found = forecast(REFUSED[reason]())
    assert (found.reason, found.median, found.fifty, found.eighty) == (reason, None, None, None)


def test_days_too_close_together_are_few() -> None:
    book = Book("DE")
    for number in range(10):
        book.saw(None, number, 10 * number)
    assert forecast(book.at(20)).reason is Reason.FEW


def test_more_than_twenty_years_is_not_named() -> None:
    book = Book("DE", target=100_000)
    for number in range(10):
        book.saw(None, 10 * number, number)
    assert forecast(book.at(95)).reason is Reason.BEYOND


def test_a_contradiction_names_no_day() -> None:
    book = steady(pace=5)
    book.saw("DE", 89, 600)
    assert forecast(book.at(95)).reason is Reason.CONTRADICTORY


def test_where_only_deliveries_are_known_silence_is_standstill() -> None:
    book = Book("DE")
    for number in range(1, 8):
        book.says("DE", "delivered", 10 * number, 30)
    soon, later = forecast(book.at(75)), forecast(book.at(150))
    assert soon.median and later.median
    assert later.median - day(150) > (soon.median - day(75)) * 1.9


def test_what_a_party_had_before_it_was_first_seen_counts_as_anything_up_to_that() -> None:
    book = Book("DE", "FR")
    book.saw("DE", 1, 10)
    book.saw("FR", 30, 50)
    first, second = history(book.facts)
    assert (first.whole.amount(), second.whole.amount()) == (amount(10, 60), amount(60))


@quick
@given(st.one_of(stories(), st.integers(0, 10**6).map(growing)))
def test_days_are_in_order_or_there_are_none(facts: Facts) -> None:
    found = forecast(facts)
    if found.reason:
        assert (found.median, found.fifty, found.eighty) == (None, None, None)
        return
    assert found.median and found.fifty and found.eighty
    end = facts.on + timedelta(days=HORIZON)
    assert facts.on <= found.eighty.early <= found.fifty.early <= found.median <= (found.fifty.late or end) <= end
    assert (found.fifty.late or end) <= (found.eighty.late or end)


@quick
@given(stories(), st.integers())
def test_the_order_of_evidence_does_not_matter(facts: Facts, seed: int) -> None:
    assert forecast(facts) == forecast(shuffled(facts, seed))
    assert history(facts) == history(shuffled(facts, seed))


@quick
@given(st.one_of(stories(), st.integers(0, 10**6).map(growing)))
def test_the_last_evening_is_what_the_goal_is_filled_with(facts: Facts) -> None:
    points, whole = history(facts), fill(facts).whole
    assert (points[-1].whole.amount() if points else None) == (whole.amount if whole else None)


def test_of_many_evenings_some_are_kept_and_every_party_ends_at_its_level() -> None:
    points = history(growing(11, parties=3, evenings=900))
    kept = thinned(points)
    assert len(points) > 2 * MOST
    assert len(kept) == MOST
    assert (kept[0].on, kept[-1].on) == (points[0].on, points[-1].on)
    last: dict[str, Any] = {}
    for evening in points:
        last |= dict(evening.moved)
    ends: dict[str, Any] = {}
    for evening in kept:
        ends |= dict(evening.moved)
    assert ends == last


def test_the_ranges_hold_what_they_say_on_series_whose_end_is_known() -> None:
    cases = [(case, shipped(case.points, case.target)) for case in simulated(5000, 30)]
    count, refused, half, fifths, _ = measure(cases)
    assert count == 180
    assert refused < 0.05
    assert 0.4 <= half <= 0.7
    assert 0.7 <= fifths <= 0.9


def test_the_back_tests_tables_replace_what_is_between_the_marks() -> None:
    text = f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n"
    assert written(text, "new") == f"before\n{MARKS[0]}\nnew\n{MARKS[1]}\nafter\n"


def test_the_documentation_has_a_row_for_each_kind_of_series_and_each_method() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "trackers.md").read_text("utf-8")
    tables = text.partition(MARKS[0])[2].partition(MARKS[1])[0]
    named = {line.split("|")[1].strip() for line in tables.splitlines() if line.startswith("|")}
    assert {*KINDS, *METHODS} <= named


def crowd(parties: int, each: int) -> Facts:
    """Every party promises, delivers and is seen."""
    random, rows, seen = Random(3), [], []
    for number in range(parties):
        for step in range(each):
            on, size = day(random.randint(0, 1500)), amount(random.randint(0, 50))
            if step % 5 == 4:
                seen.append(Observation(len(seen), f"P{number}", size, UNIT, on))
            else:
                stage = (Stage.ANNOUNCED, Stage.DELIVERED)[step % 2]
                rows.append(Commitment(len(rows), f"P{number}", stage, size, UNIT, on, on + timedelta(days=90)))
    base = Book("X", target=10**9).at(1600)
    return replace(
        base,
        parties=tuple(Party(f"P{number}", f"P{number}") for number in range(parties)),
        commitments=tuple(rows),
        observations=tuple(seen),
    )


def one_line_at_a_time(run: Callable[[], object]) -> int:
    """How many lines of the figures run."""
    count = 0

    def line(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, arg: object) -> Any:
        return line if "/figures/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def work(facts: Facts) -> None:
    fill(facts)
    statuses(facts)
    predictability(facts)
    concentration(facts)
    forecast(facts)
    payload(facts)
    standings(facts, since=day(100))


def test_four_times_the_evidence_is_hardly_more_than_four_times_the_work() -> None:
    small, large = crowd(1_000, 5), crowd(4_000, 5)
    assert one_line_at_a_time(lambda: work(large)) < 4.2 * one_line_at_a_time(lambda: work(small))


def test_ten_thousand_parties_are_worked_out() -> None:
    facts = crowd(10_000, 5)
    assert len(facts.commitments) + len(facts.observations) == 50_000
    work(facts)
    assert len(fill(facts).parties) == len(statuses(facts)) == 10_000


def test_one_party_with_all_the_evidence_is_no_more_work_than_many() -> None:
    many, one = crowd(1_000, 5), crowd(1, 5_000)
    assert one_line_at_a_time(lambda: work(one)) < 2 * one_line_at_a_time(lambda: work(many))
