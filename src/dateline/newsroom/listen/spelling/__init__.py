"""Writing text out as it is read aloud: numbers, dates, times, money, measures, abbreviations and acronyms in words."""

from dateline.newsroom.listen.spelling.figures import spell_figures
from dateline.newsroom.listen.spelling.languages import language_of
from dateline.newsroom.listen.spelling.shortened import spell_acronyms, spell_shortened
from dateline.newsroom.listen.spelling.signs import plain, spell_signs


def spell(text: str, code: str) -> str:
    """The text in words.

    Args:
        text: a sentence, in any script, with figures in any digits.
        code: its language, such as "es" or "es-419". Of a language that has no tables here only the signs are tidied.
    """
    language = language_of(code)
    text = plain(text)
    if language is None:
        return text
    text = spell_shortened(text, language)
    text = spell_figures(text, language)
    text = spell_signs(text, language)
    return " ".join(spell_acronyms(text, language).split())
