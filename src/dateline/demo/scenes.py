"""The printing table: sheets, carved blocks and inks, from which every picture of the demo newsroom is pulled.

A picture is printed as a block print is: flat shapes, one ink over another, each a little uneven where the ink met
the paper. Tones are made of grain rather than of smooth gradients. Everything random comes from a generator seeded with
the picture's name, so that a picture is the same wherever and whenever it is drawn.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Ink = str
Box = tuple[int, int, int, int]
# How thick the ink lies on a part of the sheet: 255 full, 0 none.
Tone = Callable[[Box], Image.Image]

LANDSCAPE = (1620, 1080)
PORTRAIT = (1080, 1350)
HEAD = (800, 800)

# Blocks are carved this many times finer than the sheet and reduced, which is what smooths their edges.
FINE = 2


class Block:
    """A carved block: what is drawn prints, what is cut does not. Coordinates are the sheet's.

    It covers the whole sheet or, to be quick about small things, only the part of it given as left, top, right, bottom.
    """

    def __init__(self, part: Box) -> None:
        self._part = part
        self._plate = Image.new("L", ((part[2] - part[0]) * FINE, (part[3] - part[1]) * FINE), 0)
        self._draw = ImageDraw.Draw(self._plate)

    def _at(self, x: float, y: float) -> Point:
        return (x - self._part[0]) * FINE, (y - self._part[1]) * FINE

    def area(self, points: Iterable[Point], *, cut: bool = False) -> Block:
        """A filled polygon."""
        self._draw.polygon([self._at(x, y) for x, y in points], fill=0 if cut else 255)
        return self

    def blob(self, points: Sequence[Point], *, cut: bool = False) -> Block:
        """A filled shape with a smooth outline through the points."""
        return self.area(smooth(points, closed=True), cut=cut)

    def box(self, left: float, top: float, right: float, bottom: float, *, cut: bool = False) -> Block:
        """A filled rectangle; nothing when it has no extent."""
        if right > left and bottom > top:
            (x0, y0), (x1, y1) = self._at(left, top), self._at(right, bottom)
            self._draw.rectangle((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), fill=0 if cut else 255)
        return self

    def oval(self, x: float, y: float, rx: float, ry: float | None = None, *, cut: bool = False) -> Block:
        """A filled ellipse round (x, y); a circle when `ry` is left out."""
        ry = rx if ry is None else ry
        self._draw.ellipse((*self._at(x - rx, y - ry), *self._at(x + rx, y + ry)), fill=0 if cut else 255)
        return self

    def line(self, points: Sequence[Point], width: float, *, cut: bool = False) -> Block:
        """A stroke of even width with round joints and ends."""
        fill = 0 if cut else 255
        scaled = [self._at(x, y) for x, y in points]
        self._draw.line(scaled, fill=fill, width=max(1, round(width * FINE)), joint="curve")
        if width > 2:
            radius = width * FINE / 2
            for x, y in (scaled[0], scaled[-1]):
                self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
        return self

    def brush(
        self, points: Sequence[Point], width: float, *, tip: float = 0.0, root: float = 0.0, cut: bool = False
    ) -> Block:
        """A stroke that swells to `width` half way and narrows to `root` and `tip` of it at its ends."""
        left, right = [], []
        last = len(points) - 1
        for index, (x, y) in enumerate(points):
            x0, y0 = points[max(0, index - 1)]
            x1, y1 = points[min(last, index + 1)]
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            along = index / last
            ends = root + (tip - root) * along
            half = width / 2 * (ends + (1 - ends) * math.sin(math.pi * along))
            nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        return self.area(left + right[::-1], cut=cut)

    def within(self, other: Block) -> Block:
        """Keep only what the other block prints too."""
        self._plate.paste(ImageChops.darker(self._plate, other._seen_from(self._part)))
        return self

    def without(self, other: Block) -> Block:
        """Cut away what the other block prints."""
        self._plate.paste(ImageChops.subtract(self._plate, other._seen_from(self._part)))
        return self

    def engrave(self, shade: Image.Image, screen: Image.Image) -> Block:
        """Cut lines whose width follows a shade: where `screen`, bright between the lines, is darker than `shade`.

        Both are as large as the block's plate, `FINE` times the sheet.
        """
        self._plate.paste(ImageChops.subtract(shade, screen, 0.16, 128))
        return self

    def _seen_from(self, part: Box) -> Image.Image:
        """This block's plate over another part of the sheet, nothing where it does not reach."""
        if part == self._part:
            return self._plate
        left, top = (part[0] - self._part[0]) * FINE, (part[1] - self._part[1]) * FINE
        return self._plate.crop((left, top, left + (part[2] - part[0]) * FINE, top + (part[3] - part[1]) * FINE))

    def crop(self, size: tuple[int, int]) -> tuple[Box, Image.Image] | None:
        """Which part of a sheet of that size the block prints on, and the block there; None when it prints nothing."""
        found = self._plate.getbbox()
        if found is None:
            return None
        box = (
            max(0, self._part[0] + found[0] // FINE - 3),
            max(0, self._part[1] + found[1] // FINE - 3),
            min(size[0], self._part[0] + found[2] // FINE + 4),
            min(size[1], self._part[1] + found[3] // FINE + 4),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return None
        return box, self._seen_from(box).reduce(FINE)


class Sheet:
    """A sheet of paper being printed on."""

    def __init__(self, name: str, size: tuple[int, int] = LANDSCAPE, *, paper: Ink = "#f3ead9") -> None:
        self.width, self.height = size
        self.random = random.Random(f"dateline/{name}")  # noqa: S311 - drawing, not secrets
        self.image = Image.new("RGB", size, paper)
        self._pulls = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    def block(self, near: tuple[float, float, float] | None = None) -> Block:
        """A new block, nothing on it yet; `near` an x, a y and a reach from there, as large as that square only."""
        if near is None:
            return Block((0, 0, self.width, self.height))
        x, y, reach = near
        return Block((round(x - reach), round(y - reach), round(x + reach) + 1, round(y + reach) + 1))

    def ink(
        self,
        block: Block | None,
        colour: Ink,
        *,
        alpha: float = 1.0,
        tone: Tone | None = None,
        crisp: bool = False,
        grainy: float = 1.0,
    ) -> None:
        """Print a block (the whole sheet without one) in one ink.

        `tone` says where the ink lies thick and where thin; it prints as grain, or nearly smooth with a low `grainy`.
        `crisp` keeps fine lines from being worn away at their edges.
        """
        self._pulls += 1
        box: Box = (0, 0, self.width, self.height)
        if block is None:
            mask = Image.new("L", self.size, 255)
        else:
            found = block.crop(self.size)
            if found is None:
                return
            box, mask = found
        if block and not crisp:
            soft = mask.filter(ImageFilter.BoxBlur(1))
            mask = ImageChops.subtract(soft, self._part(edges(self.size), box), 0.42, 128)
        if tone is not None:
            laid = tone(box)
            rough = ImageChops.subtract(laid, self._part(grain(self.size), box), 0.62, 128)
            # Where there is no ink there is none in the grain either, and where it is full no paper shows.
            rough = ImageChops.darker(rough, laid.point(_RISE))
            mask = ImageChops.multiply(mask, Image.blend(laid, rough, 0.45 * grainy))
        mask = ImageChops.multiply(mask, self._part(tooth(self.size), box))
        if alpha < 1:
            mask = mask.point([round(value * alpha) for value in range(256)])
        self.image.paste(colour, box, mask)

    def ramp(self, start: Point, end: Point, *, low: int = 0, high: int = 255, bend: float = 1.0) -> Tone:
        """A tone from `low` at `start` to `high` at `end`, even beyond both; `bend` over 1 keeps it low longer."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        scale = 256 / (dx * dx + dy * dy)
        curve = [round(low + (high - low) * (value / 255) ** bend) for value in range(256)]

        def lay(box: Box) -> Image.Image:
            offset = 256 * 8 + ((box[0] - start[0]) * dx + (box[1] - start[1]) * dy) * scale
            size = (box[2] - box[0], box[3] - box[1])
            matrix = (0, 0, 2, dx * scale, dy * scale, offset)
            return _slope().transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR).point(curve)

        return lay

    def pool(self, x: float, y: float, rx: float, ry: float | None = None, *, bend: float = 1.0) -> Tone:
        """A tone that is full at (x, y) and fades to nothing on the ellipse round it."""
        ry = rx if ry is None else ry
        curve = [round(255 * (value / 255) ** bend) for value in range(256)]

        def lay(box: Box) -> Image.Image:
            size = (box[2] - box[0], box[3] - box[1])
            matrix = (128 / rx, 0, 128 + (box[0] - x) * 128 / rx, 0, 128 / ry, 128 + (box[1] - y) * 128 / ry)
            return _disc().transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR).point(curve)

        return lay

    def finish(self) -> Image.Image:
        """The print, with the paper's own texture showing through every ink."""
        fibre = paper_fibre(self.size)
        return ImageChops.multiply(self.image, Image.merge("RGB", (fibre, fibre, fibre)))

    def _part(self, texture: Image.Image, box: Box) -> Image.Image:
        # Each pull meets the paper differently; without this the same specks would show through every ink.
        x, y = self._pulls * 211 % self.width, self._pulls * 137 % self.height
        return texture.crop((box[0] + x, box[1] + y, box[2] + x, box[3] + y))


# Keeps grain out of the thinnest tone.
_RISE = [min(255, value * 6) for value in range(256)]


@lru_cache(maxsize=4)
def grain(size: tuple[int, int]) -> Image.Image:
    """Even noise a little over a pixel across, most of it between 40 and 215. Twice the sheet each way, as all are."""
    fine = _noise((round(size[0] / 1.45), round(size[1] / 1.45)), "grain").resize(size, Image.Resampling.BICUBIC)
    return _doubled(fine.point([min(236, max(20, round(128 + (value - 128) * 1.2))) for value in range(256)]))


@lru_cache(maxsize=4)
def edges(size: tuple[int, int]) -> Image.Image:
    """Soft noise about the middle grey: where an edge is worn and where it is full."""
    coarse = _noise((size[0] // 3, size[1] // 3), "edges").resize(size, Image.Resampling.BICUBIC)
    return _doubled(coarse.point([round(128 + (value - 128) * 0.42) for value in range(256)]))


@lru_cache(maxsize=4)
def tooth(size: tuple[int, int]) -> Image.Image:
    """Where ink does not quite reach the paper: few specks, and an unevenness one sees only on large areas."""
    fine = grain(size).crop((0, 0, *size))
    specks = fine.point([255 if value < 210 else 255 - (value - 210) * 3 for value in range(256)])
    cloth = Image.blend(
        _noise((size[0] // 90, size[1] // 90), "cloth").resize(size, Image.Resampling.BICUBIC),
        _noise((size[0] // 14, size[1] // 14), "weave").resize(size, Image.Resampling.BICUBIC),
        0.4,
    ).point([min(255, 240 + value // 12) for value in range(256)])
    return _doubled(ImageChops.multiply(specks, cloth))


@lru_cache(maxsize=4)
def paper_fibre(size: tuple[int, int]) -> Image.Image:
    """Nearly white: short fibres lying across the sheet."""
    across = _noise((size[0] // 6, size[1] // 2), "fibre").resize(size, Image.Resampling.BICUBIC)
    return across.point([round(243 + value * 12 / 255) for value in range(256)])


def _doubled(texture: Image.Image) -> Image.Image:
    """The texture laid out two by two, so that any part of a sheet can be cut from it at any offset."""
    width, height = texture.size
    laid = Image.new("L", (width * 2, height * 2))
    for corner in ((0, 0), (width, 0), (0, height), (width, height)):
        laid.paste(texture, corner)
    return laid


@lru_cache(maxsize=1)
def _slope() -> Image.Image:
    """Eight lengths of black, one from black to white, eight of white, top to bottom."""
    slope = Image.new("L", (4, 256 * 17), 255)
    slope.paste(0, (0, 0, 4, 256 * 8))
    slope.paste(Image.linear_gradient("L").resize((4, 256)), (0, 256 * 8))
    return slope


@lru_cache(maxsize=1)
def _disc() -> Image.Image:
    """White in the middle, black from the rim of the inscribed circle on."""
    # Pillow's gradient reaches white in the corners, so it is 180 on the inscribed circle.
    return Image.radial_gradient("L").point([max(0, round(255 - value * 255 / 180)) for value in range(256)])


def _noise(size: tuple[int, int], seed: str) -> Image.Image:
    width, height = max(2, size[0]), max(2, size[1])
    source = random.Random(f"dateline/{seed}/{width}x{height}")  # noqa: S311 - drawing, not secrets
    return Image.frombytes("L", (width, height), source.randbytes(width * height))


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """A curve through all the points (Catmull-Rom)."""
    count = len(points)
    spans = count if closed else count - 1
    out: list[Point] = []

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    for span in range(spans):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(span - 1), at(span), at(span + 1), at(span + 2)
        for step in range(steps):
            t = step / steps
            a, b, c, d = (
                (-t + 2 * t * t - t**3),
                (2 - 5 * t * t + 3 * t**3),
                (t + 4 * t * t - 3 * t**3),
                (-t * t + t**3),
            )
            out.append(((a * x0 + b * x1 + c * x2 + d * x3) / 2, (a * y0 + b * y1 + c * y2 + d * y3) / 2))
    if not closed:
        out.append(points[-1])
    return out


def trace(points: str) -> list[Point]:
    """Points written as SVG writes them: `10,20 30,40`."""
    return [(float(x), float(y)) for x, _, y in (point.partition(",") for point in points.split())]


def ridge(
    rng: random.Random, start: Point, end: Point, height: float, *, rough: float = 0.55, depth: int = 7
) -> list[Point]:
    """A broken line from start to end, each half of it displaced, as a skyline of hills is."""
    heights = [start[1], end[1]]
    reach = height
    for _ in range(depth):
        wider = [heights[0]]
        for left, right in zip(heights, heights[1:], strict=False):
            wider += [(left + right) / 2 + rng.uniform(-reach, reach), right]
        heights = wider
        reach *= rough
    step = (end[0] - start[0]) / (len(heights) - 1)
    return [(start[0] + index * step, height) for index, height in enumerate(heights)]


def down_to(points: Sequence[Point], bottom: float) -> list[Point]:
    """The area under a line, closed at `bottom`."""
    return [*points, (points[-1][0], bottom), (points[0][0], bottom)]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> list[Point]:
    """Points along an ellipse from one angle to another, in degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def between(a: Point, b: Point, share: float) -> Point:
    """The point that lies `share` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


Draw = Callable[[Sheet], None]
SCENES: dict[str, tuple[tuple[int, int], Ink, Draw]] = {}


def scene(name: str, *, size: tuple[int, int] = LANDSCAPE, paper: Ink = "#f3ead9") -> Callable[[Draw], Draw]:
    """Enter a drawing under its name, with the size and colour of the paper it wants."""

    def enter(draw: Draw) -> Draw:
        SCENES[name] = (size, paper, draw)
        return draw

    return enter


def pull(name: str) -> Image.Image:
    """Draw one picture; KeyError for a name that is none of ours."""
    size, paper, draw = SCENES[name]
    sheet = Sheet(name, size, paper=paper)
    draw(sheet)
    return sheet.finish()
