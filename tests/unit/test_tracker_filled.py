"""How full a goal is: ranges that hold the truth, exact sums, and units that are never mixed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import NOTHING, Amount, Facts, Observation, total
from dateline.newsroom.trackers.figures.filled import Filled, fill
from tests.tracker_facts import OTHER, UNIT, Book, World, amount, day, shuffled, stories, without, worlds

quick = settings(max_examples=150, deadline=None)


def whole_of(filled: Filled) -> Amount:
    return filled.whole.amount if filled.whole else NOTHING


def test_a_level_is_the_latest_observation_and_what_was_delivered_after_it() -> None:
    book = Book("DE", "FR")
    book.says("DE", "delivered", 1, 10)
    book.saw("DE", 5, 30)
    book.says("DE", "delivered", 5, 99)
    last = book.says("DE", "delivered", 6, "0.5")
    book.says("DE", "delivered", 301, 1000)
    filled = fill(book.facts)
    level = filled.parties["DE"]
    assert (level.amount, level.on, level.evidence) == (amount("30.5"), day(6), (2, last))
    assert "FR" not in filled.parties


def test_a_few_hundred_are_a_share_from_two_to_four_sevenths() -> None:
    book = Book("DE")
    book.saw(None, 10, 200, 400)
    filled = fill(book.facts)
    assert filled.share
    assert (filled.share.low, filled.share.high, filled.share.middle) == (
        Fraction(2, 7),
        Fraction(4, 7),
        Fraction(3, 7),
    )
    assert filled.gap == amount(300, 500)


def test_the_parties_raise_the_least_and_lower_the_most_only_when_each_was_observed() -> None:
    book = Book("DE", "FR")
    book.saw(None, 10, 200, 400)
    book.saw("DE", 8, 250)
    assert fill(book.facts).whole.amount == amount(250, 400)  # type: ignore[union-attr]
    book.saw("FR", 9, 10, 20)
    filled = fill(book.facts)
    assert whole_of(filled) == amount(260, 270)
    assert filled.rest == amount(0, 10)


def test_a_contradiction_is_told_and_the_later_observation_holds() -> None:
    book = Book("DE", "FR")
    own = book.saw(None, 10, 100)
    party = book.saw("DE", 5, 300)
    filled = fill(book.facts)
    assert filled.whole and (filled.whole.amount, filled.whole.against) == (amount(100), (party,))
    later = book.saw("DE", 11, 310)
    filled = fill(book.facts)
    assert filled.whole and (filled.whole.amount, filled.whole.evidence) == (amount(310), (later,))
    assert filled.whole.against == (own,)


def test_two_observations_of_a_day_hold_together_and_else_the_later_noted_does() -> None:
    book = Book("DE")
    book.saw("DE", 5, 10, 30)
    book.saw("DE", 5, 20, 40)
    assert fill(book.facts).parties["DE"].amount == amount(20, 30)
    book.saw("DE", 5, 50)
    level = fill(book.facts).parties["DE"]
    assert (level.amount, level.evidence, level.against) == (amount(50), (3,), (1, 2))


def test_what_is_taken_back_is_outstanding_first_and_else_what_is_there() -> None:
    promised = Book("DE")
    promised.says("DE", "announced", 1, 100)
    promised.says("DE", "delivered", 2, 40)
    promised.says("DE", "withdrawn", 3, 60)
    assert fill(promised.facts).parties["DE"].amount == amount(40)
    promised.says("DE", "withdrawn", 4, 10)
    assert fill(promised.facts).parties["DE"].amount == amount(30)
    unclear = Book("DE")
    unclear.says("DE", "announced", 1, 100)
    unclear.says("DE", "delivered", 2, 40)
    unclear.says("DE", "withdrawn", 3, 100)
    assert fill(unclear.facts).parties["DE"].amount == amount(0, 40)


def test_a_later_stage_is_evidence_for_the_earlier_ones() -> None:
    book = Book("DE", "FR")
    book.says("DE", "announced", 1, 100)
    book.says("DE", "sent", 2, 50)
    book.says("DE", "delivered", 3, 20)
    book.says("FR", "delivered", 3, 7)
    book.says("DE", "withdrawn", 4, 30)
    funnel = fill(book.facts).funnels[0]
    assert [funnel.pledged, funnel.allocated, funnel.sent, funnel.delivered, funnel.withdrawn] == [
        amount(77), amount(57), amount(57), amount(27), amount(30),
    ]  # fmt: skip


def test_without_a_goal_there_is_no_share_and_units_stand_beside() -> None:
    book = Book("DE", target=None)
    book.says("DE", "delivered", 1, 5, unit="EUR")
    filled = fill(book.facts)
    assert (filled.whole, filled.share, filled.gap) == (None, None, None)
    assert [(beside.unit, beside.whole.amount) for beside in filled.beside] == [("EUR", amount(5))]


def test_sums_are_exact_where_decimals_would_round() -> None:
    book = Book("DE", target=700)
    large = "12345678901234567890.1234"
    for number in range(40):
        book.says("DE", "delivered", number, large)
    with_small = book.says("DE", "delivered", 41, "0.0001")
    filled = fill(book.facts)
    assert with_small == 41
    assert (
        filled.parties["DE"].amount.low.as_integer_ratio()
        == (Fraction(large) * 40 + Fraction(1, 10000)).as_integer_ratio()
    )


@quick
@given(worlds())
def test_ranges_hold_the_truth_when_the_evidence_does(world: World) -> None:
    filled = fill(world.facts)
    assert all(level.amount.holds(world.truth[code]) and not level.against for code, level in filled.parties.items())
    if filled.whole:
        assert filled.whole.amount.holds(world.whole)
        assert not filled.whole.against
        assert filled.share and filled.gap and world.facts.goal
        assert filled.share.low <= Fraction(world.whole) / Fraction(world.facts.goal.target) <= filled.share.high
        assert filled.gap.holds(max(Decimal(0), world.facts.goal.target - world.whole))


@quick
@given(worlds(exact=True, withdraws=False))
def test_exact_evidence_gives_exact_figures(world: World) -> None:
    filled = fill(world.facts)
    assert all(level.amount.is_exact for level in filled.parties.values())
    assert whole_of(filled).is_exact


@quick
@given(worlds(), st.decimals(0, 50, places=4), st.decimals(0, 50, places=4), st.booleans())
def test_more_evidence_of_a_day_never_widens_what_is_known_of_it(
    world: World, below: Decimal, above: Decimal, of_whole: bool
) -> None:
    party = None if of_whole else world.facts.parties[0].code
    truth = world.whole if party is None else world.truth[party]
    first = Observation(500, party, Amount(max(Decimal(0), truth - 5), truth + 5), UNIT, world.facts.on)
    second = Observation(501, party, Amount(max(Decimal(0), truth - below), truth + above), UNIT, world.facts.on)
    once = fill(replace(world.facts, observations=(*world.facts.observations, first)))
    twice = fill(replace(world.facts, observations=(*world.facts.observations, first, second)))
    pairs = [(once.parties[code].amount, twice.parties[code].amount) for code in once.parties]
    pairs.append((whole_of(once), whole_of(twice)))
    for old, new in pairs:
        assert old.low <= new.low <= new.high <= old.high


@quick
@given(stories())
def test_older_evidence_changes_nothing_of_what_was_observed_since(facts: Facts) -> None:
    seen = [row for row in facts.observations if row.party and row.unit == UNIT and row.on <= facts.on]
    assume(seen)
    latest = max(seen, key=lambda row: row.on)
    assert latest.party
    older = Observation(5000, latest.party, amount(1, 2), UNIT, latest.on - timedelta(days=1))
    after = fill(replace(facts, observations=(*facts.observations, older)))
    assert after.parties[latest.party] == fill(facts).parties[latest.party]


@quick
@given(worlds(whole=False), st.data())
def test_a_party_less_never_fills_the_goal(world: World, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([party.code for party in world.facts.parties]))
    before, after = whole_of(fill(world.facts)), whole_of(fill(without(world.facts, code)))
    assert after.low <= before.low
    assert after.high <= before.high


@quick
@given(stories(), st.integers())
def test_the_order_of_evidence_does_not_matter(facts: Facts, seed: int) -> None:
    assert fill(facts) == fill(shuffled(facts, seed))


@quick
@given(stories())
def test_sums_agree_in_every_unit_and_units_are_never_added(facts: Facts) -> None:
    filled = fill(facts)
    assert total(level.amount for level in filled.parties.values()) == filled.attributed
    for place, funnel in enumerate(filled.funnels):
        rows = [row for rows in filled.party_funnels.values() for row in rows if row.unit == funnel.unit]
        for stage in ("pledged", "allocated", "sent", "delivered", "withdrawn"):
            assert total(getattr(row, stage) for row in rows) == getattr(funnel, stage)
        for bound in ("low", "high"):
            stages = [getattr(getattr(funnel, stage), bound) for stage in ("pledged", "allocated", "sent", "delivered")]
            assert stages == sorted(stages, reverse=True)
        assert (funnel.unit == UNIT) <= (place == 0)
    alone = replace(
        facts,
        commitments=tuple(row for row in facts.commitments if row.unit == UNIT),
        observations=tuple(row for row in facts.observations if row.unit == UNIT),
    )
    same = fill(alone)
    assert (same.whole, same.parties, same.share, same.gap) == (filled.whole, filled.parties, filled.share, filled.gap)
    assert [beside.unit for beside in filled.beside] in ([], [OTHER])
    assert not same.beside
