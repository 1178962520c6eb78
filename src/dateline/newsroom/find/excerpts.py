"""What of a found story is shown: its words marked where they answer, and the passage that answers best."""

from collections.abc import Collection, Iterable, Sequence

from dateline.newsroom.find.words import Word, words_of
from dateline.theme.components import Piece

#: Words of a passage, and words of a body that are looked through for it.
PASSAGE, LOOKED_THROUGH = 32, 600

_ENDS = frozenset({".", "!", "?", "؟", "…"})


def marked(text: str, stems: Collection[str], language: str) -> tuple[Piece, ...]:
    """The text in pieces, those that answer marked; words that follow one another are marked together."""
    return _pieces(text, [word for word in words_of(text, language) if word.stem in stems])


def passage(text: str, stems: Collection[str], language: str) -> tuple[Piece, ...]:
    """The passage with the most of the words that are sought, the first of equals; () if the text holds none."""
    words: list[Word] = []
    for word in words_of(text, language):
        words.append(word)
        if len(words) == LOOKED_THROUGH:
            break
    hits = [at for at, word in enumerate(words) if word.stem in stems]
    if not hits:
        return ()
    start = _beginning(text, words, _best(hits, [words[at].stem for at in hits]))
    shown = words[start : start + PASSAGE]
    end = len(text) if start + PASSAGE >= len(words) and len(words) < LOOKED_THROUGH else shown[-1].end
    cut = text[shown[0].start : end].rstrip(" ,،;؛:")
    pieces = marked(cut, stems, language)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return tuple(
        Piece(f"{before if not at else ''}{piece.text}{after if at == len(pieces) - 1 else ''}", piece.marked)
        if not piece.marked
        else piece
        for at, piece in enumerate(_padded(pieces))
    )


def _beginning(text: str, words: Sequence[Word], at: int) -> int:
    """Where the sentence of a word begins, if that is near, else a few words before it."""
    for start in range(at, max(-1, at - 9), -1):
        if not start or text[words[start - 1].end : words[start].start].strip(" \u00a0»”\"'") in _ENDS:
            return start
    return max(0, at - 5)


def _padded(pieces: Sequence[Piece]) -> list[Piece]:
    """With something unmarked at both ends, for the signs that say that it goes on."""
    found = list(pieces)
    if found[0].marked:
        found.insert(0, Piece(""))
    if found[-1].marked:
        found.append(Piece(""))
    return found


def _best(hits: Sequence[int], stems: Sequence[str]) -> int:
    """Where the passage begins that holds the most different words, and the most words, of those at `hits`."""
    best, most = hits[0], (0, 0)
    for first, start in enumerate(hits):
        inside = [stem for at, stem in zip(hits[first:], stems[first:], strict=True) if at < start + PASSAGE - 5]
        if (len(set(inside)), len(inside)) > most:
            best, most = start, (len(set(inside)), len(inside))
    return best


def _pieces(text: str, words: Iterable[Word]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    done = 0
    for word in words:
        between = text[done : word.start]
        if found and found[-1].marked and between.strip() == "":
            found[-1] = Piece(found[-1].text + between + text[word.start : word.end], True)
        else:
            if between:
                found.append(Piece(between))
            found.append(Piece(text[word.start : word.end], True))
        done = word.end
    if text[done:]:
        found.append(Piece(text[done:]))
    return tuple(found)
