"""The people of the newsroom, engraved: one light, one ink for the lines, a tint behind each head."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dateline.demo.scenes import FINE, Block, Ink, Point, Sheet, smooth

INK = "#16222b"
# Which way hair lies at a place: a vector of any length.
Flow = Callable[[float, float], Point]
# Shades are painted small and soft, then enlarged: two sheet pixels to one of theirs.
COARSE = 2


@dataclass(frozen=True)
class Face:
    """The measures of one head on a sheet of 800: half widths at cheek, jaw and chin, and where things stand."""

    cheek: float = 126
    jaw: float = 104
    chin: float = 52
    top: float = 176
    foot: float = 552
    eyes: float = 356
    apart: float = 56
    open: float = 10.5
    brow: float = 11
    arch: float = 9
    nose: float = 440
    wide_nose: float = 27
    mouth: float = 486
    wide_mouth: float = 46
    full: float = 1.0
    smile: float = 3
    turn: float = 16
    age: float = 0.3
    skin: Ink = "#f0dfc2"
    blush: Ink = "#d3906a"
    deep: float = 0
    ears: bool = True

    def at(self, side: float, y: float, depth: float = 1.0) -> Point:
        """A point `side` from the middle of the face, moved by as much of the head's turn as `depth` says."""
        return 400 + self.turn * depth + side, y

    def outline(self) -> list[Point]:
        """The face from hairline to chin."""
        side = [
            (0.52 * self.cheek, self.top),
            (0.9 * self.cheek, self.top + 62),
            (self.cheek, self.eyes - 26),
            (0.985 * self.cheek, self.eyes + 44),
            (self.jaw, self.mouth - 8),
            (self.chin + 14, self.foot - 24),
        ]
        right = [(400 + x + self.turn * 0.1, y) for x, y in side]
        left = [(400 - x + self.turn * 0.1, y) for x, y in side]
        crown = (400 + self.turn * 0.1, self.top - 24)
        return smooth([crown, *right, (400 + self.turn * 0.5, self.foot), *left[::-1]], closed=True)


class Engraving:
    """A head in the making: how dark each part is, and the lines that will say so."""

    def __init__(self, sheet: Sheet, face: Face) -> None:
        self.sheet, self.face = sheet, face
        self._dark = Image.new("L", (sheet.width // COARSE, sheet.height // COARSE), 0)

    def shade(self, points: Sequence[Point], amount: int, soft: float) -> None:
        """Darken a shape by `amount` of 255, its edges `soft` sheet pixels wide; a negative amount lightens."""
        mark = Image.new("L", self._dark.size, 0)
        ImageDraw.Draw(mark).polygon(
            [(x / COARSE, y / COARSE) for x, y in smooth(points, closed=True)], fill=abs(amount)
        )
        mark = mark.filter(ImageFilter.GaussianBlur(soft / COARSE))
        self._dark = ImageChops.add(self._dark, mark) if amount > 0 else ImageChops.subtract(self._dark, mark)

    def lines(self, within: Block, *, bow: float, slant: float, gap: float, base: int = 0) -> Block:
        """The shade as engraved lines: `gap` sheet pixels apart, bent by `bow`, rising by `slant`."""
        size = (self.sheet.width * FINE, self.sheet.height * FINE)
        shade = self._dark.resize(size, Image.Resampling.BICUBIC)
        if base:
            shade = shade.point([min(255, value + base) for value in range(256)])
        return self.sheet.block().engrave(shade, _screen(size, bow, slant, gap)).within(within)


def _screen(size: tuple[int, int], bow: float, slant: float, gap: float) -> Image.Image:
    """Waves of grey across the plate, bent as lines round a form are."""
    period, height = gap * FINE, size[1] * 3
    wave = bytes(round(127.5 - 118 * math.cos(math.tau * y / period)) for y in range(height))
    straight = Image.frombytes("L", (1, height), wave).resize((size[0], height))

    def shift(x: float) -> float:
        across = x / size[0] - 0.5
        return size[1] + (bow * (across * 2) ** 2 + slant * across) * size[1]

    step, mesh = 32, []
    for x in range(0, size[0], step):
        a, b = shift(x), shift(x + step)
        mesh.append(((x, 0, x + step, size[1]), (x, a, x, a + size[1], x + step, b + size[1], x + step, b)))
    return straight.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


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


def start(
    sheet: Sheet, face: Face, tint: Ink, cloth: Ink, shoulders: Sequence[Point]
) -> tuple[Engraving, Block, Block]:
    """Ground, clothes, neck and head in flat inks. Returns the engraving, the skin's block and the clothes'."""
    sheet.ink(None, tint)
    sheet.ink(None, "#16222b", tone=sheet.ramp((320, 260), (1000, 900)), alpha=0.38)
    sheet.ink(None, "#fbf3e2", tone=sheet.pool(230, 210, 460), alpha=0.45)
    skin = sheet.block().area(face.outline())
    if face.ears:
        for side in (-1, 1):
            x = 400 + side * (face.cheek + 6) + face.turn * 0.1
            skin.blob(
                [
                    (x - side * 14, face.eyes - 18),
                    (x + side * 10, face.eyes - 26),
                    (x + side * 16, face.eyes + 6),
                    (x + side * 5, face.eyes + 50),
                    (x - side * 12, face.eyes + 58),
                ]
            )
    neck = face.jaw * 0.72
    skin.area(
        smooth(
            [
                (400 - neck, 470),
                (400 - neck * 1.0, 590),
                (400 - neck * 1.5, 660),
                (400, 720),
                (400 + neck * 1.5, 660),
                (400 + neck * 1.02, 590),
                (400 + neck, 470),
            ],
            closed=True,
        )
    )
    clothes = sheet.block().area([*smooth(shoulders), (820, 820), (-20, 820)])
    sheet.ink(skin, face.skin)
    sheet.ink(clothes, cloth)
    engraving = Engraving(sheet, face)
    _model(engraving, face)
    return engraving, skin, clothes


def _model(cut: Engraving, face: Face) -> None:
    """Light from the upper left on a head: where it turns away, and what casts a shadow."""
    cheek, at = face.cheek, face.at
    far = [
        (400 + cheek * 0.34, face.top + 10),
        (400 + cheek * 0.66, face.eyes - 60),
        (400 + cheek * 0.74, face.eyes + 30),
        (400 + cheek * 0.52, face.mouth),
        (400 + cheek * 0.2, face.foot + 4),
        (400 + cheek, face.foot),
        (400 + cheek * 1.3, face.eyes),
        (400 + cheek * 0.9, face.top),
    ]
    cut.shade(far, 118, 34)
    cut.shade(
        [
            (400 - cheek * 1.3, face.top),
            (400 - cheek * 0.86, face.eyes),
            (400 - cheek * 0.72, face.mouth),
            (400 - cheek * 0.3, face.foot + 6),
            (400 - cheek * 1.2, face.foot),
        ],
        46,
        20,
    )
    cut.shade(
        [
            (400 - cheek, face.top - 30),
            (400 + cheek, face.top - 30),
            (400 + cheek * 0.8, face.top + 26),
            (400 - cheek * 0.8, face.top + 22),
        ],
        60,
        24,
    )
    for side in (-1, 1):
        x, y = at(side * face.apart, face.eyes)
        inner = x - side * face.apart * 0.5
        cut.shade(
            [(x - 34, y - 16), (x, y - 24), (x + 34, y - 16), (x + 26, y + 4), (x - 26, y + 4)],
            58 + (20 if side > 0 else 0),
            10,
        )
        cut.shade(
            [(inner - 9, y - 20), (inner + 9, y - 20), (inner + 10, y + 10), (inner - 8, y + 12)],
            64 if side > 0 else 34,
            9,
        )
        cut.shade([(x - 30, y + 17), (x, y + 26), (x + 28, y + 18), (x, y + 32)], 26 + round(40 * face.age), 6)
    tip = at(0, face.nose, 1.5)
    cut.shade(
        [
            at(12, face.eyes - 14, 1.1),
            (tip[0] + 6, face.nose - 44),
            (tip[0] + 8, face.nose - 12),
            (tip[0] + face.wide_nose + 8, face.nose + 4),
            (tip[0] + face.wide_nose, face.nose - 22),
            at(26, face.eyes),
        ],
        96,
        8,
    )
    cut.shade(
        [
            (tip[0] - face.wide_nose, face.nose + 4),
            (tip[0] + face.wide_nose + 6, face.nose + 2),
            (tip[0] + face.wide_nose * 0.8, face.nose + 20),
            (tip[0] - 10, face.nose + 14),
        ],
        104,
        7,
    )
    cut.shade(
        [
            at(-8, face.eyes - 10, 1.2),
            at(2, face.eyes, 1.2),
            (tip[0] - 2, face.nose - 16),
            (tip[0] - 14, face.nose - 18),
        ],
        -60,
        6,
    )
    mouth = at(0, face.mouth, 1.2)
    wide = face.wide_mouth
    cut.shade(
        [
            (mouth[0] - wide * 0.7, face.mouth + 20),
            (mouth[0] + wide * 0.7, face.mouth + 20),
            (mouth[0] + wide * 0.4, face.mouth + 32),
            (mouth[0] - wide * 0.4, face.mouth + 32),
        ],
        74,
        8,
    )
    cut.shade(
        [
            (mouth[0] + wide * 0.9, face.mouth - 20),
            (mouth[0] + wide * 1.3, face.mouth),
            (mouth[0] + wide * 0.9, face.mouth + 26),
        ],
        50,
        9,
    )
    cut.shade(
        [
            (400 - face.jaw * 0.9, face.mouth + 40),
            (400 + face.turn * 0.5, face.foot + 2),
            (400 + face.jaw, face.mouth + 20),
            (400 + face.jaw * 1.05, 640),
            (400, 648),
            (400 - face.jaw * 0.7, 600),
        ],
        140,
        12,
    )
    cut.shade(
        [
            (400 - face.jaw * 0.8, face.mouth + 20),
            (400 - face.chin, face.foot - 26),
            (400 + face.turn * 0.5, face.foot - 6),
            (400 + face.chin, face.foot - 22),
            (400 + face.chin * 0.4, face.foot - 50),
            (400 - face.chin * 0.7, face.foot - 50),
        ],
        -70,
        9,
    )
    for side in (-1, 1):
        x, y = at(side * (face.wide_nose + 16), face.nose + 8, 1.3)
        fold = [(x - 3, y - 16), (x + 5, y - 14), (x + side * 14 + 5, y + 34), (x + side * 12 - 4, y + 36)]
        cut.shade(fold, round(30 + 80 * face.age), 6)


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
    contour.brush(outline[14:third], 6.5).brush(outline[third:-14], 4)
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
    shaded.shade([(430, 640), (820, 560), (820, 820), (470, 820)], 120, 60)
    shaded.shade([(300, 600), (500, 600), (560, 700), (400, 760), (260, 700)], 90, 40)
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
