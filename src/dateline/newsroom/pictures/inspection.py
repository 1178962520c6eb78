"""What a file that is said to be a picture is, before anything else is done with it."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from PIL import Image, UnidentifiedImageError

#: Pixels of the largest picture; checked before any is decoded.
MOST_PIXELS = 80_000_000

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

Kind = Literal["unknown", "svg", "pixels", "broken"]


class NotAPicture(ValueError):
    """A file that cannot be shown as a picture.

    Attributes:
        kind: `unknown` format, `svg`, more than MOST_PIXELS `pixels`, or `broken`.
        detail: width × height, or what the decoder said; may be "".
    """

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """`width` and `height` are the stored pixels; `format` is JPEG, PNG, WEBP, AVIF or GIF."""

    width: int
    height: int
    format: str
    animated: bool = False


def inspect_picture(file: Path | BinaryIO) -> ImageFacts:
    """What the picture is, after reading all of it once. An open file is left at its beginning.

    Raises:
        NotAPicture: it is no JPEG, PNG, WebP, AVIF or GIF, has more than MOST_PIXELS, or is cut off or broken.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return inspect_picture(opened)
    try:
        file.seek(0)
        return _inspected(file)
    except NotAPicture:
        raise
    except UnidentifiedImageError:
        raise NotAPicture(_what_it_is(file)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("pixels") from None
    except Exception as error:  # decoders raise whatever they like on a broken file
        raise NotAPicture("broken", str(error)) from error
    finally:
        file.seek(0)


def _inspected(file: BinaryIO) -> ImageFacts:
    with warnings.catch_warnings():
        # A picture so large that Pillow warns is refused below; what it says of odd metadata harms nobody.
        warnings.simplefilter("ignore")
        image = Image.open(file, formats=FORMATS)
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise NotAPicture("pixels", f"{width:,} × {height:,}")
        # MPO is a JPEG with more pictures after it, as telephones write.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        animated = kind != "JPEG" and bool(getattr(image, "is_animated", False))
        # A JPEG can be decoded at an eighth of its size, which still reads every byte.
        image.draft(None, (max(1, width // 8), max(1, height // 8)))
        image.load()
    return ImageFacts(width, height, kind, animated)


def _what_it_is(file: BinaryIO) -> Kind:
    file.seek(0)
    return "svg" if b"<svg" in file.read(2048).lower() else "unknown"
