"""Where the files of clips are, below the media folder."""

from pathlib import Path

from django.conf import settings

from dateline.newsroom.clips.models import Clip
from dateline.newsroom.clips.preparing import MASTER, MP3, OPUS, PLAIN

#: What the stand hands out, what it does not, and what is being made.
PUBLIC, WITHHELD, MAKING = "clips", "withheld", "making"


def folder(place: str, key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / place / key


def file_url(clip: Clip, name: str) -> str:
    return f"{settings.MEDIA_URL}{PUBLIC}/{clip.key}/{name}"


def stream_url(clip: Clip) -> str:
    """Its ladder, as HLS."""
    return file_url(clip, MASTER)


def plain_url(clip: Clip) -> str:
    """One file that everything plays: MP4, or MP3."""
    return file_url(clip, PLAIN if clip.kind == "video" else MP3)


def opus_url(clip: Clip) -> str:
    return file_url(clip, OPUS)
