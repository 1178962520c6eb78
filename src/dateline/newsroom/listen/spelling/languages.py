"""How each language says what is written short. A language is a module with one `LANGUAGE`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        code: of num2words and Babel.
        cardinal: a whole number in words.
        ordinal: an ordinal in words, such as "third".
        year: a year in words.
        point: between a number's whole and its decimals.
        date: day, month (1 to 12), year or None, in words.
        clock: hour of 24 and minute, in words.
        percent, degrees, minus, to, and_, at, dot, hashtag: words for the signs.
        before_noun: a number's words as they stand before what is counted.
        rules: what this language alone writes in figures, a pattern and what is said; looked for first.
        clitics: letters that are written onto the word that follows.
        shortened: abbreviations and what they stand for; a full stop is part of them.
        scales: letters after a sum of money or a number, and the power of ten they stand for.
        says: acronyms and how they are said; others are spelled in `letters`.
        as_words: whether an acronym of capitals is read as a word.
        letters: names of Latin letters; one that is missing is left as it is.
        months: names as the text may write them, in lower case, and their numbers.
        decimal: the sign before decimals, "." or ","; the other one groups thousands.
    """

    code: str
    cardinal: Callable[[int], str]
    ordinal: Callable[[int], str]
    year: Callable[[int], str]
    date: Callable[[int, int, int | None], str]
    clock: Callable[[int, int], str]
    as_words: Callable[[str], bool]
    point: str
    percent: str
    degrees: str
    minus: str
    to: str
    and_: str
    at: str
    dot: str
    hashtag: str
    decimal: str = "."
    shortened: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    #: Words after which a number of four digits is a year.
    before_years: frozenset[str] = frozenset()
    #: How an ordinal is written in figures, as a pattern with the figures in its first group.
    ordinals: str = ""
    before_noun: Callable[[str], str] = str
    rules: tuple[tuple[str, Callable[["re.Match[str]"], str]], ...] = ()
    clitics: str = ""


@cache
def language_of(code: str) -> Language | None:
    """The language of a code such as "es-419", or None if there are no tables for it."""
    match code.lower().replace("_", "-").split("-")[0]:
        case "en":
            from dateline.newsroom.listen.spelling.english import LANGUAGE
        case "es":
            from dateline.newsroom.listen.spelling.spanish import LANGUAGE
        case "ar":
            from dateline.newsroom.listen.spelling.arabic import LANGUAGE
        case _:
            return None
    return LANGUAGE
