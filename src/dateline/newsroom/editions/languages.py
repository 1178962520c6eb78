"""What follows from a language: direction, its own name, reading speed, digits."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language_info

_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
_RTL_LANGUAGES = frozenset({"ar", "arc", "dv", "fa", "he", "ckb", "ps", "sd", "ug", "ur", "yi"})

#: Words a minute, silent reading of ordinary prose (IReST, Trauzettel-Klosinski and Dietz 2012).
_WORDS_A_MINUTE = {"ar": 138, "en": 228, "es": 218, "fr": 195, "de": 179, "it": 188, "pt": 181, "ru": 184, "tr": 166}
_OTHER_WORDS_A_MINUTE = 184


@cache
def babel_locale(code: str) -> Locale:
    """Babel's locale for a BCP 47 code, or for its language alone, or English."""
    for candidate in (code.replace("-", "_"), code.split("-")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def direction_of(code: str) -> str:
    """`rtl` or `ltr`, from the script subtag when there is one, else from the language."""
    parts = code.split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part.title() in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0].lower() in _RTL_LANGUAGES else "ltr"


@cache
def own_name(code: str) -> str:
    """The language's name in itself: العربية, Español."""
    try:
        name = str(get_language_info(code.lower())["name_local"])
    except KeyError:
        name = babel_locale(code).get_display_name() or code
    return name[:1].upper() + name[1:]


def reading_minutes(words: int, code: str) -> int:
    """Whole minutes, at least one, that `words` take to read in this language."""
    return max(1, round(words / _WORDS_A_MINUTE.get(code.split("-")[0].lower(), _OTHER_WORDS_A_MINUTE)))
