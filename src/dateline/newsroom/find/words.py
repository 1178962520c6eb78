"""From text to the words that are sought: written one way however they were written, and cut to their stems.

What is indexed and what is asked for go through the same function, so that two spellings meet if it makes them one.
Stems are Snowball's (PyStemmer); before it Arabic loses what is written onto the beginning of a word, which Snowball
leaves on after a conjunction, and after it what is left of differently written endings is evened out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

#: A longer run of letters is no word that anybody seeks.
LONGEST = 40

#: What stands on letters or between them and has no width: vowels, marks of direction, soft hyphens.
_MARK = (
    r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2069\u061c\ufeff\xad"
)
_MARKS = re.compile(f"[{_MARK}]")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARK}]|['’ʼ.](?=[^\W_]))*")
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و",
     "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ک": "ك", "ڪ": "ك", "گ": "ج", "چ": "ج", "پ": "ب", "ڤ": "ف", "ء": None}
)  # fmt: skip
_DIGITS = {ord(digit): str(value) for first in ("٠", "۰") for value in range(10) for digit in [chr(ord(first) + value)]}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it is compared when it is typed, its stem, and where it stands (characters)."""

    plain: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """One spelling for all: no case, no marks on letters, one form of each Arabic letter, Western digits."""
    text = unicodedata.normalize("NFKD", text.translate(_DIGITS))
    text = _MARKS.sub("", text).translate(_ARABIC)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def words_of(text: str, language: str) -> Iterator[Word]:
    """The words of a text in order."""
    for found in _WORD.finditer(text):
        plain, stem = reduced(found.group()[: LONGEST * 2], language.partition("-")[0])
        if plain:
            yield Word(plain, stem, found.start(), found.end())


def stems(text: str, language: str) -> str:
    """A text as it is indexed: its stems, a space between any two."""
    return " ".join(word.stem for word in words_of(text, language))


def plain(text: str, language: str) -> str:
    """A text as it is compared with what is being typed."""
    return " ".join(word.plain for word in words_of(text, language))


@lru_cache(maxsize=200_000)
def reduced(word: str, language: str) -> tuple[str, str]:
    """How a word is compared: as typed, and its stem. Both are empty for what holds no letter or digit."""
    folded = re.sub(r"\W", "", fold(word))[:LONGEST]
    if not folded:
        return "", ""
    if not folded.isalpha():
        return folded, folded
    return folded, _STEMMERS.get(language, _unstemmed)(word, folded)


def _unstemmed(_word: str, folded: str) -> str:
    return folded


_snowball = {name: Stemmer.Stemmer(name) for name in ("arabic", "english", "spanish")}

# What may be written onto the beginning of an Arabic word, the longest first, and how many letters must be left.
_BEFORE = [("وبال", 3), ("وال", 3), ("فال", 3), ("بال", 3), ("كال", 3), ("ولل", 3), ("فلل", 3), ("ال", 3), ("لل", 3)]
_AFTER = [("اتها", 3), ("اتهم", 3), ("ياته", 3), ("يات", 3), ("تين", 3), ("تان", 3), ("يين", 3), ("يون", 3), ("هما", 3),
          ("ها", 3), ("هم", 3), ("هن", 3), ("نا", 3), ("ات", 3), ("ان", 3), ("ون", 3), ("ين", 3), ("يه", 3), ("وا", 3),
          ("تي", 3), ("ته", 3), ("ه", 3), ("ي", 3), ("ا", 3)]  # fmt: skip


def _arabic(_word: str, folded: str) -> str:
    """A light stem: conjunction, article and preposition before the word, then number, gender and pronoun after it."""
    stem = folded
    if len(stem) > 4 and stem[0] == "و" and not stem.startswith(("وال", "ولل", "وبال")):
        stem = stem[1:]
    for before, left in _BEFORE:
        if stem.startswith(before) and len(stem) - len(before) >= left - 1:
            stem = stem[len(before) :]
            break
    for _again in range(2):
        for after, left in _AFTER:
            if stem.endswith(after) and len(stem) - len(after) >= left:
                stem = stem[: -len(after)]
                break
    return stem


_BRITISH = [("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("yse", "yze"),
            ("our", "or"), ("ours", "ors"), ("tre", "ter"), ("ence", "ense"), ("ogue", "og")]  # fmt: skip


def _english(_word: str, folded: str) -> str:
    american = folded
    for british, other in _BRITISH:
        if len(folded) > len(british) + 2 and folded.endswith(british):
            american = folded[: -len(british)] + other
            break
    stem = str(_snowball["english"].stemWord(american))
    # A people and its land: Russian and Russia, Korean and Korea.
    return stem[:-1] if len(stem) > 5 and stem.endswith(("ian", "ean", "can")) else stem


def _spanish(word: str, folded: str) -> str:
    stem = str(_snowball["spanish"].stemWord(unicodedata.normalize("NFC", word).casefold()))
    stem = re.sub(r"\W", "", fold(stem))[:LONGEST] or folded
    # «economía» loses its ending, «economia» keeps a letter of it.
    return stem[:-1] if len(stem) > 4 and stem[-1] in "ie" else stem


_STEMMERS: dict[str, Callable[[str, str], str]] = {"ar": _arabic, "en": _english, "es": _spanish}
