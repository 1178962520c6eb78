"""Numbers that a text says, in digits of any script or in words: what a headline is compared with.

English, Spanish and Arabic words are known; of other languages the digits are read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = re.compile(r"\d+(?:[.,٫٬'’\u00a0\u202f\u2009 ]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_PAUSE = re.compile(r"[^\w\s\u00ad‐-]+")

_SCALES = {
    "en": {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "millions": 10**6, "m": 10**6, "mn": 10**6,
           "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12},
    "es": {"mil": 1000, "millon": 10**6, "millones": 10**6, "m": 10**6, "docena": 12, "billon": 10**12,
           "billones": 10**12},
    "ar": {"الف": 1000, "الاف": 1000, "الفا": 1000, "مليون": 10**6, "ملايين": 10**6, "مليونا": 10**6, "مليار": 10**9,
           "مليارات": 10**9, "مليارا": 10**9, "تريليون": 10**12, "مئه": 100, "مائه": 100},
}  # fmt: skip

_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ES = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
    "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno",
    "veintidos", "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho",
    "veintinueve",
)  # fmt: skip
_AR = ["صفر", "واحد", "اثنان", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDREDS_ES = "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
_TENS_AR = "عشر ثلاث اربع خمس ست سبع ثمان تسع"
#: Words that count nothing when they stand alone.
_MANY = frozenset({"millions", "millones", "billones", "الاف", "ملايين", "مليارات"})
_JOINS = {"en": {"and"}, "es": {"y"}, "ar": {"و"}}


def _english() -> dict[str, int]:
    return {word: value for value, word in enumerate(_EN)} | _tens("en")


def _spanish() -> dict[str, int]:
    hundreds = {word: 100 * value for value, word in enumerate(_HUNDREDS_ES.split(), 1)}
    feminine = {word[:-2] + "as": value for word, value in hundreds.items() if word.endswith("os")}
    words = {word: value for value, word in enumerate(_ES)} | {"un": 1, "una": 1, "ciento": 100}
    return words | _tens("es") | hundreds | feminine


def _arabic() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_AR)}
    words |= {f"{word}ه": value for word, value in list(words.items()) if value >= 3}
    words |= {"ثمانيه": 8, "ثمان": 8, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "مئتان": 200, "مئتين": 200, "مئتا": 200}
    for value, stem in enumerate(_TENS_AR.split(), 2):
        words |= {f"{stem}ون": 10 * value, f"{stem}ين": 10 * value}
    for value, stem in enumerate(["ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"], 3):
        words |= {f"{stem}مئه": 100 * value, f"{stem}مائه": 100 * value}
    return words


def _tens(language: str) -> dict[str, int]:
    return {word: 10 * value for value, word in enumerate(_TENS[language].split(), 2)}


@lru_cache(maxsize=8)
def _words(language: str) -> dict[str, int]:
    words = {"en": _english, "es": _spanish, "ar": _arabic}.get(language, dict)()
    return {_plain(word): value for word, value in words.items()}


@lru_cache(maxsize=8)
def _scales(language: str) -> dict[str, int]:
    return {_plain(word): value for word, value in _SCALES.get(language, {}).items()}


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it was written. `values` is what it may mean, 1.234 being read in both ways; `coarse` how far it may
    be from what it stands for: half of its last digit."""

    text: str
    values: tuple[tuple[Decimal, Decimal], ...]
    in_words: bool = False

    def means(self, value: Decimal) -> bool:
        return any(abs(value - own) <= coarse for own, coarse in self.values)


def numbers(text: str, language: str) -> Iterator[Said]:
    """Every number of a text."""
    code = language.split("-")[0]
    plain = _plain(text)
    taken = 0
    for found in _DIGITS.finditer(plain):
        values = _values(found[0])
        scale, end = _scale(plain, found.end(), code)
        said = plain[found.start() : end].strip()
        yield Said(said, tuple((value * scale, coarse * scale) for value, coarse in values))
        yield from _in_words(plain[taken : found.start()], code)
        taken = end
    yield from _in_words(plain[taken:], code)


def missing(headline: str, text: str, language: str) -> list[Said]:
    """Numbers of a headline that the text does not say, not even less roughly.

    One and two are left alone in words, and in Arabic altogether, which has forms of nouns for them.
    """
    said = [value for one in numbers(text, language) for value, _coarse in one.values]
    arabic = language.split("-")[0] == "ar"
    found = []
    for one in numbers(headline, language):
        small = max(value for value, _coarse in one.values) <= 2
        if small and (one.in_words or arabic):
            continue
        if not any(one.means(value) for value in said):
            found.append(one)
    return found


def _plain(text: str) -> str:
    """Digits of ASCII; letters without case, accents and vowel signs; one form of each Arabic letter."""
    folded = unicodedata.normalize("NFD", text.casefold())
    out = []
    for sign in folded:
        if unicodedata.category(sign) == "Mn" or sign == "ـ":
            continue
        digit = unicodedata.decimal(sign, None)
        out.append(str(digit) if digit is not None else sign)
    return "".join(out).translate(str.maketrans("ةىأإآ", "هيااا"))


def _values(digits: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """What a run of digits may mean: signs between groups of three part thousands, or the last begins a fraction."""
    parts = re.split(r"\D", digits)
    signs = re.sub(r"\d", "", digits)
    found: list[tuple[Decimal, Decimal]] = []
    if len(parts) == 1:
        return ((Decimal(parts[0]), Decimal("0.5")),)
    if all(len(part) == 3 for part in parts[1:]) and "٫" not in signs:
        found.append((Decimal("".join(parts)), Decimal("0.5")))
    whole_in_threes = all(len(part) == 3 for part in parts[1:-1])
    if signs[-1] in ".,٫" and whole_in_threes and signs[-1] not in signs[:-1]:
        places = len(parts[-1])
        value = Decimal("".join(parts[:-1]) + "." + parts[-1])
        found.append((value, Decimal(5).scaleb(-places - 1)))
    if not found or signs.isspace():  # two numbers beside each other
        found += [(Decimal(part), Decimal("0.5")) for part in parts]
    return tuple(found)


def _scale(text: str, at: int, language: str) -> tuple[int, int]:
    """What the words right after digits multiply them by, and where they end."""
    scale = 1
    while True:
        word = re.compile(r"[\s\u00a0-]?([^\W\d_]+)").match(text, at)
        times = _scales(language).get(word[1]) if word else None
        if not word or not times:
            return scale, at
        scale, at = scale * times, word.end()


def _in_words(text: str, language: str) -> Iterator[Said]:
    for part in _PAUSE.split(text) if _words(language) else ():
        yield from _run(part, language)


def _run(text: str, language: str) -> Iterator[Said]:
    """The numbers of words that follow one another without a pause."""
    known, scales, joins = _words(language), _scales(language), _JOINS[language]
    total = current = 0
    room = 10**15  # what a further word may add must be less than this
    open_ = False
    said: list[str] = []

    def whole() -> Said:
        return Said(" ".join(said), ((Decimal(total + current), Decimal("0.5")),), in_words=True)

    for word in _WORD.findall(text):
        value, scale = known.get(word), scales.get(word) if len(word) > 2 else None
        if scale and not open_:  # a hundred; but millions are not a number
            value, scale = (None, None) if word in _MANY else (scale, None)
        if value is None and scale is None and language == "ar" and open_ and word.startswith("و"):
            value, scale = known.get(word[1:]), scales.get(word[1:])
        if scale:
            current, open_ = (current or 1) * scale, True
            if scale >= 1000:
                total, current, room = total + current, 0, scale
            said.append(word)
        elif value is not None:
            if open_ and value and not _fits(value, current, room):
                yield whole()
                total = current = 0
                said, room = [], 10**15
            current, open_ = current + value, True
            said.append(word)
        elif open_ and word not in joins:
            yield whole()
            total = current = 0
            open_, said, room = False, [], 10**15
    if open_:
        yield whole()


def _fits(value: int, current: int, room: int) -> bool:
    """Whether a further word belongs to the same number: five after twenty does, six after five does not."""
    if value >= room:
        return False
    if current == 0:
        return True
    if value < 10:  # twenty-five, a hundred and five; Arabic says five and twenty
        return current % 10 == 0
    if value < 100:
        return current % 100 == 0 or (current % 100 < 10 and value % 10 == 0)
    return False
