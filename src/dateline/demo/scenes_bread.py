"""Bread: four still lifes and the bakery at night."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Block, Point, Sheet, arc, between, scene, smooth, trace
from dateline.demo.scenes_motifs import person


@scene("loaf-1", paper="#ead9bb")
def loaf_one(sheet: Sheet) -> None:
    """A round loaf with the rings of its basket in flour, on linen, light from the left."""
    rng = sheet.random
    sheet.ink(None, "#2b3436")
    sheet.ink(None, "#5f7069", tone=sheet.pool(330, 330, 900, 620))
    table = sheet.block().box(0, 690, 1620, 1080)
    sheet.ink(table, "#6b4630")
    sheet.ink(table, "#22181a", tone=sheet.ramp((500, 0), (1650, 0)))
    cloth = sheet.block().area(trace("90,742 1380,742 1660,1110 -190,1110"))
    sheet.ink(cloth, "#e2d6bd")
    for share in (0.05, 0.08, 0.92, 0.95):
        stripe = sheet.block().line(
            [between((90, 742), (1380, 742), share), between((-190, 1110), (1660, 1110), share)], 8
        )
        sheet.ink(stripe, "#a23f35", alpha=0.85)
    for share, sag in ((0.24, 26), (0.7, -30), (0.84, 18)):
        a, b = between((90, 742), (1380, 742), share), between((-190, 1110), (1660, 1110), share + 0.02)
        fold = sheet.block().brush(
            [(x + sag * math.sin(s / 3), y) for s in range(9) for x, y in [between(a, b, s / 8)]], 34
        )
        sheet.ink(fold.within(cloth), "#a5977f", alpha=0.6)
    sheet.ink(cloth, "#54443c", tone=sheet.ramp((900, 0), (1620, 0)), alpha=0.85)
    shade = sheet.block().blob(trace("360,850 820,800 1320,820 1560,880 1420,960 900,985 430,950"))
    sheet.ink(shade, "#2a1d1b", tone=sheet.ramp((1620, 0), (900, 0), low=30), alpha=0.92)
    crust = trace(
        "318,740 336,600 420,470 560,372 740,324 930,334 1100,398 1226,500 1292,640 1286,770"
        " 1210,872 1020,928 740,936 480,900 360,830"
    )
    loaf = sheet.block().blob(crust)
    sheet.ink(loaf, "#bd7a3e")
    sheet.ink(loaf, "#e0a75f", tone=sheet.pool(560, 520, 520, 430))
    _rings(sheet, loaf)
    sheet.ink(loaf, "#6b371f", tone=sheet.ramp((820, 520), (1270, 800), bend=1.1), alpha=0.95)
    sheet.ink(loaf, "#2e1713", tone=sheet.ramp((900, 640), (1360, 980), bend=1.5))
    sheet.ink(loaf, "#4a2719", tone=sheet.ramp((0, 810), (0, 960), bend=1.4))
    _score(sheet, loaf)
    crumbs, shades = sheet.block(), sheet.block()
    for _ in range(46):
        x, y, r = rng.gauss(640, 330), rng.uniform(948, 1050), rng.uniform(2.5, 7)
        shades.oval(x + r * 1.4, y + r * 0.5, r * 1.3, r * 0.7)
        crumbs.area([(x - r, y), (x - r * 0.2, y - r), (x + r, y - r * 0.2), (x + r * 0.3, y + r * 0.8)])
    sheet.ink(shades, "#54443c", crisp=True)
    sheet.ink(crumbs, "#b27338", crisp=True)


def _rings(sheet: Sheet, loaf: Block) -> None:
    """Flour left by the coils of the proving basket."""
    rng = sheet.random
    for k in range(8):
        rx, ry = 70 + k * 74, 30 + k * 44
        x, y = 800 - k * 3, 420 + k * 23
        ring = sheet.block()
        for start in range(0, 360, 24):
            ring.brush(arc(x, y, rx, ry, start - 3, start + 27, 8), rng.uniform(12, 20), root=0.6, tip=0.6)
        sheet.ink(ring.within(loaf), "#fbf1dd", tone=sheet.pool(640, 500, 760, 520, bend=0.7), alpha=0.86)


def _score(sheet: Sheet, loaf: Block) -> None:
    """One long cut that opened in the oven: crumb inside, a burnt lip, and a leaf of small cuts beside it."""
    lip = smooth(trace("400,780 500,690 640,620 800,560 960,470 1060,388"))
    inner = [(x + 16, y + 34) for x, y in lip]
    sheet.ink(sheet.block().brush([(x + 6, y + 24) for x, y in lip], 112).within(loaf), "#e9cd97")
    ribs = sheet.block()
    for index in range(4, len(inner) - 3):
        x, y = inner[index]
        ribs.brush([(x - 10, y - 34), (x + 2, y - 8), (x + 8, y + 26)], 4.5)
    sheet.ink(ribs.within(loaf), "#bb8549", crisp=True, alpha=0.8)
    sheet.ink(sheet.block().brush([(x + 4, y + 2) for x, y in lip], 40).within(loaf), "#6b3a20", alpha=0.85)
    sheet.ink(sheet.block().brush([(x, y - 12) for x, y in lip], 30).within(loaf), "#3b1c13")
    sheet.ink(sheet.block().brush([(x - 2, y - 22) for x, y in lip], 14).within(loaf), "#d9964e")
    leaf = sheet.block()
    for k in range(6):
        x, y = 780 + k * 62, 820 - k * 30 + (k - 2.5) ** 2 * 3
        leaf.brush(smooth([(x, y), (x + 36, y - 34), (x + 60, y - 84)]), 17)
        leaf.brush(smooth([(x, y + 8), (x + 46, y + 26), (x + 90, y + 26)]), 15)
    sheet.ink(leaf.within(loaf), "#efd6a4")


@scene("loaf-2", size=PORTRAIT, paper="#e9dcc0")
def loaf_two(sheet: Sheet) -> None:
    """Three baguettes in a paper bag against a blue wall."""
    sheet.ink(None, "#2f6170")
    sheet.ink(None, "#163a49", tone=sheet.ramp((300, 300), (1080, 1000)))
    sheet.ink(None, "#6d9a9c", tone=sheet.pool(240, 330, 620, 620))
    sheet.ink(sheet.block().box(0, 1130, 1080, 1350), "#8a5a38")
    sheet.ink(sheet.block().box(0, 1130, 1080, 1350), "#382119", tone=sheet.ramp((300, 0), (1100, 0)))
    cast = sheet.block().area(trace("660,1200 1080,1090 1080,780 860,520 780,560"))
    sheet.ink(cast, "#0f2a36", tone=sheet.ramp((1080, 0), (640, 0), low=60), alpha=0.8)
    for foot, top, wide in (
        ((640, 1100), (790, 190), 150),
        ((420, 1100), (300, 150), 156),
        ((540, 1120), (540, 74), 166),
    ):
        _baguette(sheet, foot, top, wide)
    bag = sheet.block().area(
        trace(
            "310,620 352,600 396,626 440,598 490,628 540,600 590,628 640,598 690,626 736,604 774,622 742,1240 344,1240"
        )
    )
    sheet.ink(bag, "#e3d3ae")
    sheet.ink(bag, "#8d754f", tone=sheet.ramp((500, 0), (790, 0), bend=1.1))
    sheet.ink(
        sheet.block().area(trace("648,640 774,622 742,1240 660,1240 690,900")).within(bag),
        "#6d573b",
        alpha=0.55,
    )
    creases = sheet.block()
    for points in (
        [(400, 660), (440, 800), (420, 960)],
        [(560, 680), (520, 860), (560, 1060)],
        [(480, 1000), (560, 1100), (540, 1220)],
        [(366, 900), (430, 1010), (400, 1160)],
    ):
        creases.brush(smooth(points), 9)
    sheet.ink(creases.within(bag), "#a8905f", alpha=0.9)
    bands = sheet.block().box(340, 800, 760, 812).box(340, 1010, 760, 1022)
    sheet.ink(bands.within(bag), "#a23f35", alpha=0.85)
    sheet.ink(
        sheet.block().blob(trace("480,870 540,850 600,870 610,912 540,950 470,912")).within(bag),
        "#a23f35",
        alpha=0.85,
    )
    crumbs = sheet.block()
    for _ in range(40):
        crumbs.oval(
            sheet.random.gauss(520, 230),
            sheet.random.uniform(1245, 1310),
            sheet.random.uniform(2, 6),
            sheet.random.uniform(2, 4),
        )
    sheet.ink(crumbs, "#dba662", crisp=True)


def _baguette(sheet: Sheet, foot: Point, top: Point, wide: float) -> None:
    line = [between(foot, top, step / 20) for step in range(21)]
    body = sheet.block().brush(line, wide, root=0.9, tip=0.12)
    sheet.ink(body, "#c98644")
    left = sheet.block().brush([(x - wide * 0.2, y) for x, y in line], wide * 0.55, root=0.9, tip=0.1)
    sheet.ink(left.within(body), "#ecbd78", tone=sheet.ramp((0, 1200), (0, 100), low=90))
    right = sheet.block().brush([(x + wide * 0.34, y) for x, y in line], wide * 0.5, root=0.9, tip=0.1)
    sheet.ink(right.within(body), "#5f2f1b", alpha=0.9)
    for k in range(7):
        x, y = between(foot, top, 0.16 + k * 0.125)
        half = wide * (0.36 if k < 5 else 0.26)
        cut = smooth([(x - half, y + half * 0.5), (x - half * 0.1, y - half * 0.3), (x + half * 0.8, y - half * 1.5)])
        sheet.ink(
            sheet.block((x, y, wide)).brush([(a + 5, b - 11) for a, b in cut], wide * 0.2).within(body), "#4d2415"
        )
        sheet.ink(sheet.block((x, y, wide)).brush(cut, wide * 0.21).within(body), "#f4dfb2")
        sheet.ink(
            sheet.block((x, y, wide)).brush([(a + 6, b + 7) for a, b in cut], wide * 0.07).within(body), "#d3a465"
        )


@scene("loaf-3", paper="#e6dcc2")
def loaf_three(sheet: Sheet) -> None:
    """A tin loaf cut on a board, a knife, morning light."""
    sheet.ink(None, "#c7d0bd")
    sheet.ink(None, "#7d9a94", tone=sheet.ramp((500, 0), (1640, 300)))
    light = sheet.block().area(trace("0,90 520,0 900,0 330,640 0,640"))
    sheet.ink(light, "#f7eed3", tone=sheet.ramp((900, 300), (100, 200), low=40), alpha=0.8)
    sheet.ink(sheet.block().box(0, 640, 1620, 1080), "#d9cdb4")
    sheet.ink(sheet.block().box(0, 640, 1620, 1080), "#8e8a7a", tone=sheet.ramp((500, 0), (1640, 0)))
    shade = sheet.block().area(trace("230,880 1500,870 1600,960 330,985"))
    sheet.ink(shade, "#4e4a44", alpha=0.75)
    board = sheet.block().area(trace("250,790 1270,760 1440,900 170,930"))
    sheet.ink(sheet.block().area(trace("170,930 1440,900 1440,930 170,962")), "#6a4228")
    sheet.ink(board, "#bd8248")
    grain = sheet.block()
    for k in range(12):
        a, b = between((250, 790), (170, 930), k / 12), between((1270, 760), (1440, 900), k / 12)
        grain.line(smooth([a, between(a, b, 0.3), (between(a, b, 0.6)[0], between(a, b, 0.6)[1] + 6), b]), 2)
    sheet.ink(grain.within(board), "#86552c", crisp=True, alpha=0.8)
    _tin_loaf(sheet)
    for x, lean in ((560, 0), (420, -60)):
        _slice(sheet, x, 880, lean)
    blade = sheet.block().area(trace("900,948 1380,905 1430,912 1400,930 910,978"))
    sheet.ink(sheet.block().area(trace("620,1010 1400,940 1420,950 640,1030")), "#5d574e", alpha=0.7)
    sheet.ink(blade, "#dfe4dc")
    sheet.ink(blade, "#6f8486", tone=sheet.ramp((0, 920), (0, 980)))
    handle = sheet.block().blob(trace("910,944 760,958 640,974 610,992 640,1006 770,996 914,980"))
    sheet.ink(handle, "#4a2a1e")
    sheet.ink(sheet.block().oval(690, 986, 8).oval(800, 976, 8), "#d9b36a", crisp=True)
    crumbs = sheet.block()
    for _ in range(70):
        x, y, r = sheet.random.gauss(640, 220), sheet.random.uniform(880, 945), sheet.random.uniform(2, 6)
        crumbs.area([(x - r, y), (x, y - r), (x + r, y), (x, y + r * 0.6)])
    sheet.ink(crumbs, "#f1dcae", crisp=True)


def _tin_loaf(sheet: Sheet) -> None:
    side = sheet.block().blob(
        trace("720,840 712,600 760,520 900,470 1060,462 1200,490 1262,560 1262,800 1240,838 980,852")
    )
    sheet.ink(side, "#b06a33")
    sheet.ink(side, "#d99850", tone=sheet.ramp((0, 640), (0, 460)))
    sheet.ink(side, "#4f2618", tone=sheet.ramp((840, 0), (1330, 0)))
    sheet.ink(
        sheet.block().line(smooth(trace("760,560 900,500 1060,492 1230,560")), 26).within(side),
        "#efc784",
        alpha=0.85,
    )
    seeds = sheet.block()
    for _ in range(150):
        x, y = sheet.random.uniform(760, 1240), sheet.random.gauss(520, 34)
        seeds.brush([(x - 6, y + 2), (x, y - 1), (x + 6, y - 3)], 5)
    sheet.ink(seeds.within(side), "#f8ecd0", crisp=True, alpha=0.9)
    _crumb(sheet, _face(700, 850, 0))


def _face(x: float, foot: float, lean: float) -> list[Point]:
    """The outline of a slice: square below, risen and overhanging above."""
    outline = trace("-128,0 -132,-130 -150,-200 -140,-290 -84,-346 0,-362 84,-346 140,-290 150,-200 132,-130 128,0 0,8")
    return [(x + dx * 0.86 + lean * (-dy / 360), foot + dy + dx * 0.1) for dx, dy in outline]


def _crumb(sheet: Sheet, outline: list[Point]) -> None:
    """A cut face: dark crust, pale crumb, its holes."""
    rng = sheet.random
    cx, cy = sum(p[0] for p in outline) / len(outline), sum(p[1] for p in outline) / len(outline)
    near = (cx, cy, 260.0)
    sheet.ink(sheet.block(near).blob(outline), "#7a4222")
    inner = sheet.block(near).blob([between((cx, cy), point, 0.9) for point in outline])
    sheet.ink(inner, "#f3e0b4")
    sheet.ink(inner, "#cf9f5d", tone=sheet.ramp((cx - 10, cy - 40), (cx + 170, cy + 190)))
    holes, lips = sheet.block(near), sheet.block(near)
    for _ in range(70):
        a, r = rng.uniform(0, math.tau), rng.random() ** 0.5
        x, y, size = cx + math.cos(a) * r * 112, cy + 10 + math.sin(a) * r * 158, rng.uniform(2.5, 9)
        lips.oval(x + 2, y + 2, size * 1.25, size * 0.95)
        holes.oval(x, y, size, size * 0.7)
    sheet.ink(lips.within(inner), "#fff4d6", crisp=True)
    sheet.ink(holes.within(inner), "#c39253", crisp=True)


def _slice(sheet: Sheet, x: float, foot: float, lean: float) -> None:
    shade = sheet.block().area([(x - 90, foot - 4), (x + 130, foot - 4), (x + 210, foot + 36), (x - 60, foot + 40)])
    sheet.ink(shade, "#3d2a1e", alpha=0.6)
    back = [(px + 26, py - 8) for px, py in _face(x, foot, lean)]
    sheet.ink(sheet.block((x, foot - 180, 280)).blob(back), "#5d2f1a")
    _crumb(sheet, _face(x, foot, lean))


@scene("loaf-4", size=PORTRAIT, paper="#efe3c6")
def loaf_four(sheet: Sheet) -> None:
    """A round loaf from above, a star cut into it, on a cooling rack."""
    rng = sheet.random
    sheet.ink(None, "#c9b48a")
    sheet.ink(None, "#8f6f4a", tone=sheet.ramp((0, 200), (1080, 1350)))
    boards = sheet.block()
    for x in (190, 420, 660, 880):
        boards.box(x, 0, x + 4, 1350)
    sheet.ink(boards, "#6d5033", alpha=0.8)
    cloth = sheet.block().area(trace("-40,760 420,560 1130,900 1130,1400 -40,1400"))
    sheet.ink(cloth, "#2f6872")
    sheet.ink(cloth, "#133943", tone=sheet.ramp((300, 700), (1080, 1350)))
    weave = sheet.block()
    for k in range(12):
        weave.line([(-40 + k * 110, 760 - k * 48 if k < 5 else 560 + (k - 4.2) * 52), (-400 + k * 110, 1420)], 7)
    sheet.ink(weave.within(cloth), "#e9dfc4", alpha=0.6)
    centre, radius = (545.0, 655.0), 372.0
    rack, rack_shade = sheet.block(), sheet.block()
    for k in range(15):
        x = 110 + k * 62
        rack.line([(x, 220), (x, 1100)], 7)
        rack_shade.line([(x + 22, 246), (x + 22, 1126)], 8)
    for y in (236, 660, 1084):
        rack.line([(84, y), (1004, y)], 11)
        rack_shade.line([(106, y + 28), (1026, y + 28)], 11)
    sheet.ink(rack_shade, "#2a2420", alpha=0.5)
    sheet.ink(rack, "#d8d5c6", crisp=True)
    sheet.ink(
        sheet.block().oval(centre[0] + 48, centre[1] + 58, radius),
        "#20140f",
        tone=sheet.pool(centre[0] + 48, centre[1] + 58, radius * 1.15, bend=0.45),
        alpha=0.88,
    )
    outline = [
        (
            centre[0] + math.cos(a) * radius * (1 + 0.012 * math.sin(a * 5)),
            centre[1] + math.sin(a) * radius * (1 + 0.014 * math.cos(a * 3)),
        )
        for a in (k * math.tau / 26 for k in range(26))
    ]
    loaf = sheet.block().blob(outline)
    sheet.ink(loaf, "#b56d35")
    sheet.ink(loaf, "#e4ab62", tone=sheet.pool(450, 540, 380))
    sheet.ink(loaf, "#4b2316", tone=sheet.ramp((610, 740), (840, 990)))
    for k in range(5):
        ring = sheet.block()
        for start in range(0, 360, 20):
            ring.brush(
                arc(*centre, 116 + k * 56, 116 + k * 56, start - 3, start + 23, 6),
                rng.uniform(9, 16),
                root=0.6,
                tip=0.6,
            )
        sheet.ink(ring.within(loaf), "#fdf4e2", tone=sheet.pool(460, 560, 470, bend=0.7), alpha=0.8)
    for k in range(8):
        angle = math.tau * k / 8 + 0.2
        petal = smooth(
            [
                (centre[0] + math.cos(angle + bend) * reach, centre[1] + math.sin(angle + bend) * reach)
                for reach, bend in ((34, 0), (130, 0.12), (220, 0.08), (306, -0.06))
            ]
        )
        sheet.ink(sheet.block().brush([(x + 7, y + 7) for x, y in petal], 46).within(loaf), "#4a2114")
        sheet.ink(sheet.block().brush(petal, 42).within(loaf), "#f1d9a6")
        sheet.ink(sheet.block().brush([(x + 5, y + 5) for x, y in petal], 15).within(loaf), "#cf9c58")
    sheet.ink(sheet.block().oval(*centre, 19), "#f1d9a6")
    dust = sheet.block()
    for _ in range(300):
        a, r = rng.uniform(0, math.tau), radius * (1.0 + abs(rng.gauss(0, 0.22)))
        dust.oval(centre[0] + math.cos(a) * r, centre[1] + math.sin(a) * r, rng.choice((1.2, 1.6, 2.6)))
    sheet.ink(dust, "#fbf3e0", crisp=True, alpha=0.8)


@scene("bakery-night", paper="#f1dcae")
def bakery_night(sheet: Sheet) -> None:
    """The oven mouth, the baker with the peel, racks of loaves, a blue window."""
    rng = sheet.random
    sheet.ink(None, "#2a1e24")
    sheet.ink(None, "#8a452b", tone=sheet.pool(1080, 560, 900, 640, bend=1.1))
    bricks = sheet.block()
    for row in range(14):
        for column in range(-1, 12):
            x, y = 820 + column * 76 + (row % 2) * 38, 180 + row * 44
            if x > 640:
                bricks.box(x + 3, y + 3, x + 72, y + 41)
    wall = sheet.block().box(720, 170, 1620, 800)
    sheet.ink(wall, "#5d2f26")
    sheet.ink(bricks.within(wall), "#8f4a34")
    sheet.ink(bricks.within(wall), "#e08a4a", tone=sheet.pool(1130, 560, 460, 380, bend=1.2))
    mouth = sheet.block().area([(930, 690), *arc(1130, 560, 200, 170, 180, 360, 40), (1330, 690)])
    rim = sheet.block().area([(890, 690), *arc(1130, 560, 240, 212, 180, 360, 40), (1370, 690)])
    sheet.ink(rim, "#3a1d1b")
    stones = sheet.block()
    for angle in range(180, 360, 15):
        a, b = math.radians(angle + 1.2), math.radians(angle + 13.8)
        stones.area(
            [
                (1130 + math.cos(a) * 204, 560 + math.sin(a) * 174),
                (1130 + math.cos(b) * 204, 560 + math.sin(b) * 174),
                (1130 + math.cos(b) * 238, 560 + math.sin(b) * 210),
                (1130 + math.cos(a) * 238, 560 + math.sin(a) * 210),
            ]
        )
    sheet.ink(stones, "#c0713f")
    sheet.ink(mouth, "#f2a33c")
    sheet.ink(mouth, "#fff0bd", tone=sheet.pool(1130, 650, 210, 150))
    sheet.ink(mouth, "#9c3d22", tone=sheet.ramp((0, 520), (0, 380)))
    inside = sheet.block()
    for x, y, r in ((1030, 664, 44), (1140, 650, 38), (1240, 668, 46)):
        inside.blob(
            [
                (x - r, y + 14),
                (x - r * 0.8, y - r * 0.4),
                (x, y - r * 0.66),
                (x + r * 0.8, y - r * 0.4),
                (x + r, y + 14),
            ]
        )
    sheet.ink(inside.within(mouth), "#8f4a22")
    sheet.ink(sheet.block().box(860, 690, 1400, 724), "#4a2a22")
    sheet.ink(sheet.block().box(860, 690, 1400, 702), "#d98a4c")
    floor = sheet.block().box(0, 800, 1620, 1080)
    sheet.ink(floor, "#2c1d20")
    glow = sheet.block().area(trace("900,800 1360,800 1560,1080 560,1080"))
    sheet.ink(glow, "#dd8a43", tone=sheet.ramp((0, 1090), (0, 780), low=10, high=220))
    _window(sheet)
    _racks(sheet)
    _baker(sheet)
    flour = sheet.block()
    for _ in range(240):
        flour.oval(rng.gauss(980, 240), rng.gauss(640, 150), rng.choice((1, 1.4, 2)))
    sheet.ink(flour, "#ffe9bd", crisp=True, alpha=0.7)


def _window(sheet: Sheet) -> None:
    pane = sheet.block().box(470, 150, 640, 420)
    sheet.ink(sheet.block().box(456, 136, 654, 434), "#1a1218")
    sheet.ink(pane, "#2d5577")
    sheet.ink(pane, "#12283f", tone=sheet.ramp((0, 400), (0, 140)))
    sheet.ink(sheet.block().oval(590, 212, 22).within(pane), "#f3ecd0")
    roofs = sheet.block().area(trace("470,420 470,360 510,330 550,362 550,380 590,380 615,344 640,366 640,420"))
    sheet.ink(roofs, "#0d1a2b")
    sheet.ink(sheet.block().box(551, 150, 559, 420).box(470, 280, 640, 288), "#1a1218", crisp=True)


def _racks(sheet: Sheet) -> None:
    frame = sheet.block()
    for x in (60, 400):
        frame.box(x, 200, x + 14, 960)
    for level in range(5):
        frame.box(40, 330 + level * 140, 434, 342 + level * 140)
    sheet.ink(sheet.block().box(40, 200, 434, 960), "#150d12", alpha=0.5)
    for level in range(5):
        y = 330 + level * 140
        for k in range(4):
            x = 96 + k * 94 + sheet.random.uniform(-5, 5)
            near = (x, y - 30, 90.0)
            loaf = sheet.block(near).blob(
                [(x - 44, y), (x - 42, y - 34), (x - 18, y - 58), (x + 18, y - 58), (x + 42, y - 34), (x + 44, y)]
            )
            sheet.ink(loaf, "#a5602f")
            sheet.ink(loaf, "#f0b869", tone=sheet.ramp((x - 26, 0), (x + 50, 0)), alpha=0.95)
            cuts = sheet.block(near)
            for shift in (-18, 4, 26):
                cuts.brush([(x + shift - 8, y - 20), (x + shift, y - 34), (x + shift + 8, y - 52)], 8)
            sheet.ink(cuts.within(loaf), "#fbe3ae", crisp=True)
    sheet.ink(frame, "#6d4a3a", crisp=True)
    sheet.ink(frame, "#e0995a", tone=sheet.ramp((60, 0), (460, 0)), crisp=True, alpha=0.7)


def _baker(sheet: Sheet) -> None:
    peel = (
        sheet.block()
        .line([(560, 742), (1010, 676)], 11)
        .blob(trace("980,668 1010,654 1110,652 1130,664 1110,678 1010,690"))
    )
    loaf = sheet.block().blob(trace("1020,656 1030,632 1062,622 1094,632 1104,654"))
    body = person(sheet.block(), 690, 968, 520, coat=0.3, stride=0.4, turn=1)
    body.line(smooth([(716, 560), (760, 640), (820, 700)]), 38).line(smooth([(660, 570), (640, 660), (690, 722)]), 38)
    shade = sheet.block().area(trace("610,962 770,962 420,1080 180,1080"))
    sheet.ink(shade, "#120a10", alpha=0.8)
    sheet.ink(body, "#2b222b", crisp=True)
    apron = sheet.block().blob(trace("676,590 740,590 752,720 766,840 660,850 664,720"))
    sheet.ink(apron, "#f3e3c0")
    sheet.ink(apron, "#8d5a44", tone=sheet.ramp((740, 0), (650, 0)))
    cap = sheet.block().blob(trace("656,470 662,434 700,424 736,440 738,468 700,474"))
    sheet.ink(cap, "#f3e3c0")
    sheet.ink(cap, "#6d4a44", tone=sheet.ramp((716, 0), (650, 0)))
    rim = (
        sheet.block()
        .brush(smooth([(722, 470), (728, 492), (720, 512)]), 9)
        .brush(smooth([(738, 540), (770, 620), (826, 690)]), 10)
    )
    sheet.ink(rim, "#f6b566", crisp=True)
    sheet.ink(peel, "#b9824c", crisp=True)
    sheet.ink(loaf, "#e8c184")
    sheet.ink(sheet.block().oval(822, 702, 17).oval(694, 722, 17), "#d99a68", crisp=True)
