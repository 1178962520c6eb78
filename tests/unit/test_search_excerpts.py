"""What of a found story is shown, and what a query may have meant."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.newsroom.find.excerpts import marked, passage
from dateline.newsroom.find.meant import meant
from dateline.newsroom.find.query import read_query
from dateline.newsroom.find.ranking import Usage
from dateline.newsroom.find.search import Known

KNOWN = Known(
    Usage(10, {"govern": 3, "elect": 5}),
    {
        "government": (3, "government"),
        "elections": (5, "elections"),
        "election": (2, "election"),
        "الحكومه": (4, "الحكومة"),
    },
)


def shown(pieces: object) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)  # type: ignore[attr-defined]


def test_words_are_marked_as_they_stand() -> None:
    assert shown(marked("The Elections: who elected whom?", {"elect"}, "en")) == "The [Elections]: who [elected] whom?"
    assert shown(marked("مدارس البنات في مصر", {"مدارس", "بنات"}, "ar")) == "[مدارس البنات] في مصر"


def test_the_passage_is_the_one_with_most_of_the_words() -> None:
    text = (
        "A vote was held. "
        + "Nothing happened here at all. " * 30
        + "Then the treaty on the river went to a vote. End."
    )
    found = shown(passage(text, {"treati", "river", "vote"}, "en"))
    assert found.startswith("… Then the [treaty] on the [river] went to a [vote].")
    assert found.endswith("End.")


def test_a_text_without_the_words_has_no_passage() -> None:
    assert passage("Nothing of that.", {"river"}, "en") == ()
    assert passage("", {"river"}, "en") == ()


@given(
    st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=400), st.sampled_from(["a", "e", "x"])
)
def test_nothing_is_lost_by_marking(text: str, stem: str) -> None:
    assert "".join(piece.text for piece in marked(text, {stem}, "en")) == text


def asks(text: str, language: str = "en") -> str:
    return meant(text, read_query(text, language, keys=(0, 9)), KNOWN, language)


def test_a_misspelt_word_is_put_right_and_the_rest_is_kept() -> None:
    assert asks("Goverment of the day") == "government of the day"
    assert asks("electoins") == "elections"
    assert asks("الحكوممة", "ar") == "الحكومة"


def test_words_that_are_in_use_are_left_alone() -> None:
    assert asks("governing elections") == ""
    assert asks("xyzzyplugh") == ""
    assert asks("eln 2025") == ""
