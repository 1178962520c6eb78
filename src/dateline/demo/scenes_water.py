"""The river and what stands in it: delta, reeds, ferry, swimmer, gauge, turbines."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Block, Point, Sheet, arc, between, ripples, scene, smooth
from dateline.demo.scenes_motifs import hills, streaks


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
    sea = sheet.block().area(
        [*smooth([(-40, 560), (130, 690), (250, 800), (420, 900), (600, 960), (790, 1110)]), (-40, 1110)]
    )
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
            (x - drop * 0.6, y + drop)
            for x, y in smooth([(-40, 560), (130, 690), (250, 800), (420, 900), (600, 960), (790, 1110)])
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


@scene("reed-beds", paper="#efe3bd")
def reed_beds(sheet: Sheet) -> None:
    """Reeds in still water at first light, two herons."""
    rng = sheet.random
    sheet.ink(None, "#d9b47c", tone=sheet.ramp((0, 560), (0, 100), low=20))
    sheet.ink(None, "#7fa091", tone=sheet.ramp((0, 330), (0, -140)))
    sheet.ink(sheet.block().oval(1040, 380, 84), "#fff6dd")
    hills(sheet, ((500, 20, "#a8b598"), (520, 9, "#7f977f")), 600, roll=340)
    sheet.ink(sheet.block().box(0, 540, 1620, 1080), "#cfc79a")
    sheet.ink(sheet.block().box(0, 540, 1620, 1080), "#3f6f66", tone=sheet.ramp((0, 560), (0, 1080)))
    sheet.ink(sheet.block().oval(1040, 640, 130, 100), "#fff3cf", tone=sheet.pool(1040, 640, 130, 110), alpha=0.8)
    sheet.ink(
        ripples(sheet.block(), rng, (0, 556, 1620, 1000), 90, length=(40, 260), width=(1.5, 5)), "#f4e7bf", alpha=0.7
    )
    for y, tall, count, ink, side in (
        (560, 80, 260, "#8c9a6c", None),
        (640, 170, 130, "#6a8258", (0, 560)),
        (650, 180, 110, "#6a8258", (1230, 1620)),
    ):
        sheet.ink(_reeds(sheet, y, tall, count, side or (0, 1620)), ink, crisp=True)
    _heron(sheet, 770, 800, 1.0, "#33474b")
    _heron(sheet, 985, 716, 0.66, "#4b6463")
    for x, y, scale in ((770, 812, 1.0), (985, 724, 0.66)):
        mirror = sheet.block()
        for k in range(7):
            mirror.brush(
                [
                    (x - 26 * scale + rng.uniform(-8, 8), y + k * 22 * scale),
                    (x, y + k * 22 * scale + 2),
                    (x + 30 * scale, y + k * 22 * scale),
                ],
                8 * scale * (1 - k / 9),
            )
        sheet.ink(mirror, "#2d4a49", alpha=0.55)
    for y, tall, count, ink, side in (
        (900, 420, 90, "#4c6b45", (-20, 520)),
        (940, 430, 80, "#4c6b45", (1180, 1650)),
        (1110, 720, 80, "#22402f", (-40, 400)),
        (1110, 660, 70, "#22402f", (1300, 1660)),
        (1120, 240, 120, "#1b3529", (0, 1620)),
    ):
        sheet.ink(_reeds(sheet, y, tall, count, side), ink, crisp=True)
    plumes = sheet.block()
    for x in (60, 150, 236, 300, 372, 1320, 1400, 1482, 1560):
        y, sway = rng.uniform(330, 520), rng.uniform(26, 60)
        plumes.brush(smooth([(x, 1100), (x + sway * 0.3, 800), (x + sway, y + 60)]), 7, root=1, tip=0.5)
        for k in range(16):
            px, py = x + sway - 8 + k * 1.2, y + 80 - k * 8
            plumes.brush([(px, py), (px + 16, py - 4), (px + 34 - k, py + 12)], 9, tip=0.1)
    sheet.ink(plumes, "#9a6f3c", crisp=True)


def _reeds(sheet: Sheet, foot: float, tall: float, count: int, span: tuple[float, float]) -> Block:
    rng, block = sheet.random, sheet.block()
    for _ in range(count):
        x, height = rng.uniform(*span), tall * rng.uniform(0.6, 1.08)
        sway = rng.uniform(-0.05, 0.16) * height
        block.brush(
            smooth([(x, foot + 10), (x + sway * 0.3, foot - height * 0.5), (x + sway, foot - height)], steps=5),
            max(2.5, tall * 0.022),
            root=0.9,
        )
        if rng.random() < 0.6:
            y = foot - height * rng.uniform(0.3, 0.7)
            side = rng.choice((-1, 1))
            block.brush(
                smooth(
                    [
                        (x + sway * 0.3, y),
                        (x + side * height * 0.1, y - height * 0.14),
                        (x + side * height * 0.24, y - height * 0.08),
                    ],
                    steps=5,
                ),
                max(2.5, tall * 0.02),
                root=0.5,
            )
    return block


def _heron(sheet: Sheet, x: float, foot: float, scale: float, ink: str) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * scale, foot - dy * scale

    body = sheet.block()
    body.line([at(-6, 120), at(-8, 60), at(-4, 0)], 5 * scale).line([at(14, 122), at(22, 62), at(16, 0)], 5 * scale)
    body.blob(
        [at(44, 214), at(30, 160), at(6, 118), at(-48, 104), at(-88, 92), at(-56, 134), at(-20, 176), at(18, 206)]
    )
    body.brush(
        smooth([at(28, 196), at(52, 226), at(44, 258), at(20, 284), at(26, 312), at(44, 318)]),
        19 * scale,
        root=1.1,
        tip=0.8,
    )
    body.oval(*at(42, 318), 13 * scale, 10 * scale)
    body.area([at(48, 326), at(104, 310), at(48, 310)])
    body.brush([at(38, 324), at(14, 328), at(-12, 316)], 6 * scale, root=1)
    sheet.ink(body, ink, crisp=True)
    lit = (
        sheet.block()
        .brush(smooth([at(34, 200), at(58, 228), at(50, 258), at(27, 284)]), 7 * scale)
        .blob([at(36, 200), at(20, 160), at(-20, 130), at(-60, 106), at(-20, 150), at(14, 188)])
    )
    sheet.ink(lit, "#d8d6bd", alpha=0.75)


@scene("ferry", paper="#efe4cb")
def ferry(sheet: Sheet) -> None:
    """The afternoon ferry between two headlands."""
    rng = sheet.random
    sheet.ink(None, "#86b3b4", tone=sheet.ramp((0, 560), (0, -60), low=40))
    streaks(sheet, (0, 90, 1620, 360), 9, "#f8f0de", alpha=0.85, wide=(300, 800), thick=(10, 34))
    hills(sheet, ((470, 46, "#8fb0ac"), (505, 34, "#6a969a"), (540, 18, "#47808a")), 700, roll=230)
    sheet.ink(sheet.block().box(0, 560, 1620, 1080), "#2d7382")
    sheet.ink(sheet.block().box(0, 560, 1620, 1080), "#103f55", tone=sheet.ramp((0, 600), (0, 1090)))
    sheet.ink(
        ripples(sheet.block(), rng, (0, 566, 1620, 1070), 170, length=(20, 220), width=(1.5, 6)), "#0e384c", alpha=0.6
    )
    sheet.ink(
        ripples(sheet.block(), rng, (0, 566, 1620, 1070), 110, length=(16, 150), width=(1.2, 5)), "#bcd6cb", alpha=0.75
    )
    smoke = sheet.block()
    for k in range(12):
        smoke.oval(770 - k * 52 + rng.uniform(-8, 8), 372 - k * 7 + rng.uniform(-8, 8), 20 + k * 4.4, 14 + k * 2.6)
    sheet.ink(smoke, "#5d6f72", tone=sheet.ramp((180, 0), (800, 0)), alpha=0.85)
    decks = (
        sheet.block()
        .area([(520, 652), (560, 560), (1140, 560), (1190, 652)])
        .area([(600, 562), (630, 492), (1060, 492), (1100, 562)])
        .box(900, 440, 1046, 494)
    )
    sheet.ink(decks, "#f8f1e0")
    sheet.ink(decks, "#93a7a6", tone=sheet.ramp((0, 600), (0, 660)), alpha=0.9)
    stack = sheet.block().area([(736, 494), (750, 386), (818, 386), (812, 494)])
    sheet.ink(stack, "#c2452f")
    sheet.ink(sheet.block().area([(750, 386), (818, 386), (817, 412), (747, 412)]), "#1d2b33")
    panes = sheet.block()
    for x in range(650, 1050, 44):
        panes.box(x, 514, x + 30, 540)
    for x in range(590, 1130, 36):
        panes.oval(x, 604, 9)
    panes.area([(914, 454), (1040, 454), (1046, 478), (914, 478)])
    sheet.ink(panes, "#1e4a5a", crisp=True)
    rails = sheet.block()
    for y, x0, x1 in ((546, 566, 640), (546, 1090, 1136), (478, 634, 730), (478, 830, 900)):
        rails.line([(x0, y), (x1, y)], 3)
        for x in range(x0, x1, 16):
            rails.line([(x, y), (x, y + 16)], 2)
    rails.line([(1000, 440), (1000, 350)], 5).line([(980, 372), (1020, 372)], 4)
    sheet.ink(rails, "#32474f", crisp=True)
    hull = sheet.block().area([(440, 636), (1320, 636), (1270, 700), (1226, 762), (500, 762), (462, 706)])
    sheet.ink(hull, "#1d3c4c")
    sheet.ink(sheet.block().area([(440, 636), (1320, 636), (1306, 654), (448, 654)]), "#f3e9d2")
    sheet.ink(sheet.block().area([(490, 740), (1244, 740), (1226, 764), (500, 764)]), "#b6402f")
    foam = sheet.block()
    for k in range(30):
        x = 1262 - k * 30
        foam.brush(
            [(x, 764 + k * 0.3), (x - 40, 754 + rng.uniform(-3, 6)), (x - 90, 772 + rng.uniform(0, 10))],
            rng.uniform(7, 15),
        )
    for k in range(24):
        x, y = 470 - k * 22, 770 + k * 7
        foam.brush([(x, y), (x - 60, y + 8 + rng.uniform(-4, 4)), (x - 130, y + 24)], rng.uniform(5, 13) * (1 - k / 40))
    sheet.ink(foam, "#f2ead6")
    _gulls(sheet, ((1180, 380, 42), (1290, 300, 30), (420, 470, 34), (1420, 430, 24), (300, 380, 22)))


def _gulls(sheet: Sheet, birds: tuple[tuple[float, float, float], ...]) -> None:
    for x, y, s in birds:
        gull = sheet.block()
        gull.brush(smooth([(x - s * 1.5, y + s * 0.1), (x - s * 0.8, y - s * 0.42), (x, y)]), s * 0.24, root=0, tip=0.9)
        gull.brush(smooth([(x, y), (x + s * 0.7, y - s * 0.5), (x + s * 1.4, y - s * 0.2)]), s * 0.24, root=0.9)
        gull.brush([(x - s * 0.35, y + s * 0.05), (x, y - s * 0.02), (x + s * 0.5, y + s * 0.1)], s * 0.24)
        sheet.ink(gull, "#fbf6ea", crisp=True)
        tips = sheet.block().brush(
            [(x - s * 1.5, y + s * 0.1), (x - s * 1.3, y - s * 0.06), (x - s * 1.12, y - s * 0.2)], s * 0.12
        )
        sheet.ink(
            tips.brush([(x + s * 1.4, y - s * 0.2), (x + s * 1.2, y - s * 0.3), (x + s, y - s * 0.4)], s * 0.12),
            "#2b3b43",
            crisp=True,
        )


@scene("swimmer", paper="#bfe0d8")
def swimmer(sheet: Sheet) -> None:
    """A lane from above, one swimmer in mid-stroke."""
    rng = sheet.random
    sheet.ink(None, "#3f9fae")
    sheet.ink(None, "#1e6f8a", tone=sheet.ramp((0, 0), (1620, 1080), low=20))
    for y in (150, 560, 960):
        sheet.ink(sheet.block().box(0, y - 32, 1620, y + 32), "#1c5f7c", alpha=0.7)
    net = sheet.block()
    for _ in range(250):
        x, y, r = rng.uniform(-20, 1640), rng.uniform(-20, 1100), rng.uniform(26, 74)
        start = rng.uniform(0, 360)
        net.brush(
            [
                (px + rng.uniform(-3, 3), py)
                for px, py in arc(x, y, r, r * 0.6, start, start + rng.uniform(90, 200), 10)
            ],
            rng.uniform(2.5, 6),
        )
    sheet.ink(net, "#8fd0cf", alpha=0.6)
    for y in (352, 762):
        shade = sheet.block()
        rope = [sheet.block(), sheet.block()]
        for k, x in enumerate(range(-10, 1660, 27)):
            dy = 5 * math.sin(x / 160)
            shade.oval(x + 20, y + dy + 30, 14, 11)
            rope[(k // 6) % 2].oval(x, y + dy, 15, 14)
        sheet.ink(shade, "#0f4560", alpha=0.55)
        for block, ink in zip(rope, ("#cf4634", "#f6efdd"), strict=True):
            sheet.ink(block, ink)
            sheet.ink(block, "#1d3a4a", tone=sheet.ramp((0, y - 2), (0, y + 26), bend=1.2), alpha=0.7)
    _front_crawl(sheet)


def _front_crawl(sheet: Sheet) -> None:
    rng, skin, suit = sheet.random, "#b9764f", "#18293a"
    shade = sheet.block().blob([(520, 640), (800, 610), (1010, 612), (1250, 660), (1010, 690), (760, 690), (540, 680)])
    sheet.ink(shade, "#0d3f58", alpha=0.6)
    legs = (
        sheet.block()
        .brush(smooth([(800, 548), (640, 540), (470, 516)]), 54, root=1.0, tip=0.35)
        .brush(smooth([(800, 582), (640, 600), (456, 604)]), 54, root=1.0, tip=0.35)
    )
    sheet.ink(legs, skin)
    back = sheet.block().blob(
        [(760, 526), (900, 500), (1040, 490), (1100, 520), (1104, 610), (1040, 634), (900, 620), (764, 602)]
    )
    sheet.ink(back, skin)
    swimsuit = sheet.block().blob([(748, 524), (880, 503), (985, 512), (1030, 560), (985, 616), (880, 620), (750, 604)])
    sheet.ink(
        swimsuit.within(
            sheet.block().area(
                smooth(
                    [(740, 520), (900, 496), (1060, 486), (1108, 560), (1060, 640), (900, 626), (740, 606)], closed=True
                )
            )
        ),
        suit,
    )
    arms = sheet.block().brush(smooth([(1050, 506), (1140, 440), (1250, 452), (1340, 500)]), 44, root=1.1, tip=0.6)
    arms.brush(smooth([(1040, 622), (960, 676), (860, 690), (790, 672)]), 42, root=1.1, tip=0.5)
    sheet.ink(arms, skin)
    body = sheet.block().blob(
        [(440, 500), (760, 526), (1050, 480), (1360, 480), (1360, 640), (1050, 650), (760, 700), (440, 620)]
    )
    sheet.ink(arms.within(body), "#5f3324", tone=sheet.ramp((0, 500), (0, 690)), alpha=0.7)
    sheet.ink(back, "#5f3324", tone=sheet.ramp((0, 560), (0, 640)), alpha=0.8)
    cap = sheet.block().blob(
        [(1096, 528), (1140, 506), (1186, 526), (1196, 562), (1172, 596), (1124, 602), (1094, 584)]
    )
    sheet.ink(cap, "#e0b23c")
    sheet.ink(cap, "#8a5a1e", tone=sheet.ramp((1120, 540), (1190, 610)))
    spray = sheet.block()
    for x0, y0, spread, count in ((1350, 508, 60, 90), (440, 560, 110, 190), (800, 684, 40, 60), (1160, 610, 44, 40)):
        for _ in range(count):
            r = abs(rng.gauss(0, 1))
            a = rng.uniform(0, math.tau)
            spray.oval(
                x0 + math.cos(a) * spread * r, y0 + math.sin(a) * spread * 0.6 * r, rng.uniform(2, 11) / (0.7 + r)
            )
    for k in range(16):
        y = 520 + rng.uniform(-30, 110)
        x = 420 - k * 24
        spray.brush([(x, y), (x - 40, y + rng.uniform(-6, 6)), (x - rng.uniform(70, 130), y)], rng.uniform(4, 10))
    for side, sign in ((504, -1), (640, 1)):
        for k in range(9):
            x = 1230 - k * 92
            spray.brush(
                smooth(
                    [
                        (x + 20, side + sign * (10 + k * 6)),
                        (x - 30, side + sign * (26 + k * 9)),
                        (x - 80, side + sign * (30 + k * 13)),
                    ],
                    steps=4,
                ),
                7,
            )
    sheet.ink(spray, "#f4fbf3", alpha=0.92)


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
    pier = sheet.block().area([(402, 180), (768, 180), (790, 1010), (380, 1010)])
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
            y = 590 + 760 * rng.random()
            x = rng.uniform(-80, 1080)
            if 380 < x < 790 and y < 960:
                continue
            near = (y - 560) / 790
            bow = 46 * math.exp(-(((y - 1000) / 130) ** 2))
            reach = 60 + 240 * near
            flow.brush(
                smooth(
                    [
                        (x + reach * s / 5, y + bow * math.sin((x + reach * s / 5 - 585) / 190) + rng.uniform(-2, 2))
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


@scene("wind-farm", paper="#eee6d6")
def wind_farm(sheet: Sheet) -> None:
    """Turbines at sea, row behind row into the mist."""
    rng = sheet.random
    sheet.ink(None, "#9fc0c4", tone=sheet.ramp((0, 640), (0, -100)))
    sheet.ink(None, "#f3cf9f", tone=sheet.ramp((0, 420), (0, 700)), alpha=0.8)
    streaks(sheet, (0, 120, 1620, 420), 8, "#fbf4e6", alpha=0.85, wide=(300, 900), thick=(10, 36))
    sheet.ink(sheet.block().box(0, 690, 1620, 1080), "#6fa0a6")
    rows = (
        (692, 0.34, "#bccdc9", range(110, 1620, 150)),
        (704, 0.5, "#9fb9ba", range(10, 1620, 230)),
        (726, 0.8, "#6f959d", (180, 560, 900, 1330)),
    )
    for base, scale, ink, spots in rows:
        for x in spots:
            sheet.ink(_turbine(sheet, x + rng.uniform(-14, 14), base, scale), ink, crisp=True)
        sheet.ink(
            sheet.block().box(0, base - 4, 1620, 1080), "#4d8793", tone=sheet.ramp((0, base - 20), (0, 1080)), alpha=0.9
        )
    sheet.ink(sheet.block().box(0, 760, 1620, 1080), "#14485c", tone=sheet.ramp((0, 780), (0, 1080)))
    for x, base, scale in ((1130, 830, 1.5), (360, 780, 1.12)):
        tower = _turbine(sheet, x, base, scale)
        sheet.ink(tower, "#fbf5e8", crisp=True)
        sheet.ink(tower, "#5e7f88", tone=sheet.ramp((x - 10 * scale, 0), (x + 16 * scale, 0)), crisp=True, alpha=0.75)
        foot = sheet.block().box(x - 15 * scale, base - 34 * scale, x + 15 * scale, base + 6)
        sheet.ink(foot, "#e2a736")
        sheet.ink(foot, "#7a4b1b", tone=sheet.ramp((x, 0), (x + 18 * scale, 0)))
    sheet.ink(
        ripples(sheet.block(), rng, (0, 700, 1620, 1075), 190, length=(18, 220), width=(1.2, 7)), "#0f3c50", alpha=0.6
    )
    sheet.ink(
        ripples(sheet.block(), rng, (0, 700, 1620, 1075), 110, length=(14, 170), width=(1.2, 6)), "#dfe8da", alpha=0.8
    )
    boat = (
        sheet.block()
        .area([(640, 862), (860, 862), (836, 904), (664, 904)])
        .box(680, 820, 742, 864)
        .line([(760, 862), (760, 790)], 4)
    )
    sheet.ink(boat, "#a63c2e", crisp=True)
    sheet.ink(sheet.block().box(676, 814, 746, 824).box(690, 832, 732, 846), "#f5ecd8", crisp=True)
    wake = sheet.block()
    for k in range(9):
        wake.brush(
            [(640 - k * 34, 904 + k), (600 - k * 34, 900 + rng.uniform(-3, 5)), (560 - k * 34, 908 + k)], 9 - k * 0.6
        )
    sheet.ink(wake, "#eef2e4")


def _turbine(sheet: Sheet, x: float, base: float, scale: float) -> Block:
    block = sheet.block()
    hub = (x, base - 380 * scale)
    block.area(
        [(x - 8 * scale, base), (x + 8 * scale, base), (hub[0] + 4 * scale, hub[1]), (hub[0] - 4 * scale, hub[1])]
    )
    block.oval(*hub, 9 * scale)
    turn = sheet.random.uniform(0, 120)
    for blade in range(3):
        angle = math.radians(turn + blade * 120)
        tip = (hub[0] + math.cos(angle) * 215 * scale, hub[1] + math.sin(angle) * 215 * scale)
        side = (-math.sin(angle) * 12 * scale, math.cos(angle) * 12 * scale)
        root = between(hub, tip, 0.16)
        block.area(
            [hub, (root[0] + side[0], root[1] + side[1]), tip, (root[0] - side[0] * 0.2, root[1] - side[1] * 0.2)]
        )
    return block
