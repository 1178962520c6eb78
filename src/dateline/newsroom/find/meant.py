"""What a misspelt query may have meant: the words of the edition's own headlines that are nearest to it."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dateline.newsroom.find.query import Sought
from dateline.newsroom.find.search import Known
from dateline.newsroom.find.words import words_of


def meant(text: str, sought: Sought, known: Known, language: str) -> str:
    """The query with each word put right that no story uses; "" where there is nothing better.

    One letter may be wrong in a short word, two in a longer one; of
    words equally near the one in more headlines is taken.
    """
    typed, used = known.typed, known.usage.stems
    wrong = {
        word.plain
        for word in sought.words
        if len(word.plain) > 3 and word.plain.isalpha() and word.plain not in typed and word.stem not in used
    }
    better = {word: nearest for word in wrong if (nearest := _nearest(word, typed))}
    if not better:
        return ""
    parts, done = [], 0
    for word in words_of(text, language):
        if word.plain in better:
            parts += [text[done : word.start], better[word.plain]]
            done = word.end
    return "".join([*parts, text[done:]]).strip()


def _nearest(word: str, typed: dict[str, tuple[int, str]]) -> str:
    most = 1 if len(word) < 6 else 2
    near = process.extract(word, typed.keys(), scorer=OSA.distance, score_cutoff=most, limit=20)
    # The first letter is seldom the wrong one.
    best = min(near, key=lambda row: (row[1] + (row[0][0] != word[0]), -typed[row[0]][0]), default=None)
    return typed[best[0]][1] if best else ""
