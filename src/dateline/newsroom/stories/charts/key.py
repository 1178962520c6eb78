"""The key above marks that have no room for names beside them."""

from collections.abc import Sequence

from dateline.newsroom.stories.charts.canvas import SHAPES, Canvas, look, stand_in
from dateline.newsroom.stories.charts.measure import STRONG, width, wrapped
from dateline.newsroom.stories.charts.size import Size


def draw_key(canvas: Canvas, names: Sequence[str], size: Size, *, shapes: bool = False) -> float:
    """A sample and a name for each column, in the order of their marks, from the top; returns its height."""
    x, y, line = 0.0, size.letter, size.letter * 1.5
    for at, name in enumerate(names):
        text = wrapped(name, size.letter * STRONG, size.width - 2 * size.letter, 1)[0]
        wide = width(text, size.letter * STRONG) + 1.3 * size.letter
        if x and x + wide > size.width:
            x, y = 0.0, y + line
        shape = SHAPES[at % len(SHAPES)] if shapes else "square"
        colour = stand_in(look(at, keyed=not shapes))
        mark = {"type": "point", "shape": shape, "size": 80, "fill": colour, "stroke": None}
        canvas.marks(mark, [(x + 5, y - size.letter * 0.35)], None, None)
        canvas.words("name", [(x + 1.1 * size.letter, y, text)])
        x += wide + size.letter
    return y + size.letter / 2
