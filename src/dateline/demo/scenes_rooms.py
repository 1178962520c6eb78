"""Indoors: flood centre, polling hall, the customs hall as a theatre."""

from __future__ import annotations

import math

from dateline.demo.scenes import Sheet, arc, between, scene, smooth, trace
from dateline.demo.scenes_motifs import crowd, person


def receding(sheet: Sheet, far: tuple[float, float, float, float], inks: tuple[str, str, str, str, str]) -> None:
    """A room in one-point perspective: ceiling, left wall, right wall, floor and the far wall's ink."""
    left, top, right, bottom = far
    wide, high = sheet.size
    ceiling, west, east, floor, end = inks
    sheet.ink(sheet.block().area([(0, 0), (wide, 0), (right, top), (left, top)]), ceiling)
    sheet.ink(sheet.block().area([(0, 0), (left, top), (left, bottom), (0, high)]), west)
    sheet.ink(sheet.block().area([(wide, 0), (right, top), (right, bottom), (wide, high)]), east)
    sheet.ink(sheet.block().area([(0, high), (wide, high), (right, bottom), (left, bottom)]), floor)
    sheet.ink(sheet.block().box(left, top, right, bottom), end)


@scene("flood-centre", paper="#d9e4d8")
def flood_centre(sheet: Sheet) -> None:
    """The control room: seven clocks, a wall of screens with one river on them, rows of empty chairs."""
    sheet.ink(None, "#153642")
    sheet.ink(None, "#0a1d29", tone=sheet.ramp((0, 420), (0, 0)))
    for x in (270, 630, 990, 1350):
        sheet.ink(sheet.block().area([(x - 60, 0), (x + 60, 0), (x + 46, 22), (x - 46, 22)]), "#dfe9d5", alpha=0.8)
    hours = (310, 340, 25, 70, 100, 130, 160)
    faces, hands = sheet.block(), sheet.block()
    for index, hour in enumerate(hours):
        x, y = 330 + index * 160, 112
        faces.oval(x, y, 34)
        for angle, reach in ((hour, 17), (hour * 12 % 360, 26)):
            turn = math.radians(angle - 90)
            hands.line([(x, y), (x + math.cos(turn) * reach, y + math.sin(turn) * reach)], 4)
    sheet.ink(faces, "#f3ecd6")
    sheet.ink(hands, "#12222b", crisp=True)
    wall = (180.0, 186.0, 1440.0, 560.0)
    sheet.ink(sheet.block().box(wall[0] - 16, wall[1] - 16, wall[2] + 16, wall[3] + 16), "#081720")
    _river_wall(sheet, wall)
    sheet.ink(None, "#7fc0bd", tone=sheet.pool(810, 420, 1000, 420, bend=1.8), alpha=0.35)
    floor = sheet.block().box(0, 600, 1620, 1080)
    sheet.ink(floor, "#0d2733")
    sheet.ink(floor, "#4f8f92", tone=sheet.ramp((0, 860), (0, 590), bend=1.3), alpha=0.6)
    person(one := sheet.block(), 1236, 700, 170, coat=0.46)
    sheet.ink(one, "#06131b", crisp=True)
    for row, (y, scale) in enumerate(((690, 0.62), (800, 0.86), (950, 1.2), (1160, 1.7))):
        _desks(sheet, y, scale, taken=(1,) if row == 1 else ())


def _river_wall(sheet: Sheet, wall: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = wall
    glass = sheet.block()
    columns, rows, gap = 7, 3, 8.0
    wide, high = (right - left) / columns, (bottom - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * wide, top + row * high
            glass.box(x + gap / 2, y + gap / 2, x + wide - gap / 2, y + high - gap / 2)
    sheet.ink(glass, "#1d5a66")
    sheet.ink(glass, "#d7ecd9", tone=sheet.pool(760, 390, 760, 300, bend=1.2), alpha=0.45)
    land = sheet.block()
    for line in range(9):
        shift = line * 44
        land.line(
            smooth(
                [
                    (left - 20, top - 60 + shift),
                    (480, top + 10 + shift * 0.86),
                    (820, top - 40 + shift),
                    (1120, top + 40 + shift * 0.9),
                    (right + 20, top - 20 + shift),
                ]
            ),
            1.6,
        )
    sheet.ink(land.within(glass), "#7cb8b4", crisp=True, alpha=0.6)
    main = smooth(
        [
            (left - 10, 250),
            (330, 300),
            (440, 262),
            (600, 340),
            (740, 390),
            (880, 352),
            (1010, 420),
            (1160, 470),
            (1280, 450),
            (right + 10, 520),
        ]
    )
    river = sheet.block()
    for index in range(len(main) - 1):
        river.line([main[index], main[index + 1]], 8 + 26 * index / len(main))
    for start, bends in (
        ((360, 170), (400, 230)),
        ((700, 180), (690, 300)),
        ((560, 570), (620, 450)),
        ((960, 180), (930, 280)),
        ((1180, 170), (1120, 360)),
        ((860, 570), (900, 470)),
    ):
        end = min(main, key=lambda point: math.hypot(point[0] - bends[0] - 30, point[1] - bends[1] - 60))
        river.brush(smooth([start, bends, end]), 9, root=0.5, tip=1.2)
    sheet.ink(river.within(glass), "#f5ecc8")
    dots, warm = sheet.block(), sheet.block()
    for index in range(6, len(main) - 4, 7):
        x, y = main[index]
        (warm if index in (48, 55, 62) else dots).oval(x, y - 4, 8)
    sheet.ink(dots.within(glass), "#0c4c5c", crisp=True)
    sheet.ink(warm.within(glass), "#d9632f", crisp=True)


def _desks(sheet: Sheet, y: float, scale: float, *, taken: tuple[int, ...]) -> None:
    """One row of desks seen from behind, chairs pushed in; `taken` says at which places somebody sits."""
    top = sheet.block().area([(-20, y), (1640, y), (1660, y + 22 * scale), (-40, y + 22 * scale)])
    front = sheet.block().box(-20, y + 22 * scale, 1640, y + 110 * scale)
    sheet.ink(front, "#0a1c27")
    sheet.ink(top, "#3b7480")
    sheet.ink(top, "#b9d9cc", tone=sheet.pool(810, y, 900, 60), alpha=0.6)
    screens, glow, chairs, lit = sheet.block(), sheet.block(), sheet.block(), sheet.block()
    places = max(4, round(8 / (scale + 0.25)))
    for place in range(places):
        x = 1620 * (place + 0.5) / places
        half = 66 * scale
        screens.area(
            [
                (x - half, y - 74 * scale),
                (x + half, y - 74 * scale),
                (x + half * 0.94, y - 4 * scale),
                (x - half * 0.94, y - 4 * scale),
            ]
        )
        screens.box(x - 8 * scale, y - 6 * scale, x + 8 * scale, y + 10 * scale)
        glow.area(
            [
                (x - half * 0.9, y - 67 * scale),
                (x + half * 0.9, y - 67 * scale),
                (x + half * 0.84, y - 11 * scale),
                (x - half * 0.84, y - 11 * scale),
            ]
        )
        cx = x + 10 * scale
        back = [
            (cx - 46 * scale, y + 96 * scale),
            (cx - 44 * scale, y + 10 * scale),
            (cx - 26 * scale, y - 14 * scale),
            (cx + 26 * scale, y - 14 * scale),
            (cx + 44 * scale, y + 10 * scale),
            (cx + 46 * scale, y + 96 * scale),
        ]
        chairs.blob(back).box(cx - 7 * scale, y + 90 * scale, cx + 7 * scale, y + 170 * scale)
        lit.brush(
            [(cx - 36 * scale, y + 4 * scale), (cx, y - 10 * scale), (cx + 36 * scale, y + 4 * scale)],
            6 * scale,
            root=0.4,
            tip=0.4,
        )
        if place in taken:
            chairs.oval(cx, y - 66 * scale, 22 * scale, 27 * scale).blob(
                [
                    (cx - 54 * scale, y + 20 * scale),
                    (cx - 40 * scale, y - 30 * scale),
                    (cx, y - 44 * scale),
                    (cx + 40 * scale, y - 30 * scale),
                    (cx + 54 * scale, y + 20 * scale),
                ]
            )
    sheet.ink(screens, "#071018", crisp=True)
    sheet.ink(glow, "#2f7f86")
    sheet.ink(glow, "#d9ead2", tone=sheet.ramp((0, y), (0, y - 90 * scale)), alpha=0.6)
    sheet.ink(chairs, "#06131c", crisp=True)
    sheet.ink(lit, "#6fa9aa", crisp=True, alpha=0.85)


@scene("polling-hall", paper="#f2e6c9")
def polling_hall(sheet: Sheet) -> None:
    """A school hall with voting booths, tall windows, a queue and the box."""
    receding(sheet, (430, 250, 1250, 640), ("#c9b995", "#d8c7a0", "#b7a47f", "#b98550", "#e3d3ab"))
    sheet.ink(
        sheet.block().area(trace("0,0 430,250 430,640 0,1080")),
        "#8e7a5d",
        tone=sheet.ramp((430, 0), (0, 0), low=10),
    )
    sheet.ink(
        sheet.block().area(trace("1620,0 1250,250 1250,640 1620,1080")),
        "#6a5546",
        tone=sheet.ramp((1250, 0), (1620, 0), low=40),
    )
    boards = sheet.block()
    for k in range(-14, 30):
        boards.line([(430 + 820 * (k + 0.5) / 15, 640), (-900 + 3400 * (k + 0.5) / 15, 1090)], 2)
    sheet.ink(boards.within(sheet.block().area(trace("0,1080 1620,1080 1250,640 430,640"))), "#8a5a34", crisp=True)
    for share in (0.08, 0.4, 0.68):
        a, b = share, share + 0.22
        x0, x1 = 430 * a * 0.9, 430 * b * 0.95

        def height(x: float, level: float) -> float:
            return level * (250 + (640 - 250) * 0.08) / 270 * x / 430 + (1 - x / 430) * (level - 240) * 1.3

        pane = [
            (x0, height(x0, 275)),
            (x1, height(x1, 275)),
            (x1, height(x1, 275) + 300 * (1.9 - x1 / 430 * 0.9) * 0.72),
            (x0, height(x0, 275) + 300 * (1.9 - x0 / 430 * 0.9) * 0.72),
        ]
        window = sheet.block().area(pane)
        sheet.ink(window, "#fff9e6")
        sheet.ink(window, "#9cc4c9", tone=sheet.ramp((0, 100), (0, 620), low=20, high=170))
        bars = sheet.block().line([between(pane[0], pane[1], 0.5), between(pane[3], pane[2], 0.5)], 6)
        for level in (0.33, 0.66):
            bars.line([between(pane[0], pane[3], level), between(pane[1], pane[2], level)], 5)
        sheet.ink(bars, "#7d6b52", crisp=True)
        light = sheet.block().area(
            [
                (pane[3][0] + 170, 760 + (1 - share) * 120),
                (pane[2][0] + 320, 700 + (1 - share) * 120),
                (pane[2][0] + 620, 830 + (1 - share) * 170),
                (pane[3][0] + 420, 930 + (1 - share) * 190),
            ]
        )
        sheet.ink(light, "#f4d79a", alpha=0.65)
    _booths(sheet)
    queue = [(470 + k * 46 + sheet.random.uniform(-6, 6), 676 + k * 5, 120 + k * 5) for k in range(5)]
    crowd(sheet, queue, ("#33464f", "#7d3a33", "#4f5d46", "#2e3440", "#a8743a"))
    table = sheet.block().area(trace("560,860 1300,860 1380,930 520,930"))
    sheet.ink(sheet.block().box(540, 930, 1366, 1080), "#5a3a2a")
    sheet.ink(table, "#a36f45")
    sheet.ink(table, "#e8bb80", tone=sheet.ramp((1200, 0), (520, 0), bend=1.4))
    _box(sheet)
    hand = sheet.block().brush(smooth(trace("1640,560 1420,590 1240,600 1120,610")), 120, root=1.2, tip=0.5)
    sheet.ink(hand, "#2c4a58")
    palm = sheet.block().blob(trace("1180,574 1100,568 1030,588 1020,610 1060,626 1110,640 1180,640"))
    sheet.ink(palm, "#c58a5f")
    sheet.ink(palm, "#7c4630", tone=sheet.ramp((0, 590), (0, 650)))
    paper = sheet.block().area(trace("930,520 1076,500 1084,596 1010,690 928,690"))
    sheet.ink(paper, "#fffaf0")
    sheet.ink(sheet.block().line([(1020, 600), (1064, 604), (1086, 602)], 22), "#c58a5f", crisp=True)


def _booths(sheet: Sheet) -> None:
    for k in range(6):
        x = 700 + k * 92
        sides = sheet.block().area([(x, 478), (x + 80, 478), (x + 80, 640), (x, 640)])
        sheet.ink(sides, "#efe2c0")
        sheet.ink(sheet.block().box(x + 8, 486, x + 72, 566), "#9a8a6a")
        sheet.ink(sheet.block().box(x, 566, x + 80, 578), "#c9ad7c")
        sheet.ink(
            sheet.block().line([(x + 8, 578), (x + 2, 660)], 5).line([(x + 72, 578), (x + 78, 660)], 5),
            "#5d4a3a",
            crisp=True,
        )
        if k in (1, 4):
            voter = person(sheet.block(), x + 40, 676, 150, coat=0.4)
            sheet.ink(voter, "#3a4a50" if k == 1 else "#6f3a34", crisp=True)


def _box(sheet: Sheet) -> None:
    body = sheet.block().box(800, 660, 1130, 890)
    lid = sheet.block().area(trace("840,612 1150,612 1130,662 800,662"))
    side = sheet.block().area(trace("1130,662 1150,612 1172,840 1130,890"))
    sheet.ink(side, "#153543")
    sheet.ink(body, "#2d6a7a")
    sheet.ink(body, "#153c4b", tone=sheet.ramp((860, 0), (1160, 0), bend=1.2))
    sheet.ink(lid, "#5d9aa4")
    sheet.ink(sheet.block().area(trace("900,630 1090,630 1082,646 892,646")), "#0d1f28")
    sheet.ink(sheet.block().box(800, 700, 1130, 712), "#e9dfc2", alpha=0.9)
    lock = (
        sheet.block()
        .blob(trace("946,664 946,640 966,630 986,640 986,664"))
        .oval(966, 660, 9, 14, cut=True)
        .box(940, 662, 992, 700)
    )
    sheet.ink(lock, "#d4a63c")


@scene("festival-hall", paper="#f0d9a8")
def festival_hall(sheet: Sheet) -> None:
    """The customs hall as a theatre: a boat on the stage under the old travelling crane."""
    rng = sheet.random
    sheet.ink(None, "#2a1a22")
    sheet.ink(None, "#7c3b34", tone=sheet.pool(810, 470, 900, 560, bend=1.2))
    ribs = sheet.block()
    for k, scale in enumerate((1.0, 0.82, 0.67, 0.55)):
        centre = 640 - k * 8
        ribs.line(arc(810, centre, 800 * scale, 620 * scale, 180, 360, 60), 22 * scale)
        for angle in range(186, 358, 8):
            (x0, y0), (x1, y1) = arc(810, centre, 800 * scale, 620 * scale, angle, angle + 4, 1)
            (x2, y2), _ = arc(810, centre, 752 * scale, 575 * scale, angle + 4, angle + 5, 1)
            ribs.line([(x0, y0), (x2, y2), (x1, y1)], 3)
        ribs.line(arc(810, centre, 752 * scale, 575 * scale, 180, 360, 60), 6 * scale)
    sheet.ink(ribs, "#1a1018", crisp=True)
    back = sheet.block().area([(390, 690), *arc(810, 640, 420, 330, 180, 360, 40), (1230, 690)])
    sheet.ink(back, "#274a58")
    sheet.ink(back, "#e7a55c", tone=sheet.ramp((0, 420), (0, 700)))
    sheet.ink(sheet.block().oval(950, 520, 66).within(back), "#fbeec4")
    sheet.ink(
        sheet.block()
        .area(
            [
                (390, 640),
                *smooth(trace("390,640 600,622 820,640 1040,622 1230,640")),
                (1230, 720),
                (390, 720),
            ]
        )
        .within(back),
        "#1f4452",
    )
    crane = sheet.block().box(210, 232, 1410, 262).box(210, 274, 1410, 282).box(720, 258, 860, 316)
    for x in range(216, 1404, 42):
        crane.line([(x, 262), (x + 21, 276)], 3).line([(x + 21, 276), (x + 42, 262)], 3)
    crane.line([(776, 310), (776, 452)], 4).line([(804, 310), (804, 452)], 4).blob(
        trace("764,450 816,450 810,484 770,484")
    )
    crane.line(smooth(trace("790,484 812,500 800,524 776,514")), 8)
    sheet.ink(crane, "#0f0b12", crisp=True)
    stage = sheet.block().area(trace("300,706 1320,706 1450,800 170,800"))
    sheet.ink(stage, "#c98c4f")
    sheet.ink(stage, "#f4d591", tone=sheet.pool(790, 740, 480, 80))
    sheet.ink(sheet.block().box(170, 800, 1450, 850), "#4a2720")
    for x0, x1 in ((300, 560), (1320, 1010)):
        beam = sheet.block().area([(x0, 250), (x0 + 30, 250), (x1 + 190, 760), (x1 - 60, 760)])
        sheet.ink(beam, "#f9dc98", tone=sheet.ramp((0, 790), (0, 230), low=20, high=160))
    ropes = sheet.block().line([(790, 500), (640, 640)], 3).line([(790, 500), (950, 640)], 3)
    sheet.ink(ropes, "#2a1a18", crisp=True)
    boat = sheet.block().area(
        [
            *smooth(trace("560,622 640,650 790,656 950,648 1050,608")),
            *smooth(trace("1050,608 1000,700 900,726 700,726 610,694 560,622")),
        ]
    )
    sheet.ink(boat, "#b5402f")
    sheet.ink(boat, "#5b1f1e", tone=sheet.ramp((0, 660), (0, 730)))
    planks = sheet.block()
    for k in (1, 2):
        planks.line(
            smooth(
                [(566 + k * 12, 626 + k * 22), (700, 662 + k * 16), (900, 664 + k * 14), (1040 - k * 10, 624 + k * 24)]
            ),
            3,
        )
    sheet.ink(planks, "#4a1a1a", crisp=True)
    actors = person(sheet.block(), 470, 752, 172, coat=0.2, stride=0.2)
    actors.line([(478, 632), (530, 590), (566, 560)], 9)
    sheet.ink(actors, "#1d2f3a", crisp=True)
    sheet.ink(
        person(sheet.block(), 1130, 756, 176, coat=0.46, stride=-0.3).line([(1122, 634), (1070, 610), (1050, 640)], 9),
        "#efe3c4",
        crisp=True,
    )
    _audience(sheet, rng.uniform(0, 1))


def _audience(sheet: Sheet, shift: float) -> None:
    rng = sheet.random
    for y, size, ink in ((868, 27, "#2b1a22"), (940, 36, "#1e131b"), (1030, 50, "#120b12")):
        heads, rims = sheet.block(), sheet.block()
        x = -size * shift
        while x < 1660:
            top = y + rng.uniform(-8, 8)
            heads.oval(x, top, size * 0.5, size * 0.62).box(x - size * 0.2, top, x + size * 0.2, top + size)
            heads.blob(
                [
                    (x - size * 1.1, top + size * 2.4),
                    (x - size, top + size * 1.1),
                    (x - size * 0.3, top + size * 0.75),
                    (x + size * 0.3, top + size * 0.75),
                    (x + size, top + size * 1.1),
                    (x + size * 1.1, top + size * 2.4),
                ]
            )
            rims.brush(arc(x, top, size * 0.46, size * 0.58, 205, 335, 10), size * 0.1)
            x += size * rng.uniform(2.0, 2.6)
        sheet.ink(heads.box(0, y + size * 1.6, 1620, 1080), ink)
        sheet.ink(rims, "#d98c4f", crisp=True, alpha=0.75)
