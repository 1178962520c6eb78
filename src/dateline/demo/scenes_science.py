"""Instruments and archives: telescope, server room, map museum, the compact's numbers as a poster."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Point, Sheet, arc, between, ridge, scene, smooth, trace
from dateline.demo.scenes_motifs import person
from dateline.demo.scenes_rooms import receding


@scene("telescope-ridge", paper="#f0e2c2")
def telescope_ridge(sheet: Sheet) -> None:
    """The dome open on its ridge, the band of stars above, one lit window."""
    rng = sheet.random
    sheet.ink(None, "#1d3354")
    sheet.ink(None, "#0a1428", tone=sheet.ramp((0, 520), (0, -40)))
    sheet.ink(None, "#c9784f", tone=sheet.ramp((0, 560), (0, 800)), alpha=0.85)
    start, end = (1640.0, -160.0), (180.0, 760.0)
    for k in range(26):
        x, y = between(start, end, k / 25)
        r = 130 + 60 * math.sin(k * 0.9)
        sheet.ink(
            sheet.block((x, y, r * 1.3)).oval(x, y, r * 1.2),
            "#8fa3b8",
            tone=sheet.pool(x + rng.uniform(-20, 20), y, r, bend=1.7),
            alpha=0.4,
        )
    for k in range(9):
        x, y = between(start, end, 0.1 + k / 12)
        lane = sheet.block((x, y, 160)).brush(
            smooth(
                [
                    (x + 130, y - 76 + rng.uniform(-14, 14)),
                    (x + 30 + rng.uniform(-40, 40), y - 30),
                    (x - 40, y + 34 + rng.uniform(-40, 40)),
                    (x - 130, y + 80 + rng.uniform(-14, 14)),
                ]
            ),
            rng.uniform(8, 40),
        )
        sheet.ink(lane, "#0e1b33", tone=sheet.pool(x, y, 150), alpha=0.6)
    stars, bright = sheet.block(), sheet.block()
    for _ in range(950):
        x, y = rng.uniform(0, 1620), rng.uniform(0, 640)
        stars.oval(x, y, rng.choice((0.8, 0.8, 1.1, 1.5)))
    for _ in range(800):
        x, y = between(start, end, rng.random())
        stars.oval(x + rng.gauss(0, 60), y + rng.gauss(0, 76), rng.choice((0.8, 1.1, 1.4)))
    for _ in range(34):
        bright.oval(rng.uniform(0, 1620), rng.uniform(0, 520), rng.uniform(2, 3.4))
    sheet.ink(stars, "#dfe3d6", crisp=True, alpha=0.85)
    sheet.ink(bright, "#fff6d8", crisp=True)
    for y, jag, ink in ((690, 60, "#5d4258"), (750, 50, "#3c3350"), (830, 40, "#262742")):
        sheet.ink(sheet.block().area([*ridge(rng, (0, y), (1620, y - 30), jag), (1640, 1100), (-20, 1100)]), ink)
    crest = trace("-20,960 300,900 620,812 800,776 1210,770 1360,830 1640,960")
    ground = sheet.block().area([*smooth(crest), (1640, 1100), (-20, 1100)])
    sheet.ink(ground, "#131a2e")
    _observatory(sheet)
    track = sheet.block().brush(smooth(trace("240,1110 520,1000 430,930 640,880 760,800")), 30, root=1.6, tip=0.2)
    sheet.ink(track, "#3d3c50", alpha=0.9)
    stones = sheet.block()
    for _ in range(90):
        x, y, r = rng.uniform(0, 1620), rng.uniform(880, 1080), rng.uniform(4, 18)
        stones.area([(x - r, y), (x - r * 0.3, y - r * 0.7), (x + r * 0.8, y - r * 0.4), (x + r, y)])
    sheet.ink(stones.within(ground), "#2b3047", alpha=0.9)
    watcher = person(sheet.block(), 560, 918, 88, coat=0.42)
    sheet.ink(watcher, "#080c18", crisp=True)


def _observatory(sheet: Sheet) -> None:
    x, y = 1000.0, 790.0
    drum = sheet.block().box(x - 190, y - 110, x + 190, y + 30).box(x - 206, y - 124, x + 206, y - 106)
    dome = sheet.block().area(arc(x, y - 122, 196, 214, 180, 360, 60))
    slit = sheet.block().area(
        [
            (x - 116, y - 122),
            *smooth([(x - 112, y - 220), (x - 76, y - 300), (x - 20, y - 338)]),
            *smooth([(x + 40, y - 332), (x - 10, y - 280), (x - 34, y - 210), (x - 36, y - 122)]),
        ]
    )
    annex = (
        sheet.block()
        .box(x + 180, y - 60, x + 380, y + 50)
        .area([(x + 170, y - 58), (x + 200, y - 88), (x + 370, y - 88), (x + 392, y - 58)])
    )
    sheet.ink(annex, "#4b4a63")
    sheet.ink(drum, "#c8bfae")
    sheet.ink(dome, "#e9e1cd")
    sheet.ink(dome, "#46506e", tone=sheet.ramp((x - 70, 0), (x + 190, 0)))
    sheet.ink(drum, "#39405c", tone=sheet.ramp((x - 90, 0), (x + 190, 0)))
    seams = sheet.block()
    for bend in (-150, -80, 70, 130, 175):
        seams.line(
            smooth([(x + bend, y - 122), (x + bend * 0.9, y - 230), (x + bend * 0.45, y - 312), (x, y - 336)]), 2.5
        )
    sheet.ink(seams.within(dome), "#5a6078", crisp=True, alpha=0.7)
    sheet.ink(slit.within(dome), "#0b1224")
    tube = (
        sheet.block().line([(x - 64, y - 150), (x - 88, y - 268)], 34).line([(x - 84, y - 250), (x - 94, y - 300)], 42)
    )
    sheet.ink(tube.within(slit), "#c9683f")
    sheet.ink(
        sheet.block()
        .box(x - 30, y - 66, x + 14, y + 30)
        .box(x + 226, y - 30, x + 262, y + 4)
        .box(x + 300, y - 30, x + 336, y + 4),
        "#f7cf7a",
    )
    ring = sheet.block().box(x - 150, y - 92, x - 60, y - 84).box(x + 50, y - 92, x + 150, y - 84)
    sheet.ink(ring, "#6b6c80", crisp=True)


@scene("server-room", paper="#d6e6dc")
def server_room(sheet: Sheet) -> None:
    """An aisle between racks, small lights, one technician with a laptop."""
    rng = sheet.random
    far = (700.0, 380.0, 920.0, 620.0)
    receding(sheet, far, ("#0c1a28", "#13283a", "#102334", "#16303f", "#2b6a72"))
    left, top, right, bottom = far
    for side in (0, 1):
        edge, goal = (-60.0, left) if side == 0 else (1680.0, right)

        def at(share: float, level: float, edge: float = edge, goal: float = goal) -> Point:
            upper, lower = -30 + (top + 30) * share, 1110 - (1110 - bottom) * share
            return edge + (goal - edge) * share, upper + (lower - upper) * level

        cuts = [0.0, 0.36, 0.58, 0.73, 0.83, 0.9, 0.95, 1.0]
        for index, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False)):
            door = sheet.block().area(
                [
                    at(a + (b - a) * 0.06, 0.06),
                    at(b - (b - a) * 0.06, 0.06),
                    at(b - (b - a) * 0.06, 0.95),
                    at(a + (b - a) * 0.06, 0.95),
                ]
            )
            sheet.ink(door, "#1b3648")
            sheet.ink(door, "#07121d", tone=sheet.ramp(at(b, 0.5), at(a - 0.2, 0.5), low=20))
            slots, green, warm = sheet.block(), sheet.block(), sheet.block()
            for row in range(26):
                level = 0.1 + row * 0.032
                slots.line([at(a + (b - a) * 0.14, level), at(b - (b - a) * 0.14, level)], max(1.2, 9 * (1 - b) + 1))
                for k in range(7):
                    if rng.random() < 0.46:
                        x, y = at(a + (b - a) * (0.2 + k * 0.085), level)
                        (warm if rng.random() < 0.16 else green).oval(x, y, max(1.0, 5.2 * (1 - (a + b) / 2)))
            sheet.ink(slots, "#08131e", crisp=True)
            sheet.ink(green, "#7fe0b6" if index % 3 else "#8fd4e0", crisp=True)
            sheet.ink(warm, "#f3a63f", crisp=True)
    lamps = sheet.block()
    for near, away in ((0.0, 0.3), (0.46, 0.62), (0.74, 0.82), (0.89, 0.93)):
        lamps.area(
            [
                (810 - 190 * (1 - near), top * near),
                (810 + 190 * (1 - near), top * near),
                (810 + 190 * (1 - away), top * away),
                (810 - 190 * (1 - away), top * away),
            ]
        )
    sheet.ink(lamps, "#e9fbf0")
    sheet.ink(None, "#a9e2d6", tone=sheet.pool(810, 470, 420, 380, bend=1.5), alpha=0.55)
    floor = sheet.block().area([(0, 1080), (1620, 1080), (right, bottom), (left, bottom)])
    tiles = sheet.block()
    for k in range(1, 9):
        tiles.line([(0, 620 + 460 * (k / 9) ** 1.9), (1620, 620 + 460 * (k / 9) ** 1.9)], 2)
    for k in range(-4, 9):
        tiles.line([(700 + 220 * k / 5, 620), (810 + (k - 2.5) * 430, 1090)], 2)
    sheet.ink(tiles.within(floor), "#07131d", crisp=True)
    sheet.ink(floor, "#bfeadd", tone=sheet.ramp((0, 960), (0, 610), bend=1.4), alpha=0.6)
    pipes = sheet.block().line([(500, 0), (742, 380)], 12).line([(1120, 0), (878, 380)], 12)
    sheet.ink(pipes, "#c98a3a", crisp=True)
    worker = person(sheet.block(), 846, 860, 396, coat=0.46)
    worker.area(trace("768,614 862,614 876,664 780,664")).line([(806, 560), (790, 610), (800, 650)], 20)
    sheet.ink(
        sheet.block().area(trace("700,866 930,866 990,1010 760,1010")),
        "#04101a",
        tone=sheet.ramp((0, 1020), (0, 850)),
        alpha=0.8,
    )
    sheet.ink(worker, "#081420", crisp=True)
    sheet.ink(sheet.block().area(trace("774,612 856,612 850,566 768,566")), "#dff6ea")
    sheet.ink(sheet.block().brush(smooth([(812, 512), (826, 540), (820, 600)]), 8), "#7fc9bd", crisp=True)


@scene("map-museum", paper="#efe0bd")
def map_museum(sheet: Sheet) -> None:
    """The great map of the river in its hall, late visitors before it."""
    sheet.ink(None, "#5d2f2c")
    sheet.ink(None, "#2c1719", tone=sheet.pool(-60, -60, 1300, 900))
    sheet.ink(None, "#2c1719", tone=sheet.pool(1680, -60, 1300, 900), alpha=0.8)
    floor = sheet.block().area(trace("0,860 1620,860 1620,1080 0,1080"))
    sheet.ink(floor, "#7a4a2d")
    sheet.ink(floor, "#d99a56", tone=sheet.pool(810, 870, 760, 190), alpha=0.8)
    boards = sheet.block()
    for k in range(-16, 17):
        boards.line([(810 + k * 70, 860), (810 + k * 150, 1090)], 2)
    sheet.ink(boards.within(floor), "#4a2819", crisp=True, alpha=0.8)
    sheet.ink(sheet.block().box(0, 830, 1620, 864), "#36191a")
    _framed(sheet, (70, 250, 300, 560), "#cfc39b", "#6d7f6a")
    _framed(sheet, (1330, 230, 1550, 440), "#d8c8a0", "#8a5a3f")
    _framed(sheet, (1330, 500, 1550, 700), "#c8bd98", "#4c6a74")
    _river_map(sheet, (390.0, 120.0, 1240.0, 740.0))
    for x in (560, 815, 1070):
        sheet.ink(
            sheet.block().area([(x - 20, 0), (x + 20, 0), (x + 170, 500), (x - 170, 500)]),
            "#ffe7ad",
            tone=sheet.ramp((0, 520), (0, 0), low=0, high=110),
        )
        sheet.ink(sheet.block().area([(x - 28, 0), (x + 28, 0), (x + 18, 44), (x - 18, 44)]), "#1c1012")
    rope = sheet.block()
    for x in (330, 640, 990, 1300):
        rope.box(x - 5, 800, x + 5, 896).oval(x, 796, 10).oval(x, 898, 22, 7)
    sheet.ink(rope, "#d6a44a", crisp=True)
    cords = sheet.block()
    for a, b in ((330, 640), (640, 990), (990, 1300)):
        cords.line(smooth([(a, 810), ((a + b) / 2, 850), (b, 810)]), 7)
    sheet.ink(cords, "#8d2f2a", crisp=True)
    for x, foot, tall, stride, turn in (
        (500, 950, 292, 0, 1),
        (604, 936, 262, 0, -1),
        (700, 944, 176, 0, 0),
        (1120, 962, 300, 0, -1),
        (960, 926, 250, 0.2, 0),
    ):
        shade = sheet.block().blob(
            [
                (x - tall * 0.14, foot),
                (x + tall * 0.1, foot - 6),
                (x + tall * 0.2, foot + 60),
                (x - tall * 0.1, foot + 70),
            ]
        )
        sheet.ink(shade, "#2a1414", tone=sheet.ramp((0, foot + 70), (0, foot)), alpha=0.8)
        ink = {500: "#1d2b35", 604: "#7d2f29", 700: "#c79a4a", 1120: "#23333a", 960: "#31433a"}[x]
        sheet.ink(person(sheet.block(), x, foot, tall, stride=stride, coat=0.36, turn=turn), ink, crisp=True)
        rim = sheet.block().brush(
            [
                (x - tall * 0.1, foot - tall * 0.6),
                (x - tall * 0.11, foot - tall * 0.76),
                (x - tall * 0.05, foot - tall * 0.83),
            ],
            tall * 0.02,
        )
        sheet.ink(rim, "#f4cf8a", crisp=True)


def _framed(sheet: Sheet, box: tuple[float, float, float, float], paper: str, ink: str) -> None:
    """A small map in a frame: a coast, two rivers, a border of ticks."""
    rng = sheet.random
    left, top, right, bottom = box
    sheet.ink(sheet.block().box(left - 4, top + 4, right + 26, bottom + 30), "#1c0e10", alpha=0.6)
    sheet.ink(sheet.block().box(left - 14, top - 14, right + 14, bottom + 14), "#a9762f")
    sheet.ink(sheet.block().box(left, top, right, bottom), paper)
    land = sheet.block().blob(
        [
            (
                left + (right - left) * (0.5 + 0.36 * math.cos(a) * rng.uniform(0.7, 1.1)),
                top + (bottom - top) * (0.5 + 0.36 * math.sin(a) * rng.uniform(0.7, 1.1)),
            )
            for a in (0, 0.7, 1.4, 2.1, 2.8, 3.5, 4.2, 4.9, 5.6)
        ]
    )
    sheet.ink(land, ink)
    lines = sheet.block()
    for k in range(3):
        y = top + (bottom - top) * (0.3 + 0.2 * k)
        lines.line(
            smooth(
                [(left + 30, y), ((left + right) / 2, y + rng.uniform(-30, 30)), (right - 30, y + rng.uniform(-20, 20))]
            ),
            3,
        )
    sheet.ink(lines.within(land), paper, crisp=True)


def _river_map(sheet: Sheet, box: tuple[float, float, float, float]) -> None:
    rng = sheet.random
    left, top, right, bottom = box
    sheet.ink(sheet.block().box(left - 20, top + 10, right + 50, bottom + 56), "#1a0c0e", alpha=0.7)
    sheet.ink(sheet.block().box(left - 26, top - 26, right + 26, bottom + 26), "#b98536")
    sheet.ink(sheet.block().box(left - 12, top - 12, right + 12, bottom + 12), "#6a4420")
    face = sheet.block().box(left, top, right, bottom)
    sheet.ink(face, "#efe0b4")
    tints = ("#d9b780", "#b9c29a", "#d5a58a", "#c3b98f", "#a9bba5", "#e0c790", "#c79f79")
    borders = []
    for index in range(8):
        x = left + 34 + (right - left - 150) * index / 7
        shore = top + 50 + 40 * math.sin(index * 1.3)
        borders.append(
            smooth(
                [
                    (x + rng.uniform(-26, 26), y)
                    for y in (shore, top + 180, top + 290, top + 400, bottom - 70 - 30 * math.cos(index))
                ]
            )
        )
    for index, tint in enumerate(tints):
        west, east = borders[index], borders[index + 1]
        sheet.ink(sheet.block().area([*west, *east[::-1]]).within(face), tint)
        sheet.ink(sheet.block().line(east, 3).within(face), "#8a5a3f", crisp=True)
    sea = sheet.block().blob(
        [
            (right - 110, bottom + 40),
            (right - 150, bottom - 90),
            (right - 60, bottom - 190),
            (right + 60, bottom - 240),
            (right + 60, bottom + 60),
        ]
    )
    sheet.ink(sea.within(face), "#5f949a")
    main = smooth(
        [
            (left + 40, top + 90),
            (left + 150, top + 170),
            (left + 240, top + 140),
            (left + 360, top + 260),
            (left + 500, top + 250),
            (left + 610, top + 380),
            (left + 700, top + 400),
            (right - 90, bottom - 150),
        ]
    )
    river = sheet.block()
    for index in range(len(main) - 1):
        river.line([main[index], main[index + 1]], 4 + 13 * index / len(main))
    for index, dx, dy in (
        (8, 10, -90),
        (14, -70, 150),
        (24, 60, -170),
        (33, -90, 190),
        (42, 90, -230),
        (50, -60, 200),
        (58, 120, -200),
    ):
        x, y = main[index]
        river.brush(
            smooth([(x + dx, y + dy), (x + dx * 0.7 + rng.uniform(-20, 20), y + dy * 0.5), (x, y)]),
            7,
            root=0.4,
            tip=1.4,
        )
    sheet.ink(river.within(face), "#24586a")
    hatch = sheet.block()
    for _ in range(150):
        x, y = rng.uniform(left + 20, right - 40), rng.uniform(top + 20, top + 210)
        hatch.brush([(x, y), (x + 7, y - 12), (x + 14, y)], 4).line([(x + 9, y - 7), (x + 15, y + 6)], 1.2)
    sheet.ink(hatch.within(face), "#6d5335", crisp=True, alpha=0.7)
    ticks = sheet.block().line(
        [
            (left + 14, top + 14),
            (right - 14, top + 14),
            (right - 14, bottom - 14),
            (left + 14, bottom - 14),
            (left + 14, top + 14),
        ],
        2,
    )
    for k in range(40):
        x = left + 14 + (right - left - 28) * k / 40
        if k % 2:
            ticks.box(x, top + 14, x + (right - left) / 40, top + 22).box(
                x, bottom - 22, x + (right - left) / 40, bottom - 14
            )
    for k in range(16):
        angle = math.tau * k / 16
        ticks.line(
            [
                (left + 130, bottom - 120),
                (
                    left + 130 + math.cos(angle) * (66 if k % 4 == 0 else 38),
                    bottom - 120 + math.sin(angle) * (66 if k % 4 == 0 else 38),
                ),
            ],
            2.4,
        )
    ticks.line(arc(left + 130, bottom - 120, 46, 46, 0, 360, 30), 2)
    sheet.ink(ticks, "#5b3a22", crisp=True)
    sheet.ink(face, "#4a2416", tone=sheet.ramp((0, bottom - 160), (0, bottom + 120), bend=1.3), alpha=0.7)


@scene("chart-poster", size=PORTRAIT, paper="#f4ecd8")
def chart_poster(sheet: Sheet) -> None:
    """A poster of numbers without words: seven streams into one river, a column for each, a ring for what is missing."""
    inks = ("#0b4f5c", "#c4552f", "#d9a13b", "#6f8f5a", "#8a3d4a", "#3d7f93", "#5a4a6a")
    posts = (210, 84, 120, 96, 44, 62, 84)
    came = (0.32, 1.0, 0.4, 0.32, 1.0, 0.2, 0.16)
    y = 120.0
    total = sum(posts)
    for index, (ink, count) in enumerate(zip(inks, posts, strict=True)):
        wide = count / total * 300
        x, goal = 110 + index * 143, 390 + y - 120
        stream, steps = sheet.block(), 26
        left, right = [], []
        for step in range(steps + 1):
            t = step / steps
            ease = t * t * (3 - 2 * t)
            cx, half = x + (goal + wide / 2 - x) * ease, wide / 2
            left.append((cx - half, 120 + 400 * t))
            right.append((cx + half, 120 + 400 * t))
        stream.area(left + right[::-1]).box(goal, 518, goal + wide, 650)
        sheet.ink(stream, ink, alpha=0.92)
        sheet.ink(stream, "#1b2a30", tone=sheet.ramp((0, 420), (0, 660)), alpha=0.5)
        ring = max(26.0, wide / 2)
        sheet.ink(sheet.block().oval(x, 116, ring), ink)
        sheet.ink(sheet.block().oval(x, 116, ring * 0.55), "#f4ecd8")
        y += wide
    sheet.ink(sheet.block().box(390, 640, 690, 660), "#1b2a30")
    for k in range(11):
        x, radius = 108 + k * 86.4, 6 + (k * 7 % 11) * 2.6
        sheet.ink(sheet.block().oval(x, 732, radius), inks[k % 7])
        sheet.ink(sheet.block().line([(x, 760), (x, 772)], 2), "#1b2a30", crisp=True)
    _columns(sheet, inks, posts, came)
    _ring(sheet, (820.0, 1040.0), 290 / 700)
    rules = sheet.block()
    for level in (782, 1262):
        rules.box(80, level, 1000, level + 3)
    sheet.ink(rules, "#1b2a30", crisp=True)
    for k in range(14):
        sheet.ink(sheet.block().box(80 + k * 66, 1284, 80 + k * 66 + 54, 1296), inks[0] if k < 6 else "#d8cdb2")


def _columns(sheet: Sheet, inks: tuple[str, ...], posts: tuple[int, ...], came: tuple[float, ...]) -> None:
    base, grid = 1230.0, sheet.block()
    for k in range(6):
        grid.line([(90, base - k * 76), (560, base - k * 76)], 1.2)
    sheet.ink(grid, "#b9ad92", crisp=True)
    for index, (ink, count, share) in enumerate(zip(inks, posts, came, strict=True)):
        x, tall = 100 + index * 66, count * 1.86
        outline = sheet.block().box(x, base - tall, x + 46, base).box(x + 4, base - tall + 4, x + 42, base, cut=True)
        hatch = sheet.block()
        for k in range(-10, 50):
            hatch.line([(x, base - k * 14), (x + 46, base - k * 14 - 46)], 1.6)
        sheet.ink(hatch.within(sheet.block().box(x, base - tall, x + 46, base)), ink, crisp=True, alpha=0.6)
        sheet.ink(outline, ink, crisp=True)
        sheet.ink(sheet.block().box(x, base - tall * share, x + 46, base), ink)
    sheet.ink(sheet.block().box(84, base, 566, base + 4), "#1b2a30", crisp=True)


def _ring(sheet: Sheet, centre: Point, share: float) -> None:
    """A hundred spokes, as many of them full as the share says."""
    full, rest = sheet.block(), sheet.block()
    for k in range(100):
        angle = math.tau * k / 100 - math.pi / 2
        inner, outer = 96, 178 if k < share * 100 else 150
        a = (centre[0] + math.cos(angle) * inner, centre[1] + math.sin(angle) * inner)
        b = (centre[0] + math.cos(angle) * outer, centre[1] + math.sin(angle) * outer)
        (full if k < share * 100 else rest).line([a, b], 6.4)
    sheet.ink(rest, "#d3c7aa", crisp=True)
    sheet.ink(full, "#0b4f5c", crisp=True)
    sheet.ink(sheet.block().oval(*centre, 62), "#c4552f")
    wave = sheet.block()
    for k in range(3):
        wave.brush(
            smooth(
                [
                    (centre[0] - 40, centre[1] - 18 + k * 20),
                    (centre[0] - 14, centre[1] - 28 + k * 20),
                    (centre[0] + 12, centre[1] - 12 + k * 20),
                    (centre[0] + 40, centre[1] - 22 + k * 20),
                ]
            ),
            8,
            root=0.5,
            tip=0.5,
        )
    sheet.ink(wave, "#f4ecd8", crisp=True)
