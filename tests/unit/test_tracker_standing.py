"""Where parties stand on a proposal, and what has changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.newsroom.trackers.figures.facts import Facts, Party, Stance, Stand
from dateline.newsroom.trackers.figures.standing import standings
from tests.tracker_facts import Book, day, shuffled

CODES = "ABCD"
facts = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(list(Stand)), st.integers(0, 40))).map(
    lambda rows: Facts(
        day(30),
        tuple(Party(code, code, members=place * 10 or 1) for place, code in enumerate(CODES)),
        stances=tuple(Stance(number, code, stand, day(on)) for number, (code, stand, on) in enumerate(rows)),
    )
)


def test_a_party_stands_where_it_was_last_seen_since_it_came_there() -> None:
    book = Book("DE")
    for on, stand in ((1, "against"), (5, "for"), (9, "for"), (301, "against")):
        book.stands("DE", on, stand)
    held = standings(book.facts).parties["DE"]
    assert (held.stand, held.since, held.evidence, len(held.history)) == (Stand.FOR, day(5), (3,), 3)


def test_of_two_on_one_day_the_one_that_was_noted_later_holds() -> None:
    book = Book("DE")
    book.stands("DE", 1, "for")
    book.stands("DE", 1, "conditional")
    assert standings(book.facts).parties["DE"].stand is Stand.CONDITIONAL


def test_silence_that_was_seen_is_not_the_silence_of_no_evidence() -> None:
    book = Book("DE", "FR")
    book.stands("DE", 1, "silent")
    found = standings(book.facts)
    assert (found.parties["DE"].stand, found.parties["FR"].stand) == (Stand.SILENT, None)
    assert {count.stand: count.parties for count in found.counts if count.parties} == {Stand.SILENT: 1, None: 1}


def test_a_group_counts_as_one_or_is_opened_up() -> None:
    book = Book("DE", "G50")
    book.facts = replace(book.facts, parties=(book.facts.parties[0], Party("G50", "Group", members=50)))
    book.stands("DE", 1, "for")
    book.stands("G50", 1, "for")
    count = standings(book.facts).counts[0]
    assert (count.stand, count.parties, count.members) == (Stand.FOR, 2, 51)


def test_what_changed_since_a_day_is_told_with_the_first_evidence_of_it() -> None:
    book = Book("DE", "FR", "ES")
    book.stands("DE", 1, "for")
    book.stands("DE", 12, "against")
    book.stands("DE", 13, "against")
    book.stands("FR", 1, "for")
    book.stands("FR", 12, "against")
    book.stands("FR", 14, "for")
    book.stands("ES", 14, "silent")
    changed = standings(book.facts, since=day(10)).changed
    assert [(row.party, row.before, row.after, row.on, row.evidence) for row in changed] == [
        ("ES", None, Stand.SILENT, day(14), (7,)),
        ("DE", Stand.FOR, Stand.AGAINST, day(12), (2,)),
    ]


@settings(max_examples=150, deadline=None)
@given(facts, st.integers(), st.integers(-1, 30))
def test_counts_add_up_and_order_does_not_matter(facts: Facts, seed: int, since: int) -> None:
    found = standings(facts, since=day(since))
    assert found == standings(shuffled(facts, seed), since=day(since))
    assert sum(count.parties for count in found.counts) == len(facts.parties)
    assert sum(count.members for count in found.counts) == sum(party.members for party in facts.parties)
    before = standings(replace(facts, on=day(since))).parties
    moved = {code for code, held in found.parties.items() if held.stand is not before[code].stand}
    assert {row.party for row in found.changed} == moved
