"""Bread: four still lifes and the bakery at night."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Block, Sheet, arc, ripples, scene, smooth


@scene("loaf-1", paper="#ead9bb")
def loaf_one(sheet: Sheet) -> None:
    """A floured round loaf on linen, light from the left."""
    rng = sheet.random
    sheet.ink(None, "#37302c")
    sheet.ink(None, "#5d4a3c", tone=sheet.pool(420, 420, 1000, 700))
    table = sheet.block().area([(0, 700), (1620, 660), (1620, 1080), (0, 1080)])
    sheet.ink(table, "#6d4a33")
    sheet.ink(table, "#241a17", tone=sheet.ramp((500, 0), (1650, 0)))
    cloth = sheet.block().blob([(60, 850), (420, 700), (1010, 690), (1460, 800), (1520, 960), (1180, 1120), (330, 1140), (20, 1010)])
    sheet.ink(cloth, "#d9cdb4")
    for start, end, sag in (((120, 850), (520, 1080), 30), ((1100, 760), (1380, 1040), -40), ((300, 790), (220, 1060), 20)):
        fold = sheet.block().brush([(start[0] + (end[0] - start[0]) * s / 8 + sag * math.sin(s / 2.6), start[1] + (end[1] - start[1]) * s / 8) for s in range(9)], 46)
        sheet.ink(fold.within(cloth), "#9a8c77", alpha=0.6, tone=sheet.ramp((0, 700), (0, 1000), low=90))
    for x in range(-40, 1700, 250):
        stripe = sheet.block().brush([(x + s * 34, 1140 - s * 50) for s in range(11)], 11, tip=1, root=1)
        sheet.ink(stripe.within(cloth), "#8e3b34", alpha=0.5)
    sheet.ink(sheet.block().oval(870, 905, 560, 120), "#1f1714", tone=sheet.pool(900, 905, 620, 150, bend=0.5), alpha=0.9)
    crust = [(330, 720), (352, 540), (470, 388), (660, 300), (860, 286), (1060, 330), (1210, 440), (1284, 590), (1284, 740), (1200, 860), (1000, 922), (700, 930), (470, 890), (360, 820)]
    loaf = sheet.block().blob(crust)
    sheet.ink(loaf, "#c98a4b")
    sheet.ink(loaf, "#e9be7c", tone=sheet.pool(560, 480, 480, 380))
    sheet.ink(loaf, "#7c4524", tone=sheet.ramp((700, 480), (1250, 860), bend=1.1))
    sheet.ink(loaf, "#3b1f16", tone=sheet.ramp((860, 620), (1330, 960), bend=1.6))
    sheet.ink(loaf, "#4a2719", tone=sheet.ramp((0, 780), (0, 950), bend=1.5))
    _scores(sheet, loaf)
    dust = sheet.block()
    for _ in range(900):
        a, r = rng.uniform(0, 6.28), rng.random() ** 0.6
        dust.oval(700 + math.cos(a) * 400 * r, 540 + math.sin(a) * 260 * r, rng.choice((1.2, 1.6, 2.6)))
    sheet.ink(dust.within(loaf), "#fbf2df", crisp=True, alpha=0.8)
    sheet.ink(loaf, "#fdf6e6", tone=sheet.pool(620, 450, 420, 240, bend=1.3), alpha=0.8)
    crumbs = sheet.block()
    for _ in range(60):
        x = rng.gauss(860, 420)
        crumbs.oval(x, rng.uniform(930, 1040), rng.uniform(2, 6), rng.uniform(2, 4))
    sheet.ink(crumbs, "#7a4a2a", crisp=True)


def _scores(sheet: Sheet, loaf: Block) -> None:
    """Four cuts that opened in the oven: pale inside, a dark lip on the far side."""
    for shift, reach in ((-210, 0.72), (-70, 0.95), (80, 1.0), (240, 0.86)):
        points = [(760 + shift + 150 * math.sin((s - 4) / 4.6) + s * 9 - 36, 600 + (s - 4) * 66 * reach) for s in range(9)]
        sheet.ink(sheet.block().brush([(x + 12, y - 2) for x, y in points], 62).within(loaf), "#5a2d18")
        sheet.ink(sheet.block().brush(points, 48).within(loaf), "#e6c48c")
        sheet.ink(sheet.block().brush([(x - 10, y) for x, y in points], 26).within(loaf), "#f6e5bf")
        ribs = sheet.block()
        for x, y in points[1:-1]:
            for step in range(3):
                ribs.brush([(x - 20 + k * 9, y + step * 20 - 20 + k * 3) for k in range(5)], 3)
        sheet.ink(ribs.within(loaf), "#b07a42", crisp=True, alpha=0.8)
