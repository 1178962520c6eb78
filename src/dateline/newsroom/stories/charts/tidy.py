"""Vega's SVG as a page may hold it: shapes and words with the theme's classes, and nothing else.

It is written anew, element by element: an element, a colour or a transform that is not known here is an error, so that
no script, style, link or identity can come along.
"""

import re
from html import escape
from itertools import pairwise

from lxml import etree

from dateline.newsroom.stories.charts.canvas import CLASSES, stand_in

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_TRANSLATE = re.compile(r"translate\((-?[\d.e-]+)[ ,](-?[\d.e-]+)\)")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz\d\s,.e-]*")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?")
_LINE = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+Z?)+")
_NAMES = {stand_in(name): name for name in CLASSES}
_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
_TURNED = {"start": "end", "middle": "middle", "end": "start"}


class TidyError(ValueError):
    """The drawing holds something that a page should not."""


def tidy(svg: str, *, mirrored: bool) -> str:
    """The inside of the drawing's `<svg>`. In one that is turned round, words start at the right: there the start of a
    line of text is its right end.

    Raises:
        TidyError: it holds what is not known here.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise TidyError(str(error)) from error
    if root.tag != f"{_SVG}svg":
        raise TidyError("it is no drawing")
    found: list[tuple[str, str]] = []
    for child in root:
        _walk(child, (0.0, 0.0), found, mirrored=mirrored)
    return "".join(_joined(found))


def _walk(node: etree._Element, shift: tuple[float, float], found: list[tuple[str, str]], *, mirrored: bool) -> None:
    tag = str(node.tag).removeprefix(_SVG)
    if node.get("display") == "none" or (tag == "path" and node.get("class") in ("background", "foreground")):
        return
    shift = _shifted(shift, node.get("transform"))
    if tag == "g":
        for child in node:
            _walk(child, shift, found, mirrored=mirrored)
    elif tag == "path":
        _shape(node, _path(node.get("d") or "", shift), found)
    elif tag == "line":
        x, y = shift[0] + float(node.get("x2", 0)), shift[1] + float(node.get("y2", 0))
        _shape(node, f"M{_brief(shift[0])} {_brief(shift[1])}L{_brief(x)} {_brief(y)}", found)
    elif tag == "text" and not len(node):
        anchor = node.get("text-anchor", "start")
        anchor = _ANCHORS[_TURNED[anchor] if mirrored else anchor]
        place = f'x="{_brief(shift[0])}" y="{_brief(shift[1])}"{anchor}'
        found.append(("", f'<text class="{_named(node.get("fill"))}" {place}>{escape(node.text or "")}</text>'))
    else:
        raise TidyError(f"<{tag}> is not known")


def _shape(node: etree._Element, path: str, found: list[tuple[str, str]]) -> None:
    stroke, fill = node.get("stroke", "none"), node.get("fill", "none")
    drawn = [(kind, colour) for kind, colour in (("stroke", stroke), ("fill", fill)) if colour not in ("none", None)]
    if not path or not drawn:
        return
    if len(drawn) > 1:
        raise TidyError("a shape has two colours")
    kind, colour = drawn[0]
    name = _named(colour)
    found.append((f"{name} line" if kind == "stroke" and name.startswith("c") else name, path))


def _joined(found: list[tuple[str, str]]) -> list[str]:
    """Shapes of one class that follow each other are one path."""
    written: list[str] = []
    last = ""
    for name, what in found:
        if not name:
            written.append(what)
        elif name == last:
            written[-1] = written[-1].removesuffix('"/>') + what + '"/>'
        else:
            written.append(f'<path class="{name}" d="{what}"/>')
        last = name
    return written


def _named(colour: str | None) -> str:
    try:
        return _NAMES[colour or ""]
    except KeyError:
        raise TidyError(f"the colour {colour} is not known") from None


def _shifted(shift: tuple[float, float], transform: str | None) -> tuple[float, float]:
    if not transform:
        return shift
    match = _TRANSLATE.fullmatch(transform)
    if not match:
        raise TidyError(f"the transform {transform} is not known")
    return shift[0] + float(match[1]), shift[1] + float(match[2])


def _path(path: str, shift: tuple[float, float]) -> str:
    if not _PATH.fullmatch(path):
        raise TidyError("a path holds something else")
    if circle := _CIRCLE.fullmatch(path):
        # From its start by relative arcs: rounded ends would make it an egg.
        radius = round(float(circle[1]), 1)
        across, arc = _brief(2 * radius), f"a{_brief(radius)} {_brief(radius)} 0 1 1 "
        return f"M{_brief(shift[0] + radius)} {_brief(shift[1])}{arc}-{across} 0{arc}{across} 0"
    return _moved(path, shift)


#: Commands of absolute coordinates, and which axis each of their numbers is on: 0 across, 1 down, 2 neither.
_AXES = {"M": "01", "L": "01", "H": "0", "V": "1", "C": "010101", "S": "0101", "Q": "0101", "T": "01", "A": "2222201"}


def _moved(path: str, shift: tuple[float, float]) -> str:
    """The path with its absolute coordinates shifted and every number short."""
    if _LINE.fullmatch(path):
        return _line(path, shift)
    written: list[str] = []
    for command, rest in re.findall(
        r"([A-Za-z])([^A-Za-z]*)", re.sub(r"(?<=\d)e(?=-?\d)", "E", path).replace("E", "e")
    ):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        axes = _AXES.get(command, "2" * len(numbers))
        moved = [
            number + (shift[int(axes[at % len(axes)])] if axes[at % len(axes)] != "2" else 0)
            for at, number in enumerate(numbers)
        ]
        written.append(command + " ".join(map(_brief, moved)))
    return "".join(written)


def _line(path: str, shift: tuple[float, float]) -> str:
    """A broken line, each point counted from the one before in tenths of a unit: half as long as it was."""
    written: list[str] = []
    for run in path.split("M")[1:]:
        points = [
            (round((float(x) + shift[0]) * 10), round((float(y) + shift[1]) * 10))
            for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", run)
        ]
        steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(points)]
        start, *others = (f"{_brief(x / 10)} {_brief(y / 10)}" for x, y in [points[0], *steps])
        lines = f"l{' '.join(others)}".replace(" -", "-") if others else ""
        written.append(f"M{start}{lines}{'Z' if run.endswith('Z') else ''}")
    return "".join(written)


def _brief(number: float) -> str:
    """A number to a tenth of a unit, in as few letters as it takes."""
    text = f"{number:.1f}".removesuffix(".0")
    text = f"-{text[2:]}" if text.startswith("-0.") else text[1:] if text.startswith("0.") else text
    return "0" if text in ("-0", "") else text
