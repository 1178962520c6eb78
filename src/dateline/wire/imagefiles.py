"""Files that a newsroom folder names: only those inside it, and only pictures that are safe to open."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

LARGEST_FILE = 40 * 1024 * 1024
#: Pixels of the largest picture; checked before any is decoded.
MOST_PIXELS = 80_000_000

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class MediaError(ValueError):
    """A file that cannot be taken; the message names it as the folder does and says why."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """`width` and `height` are the stored pixels; `format` is JPEG, PNG, WEBP, AVIF or GIF."""

    width: int
    height: int
    format: str
    animated: bool = False


def path_problem(href: str) -> str | None:
    """Why `href` can never name a file inside the folder, or None if it can."""
    if not href.strip():
        return "the path is empty"
    if not href.isprintable():
        return "the path holds a control character"
    if _SCHEME.match(href) or href.startswith("//"):
        return "a path inside the folder is wanted, not an address"
    if "\\" in href:
        return "the path holds a backslash; write /"
    if href.startswith(("/", "~")):
        return "the path must be relative to the folder"
    if ".." in href.split("/"):
        return "the path climbs out with .."
    return None


def check_media_path(root: Path, href: str) -> Path:
    """The file inside the folder `root` that `href` names.

    Raises:
        MediaError: if it is not inside, also by a symbolic link, is missing, is not a file, is empty or is larger than
            `LARGEST_FILE`.
    """
    shown = href if len(href) <= 200 else f"{href[:200]}…"
    if problem := path_problem(href):
        raise MediaError(f"{shown!r}: {problem}")
    try:
        inside = root.resolve()
        file = (inside / href).resolve(strict=True)
        size = file.stat().st_size
    except FileNotFoundError:
        raise MediaError(f"{shown!r}: there is no such file in the folder") from None
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        reason = error.strerror if isinstance(error, OSError) else "its links lead round in a circle"
        raise MediaError(f"{shown!r}: cannot be read ({reason})") from error
    if not file.is_relative_to(inside):
        raise MediaError(f"{shown!r}: a link leads out of the folder")
    if not file.is_file():
        raise MediaError(f"{shown!r}: not a file")
    if size == 0:
        raise MediaError(f"{shown!r}: the file is empty")
    if size > LARGEST_FILE:
        raise MediaError(f"{shown!r}: {size / 2**20:.0f} MiB; the most is {LARGEST_FILE // 2**20}")
    return file


def inspect_image(path: Path) -> ImageFacts:
    """What the picture is, after reading all of it once.

    Raises:
        MediaError: if it is no JPEG, PNG, WebP, AVIF or GIF, has more than `MOST_PIXELS`, or is cut off or broken.
    """
    try:
        return _inspected(path)
    except MediaError:
        raise
    except UnidentifiedImageError:
        raise MediaError(f"{path.name!r}: {_what_it_is(path)}") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise MediaError(f"{path.name!r}: more than {MOST_PIXELS // 1_000_000} megapixels") from None
    except Exception as error:  # decoders raise whatever they like on a broken file
        raise MediaError(f"{path.name!r}: cut off or broken ({error})") from error


def _inspected(path: Path) -> ImageFacts:
    with warnings.catch_warnings():
        # A picture so large that Pillow warns is refused below; what it says of odd metadata harms nobody.
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise MediaError(
                    f"{path.name!r}: {width:,} × {height:,} is more than {MOST_PIXELS // 1_000_000} megapixels"
                )
            # MPO is a JPEG with more pictures after it, as telephones write.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            animated = kind != "JPEG" and bool(getattr(image, "is_animated", False))
            # A JPEG can be decoded at an eighth of its size, which still reads every byte.
            image.draft(None, (max(1, width // 8), max(1, height // 8)))
            image.load()
    return ImageFacts(width, height, kind, animated)


def _what_it_is(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2048).lower()
    if b"<svg" in start:
        return "SVG is not taken as a picture; give JPEG, PNG, WebP, AVIF or GIF"
    return "not a picture that can be read; give JPEG, PNG, WebP, AVIF or GIF"
