"""The newsroom's logo: a picture, or an SVG that can do nothing but draw."""

import hashlib
import io
import re
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lxml import etree
from PIL import Image

from dateline.wire.imagefiles import MediaError, check_media_path, inspect_image

#: The largest SVG, in bytes; it is on every page.
LARGEST_SVG = 256 * 1024
#: Three times the size that mastheads show a logo in.
MOST_WIDE, MOST_HIGH = 480, 96

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "style",
    "marker",
})  # fmt: skip
#: Namespaces in which drawing programs keep notes of their own.
_NOTES = frozenset({"metadata", "namedview", "RDF"})
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_REACHES_OUT = re.compile(r"@import|expression|javascript:|url\(\s*[\"']?(?!#)|\\", re.IGNORECASE)


def take_logo(root: Path, href: str, *, keep_files: bool = True) -> tuple[str, list[str]]:
    """Put the logo of a newsroom folder into the media folder.

    Returns its path there, made from its content so that the same logo keeps its name, and what was left out of it.

    Raises:
        MediaError: the path leaves the folder, or the file is neither a picture nor an SVG that can be read.
    """
    file = check_media_path(root, href)
    left_out: list[str] = []
    if file.suffix.lower() == ".svg":
        data, left_out = clean_svg(file)
        ending = ".svg"
    else:
        data, ending = small_picture(file)
    name = f"images/logo-{hashlib.sha256(data).hexdigest()[:12]}{ending}"
    if keep_files and not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return name, left_out


def clean_svg(file: Path) -> tuple[bytes, list[str]]:
    """The drawing without anything that acts or reaches out, and what that was.

    Raises:
        MediaError: it is too large, no SVG, or has no size of its own.
    """
    if file.stat().st_size > LARGEST_SVG:
        raise MediaError(f"{file.name!r}: an SVG of more than {LARGEST_SVG // 1024} KiB; simplify it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        drawing = etree.fromstring(file.read_bytes(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MediaError(f"{file.name!r}: no SVG that can be read ({error})") from error
    if drawing.tag != f"{_SVG}svg":
        raise MediaError(f"{file.name!r}: no SVG; its first element is {drawing.tag!r}")
    if not drawing.get("viewBox") and not (drawing.get("width") and drawing.get("height")):
        raise MediaError(f"{file.name!r}: the SVG has neither a viewBox nor a width and a height")
    left_out: dict[str, None] = {}
    _clean(drawing, left_out)
    etree.cleanup_namespaces(drawing)
    return bytes(etree.tostring(drawing, encoding="utf-8")), list(left_out)


def _clean(element: etree._Element, left_out: dict[str, None]) -> None:
    for name, value in element.attrib.items():
        plain = str(name).rpartition("}")[2].lower()
        outside = name in _HREF and not str(value).startswith("#")
        if plain.startswith("on") or plain == "base" or outside or _reaches_out(str(value)):
            left_out[f"the attribute {plain}"] = None
            del element.attrib[name]
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        plain = tag.removeprefix(_SVG)
        if plain not in _ELEMENTS or (plain == "style" and _reaches_out("".join(child.itertext()))):
            if tag.rpartition("}")[2] not in _NOTES:
                left_out[f"<{plain}>" if plain else "an entity"] = None
            _drop(element, child)
        else:
            _clean(child, left_out)


def _drop(parent: etree._Element, child: etree._Element) -> None:
    child.tail = None
    parent.remove(child)


def _reaches_out(text: str) -> bool:
    return _REACHES_OUT.search(text) is not None


def small_picture(file: Path) -> tuple[bytes, str]:
    """The picture as it is if it is small, else no larger than a masthead shows it on the finest screens."""
    facts = inspect_image(file)
    if facts.width <= MOST_WIDE and facts.height <= MOST_HIGH:
        return file.read_bytes(), f".{facts.format.lower()}"
    with Image.open(file) as image:
        image.load()
        small = image.convert("RGBA")
        small.thumbnail((MOST_WIDE, MOST_HIGH), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", lossless=True)
    return out.getvalue(), ".webp"
