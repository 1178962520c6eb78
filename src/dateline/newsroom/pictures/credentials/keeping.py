"""Content credentials through renditions, which lose them: the originals' own beside the media, and, where the operator
has a certificate, renditions that are signed with the original as what they were made from.

Signing adds 3 KB to a picture without credentials and 8 KB or more to one with them, as all of the original's come
along. Small renditions would double. So only two are signed: the largest, which opens over the screen, and the one that
other sites fetch; pages that show the others link to the credentials (decision 17).
"""

import logging
import os
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from dateline.newsroom.pictures.credentials.embedded import TYPES, file_kind, manifest_in
from dateline.newsroom.pictures.credentials.reading import NoAnswer, ask, installed
from dateline.newsroom.pictures.credentials.words import readable
from dateline.newsroom.pictures.models import Picture, Rendition

logger = logging.getLogger("dateline.pictures")

#: Bytes that a signature may add. A manifest with thumbnails has hundreds of KB: more than the picture itself.
MOST_ADDED = 64 * 1024

#: What other sites show with a link is cut to their shape.
LARGEST, SHARED = "width-1280|format-webp", "fill-1200x630|format-jpeg"
ACTIONS = {LARGEST: ("c2pa.resized",), SHARED: ("c2pa.cropped", "c2pa.resized")}


def sidecar_name(picture: Picture) -> str:
    """Where readers may find its credentials, in the media folder; "" if they may not."""
    told = picture.content_credentials or {}
    if picture.expired or not readable(picture) or not told.get("manifest"):
        return ""
    # Below images/, as nothing else is public.
    return f"images/{Path(picture.file.name).stem[:150]}.{told['manifest']}.c2pa"


def settle_sidecar(picture: Picture) -> None:
    """Make the file that readers may have of a picture's credentials agree with what it is. In a transaction."""
    wanted, had = sidecar_name(picture), picture.credentials_file
    if wanted == had:
        return
    if wanted:
        try:
            with picture.file.storage.open(picture.file.name) as original:
                manifest = manifest_in(original.read())
        except FileNotFoundError:  # a trial import, whose files are not kept
            return
        default_storage.delete(wanted)
        default_storage.save(wanted, ContentFile(manifest))
    Picture.objects.filter(pk=picture.pk).update(credentials_file=wanted)
    picture.credentials_file = wanted
    if had:
        transaction.on_commit(partial(default_storage.delete, had))


def forget_sidecar(picture: Picture) -> None:
    """Take it off the disk; the row forgets it too, if it is still there."""
    if picture.credentials_file:
        default_storage.delete(picture.credentials_file)
        Picture.objects.filter(pk=picture.pk).update(credentials_file="")


def sidecar_deleted(instance: Picture, **_kwargs: object) -> None:
    """A picture that is deleted takes its credentials with it."""
    if instance.credentials_file:
        transaction.on_commit(partial(default_storage.delete, instance.credentials_file))


def signs() -> bool:
    """Whether the operator has a certificate, and what it takes to use it."""
    return bool(settings.SIGNING_CERTIFICATE and settings.SIGNING_KEY) and installed()


def may_be_signed(picture: Picture, original: bytes) -> bool:
    """Whether renditions say what they were made from: of credentials that hold and that readers may see; or, if the
    operator wants that, of files that have none. What is false is not passed on."""
    if picture.content_credentials:
        return readable(picture)
    return bool(settings.SIGN_PICTURES) and not picture.withhold_credentials and not manifest_in(original)


def sign_renditions(picture: Picture) -> int:
    """Sign the renditions that are to be signed and are not; returns how many. For the worker: it takes a while."""
    if not signs() or picture.expired:
        return 0
    with picture.file.storage.open(picture.file.name) as file:
        original = file.read()
    kind = file_kind(original)
    if not kind or not may_be_signed(picture, original):
        return 0
    rows = [(row, _read(row)) for row in Rendition.objects.filter(image=picture, filter_spec__in=ACTIONS)]
    rows = [(row, data) for row, data in rows if data and not manifest_in(data)]
    if not rows:
        return 0
    asked = {
        "do": "sign",
        "certificate": settings.SIGNING_CERTIFICATE,
        "key": settings.SIGNING_KEY,
        "original": TYPES[kind],
        "pictures": [[TYPES[file_kind(data)], _actions(row, kind, data)] for row, data in rows],
    }
    try:
        _, signed = ask(asked, [original, *(data for _, data in rows)])
    except NoAnswer as error:
        logger.warning("picture %s was not signed: %s", picture.pk, error)
        return 0
    done = 0
    for (row, before), data in zip(rows, signed, strict=True):
        if len(data) - len(before) <= MOST_ADDED:
            _replace(row, data)
            done += 1
    return done


def forget_signed(picture: Picture) -> None:
    """Delete renditions that carry credentials; they are drawn again without. In a transaction."""
    for row in Rendition.objects.filter(image=picture, filter_spec__in=ACTIONS):
        if manifest_in(_read(row)):
            row.delete()


def _actions(row: Rendition, kind: str, data: bytes) -> list[str]:
    other = ["c2pa.transcoded"] if file_kind(data) != kind else []
    return [*ACTIONS[row.filter_spec], *other, "c2pa.published"]


def _read(row: Rendition) -> bytes:
    try:
        with row.file.storage.open(row.file.name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def _replace(row: Rendition, data: bytes) -> None:
    """Put the signed file where the other was: pages that were printed meanwhile name it."""
    target = Path(row.file.path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".signed-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    made = Path(name)
    made.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    made.replace(target)
