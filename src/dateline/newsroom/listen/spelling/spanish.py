"""How Spanish says what is written short."""

import re

from num2words import num2words

from dateline.newsroom.listen.spelling.languages import Language

_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_LETTERS = "a be ce de e efe ge hache i jota ka ele eme ene o pe cu erre ese te u uve doble-ve equis ye zeta".split()


def cardinal(value: int) -> str:
    return str(num2words(value, lang="es"))


def ordinal(value: int) -> str:
    return str(num2words(value, lang="es", to="ordinal")) if value <= 20 else cardinal(value)


def date(day: int, month: int, of_year: int | None) -> str:
    first = "primero" if day == 1 else cardinal(day)
    return f"{first} de {_MONTHS[month - 1]}" + (f" de {cardinal(of_year)}" if of_year else "")


def clock(hour: int, minute: int) -> str:
    said = "una" if hour == 1 else cardinal(hour).replace("veintiuno", "veintiuna")
    if minute == 0:
        return said
    named = {15: "cuarto", 30: "media"} if hour <= 12 else {}
    return f"{said} y {named.get(minute) or cardinal(minute)}"


def as_words(name: str) -> bool:
    """Three letters and more with vowels between them are read as a word: ONU, OTAN, OPEP."""
    return (
        len(name) >= 3
        and re.fullmatch(r"[^AEIOU]?(?:[AEIOU][^AEIOU]{1,2})+[AEIOU]?|[^AEIOU][AEIOU][^AEIOU]?[AEIOU]?", name)
        is not None
    )


def before_noun(said: str) -> str:
    """ "Uno" is shortened before what is counted."""
    return re.sub(r"uno$", lambda m: "ún" if said.endswith("veintiuno") else "un", said).replace(
        "veintiuno", "veintiún"
    )


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written]
    return sum(-v if any(v < later for later in values[at + 1 : at + 2]) else v for at, v in enumerate(values))


def _century(match: "re.Match[str]") -> str:
    return f"{match[1]} {cardinal(roman(match[2]))}"


def _numbered(match: "re.Match[str]") -> str:
    value = roman(match[2])
    return f"{match[1]} {ordinal(value) if value <= 10 else cardinal(value)}"


LANGUAGE = Language(
    code="es",
    cardinal=cardinal,
    ordinal=ordinal,
    year=cardinal,
    date=date,
    clock=clock,
    as_words=as_words,
    point="coma",
    percent="por ciento",
    degrees="grados",
    minus="menos",
    to="a",
    and_="y",
    at="arroba",
    dot="punto",
    hashtag="numeral",
    decimal=",",
    shortened={
        "sr.": "señor",
        "sra.": "señora",
        "srta.": "señorita",
        "sres.": "señores",
        "dr.": "doctor",
        "dra.": "doctora",
        "lic.": "licenciado",
        "ing.": "ingeniero",
        "gral.": "general",
        "prof.": "profesor",
        "ud.": "usted",
        "uds.": "ustedes",
        "etc.": "etcétera",
        "ee. uu.": "Estados Unidos",
        "ee.uu.": "Estados Unidos",
        "ee uu": "Estados Unidos",
        "eeuu": "Estados Unidos",
        "p. ej.": "por ejemplo",
        "a. m.": "de la mañana",
        "a.m.": "de la mañana",
        "p. m.": "de la tarde",
        "p.m.": "de la tarde",
        "a. c.": "antes de Cristo",
        "d. c.": "después de Cristo",
        "núm.": "número",
        "pág.": "página",
        "av.": "avenida",
        "aprox.": "aproximadamente",
    },
    scales={"mil": 3, "millón": 6, "millones": 6, "mm": 6, "billones": 12, "billón": 12},
    says={
        "COVID": "covid",
        "SIDA": "sida",
        "UE": "u e",
        "IA": "i a",
        "EEUU": "Estados Unidos",
        "NASA": "nasa",
        "UNICEF": "unicef",
    },
    letters=dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (name.replace("-", " ") for name in _LETTERS), strict=True))
    | {"Ñ": "eñe"},
    months={name: at for at, name in enumerate(_MONTHS, 1)} | {"setiembre": 9},
    ordinals=r"\b(\d{1,2})\.?[ºª°](?!\s?[CF]\b)",
    before_noun=before_noun,
    rules=(
        (r"\b([Ss]iglos?) ([IVXLC]+)\b", _century),
        (r"\b([A-ZÁÉÍÓÚ][a-záéíóúñ]+) ((?:X{0,2})(?:IX|IV|V?I{1,3}|V|X))\b", _numbered),
    ),
)
