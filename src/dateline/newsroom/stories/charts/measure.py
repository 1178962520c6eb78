"""How wide words will be in a font that nobody here knows: near enough to keep labels apart."""

import unicodedata
from collections.abc import Sequence

_NARROW = frozenset("iljtfrI.,:;'’|!()[] /-·٫٬،\u00a0\u202f")
_WIDE = frozenset("mwMW@%—")


#: How much wider strong letters are.
STRONG = 1.13


def width(text: str, size: float) -> float:
    """The width of a line of text whose letters are `size` high, rather too much than too little."""
    return size * sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.32
    if letter in _WIDE:
        return 0.9
    if letter.isdigit():
        return 0.6
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter >= "\u0590":
        return 0.63
    return 0.7 if letter.isupper() else 0.57


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines of at most that width; what does not fit ends in an ellipsis."""
    found: list[str] = []
    left = text.split()
    while left:
        line = left.pop(0)
        while left and width(f"{line} {left[0]}", size) <= room:
            line = f"{line} {left.pop(0)}"
        if len(found) == lines - 1 and left:
            line, left = " ".join([line, *left]), []
        found.append(_cut(line, size, room))
    return tuple(found) or ("",)


def _cut(line: str, size: float, room: float) -> str:
    if width(line, size) <= room:
        return line
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Middles for labels of these heights, each as near to where it is wanted as the others let it, in their order.

    Labels that touch become one block round the mean of what they want; blocks that touch become one again.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    blocks: list[tuple[list[int], float]] = []
    for at in order:
        blocks.append(([at], _kept(wanted[at], sizes[at], low, high)))
        while len(blocks) > 1 and _end(blocks[-2], sizes) > _start(blocks[-1], sizes):
            members = blocks[-2][0] + blocks[-1][0]
            blocks[-2:] = [(members, _middle(members, wanted, sizes, low, high))]
    places = [0.0] * len(wanted)
    for members, middle in blocks:
        top = middle - sum(sizes[at] for at in members) / 2
        for at in members:
            places[at] = top + sizes[at] / 2
            top += sizes[at]
    return places


def _middle(members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> float:
    whole = sum(sizes[at] for at in members)
    above, asked = 0.0, 0.0
    for at in members:
        asked += wanted[at] - above - sizes[at] / 2
        above += sizes[at]
    return _kept(asked / len(members) + whole / 2, whole, low, high)


def _kept(middle: float, size: float, low: float, high: float) -> float:
    return max(low + size / 2, min(middle, high - size / 2))


def _start(block: tuple[list[int], float], sizes: Sequence[float]) -> float:
    return block[1] - sum(sizes[at] for at in block[0]) / 2


def _end(block: tuple[list[int], float], sizes: Sequence[float]) -> float:
    return block[1] + sum(sizes[at] for at in block[0]) / 2
