"""How Arabic says what is written short."""

import re

from num2words import num2words

from dateline.newsroom.listen.spelling.languages import Language

_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
#: The names of the months in the Levant and Iraq.
_EASTERN = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_WESTERN = {
    "جانفي": 1,
    "فيفري": 2,
    "أفريل": 4,
    "ماي": 5,
    "جوان": 6,
    "جويلية": 7,
    "أوت": 8,
    "ابريل": 4,
    "إبريل": 4,
    "اغسطس": 8,
    "اكتوبر": 10,
}
_LETTERS = "إيه بي سي دي إي إف جي إتش آي جيه كيه إل إم إن أو بي كيو آر إس تي يو في دبليو إكس واي زد".split()
_HOURS = (
    "الثانية عشرة",
    "الواحدة",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
    "الحادية عشرة",
)


def cardinal(value: int) -> str:
    said = str(num2words(value, lang="ar")).strip()
    # "And" is written onto the word that follows it.
    return re.sub(r"\bو\s+", "و", said)


def ordinal(value: int) -> str:
    return str(num2words(value, lang="ar", to="ordinal")).strip() if value <= 20 else cardinal(value)


def date(day: int, month: int, of_year: int | None) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]}" + (f" {cardinal(of_year)}" if of_year else "")


def clock(hour: int, minute: int) -> str:
    said = _HOURS[hour % 12]
    if minute == 0:
        return said
    named = {15: "والربع", 30: "والنصف"}
    return f"{said} {named.get(minute) or f'و{cardinal(minute)} دقيقة'}"


LANGUAGE = Language(
    code="ar",
    cardinal=cardinal,
    ordinal=ordinal,
    year=cardinal,
    date=date,
    clock=clock,
    as_words=lambda _name: False,
    point="فاصلة",
    percent="في المئة",
    degrees="درجة",
    minus="ناقص",
    to="إلى",
    and_="و",
    at="آت",
    dot="نقطة",
    hashtag="وسم",
    decimal=".",
    clitics="وفبلك",
    shortened={
        "د.": "الدكتور",
        "م.": "المهندس",
        "أ.": "الأستاذ",
        "أ.د.": "الأستاذ الدكتور",
        "إلخ": "إلى آخره",
        "ق.م": "قبل الميلاد",
        "كم/س": "كيلومترا في الساعة",
        "كلم": "كيلومتر",
        "كم": "كيلومتر",
        "كغ": "كيلوغرام",
        "كجم": "كيلوغرام",
    },
    scales={"ألف": 3, "آلاف": 3, "مليون": 6, "ملايين": 6, "مليار": 9, "مليارات": 9, "تريليون": 12},
    letters=dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTERS, strict=True)),
    months={
        **{name: at for at, name in enumerate(_MONTHS, 1)},
        **{name: at for at, name in enumerate(_EASTERN, 1)},
        **_WESTERN,
    },
)
