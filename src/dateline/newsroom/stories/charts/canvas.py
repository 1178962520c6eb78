"""A drawing as it is handed to Vega: lines and words at their places, marks on two scales.

Everything is laid out from left to right; a drawing for an edition that reads the other way is turned round here as a
whole. Colours are stand-ins for the classes of CLASSES: the page's style sheet says what they look like.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

#: Looks that one drawing can tell apart; a column beyond them begins again.
LOOKS = 6

#: Classes of the theme's style sheet: hairline, base line, leader, small words, strong words, a wash
#: under a line, the columns' looks, and those that are told apart by more than colour: fills named by a key alone.
CLASSES = (
    "hair",
    "base",
    "lead",
    "tick",
    "name",
    "wash",
    *(f"c{number}" for number in range(1, LOOKS + 1)),
    *(f"k{number}" for number in range(1, LOOKS + 1)),
)

#: Shapes of dots, in the order of the looks.
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def stand_in(name: str) -> str:
    """The colour that stands for a class."""
    return f"#0000{CLASSES.index(name) + 16:02x}"


def look(column: int, *, keyed: bool = False) -> str:
    """The class of a column's marks; `keyed` where only a key says which they are."""
    return f"{'k' if keyed else 'c'}{column % LOOKS + 1}"


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` drawn from pixel `start` to pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass
class Canvas:
    """A drawing of `width` by `height` units, turned round if `mirrored`."""

    width: int
    height: float
    mirrored: bool
    layers: list[Json] = field(default_factory=list)

    def x(self, place: float) -> float:
        return round(self.width - place if self.mirrored else place, 1)

    def lines(self, name: str, places: Iterable[tuple[float, float, float, float]]) -> None:
        """Straight lines, each from (x, y) to (x, y)."""
        values = [{"a": self.x(x), "b": round(y, 1), "c": self.x(x2), "d": round(y2, 1)} for x, y, x2, y2 in places]
        encoding = {"x": _raw("a"), "y": _raw("b"), "x2": {"field": "c"}, "y2": {"field": "d"}}
        self._add(values, {"type": "rule", "stroke": stand_in(name)}, encoding)

    def words(self, name: str, places: Iterable[tuple[float, float, str]], align: str = "left") -> None:
        """Lines of text, each at the (x, y) of its base line: x is its start (left), its middle or its end (right)."""
        turned = {"left": "right", "right": "left"}.get(align, align) if self.mirrored else align
        values = [{"a": self.x(x), "b": round(y, 1), "t": text} for x, y, text in places if text]
        mark = {"type": "text", "fill": stand_in(name), "align": turned, "baseline": "alphabetic"}
        self._add(values, mark, {"x": _raw("a"), "y": _raw("b"), "text": {"field": "t"}})

    def marks(self, mark: Json, points: Sequence[tuple[float, float | None]], x: Scale | None, y: Scale | None) -> None:
        """Marks at (x, y), on scales or, where a scale is None, at pixels; None is a gap."""
        values = [{"a": self.x(at) if x is None else at, "b": value} for at, value in points]
        encoding = {"x": self._scaled("a", x, across=True), "y": self._scaled("b", y)}
        self._add(values, mark, encoding)

    def stack(
        self,
        mark: Json,
        columns: Sequence[Sequence[tuple[float, float]]],
        value: Scale,
        along: Scale | None,
        *,
        keyed: bool = False,
    ) -> None:
        """Marks of several columns upon each other: each is (place, value), the place on the scale `along`. Without
        one, a place is the pixel at which a lying bar has its middle."""
        lying = along is None
        names = ("b", "a") if lying else ("a", "b")
        values = [
            {names[0]: place, names[1]: size, "s": number}
            for number, column in enumerate(columns)
            for place, size in column
        ]
        looks = [stand_in(look(number, keyed=keyed)) for number in range(len(columns))]
        colours = {"domain": list(range(len(columns))), "range": looks}
        encoding: Json = {
            "x": self._scaled("a", value if lying else along, across=True),
            "y": self._scaled("b", None if lying else value),
            "color": {"field": "s", "type": "nominal", "scale": colours, "legend": None},
            "order": {"field": "s", "type": "quantitative"},
        }
        encoding["x" if lying else "y"]["stack"] = "zero"
        self._add(values, mark, encoding)

    def spec(self) -> Json:
        """The drawing as Vega-Lite has it."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": self.width,
            "height": round(self.height),
            "padding": 0,
            "autosize": {"type": "none"},
            "background": None,
            "config": {"view": {"stroke": None}, "axis": {"disable": True}},
            "resolve": {"scale": {"color": "independent"}},
            "layer": self.layers,
        }

    def _scaled(self, name: str, scale: Scale | None, *, across: bool = False) -> Json:
        if scale is None:
            return _raw(name)
        ends = [self.x(scale.start), self.x(scale.end)] if across else [round(scale.start, 1), round(scale.end, 1)]
        domain = {"domain": [scale.low, scale.high], "range": ends, "zero": False, "nice": False}
        return {"field": name, "type": "quantitative", "scale": domain, "axis": None}

    def _add(self, values: list[Json], mark: Json, encoding: Json) -> None:
        if values:
            self.layers.append({"data": {"values": values}, "mark": mark, "encoding": encoding})


def _raw(name: str) -> Json:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}
