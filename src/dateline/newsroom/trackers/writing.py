"""Amounts, ranges and days as an edition writes them."""

from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from dateline.newsroom.editions.voice import Voice

#: As many places after the point as the database keeps.
_PATTERN = "#,##0.####"

MILLION = Decimal(1_000_000)


def amount(voice: Voice, value: Decimal | int) -> str:
    """A number with the edition's grouping and digits, and no zeros that say nothing."""
    return voice.numerals(format_decimal(value, _PATTERN, locale=voice.locale))


def said(voice: Voice, value: Decimal | int) -> str:
    """A number in a text: from a million on in words, where that leaves nothing out (12.5 million)."""
    value = Decimal(value)
    if abs(value) < MILLION or (value / _step(value) * 100) % 1:
        return amount(voice, value)
    return voice.numerals(
        format_compact_decimal(value, format_type="long", locale=voice.locale, fraction_digits=2).replace(
            "\u202f", "\u00a0"
        )
    )


def _step(value: Decimal) -> Decimal:
    return MILLION * 1000 if abs(value) >= MILLION * 1000 else MILLION


def span(voice: Voice, low: Decimal, high: Decimal) -> str:
    """A range as figures: 200–400, or the one number."""
    if low == high:
        return said(voice, low)
    return f"{said(voice, low)}–{said(voice, high)}"


def measured(voice: Voice, value: Decimal | int, unit: str) -> str:
    """A number and its unit, with a space that does not break."""
    number = said(voice, value)
    if not unit:
        return number
    # Spanish counts millions of something.
    of = "de\u00a0" if voice.locale.language == "es" and not number[-1].isdigit() else ""
    return f"{number}\u00a0{of}{unit}"


def share(voice: Voice, part: float) -> str:
    """A part of one as a percentage."""
    return voice.numerals(format_percent(round(part, 2), locale=voice.locale))


def day(voice: Voice, on: date) -> str:
    """A day in full: 30 September 2026."""
    return voice.numerals(format_date(on, "long", locale=voice.locale))


def short_day(voice: Voice, on: date) -> str:
    """A day for lists and tables: 30 Sep 2026."""
    return voice.dated(on, 3)


def month(voice: Voice, on: date) -> str:
    """A month and its year: September 2026."""
    noon = datetime.combine(on, time(12))
    return voice.numerals(format_skeleton("yMMMM", noon, locale=voice.locale, fuzzy=True))
