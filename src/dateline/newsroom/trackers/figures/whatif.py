"""What if a party leaves, or slows down: the same arithmetic here and in `theme/static/theme/pages/whatif.js`.

`payload(facts)` is what both work from, ready for JSON. `project(payload, choices)` gives what follows from a choice:

    choices   {"leave": [code, …], "pace": {code: factor, …}}     both may be missing
    answer    {"level": [low, high], "share": [low, high], "gap": [low, high],
               "reason": "" or one of `forecast.Reason`, "per_month": how much comes in 30 days, or 0,
               "median": day, "fifty": [day, day or null], "eighty": [day, day or null]}

A party that leaves takes along what it has brought. One that slows down leaves it there, and goes on at `factor` times
its pace: 0 stands still, 2 is twice as fast, more than 100 is taken as 100. Days are counted from 1 January 1970, as in
`new Date(day * 86400000)`. With a reason the days are null. Without a goal or evidence the payload is empty, and so is
the answer.
"""

import math
from typing import Any

from dateline.newsroom.trackers.figures.facts import Amount, Facts
from dateline.newsroom.trackers.figures.forecast import day_of, thinned
from dateline.newsroom.trackers.figures.levels import Point, Range, history, number_of, steps_of
from dateline.newsroom.trackers.figures.pace import Evening, reach

Payload = dict[str, Any]
_FASTEST = 100


def payload(facts: Facts) -> Payload:
    """All that `project` needs, as numbers, strings, lists and dicts.

    `parties` holds `{"code", "name", "level": [low, high], "steps"}` of each party with evidence, in the order of
    `facts.parties`; `level`, `target`, `unit` and `today` are of the whole. An evening of `points` is its day, the
    whole at least and at most, its parties' sum at least and at most, and the most that nobody is named for. A step
    says from which evening on a party had what.
    """
    points = thinned(history(facts))
    if facts.goal is None or not points or facts.goal.target <= 0:
        return {}
    steps: dict[str, list[list[float]]] = {}
    for k, point in enumerate(points):
        for code, level in point.moved:
            steps.setdefault(code, []).append([k, *_numbers(level)])
    return {
        "today": day_of(facts.on),
        "unit": facts.goal.unit,
        "target": number_of(steps_of(Amount.exact(facts.goal.target)).high),
        "level": _numbers(points[-1].whole),
        "disputed": points[-1].disputed,
        "points": [_evening(point) for point in points],
        "parties": [
            {"code": party.code, "name": party.name, "level": steps[party.code][-1][1:], "steps": steps[party.code]}
            for party in facts.parties
            if party.code in steps
        ],
    }


def _numbers(level: Range) -> list[float]:
    return [number_of(level.low), number_of(level.high)]


def _evening(point: Point) -> list[float]:
    return [day_of(point.on), *_numbers(point.whole), *_numbers(point.parties), number_of(point.rest)]


def project(payload: Payload, choices: dict[str, Any]) -> dict[str, Any]:
    """What follows from a choice. The same operations in the same order as in the browser."""
    if not payload:
        return {}
    leave, pace = set(choices.get("leave", ())), choices.get("pace", {})
    gone = [1.0 if party["code"] in leave else 0.0 for party in payload["parties"]]
    slower = [
        1 - min(max(pace[party["code"]], 0), _FASTEST) if party["code"] in pace and not left else left
        for party, left in zip(payload["parties"], gone, strict=True)
    ]
    _, low, high = _without(payload, gone)[-1]
    target = payload["target"]
    answer: dict[str, Any] = {
        "level": [low, high],
        "share": [low / target, high / target],
        "gap": [max(0.0, target - high), max(0.0, target - low)],
        "reason": "contradictory",
        "per_month": 0.0,
        "median": None,
        "fifty": [None, None],
        "eighty": [None, None],
    }
    if payload["disputed"]:
        return answer
    answer["reason"], day_pace, days = reach(_without(payload, slower), low, high, target, payload["today"])
    answer["per_month"] = day_pace * 30
    if days:
        found = [day if day < math.inf else None for day in days]
        answer |= {"median": found[0], "fifty": found[1:3], "eighty": found[3:5]}
    return answer


def _without(payload: Payload, parts: list[float]) -> list[Evening]:
    """The whole's evenings without these parts of its parties; a part below nothing adds.

    What is left is at least the other parties' least, and at most their most and what nobody is named for.
    """
    if not any(parts):
        return [(day, low, high) for day, low, high, *_ in payload["points"]]
    less, more = _summed(payload, parts, 1.0), _summed(payload, parts, -1.0)
    found = []
    for k, (day, low, high, least, most, rest) in enumerate(payload["points"]):
        (taken, taken_most), (added, added_most) = less[k], more[k]
        top = max(0.0, min(high - taken, most - taken_most + rest))
        bottom = max(0.0, min(max(low - taken_most, least - taken), low, top))
        found.append((day, bottom + added, top + added_most))
    return found


def _summed(payload: Payload, parts: list[float], sign: float) -> list[tuple[float, float]]:
    """On each evening, the parts of one sign of all parties: at least and at most."""
    size = len(payload["points"])
    low, high = [0.0] * size, [0.0] * size
    for party, part in zip(payload["parties"], parts, strict=True):
        factor = part * sign
        if factor <= 0:
            continue
        before = [0.0, 0.0]
        for k, least, most in party["steps"]:
            low[k] += factor * least - before[0]
            high[k] += factor * most - before[1]
            before = [factor * least, factor * most]
    for k in range(1, size):
        low[k] += low[k - 1]
        high[k] += high[k - 1]
    return [(max(0.0, low[k]), max(0.0, high[k])) for k in range(size)]
