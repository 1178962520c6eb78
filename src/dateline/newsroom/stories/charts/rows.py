"""Charts of one row after the other: lying bars, stacked bars and dots, in the order of the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dateline.newsroom.stories.charts.canvas import SHAPES, Canvas, Scale, look, stand_in
from dateline.newsroom.stories.charts.figures import Figures
from dateline.newsroom.stories.charts.key import draw_key
from dateline.newsroom.stories.charts.measure import STRONG, width, wrapped
from dateline.newsroom.stories.charts.scales import round_values
from dateline.newsroom.stories.charts.size import Size
from dateline.newsroom.stories.charts.wording import Wording, short_numbers

#: The most of a drawing's width that the names of rows may take beside their bars; longer ones stand above.
_BESIDE = 0.36


@dataclass(frozen=True, slots=True)
class _Rows:
    """`tops` of each row's marks below its name, `bar` the height of one mark, `start` where marks begin."""

    tops: tuple[float, ...]
    bar: float
    start: float
    height: float


def draw(figures: Figures, kind: str, size: Size, wording: Wording, *, mirrored: bool) -> Canvas:
    """A chart of kind bar, stacked or dot whose rows are named and not dated."""
    canvas = Canvas(size.width, size.tall, mirrored)
    top = 0.0
    several = len(figures.columns) > 1
    if several:
        names = [wording.name(column.name) for column in figures.columns]
        top = draw_key(canvas, names, size, shapes=kind == "dot") + size.letter / 2
    if kind != "bar":
        top += size.letter * 1.6  # the scale
    rows = _placed(canvas, figures, kind, size, top)
    canvas.height = rows.height
    if kind == "bar":
        _bars(canvas, figures, rows, size, wording)
    else:
        scale = _scale(canvas, figures, kind, rows, size, wording, top)
        (_stacked if kind == "stacked" else _dots)(canvas, figures, rows, scale)
    return canvas


def _placed(canvas: Canvas, figures: Figures, kind: str, size: Size, top: float) -> _Rows:
    """Write the rows' names and say where their marks go."""
    marks = len(figures.columns) if kind == "bar" else 1
    bar = size.letter * (1.5 if marks == 1 else 1.15)
    gap = size.letter * (0.55 if marks == 1 else 0.9)
    room = size.width * _BESIDE
    longest = max(width(label, size.letter) for label in figures.labels)
    beside = marks == 1 and longest <= room * 1.8
    words: list[tuple[float, float, str]] = []
    tops: list[float] = []
    for label in figures.labels:
        lines = wrapped(label, size.letter, room if beside else size.width, 3 if beside else 2)
        if beside:
            height = max(bar, len(lines) * size.line)
            first = top + (height - len(lines) * size.line) / 2 + size.letter * 0.9
            tops.append(top + (height - bar) / 2)
        else:
            height = len(lines) * size.line + size.letter * 0.2 + bar * marks
            first = top + size.letter * 0.9
            tops.append(top + len(lines) * size.line + size.letter * 0.2)
        words.extend((0.0, first + at * size.line, text) for at, text in enumerate(lines))
        top += height + gap
    canvas.words("name" if marks > 1 else "tick", words)
    start = min(longest, room) + size.letter * 0.9 if beside else 0.0
    return _Rows(tuple(tops), bar, start, top)


def _bars(canvas: Canvas, figures: Figures, rows: _Rows, size: Size, wording: Wording) -> None:
    """Bars with their numbers at their ends: no scale is needed."""
    short = short_numbers(figures.columns)
    numbers = [number for column in figures.columns for number in column.numbers if number is not None]
    low, high = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))
    written = [
        [wording.cell(column, row, short=short) for row in range(len(figures.labels))] for column in figures.columns
    ]
    space = size.letter * 0.4
    longest = max(width(text, size.letter * STRONG) for column in written for text in column) + space
    start = rows.start + (longest if low < 0 else 0)
    end = size.width - (longest if high > 0 else 0)
    scale = Scale(float(low), float(high if high > low else low + 1), start, end)
    for at, column in enumerate(figures.columns):
        points, after, before = [], [], []
        for row, number in enumerate(column.numbers):
            y = rows.tops[row] + (at + 0.5) * rows.bar
            foot = y + size.letter * 0.34
            if number is not None and number < 0:
                before.append((scale.at(float(number)) - space, foot, written[at][row]))
            else:
                after.append((scale.at(float(number or 0)) + space, foot, written[at][row]))
            if number:
                points.append((float(number), y))
        mark = {
            "type": "bar",
            "orient": "horizontal",
            "height": round(rows.bar * 0.92, 1),
            "fill": stand_in(look(at, keyed=len(figures.columns) > 1)),
        }
        canvas.marks(mark, points, scale, None)
        canvas.words("name" if len(figures.columns) == 1 else "tick", after)
        canvas.words("name" if len(figures.columns) == 1 else "tick", before, "right")
    base = scale.at(0)
    canvas.lines("base", [(base, max(0, rows.tops[0] - 3), base, rows.tops[-1] + rows.bar * len(figures.columns) + 3)])


def _scale(canvas: Canvas, figures: Figures, kind: str, rows: _Rows, size: Size, wording: Wording, top: float) -> Scale:
    """A scale above the rows, with a hairline down from each of its numbers."""
    if kind == "stacked":
        sums = [[column.numbers[row] or Decimal(0) for column in figures.columns] for row in range(len(figures.labels))]
        high = max(sum((n for n in row if n > 0), Decimal(0)) for row in sums)
        low = min(sum((n for n in row if n < 0), Decimal(0)) for row in sums)
    else:
        numbers = [number for column in figures.columns for number in column.numbers if number is not None]
        low, high = min(numbers), max(numbers)
        low = min(low, Decimal(0)) if low < high * Decimal("0.6") else low
    values = round_values(low, high, size.values)
    step = values[1] - values[0]
    places = max(0, -int(step.normalize().as_tuple().exponent))
    signs = {column.sign for column in figures.columns}
    sign = signs.pop() if len(signs) == 1 else ""
    short = short_numbers(figures.columns)
    labels = [wording.number(value, places, sign, short=short) for value in values]
    start = rows.start + (width(labels[0], size.letter) / 2 if not rows.start or kind == "dot" else 0)
    scale = Scale(float(values[0]), float(values[-1]), start, size.width - width(labels[-1], size.letter) / 2)
    bottom = rows.tops[-1] + rows.bar + 3
    lines = [(scale.at(float(value)), top - size.letter * 0.4, scale.at(float(value)), bottom) for value in values]
    zero = next((at for at, value in enumerate(values) if value == 0), None)
    canvas.lines("hair", [line for at, line in enumerate(lines) if at != zero])
    canvas.lines("base", [] if zero is None else [lines[zero]])
    foot = top - size.letter * 0.7
    canvas.words("tick", [(x, foot, label) for (x, *_), label in zip(lines, labels, strict=True)], "center")
    return scale


def _stacked(canvas: Canvas, figures: Figures, rows: _Rows, scale: Scale) -> None:
    middles = [top + rows.bar / 2 for top in rows.tops]
    columns = [
        [(y, float(number or 0)) for y, number in zip(middles, column.numbers, strict=True)]
        for column in figures.columns
    ]
    mark = {"type": "bar", "orient": "horizontal", "height": round(rows.bar * 0.92, 1)}
    canvas.stack(mark, columns, scale, None, keyed=len(columns) > 1)


def _dots(canvas: Canvas, figures: Figures, rows: _Rows, scale: Scale) -> None:
    spans = []
    for row, top in enumerate(rows.tops):
        held = [float(c.numbers[row] or 0) for c in figures.columns if c.numbers[row] is not None]
        if held:
            y = top + rows.bar / 2
            spans.append((scale.at(min(held)), y, scale.at(max(held)), y))
    canvas.lines("lead", spans if len(figures.columns) > 1 else [])
    for at, column in enumerate(figures.columns):
        points: Sequence[tuple[float, float | None]] = [
            (float(number), top + rows.bar / 2)
            for number, top in zip(column.numbers, rows.tops, strict=True)
            if number is not None
        ]
        shape = SHAPES[at % len(SHAPES)]
        mark = {"type": "point", "shape": shape, "size": 70, "fill": stand_in(look(at)), "stroke": None}
        canvas.marks(mark, points, scale, None)
