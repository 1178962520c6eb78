"""Charts whose values go up: lines, areas, columns and dots over time, or over rows in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateline.newsroom.stories.charts.canvas import SHAPES, Canvas, Scale, look, stand_in
from dateline.newsroom.stories.charts.dates import position
from dateline.newsroom.stories.charts.figures import Figures
from dateline.newsroom.stories.charts.key import draw_key
from dateline.newsroom.stories.charts.measure import STRONG, spread, width, wrapped
from dateline.newsroom.stories.charts.scales import date_marks, round_values
from dateline.newsroom.stories.charts.size import Size
from dateline.newsroom.stories.charts.wording import Wording, short_numbers

#: The most of a drawing's width that the names at the lines' ends may take.
_NAMES = 0.3


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the marks stand: `x` from row to row in their order in time, `y` for values."""

    x: Scale
    y: Scale
    order: tuple[int, ...]
    places: tuple[float, ...]


def draw(figures: Figures, kind: str, size: Size, wording: Wording, *, mirrored: bool) -> Canvas:
    """A chart of kind line, area, bar, stacked or dot."""
    canvas = Canvas(size.width, size.tall, mirrored)
    top = size.letter
    if kind == "bar" and len(figures.columns) > 1:
        top += draw_key(canvas, [wording.name(column.name) for column in figures.columns], size) + size.letter / 2
    values = _value_marks(figures, kind, size)
    labels = _value_labels(figures, values, wording)
    left = max(width(label, size.letter) for label in labels) + size.letter / 2
    names = _end_names(figures, kind, size, wording)
    widest = max((width(line, size.letter * STRONG) for name in names for line in name), default=0)
    right = size.width - (widest + size.letter if widest else size.letter / 2)
    bottom = size.tall - 2.6 * size.line
    frame = _frame(figures, kind, (left, right), Scale(float(values[0]), float(values[-1]), bottom, top))
    _grid(canvas, frame, values, labels, size)
    _DRAWN[kind](canvas, figures, frame)
    _base(canvas, frame, values)
    canvas.height = bottom + _along(canvas, figures, frame, size, wording)
    if any(names):
        _name_ends(canvas, figures, kind, frame, names, size)
    return canvas


# --- the scales -------------------------------------------------------------------------------------------------------


def _value_marks(figures: Figures, kind: str, size: Size) -> tuple[Decimal, ...]:
    if kind in ("area", "stacked"):
        rows = [[column.numbers[row] or Decimal(0) for column in figures.columns] for row in range(len(figures.labels))]
        high = max(sum((n for n in row if n > 0), Decimal(0)) for row in rows)
        low = min(sum((n for n in row if n < 0), Decimal(0)) for row in rows)
        return round_values(low, high, size.values)
    numbers = [number for column in figures.columns for number in column.numbers if number is not None]
    low, high = min(numbers), max(numbers)
    # Bars begin at zero. Lines do where that costs them little.
    if kind == "bar" or (low >= 0 and low < high * Decimal("0.6")):
        low = min(low, Decimal(0))
    if kind == "bar" or (high <= 0 and high > low * Decimal("0.6")):
        high = max(high, Decimal(0))
    return round_values(low, high, size.values)


def _value_labels(figures: Figures, values: Sequence[Decimal], wording: Wording) -> list[str]:
    step = values[1] - values[0]
    places = max(0, -int(step.normalize().as_tuple().exponent))
    signs = {column.sign for column in figures.columns}
    sign = signs.pop() if len(signs) == 1 else ""
    short = short_numbers(figures.columns)
    return [wording.number(value, places, sign, short=short) for value in values]


def _frame(figures: Figures, kind: str, ends: tuple[float, float], y: Scale) -> Frame:
    """Columns and dots have half a step of room at both ends; lines and areas fill the whole."""
    count = len(figures.labels)
    if figures.moments and kind != "bar" and kind != "stacked":
        places = [position(moment, figures.grain) for moment in figures.moments]
    elif figures.moments:
        ranks = {moment: float(rank) for rank, moment in enumerate(sorted(figures.moments))}
        places = [ranks[moment] for moment in figures.moments]
    else:
        places = [float(row) for row in range(count)]
    order = tuple(sorted(range(count), key=lambda row: places[row]))
    low, high = min(places), max(places)
    room = 0.0 if kind in ("line", "area") else (high - low) / max(1, count - 1) / 2 or 0.5
    return Frame(Scale(low - room, high + room, *ends), y, order, tuple(places))


# --- what stands around -----------------------------------------------------------------------------------------------


def _grid(canvas: Canvas, frame: Frame, values: Sequence[Decimal], labels: Sequence[str], size: Size) -> None:
    y = {value: frame.y.at(float(value)) for value in values}
    canvas.lines("hair", [(frame.x.start, y[value], frame.x.end, y[value]) for value in values])
    edge = frame.x.start - size.letter / 2
    low = size.letter * 0.34
    words = [(edge, y[value] + low, label) for value, label in zip(values, labels, strict=True)]
    canvas.words("tick", words, "right")


def _base(canvas: Canvas, frame: Frame, values: Sequence[Decimal]) -> None:
    """The line of zero, or the lowest where that is not shown."""
    y = frame.y.at(0 if values[0] <= 0 <= values[-1] else float(values[0]))
    canvas.lines("base", [(frame.x.start, y, frame.x.end, y)])


def _along(canvas: Canvas, figures: Figures, frame: Frame, size: Size, wording: Wording) -> float:
    """The names of the rows below the marks: as many as have room, and never two upon each other. Returns how much
    height they take."""
    for most in (size.dates, 6, 5, 4, 3, 2):
        named = _row_names(figures, frame, most, wording)
        if _apart(named, size):
            break
    else:
        named = [named[0], named[-1]]
    bottom = frame.y.start + size.line * 1.25
    ticks = [(x, frame.y.start, x, frame.y.start + 4) for x, *_lines in named]
    canvas.lines("base", ticks)
    for x, first, second in named:
        for line, text in enumerate((first, second)):
            wide = width(text, size.letter)
            middle = min(max(x, wide / 2), size.width - wide / 2)
            canvas.words("tick", [(middle, bottom + line * size.line, text)], "center")
    return size.line * (2.6 if any(second for _x, _first, second in named) else 1.6)


def _apart(named: Sequence[tuple[float, str, str]], size: Size) -> bool:
    halves = [max(width(first, size.letter), width(second, size.letter)) / 2 for _x, first, second in named]
    ends = zip(named, named[1:], halves, halves[1:], strict=False)
    return all(second[0] - first[0] >= one + two + size.letter / 2 for first, second, one, two in ends)


def _row_names(figures: Figures, frame: Frame, most: int, wording: Wording) -> list[tuple[float, str, str]]:
    """Place, name, and second line of the name."""
    if not figures.moments:
        step = -(-len(figures.labels) // most)
        rows = range(0, len(figures.labels), step)
        return [(frame.x.at(frame.places[row]), figures.labels[row], "") for row in rows]
    marks, grain = date_marks(figures.moments, figures.grain, most)
    spot = _spots(figures, frame)
    found: list[tuple[float, str, str]] = []
    year = None
    for mark in marks:
        place = spot(mark)
        if place is None:
            continue
        if grain == "year":
            found.append((place, wording.moment(mark, "y"), ""))
            continue
        first = wording.moment(mark, {"quarter": "QQQ", "month": "MMM", "day": "MMMd"}[grain])
        found.append((place, first, wording.moment(mark, "y") if mark.year != year else ""))
        year = mark.year
    return found


def _spots(figures: Figures, frame: Frame) -> Callable[[date], float | None]:
    """Where a date stands: anywhere on an even scale, at its own column otherwise."""
    known = dict(zip(figures.moments, frame.places, strict=True))
    ranked = sorted(known.values()) == [float(n) for n in range(len(known))] and figures.grain != "year"

    def spot(mark: date) -> float | None:
        if mark in known:
            return frame.x.at(known[mark])
        if ranked or position(mark, figures.grain) > frame.x.high:
            return None
        return frame.x.at(position(mark, figures.grain))

    return spot


# --- marks ------------------------------------------------------------------------------------------------------------


def _points(figures: Figures, frame: Frame, column: int) -> list[tuple[float, float | None]]:
    numbers = figures.columns[column].numbers
    return [(frame.places[row], None if numbers[row] is None else float(numbers[row] or 0)) for row in frame.order]


def _lines(canvas: Canvas, figures: Figures, frame: Frame) -> None:
    for at in reversed(range(len(figures.columns))):
        points = _points(figures, frame, at)
        mark = {"type": "line", "stroke": stand_in(look(at)), "strokeWidth": 2}
        canvas.marks(mark | {"invalid": "break-paths-show-path-domains"}, points, frame.x, frame.y)
        lone = [point for near, point in enumerate(points) if _alone(points, near)]
        ends = [next(point for point in reversed(points) if point[1] is not None)]
        _dots(canvas, at, [*lone, *ends], frame, 40)


def _alone(points: Sequence[tuple[float, float | None]], at: int) -> bool:
    """Whether a point has a gap on both sides, so that no line would show it."""
    around = [*points[max(0, at - 1) : at], *points[at + 1 : at + 2]]
    return points[at][1] is not None and all(value is None for _x, value in around)


def _dots(canvas: Canvas, column: int, points: Sequence[tuple[float, float | None]], frame: Frame, area: int) -> None:
    shape = SHAPES[column % len(SHAPES)]
    mark = {"type": "point", "shape": shape, "size": area, "fill": stand_in(look(column)), "stroke": None}
    canvas.marks(mark, [point for point in points if point[1] is not None], frame.x, frame.y)


def _all_dots(canvas: Canvas, figures: Figures, frame: Frame) -> None:
    for at in range(len(figures.columns)):
        _dots(canvas, at, _points(figures, frame, at), frame, 55)


def _areas(canvas: Canvas, figures: Figures, frame: Frame) -> None:
    if len(figures.columns) == 1:
        mark = {"type": "area", "fill": stand_in("wash"), "invalid": "break-paths-show-path-domains"}
        canvas.marks(mark, _points(figures, frame, 0), frame.x, frame.y)
        _lines(canvas, figures, frame)
        return
    canvas.stack({"type": "area"}, _sizes(figures, frame), frame.y, frame.x)


def _sizes(figures: Figures, frame: Frame) -> list[list[tuple[float, float]]]:
    columns = range(len(figures.columns))
    return [[(place, value or 0.0) for place, value in _points(figures, frame, at)] for at in columns]


def _step(frame: Frame) -> float:
    return abs(frame.x.end - frame.x.start) / len(frame.order)


def _stacked(canvas: Canvas, figures: Figures, frame: Frame) -> None:
    mark = {"type": "bar", "orient": "vertical", "width": round(_step(frame) * 0.72, 1)}
    canvas.stack(mark, _sizes(figures, frame), frame.y, frame.x)


def _bars(canvas: Canvas, figures: Figures, frame: Frame) -> None:
    count = len(figures.columns)
    whole = _step(frame) * (0.72 if count == 1 else 0.82)
    for at in range(count):
        shift = (at + 0.5) * whole / count - whole / 2
        points = [(frame.x.at(place) + shift, value) for place, value in _points(figures, frame, at) if value]
        wide = round(whole / count * (1 if count == 1 else 0.94), 1)
        mark = {"type": "bar", "orient": "vertical", "width": wide, "fill": stand_in(look(at, keyed=count > 1))}
        canvas.marks(mark, points, None, frame.y)


_DRAWN = {"line": _lines, "area": _areas, "stacked": _stacked, "bar": _bars, "dot": _all_dots}


# --- names ------------------------------------------------------------------------------------------------------------


def _end_names(figures: Figures, kind: str, size: Size, wording: Wording) -> list[tuple[str, ...]]:
    """The names at the end of each column's marks, in lines; the last number where there is but one column."""
    if kind == "bar":
        return []
    if len(figures.columns) > 1:
        room = size.width * _NAMES
        return [wrapped(wording.name(column.name), size.letter * STRONG, room, 2) for column in figures.columns]
    if kind not in ("line", "area"):
        return []
    column = figures.columns[0]
    last = max(
        (row for row, number in enumerate(column.numbers) if number is not None),
        key=lambda row: figures.moments[row] if figures.moments else row,
    )
    return [(wording.cell(column, last, short=True),)]


def _name_ends(
    canvas: Canvas,
    figures: Figures,
    kind: str,
    frame: Frame,
    names: Sequence[tuple[str, ...]],
    size: Size,
) -> None:
    ends = _ends(figures, kind, frame)
    heights = [len(name) * size.line for name in names]
    places = spread([y for _x, y in ends], heights, 0, frame.y.start + size.letter)
    start = frame.x.end + size.letter
    leaders: list[tuple[float, float, float, float]] = []
    for (x, y), place in zip(ends, places, strict=True):
        if abs(place - y) > size.letter / 2 or x < frame.x.end - size.letter:
            leaders.append((max(x, frame.x.end - size.letter * 0.2) + 4, y, start - 3, place))
    canvas.lines("lead", leaders)
    words: list[tuple[float, float, str]] = []
    for name, place, height in zip(names, places, heights, strict=True):
        top = place - height / 2 + size.line * 0.8
        words.extend((start, top + at * size.line, text) for at, text in enumerate(name))
    canvas.words("name", words)


def _ends(figures: Figures, kind: str, frame: Frame) -> list[tuple[float, float]]:
    """Where each column's marks end: at its last number, or in the middle of its part of the last row."""
    found: list[tuple[float, float]] = []
    if len(figures.columns) > 1 and kind in ("area", "stacked"):
        last = frame.order[-1]
        above, below = 0.0, 0.0
        for column in figures.columns:
            value = float(column.numbers[last] or 0)
            base = above if value >= 0 else below
            found.append((frame.x.at(frame.places[last]), frame.y.at(base + value / 2)))
            above, below = (above + value, below) if value >= 0 else (above, below + value)
        return found
    for column in figures.columns:
        last = next(row for row in reversed(frame.order) if column.numbers[row] is not None)
        found.append((frame.x.at(frame.places[last]), frame.y.at(float(column.numbers[last] or 0))))
    return found
