"""Pictures that come in with a newsroom folder."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from dateline.newsroom.pictures.actions import keep_credentials
from dateline.newsroom.pictures.credentials.keeping import sign_renditions
from dateline.newsroom.pictures.credentials.reading import read_credentials
from dateline.newsroom.pictures.metadata import read_metadata
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.newsroom.pictures.pages import make_renditions
from dateline.wire.imagefiles import check_media_path, inspect_image
from dateline.wire.toml_entries import PictureToml

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class PictureIntake:
    """Takes in pictures below one folder.

    Args:
        root: the folder.
        told: what newsroom.toml says of pictures, by their paths; of these it is believed before anybody else.
        keep_files: False for a trial: rows are written for the transaction that will be rolled back, and no file is.
    """

    def __init__(self, root: Path, *, told: Mapping[str, PictureToml] | None = None, keep_files: bool = True) -> None:
        self.root = root
        self.told = told or {}
        self.keep_files = keep_files
        #: By file and words: one file may stand in thousands of stories.
        self._known: dict[tuple[str, str, str, str], int] = {}
        #: What was made, newest last, with the names of its files in the media folder.
        self._made: list[tuple[tuple[str, str, str, str], list[str]]] = []

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Take files back that were made inside a block that fails; the caller's transaction takes the rows back."""
        before = len(self._made)
        try:
            yield
        except BaseException:
            for key, files in reversed(self._made[before:]):
                self._known.pop(key, None)
                for name in files:
                    default_storage.delete(name)
            del self._made[before:]
            raise

    def made(self, name: str) -> None:
        """Take back a file of somebody else's too, if what is tried fails."""
        self._made.append((("", "", "", ""), [name]))

    def take(
        self,
        href: str,
        *,
        title: str = "",
        caption: str = "",
        alt: str = "",
        credit: str = "",
        rights: str = "",
        usage_terms: str = "",
        taken_at: datetime | None = None,
        uri: str = "",
        long: str = "",
    ) -> Picture:
        """The picture of a file below the folder, made with all its renditions the first time the same file comes with
        the same words.

        Raises:
            MediaError: the path leaves the folder, the file is missing, or it is not a picture that can be shown.
        """
        given = PictureToml(href, title, alt, caption, credit, rights, usage_terms, taken_at, uri, long=long)
        told = self.told.get(href, given)
        key = (href, told.caption, told.alt, told.credit)
        if key in self._known:
            known = Picture.objects.filter(pk=self._known[key]).first()
            if known:
                return known
        file = check_media_path(self.root, href)
        facts = inspect_image(file)
        digest = hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
        picture = Picture.objects.filter(
            file_hash=digest, caption=told.caption, description=told.alt[:255], credit=told.credit[:250]
        ).first()
        if picture is None:
            picture = Picture(
                title=(told.title or title or told.alt or told.caption or file.stem)[:255],
                description=told.alt[:255],
                caption=told.caption,
                credit=told.credit[:250],
                rights=told.rights[:250],
                usage_terms=told.terms,
                source=told.source[:250],
                place=told.place[:250],
                taken_at=told.taken,
                expires_at=told.expires,
                long_description=told.long,
                uri=(told.uri or uri)[:500],
                width=facts.width,
                height=facts.height,
                file_hash=digest,
                file_size=file.stat().st_size,
                **dict(zip(FOCUS, told.focus, strict=False)),
            )
            with file.open("rb") as opened:
                picture.said_by_file = read_metadata(opened).said()
                if self.keep_files:
                    keep_credentials(picture, read_credentials(opened))
            if told.credentials:
                picture.withhold_credentials = told.credentials == "withheld"
            self._save(picture, file, key)
        self._known[key] = picture.pk
        return picture

    def _save(self, picture: Picture, file: Path, key: tuple[str, str, str, str]) -> None:
        picture.draws_later = False
        if not self.keep_files:
            picture.file.name = picture.get_upload_to(file.name)
            picture.save()
            return
        made: list[str] = []
        self._made.append((key, made))
        with file.open("rb") as handle, transaction.atomic():
            picture.file = File(handle, name=file.name)
            picture.save()
            made.append(picture.file.name)
        made += filter(None, [picture.credentials_file])
        make_renditions(picture)
        sign_renditions(picture)
        made += Rendition.objects.filter(image=picture).values_list("file", flat=True)
