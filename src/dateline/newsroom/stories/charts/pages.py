"""A chart of a body as a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.charts.cells import Cells, ChartError, read_cells
from dateline.newsroom.stories.charts.drawings import Asked, drawings
from dateline.newsroom.stories.charts.figures import read_figures
from dateline.newsroom.stories.charts.models import ChartDrawing
from dateline.newsroom.stories.charts.size import NARROW, WIDE
from dateline.newsroom.stories.charts.wording import Wording
from dateline.theme import components as c

#: A block's kind and data.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plate:
    """What a block's data comes to: its cells, and what is drawn of them, if they can be drawn."""

    cells: Cells
    asked: Asked | None = None
    drawing: ChartDrawing | None = None

    def with_drawing(self, drawing: ChartDrawing | None) -> "Plate":
        return replace(self, drawing=drawing)


def load_plates(values: Iterable[Mapping[str, Any]], voice: Voice) -> dict[Key, Plate]:
    """The plates of these blocks, in one query. Data that is no table has none."""
    plates: dict[Key, Plate] = {}
    for value in values:
        plate = plate_of(value, voice)
        if plate:
            plates[_key(value)] = plate
    drawn = drawings([plate.asked for plate in plates.values() if plate.asked])
    return {
        key: plate.with_drawing(drawn.get(plate.asked.digest)) if plate.asked else plate
        for key, plate in plates.items()
    }


def chart_view(value: Mapping[str, Any], plates: Mapping[Key, Plate], number: int) -> c.Chart | None:
    """The chart, the body's `number`th; its table alone where it could not be drawn, None where there is no table."""
    plate = plates.get(_key(value))
    if plate is None:
        return None
    headline = value.get("headline") or ""
    head, rows, told = plate.cells.head, plate.cells.rows, ""
    if plate.asked:
        wording = Wording(plate.asked.voice)
        head = tuple(map(wording.name, head))
        rows = wording.table(plate.asked.figures)
        told = wording.description(plate.asked.kind, plate.asked.figures)
    drawing = plate.drawing
    return c.Chart(
        id=f"chart-{number}",
        headline=headline,
        table=c.Table(headline, head, rows, row_heads=True),
        unit=value.get("unit") or "",
        note=value.get("note") or "",
        source=value.get("source") or "",
        title=headline or _("Chart"),
        description=value.get("description") or told,
        narrow=_drawing(drawing.narrow, NARROW.width, drawing.narrow_height) if drawing else None,
        wide=_drawing(drawing.wide, WIDE.width, drawing.wide_height) if drawing else None,
    )


def _drawing(inside: str, width: int, height: int) -> c.Drawing:
    return c.Drawing(f"0 0 {width} {height}", inside)


def _key(value: Mapping[str, Any]) -> Key:
    return value.get("kind") or "", value.get("data") or ""


def plate_of(value: Mapping[str, Any], voice: Voice) -> Plate | None:
    """What a block's data comes to, not drawn yet; None if it is no table."""
    kind, data = _key(value)
    try:
        cells = read_cells(data)
    except ChartError:
        return None
    if kind == "table":
        return Plate(cells)
    try:
        return Plate(cells, Asked(kind, read_figures(cells, kind), voice))
    except ChartError:
        # An import is not turned away for a chart that cannot be drawn: readers get its table.
        return Plate(cells)
