"""The river itself: the delta from above, the gauge at the bridge."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Block, Point, Sheet, arc, scene, smooth, trace
from dateline.demo.scenes_motifs import hills


@scene("river-delta", paper="#d9b98a")
def river_delta(sheet: Sheet) -> None:
    """A river from high above, dividing and dividing again until it reaches the sea."""
    rng = sheet.random
    sheet.ink(None, "#b98a58", tone=sheet.ramp((1500, 0), (300, 1000)))
    for _ in range(46):
        x, y, r = rng.uniform(-60, 1680), rng.uniform(-60, 1140), rng.uniform(60, 210)
        patch = [
            (x + math.cos(a) * r * rng.uniform(0.5, 1.2), y + math.sin(a) * r * 0.7 * rng.uniform(0.5, 1.2))
            for a in (0, 0.8, 1.6, 2.4, 3.2, 4.0, 4.8, 5.6)
        ]
        ink = rng.choice(("#8a6a3f", "#a77b4b", "#6f6b3e", "#8d8047", "#c8a06a", "#5d6a44"))
        sheet.ink(sheet.block().blob(patch), ink, alpha=0.55, tone=sheet.pool(x, y, r * 1.5, bend=0.5))
    sea = sheet.block().area([*smooth(trace("-40,560 130,690 250,800 420,900 600,960 790,1110")), (-40, 1110)])
    sheet.ink(sea, "#2e7f87")
    sheet.ink(sea, "#0f4257", tone=sheet.ramp((430, 800), (80, 1100)))
    channels: list[tuple[list[Point], float, float]] = []
    _branch(sheet, (1660, 90), 2.72, 104, 5, channels)
    for grow, ink in ((26, "#7a5a38"), (12, "#e6d3a4"), (0, "#3fa0a0"), (-14, "#2a838c")):
        block = sheet.block()
        for points, start, end in channels:
            for i in range(len(points) - 1):
                share = i / (len(points) - 1)
                wide = max(start + (end - start) * share, 3.4) + grow * (start / 104) ** 0.55
                if wide > 0.8:
                    block.line([points[i], points[i + 1]], wide)
        sheet.ink(block, ink)
    bars, rims = sheet.block(), sheet.block()
    for points, start, _ in channels:
        if start > 16:
            for _ in range(max(1, round(start / 22))):
                i = rng.randrange(1, len(points) - 2)
                (x0, y0), (x1, y1) = points[i - 1], points[i + 1]
                a, long, wide = (
                    math.atan2(y1 - y0, x1 - x0),
                    start * rng.uniform(0.5, 0.95),
                    start * rng.uniform(0.22, 0.4),
                )
                x, y = points[i][0] + rng.uniform(-0.2, 0.2) * start, points[i][1] + rng.uniform(-0.2, 0.2) * start
                spine = [(x + math.cos(a) * long * (s / 4 - 1), y + math.sin(a) * long * (s / 4 - 1)) for s in range(9)]
                rims.brush(spine, wide + 7)
                bars.brush(spine, wide)
    sheet.ink(rims, "#e6d3a4")
    sheet.ink(bars, "#8f7b45")
    shoals = sheet.block()
    for drop, wide in ((16, 12), (44, 8), (78, 5)):
        coast = [
            (x - drop * 0.6, y + drop) for x, y in smooth(trace("-40,560 130,690 250,800 420,900 600,960 790,1110"))
        ]
        shoals.line(coast, wide)
    sheet.ink(shoals.within(sea), "#8fc3b4", alpha=0.7)
    for x, y, wide in ((1290, 700, 330), (1040, 930, 260), (420, 200, 300)):
        _cloud_from_above(sheet, x, y, wide)


def _branch(
    sheet: Sheet, start: Point, angle: float, width: float, left: int, out: list[tuple[list[Point], float, float]]
) -> None:
    """One channel and, at its end, the two or three it divides into."""
    rng = sheet.random
    x, y = start
    points = [start]
    steps = rng.randrange(5, 8)
    for step in range(steps):
        angle += rng.uniform(-0.34, 0.34) + (2.5 - angle) * 0.03
        reach = 62 if left > 4 else 46 + left * 4
        x, y = x + math.cos(angle) * reach, y + math.sin(angle) * reach
        points.append((x, y))
        if y - 620 > x * 0.62:
            left = 0  # the shore
            break
        if left > 1 and step and rng.random() < 0.2:
            _branch(sheet, (x, y), angle + rng.choice((-0.8, 0.8)), width * 0.3, max(0, left - 3), out)
    if len(points) < 3:
        points.append((x - 12, y + 12))
    out.append((smooth(points, steps=8), width, width * 0.72))
    if left > 0:
        parts = 3 if left in (4, 3) else 2
        for part in range(parts):
            turn = (part - (parts - 1) / 2) * (1.15 if parts == 2 else 0.8) + rng.uniform(-0.12, 0.12)
            share = rng.uniform(0.46, 0.64) if parts == 3 else rng.uniform(0.55, 0.75)
            _branch(sheet, (x, y), angle + turn, width * 0.72 * share * 1.1, left - 1, out)


def _cloud_from_above(sheet: Sheet, x: float, y: float, wide: float) -> None:
    rng = sheet.random
    shade, puff = sheet.block(), sheet.block()
    for _ in range(60):
        along = rng.gauss(0, 0.3)
        dx, dy, r = along, along * 0.28 + rng.gauss(0, 0.06), rng.uniform(0.02, 0.085) * max(0.25, 1 - abs(along) * 1.3)
        shade.oval(x + dx * wide + 54, y + dy * wide + 66, r * wide)
        puff.oval(x + dx * wide, y + dy * wide, r * wide)
    sheet.ink(shade, "#3c3426", alpha=0.38)
    sheet.ink(puff, "#f8efdf", alpha=0.92)
    sheet.ink(puff, "#b9ad9a", tone=sheet.ramp((x, y), (x + wide * 0.2, y + wide * 0.26)))


@scene("bridge-gauge", size=PORTRAIT, paper="#e9dcc0")
def bridge_gauge(sheet: Sheet) -> None:
    """The gauge on a pier of the upper bridge, the water high."""
    rng = sheet.random
    sheet.ink(None, "#a9bdb6", tone=sheet.ramp((0, 600), (0, 0)))
    hills(sheet, ((420, 30, "#8ea69b"), (470, 20, "#6c8a80")), 800, roll=180)
    water = sheet.block().box(0, 560, 1080, 1350)
    sheet.ink(water, "#7c7350")
    sheet.ink(water, "#3f4a3a", tone=sheet.ramp((0, 580), (0, 1350)))
    arch = sheet.block().box(0, 0, 1080, 250)
    arch.area([(0, 250), *arc(-60, 700, 470, 470, -83, 0), (410, 250)]).area(
        [(760, 250), (760, 700), *arc(1250, 700, 490, 470, -180, -100), (1080, 250)]
    )
    sheet.ink(arch, "#8a6f58")
    under = sheet.block().area([*arc(-60, 700, 470, 470, -83, 0), *arc(-60, 700, 430, 420, 0, -83)])
    under.area([*arc(1250, 700, 490, 470, -180, -100), *arc(1250, 700, 450, 420, -100, -180)])
    sheet.ink(under, "#33302c")
    pier = sheet.block().area(trace("402,180 768,180 790,1010 380,1010"))
    sheet.ink(pier, "#b3957a")
    _stones(sheet, pier)
    sheet.ink(pier, "#3a2f2a", tone=sheet.ramp((600, 0), (800, 0)), alpha=0.85)
    sheet.ink(pier, "#3b3a2c", tone=sheet.ramp((0, 780), (0, 900)), alpha=0.9)
    parapet = sheet.block().box(0, 96, 1080, 150).box(0, 176, 1080, 200)
    sheet.ink(parapet, "#c9ad8b")
    sheet.ink(sheet.block().box(0, 150, 1080, 176).box(0, 200, 1080, 212), "#4c3f36")
    _staff(sheet)
    swirl = sheet.block()
    for k in range(34):
        drop, reach = k // 2 * 7.5, 190 + k * 9
        side = -1 if k % 2 else 1
        start = (585 + side * rng.uniform(0, 60), 952 + drop * 0.6)
        swirl.brush(
            smooth(
                [
                    start,
                    (585 + side * reach * 0.55, 948 + drop * 0.7),
                    (585 + side * reach, 990 + drop * 1.5),
                    (585 + side * reach * 1.4, 1010 + drop * 2),
                ]
            ),
            rng.uniform(4, 12),
            root=0.4,
        )
    sheet.ink(swirl, "#d8cfa4", alpha=0.9)
    for ink, count, seed in (("#d8cfa4", 90, 0.9), ("#2d3a30", 90, 0.7)):
        flow = sheet.block()
        for _ in range(count):
            x, y = rng.uniform(-80, 1080), 590 + 760 * rng.random()
            if 380 < x < 790 and y < 960:
                continue
            near = (y - 560) / 790
            bow = 46 * math.exp(-(((y - 1000) / 130) ** 2))
            run = 60 + 240 * near
            flow.brush(
                smooth(
                    [
                        (x + run * s / 5, y + bow * math.sin((x + run * s / 5 - 585) / 190) + rng.uniform(-2, 2))
                        for s in range(6)
                    ],
                    steps=3,
                ),
                3 + 8 * near * rng.uniform(0.4, 1),
            )
        sheet.ink(flow, ink, alpha=seed)
    lamp = sheet.block().line([(900, 100), (900, -10)], 12).box(888, 84, 912, 100)
    sheet.ink(lamp, "#26302f", crisp=True)


def _stones(sheet: Sheet, pier: Block) -> None:
    rng = sheet.random
    for row in range(15):
        top = 184 + row * 56
        x = 372 - rng.uniform(0, 50)
        while x < 800:
            wide = rng.uniform(76, 140)
            stone = sheet.block((x + wide / 2, top + 30, wide)).blob(
                [
                    (x + 5, top + 6),
                    (x + wide * 0.5, top + 4),
                    (x + wide - 5, top + 7),
                    (x + wide - 4, top + 50),
                    (x + wide * 0.5, top + 52),
                    (x + 6, top + 49),
                ]
            )
            sheet.ink(stone.within(pier), rng.choice(("#c8ab8d", "#bd9f80", "#a98a6e", "#c3a482", "#b69678")))
            x += wide


def _staff(sheet: Sheet) -> None:
    """A painted staff: an E-shaped mark for every tenth, red from the warning level up."""
    board = sheet.block().box(520, 252, 660, 962)
    sheet.ink(sheet.block().box(534, 262, 676, 972), "#2a2420", alpha=0.7)
    sheet.ink(board, "#f7f0dd")
    for k in range(14):
        top, ink = 262 + k * 50, "#b5392c" if k < 5 else "#1b2b33"
        mark, side = sheet.block(), k % 2
        left, right = (524, 590) if side == 0 else (590, 656)
        spine = left if side == 0 else right - 16
        mark.box(spine, top, spine + 16, top + 50)
        for bar in range(3):
            mark.box(left, top + bar * 20, right, top + bar * 20 + 10)
        sheet.ink(mark, ink)
    sheet.ink(sheet.block().box(520, 820, 660, 962), "#5b5638", tone=sheet.ramp((0, 800), (0, 980)))
    bolts = sheet.block()
    for y in (274, 620, 800):
        bolts.oval(590, y, 6)
    sheet.ink(bolts, "#6d655a", crisp=True)
