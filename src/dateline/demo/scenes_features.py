"""What a face wears: eyes and mouth, hair and beard, collar and glasses."""

from __future__ import annotations

import math
from collections.abc import Callable

from dateline.demo.scenes import Block, Ink, Point, Sheet, smooth, trace
from dateline.demo.scenes_portraits import INK, Engraving, Face

# Which way hair lies at a place: a vector of any length.
Flow = Callable[[float, float], Point]


def comb(
    block: Block,
    sheet: Sheet,
    area: tuple[float, float, float, float],
    flow: Flow,
    count: int,
    length: float,
    width: float,
) -> None:
    """Hairs all over an area (left, top, right, bottom), each following the flow from where it starts."""
    rng = sheet.random
    for _ in range(count):
        x, y = rng.uniform(area[0], area[2]), rng.uniform(area[1], area[3])
        step, line = length * rng.uniform(0.6, 1.3) / 9, []
        for _ in range(10):
            line.append((x, y))
            dx, dy = flow(x, y)
            reach = math.hypot(dx, dy) or 1.0
            x, y = x + dx / reach * step, y + dy / reach * step
        block.brush(line, width * rng.uniform(0.5, 1.25))


def from_crown(x: float, y: float, *, fall: float, spread: float = 1.0) -> Flow:
    """Hair that leaves the crown on all sides and then falls, the sooner the larger `fall` is."""

    def flow(px: float, py: float) -> Point:
        return (px - x) * spread, (py - y) * 0.9 + fall

    return flow


def to_chin(pull: float) -> Flow:
    """A beard: downwards, drawn together below the mouth."""

    def flow(px: float, py: float) -> Point:
        return (408 - px) * pull * max(0.0, (py - 420) / 200), 60.0

    return flow


def features(sheet: Sheet, face: Face) -> None:
    """Eyes, brows, nose and mouth in full ink."""
    whites, ink, lights = sheet.block(), sheet.block(), sheet.block()
    for side in (-1, 1):
        _eye(face, side, (whites, ink, lights))
    tip = face.at(0, face.nose, 1.5)
    wide = face.wide_nose
    ink.brush(
        smooth(
            [(tip[0] - wide, face.nose - 14), (tip[0] - wide - 4, face.nose - 2), (tip[0] - wide + 8, face.nose + 4)]
        ),
        5,
    )
    ink.brush(
        smooth(
            [
                (tip[0] + wide - 2, face.nose - 18),
                (tip[0] + wide + 5, face.nose - 4),
                (tip[0] + wide - 8, face.nose + 4),
            ]
        ),
        7,
    )
    ink.brush(
        smooth(
            [
                (tip[0] - wide + 6, face.nose + 4),
                (tip[0] - 10, face.nose + 2),
                (tip[0], face.nose + 9),
                (tip[0] + 12, face.nose + 2),
                (tip[0] + wide - 6, face.nose + 3),
            ]
        ),
        5.5,
    )
    for side in (-1, 1):
        ink.brush(
            [
                (tip[0] + side * 8, face.nose + 3),
                (tip[0] + side * 15, face.nose - 1),
                (tip[0] + side * 22, face.nose + 3),
            ],
            8,
        )
    ink.brush(smooth([face.at(20, face.eyes - 22, 1.0), face.at(13, face.eyes, 1.1), (tip[0] + 9, face.nose - 40)]), 4)
    x, y, reach = face.at(0, face.mouth, 1.2)[0], face.mouth, face.wide_mouth
    line = [
        (x - reach, y - face.smile),
        (x - reach * 0.45, y + 1),
        (x - 8, y - 2),
        (x, y + 1),
        (x + 8, y - 2),
        (x + reach * 0.42, y + 1),
        (x + reach * 0.92, y - face.smile),
    ]
    upper = [
        *line,
        (x + reach * 0.5, y - 7 * face.full),
        (x + 9, y - 11 * face.full),
        (x, y - 8 * face.full),
        (x - 9, y - 11 * face.full),
        (x - reach * 0.5, y - 7 * face.full),
    ]
    lower = [
        (x - reach * 0.86, y),
        *line[2:5],
        (x + reach * 0.8, y),
        (x + reach * 0.4, y + 14 * face.full),
        (x, y + 17 * face.full),
        (x - reach * 0.4, y + 14 * face.full),
    ]
    sheet.ink(sheet.block().area(upper), face.blush)
    sheet.ink(sheet.block().area(upper), INK, alpha=0.4)
    sheet.ink(sheet.block().area(lower), face.blush, alpha=0.8)
    ink.brush(smooth(line), 6, root=0.5, tip=0.5)
    ink.brush(
        [
            (x - reach * 0.34, y + 17 * face.full + 3),
            (x, y + 17 * face.full + 6),
            (x + reach * 0.4, y + 17 * face.full + 2),
        ],
        4.5,
    )
    sheet.ink(whites, "#faf3e4", crisp=True)
    sheet.ink(ink, INK, crisp=True)
    sheet.ink(lights, "#fdf8ec", crisp=True)


def _eye(face: Face, side: int, blocks: tuple[Block, Block, Block]) -> None:
    whites, ink, lights = blocks
    x, y = face.at(side * face.apart, face.eyes)
    half, tall = 27.0 if side < 0 else 25.0, face.open
    outer, inner = (x + side * half, y - 1), (x - side * half * 0.96, y + 3)
    upper = smooth(
        [
            inner,
            (x - side * half * 0.4, y - tall * 0.8),
            (x + side * 2, y - tall),
            (x + side * half * 0.62, y - tall * 0.7),
            outer,
        ]
    )
    lower = smooth([outer, (x + side * half * 0.4, y + tall * 0.62), (x - side * 4, y + tall * 0.68), inner])
    whites.area([*upper, *lower])
    gaze = x + 1.5
    ink.oval(gaze, y - tall * 0.16, tall * 0.98)
    lights.oval(gaze - tall * 0.36, y - tall * 0.5, tall * 0.27)
    ink.brush([(px, py - 1) for px, py in upper], 8.5, root=0.35, tip=0.55)
    ink.brush(lower, 3.2)
    ink.brush([(px, py - tall * 0.72 - 3) for px, py in upper[4:-4]], 3.6)
    ink.brush([inner, (inner[0] - side * 5, inner[1] + 2), (inner[0] - side * 8, inner[1] + 3)], 4, root=0.6)
    for k in range(round(4 * face.age)):
        ink.brush(
            [
                (outer[0] + side * 8, outer[1] - 6 + k * 8),
                (outer[0] + side * 17, outer[1] - 8 + k * 12),
                (outer[0] + side * 25, outer[1] - 8 + k * 15),
            ],
            2.6,
        )
    brow = smooth(
        [
            (x - side * half * 1.1, y - 30),
            (x - side * half * 0.3, y - 33 - face.arch * 0.5),
            (x + side * half * 0.6, y - 33 - face.arch),
            (x + side * half * 1.35, y - 25),
        ]
    )
    ink.brush(brow, face.brow, root=0.55, tip=0.05)
    for index in range(2, len(brow) - 4, 2):
        px, py = brow[index]
        ink.brush(
            [
                (px - side * 3, py + face.brow * 0.55),
                (px + side * 2, py - face.brow * 0.2),
                (px + side * 8, py - face.brow * 0.62),
            ],
            3.4,
        )


def print_skin(sheet: Sheet, face: Face, cut: Engraving, skin: Block) -> None:
    """Warmth, shadow and engraved lines on face and neck, then the contour of the side away from the light."""
    middle = face.at(0, face.nose)
    sheet.ink(skin, face.blush, tone=sheet.ramp((middle[0] - 40, 300), (middle[0] + 190, 560)), alpha=0.62)
    for side in (-1, 1):
        x, y = face.at(side * face.cheek * 0.56, face.nose - 8)
        sheet.ink(skin, face.blush, tone=sheet.pool(x, y, 62, 48), alpha=0.55)
    sheet.ink(cut.lines(skin, bow=-0.11, slant=0.03, gap=5.4, base=round(face.deep * 60)), INK, crisp=True)
    outline = face.outline()
    third = len(outline) // 2
    contour = sheet.block()
    contour.brush(outline[2:third], 6.5).brush(outline[third:-2], 4)
    sheet.ink(contour, INK, crisp=True)
    if face.ears:
        ears = sheet.block()
        for side in (-1, 1):
            x = 400 + side * (face.cheek + 6) + face.turn * 0.1
            shell = [
                (x - side * 8, face.eyes - 20),
                (x + side * 10, face.eyes - 26),
                (x + side * 16, face.eyes + 6),
                (x + side * 5, face.eyes + 50),
                (x - side * 8, face.eyes + 58),
            ]
            ears.brush(smooth(shell), 5)
            ears.brush(
                smooth(
                    [
                        (x - side * 2, face.eyes - 8),
                        (x + side * 7, face.eyes - 2),
                        (x + side * 3, face.eyes + 24),
                        (x - side * 5, face.eyes + 30),
                    ]
                ),
                6,
            )
        sheet.ink(ears, INK, crisp=True)


def print_cloth(sheet: Sheet, cut: Engraving, clothes: Block, *, slant: float = 0.5, base: int = 40) -> None:
    """Shadow and slanting lines on the clothes."""
    shaded = Engraving(sheet, cut.face)
    shaded.shade(trace("430,640 820,560 820,820 470,820"), 120, 60)
    shaded.shade(trace("300,600 500,600 560,700 400,760 260,700"), 90, 40)
    sheet.ink(clothes, INK, tone=sheet.ramp((300, 640), (760, 800)), alpha=0.5)
    sheet.ink(shaded.lines(clothes, bow=0.05, slant=slant, gap=6.4, base=base), INK, crisp=True)


def collar(sheet: Sheet, ink: Ink, *, spread: float = 1.0, foot: float = 700) -> None:
    """A shirt collar open at the neck."""
    wings = sheet.block()
    for side in (-1, 1):
        wings.area(
            [
                (400 + side * 72, 574),
                (400 + side * 94 * spread, 610),
                (400 + side * 112 * spread, foot - 14),
                (400 + side * 62, foot + 24),
                (400 + side * 6, 672),
            ]
        )
    sheet.ink(wings, ink)
    seams = sheet.block()
    for side in (-1, 1):
        seams.brush(
            [
                (400 + side * 72, 574),
                (400 + side * 32, 632),
                (400 + side * 6, 672),
                (400 + side * 30, foot + 2),
                (400 + side * 62, foot + 24),
            ],
            5,
            root=0.4,
            tip=0.4,
        )
        seams.brush(
            [(400 + side * 94 * spread, 610), (400 + side * 112 * spread, foot - 14), (400 + side * 62, foot + 24)],
            5,
            root=0.4,
            tip=0.4,
        )
    sheet.ink(seams, INK, crisp=True)


def glasses(sheet: Sheet, face: Face, *, rim: float, wide: float, tall: float, round_: bool) -> None:
    """Spectacles, the glass a little lighter than the skin."""
    glass, frame = sheet.block(), sheet.block()
    for side in (-1, 1):
        x, y = face.at(side * (face.apart + 2), face.eyes + 4)
        if round_:
            glass.oval(x, y, wide, tall)
            frame.oval(x, y, wide + rim / 2, tall + rim / 2).oval(x, y, wide - rim / 2, tall - rim / 2, cut=True)
        else:
            shape = [
                (x - wide, y - tall),
                (x, y - tall * 1.1),
                (x + wide, y - tall),
                (x + wide * 0.9, y + tall * 0.7),
                (x, y + tall),
                (x - wide * 0.9, y + tall * 0.7),
            ]
            glass.blob(shape)
            frame.line(smooth([*shape, shape[0]]), rim)
        frame.line([(x + side * wide, y - tall * 0.3), (400 + side * face.cheek, face.eyes - 8)], rim * 0.9)
    a, b = face.at(-face.apart + wide, face.eyes), face.at(face.apart - wide, face.eyes)
    frame.line(smooth([(a[0], a[1] - 2), ((a[0] + b[0]) / 2, a[1] - 10), (b[0], b[1] - 2)]), rim)
    sheet.ink(glass, "#fdf8ec", alpha=0.2)
    sheet.ink(frame, INK, crisp=True)


def hair(sheet: Sheet, shape: Block, ink: str, flow: Flow, *, light: str, pale: bool = False, long: float = 90) -> None:
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


def lapels(sheet: Sheet, ink: str) -> None:
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
