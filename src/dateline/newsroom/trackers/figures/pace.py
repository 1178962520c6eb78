"""How a level grows, and when it reaches a target: arithmetic that a browser repeats to the last bit.

Only `+ - * /`, square roots and comparisons of doubles in a fixed order, as in `theme/static/theme/pages/whatif.js`.
Sums are loops, because `sum` rounds in a way of its own. `docs/trackers.md` has the formulas, under "When the goal is
met".
"""

import math
from collections.abc import Sequence

#: An evening: its day, and what was there at least and at most.
Evening = tuple[float, float, float]

#: Days with evidence, and days between the first and the last of them, without which no pace is worked out.
LEAST, SPAN = 5, 21
#: How far ahead a day is named: twenty years.
HORIZON = 7305
#: How the past may weigh: all the same (0), or half as much when it is so long ago, as a part of the whole time.
WEIGHTS = (0.0, 0.3, 0.1)
#: As if there had been one more look back, in which it was off by this: few looks say little.
ONCE = 0.5
#: A pace that was off by more than this factor, less one, was simply wrong.
WRONG = 4.0
#: The normal quantiles of the half and of four fifths, times what the back-test made of them.
HALF, FIFTHS = 0.6744897501960817 * 0.55, 1.2815515655446004 * 0.7
_TINY = 1e-12

#: What `reach` answers: a reason or ""; the pace a day; days: the median, first and last of half, and of four fifths.
#: A last day that is infinite is beyond the horizon.
Reached = tuple[str, float, list[float]]


def pace_at(evenings: Sequence[Evening], until: int, weight: float) -> float:
    """Growth a day up to the evening `until`, recent steps weighing more."""
    span = evenings[until][0] - evenings[0][0]
    grown = weighed = 0.0
    for i in range(until):
        share = 1.0
        if weight > 0:
            share = 1 / (1 + (evenings[until][0] - evenings[i + 1][0]) / (weight * span))
        grown += share * (middle(evenings[i + 1]) - middle(evenings[i]))
        weighed += share * (evenings[i + 1][0] - evenings[i][0])
    return grown / weighed


def middle(evening: Evening) -> float:
    return (evening[1] + evening[2]) / 2


#: What looking back tells: how far off the pace was, what noise makes of that, and what few looks leave open.
Off = tuple[float, float, float, float]


def hindsight(evenings: Sequence[Evening], weight: float) -> Off:
    """How far the pace would have been off before: the mean square of the factor it was off by, less one.

    With it, what noise makes of that, for each unit of the variance of a reading and of a day's growth; and how far it
    may have been off for all that so few looks can say.
    """
    last = len(evenings) - 1
    span = evenings[last][0] - evenings[0][0]
    off, reading, daily = ONCE, 0.0, 0.0
    count = 1
    for j in range(max(2, last // 3), last):
        rest, before = evenings[last][0] - evenings[j][0], evenings[j][0] - evenings[0][0]
        if rest < 0.1 * span:
            break
        was = (middle(evenings[last]) - middle(evenings[j])) / rest
        said = pace_at(evenings, j, weight)
        factor = WRONG
        if was > _TINY and said > _TINY:
            factor = min(WRONG, max(was / said, said / was) - 1)
        off += factor * factor
        count += 1
        larger = max(was, -was, said, -said)
        if larger > _TINY:
            reading += (2 / (before * before) + 2 / (rest * rest)) / (larger * larger)
            daily += (1 / before + 1 / rest) / (larger * larger)
    return off / count, reading / count, daily / count, ONCE / count


def noise(evenings: Sequence[Evening], pace: float) -> tuple[float, float]:
    """The variance of a reading and of a day's growth. After an error of reading the next step goes the other way."""
    last = len(evenings) - 1
    swing = ranges = steps = often = 0.0
    before = 0.0
    for i in range(last + 1):
        half = (evenings[i][2] - evenings[i][1]) / 2
        ranges += half * half / 3
        if i == 0:
            continue
        days = evenings[i][0] - evenings[i - 1][0]
        beside = middle(evenings[i]) - middle(evenings[i - 1]) - pace * days
        steps += beside * beside / days
        often += 1 / days
        if i > 1:
            swing -= before * beside
        before = beside
    reading = max(0.0, swing / (last - 1), ranges / (last + 1))
    steps = steps / (last - 1)
    return reading, max(steps - 2 * reading * (often / last), 0.02 * steps)


def student(z: float, freedom: float) -> float:
    """The quantile of Student's distribution beside the normal one: the first terms of its series."""
    cube = z * z * z
    fifth = cube * z * z
    return z + (cube + z) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * z) / (96 * freedom * freedom)


def crossing(gap: float, pace: float, now: float, daily: float, z: float, late: bool) -> float:
    """The days until `pace * days`, and z times its deviation more, or less when `late`, come to the gap."""
    square, line, rest = pace * pace, 2 * pace * gap + z * z * daily, gap * gap - z * z * now
    root = math.sqrt(max(0.0, line * line - 4 * square * rest))
    if late:
        return (line + root) / (2 * square)
    return 0.0 if rest <= 0 else 2 * rest / (line + root)


def reach(evenings: Sequence[Evening], low: float, high: float, target: float, today: float) -> Reached:
    """When a level that is between `low` and `high` reaches the target, growing as the evenings do."""
    if low >= target:
        return "met", 0.0, []
    level = (low + high) / 2
    if level >= target:
        return "perhaps-met", 0.0, []
    last = len(evenings) - 1
    if last + 1 < LEAST or evenings[last][0] - evenings[0][0] < SPAN:
        return "few", 0.0, []
    weight, off = WEIGHTS[0], hindsight(evenings, WEIGHTS[0])
    for other in WEIGHTS[1:]:
        found = hindsight(evenings, other)
        if found[0] < 0.9 * off[0]:
            weight, off = other, found
    pace = pace_at(evenings, last, weight)
    if pace <= _TINY:
        return "no-progress", 0.0, []
    return _days(evenings, (low, high), (target - level, pace), off, today)


def _days(
    evenings: Sequence[Evening],
    level: tuple[float, float],
    ahead: tuple[float, float],
    off: Off,
    today: float,
) -> Reached:
    last = len(evenings) - 1
    gap, pace = ahead
    begin, span = evenings[last][0], evenings[last][0] - evenings[0][0]
    median = begin + math.ceil(min(gap / pace, HORIZON * 2.0))
    if median > today + HORIZON:
        return "beyond", pace, []
    if median < today:
        return "stale", pace, []
    reading, daily = noise(evenings, pace)
    half = (level[1] - level[0]) / 2
    now = max(reading, half * half / 3)
    wrong = max(off[0] - (reading * off[1] + daily * off[2]), 0.25 * off[0], off[3])
    unsure = math.sqrt(wrong + (daily / span + 2 * reading / (span * span)) / (pace * pace))
    found = [median]
    early, late = median, median
    for quantile in (HALF, FIFTHS):
        z = student(quantile, max(2, last - 1))
        faster, slower = pace * (1 + z * unsure), pace / (1 + z * unsure)
        early = min(early, max(today, begin + math.ceil(crossing(gap, faster, now, daily, z, False))))
        until = begin + math.ceil(min(crossing(gap, slower, now, daily, z, True), HORIZON * 2.0))
        late = max(late, until)
        found += [early, late if late <= today + HORIZON else math.inf]
    return "", pace, found
