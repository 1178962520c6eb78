"""Comparing two texts: nothing is lost or made up, whatever they are, and words are words in every script."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsroom.stories.comparing import Row, compare

#: Few letters, so that texts have much in common; with marks, joiners, spaces of several kinds and signs of markup.
WORDS = st.text(alphabet="ab 1.,<&>\n\u0627\u0644\u064e\u0651\u200c\u060c\u00a0\U0001f600", max_size=30)
TEXTS = st.lists(WORDS | st.text(max_size=20), max_size=8)


def joined(rows: Sequence[Row], side: str, change: str) -> list[str]:
    pieces = [getattr(row, side) for row in rows]
    assert all(piece.change in ("", change) for row in pieces for piece in row)
    return [text for row in pieces if (text := "".join(piece.text for piece in row))]


@given(TEXTS, TEXTS)
def test_the_kept_and_the_inserted_are_the_new_text_the_kept_and_the_deleted_the_old(
    old: list[str], new: list[str]
) -> None:
    rows = compare(old, new)
    assert joined(rows, "old", "del") == [text for text in old if text]
    assert joined(rows, "new", "ins") == [text for text in new if text]


@given(TEXTS, TEXTS)
def test_what_is_kept_is_the_same_on_both_sides(old: list[str], new: list[str]) -> None:
    for row in compare(old, new):
        kept = ["".join(piece.text for piece in side if not piece.change) for side in (row.old, row.new)]
        assert kept[0] == kept[1]


@given(TEXTS)
def test_a_text_beside_itself_has_no_change(text: list[str]) -> None:
    assert all(row.same and len(row.old) == 1 and not row.old[0].change for row in compare(text, text))


def marked(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Old and new of every row, changes in brackets."""
    return [
        tuple("".join(f"[{p.text}]" if p.change else p.text for p in side) for side in (row.old, row.new))  # type: ignore[misc]
        for row in rows
    ]


def test_a_changed_number_is_all_that_is_marked() -> None:
    rows = compare(["The vote was 12 to 9, he said."], ["The vote was 12 to 8, he said."])
    assert marked(rows) == [("The vote was 12 to [9], he said.", "The vote was 12 to [8], he said.")]


def test_an_arabic_word_with_its_vowels_is_one_word() -> None:
    rows = compare(["قالَ الوزيرُ، إنَّ الحصة ٣٦ في المئة."], ["قالَ الوزيرُ، إنَّ الحصةَ ٣٨ في المئة."])
    assert marked(rows) == [("قالَ الوزيرُ، إنَّ [الحصة ٣٦] في المئة.", "قالَ الوزيرُ، إنَّ [الحصةَ ٣٨] في المئة.")]


def test_paragraphs_stand_beside_what_they_became() -> None:
    old = ["The council met on Monday.", "It will rain.", "The vote was close."]
    new = ["The council met on Tuesday.", "A new paragraph stands here.", "The vote was close."]
    assert marked(compare(old, new)) == [
        ("The council met on [Monday].", "The council met on [Tuesday]."),
        ("[It will rain.]", ""),
        ("", "[A new paragraph stands here.]"),
        ("The vote was close.", "The vote was close."),
    ]


def test_a_paragraph_that_moved_up_leaves_the_others_where_they_are() -> None:
    rows = compare(["One.", "Two.", "Three."], ["Three.", "One.", "Two."])
    assert [row.same for row in rows] == [False, True, True, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a"] * 30_000, ["a", "b"] * 15_000),
        ([" ".join(["the same"] * 25_000)], [" ".join(["the same", "other"] * 16_000)]),
        ([f"{n} " * 40 for n in range(2_500)], [f"{n} " * 41 for n in range(2_500)]),
    ],
    ids=["equal paragraphs", "one paragraph of equal words", "every paragraph changed"],
)
def test_texts_of_a_hundred_thousand_words_are_compared_without_a_loss(old: list[str], new: list[str]) -> None:
    rows = compare(old, new)
    assert joined(rows, "old", "del") == old
    assert joined(rows, "new", "ins") == new
