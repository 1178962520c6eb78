"""What a reader typed, as something to look for."""

import re
from dataclasses import dataclass, field

from modelsearch.query import SearchQuery

from dateline.newsroom.find.words import Word, words_of

#: Characters of a query that are read, and words that are looked for.
LONGEST, MOST_WORDS = 200, 12

_QUOTED = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]')

#: Words that say nothing of what a text is about. They count within quotes, and where nothing else is asked for.
_IDLE = {
    "en": "a about after all an and are as at be been but by can did do does for from had has have how i if in into "
    "is it its more my no not of on or our over so than that the their them then there these they this to "
    "under up was we were what when where which who why will with you your",
    "es": "a al ante como con contra cual cuales cuando de del desde donde dos el ella ellas ellos en entre era es "
    "esa ese eso esta estas este esto estos fue ha han hasta hay la las le les lo los mas me mi muy ni no nos "
    "o para pero por porque que quien quienes se sea ser si sin sobre son su sus tan te un una unas uno unos "
    "y ya yo",
    "ar": "في من على الى عن مع ان هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن قد كان كانت هو هي هم و او ثم اذا "
    "كما كل بعد قبل بين حتى عند منذ هل كيف اين متى لماذا هناك هنا ايضا غير سوي الا اي",
}
IDLE = {language: frozenset(text.split()) for language, text in _IDLE.items()}


@dataclass(frozen=True)
class Sought(SearchQuery):
    """A reader's query, analysed.

    Attributes:
        stems: of each word that counts, once, in the order they were typed.
        phrases: stems that must stand side by side.
        marks: what every match is filed under, as words of `Entry.marks`.
        first, last: the keys a match may have.
        words: the words as typed, for the results' highlighting and for what may have been meant.
        cut: whether some of the query was not read.
    """

    stems: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    marks: tuple[str, ...] = ()
    first: int = 0
    last: int = 2**63 - 1
    words: tuple[Word, ...] = field(default=(), compare=False)
    cut: bool = False

    def __repr__(self) -> str:
        return f"<Sought {' '.join(self.stems)!r}>"

    def __bool__(self) -> bool:
        return bool(self.stems)


@dataclass(frozen=True)
class Typing(SearchQuery):
    """What is still being typed: whole words, and the beginning of the last one."""

    words: tuple[str, ...] = ()
    first: int = 0
    last: int = 2**63 - 1

    def __repr__(self) -> str:
        return f"<Typing {' '.join(self.words)!r}>"

    def __bool__(self) -> bool:
        return bool(self.words)


def read_query(text: str, language: str, *, marks: tuple[str, ...] = (), keys: tuple[int, int]) -> Sought:
    """What to look for. Nothing a reader can type is an error: signs are left out, and what is too long is cut."""
    text = text.replace("\x00", " ")
    read = text[:LONGEST]
    words = list(words_of(read, language))
    cut = len(text) > LONGEST or len(words) > MOST_WORDS
    words = words[:MOST_WORDS]
    spans = [match.span(1) for match in _QUOTED.finditer(read)]
    phrases = [tuple(w.stem for w in words if start <= w.start < end) for start, end in spans]
    quoted = {w.start for w in words for start, end in spans if start <= w.start < end}
    idle = IDLE.get(language.partition("-")[0], frozenset())
    telling = [w for w in words if w.start in quoted or w.plain not in idle] or words
    return Sought(
        stems=tuple(dict.fromkeys(word.stem for word in telling)),
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        marks=marks,
        first=keys[0],
        last=keys[1],
        words=tuple(telling),
        cut=cut,
    )


def read_typing(text: str, language: str, keys: tuple[int, int]) -> Typing:
    """What to complete: at most six words, nothing for a single sign."""
    words = [word.plain for word in words_of(text.replace("\x00", " ")[:LONGEST], language)][:6]
    return Typing(tuple(words) if len("".join(words)) > 1 else (), keys[0], keys[1])
