"""Pictures that come in with a newsroom folder."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.db import transaction

from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.pictures.pages import make_renditions
from dateline.wire.imagefiles import check_media_path, inspect_image

#: Pictures taken in by this process, by file and words: one file may stand in thousands of stories.
_taken: dict[tuple[str, str, str, str], int] = {}


def take_picture(
    root: Path,
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
) -> Picture:
    """The picture of a file below `root`, made with all its renditions the first time the same file comes with the
    same words.

    Raises:
        MediaError: the path leaves the folder, the file is missing, or it is not a picture that can be shown.
    """
    key = (str(root / href), caption, alt, credit)
    if key in _taken:
        known = Picture.objects.filter(pk=_taken[key]).first()
        if known:
            return known
    file = check_media_path(root, href)
    facts = inspect_image(file)
    digest = hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
    picture = Picture.objects.filter(file_hash=digest, caption=caption, description=alt[:255], credit=credit).first()
    if picture is None:
        with file.open("rb") as handle, transaction.atomic():
            picture = Picture(
                title=(title or alt or caption or file.stem)[:255],
                description=alt[:255],
                caption=caption,
                credit=credit[:250],
                rights=rights[:250],
                usage_terms=usage_terms,
                taken_at=taken_at,
                uri=uri[:500],
                width=facts.width,
                height=facts.height,
                file=File(handle, name=file.name),
                file_hash=digest,
                file_size=file.stat().st_size,
            )
            picture.save()
        make_renditions(picture)
    _taken[key] = picture.pk
    return picture
