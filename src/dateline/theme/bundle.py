"""The theme's own files: a style sheet, a script and an icon, joined from their parts and named by what they hold.

The name is a digest of the content, so that a page printed last year finds the file it was printed with, and a browser
may keep each for ever. There is no build step: joining and trimming are a few lines here.
"""

import gzip
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import brotli
from PIL import Image, ImageDraw

from dateline.theme.accent import accent_pair

ADDRESS = "/static/site/"
DEFAULT_ACCENT = "#0b4f5c"

_STATIC = Path(__file__).resolve().parent / "static" / "theme"
_STYLE = ("tokens.css", "base.css", "components/*.css", "pages.css", "print.css")
_STRING_OR_COMMENT = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|/\*.*?\*/""", re.DOTALL)
#: Page scripts that use what others define: those come first in the same file.
_STANDS_ON = {"tracker": ("whatif",)}
_MODULE_WORD = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One file as readers fetch it: `name` is its digest and suffix, `body` its bytes, `url` its path on the site."""

    name: str
    body: bytes

    @property
    def url(self) -> str:
        return ADDRESS + self.name


@cache
def css_bundle(accent: str = "") -> Bundle:
    """The style sheet, in the newsroom's accent (`#rrggbb`, corrected for contrast; "" for the theme's own)."""
    parts = [
        trimmed_css(file.read_text("utf-8")) for pattern in _STYLE for file in sorted((_STATIC / "css").glob(pattern))
    ]
    if accent:
        pair = accent_pair(accent)
        parts.append(f"@layer tokens{{:root{{--accent-on-paper:{pair.paper};--accent-on-night:{pair.night}}}}}")
    return _named("".join(parts), ".css")


@cache
def js_bundle() -> Bundle:
    """The islands as one module. Each stands in a block of its own, so that their names cannot meet."""
    parts = []
    for file in sorted((_STATIC / "islands").glob("*.island.js")):
        text = file.read_text("utf-8")
        if _MODULE_WORD.search(text):
            raise ValueError(f"{file.name} imports or exports: an island is joined with the others and stands alone")
        parts.append("{\n" + trimmed_js(text) + "}\n")
    return _named("".join(parts), ".js")


@cache
def page_script(name: str) -> Bundle:
    """A script of those pages alone that ask for it: more than every page should carry. It runs after the islands."""
    files = (_STATIC / "pages" / f"{part}.js" for part in (*_STANDS_ON.get(name, ()), name))
    return _named("".join(trimmed_js(file.read_text("utf-8")) for file in files), ".js")


@cache
def page_style(name: str) -> Bundle:
    """A style sheet of those pages alone that ask for it, beside the one that all pages share."""
    return _named(trimmed_css((_STATIC / "css" / "pages" / f"{name}.css").read_text("utf-8")), ".css")


@cache
def vendor_drawing(name: str) -> Bundle | None:
    """A drawing made of others' data when this package was built; None where that was left out."""
    file = _STATIC / "vendor" / f"{name}.svg"
    return _named(file.read_text("utf-8"), ".svg") if file.exists() else None


@cache
def vendor_script(name: str) -> Bundle | None:
    """A script of others, taken from its package when this one was built; None where that was left out."""
    file = _STATIC / "vendor" / f"{name}.js"
    return _named(file.read_text("utf-8"), ".js") if file.exists() else None


def page_files() -> list[Bundle]:
    """What some pages have beyond the files of all."""
    own = [page_script(file.stem) for file in sorted((_STATIC / "pages").glob("*.js"))]
    own += [page_style(file.stem) for file in sorted((_STATIC / "css" / "pages").glob("*.css"))]
    others = [vendor_script(file.stem) for file in sorted((_STATIC / "vendor").glob("*.js"))]
    others += [vendor_drawing(file.stem) for file in sorted((_STATIC / "vendor").glob("*.svg"))]
    return [*own, *(found for found in others if found)]


@cache
def icon_bundle(accent: str = "") -> Bundle:
    """The icon of the browser's tab: the dash of a dateline on the newsroom's accent."""
    fill = accent_pair(accent or DEFAULT_ACCENT).paper
    return _named(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<path fill="{fill}" d="M0 0h32v32H0z"/><path fill="#fbf9f4" d="M5 14h22v4.5H5z"/></svg>',
        ".svg",
    )


#: Pixels of a podcast's cover, as Apple asks for it: square, from 1400 to 3000, no transparency.
COVER = 1400


@cache
def cover_bundle(accent: str = "") -> Bundle:
    """The podcasts' cover: the icon's drawing, as PNG."""
    image = Image.new("RGB", (COVER, COVER), accent_pair(accent or DEFAULT_ACCENT).paper)
    unit = COVER / 32
    dash = tuple(round(unit * at) for at in (5, 13.75, 27, 18.25))
    ImageDraw.Draw(image).rectangle(dash, fill="#fbf9f4")
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    body = written.getvalue()
    return Bundle(hashlib.sha256(body).hexdigest()[:16] + ".png", body)


def write_bundles(static_root: Path, *, accent: str = "") -> tuple[Bundle, ...]:
    """Writes style sheet, scripts and icon into `static_root/site/`, each with its `.br` and `.gz`, and returns them.

    A file is renamed into place whole, its compressed forms before it. Files of earlier themes stay: pages that were
    printed with them still ask for them.
    """
    folder = static_root / "site"
    folder.mkdir(parents=True, exist_ok=True)
    bundles = (css_bundle(accent), js_bundle(), icon_bundle(accent), cover_bundle(accent), *page_files())
    for bundle in bundles:
        target = folder / bundle.name
        if target.exists():
            continue
        _place(folder / (bundle.name + ".br"), brotli.compress(bundle.body, quality=11))
        _place(folder / (bundle.name + ".gz"), gzip.compress(bundle.body, 9, mtime=0))
        _place(target, bundle.body)
    return bundles


def trimmed_css(text: str) -> str:
    """A style sheet without comments and without the white space that says nothing; strings are kept as they are."""
    pieces = _STRING_OR_COMMENT.split(text)
    return "".join(_kept_pieces(pieces)).strip()


def trimmed_js(text: str) -> str:
    """A script without indentation, empty lines and lines that are only a comment: safe where no string spans lines."""
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if line and not line.startswith(("//", "/*", "*")))
    return "".join(line + "\n" for line in kept)


def _kept_pieces(pieces: Iterable[str | None]) -> Iterable[str]:
    # `re.split` with one group: code and strings take turns, and a comment leaves None where a string would stand.
    for at, piece in enumerate(pieces):
        if piece is None:
            yield " " if at else ""
        elif at % 2:
            yield piece
        else:
            yield _squeezed(piece)


def _squeezed(code: str) -> str:
    code = re.sub(r"\s+", " ", code)
    # A space before a colon or a bracket can be a descendant selector or part of `and (…)`, so those stay.
    code = re.sub(r" ?([{};,]) ?", r"\1", code)
    code = re.sub(r"(?<=[\w\])*]): ", ":", code)
    return code.replace(";}", "}")


def _named(text: str, suffix: str) -> Bundle:
    body = text.encode()
    return Bundle(hashlib.sha256(body).hexdigest()[:16] + suffix, body)


def _place(target: Path, body: bytes) -> None:
    descriptor, scratch = tempfile.mkstemp(prefix=".", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
        Path(scratch).chmod(0o644)
        Path(scratch).replace(target)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
