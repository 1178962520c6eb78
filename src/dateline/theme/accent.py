"""The newsroom's accent colour, corrected until it can be read.

Contrast is WCAG 2.2's ratio of relative luminances. A correction moves the lightness alone, in Oklab, so that the hue
stays the newsroom's: a yellow becomes a dark yellow on paper, not a brown chosen by somebody else.
"""

import re
from typing import NamedTuple

PAPER = "#fbf9f4"
NIGHT = "#16130f"
ENOUGH = 7.0

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_Triple = tuple[float, float, float]


class Accent(NamedTuple):
    """One colour as two: `paper` reads on the light ground, `night` on the dark one. Both are `#rrggbb`."""

    paper: str
    night: str


def accent_pair(colour: str) -> Accent:
    """The accent at 7:1 or more on paper and on night. Raises ValueError for anything that is not `#rrggbb`."""
    if not isinstance(colour, str) or not _HEX.fullmatch(colour):
        raise ValueError(f"accent must be a colour of the form #rrggbb, such as #0b4f5c; got {colour!r}")
    return Accent(_corrected(colour.lower(), PAPER, 0.0), _corrected(colour.lower(), NIGHT, 1.0))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _corrected(colour: str, ground: str, towards: float) -> str:
    """The colour itself if it reads on the ground, else the nearest of its hue that does."""
    if contrast(colour, ground) >= ENOUGH:
        return colour
    lightness, a, b = _to_oklab(_channels(colour))
    unread, read = lightness, towards
    for _ in range(24):
        middle = (unread + read) / 2
        if contrast(_shown(middle, a, b), ground) >= ENOUGH:
            read = middle
        else:
            unread = middle
    return _shown(read, a, b)


def _shown(lightness: float, a: float, b: float) -> str:
    """The most colourful `#rrggbb` of this lightness and hue that a screen can show."""
    keep, low, high = 1.0, 0.0, 1.0
    if not _inside(_from_oklab((lightness, a, b))):
        for _ in range(16):
            keep = (low + high) / 2
            if _inside(_from_oklab((lightness, a * keep, b * keep))):
                low = keep
            else:
                high = keep
        keep = low
    linear = _from_oklab((lightness, a * keep, b * keep))
    return "#" + "".join(f"{round(255 * _encoded(min(max(part, 0.0), 1.0))):02x}" for part in linear)


def _channels(colour: str) -> _Triple:
    red, green, blue = (_decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _inside(linear: _Triple) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in linear)


# Ottosson's Oklab, https://bottosson.github.io/posts/oklab/: the matrices are its definition.


def _to_oklab(linear: _Triple) -> _Triple:
    red, green, blue = linear
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: _Triple) -> _Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
