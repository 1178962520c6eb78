"""Signs between words: taken out, or said."""

import re
import unicodedata

from dateline.newsroom.listen.spelling.languages import Language

#: Directions, joiners and soft hyphens: they are for the eye.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640]")
_DIGITS = {ord(sign): str(at % 10) for at, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SEPARATORS = str.maketrans({"٫": ".", "٬": ",", "٪": "%", "−": "-", "‒": "–", "‑": "-"})
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)(?:www\.)?([\w-]+(?:\.[\w-]+)+)\S*", re.IGNORECASE)
_MAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_HANDLE = re.compile(r"(?<!\w)@(\w+)")
_HASHTAG = re.compile(r"(?<!\w)#(\w+)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")


def plain(text: str) -> str:
    """The text in one form: composed letters, ASCII digits, single spaces, no marks that only the eye needs."""
    text = _FOOTNOTE.sub("", text)
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).translate(_DIGITS)
    text = _arabic_separators(text)
    # "COVID-19" is a word and a number.
    text = re.sub(r"(?<=[^\W\d_])-(?=\d)", " ", text)
    return _SPACES.sub(" ", text).strip()


def _arabic_separators(text: str) -> str:
    # In Arabic figures the decimal sign and the one between thousands are signs of their own.
    text = re.sub(r"(?<=\d)٬(?=\d{3})", "", text)
    return text.translate(_SEPARATORS)


def spell_signs(text: str, language: Language) -> str:
    """What is left of signs once figures are words: addresses, ampersands, slashes, dashes."""
    text = _MAIL.sub(lambda m: f"{_dotted(m[1], language)} {language.at} {_dotted(m[2], language)}", text)
    text = _ADDRESS.sub(lambda m: _dotted(m[1], language), text)
    text = _HANDLE.sub(lambda m: m[1].replace("_", " "), text)
    text = _HASHTAG.sub(lambda m: f"{language.hashtag} {m[1].replace('_', ' ')}", text)
    text = text.replace("&", f" {language.and_} ").replace("%", f" {language.percent} ")
    text = re.sub(r"(?<=\w)/(?=\w)", " ", text)
    text = re.sub(r"\s+[–—-]\s+|(?<=\w)—(?=\w)", ", ", text)
    # Quotation marks of every kind sound like nothing; some engines name them.
    text = re.sub(r"[\"“”„«»‹›<>*_|\\^~{}\[\]=#@§¶†‡•·…]+", lambda m: "," if "…" in m[0] else " ", text)
    return re.sub(r"\s+([,.;:!?،؛؟])", r"\1", text)


def _dotted(name: str, language: Language) -> str:
    return name.replace(".", f" {language.dot} ").replace("-", " ")
