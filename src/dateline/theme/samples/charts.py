"""Charts as they were drawn from the figures in charts.json: one of every kind, and what it looks like undrawn."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.theme.components import Chart, Drawing, Table

SAMPLES = Path(__file__).with_name("charts.json")


@cache
def charts(code: str) -> tuple[Chart, ...]:
    """The charts of a language that has samples, each under an id of its own; the first once more, bare: without
    drawings, without a headline."""
    drawn = [_chart(sample["chart"]) for sample in json.loads(SAMPLES.read_text("utf-8"))[code]]
    bare = replace(drawn[0].table, caption="")
    drawn.append(replace(drawn[0], headline="", unit="", table=bare, narrow=None, wide=None))
    return tuple(replace(chart, id=f"chart-{number}") for number, chart in enumerate(drawn, start=1))


def _chart(sample: dict[str, Any]) -> Chart:
    table = sample["table"]
    rows = tuple(map(tuple, table["rows"]))
    return Chart(
        **sample
        | {
            "table": Table(table["caption"], tuple(table["head"]), rows, table["row_heads"]),
            "narrow": _drawing(sample["narrow"]),
            "wide": _drawing(sample["wide"]),
        }
    )


def _drawing(sample: dict[str, str] | None) -> Drawing | None:
    return Drawing(**sample) if sample else None
