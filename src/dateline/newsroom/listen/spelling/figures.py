"""Everything written in figures, in words."""

import re
from collections.abc import Callable
from functools import cache

from babel.numbers import get_currency_name
from babel.units import format_unit

from dateline.newsroom.listen.spelling.languages import Language, language_of

_CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₺": "TRY",
    "₪": "ILS",
    "₽": "RUB",
    "₦": "NGN",
    "R$": "BRL",
    "C$": "CAD",
    "A$": "AUD",
    "₩": "KRW",
    "₴": "UAH",
}
_CODES = (
    "USD EUR GBP JPY CHF CNY INR BRL MXN COP ARS CLP PEN VES UYU BOB EGP SAR AED QAR KWD LBP IQD SYP JOD MAD DZD TND "
    "TRY IRR ILS RUB UAH NGN ZAR KES CAD AUD NZD KRW"
).split()
_UNITS = {
    "km/h": "speed-kilometer-per-hour",
    "m/s": "speed-meter-per-second",
    "km²": "area-square-kilometer",
    "m²": "area-square-meter",
    "m³": "volume-cubic-meter",
    "km": "length-kilometer",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "m": "length-meter",
    "ft": "length-foot",
    "mi": "length-mile",
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "mg": "mass-milligram",
    "ha": "area-hectare",
    "l": "volume-liter",
    "MW": "power-megawatt",
    "GW": "power-gigawatt",
    "kW": "power-kilowatt",
    "kWh": "energy-kilowatt-hour",
    "GB": "digital-gigabyte",
    "MB": "digital-megabyte",
    "°C": "temperature-celsius",
    "°F": "temperature-fahrenheit",
    "min": "duration-minute",
}
#: Larger than this nobody counts: figures are read one by one.
MOST_DIGITS = 15

_NUMBER = r"\d{1,3}(?:[,. ’']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"


def spell_figures(text: str, language: Language) -> str:
    """Dates, times, money, measures, percentages, ordinals, ranges and numbers in words."""
    for pattern, say in _own(language.code):
        text = pattern.sub(say, text)
    if not re.search(r"\d", text):
        return text
    for pattern, say in _rules(language.code):
        text = pattern.sub(say, text)
    return text


@cache
def _own(code: str) -> "list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]":
    language = language_of(code)
    return [(re.compile(pattern), say) for pattern, say in language.rules] if language else []


@cache
def _rules(code: str) -> "list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]":
    """What is looked for, in turn: the longest notations first, since each leaves words behind."""
    found = language_of(code)
    assert found
    language: Language = found
    signs = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
    codes = "|".join(_CODES)
    scales = "|".join(re.escape(name) for name in sorted(language.scales, key=len, reverse=True))
    months = "|".join(re.escape(name) for name in sorted(language.months, key=len, reverse=True))
    units = "|".join(re.escape(name) for name in sorted(_UNITS, key=len, reverse=True))
    years = "|".join(re.escape(word) for word in sorted(language.before_years))
    of = "(?: of| de|,)?" if code != "ar" else "(?: من|،)?"
    year = r"(\d{4})(?![\d.,]\d)"
    return [
        (re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b"), lambda m: _written_date(language, m) or m[0]),
        (re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), lambda m: _date(language, m[3], m[2], m[1]) or m[0]),
        (
            re.compile(
                rf"\b(\d{{1,2}})(?:st|nd|rd|th|º|°)?{of} ({months})\b\.?(?:{of} (?:del? )?(?:عام |سنة )?{year})?",
                re.IGNORECASE,
            ),
            lambda m: _date(language, m[1], str(language.months[m[2].lower()]), m[3]) or m[0],
        ),
        (
            re.compile(rf"\b({months})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? {year})?", re.IGNORECASE),
            lambda m: _date(language, m[2], str(language.months[m[1].lower()]), m[3]) or m[0],
        ),
        (
            re.compile(rf"\b({months})\b(,?{of} (?:del? )?){year}", re.IGNORECASE),
            lambda m: (
                f"{m[1]}{m[2].rstrip(',')}{language.year(int(m[3]))}"
                if m[2].strip()
                else f"{m[1]} {language.year(int(m[3]))}"
            ),
        ),
        (
            re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:h.]([0-5]\d)(?: ?h(?:rs?)?\b)(?![\d:])"),
            lambda m: language.clock(int(m[1]), int(m[2])),
        ),
        (re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])"), lambda m: language.clock(int(m[1]), int(m[2]))),
        (
            re.compile(rf"({signs})\s?({_NUMBER})(?:[ -]?({scales})\b)?" if scales else rf"({signs})\s?({_NUMBER})()"),
            lambda m: _money(language, _CURRENCIES[m[1]], m[2], m[3]),
        ),
        (
            re.compile(
                rf"\b({codes})\s?({_NUMBER})(?:[ -]?({scales})\b)?" if scales else rf"\b({codes})\s?({_NUMBER})()"
            ),
            lambda m: _money(language, m[1], m[2], m[3]),
        ),
        (
            re.compile(
                rf"(?<![\w.,])({_NUMBER})(?:[ -]?({scales})\b)?\s?({signs}|(?:{codes})\b)"
                if scales
                else rf"(?<![\w.,])({_NUMBER})()\s?({signs}|(?:{codes})\b)"
            ),
            lambda m: _money(language, _CURRENCIES.get(m[3], m[3]), m[1], m[2]),
        ),
        (
            re.compile(rf"(?<![\w.,])({_NUMBER})\s?[-–]\s?({_NUMBER})(?:\s?({units})(?![\w²³]))?"),
            lambda m: _range(language, m[1], m[2], m[3]),
        ),
        (
            re.compile(rf"(?<![\w.,])(-?)({_NUMBER})\s?({units})(?![\w²³])"),
            lambda m: _measure(language, m[1], m[2], m[3]),
        ),
        (
            re.compile(rf"(?<![\w.,])(-?)({_NUMBER})\s?%"),
            lambda m: f"{_sign(language, m[1])}{number(language, m[2])} {language.percent}",
        ),
        (re.compile(rf"(?<![\w.,])({_NUMBER})\s?°"), lambda m: f"{number(language, m[1])} {language.degrees}"),
        *([(re.compile(language.ordinals), lambda m: language.ordinal(int(m[1])))] if language.ordinals else []),
        (
            re.compile(rf"\b({years}) (1[1-9]\d\d|20\d\d)(?![\d.,]\d|\w)", re.IGNORECASE)
            if years
            else re.compile(r"(?!)"),
            lambda m: f"{m[1]} {language.year(int(m[2]))}",
        ),
        *(
            [(re.compile(rf"(?<![\w.,])({_NUMBER}) ?({scales})\b"), lambda m: _scaled(language, m[1], m[2]))]
            if scales
            else []
        ),
        (re.compile(rf"(?<![\w.,])(-)({_NUMBER})(?!\w)"), lambda m: f"{_sign(language, m[1])}{number(language, m[2])}"),
        (re.compile(_NUMBER), lambda m: _inside(language, m)),
    ]


def _inside(language: Language, match: "re.Match[str]") -> str:
    """A number, set apart from letters that it is written onto, as in `G7` or `COVID-19`."""
    text, start, end = match.string, match.start(), match.end()
    clings = start and text[start - 1] in language.clitics and not text[max(0, start - 2) : start - 1].isalpha()
    before = " " if start and text[start - 1].isalpha() and not clings else ""
    after = " " if end < len(text) and text[end].isalpha() else ""
    return f"{before}{number(language, match[0])}{after}"


def number(language: Language, written: str) -> str:
    """A number as it is written, with its groups and decimals, in words."""
    whole, decimals = _read(language, written)
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        return " ".join(language.cardinal(int(digit)) for digit in whole + decimals)
    said = language.cardinal(int(whole))
    if not decimals:
        return said
    if len(decimals) <= 2 and not decimals.startswith("0") and language.code != "en":
        return f"{said} {language.point} {language.cardinal(int(decimals))}"
    return f"{said} {language.point} " + " ".join(language.cardinal(int(digit)) for digit in decimals)


def _read(language: Language, written: str) -> tuple[str, str]:
    """Digits of the whole and of the decimals. Three digits after one sign alone are thousands where the language
    groups with that sign, decimals elsewhere; both signs together tell themselves."""
    plain = re.sub(r"[ ’']", "", written)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return plain, ""
    last = signs[-1]
    head, _, tail = plain.rpartition(last)
    groups = len(tail) == 3 and (last != language.decimal or signs.count(last) > 1)
    if groups and len(set(signs)) == 1:
        return re.sub(r"[.,]", "", plain), ""
    return re.sub(r"[.,]", "", head), tail


def _value(language: Language, written: str) -> float:
    whole, decimals = _read(language, written)
    return float(f"{whole}.{decimals or 0}")


def _sign(language: Language, sign: str) -> str:
    return f"{language.minus} " if sign else ""


def _date(language: Language, day: str, month: str, year: str | None) -> str:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return ""
    return language.date(int(day), int(month), int(year) if year else None)


def _scaled(language: Language, written: str, scale: str) -> str:
    """A number with a letter for thousands, millions and so on."""
    return f"{number(language, written)} {_scale_name(language, scale, _value(language, written))}"


def _scale_name(language: Language, scale: str, value: float) -> str:
    power = language.scales[scale]
    one = language.cardinal(10**power)
    name = re.sub(r"^\S+ (?=\S)", "", one) if power != 3 or language.code == "en" else one
    if language.code == "es" and power >= 6 and value != 1:
        name = name.replace("millón", "millones").replace("billón", "billones")
    return name


def _money(language: Language, currency: str, written: str, scale: str | None) -> str:
    value = _value(language, written)
    if scale:
        amount = _scaled(language, written, scale)
        name = get_currency_name(currency, 1_000_000, locale=language.code)
        joined = "de " if language.code == "es" and language.scales[scale] >= 6 else ""
        return f"{amount} {joined}{name}"
    name = get_currency_name(currency, value, locale=language.code)
    return f"{language.before_noun(number(language, written))} {name}"


def _range(language: Language, first: str, last: str, unit: str | None) -> str:
    end = _measure(language, "", last, unit) if unit else _year_or_number(language, last)
    return f"{_year_or_number(language, first)} {language.to} {end}"


def _written_date(language: Language, match: "re.Match[str]") -> str:
    """A date in figures: day before month, unless only the other order makes a date."""
    first, second = int(match[1]), int(match[2])
    day, month = (second, first) if first <= 12 < second else (first, second)
    return _date(language, str(day), str(month), match[3])


def _year_or_number(language: Language, written: str) -> str:
    return language.year(int(written)) if re.fullmatch(r"1[5-9]\d\d|20\d\d", written) else number(language, written)


def _measure(language: Language, sign: str, written: str, unit: str) -> str:
    """A measure, its name in the number that the figure asks for."""
    value = _value(language, written)
    shown = format_unit(value, _UNITS[unit], length="long", locale=language.code, numbering_system="latn")
    name = re.sub(r"[\d.,٫٬\s\u200f]*\d[\d.,٫٬\s\u200f]*", " ", shown).strip() or shown
    if not re.search(r"\d", shown):  # a language with a word for one or two of them
        return _sign(language, sign) + name
    return f"{_sign(language, sign)}{language.before_noun(number(language, written))} {name}"
