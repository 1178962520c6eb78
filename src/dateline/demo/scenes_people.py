"""The eight who sign with their faces."""

from __future__ import annotations

import math

from dateline.demo.scenes import HEAD, Block, Point, Sheet, arc, scene, smooth
from dateline.demo.scenes_portraits import (
    INK,
    Face,
    Flow,
    collar,
    comb,
    features,
    from_crown,
    glasses,
    print_cloth,
    print_skin,
    start,
    to_chin,
)

SHOULDERS: list[Point] = [
    (-30, 800),
    (10, 726),
    (92, 674),
    (206, 640),
    (290, 606),
    (336, 566),
    (464, 566),
    (510, 606),
    (594, 640),
    (708, 674),
    (790, 726),
    (830, 800),
]
PAPER = "#f3ead9"


def _hair(
    sheet: Sheet, shape: Block, ink: str, flow: Flow, *, light: str, pale: bool = False, long: float = 90
) -> None:
    """A mass of hair: its ink, shadow on the far side, and hairs that catch the light or, on pale hair, that do not."""
    found = shape.crop(sheet.size)
    if found is None:
        return
    area = found[0]
    sheet.ink(shape, ink)
    sheet.ink(shape, INK, tone=sheet.ramp((area[0] + 60, area[1]), (area[2] + 60, area[3])), alpha=0.5 if pale else 0.8)
    size = (area[2] - area[0]) * (area[3] - area[1])
    bright, dark = sheet.block(), sheet.block()
    comb(bright, sheet, area, flow, size // 420, long, 4.2)
    comb(dark, sheet, area, flow, size // (230 if pale else 420), long, 3.4)
    sheet.ink(dark.within(shape), INK, crisp=True, alpha=0.85)
    tone = sheet.ramp((area[2] - 20, area[3] - 60), (area[0], area[1]), low=30 if pale else 10)
    sheet.ink(bright.within(shape), light, tone=tone, crisp=True)


@scene("portrait-mira-tandell", size=HEAD, paper=PAPER)
def mira_tandell(sheet: Sheet) -> None:
    """Dark waves to the shoulder, side parting, a plain collar."""
    face = Face(
        cheek=120, jaw=94, chin=44, foot=546, turn=16, age=0.2, arch=11, brow=9, full=1.15, wide_nose=24, ears=False
    )
    back = sheet.block().blob(
        [
            (300, 150),
            (410, 108),
            (520, 150),
            (566, 270),
            (572, 420),
            (600, 560),
            (586, 690),
            (470, 700),
            (330, 700),
            (214, 690),
            (204, 560),
            (228, 420),
            (236, 260),
        ]
    )
    cut, skin, clothes = start(sheet, face, "#c9b98f", "#35606b", SHOULDERS)
    sheet.ink(back.without(skin), "#241d22")
    waves = sheet.block()
    comb(waves, sheet, (200, 300, 600, 700), lambda x, y: (12 * math.sin(y / 38 + x / 60) * 3, 60.0), 260, 110, 4)
    sheet.ink(waves.within(back).without(skin), "#8a6a58", crisp=True, alpha=0.8)
    sheet.ink(
        clothes.without(sheet.block().blob([(204, 560), (300, 560), (310, 640), (290, 700), (214, 690)])), "#35606b"
    )
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    collar(sheet, "#efe6d2")
    features(sheet, face)
    top = sheet.block().blob(
        [
            (452, 188),
            (380, 214),
            (310, 270),
            (282, 340),
            (276, 440),
            (286, 540),
            (268, 600),
            (226, 560),
            (222, 420),
            (236, 270),
            (300, 160),
            (410, 112),
            (500, 140),
            (556, 230),
            (566, 360),
            (560, 500),
            (574, 590),
            (540, 600),
            (516, 500),
            (522, 380),
            (510, 280),
            (480, 214),
        ]
    )
    _hair(sheet, top, "#2a2125", from_crown(446, 130, fall=60, spread=0.8), light="#a5826c", long=130)


@scene("portrait-idris-kaya", size=HEAD, paper=PAPER)
def idris_kaya(sheet: Sheet) -> None:
    """Short dark hair, a close beard, square glasses, a jacket."""
    face = Face(
        cheek=128,
        jaw=112,
        chin=60,
        top=190,
        foot=562,
        turn=-14,
        age=0.5,
        brow=14,
        arch=4,
        skin="#e0bd93",
        blush="#b4744c",
        deep=0.25,
        wide_nose=30,
        full=0.85,
        smile=4,
    )
    cut, skin, clothes = start(sheet, face, "#9fb3a4", "#4a4f45", SHOULDERS)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    collar(sheet, "#f1ead9", spread=1.05, foot=706)
    _lapels(sheet, "#3a3f38")
    features(sheet, face)
    beard = sheet.block().blob(
        [
            (268, 400),
            (282, 452),
            (300, 478),
            (340, 462),
            (372, 454),
            (390, 462),
            (408, 454),
            (440, 462),
            (492, 480),
            (516, 452),
            (528, 400),
            (530, 470),
            (508, 540),
            (450, 584),
            (392, 596),
            (330, 582),
            (284, 540),
            (266, 470),
        ]
    )
    beard.blob([(338, 484), (386, 474), (436, 484), (430, 506), (386, 512), (342, 506)], cut=True)
    whiskers = sheet.block()
    comb(whiskers, sheet, (262, 396, 534, 600), to_chin(0.5), 900, 22, 3)
    sheet.ink(beard, "#2a2420", alpha=0.6)
    sheet.ink(whiskers.within(beard), INK, crisp=True)
    hair = sheet.block().blob(
        [
            (268, 330),
            (262, 250),
            (290, 170),
            (360, 128),
            (450, 126),
            (514, 166),
            (540, 250),
            (534, 330),
            (522, 300),
            (512, 240),
            (470, 204),
            (400, 196),
            (330, 206),
            (292, 240),
            (280, 300),
        ]
    )
    _hair(sheet, hair, "#2a2526", from_crown(450, 330, fall=0), light="#8c8074", long=46)
    glasses(sheet, face, rim=8, wide=46, tall=31, round_=False)


def _lapels(sheet: Sheet, ink: str) -> None:
    for side in (-1, 1):
        lapel = sheet.block().area(
            [
                (400 + side * 116, 622),
                (400 + side * 150, 640),
                (400 + side * 176, 716),
                (400 + side * 138, 730),
                (400 + side * 40, 820),
                (400 + side * 4, 820),
                (400 + side * 74, 730),
            ]
        )
        sheet.ink(lapel, ink)
        sheet.ink(
            sheet.block()
            .brush([(400 + side * 116, 622), (400 + side * 74, 730), (400 + side * 4, 820)], 7, root=0.5, tip=0.5)
            .brush(
                [(400 + side * 150, 640), (400 + side * 176, 716), (400 + side * 138, 730), (400 + side * 40, 820)],
                6,
                root=0.5,
                tip=0.5,
            ),
            INK,
            crisp=True,
        )


@scene("portrait-hannah-rook", size=HEAD, paper=PAPER)
def hannah_rook(sheet: Sheet) -> None:
    """Hair gathered high, ear-rings, a roll-neck."""
    face = Face(
        cheek=120,
        jaw=96,
        chin=46,
        top=192,
        foot=548,
        turn=15,
        age=0.1,
        skin="#a8744e",
        blush="#6f3d2a",
        deep=0.75,
        full=1.5,
        wide_nose=31,
        wide_mouth=48,
        arch=10,
        brow=9,
        open=11.5,
    )
    bun = sheet.block().blob(
        [(330, 150), (316, 92), (352, 42), (420, 26), (484, 52), (506, 108), (482, 158), (404, 176)]
    )
    cut, skin, clothes = start(sheet, face, "#d9a98a", "#c08f3a", SHOULDERS)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, slant=-0.4, base=10)
    roll = sheet.block().blob(
        [(318, 560), (400, 584), (482, 560), (494, 620), (486, 666), (400, 690), (314, 666), (306, 620)]
    )
    sheet.ink(roll, "#c08f3a")
    ribs = sheet.block()
    for k in range(22):
        x = 318 + k * 7.8
        ribs.brush(
            smooth(
                [
                    (x, 574 + 14 * math.sin(k / 21 * math.pi)),
                    (x - 1, 620 + 16 * math.sin(k / 21 * math.pi)),
                    (x, 664 + 18 * math.sin(k / 21 * math.pi)),
                ]
            ),
            3.6,
            root=0.5,
            tip=0.5,
        )
    ribs.brush(smooth([(310, 664), (400, 692), (490, 664)]), 7)
    sheet.ink(ribs, INK, crisp=True)
    features(sheet, face)
    hair = sheet.block().blob(
        [
            (280, 330),
            (268, 250),
            (300, 172),
            (364, 134),
            (440, 132),
            (504, 170),
            (534, 250),
            (522, 330),
            (514, 270),
            (474, 218),
            (404, 200),
            (330, 218),
            (292, 268),
        ]
    )
    for shape, coils in ((bun, 150), (hair, 120)):
        sheet.ink(shape, "#1b171b")
        curls = sheet.block()
        box = shape.crop(sheet.size)
        if box:
            (x0, y0, x1, y1), _ = box
            for _ in range(coils * 2):
                x, y, r = sheet.random.uniform(x0, x1), sheet.random.uniform(y0, y1), sheet.random.uniform(5, 10)
                turn = sheet.random.uniform(0, 360)
                curls.brush(arc(x, y, r, r * 0.8, turn, turn + 230, 10), 2.6)
        sheet.ink(curls.within(shape), "#8d6a58", tone=sheet.ramp((560, 240), (260, 120), low=40), crisp=True)
    sheet.ink(
        sheet.block().brush(smooth([(334, 150), (404, 172), (480, 152)]), 16, root=0.6, tip=0.6), "#b23f33", crisp=True
    )
    rings = sheet.block()
    for x in (272, 530):
        rings.oval(x, 436, 13, 19).oval(x, 436, 8, 13, cut=True)
    sheet.ink(rings, "#e2b54a", crisp=True)


@scene("portrait-sana-brevik", size=HEAD, paper=PAPER)
def sana_brevik(sheet: Sheet) -> None:
    """Cropped pale hair, a windproof collar."""
    face = Face(
        cheek=122,
        jaw=100,
        chin=50,
        top=186,
        foot=556,
        turn=-16,
        age=0.55,
        brow=8,
        arch=7,
        skin="#f3dfc6",
        blush="#d58a6c",
        full=0.9,
        wide_nose=24,
        open=9.5,
    )
    cut, skin, clothes = start(sheet, face, "#9db4bd", "#b4472f", SHOULDERS)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=16)
    stand = sheet.block().area(
        smooth(
            [
                (290, 610),
                (300, 580),
                (330, 590),
                (400, 640),
                (470, 590),
                (500, 580),
                (512, 612),
                (520, 690),
                (470, 730),
                (400, 744),
                (330, 730),
                (282, 690),
            ],
            closed=True,
        )
    )
    sheet.ink(stand, "#8f3423")
    sheet.ink(stand, INK, tone=sheet.ramp((360, 600), (560, 740)), alpha=0.7)
    zip_ = sheet.block().line([(400, 642), (402, 820)], 6)
    for k in range(18):
        zip_.box(394 + (k % 2) * 6, 650 + k * 9, 402 + (k % 2) * 6, 655 + k * 9)
    zip_.brush(smooth([(290, 610), (320, 592), (400, 642), (480, 592), (512, 612)]), 7, root=0.5, tip=0.5)
    sheet.ink(zip_, INK, crisp=True)
    features(sheet, face)
    hair = sheet.block().blob(
        [
            (270, 360),
            (258, 270),
            (276, 190),
            (330, 132),
            (404, 108),
            (486, 122),
            (540, 180),
            (548, 270),
            (530, 356),
            (520, 300),
            (520, 250),
            (470, 236),
            (420, 206),
            (360, 240),
            (310, 234),
            (286, 270),
            (282, 320),
        ]
    )
    _hair(sheet, hair, "#eee4cc", from_crown(470, 110, fall=26, spread=1.1), light="#fffaf0", pale=True, long=64)
    rim = sheet.block().brush(
        smooth(
            [(270, 356), (258, 270), (276, 190), (330, 132), (404, 108), (486, 122), (540, 180), (548, 270), (530, 352)]
        ),
        5,
    )
    sheet.ink(rim, INK, crisp=True)


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
    cut, skin, clothes = start(sheet, face, "#b9a3a0", "#2f4a58", SHOULDERS)
    back = sheet.block().blob(
        [
            (300, 140),
            (410, 104),
            (510, 144),
            (568, 260),
            (580, 400),
            (574, 520),
            (540, 590),
            (470, 560),
            (330, 560),
            (262, 590),
            (226, 520),
            (222, 400),
            (236, 250),
        ]
    )
    sheet.ink(back.without(skin), "#6d6a66")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    neckline = sheet.block().blob([(318, 640), (400, 664), (482, 640), (470, 700), (400, 740), (330, 700)])
    sheet.ink(neckline, face.skin)
    sheet.ink(cut.lines(neckline, bow=-0.1, slant=0.03, gap=5.4, base=50), INK, crisp=True)
    beads = sheet.block()
    for k in range(15):
        angle = math.radians(168 - k * 11.2)
        beads.oval(400 + math.cos(angle) * 88, 640 + math.sin(angle) * 86, 10)
    sheet.ink(beads, "#b5402f")
    sheet.ink(beads, INK, tone=sheet.ramp((380, 680), (480, 740)), alpha=0.7)
    features(sheet, face)
    hair = sheet.block().blob(
        [
            (404, 176),
            (340, 206),
            (296, 262),
            (280, 340),
            (282, 430),
            (290, 520),
            (268, 592),
            (232, 540),
            (222, 410),
            (234, 260),
            (296, 146),
            (404, 102),
            (512, 140),
            (568, 250),
            (582, 400),
            (572, 530),
            (538, 590),
            (518, 520),
            (528, 430),
            (526, 340),
            (508, 262),
            (468, 206),
        ]
    )
    _hair(sheet, hair, "#dcd6c8", from_crown(404, 110, fall=70, spread=0.7), light="#fbf7ec", pale=True, long=120)
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
    cut, skin, clothes = start(sheet, face, "#b8b58d", "#6d3a3f", SHOULDERS)
    cut.shade([(330, 160), (380, 140), (410, 170), (370, 210), (320, 210)], -70, 16)
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
    neck = sheet.block().blob(
        [
            (306, 612),
            (340, 640),
            (400, 656),
            (460, 640),
            (494, 612),
            (508, 650),
            (460, 690),
            (400, 704),
            (340, 690),
            (292, 650),
        ]
    )
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
        .blob([(262, 372), (254, 310), (262, 250), (284, 226), (286, 270), (278, 320), (280, 366)])
        .blob([(540, 372), (550, 310), (542, 250), (520, 224), (516, 270), (526, 320), (524, 366)])
    )
    sheet.ink(sides, "#8d8272")
    whiskers = sheet.block().blob(
        [
            (420, 458),
            (380, 462),
            (346, 486),
            (336, 508),
            (372, 502),
            (420, 490),
            (468, 502),
            (504, 506),
            (492, 484),
            (460, 462),
        ]
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
    cloud = [
        (284, 120),
        (404, 84),
        (526, 122),
        (606, 220),
        (628, 350),
        (604, 480),
        (540, 560),
        (500, 520),
        (300, 520),
        (262, 560),
        (196, 480),
        (172, 350),
        (196, 216),
    ]
    cut, skin, clothes = start(sheet, face, "#c69a72", "#e3d8bd", SHOULDERS)
    back = sheet.block().blob(cloud)
    sheet.ink(back.without(skin), "#1f191c")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=0)
    collar(sheet, "#35555a", spread=0.9, foot=690)
    _lapels(sheet, "#d3c6a6")
    features(sheet, face)
    front = sheet.block().blob(
        [
            (400, 206),
            (350, 216),
            (304, 252),
            (282, 320),
            (276, 420),
            (284, 500),
            (250, 540),
            (196, 470),
            (176, 350),
            (200, 214),
            (288, 118),
            (404, 84),
            (522, 118),
            (604, 216),
            (626, 350),
            (604, 470),
            (548, 540),
            (514, 500),
            (522, 420),
            (514, 320),
            (490, 250),
            (446, 214),
        ]
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
    cut, skin, clothes = start(sheet, face, "#8fa7ae", "#22384a", SHOULDERS)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=20)
    coat = (
        sheet.block()
        .area([(300, 600), (250, 640), (210, 750), (300, 820), (400, 820), (330, 700)])
        .area([(500, 600), (550, 640), (590, 750), (500, 820), (400, 820), (470, 700)])
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
    shape = [
        (268, 370),
        (284, 440),
        (306, 474),
        (350, 462),
        (390, 452),
        (418, 460),
        (446, 452),
        (484, 462),
        (516, 476),
        (530, 440),
        (534, 370),
        (556, 460),
        (550, 560),
        (510, 640),
        (450, 690),
        (410, 704),
        (364, 690),
        (304, 640),
        (258, 560),
        (248, 460),
    ]
    beard = (
        sheet.block()
        .blob(shape)
        .blob([(384, 494), (418, 488), (452, 494), (446, 506), (418, 511), (390, 506)], cut=True)
    )
    sheet.ink(beard, "#f3ecdb")
    sheet.ink(beard, "#a79f90", tone=sheet.ramp((400, 440), (580, 640)))
    locks = sheet.block()
    comb(locks, sheet, (250, 370, 556, 704), to_chin(0.35), 520, 62, 3.4)
    comb(locks, sheet, (340, 454, 500, 500), lambda x, y: ((x - 418) * 1.0, 30.0), 120, 40, 3.2)
    sheet.ink(locks.within(beard), INK, crisp=True, alpha=0.85)
    _cap(sheet)


def _cap(sheet: Sheet) -> None:
    crown = sheet.block().blob(
        [
            (244, 226),
            (214, 172),
            (240, 122),
            (330, 84),
            (410, 76),
            (500, 88),
            (574, 128),
            (594, 176),
            (558, 228),
            (400, 214),
        ]
    )
    sheet.ink(crown, "#223648")
    sheet.ink(crown, INK, tone=sheet.ramp((360, 100), (600, 220)), alpha=0.9)
    shine = sheet.block()
    comb(shine, sheet, (236, 96, 420, 200), lambda x, y: (60.0, -(300 - x) * 0.1 - 14), 90, 90, 2.6)
    sheet.ink(shine.within(crown), "#9db4bd", tone=sheet.pool(330, 130, 150, 80), crisp=True)
    band = sheet.block().area(
        [
            *smooth([(252, 214), (330, 198), (404, 194), (480, 198), (552, 214)]),
            *smooth([(548, 262), (480, 246), (404, 242), (330, 246), (256, 262)]),
        ]
    )
    sheet.ink(band, "#14202b")
    peak = sheet.block().area(
        [
            *smooth([(262, 258), (330, 244), (404, 240), (480, 244), (546, 258)]),
            *smooth([(560, 292), (490, 312), (408, 318), (320, 312), (250, 292)]),
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
