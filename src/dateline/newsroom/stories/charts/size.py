"""The two drawings of a chart: one for phones, one for wider columns."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Size:
    """`width` in units; `tall` is the height of charts whose values go up; `letter` the height of letters and
    `line` from line to line, `values` and `dates` the most marks on a scale."""

    width: int
    tall: int
    letter: float
    line: float
    values: int
    dates: int


NARROW = Size(340, 250, 13, 15, 6, 6)
WIDE = Size(640, 330, 14, 16, 7, 9)


def sizes(language: str) -> tuple[Size, Size]:
    """Both sizes for a language. Its script's letters are set larger where the theme sets them larger (`--k-ui`)."""
    if language.split("-")[0] in ("ar", "fa", "ur"):
        return replace(NARROW, letter=14.3, line=20), replace(WIDE, letter=15.4, line=22)
    return NARROW, WIDE
