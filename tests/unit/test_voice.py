"""How editions write: direction, names of languages, times, numbers, reading time."""

from datetime import UTC, date, datetime

import pytest

from dateline.newsroom.editions.languages import babel_locale, direction_of, own_name, reading_minutes
from dateline.newsroom.editions.voice import Voice

NOON = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("ur-PK", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("pa-Guru-IN", "ltr"),
        ("es-419", "ltr"),
    ],
)
def test_direction_follows_the_script_and_then_the_language(code: str, direction: str) -> None:
    assert direction_of(code) == direction


@pytest.mark.parametrize(
    ("code", "name"), [("es", "Español"), ("fr", "Français"), ("en", "English"), ("sw", "Kiswahili")]
)
def test_a_language_is_named_in_itself(code: str, name: str) -> None:
    assert own_name(code) == name


def test_an_unknown_language_is_written_as_english_is() -> None:
    assert babel_locale("xx-YY").language == "en"
    assert babel_locale("es-XX").language == "es"


@pytest.mark.parametrize(("words", "code", "minutes"), [(0, "en", 1), (228, "en", 1), (690, "ar", 5), (690, "en", 3)])
def test_reading_time_is_the_languages_own(words: int, code: str, minutes: int) -> None:
    assert reading_minutes(words, code) == minutes


def test_a_moment_is_told_where_the_clock_hangs() -> None:
    beirut, bogota = Voice("ar", "Asia/Beirut", "arab"), Voice("es", "America/Bogota")
    assert beirut.day(NOON) == date(2026, 11, 23)
    assert bogota.day(NOON) == date(2026, 11, 22)
    assert beirut.clock(NOON) == "٠٠:٣٠"
    assert bogota.clock(NOON) == "17:30"
    assert "تشرين الثاني" in beirut.calendar(NOON)
    assert "نوفمبر" in Voice("ar", "Africa/Cairo").calendar(NOON)


def test_english_puts_the_day_first_but_in_america() -> None:
    assert Voice("en", "Europe/London").calendar(NOON).startswith("22 Nov")
    assert Voice("en", "America/New_York").calendar(NOON).startswith("Nov 22")


def test_a_list_shows_clocks_for_its_newest_day_and_dates_before_it() -> None:
    voice = Voice("en", "UTC")
    assert voice.moment(NOON, beside=date(2026, 11, 22)).short == "22:30"
    assert voice.moment(NOON, beside=date(2026, 11, 23)).short == "22 Nov"
    assert voice.moment(NOON, beside=date(2027, 1, 1)).short == "22 Nov 2026"
    assert voice.moment(NOON).full == "22 Nov 2026, 22:30"
    assert voice.moment(NOON).iso == "2026-11-22T22:30:00+00:00"


def test_numbers_are_grouped_and_written_in_the_editions_digits() -> None:
    assert Voice("en", "Europe/London").number(12345) == "12,345"
    assert Voice("es", "Europe/Madrid").number(12345) == "12.345"
    assert Voice("ar", "Asia/Beirut", "arab").number(12) == "١٢"
    assert Voice("ar", "Asia/Beirut").number(12) == "12"
