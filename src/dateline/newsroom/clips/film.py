"""What ffmpeg and ffprobe are asked, and how they are kept from doing anything else.

A file from outside is read by the demuxers of real films alone, and from the disk alone: a playlist that is named .mp4
leads neither to other files of this machine nor to addresses of its network.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

#: Demuxers that a file from outside may be read with (names as `ffmpeg -demuxers` lists them).
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mp3,wav,flac,ogg,aac,aiff,asf,flv,mxf,w64"
GUARDS = ("-protocol_whitelist", "file", "-format_whitelist", FORMATS)

#: Longest side and most pixels of a frame, and the longest film, in seconds.
LONGEST_SIDE, MOST_PIXELS, MOST_SECONDS = 8192, 8192 * 4320, 6 * 3600

#: Seconds to look at a file.
PATIENCE = 60


class ClipError(Exception):
    """A file that cannot be shown or heard; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file holds. `width` and `height` are as it is seen, after turning; 0 for a recording without pictures.
    `rate` is frames a second, at most 60. `channels` is 0 where it has no sound."""

    milliseconds: int
    width: int = 0
    height: int = 0
    rate: Fraction = Fraction(25)
    channels: int = 0

    @property
    def kind(self) -> str:
        return "video" if self.height else "audio"


@cache
def program(name: str) -> str:
    """The path of ffmpeg or ffprobe. Raises ClipError where it is missing."""
    found = shutil.which(name)
    if found is None:
        raise ClipError(
            _("%(program)s is missing on this machine. Install it: apt-get install ffmpeg") % {"program": name}
        )
    return found


def probe(file: Path) -> Facts:
    """What a file holds, read from its beginning and its index.

    Raises:
        ClipError: it is no film or recording, is cut off, or is more than can be prepared.
    """
    show = (
        "-show_entries",
        "format=duration:stream=codec_type,width,height,avg_frame_rate,r_frame_rate,channels,duration",
    )
    more = ("-show_entries", "stream_disposition=attached_pic:stream_side_data=rotation")
    command = [program("ffprobe"), "-v", "error", *GUARDS, "-of", "json", *show, *more, "--", str(file)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        said = json.loads(done.stdout or b"{}")
    except (subprocess.TimeoutExpired, ValueError):
        said, done = {}, None
    streams = said.get("streams") or []
    if done is None or done.returncode or not streams:
        raise ClipError(_no_film(file, done.stderr if done else b""))
    return _facts(said.get("format") or {}, streams)


def _facts(container: dict[str, Any], streams: list[dict[str, Any]]) -> Facts:
    def pictured(one: dict[str, Any]) -> bool:
        # The cover of a recording is a stream of one picture.
        return one.get("codec_type") == "video" and not (one.get("disposition") or {}).get("attached_pic")

    video = next(filter(pictured, streams), None)
    sound = next((one for one in streams if one.get("codec_type") == "audio"), None)
    if video is None and sound is None:
        raise ClipError(_("There is neither picture nor sound in this file."))
    seconds = max((_number(part.get("duration")) for part in (container, video or {}, sound or {})), default=0.0)
    if seconds <= 0:
        raise ClipError(
            _("This file does not say how long it is: it may be cut off. Export it again from where it was cut.")
        )
    if seconds > MOST_SECONDS:
        raise ClipError(
            _("This is %(hours)s hours long; at most %(most)s can be prepared. Cut it into parts.")
            % {"hours": round(seconds / 3600, 1), "most": MOST_SECONDS // 3600}
        )
    width, height = (int(video.get("width") or 0), int(video.get("height") or 0)) if video else (0, 0)
    if video and (not width or not height or max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS):
        raise ClipError(
            _("Its frames are %(width)s × %(height)s pixels; at most %(most)s a side can be prepared.")
            % {"width": width, "height": height, "most": LONGEST_SIDE}
        )
    if video and any(abs(int(_number(one.get("rotation")))) % 180 == 90 for one in video.get("side_data_list") or ()):
        width, height = height, width
    return Facts(round(seconds * 1000), width, height, _rate(video or {}), int((sound or {}).get("channels") or 0))


def _rate(video: dict[str, Any]) -> Fraction:
    for name in ("avg_frame_rate", "r_frame_rate"):
        over, _slash, under = str(video.get(name) or "").partition("/")
        if over.isdigit() and (under or "1").isdigit() and int(under or 1) and int(over):
            return max(Fraction(1), min(Fraction(60), Fraction(int(over), int(under or 1))))
    return Fraction(25)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _no_film(file: Path, said: bytes) -> str:
    with file.open("rb") as opened:
        start = opened.read(512)
    if not start:
        return _("This file is empty.")
    if not any(sign < 9 for sign in start):
        return _("This is a text file, not a film or a recording, whatever its name says.")
    if start[4:8] == b"ftyp" and (b"moov atom not found" in said or b"Invalid data" in said):
        return _("This film is cut off: its index is missing. Upload it again, or export it again where it was cut.")
    return _("This file is no film or recording that can be read. Give MP4, MOV, WebM, MKV, MP3, WAV or M4A.")
