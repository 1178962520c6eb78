"""What of a story is read aloud: its sentences, as the page shows them, and what makes one sound another."""

import pytest

from dateline.newsroom.listen.script import (
    HEADING,
    LONGEST,
    MOST_WORDS,
    PARAGRAPH,
    SENTENCE,
    TITLE,
    TooLong,
    key_of,
    paragraphs,
    pronounced,
    script_of,
    sentences,
)
from dateline.newsroom.listen.timings import as_webvtt
from dateline.newsroom.listen.voices import Voice

BODY = [
    {
        "type": "text",
        "value": "<p>One sentence. And a <b>second</b>&nbsp;one!</p><ul><li>First</li><li>Then &amp; now</li></ul>",
    },
    {"type": "heading", "value": {"text": "What follows", "level": "2"}},
    {"type": "pull_quote", "value": {"text": "And a second one!"}},
    {"type": "picture", "value": {"picture": 3, "caption": "Not read"}},
    {"type": "table", "value": {"data": [["a", "b"]]}},
    {"type": "quote", "value": {"text": "<p>We shall see.</p>", "attribution": "Ana Ruiz"}},
]


def test_everything_that_is_read_is_read_in_the_order_of_the_page() -> None:
    script = script_of("The headline", "A standfirst.", BODY, "en")
    assert [(s.text, s.pause) for s in script] == [
        ("The headline", TITLE),
        ("A standfirst.", TITLE),
        ("One sentence.", SENTENCE),
        ("And a second one!", PARAGRAPH),
        ("First", PARAGRAPH),
        ("Then & now", PARAGRAPH),
        ("What follows", HEADING),
        ("We shall see.", PARAGRAPH),
        ("Ana Ruiz", PARAGRAPH),
    ]
    assert script[5].spoken == "Then and now"


def test_what_says_nothing_is_left_out() -> None:
    assert [s.text for s in script_of("Title", " ", [{"type": "text", "value": "<p>* * *</p><p></p>"}], "en")] == [
        "Title"
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Smith paid $5.3 m. on Jan. 5. He left.", ["Dr. Smith paid $5.3 m. on Jan. 5.", "He left."]),
        ("ar", "قال د. أحمد نعم. ثم ذهب؟ لا!", ["قال د. أحمد نعم.", "ثم ذهب؟", "لا!"]),
        ("es", "El Sr. García pagó. ¿De veras? Sí.", ["El Sr. García pagó.", "¿De veras?", "Sí."]),
        ("en", "He said: “No.” Then he left.", ["He said: “No.”", "Then he left."]),
    ],
)
def test_sentences_end_where_they_end(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_no_piece_is_longer_than_an_engine_takes_and_nothing_is_lost() -> None:
    endless = " ".join(f"word{at}" for at in range(900))
    parts = sentences(endless, "en")
    assert max(map(len, parts)) <= LONGEST
    assert " ".join(parts) == endless
    assert sentences("x" * 2000, "en") == ["x" * LONGEST] * 3 + ["x" * (2000 - 3 * LONGEST)]


def test_a_story_that_nobody_would_hear_to_its_end_is_refused() -> None:
    book = [{"type": "text", "value": "<p>" + "word " * 1000 + "</p>"}] * (MOST_WORDS // 1000 + 1)
    with pytest.raises(TooLong, match="50,000"):
        script_of("A book", "", book, "en")


@pytest.mark.parametrize("fragment", ["", "  ", "plain", "<p>unclosed", "<p>a<br>b</p>", "<div><p>x</p></div>"])
def test_any_markup_gives_its_text(fragment: str) -> None:
    text = " ".join(paragraphs(fragment))
    assert "<" not in text
    assert "  " not in text


def test_a_word_is_said_as_the_edition_says_it() -> None:
    words = (("Nguyen", "win"), ("gif", "jiff"), ("AC/DC", "ay see dee see"))
    assert (
        pronounced("Nguyen's GIF, gifts; nguyen. AC/DC!", words, "en") == "win's jiff, gifts; nguyen. ay see dee see!"
    )


def test_an_arabic_word_is_found_behind_what_is_written_onto_it() -> None:
    assert pronounced("وبيروت وبغداد", (("بيروت", "بَيروت"),), "ar") == "وبَيروت وبغداد"


VOICE = Voice("espeak/en-gb", "eSpeak NG", "espeak", "en-gb", ("en",), "1")


def test_the_same_words_in_the_same_voice_are_the_same_sound() -> None:
    script = script_of("One", "", BODY, "en")
    assert key_of(script, VOICE) == key_of(script_of("One", "", [*BODY, BODY[3]], "en"), VOICE)


@pytest.mark.parametrize(
    ("headline", "voice", "words"),
    [
        ("Two", VOICE, ()),
        ("One", Voice("espeak/en-us", "eSpeak NG", "espeak", "en-us", ("en",), "1"), ()),
        ("One", Voice("espeak/en-gb", "eSpeak NG", "espeak", "en-gb", ("en",), "2"), ()),
        ("One", VOICE, (("second", "seckond"),)),
    ],
)
def test_other_words_another_voice_or_another_pronunciation_are_another_sound(
    headline: str, voice: Voice, words: tuple[tuple[str, str], ...]
) -> None:
    assert key_of(script_of("One", "", BODY, "en"), VOICE) != key_of(script_of(headline, "", BODY, "en", words), voice)


def test_a_pronunciation_of_a_word_that_is_not_in_it_makes_no_new_sound() -> None:
    words = (("elsewhere", "else where"),)
    assert key_of(script_of("One", "", BODY, "en"), VOICE) == key_of(script_of("One", "", BODY, "en", words), VOICE)


def test_webvtt_is_what_players_read() -> None:
    text = as_webvtt([(0, 1500, "A & B --> <c>"), (3_600_000, 3_661_001, "two\nlines")])
    assert text == (
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\nA &amp; B --&gt; &lt;c&gt;\n"
        "\n2\n01:00:00.000 --> 01:01:01.001\ntwo lines\n"
    )
