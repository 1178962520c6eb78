"""Abbreviations and acronyms."""

import re
from functools import cache

from dateline.newsroom.listen.spelling.languages import Language

_CAPITALS = re.compile(r"(?<![\w.])((?:[A-ZÑ]\.){2,}|[A-ZÑ]{2,6})(s?)(?!\w)")


def spell_shortened(text: str, language: Language) -> str:
    """Abbreviations in full."""
    found = _pattern(language.code)
    return found.sub(lambda m: language.shortened[m[0].lower()], text) if found else text


@cache
def _pattern(code: str) -> "re.Pattern[str] | None":
    from dateline.newsroom.listen.spelling.languages import language_of

    language = language_of(code)
    names = sorted(language.shortened, key=len, reverse=True) if language else []
    if not names:
        return None
    return re.compile(rf"(?<![\w.])(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.IGNORECASE)


def spell_acronyms(text: str, language: Language) -> str:
    """Acronyms as they are said: by letters, or as words. A whole sentence in capitals is no acronym."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouted = [word for word in words if word.isupper() and word.isascii()]
    if len(shouted) > 3 and len(shouted) > 0.75 * len(words):
        return text.lower()
    return _CAPITALS.sub(lambda m: _acronym(m[1].replace(".", ""), m[2], language), text)


def _acronym(name: str, plural: str, language: Language) -> str:
    if name in language.says:
        return language.says[name] + plural
    if language.as_words(name):
        return name.capitalize() + plural
    return " ".join(language.letters.get(letter, letter) for letter in name) + (f"'{plural}" if plural else "")
