"""The media folder of an export: each original once, under a name of its own."""

import shutil
from pathlib import Path

from django.conf import settings

from dateline.newsroom.pictures.models import Picture
from dateline.wire.pictures import FOCUS
from dateline.wire.toml_entries import PictureToml


class MediaFolder:
    """Copies originals once each and names them."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self._telling: dict[str, Picture] = {}

    def href(self, picture: Picture | None, *, tell: bool = False) -> str:
        """`media/NAME` of a picture's original in the folder; "" for none.

        With `tell`, or if it has more to say than a story's line holds, newsroom.toml tells of it.
        """
        if picture is None or not picture.file:
            return ""
        stored = picture.file.name
        if stored not in self._names:
            source = Path(settings.MEDIA_ROOT) / stored
            if not source.exists():
                return ""
            self._names[stored] = f"media/{self._place(source)}"
        if tell or _says_more(picture):
            self._telling.setdefault(stored, picture)
        return self._names[stored]

    def file(self, stored: str) -> str:
        """`media/NAME` of a file below the media folder that is no picture of the desk's, such as the logo."""
        source = Path(settings.MEDIA_ROOT) / stored
        if not stored or not source.is_file():
            return ""
        if stored not in self._names:
            self._names[stored] = f"media/{self._place(source)}"
        return self._names[stored]

    def _place(self, source: Path) -> str:
        """Copy a file into the folder, under a name that none there has."""
        name, number = source.name, 1
        while name in self._used:
            number += 1
            name = f"{source.stem}-{number}{source.suffix}"
        shutil.copyfile(source, self.out / "media" / name)
        self._used.add(name)
        return name

    def told(self) -> tuple[PictureToml, ...]:
        """What newsroom.toml has to say of the pictures, by their names."""
        return tuple(_told(picture, self._names[picture.file.name]) for picture in self._telling.values())


def picture_uri(picture: Picture) -> str:
    """Its identity, in stories and in newsroom.toml."""
    return picture.uri or f"urn:dateline:picture:{picture.pk}"


def _says_more(picture: Picture) -> bool:
    """Whether something of it has no place in a story's line."""
    usual = picture.description or picture.caption
    more = picture.source or picture.place or picture.expires_at or _credentials(picture)
    return bool(more) or picture.focal_point_x is not None or picture.title != usual[:255]


def _told(picture: Picture, href: str) -> PictureToml:
    focus = tuple(getattr(picture, name) for name in FOCUS)
    return PictureToml(
        href,
        title=picture.title,
        alt=picture.description,
        caption=picture.caption,
        credit=picture.credit,
        rights=picture.rights,
        terms=picture.usage_terms,
        taken=picture.taken_at,
        uri=picture_uri(picture),
        focus=focus if None not in focus else (),
        source=picture.source,
        place=picture.place,
        expires=picture.expires_at,
        long=picture.long_description,
        credentials=_credentials(picture),
    )


def _credentials(picture: Picture) -> str:
    """What an editor decided of its content credentials, where that is not what reading the file would."""
    if picture.withhold_credentials:
        return "withheld"
    return "shown" if (picture.content_credentials or {}).get("places") else ""
