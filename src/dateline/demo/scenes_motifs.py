"""What more than one scene needs: people, mountains, trees, clouds, lamps."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from dateline.demo.scenes import Block, Point, Sheet, between, down_to, smooth


def person(
    block: Block, x: float, foot: float, tall: float, *, stride: float = 0.0, coat: float = 0.44, turn: float = 0.0
) -> Block:
    """Someone standing or, with a `stride`, walking; `tall` from foot to crown, `coat` where the hem hangs, as a share."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * tall, foot - dy * tall

    block.oval(*at(turn * 0.03, 0.925), tall * 0.058, tall * 0.07)
    block.area([at(-0.03, 0.88), at(0.03, 0.88), at(0.034, 0.82), at(-0.034, 0.82)])
    hem = 0.1 + abs(stride) * 0.12
    block.blob(
        [
            at(-0.115, 0.78),
            at(-0.06, 0.835),
            at(0.06, 0.835),
            at(0.115, 0.78),
            at(0.1, 0.6),
            at(hem, coat),
            at(-hem, coat),
            at(-0.1, 0.6),
        ]
    )
    for side in (-1, 1):
        shift = side * (0.05 + stride * 0.12)
        block.line(
            [at(side * 0.045, coat + 0.03), at((side * 0.045 + shift) / 2, coat / 2), at(shift, 0.015)], tall * 0.06
        )
        block.line([at(shift, 0.012), at(shift + 0.05 + turn * 0.02, 0.012)], tall * 0.03)
        block.line(
            [
                at(side * 0.105, 0.77),
                at(side * 0.135 - stride * side * 0.05, 0.6),
                at(side * 0.12 + stride * 0.1, 0.45),
            ],
            tall * 0.045,
        )
    return block


def crowd(sheet: Sheet, spots: Sequence[tuple[float, float, float]], inks: Sequence[str]) -> None:
    """People at (x, foot, tall), each in one of the inks, the far ones first."""
    for x, foot, tall in sorted(spots, key=lambda spot: spot[1]):
        block = person(
            sheet.block((x, foot - tall / 2, tall * 0.7)),
            x,
            foot,
            tall,
            stride=sheet.random.choice((0, 0, 0.3, -0.3)),
            coat=sheet.random.uniform(0.3, 0.5),
        )
        sheet.ink(block, sheet.random.choice(inks), crisp=True)


def mountain(
    sheet: Sheet,
    peak: Point,
    feet: tuple[float, float],
    base: float,
    inks: tuple[str, str],
    *,
    snow: tuple[str, str] | None = None,
    line: float = 0.45,
) -> None:
    """One mountain, lit from the left: a bright and a dark face either side of a broken ridge, snow down to `line` of it."""
    rng = sheet.random
    left = _slope(rng, peak, (feet[0], base))
    right = _slope(rng, peak, (feet[1], base))
    spine = _spine(rng, peak, between((feet[0], base), (feet[1], base), rng.uniform(0.42, 0.62)))
    lit = sheet.block().area([*left, *spine[::-1]])
    dark = sheet.block().area([*spine, *right[::-1]])
    sheet.ink(lit, inks[0])
    sheet.ink(dark, inks[1])
    if snow is None:
        return
    for face, edge, ink in ((lit, left, snow[0]), (dark, right, snow[1])):
        reach = (base - peak[1]) * line
        cap: list[Point] = [peak]
        outer = [p for p in edge if p[1] < peak[1] + reach * 1.15]
        inner = [p for p in spine if p[1] < peak[1] + reach * 1.3]
        cap += outer
        steps = 7
        for step in range(1, steps):
            x, y = between(outer[-1], inner[-1], step / steps)
            cap.append((x, y + (reach * 0.2 if step % 2 else -reach * 0.16) * rng.uniform(0.3, 1.2)))
        cap += inner[::-1]
        sheet.ink(sheet.block().area(cap).within(face), ink)


def _slope(rng: random.Random, top: Point, foot: Point) -> list[Point]:
    steps = 14
    wide, high = abs(foot[0] - top[0]) / steps, abs(foot[1] - top[1]) / steps
    points = [between(top, foot, step / steps) for step in range(steps + 1)]
    return (
        [points[0]]
        + [(x + rng.uniform(-0.5, 0.5) * wide, y + rng.uniform(-0.55, 0.55) * high) for x, y in points[1:-1]]
        + [points[-1]]
    )


def _spine(rng: random.Random, top: Point, foot: Point) -> list[Point]:
    steps = 9
    drift = (foot[1] - top[1]) / steps * 0.42
    points = [between(top, foot, step / steps) for step in range(steps + 1)]
    return (
        [points[0]]
        + [(x + drift * (1 if i % 2 else -1) * rng.uniform(0.4, 1.2), y) for i, (x, y) in enumerate(points[1:-1])]
        + [points[-1]]
    )


def cloud(
    sheet: Sheet, x: float, y: float, wide: float, ink: str, *, alpha: float = 1.0, shade: str | None = None
) -> None:
    """A fair-weather cloud: a flat foot, a heaped head, shade along its foot."""
    rng = sheet.random
    block = sheet.block()
    heaps = 9
    for heap in range(heaps):
        at = heap / (heaps - 1) * 2 - 1
        radius = wide * (0.07 + 0.13 * (1 - at * at)) * rng.uniform(0.75, 1.2)
        block.oval(x + at * wide * 0.42, y - radius * 0.75, radius * 1.15, radius)
    block.box(0, y, sheet.width, sheet.height, cut=True)
    block.brush(
        [(x - wide * 0.56, y), (x - wide * 0.2, y - 4), (x + wide * 0.2, y - 3), (x + wide * 0.58, y)], wide * 0.03
    )
    sheet.ink(block, ink, alpha=alpha)
    if shade:
        sheet.ink(block, shade, tone=sheet.ramp((0, y - wide * 0.2), (0, y + 6), bend=1.3), alpha=alpha)


def streaks(
    sheet: Sheet,
    area: tuple[float, float, float, float],
    count: int,
    ink: str,
    *,
    alpha: float = 0.6,
    wide: tuple[float, float] = (300, 900),
    thick: tuple[float, float] = (6, 24),
) -> None:
    """Long thin clouds."""
    rng, block = sheet.random, sheet.block()
    for _ in range(count):
        x, y = rng.uniform(area[0], area[2]), rng.uniform(area[1], area[3])
        reach, bow = rng.uniform(*wide), rng.uniform(-10, 10)
        block.brush(
            [
                (x - reach / 2 + reach * s / 8, y + bow * math.sin(s / 8 * math.pi) + rng.uniform(-2, 2))
                for s in range(9)
            ],
            rng.uniform(*thick),
        )
    sheet.ink(block, ink, alpha=alpha)


def tree(
    sheet: Sheet,
    x: float,
    foot: float,
    tall: float,
    inks: tuple[str, str, str],
    *,
    lean: float = 0.0,
    light: Point = (-0.3, -0.4),
) -> None:
    """A round-crowned tree: trunk, crown in the dark ink, lit heaps of leaves in the bright one."""
    rng = sheet.random
    trunk = sheet.block()
    top = (x + lean * tall, foot - tall * 0.55)
    trunk.brush(
        smooth([(x, foot), (x + tall * 0.02, foot - tall * 0.2), (x + lean * tall * 0.5, foot - tall * 0.38), top]),
        tall * 0.085,
        root=1.3,
        tip=0.7,
    )
    for side in (-1, 1):
        trunk.brush(
            smooth(
                [
                    (x + lean * tall * 0.4, foot - tall * 0.33),
                    (x + side * tall * 0.12, foot - tall * 0.5),
                    (x + side * tall * 0.2, foot - tall * 0.64),
                ]
            ),
            tall * 0.04,
            root=1.0,
            tip=0.3,
        )
    sheet.ink(trunk, inks[0])
    heaps = [(rng.uniform(-0.27, 0.27), rng.uniform(-0.2, 0.16), rng.uniform(0.1, 0.19)) for _ in range(13)]
    middle = (top[0], foot - tall * 0.68)
    crown, lit = sheet.block(), sheet.block()
    for dx, dy, radius in heaps:
        crown.blob(_leafy(rng, middle[0] + dx * tall, middle[1] + dy * tall, radius * tall))
        lit.blob(
            _leafy(
                rng,
                middle[0] + (dx + light[0] * radius) * tall,
                middle[1] + (dy + light[1] * radius) * tall,
                radius * 0.62 * tall,
            )
        )
    sheet.ink(crown, inks[1])
    sheet.ink(
        lit.within(crown),
        inks[2],
        tone=sheet.pool(middle[0] + light[0] * tall * 0.5, middle[1] + light[1] * tall * 0.5, tall * 0.55, bend=0.5),
    )


def _leafy(rng: random.Random, x: float, y: float, radius: float) -> list[Point]:
    turns = 11
    return [
        (
            x + math.cos(math.tau * i / turns) * radius * (r := rng.uniform(0.82, 1.12)),
            y + math.sin(math.tau * i / turns) * radius * r * 0.85,
        )
        for i in range(turns)
    ]


def hills(sheet: Sheet, layers: Sequence[tuple[float, float, str]], bottom: float, *, roll: float = 300) -> None:
    """Rounded hills, far to near: (height of the line, how much it rolls, ink)."""
    for y, swing, ink in layers:
        phase = sheet.random.uniform(0, 6)
        line = smooth(
            [
                (x, y + swing * (math.sin(x / roll + phase) + 0.4 * math.sin(x / roll * 2.3 + phase)))
                for x in range(-120, sheet.width + 240, 120)
            ]
        )
        sheet.ink(sheet.block().area(down_to(line, bottom)), ink)


def windows(
    block: Block,
    rng: random.Random,
    area: tuple[float, float, float, float],
    cell: Point,
    pane: Point,
    *,
    lit: float = 1.0,
) -> Block:
    """Window panes on a grid, each there with the chance `lit`."""
    left, top, right, bottom = area
    for row in range(max(1, int((bottom - top) // cell[1]))):
        for column in range(max(1, int((right - left) // cell[0]))):
            if rng.random() < lit:
                x, y = left + column * cell[0] + (cell[0] - pane[0]) / 2, top + row * cell[1] + (cell[1] - pane[1]) / 2
                block.box(x, y, x + pane[0], y + pane[1])
    return block


def ripples(
    block: Block,
    rng: random.Random,
    area: tuple[float, float, float, float],
    count: int,
    *,
    length: tuple[float, float] = (30, 220),
    width: tuple[float, float] = (1.5, 7),
    cut: bool = False,
    near: Callable[[float], float] | None = None,
) -> Block:
    """Strokes of light on water: short, thin and many far off, longer and wider towards the lower edge of the area."""
    left, top, right, bottom = area
    for _ in range(count):
        depth = rng.random() ** 1.5
        y = top + (bottom - top) * depth
        reach = (length[0] + (length[1] - length[0]) * depth) * rng.uniform(0.5, 1.2)
        thick = (width[0] + (width[1] - width[0]) * depth) * rng.uniform(0.6, 1.2)
        spread = near(depth) if near else 1.0
        middle = (left + right) / 2 + (right - left) / 2 * rng.uniform(-1, 1) * spread
        sway = thick * rng.uniform(-0.8, 0.8)
        block.brush(
            [(middle - reach / 2 + reach * step / 6, y + math.sin(step) * sway) for step in range(7)], thick, cut=cut
        )
    return block
