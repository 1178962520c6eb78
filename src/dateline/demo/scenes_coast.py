"""The port and the sea: cranes, ferry, lighthouse, wind farm, delta, reeds."""

from __future__ import annotations

import math

from dateline.demo.scenes import PORTRAIT, Block, Sheet, down_to, ridge, scene, smooth, trace
from dateline.demo.scenes_motifs import ripples


@scene("harbour-cranes", paper="#f4d9a8")
def harbour_cranes(sheet: Sheet) -> None:
    """Gantry cranes and a container ship before a low sun."""
    rng, horizon = sheet.random, 760
    sheet.ink(None, "#e08a4f", tone=sheet.ramp((0, 760), (0, -80), bend=1.2))
    sheet.ink(None, "#a8484a", tone=sheet.ramp((0, 430), (0, -160), bend=1.4))
    sheet.ink(sheet.block().oval(1130, 640, 150), "#fbe9bd")
    for y, x0, x1 in ((520, 700, 1420), (566, 880, 1620), (470, 1080, 1500), (360, 120, 760), (330, 330, 980)):
        cloud = sheet.block().brush([(x0 + (x1 - x0) * s / 8, y + math.sin(s * 1.3) * 5) for s in range(9)], 22)
        sheet.ink(cloud, "#9a4149", alpha=0.55)
    far = sheet.block().area(down_to(ridge(rng, (0, 720), (1620, 700), 26), horizon))
    sheet.ink(far, "#8d4a52", tone=sheet.ramp((0, 770), (0, 640), low=110))
    sheet.ink(sheet.block().box(0, horizon, 1620, 1080), "#31525c")
    sheet.ink(sheet.block().box(0, horizon, 1620, 1080), "#16303c", tone=sheet.ramp((0, 800), (0, 1100)))
    light = ripples(
        sheet.block(), rng, (820, horizon + 2, 1440, 1075), 150, length=(26, 240), near=lambda d: 0.4 + 0.5 * d
    )
    sheet.ink(light, "#f1b873", alpha=0.92)
    for x, y, scale, ink in ((1330, 762, 0.62, "#6f4150"), (1010, 768, 0.74, "#54384a"), (600, 778, 0.92, "#33303f")):
        sheet.ink(_crane(sheet, x, y, scale), ink, crisp=True)
    _container_ship(sheet)
    sheet.ink(_crane(sheet, 150, 800, 1.16), "#1b2530", crisp=True)
    quay = sheet.block().area(trace("0,800 430,800 360,862 0,900"))
    sheet.ink(quay, "#141c25")
    ink = ripples(sheet.block(), rng, (0, 800, 1620, 1075), 60, length=(60, 330), width=(1.5, 6))
    sheet.ink(ink, "#0f2029", alpha=0.8)
    for _ in range(7):
        x, y, s = rng.uniform(480, 900), rng.uniform(180, 330), rng.uniform(10, 20)
        gull = sheet.block().brush([(x - s, y - s * 0.25), (x - s * 0.4, y - s * 0.55), (x, y)], 4, tip=0.4)
        gull.brush([(x, y), (x + s * 0.45, y - s * 0.5), (x + s, y - s * 0.1)], 4, root=0.4)
        sheet.ink(gull, "#3a2a38", crisp=True)


def _crane(sheet: Sheet, x: float, base: float, scale: float) -> Block:
    """A ship-to-shore crane: portal, mast, boom out over the water to the right, stays."""
    block = sheet.block()

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * scale, base - dy * scale

    for dx in (-110, 70):
        block.line([at(dx, 0), at(dx * 0.86, 330)], 15 * scale)
        block.line([at(dx - 26, 4), at(dx + 26, 4)], 14 * scale)
    block.line([at(-104, 96), at(66, 96)], 9 * scale)
    block.line([at(-98, 230), at(62, 100)], 6 * scale)
    block.line([at(-210, 338), at(430, 338)], 17 * scale)
    block.line([at(-210, 358), at(430, 352)], 5 * scale)
    block.line([at(60, 330), at(28, 520)], 12 * scale)
    block.line([at(-94, 330), at(28, 520)], 9 * scale)
    for reach in (230, 420):
        block.line([at(28, 516), at(reach, 346)], 4 * scale)
    block.line([at(28, 516), at(-205, 350)], 4 * scale)
    for step in range(-200, 420, 31):
        block.line([at(step, 340), at(step + 15, 356)], 2.4 * scale)
    block.box(*at(-200, 384), *at(-120, 346))
    block.box(*at(196, 330), *at(236, 300))
    for dx in (202, 230):
        block.line([at(dx, 304), at(dx, 190)], 2 * scale)
    block.box(*at(180, 192), *at(254, 168))
    return block


def _container_ship(sheet: Sheet) -> None:
    """A laden ship, bow to the right."""
    rng = sheet.random
    inks = ("#b5483a", "#d99a4a", "#2f6670", "#8c3a40", "#e4c48c", "#43505a", "#1f4652")
    for column in range(17):
        x = 520 + column * 41
        for row in range(rng.choice((3, 4, 4, 5)) if 1 < column < 15 else 2):
            top = 782 - (row + 1) * 25
            box = sheet.block((x + 19, top + 12, 24)).box(x, top, x + 38, top + 23)
            ink = rng.choice(inks)
            sheet.ink(box, ink)
            sheet.ink(box, "#1a1b26", alpha=0.5, tone=sheet.ramp((x + 4, 0), (x + 52, 0)))
    tower = sheet.block().box(440, 640, 512, 790).box(430, 652, 522, 676).box(462, 596, 496, 642)
    sheet.ink(tower, "#ead3a6")
    sheet.ink(tower, "#5c3b42", tone=sheet.ramp((450, 0), (520, 0), bend=1.5))
    sheet.ink(sheet.block().box(436, 658, 516, 668), "#20303a", crisp=True)
    hull = sheet.block().area(trace("404,780 1290,780 1330,752 1352,752 1296,866 430,866"))
    sheet.ink(hull, "#203a46")
    sheet.ink(hull, "#0e1c26", tone=sheet.ramp((0, 780), (0, 880)))
    sheet.ink(sheet.block().area(trace("424,848 1304,848 1296,868 432,868")), "#8c3536")


@scene("lighthouse", size=PORTRAIT, paper="#e9ddbf")
def lighthouse(sheet: Sheet) -> None:
    """A lighthouse on its rock at night, two beams, heavy water."""
    rng = sheet.random
    sheet.ink(None, "#2a5566")
    sheet.ink(None, "#12283a", tone=sheet.ramp((0, 760), (0, 60)))
    stars = sheet.block()
    for _ in range(120):
        x, y = rng.uniform(0, 1080), rng.uniform(0, 620) ** 1.0
        stars.oval(x, y, rng.choice((1.2, 1.2, 1.7, 2.4)))
    sheet.ink(stars, "#efe3c4", crisp=True, alpha=0.85)
    lamp = (600, 372)
    for end, wide, ink in (((-160, 210), 120, "#f4dd9b"), ((1300, 470), 90, "#f4dd9b")):
        beam = sheet.block().area([lamp, (end[0], end[1] - wide), (end[0], end[1] + wide)])
        sheet.ink(beam, ink, tone=sheet.pool(*lamp, 820, 820, bend=0.8), alpha=0.85)
    sheet.ink(None, "#f7e7b4", tone=sheet.pool(*lamp, 200, bend=1.6))
    for layer, (y, ink) in enumerate(((850, "#3b6b78"), (905, "#2b5664"), (975, "#1f4454"))):
        swell = smooth([(x, y + 20 * math.sin(x / (110 + 40 * layer) + layer * 2)) for x in range(-60, 1200, 60)])
        sheet.ink(sheet.block().area(down_to(swell, 1360)), ink)
        crest = sheet.block()
        for _ in range(26):
            x = rng.uniform(-40, 1080)
            reach = rng.uniform(40, 170)
            wave = [
                (x + reach * s / 8, y + 8 + 20 * math.sin((x + reach * s / 8) / (110 + 40 * layer) + layer * 2))
                for s in range(9)
            ]
            crest.brush(
                [(a, b + rng.uniform(4, 60)) for (a, b) in [(p[0], p[1]) for p in wave][:1]] + wave[1:],
                rng.uniform(2, 5),
            )
        sheet.ink(crest, "#8fb3b3", alpha=0.5)
    rock = (
        ridge(rng, (250, 1120), (430, 880), 26)
        + ridge(rng, (430, 880), (760, 872), 14)
        + ridge(rng, (760, 872), (1000, 1130), 30)
    )
    sheet.ink(sheet.block().area(down_to(rock, 1360)), "#10202c")
    light = sheet.block().area(trace("440,884 520,876 470,1010 400,1110 330,1120 380,1000"))
    light.area(trace("560,880 620,876 596,960 540,1060 520,1000"))
    sheet.ink(light, "#4a6a70", tone=sheet.ramp((620, 0), (300, 0)))
    _tower(sheet)
    for y, ink, lift in ((1120, "#274e5c", 34), (1210, "#16384a", 26)):
        swell = smooth([(x, y + lift * math.sin(x / 96 + y)) for x in range(-60, 1200, 48)])
        sheet.ink(sheet.block().area(down_to(swell, 1360)), ink)
        foam = sheet.block()
        for x in range(-20, 1100, 52):
            top = y + lift * math.sin(x / 96 + y)
            foam.brush(
                [(x + s * 14, top + 10 + s * 3 + 7 * math.sin(s * 1.3 + x)) for s in range(7)], rng.uniform(4, 9)
            )
            foam.brush([(x + s * 11, top + 46 + s * 4 + 7 * math.sin(s + x)) for s in range(6)], rng.uniform(2, 5))
        sheet.ink(foam, "#d8dcc9", alpha=0.8)


def _tower(sheet: Sheet) -> None:
    body = sheet.block().area(trace("556,440 644,440 676,880 524,880"))
    sheet.ink(body, "#ece2cb")
    for top, bottom in ((520, 610), (706, 800)):
        band = sheet.block().box(500, top, 700, bottom).within(body)
        sheet.ink(band, "#b23f33")
    sheet.ink(body, "#122838", tone=sheet.ramp((570, 0), (668, 0), bend=0.9), alpha=0.9)
    head = sheet.block().box(540, 428, 660, 444).box(566, 408, 634, 430).area([(566, 340), (634, 340), (600, 296)])
    head.line([(600, 300), (600, 272)], 5)
    for x in (570, 600, 630):
        head.line([(x, 340), (x, 410)], 5)
    sheet.ink(sheet.block().box(570, 340, 630, 410), "#fff3c8")
    for x in range(544, 660, 16):
        head.line([(x, 428), (x, 404)], 2.5)
    head.line([(542, 404), (658, 404)], 3)
    sheet.ink(head, "#14222d", crisp=True)
    sheet.ink(sheet.block().box(590, 640, 606, 668).box(592, 820, 616, 880), "#14222d")
