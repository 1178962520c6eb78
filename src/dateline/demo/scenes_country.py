"""The land upstream: glacier, pass, fields, groves."""

from __future__ import annotations

import math

from dateline.demo.scenes import Block, Point, Sheet, between, down_to, scene, smooth, trace
from dateline.demo.scenes_motifs import cloud, hills, mountain, streaks, tree


@scene("glacier", paper="#f4e5cf")
def glacier(sheet: Sheet) -> None:
    """A tongue of ice between dark walls, its moraines drawn along the flow, two people on it."""
    sheet.ink(None, "#eec3a2", tone=sheet.ramp((0, 430), (0, 60)))
    sheet.ink(None, "#7d9fb2", tone=sheet.ramp((0, 300), (0, -60), bend=1.2))
    streaks(sheet, (0, 60, 1620, 230), 7, "#fbeedd", alpha=0.7, wide=(260, 640), thick=(5, 16))
    rock, snow = ("#8fa1ad", "#5f7788"), ("#fbf3e7", "#b9cad3")
    for peak, feet in (
        ((330, 250), (60, 640)),
        ((1390, 200), (1080, 1760)),
        ((760, 190), (420, 1120)),
        ((1080, 260), (820, 1360)),
    ):
        mountain(sheet, peak, feet, 560, rock, snow=snow, line=0.8)
    left = smooth(trace("560,470 600,520 690,575 640,650 430,740 210,870 60,1100"))
    right = smooth(trace("1230,430 1180,500 1130,580 1120,680 1060,800 1010,930 1040,1110"))
    ice = sheet.block().area(left + right[::-1])
    sheet.ink(ice, "#fbf5ea")
    _moraines(sheet, ice, left, right)
    _crevasses(sheet, ice, left, right)
    sheet.ink(ice, "#9fbfca", tone=sheet.ramp((760, 640), (1130, 800), bend=1.2), alpha=0.9)
    _walls(sheet)
    _pair(sheet, 560, 985)


def _moraines(sheet: Sheet, ice: Block, left: list[Point], right: list[Point]) -> None:
    count = len(left)
    for share, width, ink in (
        (0.06, 60, "#5f7f90"),
        (0.22, 12, "#8fb2c0"),
        (0.38, 26, "#4a555e"),
        (0.44, 10, "#4a555e"),
        (0.6, 12, "#8fb2c0"),
        (0.72, 30, "#8fb2c0"),
        (0.94, 70, "#5b7482"),
    ):
        band = sheet.block()
        for i in range(count - 1):
            a, b = between(left[i], right[i], share), between(left[i + 1], right[i + 1], share)
            w = width * (0.15 + (i / count) ** 1.4) * sheet.random.uniform(0.86, 1.14)
            band.area([(a[0] - w / 2, a[1]), (a[0] + w / 2, a[1]), (b[0] + w / 2, b[1] + 2), (b[0] - w / 2, b[1] + 2)])
        sheet.ink(band.within(ice), ink)


def _crevasses(sheet: Sheet, ice: Block, left: list[Point], right: list[Point]) -> None:
    """Cracks across the flow, bowed downhill, thickest where the ice turns."""
    rng, count = sheet.random, len(left)
    deep, lips = sheet.block(), sheet.block()
    for _ in range(230):
        i = min(count - 2, max(1, int(rng.choice((rng.gauss(0.36, 0.1), rng.random())) * count)))
        share, span = rng.uniform(0.03, 0.97), rng.uniform(0.03, 0.08)
        a, b = between(left[i], right[i], share - span), between(left[i], right[i], share + span)
        depth = (i / count) ** 1.2
        line = [
            (a[0] + (b[0] - a[0]) * s / 6, a[1] + (b[1] - a[1]) * s / 6 + (3 + 18 * depth) * math.sin(s / 6 * math.pi))
            for s in range(7)
        ]
        wide = (1.6 + 11 * depth) * rng.uniform(0.4, 1)
        deep.brush(line, wide)
        lips.brush([(x, y + wide * 0.7) for x, y in line], wide * 0.5)
    sheet.ink(lips.within(ice), "#b6d3da", crisp=True)
    sheet.ink(deep.within(ice), "#2f6c84", crisp=True, alpha=0.92)


def _walls(sheet: Sheet) -> None:
    near = trace(
        "-20,300 90,340 180,420 330,440 450,500 545,470 610,525 690,572 642,652 430,744 214,874 50,1110 -20,1110"
    )
    far = trace(
        "1640,330 1540,350 1460,450 1330,440 1230,428 1180,500 1132,582 1122,682 1062,802 1012,932 1040,1110 1640,1110"
    )
    rng = sheet.random
    for wall, lean, lit, side in ((near, 1, "#5f7483", (0, 690)), (far, -1, "#d7a284", (1010, 1620))):
        block = sheet.block().area(wall)
        sheet.ink(block, "#34444f")
        sheet.ink(block, "#141e28", tone=sheet.ramp((0, 420), (0, 1000), low=10))
        facets = sheet.block()
        for _ in range(46):
            x, y, reach = rng.uniform(*side), rng.uniform(330, 1060), rng.uniform(60, 240)
            bed = [(x + lean * reach * s / 6, y + reach * (0.5 * s / 6 + rng.uniform(-0.03, 0.03))) for s in range(7)]
            facets.brush(bed, reach * rng.uniform(0.06, 0.2), root=0.2)
        sheet.ink(facets.within(block), lit, alpha=0.5, tone=sheet.ramp((0, 1000), (0, 330), low=40))


def _pair(sheet: Sheet, x: float, y: float) -> None:
    """Two people and the rope between them."""
    block = sheet.block()
    for dx, dy, tall in ((0, 0, 58), (118, -16, 54)):
        foot = y + dy
        block.blob(
            [
                (x + dx - 9, foot - tall * 0.78),
                (x + dx + 9, foot - tall * 0.78),
                (x + dx + 10, foot - tall * 0.36),
                (x + dx - 10, foot - tall * 0.36),
            ]
        )
        block.oval(x + dx + 2, foot - tall * 0.92, 7)
        block.line([(x + dx - 4, foot - 22), (x + dx - 11, foot)], 6).line(
            [(x + dx + 4, foot - 22), (x + dx + 11, foot - 2)], 6
        )
        block.line([(x + dx + 8, foot - 34), (x + dx + 24, foot)], 2.6)
    block.line(smooth([(x + 8, y - 28), (x + 40, y - 18), (x + 80, y - 26), (x + 110, y - 42)]), 2.2)
    shade = (
        sheet.block()
        .brush([(x - 100, y + 10), (x - 50, y + 4), (x + 4, y)], 8)
        .brush([(x + 20, y - 6), (x + 70, y - 12), (x + 122, y - 16)], 8)
    )
    sheet.ink(shade, "#7f9fae", alpha=0.8)
    sheet.ink(block, "#b03d2c", crisp=True)


@scene("mountain-pass", paper="#f0dcb8")
def mountain_pass(sheet: Sheet) -> None:
    """A road in hairpins up to a notch, one lorry with its lamps on."""
    sheet.ink(None, "#d98d63", tone=sheet.ramp((0, 500), (0, -80), bend=1.1))
    sheet.ink(None, "#5d6d86", tone=sheet.ramp((0, 220), (0, -160), bend=1.3))
    sheet.ink(sheet.block().oval(905, 395, 70), "#fff0c9")
    far = ("#b98474", "#8e6a71")
    for peak, feet in (
        ((200, 250), (-200, 640)),
        ((620, 310), (300, 960)),
        ((1330, 230), (1000, 1800)),
        ((1120, 340), (900, 1400)),
    ):
        mountain(sheet, peak, feet, 620, far)
    sheet.ink(None, "#e2b48c", tone=sheet.ramp((0, 430), (0, 640)), alpha=0.85)
    mountain(sheet, (240, 330), (-420, 900), 1100, ("#6f5f6b", "#40434f"), snow=("#f3dfc2", "#b19a9b"), line=0.3)
    mountain(sheet, (1480, 300), (880, 2200), 1100, ("#7d6469", "#3b3f4c"), snow=("#f3dfc2", "#a8939a"), line=0.32)
    slope = sheet.block().area(
        down_to(smooth(trace("300,1100 520,860 760,640 905,560 1010,610 1190,780 1420,1100")), 1100)
    )
    sheet.ink(slope, "#5b5a4a")
    sheet.ink(slope, "#2c3135", tone=sheet.ramp((820, 620), (1200, 900)))
    bends = trace(
        "560,1110 760,1040 1180,1000 1225,950 1120,915 760,900 690,858 780,826 1060,800"
        " 1100,764 1020,738 850,728 820,700 880,676 960,660 966,640 930,622 905,588"
    )
    path = smooth(bends, steps=14)
    road, edge = sheet.block(), sheet.block()
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        wide = max(3.0, (y0 - 570) * 0.072)
        road.line([(x0, y0), (x1, y1)], wide)
        edge.line([(x0, y0 + wide * 0.55), (x1, y1 + wide * 0.55)], wide)
    sheet.ink(edge, "#20262b")
    sheet.ink(road, "#e9c793")
    tufts = sheet.block()
    for _ in range(260):
        x, y = sheet.random.uniform(380, 1340), sheet.random.uniform(620, 1080)
        tufts.brush([(x, y), (x + 4, y - 7), (x + 10, y - 16)], 5).brush(
            [(x + 3, y), (x + 2, y - 8), (x - 4, y - 14)], 4
        )
    sheet.ink(tufts.within(slope).without(road), "#8c7d55", crisp=True, alpha=0.8)
    sheet.ink(
        sheet.block().area(trace("1008,984 1172,930 1230,984 1150,1012")),
        "#fff1c4",
        tone=sheet.ramp((1000, 0), (1220, 0), low=255, high=0),
        alpha=0.75,
    )
    lorry = sheet.block().box(880, 930, 966, 990).box(968, 946, 1000, 990)
    lorry.oval(900, 994, 12).oval(986, 994, 12).oval(946, 994, 12)
    sheet.ink(lorry, "#9b3228", crisp=True)
    sheet.ink(sheet.block().box(974, 952, 996, 968).oval(1002, 982, 5), "#ffe9b0", crisp=True)


@scene("wheat-field", paper="#f2dca4")
def wheat_field(sheet: Sheet) -> None:
    """Ripe wheat under a tall cloud, one tree, one path."""
    rng = sheet.random
    sheet.ink(None, "#6aa0ad")
    sheet.ink(None, "#cfdcc9", tone=sheet.ramp((0, 160), (0, 600)))
    sheet.ink(None, "#2f6f86", tone=sheet.ramp((0, 300), (0, -120)))
    for x, y, wide in ((1120, 470, 760), (980, 330, 500), (1220, 250, 360), (300, 500, 420)):
        cloud(sheet, x, y, wide, "#fbf1dc", shade="#c3b8a4" if y > 400 else None)
    hills(sheet, ((540, 14, "#87a08c"), (570, 10, "#5f8270")), 700)
    field = sheet.block().area(down_to(smooth(trace("-60,640 400,600 820,592 1250,604 1700,632")), 1100))
    sheet.ink(field, "#e2ac48")
    sheet.ink(field, "#b9752a", tone=sheet.ramp((0, 600), (0, 1100), low=10))
    tree(sheet, 470, 628, 300, ("#3b2c22", "#27453c", "#5c8460"))
    sheet.ink(sheet.block().brush([(350, 640), (470, 628), (640, 646)], 26), "#8f6427", alpha=0.7)
    for y, reach, ink in (
        (640, 22, "#f0c667"),
        (690, 34, "#c98c37"),
        (740, 44, "#f3cf7c"),
        (810, 62, "#bd7c2e"),
        (880, 84, "#f3cd74"),
        (970, 120, "#9c6224"),
        (1070, 170, "#e9b955"),
    ):
        ears = sheet.block()
        for _ in range(round(9000 / reach)):
            x = rng.uniform(-60, 1640)
            foot = y + rng.uniform(-10, 30)
            lean = reach * (0.3 + 0.16 * math.sin(x / 210)) + rng.uniform(-4, 4)
            tip = (x + lean, foot - reach * rng.uniform(0.8, 1.15))
            ears.brush([(x, foot), (x + lean * 0.3, foot - reach * 0.55), tip], max(2, reach * 0.05), root=0.7, tip=0.6)
            ears.brush(
                [
                    (tip[0] - lean * 0.12, tip[1] + reach * 0.3),
                    (tip[0], tip[1] + reach * 0.08),
                    (tip[0] + reach * 0.1, tip[1] - reach * 0.12),
                ],
                reach * 0.13,
                root=0.5,
            )
            if reach > 60:
                for side in (-0.1, 0.02, 0.14):
                    ears.brush(
                        [
                            (tip[0], tip[1] + reach * 0.06),
                            (tip[0] + reach * (0.1 + side), tip[1] - reach * 0.12),
                            (tip[0] + reach * (0.2 + side * 2), tip[1] - reach * 0.34),
                        ],
                        2.4,
                    )
        sheet.ink(ears, ink, crisp=True)
    sheet.ink(field, "#5d3717", tone=sheet.ramp((0, 900), (0, 1140), bend=1.4), alpha=0.75)


@scene("olive-grove", paper="#f0e0bb")
def olive_grove(sheet: Sheet) -> None:
    """Old olive trees on red earth above a strip of sea."""
    rng = sheet.random
    sheet.ink(None, "#a9c3be", tone=sheet.ramp((0, 420), (0, -60)))
    sheet.ink(sheet.block().box(0, 318, 1620, 420), "#3f7f8c")
    sheet.ink(sheet.block().box(0, 318, 1620, 420), "#1f5567", tone=sheet.ramp((0, 420), (0, 318)))
    hills(sheet, ((392, 26, "#8e9c80"), (440, 22, "#b48a5b")), 600, roll=240)
    ground = sheet.block().area(down_to(smooth(trace("-40,470 500,500 1000,486 1680,520")), 1100))
    sheet.ink(ground, "#c47a4a")
    sheet.ink(ground, "#8f4630", tone=sheet.ramp((0, 520), (0, 1080)))
    furrows = sheet.block()
    for x in range(-1500, 3200, 96):
        furrows.brush(
            [between((820 + (x - 820) * 0.16, 500), (x, 1100), (s / 7) ** 1.3) for s in range(8)], 15, tip=1.6
        )
    sheet.ink(furrows.within(ground), "#74341f", alpha=0.5)
    inks = ("#4a3a30", "#4d6450", "#9fb292")
    for y, tall, spots in (
        (530, 120, range(60, 1620, 190)),
        (610, 200, range(-40, 1700, 300)),
        (760, 350, (160, 690, 1250)),
        (1000, 640, (400, 1420)),
    ):
        for x in spots:
            shift = rng.uniform(-20, 20)
            shade = sheet.block().blob(
                [
                    (x + shift - tall * 0.1, y - 4),
                    (x + tall * 0.25, y - tall * 0.07),
                    (x + tall * 0.72, y),
                    (x + tall * 0.3, y + tall * 0.07),
                ]
            )
            sheet.ink(shade, "#4f2318", alpha=0.7)
            tree(sheet, x + shift, y, tall, inks, lean=rng.uniform(-0.08, 0.08))
    wall = sheet.block()
    for row in range(3):
        for x in range(-30, 1640, 74):
            w, h = rng.uniform(52, 70), rng.uniform(26, 34)
            left, top = x + row * 30, 1000 + row * 32
            wall.blob(
                [
                    (left, top + h * 0.2),
                    (left + w * 0.5, top),
                    (left + w, top + h * 0.3),
                    (left + w * 0.9, top + h),
                    (left + 4, top + h * 0.9),
                ]
            )
    sheet.ink(sheet.block().box(0, 1008, 1620, 1080), "#3b2a22")
    sheet.ink(wall, "#cbb389")
    sheet.ink(wall, "#6e5640", tone=sheet.ramp((0, 1010), (0, 1090)))


@scene("solar-field", paper="#f3e2b8")
def solar_field(sheet: Sheet) -> None:
    """Rows of panels running to the hills, sheep between them, the sun just up."""
    rng = sheet.random
    sheet.ink(None, "#f0b56d", tone=sheet.ramp((0, 520), (0, 40)))
    sheet.ink(None, "#d97f58", tone=sheet.ramp((0, 260), (0, -160)))
    sheet.ink(sheet.block().oval(1180, 400, 92), "#fff4d4")
    streaks(sheet, (0, 90, 1620, 330), 7, "#c76d55", alpha=0.5)
    hills(sheet, ((430, 34, "#c98863"), (468, 24, "#9a6d5a"), (500, 12, "#6b5d52")), 640, roll=260)
    sheet.ink(sheet.block().box(0, 505, 1620, 1080), "#7d8a4e")
    sheet.ink(sheet.block().box(0, 505, 1620, 1080), "#4d6340", tone=sheet.ramp((0, 520), (0, 1050)))
    y, step = 522.0, 20.0
    while y < 1120:
        depth = step * 1.5
        for part in range(-3, 9):
            gap, wide = step * 0.5, step * 7.4
            x = 1000 - 5.2 * step * 1.0 + (part - 3) * (wide + gap) + step * 1.6
            corners = [(x + step * 0.7, y - depth), (x + wide + step * 0.7, y - depth), (x + wide, y), (x, y)]
            near = (x + wide / 2, y, wide * 0.75)
            shade = sheet.block(near).area(
                [(x - step * 0.9, y + step * 0.62), (x + wide - step * 0.9, y + step * 0.62), (x + wide, y), (x, y)]
            )
            sheet.ink(shade, "#2c3f2f", alpha=0.85)
            panel = sheet.block(near).area(corners)
            sheet.ink(panel, "#23495f")
            sheet.ink(panel, "#e8b77c", tone=sheet.ramp((0, y), (0, y - depth * 1.4), bend=1.6), alpha=0.85)
            lines = sheet.block(near)
            for cell in range(1, 8):
                lines.line(
                    [between(corners[0], corners[1], cell / 8), between(corners[3], corners[2], cell / 8)],
                    max(1, step * 0.035),
                )
            lines.line(
                [between(corners[0], corners[3], 0.5), between(corners[1], corners[2], 0.5)], max(1, step * 0.035)
            )
            lines.line([corners[0], corners[1]], max(1.2, step * 0.06))
            sheet.ink(lines, "#c9d2c4", crisp=True, alpha=0.75)
        y += step * 2.7
        step *= 1.36
    for x, y, s in ((330, 655, 16), (382, 661, 15), (1330, 655, 16), (540, 800, 26), (610, 808, 27), (1180, 800, 25)):
        sheep = sheet.block().blob(
            [
                (x - s, y - s * 0.5),
                (x - s * 0.4, y - s * 1.05),
                (x + s * 0.5, y - s),
                (x + s, y - s * 0.5),
                (x + s * 0.5, y - s * 0.1),
                (x - s * 0.6, y - s * 0.1),
            ]
        )
        legs = sheet.block().oval(x - s * 1.1, y - s * 0.5, s * 0.32, s * 0.26)
        for dx in (-0.5, -0.25, 0.4, 0.62):
            legs.line([(x + dx * s, y - s * 0.2), (x + dx * s, y + s * 0.35)], max(2, s * 0.13))
        sheet.ink(legs, "#2b2a26", crisp=True)
        sheet.ink(sheep, "#f4ead2")
        sheet.ink(sheep, "#9a8a6c", tone=sheet.ramp((0, y - s * 0.8), (0, y), bend=1.2))
    grass = sheet.block()
    for _ in range(420):
        x, y = rng.uniform(0, 1620), 640 + 440 * rng.random() ** 0.8
        grass.brush([(x, y), (x + 1, y - 6), (x + rng.uniform(-4, 6), y - rng.uniform(8, 18))], 3)
    sheet.ink(grass, "#a9ad62", crisp=True, alpha=0.55)
