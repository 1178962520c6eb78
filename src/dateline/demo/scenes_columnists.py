"""The four who write columns."""

from __future__ import annotations

import math

from dateline.demo.scenes import HEAD, Sheet, arc, scene, smooth, trace
from dateline.demo.scenes_features import (
    collar,
    comb,
    features,
    from_crown,
    glasses,
    hair,
    lapels,
    print_cloth,
    print_skin,
    to_chin,
)
from dateline.demo.scenes_portraits import INK, OPEN, PAPER, SCOOP, Face, start


@scene("portrait-lena-aradi", size=HEAD, paper=PAPER)
def lena_aradi(sheet: Sheet) -> None:
    """A grey bob, round glasses, a string of beads."""
    face = Face(
        cheek=122,
        jaw=100,
        chin=52,
        top=190,
        foot=554,
        turn=14,
        age=0.85,
        brow=8,
        arch=8,
        skin="#ead0a8",
        blush="#c08460",
        deep=0.15,
        full=0.9,
        wide_nose=27,
        open=9.5,
        ears=False,
    )
    cut, skin, clothes = start(sheet, face, "#b9a3a0", "#2f4a58", neckline=SCOOP)
    back = sheet.block().blob(
        trace("300,140 410,104 510,144 568,260 580,400 574,520 540,590 470,560 330,560 262,590 226,520 222,400 236,250")
    )
    sheet.ink(back.without(skin), "#6d6a66")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    beads = sheet.block()
    for k in range(15):
        angle = math.radians(168 - k * 11.2)
        beads.oval(400 + math.cos(angle) * 88, 640 + math.sin(angle) * 86, 10)
    sheet.ink(beads, "#b5402f")
    sheet.ink(beads, INK, tone=sheet.ramp((380, 680), (480, 740)), alpha=0.7)
    features(sheet, face)
    shape = sheet.block().blob(
        trace(
            "404,176 340,206 296,262 280,340 282,430 290,520 268,592 232,540 222,410 234,260"
            " 296,146 404,102 512,140 568,250 582,400 572,530 538,590 518,520 528,430 526,340"
            " 508,262 468,206"
        )
    )
    hair(sheet, shape, "#dcd6c8", from_crown(404, 110, fall=70, spread=0.7), light="#fbf7ec", pale=True, long=120)
    sheet.ink(sheet.block().brush([(404, 104), (405, 140), (404, 178)], 5), INK, crisp=True)
    glasses(sheet, face, rim=6, wide=44, tall=42, round_=True)


@scene("portrait-tomas-veld", size=HEAD, paper=PAPER)
def tomas_veld(sheet: Sheet) -> None:
    """Bald, with a moustache and a knitted jumper."""
    face = Face(
        cheek=134,
        jaw=118,
        chin=64,
        top=124,
        foot=562,
        turn=16,
        age=0.75,
        brow=15,
        arch=3,
        skin="#f0d9b8",
        blush="#d08a66",
        full=0.7,
        wide_nose=33,
        wide_mouth=44,
        open=9,
    )
    cut, skin, clothes = start(sheet, face, "#b8b58d", "#6d3a3f")
    cut.shade(trace("330,160 380,140 410,170 370,210 320,210"), -70, 16)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=0)
    knit = sheet.block()
    for row in range(12):
        for column in range(28):
            x, y = column * 30 + (row % 2) * 15, 650 + row * 15
            knit.brush([(x, y), (x + 6, y + 8), (x + 8, y + 16)], 4).brush(
                [(x + 16, y), (x + 11, y + 8), (x + 9, y + 16)], 4
            )
    sheet.ink(knit.within(clothes), "#e2c3a4", crisp=True, alpha=0.45)
    neck = sheet.block().blob(trace("306,612 340,640 400,656 460,640 494,612 508,650 460,690 400,704 340,690 292,650"))
    sheet.ink(neck, "#52282e")
    ribs = sheet.block()
    for k in range(24):
        angle = math.radians(160 - k * 6.1)
        ribs.line(
            [
                (400 + math.cos(angle) * 100, 600 + math.sin(angle) * 58),
                (400 + math.cos(angle) * 116, 606 + math.sin(angle) * 92),
            ],
            3,
        )
    sheet.ink(ribs.within(neck), INK, crisp=True)
    features(sheet, face)
    sides = (
        sheet.block()
        .blob(trace("262,372 254,310 262,250 284,226 286,270 278,320 280,366"))
        .blob(trace("540,372 550,310 542,250 520,224 516,270 526,320 524,366"))
    )
    sheet.ink(sides, "#8d8272")
    whiskers = sheet.block().blob(
        trace("420,458 380,462 346,486 336,508 372,502 420,490 468,502 504,506 492,484 460,462")
    )
    sheet.ink(whiskers, "#b3a793")
    locks = sheet.block()
    comb(locks, sheet, (250, 220, 552, 376), lambda x, y: ((x - 400) * 0.1, 60.0), 520, 26, 2.8)
    locks.within(sides)
    tash = sheet.block()
    comb(tash, sheet, (330, 454, 510, 510), lambda x, y: ((x - 420) * 1.0, 24.0), 260, 34, 3)
    sheet.ink(tash.within(whiskers), INK, crisp=True)
    sheet.ink(locks, INK, crisp=True)
    lines = sheet.block()
    for y, reach in ((250, 62), (272, 74), (296, 60)):
        lines.brush(
            smooth(
                [(412 - reach, y + 3), (412 - reach * 0.3, y - 3), (412 + reach * 0.3, y + 1), (412 + reach, y - 2)]
            ),
            3,
        )
    sheet.ink(lines, INK, crisp=True)


@scene("portrait-nour-hassoun", size=HEAD, paper=PAPER)
def nour_hassoun(sheet: Sheet) -> None:
    """A head of dark curls, a pale jacket."""
    face = Face(
        cheek=118,
        jaw=94,
        chin=46,
        top=196,
        foot=548,
        turn=-15,
        age=0.35,
        brow=12,
        arch=9,
        skin="#e3bf92",
        blush="#b8714c",
        deep=0.2,
        full=1.2,
        wide_nose=26,
        ears=False,
        open=11,
    )
    cloud = trace(
        "284,120 404,84 526,122 606,220 628,350 604,480 540,560 500,520 300,520 262,560 196,480 172,350 196,216"
    )
    cut, skin, clothes = start(sheet, face, "#c69a72", "#e3d8bd", neckline=OPEN)
    back = sheet.block().blob(cloud)
    sheet.ink(back.without(skin), "#1f191c")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=0)
    collar(sheet, "#35555a", spread=0.9, foot=690)
    lapels(sheet, "#d3c6a6")
    features(sheet, face)
    front = sheet.block().blob(
        trace(
            "400,206 350,216 304,252 282,320 276,420 284,500 250,540 196,470 176,350 200,214"
            " 288,118 404,84 522,118 604,216 626,350 604,470 548,540 514,500 522,420 514,320"
            " 490,250 446,214"
        )
    )
    sheet.ink(front, "#1f191c")
    for colour, count, width, tone in (
        ("#8d6650", 520, 4.2, sheet.ramp((560, 420), (250, 130), low=50)),
        (INK, 300, 5, None),
    ):
        curls = sheet.block()
        for _ in range(count):
            x, y, r = sheet.random.uniform(170, 632), sheet.random.uniform(84, 560), sheet.random.uniform(8, 19)
            turn = sheet.random.uniform(0, 360)
            coil = [
                (
                    x + math.cos(math.radians(turn + k * 32)) * r * (1 - k / 16),
                    y + math.sin(math.radians(turn + k * 32)) * r * (1 - k / 16),
                )
                for k in range(11)
            ]
            curls.brush(coil, width, root=0.5)
        sheet.ink(curls.within(front), colour, tone=tone, crisp=True)
    edge = sheet.block()
    for _ in range(150):
        angle = math.radians(sheet.random.uniform(146, 394))
        reach = sheet.random.uniform(0.94, 1.05)
        x, y, turn = (
            400 + math.cos(angle) * 218 * reach,
            330 + math.sin(angle) * 236 * reach,
            sheet.random.uniform(0, 360),
        )
        edge.brush(arc(x, y, 13, 12, turn, turn + 270, 10), 6, root=0.5)
    sheet.ink(edge, "#1f191c", crisp=True)


@scene("portrait-ilias-roman", size=HEAD, paper=PAPER)
def ilias_roman(sheet: Sheet) -> None:
    """A white beard under a pilot's cap, a heavy coat."""
    face = Face(
        cheek=128,
        jaw=112,
        chin=60,
        top=230,
        foot=560,
        turn=15,
        age=1.0,
        brow=16,
        arch=3,
        skin="#e6c49b",
        blush="#bf744f",
        deep=0.2,
        wide_nose=33,
        full=0.6,
        open=8.5,
    )
    cut, skin, clothes = start(sheet, face, "#8fa7ae", "#22384a")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=20)
    coat = (
        sheet.block()
        .area(trace("300,600 250,640 210,750 300,820 400,820 330,700"))
        .area(trace("500,600 550,640 590,750 500,820 400,820 470,700"))
    )
    sheet.ink(coat, "#1a2c3b")
    sheet.ink(
        sheet.block()
        .brush([(300, 600), (330, 700), (400, 820)], 7, root=0.5, tip=0.5)
        .brush([(500, 600), (470, 700), (400, 820)], 7, root=0.5, tip=0.5),
        "#c9b98f",
        crisp=True,
        alpha=0.7,
    )
    features(sheet, face)
    shape = trace(
        "268,370 284,440 306,474 350,462 390,452 418,460 446,452 484,462 516,476 530,440"
        " 534,370 556,460 550,560 510,640 450,690 410,704 364,690 304,640 258,560 248,460"
    )
    beard = sheet.block().blob(shape).blob(trace("384,494 418,488 452,494 446,506 418,511 390,506"), cut=True)
    sheet.ink(beard, "#f3ecdb")
    sheet.ink(beard, "#a79f90", tone=sheet.ramp((400, 440), (580, 640)))
    locks = sheet.block()
    comb(locks, sheet, (250, 370, 556, 704), to_chin(0.35), 520, 62, 3.4)
    comb(locks, sheet, (340, 454, 500, 500), lambda x, y: ((x - 418) * 1.0, 30.0), 120, 40, 3.2)
    sheet.ink(locks.within(beard), INK, crisp=True, alpha=0.85)
    _cap(sheet)


def _cap(sheet: Sheet) -> None:
    crown = sheet.block().blob(trace("244,226 214,172 240,122 330,84 410,76 500,88 574,128 594,176 558,228 400,214"))
    sheet.ink(crown, "#223648")
    sheet.ink(crown, INK, tone=sheet.ramp((360, 100), (600, 220)), alpha=0.9)
    shine = sheet.block()
    comb(shine, sheet, (236, 96, 420, 200), lambda x, y: (60.0, -(300 - x) * 0.1 - 14), 90, 90, 2.6)
    sheet.ink(shine.within(crown), "#9db4bd", tone=sheet.pool(330, 130, 150, 80), crisp=True)
    band = sheet.block().area(
        [
            *smooth(trace("252,214 330,198 404,194 480,198 552,214")),
            *smooth(trace("548,262 480,246 404,242 330,246 256,262")),
        ]
    )
    sheet.ink(band, "#14202b")
    peak = sheet.block().area(
        [
            *smooth(trace("262,258 330,244 404,240 480,244 546,258")),
            *smooth(trace("560,292 490,312 408,318 320,312 250,292")),
        ]
    )
    sheet.ink(peak, "#0f1820")
    sheet.ink(sheet.block().brush(smooth([(270, 284), (340, 296), (410, 300)]), 7), "#8fa7ae", crisp=True, alpha=0.8)
    badge = (
        sheet.block()
        .oval(404, 216, 17)
        .brush(smooth([(372, 224), (352, 214), (346, 202)]), 7)
        .brush(smooth([(436, 224), (456, 214), (462, 202)]), 7)
    )
    sheet.ink(badge, "#d9b04c", crisp=True)
    sheet.ink(
        sheet.block()
        .line([(404, 206), (404, 226)], 3)
        .line([(397, 211), (411, 211)], 3)
        .line(arc(404, 218, 8, 8, 20, 160, 10), 3),
        "#14202b",
        crisp=True,
    )
