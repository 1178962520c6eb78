"""The four who report, with their faces."""

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
from dateline.demo.scenes_portraits import INK, OPEN, PAPER, Face, start


@scene("portrait-mira-tandell", size=HEAD, paper=PAPER)
def mira_tandell(sheet: Sheet) -> None:
    """Dark waves to the shoulder, side parting, a plain collar."""
    face = Face(
        cheek=120, jaw=94, chin=44, foot=546, turn=16, age=0.2, arch=11, brow=9, full=1.15, wide_nose=24, ears=False
    )
    back = sheet.block().blob(
        trace("300,150 410,108 520,150 566,270 572,420 600,560 586,690 470,700 330,700 214,690 204,560 228,420 236,260")
    )
    cut, skin, clothes = start(sheet, face, "#c9b98f", "#35606b", neckline=OPEN)
    sheet.ink(back.without(skin), "#241d22")
    waves = sheet.block()
    comb(waves, sheet, (200, 300, 600, 700), lambda x, y: (12 * math.sin(y / 38 + x / 60) * 3, 60.0), 260, 110, 4)
    sheet.ink(waves.within(back).without(skin), "#8a6a58", crisp=True, alpha=0.8)
    sheet.ink(clothes.without(sheet.block().blob(trace("204,560 300,560 310,640 290,700 214,690"))), "#35606b")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    collar(sheet, "#efe6d2")
    features(sheet, face)
    top = sheet.block().blob(
        trace(
            "452,188 380,214 310,270 282,340 276,440 286,540 268,600 226,560 222,420 236,270"
            " 300,160 410,112 500,140 556,230 566,360 560,500 574,590 540,600 516,500 522,380"
            " 510,280 480,214"
        )
    )
    hair(sheet, top, "#2a2125", from_crown(446, 130, fall=60, spread=0.8), light="#a5826c", long=130)


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
    cut, skin, clothes = start(sheet, face, "#9fb3a4", "#4a4f45", neckline=OPEN)
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes)
    collar(sheet, "#f1ead9", spread=1.05, foot=706)
    lapels(sheet, "#3a3f38")
    features(sheet, face)
    beard = sheet.block().blob(
        trace(
            "268,400 282,452 300,478 340,462 372,454 390,462 408,454 440,462 492,480 516,452"
            " 528,400 530,470 508,540 450,584 392,596 330,582 284,540 266,470"
        )
    )
    beard.blob(trace("338,484 386,474 436,484 430,506 386,512 342,506"), cut=True)
    whiskers = sheet.block()
    comb(whiskers, sheet, (262, 396, 534, 600), to_chin(0.5), 900, 22, 3)
    sheet.ink(beard, "#2a2420", alpha=0.6)
    sheet.ink(whiskers.within(beard), INK, crisp=True)
    shape = sheet.block().blob(
        trace(
            "268,330 262,250 290,170 360,128 450,126 514,166 540,250 534,330 522,300 512,240"
            " 470,204 400,196 330,206 292,240 280,300"
        )
    )
    hair(sheet, shape, "#2a2526", from_crown(450, 330, fall=0), light="#8c8074", long=46)
    glasses(sheet, face, rim=8, wide=46, tall=31, round_=False)


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
    bun = sheet.block().blob(trace("330,150 316,92 352,42 420,26 484,52 506,108 482,158 404,176"))
    cut, skin, clothes = start(sheet, face, "#d9a98a", "#c08f3a")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, slant=-0.4, base=10)
    roll = sheet.block().blob(trace("318,560 400,584 482,560 494,620 486,666 400,690 314,666 306,620"))
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
    swept = sheet.block().blob(
        trace("280,330 268,250 300,172 364,134 440,132 504,170 534,250 522,330 514,270 474,218 404,200 330,218 292,268")
    )
    for shape, coils in ((bun, 150), (swept, 120)):
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
    cut, skin, clothes = start(sheet, face, "#9db4bd", "#b4472f")
    print_skin(sheet, face, cut, skin)
    print_cloth(sheet, cut, clothes, base=16)
    stand = sheet.block().area(
        smooth(
            trace("290,610 300,580 330,590 400,640 470,590 500,580 512,612 520,690 470,730 400,744 330,730 282,690"),
            closed=True,
        )
    )
    sheet.ink(stand, "#8f3423")
    sheet.ink(stand, INK, tone=sheet.ramp((360, 600), (560, 740)), alpha=0.7)
    zip_ = sheet.block().line([(400, 642), (402, 820)], 6)
    for k in range(18):
        zip_.box(394 + (k % 2) * 6, 650 + k * 9, 402 + (k % 2) * 6, 655 + k * 9)
    zip_.brush(smooth(trace("290,610 320,592 400,642 480,592 512,612")), 7, root=0.5, tip=0.5)
    sheet.ink(zip_, INK, crisp=True)
    features(sheet, face)
    shape = sheet.block().blob(
        trace(
            "270,360 258,270 276,190 330,132 404,108 486,122 540,180 548,270 530,356 520,300"
            " 520,250 470,236 420,206 360,240 310,234 286,270 282,320"
        )
    )
    hair(sheet, shape, "#eee4cc", from_crown(470, 110, fall=26, spread=1.1), light="#fffaf0", pale=True, long=64)
    rim = sheet.block().brush(
        smooth(trace("270,356 258,270 276,190 330,132 404,108 486,122 540,180 548,270 530,352")),
        5,
    )
    sheet.ink(rim, INK, crisp=True)
