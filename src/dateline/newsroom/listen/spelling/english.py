"""How English says what is written short."""

import re

from num2words import num2words

from dateline.newsroom.listen.spelling.languages import Language

_MONTHS = "January February March April May June July August September October November December".split()


def cardinal(value: int) -> str:
    return str(num2words(value, lang="en")).replace(",", "").replace("-", " ")


def ordinal(value: int) -> str:
    return str(num2words(value, lang="en", to="ordinal")).replace(",", "").replace("-", " ")


def year(value: int) -> str:
    if 2000 <= value <= 2009 or not 1100 <= value <= 2099:
        return cardinal(value)
    return str(num2words(value, lang="en", to="year")).replace("-", " ")


def date(day: int, month: int, of_year: int | None) -> str:
    return f"{_MONTHS[month - 1]} {ordinal(day)}" + (f", {year(of_year)}" if of_year else "")


def clock(hour: int, minute: int) -> str:
    if minute == 0:
        return f"{cardinal(hour)} o'clock" if 1 <= hour <= 12 else f"{cardinal(hour)} hundred" if hour else "midnight"
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"


def as_words(name: str) -> bool:
    """Four letters and more with vowels between them are read as a word: NATO, UNICEF, OPEC."""
    return len(name) >= 4 and re.fullmatch(r"[^AEIOU]{0,2}(?:[AEIOU]+[^AEIOU]{1,2})+[AEIOU]*", name) is not None


def _decade(match: "re.Match[str]") -> str:
    tens = _TENS[int(match[2])]
    return tens if not match[1] else f"{cardinal(int(match[1]))} {tens}"


_TENS = (
    "hundreds",
    "tens",
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
)
_PARTS = {"1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter", "3/4": "three quarters"}

LANGUAGE = Language(
    code="en",
    cardinal=cardinal,
    ordinal=ordinal,
    year=year,
    date=date,
    clock=clock,
    as_words=as_words,
    point="point",
    percent="percent",
    degrees="degrees",
    minus="minus",
    to="to",
    and_="and",
    at="at",
    dot="dot",
    hashtag="hashtag",
    decimal=".",
    shortened={
        "dr.": "Doctor",
        "mr.": "Mister",
        "mrs.": "Missus",
        "ms.": "Miz",
        "prof.": "Professor",
        "gen.": "General",
        "col.": "Colonel",
        "sgt.": "Sergeant",
        "lt.": "Lieutenant",
        "capt.": "Captain",
        "rev.": "Reverend",
        "sen.": "Senator",
        "rep.": "Representative",
        "gov.": "Governor",
        "jr.": "Junior",
        "sr.": "Senior",
        "vs.": "versus",
        "etc.": "et cetera",
        "e.g.": "for example",
        "i.e.": "that is",
        "approx.": "approximately",
        "a.m.": "A M",
        "p.m.": "P M",
    },
    scales={
        "thousand": 3,
        "k": 3,
        "million": 6,
        "m": 6,
        "mn": 6,
        "billion": 9,
        "bn": 9,
        "b": 9,
        "trillion": 12,
        "tn": 12,
    },
    says={
        "UK": "U K",
        "US": "U S",
        "USA": "U S A",
        "UN": "U N",
        "EU": "E U",
        "AI": "A I",
        "NASA": "Nassa",
        "COVID": "Covid",
        "AIDS": "Aids",
        "IDEA": "idea",
        "SARS": "Sars",
        "IKEA": "Ikea",
    },
    months={
        **{name.lower(): at for at, name in enumerate(_MONTHS, 1)},
        **{name[:3].lower(): at for at, name in enumerate(_MONTHS, 1) if name not in {"May", "March"}},
        "sept": 9,
    },
    before_years=frozenset(
        "in since by until from before after during of late early mid around circa between to and the through".split()
    ),
    ordinals=r"\b(\d{1,4})(?:st|nd|rd|th)\b",
    rules=(
        (r"\b(1[1-9]|20)?['’]?([1-9])0s\b", _decade),
        (r"(?<![\d/])([12]/3|[13]/4|1/2)(?![\d/])", lambda m: _PARTS[m[1]]),
    ),
)
