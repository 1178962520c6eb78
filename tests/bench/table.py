"""A run's findings: the lines of the table, as text for people, Markdown for the documentation, JSON for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

HEADINGS = ("row", "what", "ours", "peer or limit", "ratio", "goal", "met")


@dataclass(frozen=True, slots=True)
class Line:
    """One finding.

    Attributes:
        row: number of the goal it belongs to.
        ours, peer, ratio, goal: as shown, with units; "" for none.
        met: whether the goal is met; None where the line has no goal of its own.
        values: the same in plain numbers, seconds and bytes, for programs.
    """

    row: int
    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def cells(self) -> tuple[str, ...]:
        met = {None: "", True: "yes", False: "NO"}[self.met]
        return (str(self.row), self.what, self.ours, self.peer, self.ratio, self.goal, met)


def as_text(lines: Iterable[Line]) -> str:
    """Columns for a terminal."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    out = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    out.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(out)


def as_markdown(lines: Iterable[Line]) -> str:
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(line.cells() for line in lines)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def as_data(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(share * 1000) // 1000) - 1))]


def ms(seconds: float) -> str:
    """Milliseconds, with a decimal only where it says something."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 20 else f"{value:.1f} ms"


def quantiles(values: Sequence[float]) -> str:
    return f"p50 {ms(median(values))}, p95 {ms(percentile(values, 0.95))}, p99 {ms(percentile(values, 0.99))}"


def rate(value: float) -> str:
    return f"{value:,.0f}/s"


def times(value: float) -> str:
    return f"{value:.0f} ×" if value >= 10 else f"{value:.2f} ×"
