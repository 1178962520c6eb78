"""Water and what stands in it: reeds, ferry, swimmer, turbines."""

from __future__ import annotations

import math

from dateline.demo.scenes import Block, Point, Sheet, arc, between, scene, smooth, trace
from dateline.demo.scenes_motifs import hills, ripples, streaks


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
        .area(trace("520,652 560,560 1140,560 1190,652"))
        .area(trace("600,562 630,492 1060,492 1100,562"))
        .box(900, 440, 1046, 494)
    )
    sheet.ink(decks, "#f8f1e0")
    sheet.ink(decks, "#93a7a6", tone=sheet.ramp((0, 600), (0, 660)), alpha=0.9)
    stack = sheet.block().area(trace("736,494 750,386 818,386 812,494"))
    sheet.ink(stack, "#c2452f")
    sheet.ink(sheet.block().area(trace("750,386 818,386 817,412 747,412")), "#1d2b33")
    panes = sheet.block()
    for x in range(650, 1050, 44):
        panes.box(x, 514, x + 30, 540)
    for x in range(590, 1130, 36):
        panes.oval(x, 604, 9)
    panes.area(trace("914,454 1040,454 1046,478 914,478"))
    sheet.ink(panes, "#1e4a5a", crisp=True)
    rails = sheet.block()
    for y, x0, x1 in ((546, 566, 640), (546, 1090, 1136), (478, 634, 730), (478, 830, 900)):
        rails.line([(x0, y), (x1, y)], 3)
        for x in range(x0, x1, 16):
            rails.line([(x, y), (x, y + 16)], 2)
    rails.line([(1000, 440), (1000, 350)], 5).line([(980, 372), (1020, 372)], 4)
    sheet.ink(rails, "#32474f", crisp=True)
    hull = sheet.block().area(trace("440,636 1320,636 1270,700 1226,762 500,762 462,706"))
    sheet.ink(hull, "#1d3c4c")
    sheet.ink(sheet.block().area(trace("440,636 1320,636 1306,654 448,654")), "#f3e9d2")
    sheet.ink(sheet.block().area(trace("490,740 1244,740 1226,764 500,764")), "#b6402f")
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
    shade = sheet.block().blob(trace("520,640 800,610 1010,612 1250,660 1010,690 760,690 540,680"))
    sheet.ink(shade, "#0d3f58", alpha=0.6)
    legs = (
        sheet.block()
        .brush(smooth([(800, 548), (640, 540), (470, 516)]), 54, root=1.0, tip=0.35)
        .brush(smooth([(800, 582), (640, 600), (456, 604)]), 54, root=1.0, tip=0.35)
    )
    sheet.ink(legs, skin)
    back = sheet.block().blob(trace("760,526 900,500 1040,490 1100,520 1104,610 1040,634 900,620 764,602"))
    sheet.ink(back, skin)
    swimsuit = sheet.block().blob(trace("748,524 880,503 985,512 1030,560 985,616 880,620 750,604"))
    sheet.ink(
        swimsuit.within(
            sheet.block().area(smooth(trace("740,520 900,496 1060,486 1108,560 1060,640 900,626 740,606"), closed=True))
        ),
        suit,
    )
    arms = sheet.block().brush(smooth(trace("1050,506 1140,440 1250,452 1340,500")), 44, root=1.1, tip=0.6)
    arms.brush(smooth(trace("1040,622 960,676 860,690 790,672")), 42, root=1.1, tip=0.5)
    sheet.ink(arms, skin)
    body = sheet.block().blob(trace("440,500 760,526 1050,480 1360,480 1360,640 1050,650 760,700 440,620"))
    sheet.ink(arms.within(body), "#5f3324", tone=sheet.ramp((0, 500), (0, 690)), alpha=0.7)
    sheet.ink(back, "#5f3324", tone=sheet.ramp((0, 560), (0, 640)), alpha=0.8)
    cap = sheet.block().blob(trace("1096,528 1140,506 1186,526 1196,562 1172,596 1124,602 1094,584"))
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
        .area(trace("640,862 860,862 836,904 664,904"))
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
