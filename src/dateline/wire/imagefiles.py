"""Files that a newsroom folder names: only those inside it, and only pictures that are safe to open."""

import re
from pathlib import Path

from dateline.newsroom.pictures.inspection import MOST_PIXELS, ImageFacts, NotAPicture, inspect_picture

LARGEST_FILE = 40 * 1024 * 1024

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class MediaError(ValueError):
    """A file that cannot be taken; the message names it as the folder does and says why."""


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


def check_media_path(root: Path, href: str, *, largest: int = LARGEST_FILE) -> Path:
    """The file inside the folder `root` that `href` names.

    Raises:
        MediaError: if it is not inside, also by a symbolic link, is missing, is not a file, is empty or is larger than
            `largest` bytes.
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
    if size > largest:
        raise MediaError(f"{shown!r}: {size / 2**20:.0f} MiB; the most is {largest // 2**20}")
    return file


def inspect_image(path: Path) -> ImageFacts:
    """What the picture is, after reading all of it once.

    Raises:
        MediaError: if it is no JPEG, PNG, WebP, AVIF or GIF, has more than `MOST_PIXELS`, or is cut off or broken.
    """
    try:
        return inspect_picture(path)
    except NotAPicture as problem:
        raise MediaError(f"{path.name!r}: {_said(problem)}") from problem
    except OSError as error:
        raise MediaError(f"{path.name!r}: cannot be read ({error.strerror})") from error


def _said(problem: NotAPicture) -> str:
    match problem.kind:
        case "svg":
            return "SVG is not taken as a picture; give JPEG, PNG, WebP, AVIF or GIF"
        case "unknown":
            return "not a picture that can be read; give JPEG, PNG, WebP, AVIF or GIF"
        case "pixels":
            size = f"{problem.detail} is more than" if problem.detail else "more than"
            return f"{size} {MOST_PIXELS // 1_000_000} megapixels"
    return f"cut off or broken ({problem.detail})"
