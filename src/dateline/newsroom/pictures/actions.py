"""Writes of pictures: what their files say of them, and the end of the rights to show them."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from dateline.newsroom.pictures.credentials.keeping import forget_sidecar
from dateline.newsroom.pictures.metadata import PictureFacts
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.press.outbox import announce

#: Field of a picture, what its file calls it, and how long it may be.
_FIELDS = (
    ("description", "alt", 255),
    ("caption", "caption", 4000),
    ("credit", "credit", 250),
    ("source", "source", 250),
    ("rights", "rights", 250),
    ("usage_terms", "terms", 4000),
    ("place", "place", 250),
    ("taken_at", "taken", 0),
    ("expires_at", "expires", 0),
)


def fill_from_file(picture: Picture, facts: PictureFacts) -> list[str]:
    """Write what the file says where nobody has said anything; returns the names of the fields. It does not save."""
    filled = []
    for name, fact, longest in _FIELDS:
        value = getattr(facts, fact)
        if value and not getattr(picture, name):
            setattr(picture, name, value[:longest] if longest else value)
            filled.append(name)
    picture.said_by_file = facts.said()
    return [*filled, "said_by_file"]


def keep_credentials(picture: Picture, told: dict[str, Any] | None) -> None:
    """Write what the file's content credentials say. Those that tell a place are kept from readers until an editor
    decides otherwise. It does not save."""
    picture.content_credentials = told
    if told and told.get("places"):
        picture.withhold_credentials = True


def expire_pictures(now: datetime | None = None) -> int:
    """Take pictures whose rights have ended off every page, and their renditions off the disk; returns how many."""
    moment = now or timezone.now()
    due = Picture.objects.filter(expires_at__lte=moment, expired=False).order_by("expires_at", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:50]):
        with transaction.atomic():
            taken = Picture.objects.filter(pk=pk, expires_at__lte=moment, expired=False).update(expired=True)
            if not taken:
                continue
            announce({f"picture:{pk}"}, deep={f"picture:{pk}"}, withdrawn=True)
            transaction.on_commit(partial(forget_renditions, pk))
        done += 1
    return done


def forget_renditions(pk: int) -> None:
    """Delete what readers could fetch of a picture. Pages that may show it again draw it anew."""
    for picture in Picture.objects.filter(pk=pk):
        forget_sidecar(picture)
    for rendition in Rendition.objects.filter(image=pk):
        default_storage.delete(rendition.file.name)
        rendition.delete()


def next_rights_end() -> datetime | None:
    """When the next picture's rights end; None while none is known."""
    ends = Picture.objects.filter(expires_at__isnull=False, expired=False).order_by("expires_at")
    return ends.values_list("expires_at", flat=True).first()
