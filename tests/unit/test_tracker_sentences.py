"""The answer to a tracker's question in one sentence: every situation in every language that has a module."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.figures.facts import Goal
from dateline.newsroom.trackers.figures.forecast import Forecast, Span
from dateline.newsroom.trackers.sayings import forecast_said
from dateline.newsroom.trackers.sentences import answer
from dateline.newsroom.trackers.situation import MOST_DAYS, GoalSituation, PositionsSituation, State
from dateline.newsroom.trackers.writing import measured, said, span

ENGLISH, SPANISH = Voice("en", "Europe/London"), Voice("es", "America/Bogota")
ARABIC, FRENCH = Voice("ar", "Asia/Beirut", "arab"), Voice("fr", "Europe/Paris")
VOICES = {"en": ENGLISH, "es": SPANISH, "ar": ARABIC}

DUE = date(2026, 9, 30)


def goal(state: State, on: date, low: int = 200, high: int = 400, met_on: date | None = None) -> GoalSituation:
    return GoalSituation(state, Decimal(low), Decimal(high), Decimal(700), "staff", DUE, on, met_on)


SITUATIONS: dict[str, tuple[GoalSituation, dict[str, str]]] = {
    "not begun": (
        goal(State.NOT_BEGUN, date(2026, 1, 1), 0, 0),
        {
            "en": "It has not begun: 700 staff are promised by 30 September 2026.",
            "es": "Aún no ha empezado: la promesa es de 700 staff para el 30 de septiembre de 2026.",
            "ar": "لم يبدأ بعد: الموعود ٧٠٠ staff بحلول ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "nothing known": (
        goal(State.NOTHING_KNOWN, date(2026, 5, 1), 0, 0),
        {
            "en": "It cannot be said: nothing has been counted yet towards the 700 staff due by 30 September 2026.",
            "es": "No se puede decir: aún no consta nada de lo prometido, 700 staff para el 30 de septiembre de 2026.",
            "ar": "لا يمكن القول: لم يُحصَ شيء بعد من الموعود، وهو ٧٠٠ staff بحلول ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "on pace": (
        goal(State.ON_PACE, date(2026, 9, 20), 650, 650),
        {
            "en": "With 10 days to go, the total stands at 650 of 700 staff, which keeps pace with 30 September 2026.",
            "es": "Faltan 10 días y el total es de 650 sobre 700 staff, a buen ritmo para el 30 de septiembre de 2026.",
            "ar": "قبل ١٠ أيام من الموعد، يبلغ المجموع ٦٥٠ من أصل ٧٠٠ staff، وهي وتيرة تكفي لبلوغه في ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "behind, a day left": (
        goal(State.BEHIND, date(2026, 9, 29)),
        {
            "en": "With one day to go, the total stands at between 200 and 400 of 700 staff, behind the pace that "
            "30 September 2026 asks for.",
            "es": "Falta un día y el total es de entre 200 y 400 sobre 700 staff, por debajo del ritmo que exige el "
            "30 de septiembre de 2026.",
            "ar": "قبل يوم واحد من الموعد، يبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff، وهي وتيرة أبطأ مما يتطلبه "
            "موعد ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "under way, two days left": (
        goal(State.UNDER_WAY, date(2026, 9, 28)),
        {
            "en": "With 2 days to go, the total stands at between 200 and 400 of 700 staff; whether that "
            "keeps pace with "
            "30 September 2026 cannot be said.",
            "es": "Faltan 2 días y el total es de entre 200 y 400 sobre 700 staff; no se puede decir si es "
            "el ritmo que "
            "exige el 30 de septiembre de 2026.",
            "ar": "قبل يومين من الموعد، يبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff، ولا يمكن القول إن كانت الوتيرة "
            "تكفي لبلوغه في ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "due today": (
        goal(State.BEHIND, DUE),
        {
            "en": "Due today, the total stands at between 200 and 400 of 700 staff, behind the pace that "
            "30 September 2026 asks for.",
            "es": "El plazo vence hoy y el total es de entre 200 y 400 sobre 700 staff, por debajo del ritmo "
            "que exige el "
            "30 de septiembre de 2026.",
            "ar": "الموعد اليوم، ويبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff، وهي وتيرة أبطأ مما يتطلبه موعد "
            "٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "late": (
        goal(State.LATE, date(2026, 10, 11)),
        {
            "en": "11 days after it was due, on 30 September 2026, the total stands at between 200 and 400 "
            "of 700 staff.",
            "es": "11 días después del plazo, el 30 de septiembre de 2026, el total es de entre 200 y 400 "
            "sobre 700 staff.",
            "ar": "بعد ١١ يومًا من موعده في ٣٠ أيلول ٢٠٢٦، يبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff.",
        },
    ),
    "late, one day": (
        goal(State.LATE, date(2026, 10, 1)),
        {
            "en": "One day after it was due, on 30 September 2026, the total stands at between 200 and 400 "
            "of 700 staff.",
            "es": "Un día después del plazo, el 30 de septiembre de 2026, el total es de entre 200 y 400 "
            "sobre 700 staff.",
            "ar": "بعد يوم واحد من موعده في ٣٠ أيلول ٢٠٢٦، يبلغ المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff.",
        },
    ),
    "late for long": (
        goal(State.LATE, date(2027, 9, 30), 0, 0),
        {
            "en": "It was due on 30 September 2026, and the total still stands at 0 of 700 staff.",
            "es": "El plazo venció el 30 de septiembre de 2026 y el total sigue siendo de 0 sobre 700 staff.",
            "ar": "كان موعده ٣٠ أيلول ٢٠٢٦، وما زال المجموع ٠ من أصل ٧٠٠ staff.",
        },
    ),
    "met": (
        goal(State.MET, date(2026, 12, 1), 700, 700, date(2026, 9, 27)),
        {
            "en": "It is met: 700 staff were reached on 27 September 2026, 3 days before it was due.",
            "es": "Se ha cumplido: el total llegó a 700 staff el 27 de septiembre de 2026, 3 días antes del plazo.",
            "ar": "تحقق: بلغ المجموع ٧٠٠ staff في ٢٧ أيلول ٢٠٢٦، قبل موعده بـ٣ أيام.",
        },
    ),
    "met on the day": (
        goal(State.MET, date(2026, 12, 1), 700, 720, DUE),
        {
            "en": "It is met: 700 staff were reached on 30 September 2026, on the day it was due.",
            "es": "Se ha cumplido: el total llegó a 700 staff el 30 de septiembre de 2026, el mismo día del plazo.",
            "ar": "تحقق: بلغ المجموع ٧٠٠ staff في ٣٠ أيلول ٢٠٢٦، في يوم موعده.",
        },
    ),
    "met two days early": (
        goal(State.MET, date(2026, 12, 1), 700, 720, date(2026, 9, 28)),
        {
            "en": "It is met: 700 staff were reached on 28 September 2026, 2 days before it was due.",
            "es": "Se ha cumplido: el total llegó a 700 staff el 28 de septiembre de 2026, 2 días antes del plazo.",
            "ar": "تحقق: بلغ المجموع ٧٠٠ staff في ٢٨ أيلول ٢٠٢٦، قبل موعده بيومين.",
        },
    ),
    "met late": (
        goal(State.MET_LATE, date(2027, 2, 1), 710, 710, DUE + timedelta(100)),
        {
            "en": "It was met late: 700 staff were reached on 8 January 2027, 100 days after 30 September 2026.",
            "es": "Se cumplió tarde: el total llegó a 700 staff el 8 de enero de 2027, 100 días después del "
            "30 de septiembre de 2026.",
            "ar": "تحقق متأخرًا: بلغ المجموع ٧٠٠ staff في ٨ كانون الثاني ٢٠٢٧، بعد ١٠٠ يوم من موعده في ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "cannot be said": (
        goal(State.UNSAID, date(2026, 10, 10), 600, 800),
        {
            "en": "It cannot be said: the total is between 600 and 800, and 700 staff were promised by 30 "
            "September 2026.",
            "es": "No se puede decir: el total es de entre 600 y 800 y se prometieron 700 staff para el "
            "30 de septiembre de 2026.",
            "ar": "لا يمكن القول: المجموع ما بين ٦٠٠ و٨٠٠، والموعود ٧٠٠ staff بحلول ٣٠ أيلول ٢٠٢٦.",
        },
    ),
    "closed": (
        goal(State.CLOSED, date(2027, 1, 1)),
        {
            "en": "It was not met: the last total is between 200 and 400 of the 700 staff promised by 30 "
            "September 2026.",
            "es": "No se cumplió: el último total es de entre 200 y 400 sobre 700 staff, prometidos para el "
            "30 de septiembre de 2026.",
            "ar": "لم يتحقق: آخر مجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠ staff بحلول ٣٠ أيلول ٢٠٢٦.",
        },
    ),
}

POSITIONS: dict[str, tuple[PositionsSituation, dict[str, str]]] = {
    "all kinds": (
        PositionsSituation(50, 31, 4, 6, 5, 4),
        {
            "en": "31 of 50 are for, 4 against, 6 for it on conditions, 5 undecided and 4 silent.",
            "es": "31 de 50 están a favor, 4 en contra, 6 a favor con condiciones, 5 sin decidir y 4 en silencio.",
            "ar": "يؤيده ٣١ من أصل ٥٠ طرفًا، ويعارضه ٤، ويؤيده بشروط ٦، ولم يحسم أمره ٥، ويلتزم الصمت ٤.",
        },
    ),
    "one for": (
        PositionsSituation(7, 1, 6),
        {
            "en": "1 of 7 is for and 6 against.",
            "es": "1 de 7 está a favor y 6 en contra.",
            "ar": "يؤيده ١ من أصل ٧ أطراف، ويعارضه ٦.",
        },
    ),
    "none for": (
        PositionsSituation(102, 0, 100, 0, 2),
        {
            "en": "None of 102 is for, 100 against and 2 undecided.",
            "es": "Ninguna de 102 está a favor, 100 en contra y 2 sin decidir.",
            "ar": "لا يؤيده أحد من أصل ١٠٢ طرف، ويعارضه ١٠٠، ولم يحسم أمره ٢.",
        },
    ),
    "all for": (
        PositionsSituation(12, 12),
        {
            "en": "All 12 are for it.",
            "es": "Las 12 partes están a favor.",
            "ar": "يؤيده الجميع، وهم ١٢ طرفًا.",
        },
    ),
    "both against": (
        PositionsSituation(2, 0, 2),
        {"en": "All 2 are against it.", "es": "Las 2 partes están en contra.", "ar": "يعارضه الجميع، وهم طرفان."},
    ),
    "nobody has spoken": (
        PositionsSituation(11, silent=11),
        {
            "en": "None of the 11 has taken a position yet.",
            "es": "Ninguna de las 11 partes ha tomado posición.",
            "ar": "لم يتخذ أحد موقفًا بعد من أصل ١١ طرفًا.",
        },
    ),
    "nobody is known": (
        PositionsSituation(0),
        {
            "en": "It cannot be said: no party is known yet.",
            "es": "No se puede decir: aún no consta ninguna parte.",
            "ar": "لا يمكن القول: لا يُعرف أي طرف بعد.",
        },
    ),
}


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("name", [*SITUATIONS, *POSITIONS])
def test_every_situation_has_its_sentence(name: str, language: str) -> None:
    situation, sentences = (SITUATIONS | POSITIONS)[name]
    assert answer(situation, VOICES[language]).replace("\u00a0", " ") == sentences[language]


def test_the_table_has_every_state() -> None:
    assert {situation.state for situation, _sentences in SITUATIONS.values()} == set(State)


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "يوم واحد"), (2, "يومين"), (3, "٣ أيام"), (10, "١٠ أيام"), (11, "١١ يومًا"), (92, "٩٢ يومًا")],
)
def test_arabic_counts_days_in_the_form_their_number_asks_for(days: int, said: str) -> None:
    late = goal(State.LATE, DUE + timedelta(days))
    assert answer(late, ARABIC).startswith(f"بعد {said} من موعده")


@pytest.mark.parametrize(
    ("state", "on", "counts"),
    [
        (State.ON_PACE, date(2026, 9, 1), True),
        (State.LATE, DUE + timedelta(MOST_DAYS), True),
        (State.LATE, DUE + timedelta(MOST_DAYS + 1), False),
        (State.MET, date(2026, 9, 1), False),
        (State.UNSAID, date(2026, 12, 1), False),
    ],
)
def test_a_sentence_that_does_not_count_days_is_the_same_tomorrow(state: State, on: date, counts: bool) -> None:
    today, tomorrow = goal(state, on), goal(state, on + timedelta(1))
    assert today.counts_days is counts
    for voice in VOICES.values():
        assert (answer(today, voice) == answer(tomorrow, voice)) is not counts


def test_other_languages_have_neutral_words() -> None:
    with override("fr"):
        late = answer(goal(State.LATE, date(2026, 10, 11)), FRENCH)
        begun = answer(goal(State.NOT_BEGUN, date(2026, 1, 1), 0, 0), FRENCH)
        stands = answer(PositionsSituation(50, 31, 4), FRENCH)
    assert late.replace("\u00a0", " ") == "Late: 200–400 of 700 staff, due 30 septembre 2026."
    assert begun.replace("\u00a0", " ") == "Not begun: 700 staff, due 30 septembre 2026."
    assert stands == "for: 31, against: 4 (of 50)."


def test_an_edition_without_its_own_digits_writes_latin_ones() -> None:
    late = answer(goal(State.LATE, date(2026, 10, 11)), Voice("ar", "Africa/Cairo", "latn"))
    assert "ما بين 200 و400 من أصل 700" in late


@pytest.mark.parametrize(
    ("number", "english", "spanish", "arabic"),
    [
        ("12500000", "12.5 million", "12,5 millones", "١٢,٥ مليون"),
        ("1234567", "1,234,567", "1.234.567", "١.٢٣٤.٥٦٧"),
        ("3000000000", "3 billion", "3 mil millones", "٣ مليار"),
        ("0.5", "0.5", "0,5", "٠,٥"),
        ("700.0000", "700", "700", "٧٠٠"),
    ],
)
def test_large_numbers_are_words_where_nothing_is_lost(number: str, english: str, spanish: str, arabic: str) -> None:
    for voice, expected in ((ENGLISH, english), (SPANISH, spanish), (ARABIC, arabic)):
        assert said(voice, Decimal(number)).replace("\u00a0", " ") == expected


def test_units_stand_behind_their_numbers() -> None:
    assert measured(ENGLISH, Decimal(2000000), "USD").replace("\u00a0", " ") == "2 million USD"
    assert measured(SPANISH, Decimal(2000000), "USD").replace("\u00a0", " ") == "2 millones de USD"
    assert span(ENGLISH, Decimal(200), Decimal(400)) == "200–400"
    assert span(ENGLISH, Decimal(200), Decimal(200)) == "200"


@pytest.mark.parametrize(
    ("pace", "said_so"),
    [
        (4.26, "about 4.3 USD a month"),
        (49.3, "about 49 USD a month"),
        (987.0, "about 990 USD a month"),
        (12_345.6, "about 12,000 USD a month"),
        (119_230_769.0, "about 120 million USD a month"),
    ],
)
def test_a_pace_is_said_as_roughly_as_it_is_known(pace: float, said_so: str) -> None:
    span = Span(date(2027, 5, 1), date(2027, 9, 1))
    seen = Forecast(None, date(2027, 7, 1), span, Span(date(2027, 3, 1), None), pace, 12)
    told = forecast_said(seen, Goal(Decimal(2_400_000_000), "USD", date(2026, 2, 1), DUE), ENGLISH)
    assert said_so in told.replace("\u00a0", " ")
