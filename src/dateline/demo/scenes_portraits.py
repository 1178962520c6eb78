"""The people of the newsroom, engraved: one light, one ink for the lines, a tint behind each head."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dateline.demo.scenes import FINE, Block, Ink, Point, Sheet, smooth, trace

INK = "#16222b"
SHOULDERS: list[Point] = trace("-30,800 10,726 92,674 206,640 290,606 336,566 464,566 510,606 594,640 708,674 790,726" " 830,800")  # fmt: skip
OPEN: list[Point] = trace("330,560 470,560 462,610 402,706 338,610")
SCOOP: list[Point] = smooth(trace("318,560 312,620 340,690 400,722 460,690 488,620 482,560"))
PAPER = "#f3ead9"
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


def start(
    sheet: Sheet, face: Face, tint: Ink, cloth: Ink, *, neckline: Sequence[Point] = ()
) -> tuple[Engraving, Block, Block]:
    """Ground, clothes, neck and head in flat inks. Returns the engraving, the skin's block and the clothes'.

    The clothes close at the neck unless a `neckline` is cut out of them.
    """
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
    clothes = sheet.block().area([*smooth(SHOULDERS), (820, 820), (-20, 820)])
    if neckline:
        clothes.area(neckline, cut=True)
    head = sheet.block().area(face.outline())
    clothes.without(head)
    skin.without(clothes)
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
