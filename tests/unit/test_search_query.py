"""What a reader types is never an error, and is looked for as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsroom.find.backends.database import PostgresCompiler, SQLiteCompiler, _lexemes, _terms
from dateline.newsroom.find.query import LONGEST, MOST_WORDS, read_query, read_typing

KEYS = (1, 99)


def test_words_that_say_nothing_are_left_out() -> None:
    assert read_query("the elections in Russia", "en", keys=KEYS).stems == ("elect", "russia")
    assert read_query("الانتخابات في العراق", "ar", keys=KEYS).stems == ("انتخاب", "عراق")
    assert read_query("las elecciones de Perú", "es", keys=KEYS).stems == ("eleccion", "peru")


def test_a_query_with_vowels_is_one_without() -> None:
    assert read_query("السُّرّانِ", "ar", keys=KEYS).stems == read_query("السران", "ar", keys=KEYS).stems == ("سران",)


def test_of_such_words_alone_all_count() -> None:
    assert read_query("to be or not to be", "en", keys=KEYS).stems == ("to", "be", "or", "not")


def test_quotation_marks_of_every_kind_hold_words_together() -> None:
    for text in ('"White House" vote', "“White House” vote", "«White House» vote"):
        found = read_query(text, "en", keys=KEYS)
        assert (found.stems, found.phrases) == (("white", "hous", "vote"), (("white", "hous"),))
    assert read_query('"the who"', "en", keys=KEYS).phrases == (("the", "who"),)
    assert read_query('the "vote', "en", keys=KEYS).phrases == ()


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "?!… –", '"', '""""', "* NEAR( ^", "\u202e\u2066", "---", "()", "'; DROP TABLE find_entry; --"],
)
def test_signs_are_not_looked_for(text: str) -> None:
    found = read_query(text, "en", keys=KEYS)
    assert all(stem.isalnum() for stem in found.stems)
    assert bool(found) == ("DROP" in text or "NEAR" in text)


def test_operators_are_words() -> None:
    found = read_query("cats AND dogs NOT birds title:x body*", "en", keys=KEYS)
    assert found.stems == ("cat", "dog", "bird", "titl", "x", "bodi")


def test_a_long_query_is_cut_and_says_so() -> None:
    long = read_query("word " * 5000, "en", keys=KEYS)
    assert long.cut
    assert long.stems == ("word",)
    many = read_query(" ".join(f"w{n}" for n in range(30)), "en", keys=KEYS)
    assert many.cut
    assert len(many.stems) == MOST_WORDS
    assert not read_query("x" * LONGEST, "en", keys=KEYS).cut


def test_what_is_typed_keeps_its_last_word_open() -> None:
    assert read_typing("Elecciones en Per", "es", KEYS).words == ("elecciones", "en", "per")
    assert not read_typing("e", "es", KEYS)
    assert not read_typing("…", "es", KEYS)


@given(st.text(max_size=400))
def test_no_text_gets_out_of_its_quotation_marks(text: str) -> None:
    query = read_query(text, "en", keys=KEYS)
    for term in _terms(query):
        assert term[0] == term[-1] == '"'
        assert '"' not in term[1:-1]
    for lexeme in _lexemes(query, ":A"):
        assert all(
            part.isalnum() or part in {"", "<->", "&", ":A"} for part in lexeme.strip("()").replace("'", " ").split()
        )


def test_the_limits_stand_in_every_statement() -> None:
    query = read_query("a vote of confidence", "en", marks=("zqtopic9",), keys=KEYS)
    for compiler in (SQLiteCompiler, PostgresCompiler):
        for statement, values in compiler(None, query)._statements():
            assert "LIMIT" in statement
            assert "zqtopic9" in values[0]
            assert values[1:] == [1, 99]
