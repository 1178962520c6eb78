"""What changed between two texts: paragraphs beside each other first, then words. No database and no HTML.

A text is a list of paragraphs. `compare` lays two of them side by side, row by row, in pieces that are kept, deleted or
inserted. Whatever the texts: the kept and the inserted pieces joined are the new text, the kept and the deleted ones
the old.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word is a run of letters, digits and their marks, in any script: an Arabic word with its vowels is one. All else,
#: such as a comma or a space, is a token of its own.
_TOKENS = re.compile(
    "[^\\s!-/:-@\\[-`{-~\u00a1-\u00bf\u060c\u061b\u061f\u066a-\u066d\u06d4\u2000-\u200b\u200e-\u206f\u3000-\u303f]+|\\s+|.",
    re.DOTALL,
)

#: Pairs of equal paragraphs, and of equal words, that a comparison may have to look at. A text of 100,000 words changed
#: here and there stays far below; where there are more, it is compared less finely rather than for longer.
PARAGRAPH_PAIRS, WORD_PAIRS, WORD_PAIRS_OF_ALL = 100_000, 20_000, 300_000

#: Paragraphs that are replaced by others are put side by side by likeness, where there are no more pairs than this.
LIKENESS_PAIRS = 2_500

#: From which share of words in common a paragraph is another version of one, and not a new one.
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """`change` is "" for what both texts have, `del` for what the old one had, `ins` for what the new one has."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the old text beside the one of the new that it became; empty where there is none."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()

    @property
    def same(self) -> bool:
        return self.old == self.new


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """The rows of two texts, in order. Empty paragraphs have no pieces and are left out."""
    before, after = [p for p in old if p], [p for p in new if p]
    rows: list[Row] = []
    left = WORD_PAIRS_OF_ALL
    for one, other in _paired(before, after):
        if one is None or other is None:
            rows.append(Row((Piece(one, "del"),) if one else (), (Piece(other, "ins"),) if other else ()))
        elif one == other:
            rows.append(Row((Piece(one),), (Piece(one),)))
        else:
            row, looked = _words(one, other, min(left, WORD_PAIRS))
            left -= looked
            rows.append(row)
    return tuple(rows)


def compare_line(old: str, new: str) -> Row:
    """Two texts of one paragraph that are versions of each other however little they have in common."""
    if old == new:
        return Row((Piece(old),), (Piece(new),)) if old else Row()
    return _words(old, new, WORD_PAIRS)[0]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs beside each other; None where one text has none."""
    for tag, i1, i2, j1, j2 in _steps(old, new, PARAGRAPH_PAIRS):
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _by_likeness(old[i1:i2], new[j1:j2])


def _steps(old: Sequence[str], new: Sequence[str], most: int) -> list[tuple[str, int, int, int, int]]:
    """How one sequence becomes the other, as `SequenceMatcher.get_opcodes` tells it; what begins and ends both alike is
    found first, and where the rest has too many equal pairs it is replaced as a whole."""
    short = min(len(old), len(new))
    start = next((n for n in range(short) if old[n] != new[n]), short)
    end = next((n for n in range(short - start) if old[-1 - n] != new[-1 - n]), short - start)
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("equal", 0, start, 0, start)] if start else []
    if inner_old or inner_new:
        if _pairs(inner_old, inner_new) > most:
            steps.append(("replace", start, len(old) - end, start, len(new) - end))
        else:
            # Spaces lead to no match of their own: two texts are not alike for having some.
            matcher = SequenceMatcher(str.isspace, inner_old, inner_new, autojunk=False)
            steps += [
                (tag, i1 + start, i2 + start, j1 + start, j2 + start) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
            ]
    if end:
        steps.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return steps


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal items two sequences have, spaces aside: what comparing them costs."""
    there = Counter(new)
    return sum(count * there[item] for item, count in Counter(old).items() if not item.isspace())


def _by_likeness(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs that were replaced by others, each beside the one that is most like it, in order."""
    if not old or not new:
        yield from ((one, None) for one in old)
        yield from ((None, other) for other in new)
        return
    if len(old) * len(new) > LIKENESS_PAIRS:
        yield from ((old[n] if n < len(old) else None, new[n] if n < len(new) else None) for n in _longer(old, new))
        return
    words = [[Counter(_TOKENS.findall(text)) for text in texts] for texts in (old, new)]
    alike = [[_likeness(one, other) for other in words[1]] for one in words[0]]
    # The best sum of likenesses of what follows both, from the end.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((one, None) for one in old[i:])
    yield from ((None, other) for other in new[j:])


def _longer(old: Sequence[str], new: Sequence[str]) -> range:
    return range(max(len(old), len(new)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    common = sum(count for token, count in (one & other).items() if not token.isspace())
    every = sum(count for token, count in (one | other).items() if not token.isspace())
    return common / every if every else 0.0


def _words(old: str, new: str, most: int) -> tuple[Row, int]:
    """A changed paragraph in pieces, and how many pairs of words it took."""
    one, other = _TOKENS.findall(old), _TOKENS.findall(new)
    pairs = _pairs(one, other)
    if pairs > most:
        return Row((Piece(old, "del"),), (Piece(new, "ins"),)), 0
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i1, i2, j1, j2 in _steps(one, other, most):
        same = tag == "equal"
        _add(before, "".join(one[i1:i2]), "" if same else "del")
        _add(after, "".join(other[j1:j2]), "" if same else "ins")
    return Row(tuple(before), tuple(after)), pairs


def _add(pieces: list[Piece], text: str, change: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].change == change:
        pieces[-1] = Piece(pieces[-1].text + text, change)
    else:
        pieces.append(Piece(text, change))
