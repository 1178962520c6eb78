"""The city of Maren: night bus, market, roofs, stadium, customs hall, polling hall."""

from __future__ import annotations

import math

from dateline.demo.scenes import Block, Point, Sheet, between, ridge, scene, smooth, trace
from dateline.demo.scenes_motifs import crowd, ripples, streaks, windows


@scene("night-bus", paper="#e8d8b0")
def night_bus(sheet: Sheet) -> None:
    """The last bus in a wet street, its windows the only light but two lamps."""
    rng = sheet.random
    sheet.ink(None, "#2c4257")
    sheet.ink(None, "#111d2e", tone=sheet.ramp((0, 620), (0, 0)))
    x = -30.0
    while x < 1640:
        wide, top = rng.uniform(130, 240), rng.uniform(120, 360)
        house = sheet.block().box(x, top, x + wide, 760)
        sheet.ink(house, rng.choice(("#1a2a3c", "#203246", "#172536", "#24364a")))
        panes = windows(sheet.block(), rng, (x + 18, top + 34, x + wide - 12, 640), (44, 66), (22, 36), lit=0.6)
        sheet.ink(panes, "#2f4760", crisp=True)
        sheet.ink(
            windows(sheet.block(), rng, (x + 18, top + 34, x + wide - 12, 640), (44, 66), (22, 36), lit=0.07),
            "#efc56e",
            crisp=True,
        )
        x += wide
    road = sheet.block().box(0, 760, 1620, 1080)
    sheet.ink(road, "#1b2a3a")
    sheet.ink(road, "#0d1622", tone=sheet.ramp((0, 800), (0, 1080)))
    sheet.ink(sheet.block().box(0, 744, 1620, 766), "#33475a")
    for lamp in (196, 1452):
        cone = sheet.block().area([(lamp + 60, 268), (lamp - 190, 790), (lamp + 310, 790)])
        sheet.ink(cone, "#f2cf86", tone=sheet.ramp((0, 800), (0, 200), low=8, high=150))
        sheet.ink(
            sheet.block().oval(lamp + 60, 800, 250, 34), "#e3b567", tone=sheet.pool(lamp + 60, 800, 250, 34), alpha=0.8
        )
        sheet.ink(
            sheet.block().line([(lamp, 780), (lamp, 300), (lamp + 16, 262), (lamp + 66, 258)], 9), "#0c141e", crisp=True
        )
        sheet.ink(sheet.block().box(lamp + 40, 258, lamp + 84, 272), "#fff0c0", crisp=True)
    _bus(sheet)
    rain = sheet.block()
    for _ in range(330):
        rx, ry, reach = rng.uniform(-60, 1680), rng.uniform(-40, 1080), rng.uniform(20, 60)
        rain.line([(rx, ry), (rx - reach * 0.2, ry + reach)], 1)
    sheet.ink(rain, "#a8bccb", crisp=True, alpha=0.4)


def _bus(sheet: Sheet) -> None:
    rng = sheet.random
    pools = sheet.block()
    for left, right in ((380, 590), (610, 760), (780, 930), (950, 1100), (1116, 1240)):
        for k in range(12):
            y = 862 + k * 17
            pools.brush(
                [
                    (left + rng.uniform(-8, 12), y),
                    ((left + right) / 2, y + rng.uniform(-3, 3)),
                    (right - rng.uniform(-6, 12), y),
                ],
                13 - k * 0.7,
            )
    sheet.ink(pools, "#f0bd5f", tone=sheet.ramp((0, 1090), (0, 820), low=30))
    red = ripples(sheet.block(), rng, (360, 850, 1270, 960), 40, length=(60, 240), width=(3, 6))
    sheet.ink(red, "#a23a31", alpha=0.7)
    shell = sheet.block().blob(
        trace("352,800 346,520 366,478 420,466 800,462 1190,466 1246,482 1270,560 1278,800 1240,826 400,826")
    )
    sheet.ink(sheet.block().oval(812, 838, 500, 20), "#070c13")
    sheet.ink(shell, "#b8402f")
    sheet.ink(shell, "#571d1f", tone=sheet.ramp((0, 640), (0, 840)))
    sheet.ink(sheet.block().box(346, 700, 1280, 716).within(shell), "#f1dfb5")
    glass = sheet.block()
    for left, right in ((386, 520), (530, 664), (784, 918), (928, 1062), (1072, 1160)):
        glass.box(left, 516, right, 668)
    glass.area(trace("1172,516 1248,522 1264,672 1172,672"))
    glass.box(676, 510, 772, 806)
    sheet.ink(glass, "#f7d88c")
    sheet.ink(glass, "#fff4cf", tone=sheet.ramp((0, 560), (0, 500)))
    inside = sheet.block()
    for x, lean in ((440, 0), (596, 6), (846, -4), (1000, 5)):
        inside.oval(x, 604, 21, 25).blob([(x - 44, 690), (x - 36, 648), (x, 630), (x + 36, 648), (x + 46, 690)])
        inside.box(x - 66, 618, x - 48, 690)
    inside.oval(1196, 590, 19, 23).blob(trace("1168,680 1172,628 1198,614 1226,636 1232,680")).line(
        [(1220, 640), (1250, 632)], 10
    )
    sheet.ink(inside.within(glass), "#3c2a2a", crisp=True)
    bars = sheet.block().line([(724, 510), (724, 806)], 5)
    for x in (700, 748):
        bars.line([(x, 600), (x, 740)], 3)
    bars.line([(386, 544), (1160, 544)], 2.4)
    sheet.ink(bars.within(glass), "#7b4a2c", crisp=True)
    for x in (500, 1096):
        sheet.ink(sheet.block().oval(x, 822, 58), "#0b121b")
        sheet.ink(sheet.block().oval(x, 822, 26), "#5a6670")
        sheet.ink(sheet.block().oval(x, 822, 9), "#151d26")
    sheet.ink(sheet.block().box(1120, 478, 1240, 504), "#131c26")
    sheet.ink(sheet.block().box(1134, 484, 1176, 498).box(1184, 484, 1226, 498), "#f4b84a", crisp=True)
    beam = sheet.block().area(trace("1272,746 1640,700 1640,900 1272,778"))
    sheet.ink(beam, "#fbe4a6", tone=sheet.ramp((1640, 0), (1260, 0), low=10, high=200))
    sheet.ink(sheet.block().oval(1264, 762, 13, 18), "#fff6d8", crisp=True)


@scene("market-square", paper="#f1e2c2")
def market_square(sheet: Sheet) -> None:
    """Striped awnings under old fronts, morning."""
    rng = sheet.random
    sheet.ink(None, "#9dc2c4", tone=sheet.ramp((0, 400), (0, -60)))
    x, fronts = -20.0, ("#d99a62", "#e8c690", "#b9694c", "#c9b08a", "#dcae74", "#a9564a", "#e3bf94")
    for index in range(9):
        wide, top = rng.uniform(160, 230), rng.uniform(120, 230)
        front = sheet.block().box(x, top, x + wide, 620)
        sheet.ink(front, fronts[index % 7])
        roof = (
            sheet.block().area([(x - 8, top), (x + wide * 0.5, top - rng.uniform(60, 110)), (x + wide + 8, top)])
            if index % 2
            else sheet.block().box(x - 8, top - 16, x + wide + 8, top + 4)
        )
        sheet.ink(roof, "#8d4335" if index % 2 else "#6f4b3d")
        sheet.ink(front, "#5c3a35", tone=sheet.ramp((x + wide * 0.62, 0), (x + wide * 1.25, 0), bend=1.2))
        panes, frames = sheet.block(), sheet.block()
        for row in range(4):
            for column in range(3):
                left, up = x + wide * (0.15 + column * 0.27), top + 40 + row * 104
                panes.box(left, up, left + wide * 0.14, up + 58)
                frames.box(left - wide * 0.06, up - 2, left - 3, up + 60).box(
                    left + wide * 0.14 + 3, up - 2, left + wide * 0.2, up + 60
                )
        sheet.ink(frames, rng.choice(("#3f6b66", "#4d7c8a", "#7a3a34")), crisp=True)
        sheet.ink(panes, "#2b3b44", crisp=True)
        x += wide - 2
    square = sheet.block().box(0, 610, 1620, 1080)
    sheet.ink(square, "#dcc49a")
    sheet.ink(square, "#9a7a5a", tone=sheet.ramp((0, 640), (0, 1080)))
    far = [(rng.uniform(20, 1600), rng.uniform(640, 672), rng.uniform(66, 78)) for _ in range(34)]
    crowd(sheet, far, ("#5a4650", "#7c4f4a", "#40545c", "#8d6a52"))
    for y, scale, stripes in ((720, 0.62, 7), (850, 0.92, 5), (1040, 1.3, 4)):
        wide = 1760 / stripes
        for stall in range(stripes + 1):
            _stall(sheet, stall * wide - 120 * scale + (y % 7) * 18, y, wide * 0.78, scale)
        people = [
            (rng.uniform(0, 1620), y + 34 * scale + rng.uniform(0, 20), 112 * scale * rng.uniform(0.92, 1.06))
            for _ in range(7 if scale < 1.2 else 0)
        ]
        crowd(sheet, people, ("#283c46", "#7f352d", "#3d5a4c", "#4a3440", "#c08a3e"))


def _stall(sheet: Sheet, x: float, y: float, wide: float, scale: float) -> None:
    rng, near = sheet.random, (x + wide / 2, y - 70 * scale, max(wide * 0.6, 150 * scale))
    high, drop = 118 * scale, 56 * scale
    inks = rng.choice(
        (
            ("#c14a36", "#f6ead0"),
            ("#2f6f78", "#f6ead0"),
            ("#d79a36", "#f8efd8"),
            ("#3f6a4a", "#f3e8cf"),
            ("#8b3b45", "#f3e4cf"),
        )
    )
    sheet.ink(sheet.block(near).box(x + wide * 0.02, y - high * 0.5, x + wide * 0.98, y), "#3a2a24", alpha=0.9)
    table = sheet.block(near).area(
        [
            (x, y - 34 * scale),
            (x + wide, y - 34 * scale),
            (x + wide * 0.98, y + 18 * scale),
            (x + wide * 0.02, y + 18 * scale),
        ]
    )
    sheet.ink(table, "#7b5236")
    sheet.ink(table, "#3b241b", tone=sheet.ramp((0, y - 30 * scale), (0, y + 24 * scale)))
    fruit = ("#c9402f", "#e2a030", "#7d9a3c", "#7a3550", "#e8c860", "#b86a32")
    for crate in range(4):
        left = x + wide * (0.05 + crate * 0.235)
        heap, ink = sheet.block(near), rng.choice(fruit)
        for _ in range(26):
            heap.oval(left + rng.uniform(0.02, 0.19) * wide, y - 34 * scale - abs(rng.gauss(0, 8)) * scale, 7.5 * scale)
        sheet.ink(heap, ink)
        sheet.ink(heap, "#2d1818", tone=sheet.ramp((0, y - 46 * scale), (0, y - 24 * scale)), alpha=0.6)
        sheet.ink(sheet.block(near).box(left, y - 31 * scale, left + wide * 0.21, y - 13 * scale), "#b98d5b")
    poles = (
        sheet.block(near)
        .line([(x + 5, y), (x + 5, y - high - drop)], 4 * scale)
        .line([(x + wide - 5, y), (x + wide - 5, y - high - drop)], 4 * scale)
    )
    sheet.ink(poles, "#4a3428", crisp=True)
    parts = 12
    top, foot = y - high - drop, y - high + 6 * scale
    for part in range(parts):
        a, b = part / parts, (part + 1) / parts
        upper = (x + wide * (0.07 + 0.86 * a), x + wide * (0.07 + 0.86 * b))
        lower = (x - wide * 0.03 + wide * 1.06 * a, x - wide * 0.03 + wide * 1.06 * b)
        strip = sheet.block(near).area([(upper[0], top), (upper[1], top), (lower[1], foot), (lower[0], foot)])
        strip.oval((lower[0] + lower[1]) / 2, foot, (lower[1] - lower[0]) / 2, 10 * scale)
        sheet.ink(strip, inks[part % 2])
    awning = sheet.block(near).area(
        [
            (x + wide * 0.07, top),
            (x + wide * 0.93, top),
            (x + wide * 1.03, foot + 10 * scale),
            (x - wide * 0.03, foot + 10 * scale),
        ]
    )
    sheet.ink(
        awning,
        "#4a2a26",
        tone=sheet.ramp((x + wide * 0.4, foot - drop), (x + wide * 1.1, foot + drop), bend=1.3),
        alpha=0.75,
    )


@scene("city-roofs", paper="#f6ddb0")
def city_roofs(sheet: Sheet) -> None:
    """Roofs, chimneys and one dome down to the harbour, after sunset."""
    rng = sheet.random
    sheet.ink(None, "#e48f5c", tone=sheet.ramp((0, 520), (0, 60)))
    sheet.ink(None, "#5c4f74", tone=sheet.ramp((0, 330), (0, -120)))
    streaks(sheet, (0, 60, 1620, 330), 10, "#b45a5c", alpha=0.55, wide=(260, 760))
    sheet.ink(sheet.block().oval(1266, 180, 34).oval(1281, 172, 31, cut=True), "#fdf0cf")
    sheet.ink(sheet.block().area([*ridge(rng, (0, 420), (1620, 400), 28), (1620, 600), (0, 600)]), "#8a5b70")
    _dome(sheet, 480, 520)
    layers = (
        (470, 60, "#93566a", "#774a62", 0.16),
        (560, 84, "#8a4a54", "#6b3f54", 0.2),
        (680, 116, "#8c4138", "#51344a", 0.24),
        (840, 160, "#7d3328", "#3a2a3e", 0.24),
        (1040, 220, "#57241f", "#241f33", 0.2),
    )
    for y, size, roof, wall, lit in layers:
        x = -size * rng.uniform(0.2, 1.0)
        while x < 1640:
            wide = size * rng.uniform(1.0, 1.9)
            _house(sheet, x, y + rng.uniform(-0.28, 0.28) * size, wide, size, (roof, wall), lit)
            x += wide * rng.uniform(0.86, 1.02)


def _house(sheet: Sheet, x: float, y: float, wide: float, size: float, inks: tuple[str, str], lit: float) -> None:
    rng, near = sheet.random, (x + wide / 2, y + size * 0.9, size * 2.4)
    wall = sheet.block(near).box(x, y - size * 0.3, x + wide, y + size * 3)
    sheet.ink(wall, inks[1])
    gable = rng.random() < 0.45
    peak = y - size * rng.uniform(0.75, 1.05)
    if gable:
        roof = sheet.block(near).area(
            [(x - size * 0.06, y - size * 0.26), (x + wide / 2, peak), (x + wide + size * 0.06, y - size * 0.26)]
        )
        sheet.ink(roof, inks[1])
        slope = sheet.block(near).area(
            [
                (x - size * 0.08, y - size * 0.22),
                (x + wide / 2, peak - size * 0.05),
                (x + wide / 2 + size * 0.05, peak),
                (x - size * 0.02, y - size * 0.14),
            ]
        )
        slope.area(
            [
                (x + wide / 2, peak - size * 0.05),
                (x + wide + size * 0.08, y - size * 0.22),
                (x + wide + size * 0.03, y - size * 0.13),
                (x + wide / 2, peak + size * 0.04),
            ]
        )
        sheet.ink(slope, "#e7a774" if rng.random() < 0.4 else inks[0])
    else:
        roof = sheet.block(near).area(
            [
                (x - size * 0.08, y - size * 0.24),
                (x + size * 0.22, peak),
                (x + wide - size * 0.22, peak),
                (x + wide + size * 0.08, y - size * 0.24),
            ]
        )
        sheet.ink(roof, inks[0])
        tiles = sheet.block(near)
        for row in range(1, 6):
            level = peak + (y - size * 0.24 - peak) * row / 6
            tiles.line([(x - size * 0.08, level), (x + wide + size * 0.08, level)], max(1, size * 0.012))
        sheet.ink(tiles.within(roof), inks[1], crisp=True, alpha=0.7)
        sheet.ink(roof, "#f0b07a", tone=sheet.ramp((x + wide * 0.7, 0), (x - wide * 0.2, 0), bend=1.4), alpha=0.55)
    for _ in range(rng.choice((0, 1, 1, 2))):
        cx = x + wide * rng.uniform(0.2, 0.75)
        stack = (
            sheet.block(near)
            .box(cx, peak - size * 0.22, cx + size * 0.15, peak + size * 0.3)
            .box(cx - size * 0.03, peak - size * 0.26, cx + size * 0.18, peak - size * 0.2)
        )
        sheet.ink(stack, inks[1])
    cell = (size * 0.34, size * 0.46)
    area = (x + size * 0.1, y - size * 0.12, x + wide - size * 0.05, y + size * 1.6)
    state = rng.getstate()
    sheet.ink(
        windows(sheet.block(near), rng, area, cell, (size * 0.14, size * 0.22), lit=0.85),
        "#1d1b2d",
        crisp=True,
        alpha=0.7,
    )
    rng.setstate(state)
    sheet.ink(windows(sheet.block(near), rng, area, cell, (size * 0.14, size * 0.22), lit=lit), "#fbd27a", crisp=True)


def _dome(sheet: Sheet, x: float, y: float) -> None:
    drum = sheet.block().box(x - 96, y - 150, x + 96, y + 40).box(x - 108, y - 158, x + 108, y - 142)
    dome = sheet.block().blob(
        [
            (x - 100, y - 150),
            (x - 92, y - 214),
            (x - 50, y - 272),
            (x, y - 292),
            (x + 50, y - 272),
            (x + 92, y - 214),
            (x + 100, y - 150),
        ]
    )
    lantern = (
        sheet.block()
        .box(x - 16, y - 330, x + 16, y - 284)
        .area([(x - 20, y - 328), (x, y - 372), (x + 20, y - 328)])
        .line([(x, y - 370), (x, y - 400)], 4)
    )
    sheet.ink(drum, "#8f5a6c")
    sheet.ink(dome, "#5f7f86")
    sheet.ink(dome, "#2f3f58", tone=sheet.ramp((x - 30, 0), (x + 110, 0)))
    sheet.ink(dome, "#f2c08a", tone=sheet.ramp((x - 40, 0), (x - 110, 0)), alpha=0.8)
    sheet.ink(drum, "#40364f", tone=sheet.ramp((x - 20, 0), (x + 110, 0)))
    ribs = sheet.block()
    for bend in (-70, -36, 0, 36, 70):
        ribs.line(
            smooth([(x + bend, y - 150), (x + bend * 0.94, y - 214), (x + bend * 0.5, y - 268), (x, y - 291)]), 2.5
        )
    sheet.ink(ribs.within(dome), "#2f3f58", crisp=True, alpha=0.8)
    sheet.ink(lantern, "#4a4058")
    openings = sheet.block()
    for k in range(5):
        openings.oval(x - 72 + k * 36, y - 104, 10).box(x - 82 + k * 36, y - 104, x - 62 + k * 36, y - 60)
    sheet.ink(openings, "#f6c873", crisp=True)


@scene("stadium", paper="#dfe3cf")
def stadium(sheet: Sheet) -> None:
    """A small ground on a match night, four pylons lit."""
    rng = sheet.random
    sheet.ink(None, "#1d3550")
    sheet.ink(None, "#0b1729", tone=sheet.ramp((0, 480), (0, 0)))
    pylons = ((190, 118, 0.9), (1430, 118, 0.9), (520, 216, 0.55), (1100, 216, 0.55))
    for x, top, scale in pylons:
        sheet.ink(None, "#cfe0da", tone=sheet.pool(x, top, 460 * scale, 360 * scale, bend=1.8), alpha=0.8)
    sheet.ink(sheet.block().area([*ridge(rng, (0, 470), (1620, 460), 18), (1620, 700), (0, 700)]), "#16283c")
    for x, top, scale in pylons:
        mast = (
            sheet.block()
            .line([(x - 16 * scale, 600), (x - 5 * scale, top)], 6 * scale)
            .line([(x + 16 * scale, 600), (x + 5 * scale, top)], 6 * scale)
        )
        for k in range(12):
            y = top + 30 * scale + k * 44 * scale
            if y < 560:
                mast.line([(x - 12 * scale, y), (x + 12 * scale, y + 40 * scale)], 2.5).line(
                    [(x + 12 * scale, y), (x - 12 * scale, y + 40 * scale)], 2.5
                )
        mast.box(x - 74 * scale, top - 50 * scale, x + 74 * scale, top + 34 * scale)
        sheet.ink(mast, "#0c1522", crisp=True)
        lamps = sheet.block()
        for row in range(3):
            for column in range(5):
                lamps.oval(x + (column - 2) * 28 * scale, top - 34 * scale + row * 26 * scale, 9.5 * scale)
        sheet.ink(lamps, "#fffbe6", crisp=True)
    _stand(sheet, trace("150,560 1470,560 1540,700 80,700"), 5200)
    roof = sheet.block().area(trace("120,500 1500,500 1540,560 80,560"))
    sheet.ink(roof, "#23405a")
    sheet.ink(roof, "#8fb0b8", tone=sheet.ramp((0, 530), (0, 490)))
    sheet.ink(sheet.block().area(trace("80,700 1540,700 1556,722 64,722")), "#efe8d0")
    pitch = trace("92,722 1528,722 2050,1120 -430,1120")
    sheet.ink(sheet.block().area(pitch), "#3f8a52")
    for k in range(0, 14, 2):
        stripe = [
            between(pitch[0], pitch[1], k / 14),
            between(pitch[0], pitch[1], (k + 1) / 14),
            between(pitch[3], pitch[2], (k + 1) / 14),
            between(pitch[3], pitch[2], k / 14),
        ]
        sheet.ink(sheet.block().area(stripe), "#57a35f")
    sheet.ink(sheet.block().area(pitch), "#12382f", tone=sheet.ramp((0, 830), (0, 1120), bend=1.2), alpha=0.85)
    lines = sheet.block().line([(120, 736), (1500, 736)], 4).line([(810, 736), (810, 1100)], 6)
    lines.line(
        smooth(
            [(810 + 300 * math.cos(a / 16 * math.tau), 900 + 92 * math.sin(a / 16 * math.tau)) for a in range(16)],
            closed=True,
        ),
        6,
    )
    lines.oval(810, 900, 10, 5).line([(120, 736), (-420, 1110)], 6).line([(1500, 736), (2040, 1110)], 6)
    lines.line(trace("10,812 330,812 170,964 -210,964"), 5).line(trace("1610,812 1290,812 1450,964 1830,964"), 5)
    sheet.ink(lines, "#f2f1dd", crisp=True, alpha=0.9)
    shades, home, guests = sheet.block(), sheet.block(), sheet.block()
    for index, (x, y) in enumerate(
        (
            (560, 800),
            (700, 862),
            (930, 812),
            (1040, 900),
            (840, 960),
            (620, 980),
            (1180, 844),
            (420, 880),
            (1290, 960),
            (1000, 780),
            (380, 800),
            (1220, 1010),
        )
    ):
        tall = 44 + (y - 760) * 0.17
        _player(home if index % 2 else guests, x, y, tall, rng.choice((-1, 1)))
        shades.brush([(x, y), (x + tall * 0.5, y + 3), (x + tall, y + 2)], tall * 0.1, root=1).brush(
            [(x, y), (x - tall * 0.5, y + 3), (x - tall, y + 2)], tall * 0.1, root=1
        )
    sheet.ink(shades, "#123a2c", alpha=0.7)
    sheet.ink(home, "#f6e9c8", crisp=True)
    sheet.ink(guests, "#c8412f", crisp=True)
    sheet.ink(sheet.block().oval(778, 902, 7), "#ffffff", crisp=True)


def _player(block: Block, x: float, foot: float, tall: float, way: int) -> None:
    """Someone running, `way` -1 to the left or 1 to the right."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * tall * way, foot - dy * tall

    block.oval(*at(0.1, 0.92), tall * 0.075)
    block.area([at(-0.06, 0.84), at(0.16, 0.84), at(0.1, 0.5), at(-0.1, 0.5)])
    block.area([at(-0.11, 0.54), at(0.11, 0.54), at(0.2, 0.34), at(0.02, 0.36), at(-0.16, 0.34)])
    block.line([at(0.12, 0.38), at(0.2, 0.22), at(0.12, 0.02)], tall * 0.085)
    block.line([at(-0.08, 0.38), at(-0.14, 0.2), at(-0.34, 0.2)], tall * 0.085)
    block.line([at(0.13, 0.8), at(0.26, 0.64), at(0.38, 0.7)], tall * 0.065)
    block.line([at(-0.04, 0.8), at(-0.2, 0.66), at(-0.16, 0.52)], tall * 0.065)


def _stand(sheet: Sheet, corners: list[Point], count: int) -> None:
    """Terraces full of people, each a dot."""
    rng = sheet.random
    sheet.ink(sheet.block().area(corners), "#14233a")
    inks = ("#d9c9a4", "#b4553f", "#5f7f92", "#e6d8ae", "#39536a", "#8b3f3c", "#92a58f")
    blocks = [sheet.block() for _ in inks]
    for _ in range(count):
        row = rng.randrange(16) / 16
        x, y = between(
            between(corners[0], corners[1], share := rng.random()), between(corners[3], corners[2], share), row
        )
        rng.choice(blocks).oval(x, y + 6, 3.4, 4)
    for block, ink in zip(blocks, inks, strict=True):
        sheet.ink(block, ink, crisp=True)
    sheet.ink(sheet.block().area(corners), "#0d1a2c", tone=sheet.ramp((0, 640), (0, 550)), alpha=0.8)
    steps = sheet.block()
    for k in range(1, 9):
        steps.line([between(corners[0], corners[1], k / 9), between(corners[3], corners[2], k / 9)], 7)
    sheet.ink(steps, "#2c4258", crisp=True)
