"""What a picture's own file says of it: IPTC-IIM, XMP and Exif, as agencies and photographers write them.

IPTC Photo Metadata Standard 2023.2 (https://www.iptc.org/std/photometadata/specification/); where several say the same,
XMP is believed before IIM, and IIM before Exif.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from dateline.newsroom.pictures.credentials.sources import machine

#: Letters of the longest text that is taken from a file.
LONGEST = 4000

#: Datasets of IIM's application record, by field.
_IIM = {
    "headline": (2, 105),
    "caption": (2, 120),
    "credit": (2, 80),
    "source": (2, 115),
    "rights": (2, 116),
    "city": (2, 90),
    "region": (2, 95),
    "country": (2, 101),
}
_EXIF = {"caption": "ImageDescription", "credit": "Artist", "rights": "Copyright"}


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Texts are "" and times None where the file says nothing. `alt` is the accessibility text, `place` city, region
    and country; `terms` the conditions of use, `ai` made or part if a machine made it."""

    headline: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    source: str = ""
    rights: str = ""
    terms: str = ""
    place: str = ""
    ai: str = ""
    taken: datetime | None = None
    expires: datetime | None = None

    def said(self) -> dict[str, str]:
        """What the file says, as JSON's own values."""
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values if value}


def read_metadata(file: Path | BinaryIO) -> PictureFacts:
    """What a picture's file says of it. A file that cannot be read, or lies about its own metadata, says nothing."""
    # Decoders raise whatever they like on broken metadata.
    with suppress(Exception), Image.open(file) as image:
        return _facts(image)
    return PictureFacts()


def _facts(image: ImageFile.ImageFile) -> PictureFacts:
    found: dict[str, Any] = {}
    for values in (_xmp(image), _iim(image), _exif(image)):
        for name, value in values:
            if value and not found.get(name):
                found[name] = value
    place = ", ".join(dict.fromkeys(found[part] for part in ("city", "region", "country") if found.get(part)))
    known = {one.name for one in fields(PictureFacts)}
    return PictureFacts(**{name: value for name, value in found.items() if name in known}, place=place)


def _xmp(image: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    with suppress(Exception):
        described = _find(image.getxmp(), "Description")
        for part in described if isinstance(described, list) else [described]:
            if isinstance(part, Mapping):
                yield from _xmp_part(part)


def _xmp_part(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, keys in (
        ("headline", ("Headline", "title")),
        ("alt", ("AltTextAccessibility",)),
        ("caption", ("description",)),
        ("credit", ("Credit", "creator")),
        ("source", ("Source",)),
        ("rights", ("rights",)),
        ("terms", ("UsageTerms",)),
        ("city", ("City",)),
        ("region", ("State",)),
        ("country", ("Country",)),
    ):
        for key in keys:
            yield name, _tidy(_words(part.get(key)))
    yield "ai", machine(_words(part.get("DigitalSourceType")))
    for key in ("DateCreated", "DateTimeOriginal"):
        yield "taken", _moment(_words(part.get(key)))
    for key in ("ExpirationDate", "CopyrightExpirationDate", "Expires"):
        yield "expires", _moment(_words(part.get(key)))


def _find(tree: Any, name: str) -> Any:
    """The first value of a name, however deep."""
    if isinstance(tree, Mapping):
        if name in tree:
            return tree[name]
        for value in tree.values():
            found = _find(value, name)
            if found is not None:
                return found
    return None


def _words(value: Any) -> str:
    """The text of a value: one of several languages, the names of a list."""
    match value:
        case str():
            return value
        case list():
            return ", ".join(filter(None, map(_words, value[:20])))
        case Mapping():
            if "text" in value:
                return _words(value["text"])
            inner = value.get("Alt") or value.get("Seq") or value.get("Bag") or value.get("li")
            items = inner.get("li") if isinstance(inner, Mapping) else inner
            # Of several languages the first is the default.
            if isinstance(items, list) and value.get("Alt"):
                return _words(items[0])
            return _words(items)
    return ""


def _iim(image: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    with suppress(Exception):
        info = IptcImagePlugin.getiptcinfo(image) or {}
        utf8 = info.get((1, 90)) == b"\x1b%G"
        for name, key in _IIM.items():
            value = info.get(key)
            raw = value[0] if isinstance(value, list) and value else value
            if isinstance(raw, bytes):
                yield name, _tidy(_decoded(raw, utf8=utf8))
        by = info.get((2, 80))
        if isinstance(by, list):
            yield "credit", _tidy(", ".join(_decoded(one, utf8=utf8) for one in by[:10]))
        for name, day, hour in (("taken", (2, 55), (2, 60)), ("expires", (2, 37), (2, 38))):
            date, time = (info.get(key) for key in (day, hour))
            if isinstance(date, bytes):
                said = _decoded(time, utf8=utf8) if isinstance(time, bytes) else ""
                yield name, _iim_moment(_decoded(date, utf8=utf8), said)


def _decoded(raw: bytes, *, utf8: bool) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if utf8 else "latin-1", "replace")


def _iim_moment(date: str, time: str) -> datetime | None:
    if not re.fullmatch(r"\d{8}", date):
        return None
    clock = time if re.fullmatch(r"\d{6}[+-]\d{4}", time) else f"{time[:6]:0<6}+0000"
    with suppress(ValueError):
        return datetime.strptime(f"{date}{clock}", "%Y%m%d%H%M%S%z").astimezone(UTC)
    return None


def _exif(image: ImageFile.ImageFile) -> Iterator[tuple[str, Any]]:
    with suppress(Exception):
        exif = image.getexif()
        names = {name: tag for tag, name in ExifTags.TAGS.items()}
        for name, tag in _EXIF.items():
            yield name, _tidy(str(exif.get(names[tag]) or ""))
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        written = str(inner.get(names["DateTimeOriginal"]) or "")
        offset = str(inner.get(names["OffsetTimeOriginal"]) or "+00:00")
        with suppress(ValueError):
            yield "taken", datetime.strptime(f"{written}{offset}", "%Y:%m:%d %H:%M:%S%z").astimezone(UTC)


def _moment(written: str) -> datetime | None:
    """An XMP date, which may lack its time or its zone."""
    with suppress(ValueError):
        found = datetime.fromisoformat(written.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _tidy(text: str) -> str:
    """Without control characters and with single spaces; lines of a caption stay."""
    text = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())[:LONGEST]
