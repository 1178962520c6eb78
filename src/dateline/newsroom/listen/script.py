"""What is read aloud of a story: its sentences as the page shows them and as they are said, and the pauses between."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from lxml import html as markup

from dateline.newsroom.listen.spelling import spell
from dateline.newsroom.listen.voices import Voice

#: Another number makes every sound anew: what is said or how it is encoded has changed.
EDITION_OF_SOUND = 2

#: Seconds of quiet after a sentence, a paragraph, a heading, the headline.
SENTENCE, PARAGRAPH, HEADING, TITLE = 0.32, 0.6, 0.75, 0.9

#: Words of the longest story that is read aloud: at 160 a minute, five hours.
MOST_WORDS = 50_000

#: Letters of the longest piece that an engine is given at once.
LONGEST = 600

_BLOCKS = "p, li, h2, h3, h4, blockquote, td, th".replace(" ", "").split(",")
_SPEAKABLE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as the page shows it, spaces as one; `spoken` as it is said; `pause` in seconds after it."""

    text: str
    spoken: str
    pause: float


class TooLong(ValueError):
    """A story with more words than are read aloud."""


def script_of(
    headline: str, standfirst: str, body: Sequence[Any], language: str, words: Sequence[tuple[str, str]] = ()
) -> tuple[Sentence, ...]:
    """The sentences of a story.

    Args:
        body: the body's raw blocks.
        language: code of the edition's language.
        words: the edition's pronunciations, word and what is said.

    Raises:
        TooLong: it has more than MOST_WORDS.
    """
    return _script(_passages(headline, standfirst, body), language, words)


def script_of_cards(
    title: str, cards: Iterable[Sequence[str]], language: str, words: Sequence[tuple[str, str]], most: int
) -> tuple[Sentence, ...]:
    """The sentences of cards, each a heading and a text; of every text as many as fit in `most` words, but one."""

    def passages() -> Iterator[tuple[str, float]]:
        yield _tidy(title), TITLE
        for heading, text in cards:
            yield _tidy(heading), HEADING
            parts: list[str] = []
            count = 0
            for part in sentences(_tidy(text), language):
                count += part.count(" ") + 1
                if parts and count > most:
                    break
                parts.append(part)
            yield " ".join(parts), TITLE

    return _script(passages(), language, words)


def _script(
    passages: Iterable[tuple[str, float]], language: str, words: Sequence[tuple[str, str]]
) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    count = 0
    for text, pause in passages:
        count += text.count(" ") + 1
        if count > MOST_WORDS:
            raise TooLong(_("It has more than %(number)s words.") % {"number": f"{MOST_WORDS:,}"})
        parts = [part for part in sentences(text, language) if _SPEAKABLE.search(part)]
        for at, part in enumerate(parts):
            spoken = spell(pronounced(part, tuple(words), language), language)
            if _SPEAKABLE.search(spoken):
                found.append(Sentence(part, spoken, pause if at == len(parts) - 1 else SENTENCE))
    return tuple(found)


def key_of(script: Sequence[Sentence], voice: Voice) -> str:
    """A digest of all that makes the sound."""
    said = [EDITION_OF_SOUND, voice.id, voice.version, [(s.text, s.spoken, s.pause) for s in script]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:40]


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a paragraph, none longer than an engine takes at once."""
    import sentencex

    found: list[str] = []
    for piece in sentencex.segment(language.split("-")[0], text):
        piece = piece.strip()
        if not piece:
            continue
        if found and _belongs_to(found[-1], piece):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [part for sentence in found for part in _bounded(sentence)]


#: A title before a name, a letter before another: no sentence ends there.
_TITLE = re.compile(r"(?:^|[\s(«\"“])(?:[دمأ]|أ\.د|ود)\.$")


def _belongs_to(before: str, piece: str) -> bool:
    return bool(_TITLE.search(before)) or not _SPEAKABLE.search(piece)


def _bounded(sentence: str) -> Iterator[str]:
    """A sentence cut at clauses, and at words where it has none."""
    while len(sentence) > LONGEST:
        head = sentence[:LONGEST]
        cut = max((head.rfind(sign) for sign in (", ", "; ", ": ", "، ", "؛ ", " – ", " — ")), default=-1)
        cut = cut + 1 if cut > LONGEST // 3 else head.rfind(" ")
        cut = cut if cut > 0 else LONGEST
        yield sentence[:cut].strip()
        sentence = sentence[cut:].strip()
    if sentence:
        yield sentence


def _passages(headline: str, standfirst: str, body: Sequence[Any]) -> Iterator[tuple[str, float]]:
    """Every piece of text in the order of the page, and the pause after it. Pull quotes say again what is said."""
    yield _tidy(headline), TITLE
    if standfirst.strip():
        yield _tidy(standfirst), TITLE
    for block in body:
        kind, value = block["type"], block["value"]
        if kind == "text":
            yield from ((text, PARAGRAPH) for text in paragraphs(value))
        elif kind == "heading":
            yield _tidy(value["text"]), HEADING
        elif kind == "quote":
            yield from ((text, PARAGRAPH) for text in paragraphs(value["text"]))
            if value.get("attribution"):
                yield _tidy(value["attribution"]), PARAGRAPH


def paragraphs(fragment: str) -> Iterator[str]:
    """The text of each paragraph and list item of a piece of HTML."""
    if not fragment.strip():
        return
    tree = markup.fragment_fromstring(fragment, create_parent="div")
    blocks = [found for found in tree.iter(*_BLOCKS) if found.find(".//p") is None]
    for found in blocks or [tree]:
        text = _tidy(" ".join(found.itertext()) if found.find(".//br") is not None else found.text_content())
        if text:
            yield text


def _tidy(text: str) -> str:
    return " ".join(text.split())


def pronounced(text: str, words: tuple[tuple[str, str], ...], language: str) -> str:
    """The text with the edition's words as they are said. A word without capitals is found however it is written."""
    if not words:
        return text
    pattern, said = _lexicon(words, language.split("-")[0])
    return pattern.sub(lambda m: m[1] + said.get(m[2], said.get(m[2].lower(), m[2])), text)


@lru_cache(maxsize=16)
def _lexicon(words: tuple[tuple[str, str], ...], language: str) -> tuple["re.Pattern[str]", dict[str, str]]:
    said: dict[str, str] = {}
    for word, spoken in words:
        said.setdefault(word, spoken)
    ordered = sorted(said, key=len, reverse=True)
    each = [re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})" for word in ordered]
    # Arabic writes "and", "so", "with", "like" and "to" onto the word that follows.
    before = "([وفبكل]{0,2})" if language == "ar" else "()"
    return re.compile(rf"(?<!\w){before}({'|'.join(each)})(?!\w)"), said
