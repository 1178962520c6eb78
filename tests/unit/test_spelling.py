"""What is written short is read aloud in words, in each language's own way."""

import pytest

from dateline.newsroom.listen.spelling import spell

ENGLISH = [
    ("On 23 November 2026 it rained.", "On November twenty third, twenty twenty six it rained."),
    ("On Jan. 5 he left.", "On January fifth he left."),
    ("Since 1998, in the 2020s.", "Since nineteen ninety eight, in the twenty twenties."),
    ("2026-11-23", "November twenty third, twenty twenty six"),
    ("13/02/2025", "February thirteenth, twenty twenty five"),
    ("02/13/2025", "February thirteenth, twenty twenty five"),
    ("It closed at 17:30.", "It closed at seventeen thirty."),
    ("At 9:05 and 12:00.", "At nine oh five and twelve o'clock."),
    ("It cost $5.3m.", "It cost five point three million U S dollars."),
    ("It cost £1, then €1,200.", "It cost one British pound, then one thousand two hundred euros."),
    ("a budget of US$2bn", "a budget of two billion U S dollars"),
    ("EUR 20 or 20 EUR", "twenty euros or twenty euros"),
    ("up 2.5%, down -3%", "up two point five percent, down minus three percent"),
    ("10–12 km at 30 km/h", "ten to twelve kilometers at thirty kilometers per hour"),
    ("1 kg and 15 °C", "one kilogram and fifteen degrees Celsius"),
    ("the 3rd of 1,250,000", "the third of one million two hundred and fifty thousand"),
    ("1/3 of them", "one third of them"),
    ("3.14159", "three point one four one five nine"),
    ("Call 0800 now", "Call zero eight zero zero now"),
    ("He won 3-1.", "He won three to one."),
    ("the G7 and COVID-19", "the G seven and Covid nineteen"),
    ("NATO, UNESCO, the UN and the BBC", "Nato, Unesco, the U N and the B B C"),
    ("the U.S. and two MPs", "the U S and two M P's"),
    ("Dr. Smith vs. Mr. Jones", "Doctor Smith versus Mister Jones"),
    ("at 5 p.m.", "at five P M"),
    ("R&D and and/or", "R and D and and or"),
    ("www.example.org/a?b=c", "example dot org"),
    ("write to me@news.org", "write to me at news dot org"),
    ("“Quoted” — and said", "Quoted, and said"),
    ("BREAKING NEWS FROM THE RIVER", "breaking news from the river"),
    ("99999999999999999999", " ".join(["nine"] * 20)),
    ("It opens.[12]", "It opens."),
]

SPANISH = [
    ("El 23 de noviembre de 2026", "El veintitrés de noviembre de dos mil veintiséis"),
    ("El 1 de mayo a las 9:15 h", "El primero de mayo a las nueve y cuarto"),
    ("a las 17:30", "a las diecisiete y treinta"),
    ("EE. UU. pagó 5,3 millones de euros", "Estados Unidos pagó cinco coma tres millones de euros"),
    ("1.250 personas y 1.250,5", "mil doscientos cincuenta personas y mil doscientos cincuenta coma cinco"),
    ("un 2,5%", "un dos coma cinco por ciento"),
    ("Costó $1 y 21 USD", "Costó un dólar estadounidense y veintiún dólares estadounidenses"),
    ("3 millones de €", "tres millones de €"),
    ("12 km a 30 km/h y -5 °C", "doce kilómetros a treinta kilómetros por hora y menos cinco grados Celsius"),
    ("El siglo XXI y Felipe VI", "El siglo veintiuno y Felipe sexto"),
    ("La ONU, la OTAN y el PSG", "La Onu, la Otan y el pe ese ge"),
    ("el Sr. García llegó 3.º", "el señor García llegó tercero"),
    ("13/02/2025", "trece de febrero de dos mil veinticinco"),
    ("entre 2019 y 2021", "entre dos mil diecinueve y dos mil veintiuno"),
]

ARABIC = [
    ("في ٢٣ نوفمبر ٢٠٢٦", "في ثلاثة وعشرون نوفمبر ألفان وستة وعشرون"),
    ("٥ تشرين الثاني", "خمسة نوفمبر"),
    ("الساعة 17:30", "الساعة الخامسة والنصف"),
    ("٥٫٣ مليون", "خمسة فاصلة ثلاثة مليون"),
    ("١٬٢٥٠ شخصا", "ألف ومئتان وخمسون شخصا"),
    ("٢٫٥٪", "اثنان فاصلة خمسة في المئة"),
    ("بين 10 و12", "بين عشرة واثنا عشر"),
    ("مع BBC", "مع بي بي سي"),
    ("قال د. أحمد", "قال الدكتور أحمد"),
    ("15 °C", "خمسة عشر درجة مئوية"),
    ("المســـافة 12 كم", "المسافة اثنا عشر كيلومتر"),
]


@pytest.mark.parametrize(
    ("code", "written", "said"),
    [(code, *case) for code, cases in (("en", ENGLISH), ("es-419", SPANISH), ("ar", ARABIC)) for case in cases],
)
def test_what_is_written_short_is_said_in_words(code: str, written: str, said: str) -> None:
    assert spell(written, code) == said


@pytest.mark.parametrize("code", ["en", "es", "ar"])
@pytest.mark.parametrize(
    "written",
    ["", "…", "«»", "1.2.3.4.5", "0", "00:00", "31/31/2025", "$", "٪", "1,2,3", "-", "5" * 400, "a\x00b", "١" * 40],
)
def test_whatever_is_written_something_is_said_and_no_figure_is_left(code: str, written: str) -> None:
    assert not any(letter.isdigit() for letter in spell(written, code))


def test_a_language_without_tables_is_left_to_its_voice() -> None:
    assert spell("Il pleut 3 fois\u00ad.", "fr") == "Il pleut 3 fois."
