"""From an engine's samples to the files that readers get: one loudness, Opus for those who can, MP3 for all."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from dateline.newsroom.listen.engine import Sound

#: Integrated loudness (EBU R 128) in LUFS, and the highest sample in decibels below full scale.
#: What is lost in encoding can come back as a higher peak, so there is room above.
LOUDNESS, PEAK = -16.0, -2.5

#: Bits a second: speech in one channel.
OPUS, MP3 = "20k", "48k"
#: How hard the encoders try, of 10; 0 is least for Opus and most for MP3. Encoding limits how fast an archive is read.
OPUS_EFFORT, MP3_HASTE = "3", "7"
#: Opus models speech by a throat, in which a synthetic voice now and then rings up to 8 dB above its level; by its
#: spectrum it takes less than half the time and never does, for a quarter more bytes.
OPUS_WAY = "audio"

_INTEGRATED = re.compile(r"^\s+I:\s+(-?[\d.]+|-inf) LUFS", re.MULTILINE)

#: Seconds of a sound by which its loudness is known: a voice does not change.
MEASURED = 60

#: Seconds for an hour of sound on a busy machine.
PATIENCE = 900


class SoundError(Exception):
    """A sound that could not be encoded."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Both files, and how long they last."""

    opus: Path
    mp3: Path
    milliseconds: int


@cache
def ffmpeg() -> str:
    """The program; raises SoundError where there is none."""
    found = shutil.which("ffmpeg")
    if found is None:
        try:
            import imageio_ffmpeg
        except ImportError:
            raise SoundError(_("ffmpeg is missing. Install it: apt-get install ffmpeg")) from None
        found = imageio_ffmpeg.get_ffmpeg_exe()
    return found


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS of the first MEASURED seconds; raises SoundError if they are silent."""
    done = _run(["-t", str(MEASURED), *_input(sound), "-af", "ebur128=framelog=verbose", "-f", "null", "-"])
    found = _INTEGRATED.findall(done)
    if not found or found[-1] == "-inf" or float(found[-1]) <= -69:
        raise SoundError(_("The voice said nothing."))
    return float(found[-1])


def encode(sound: Sound, folder: Path, *, title: str, artist: str) -> Encoded:
    """Opus and MP3 of a sound at one loudness, never clipped. Raises SoundError."""
    gain = LOUDNESS - loudness(sound)
    limit = 10 ** (PEAK / 20)
    opus, mp3 = folder / "sound.opus", folder / "sound.mp3"
    level = f"volume={gain:.2f}dB,alimiter=limit={limit:.3f}:level=disabled:attack=2:release=40"
    tags = ["-metadata", f"title={title[:200]}", "-metadata", f"artist={artist[:100]}", "-fflags", "+bitexact"]
    _run(
        [
            *_input(sound),
            "-filter_complex",
            f"[0:a]{level},asplit=2[a][b];[a]aresample={24000 if sound.rate >= 24000 else 16000}[o]",
            *("-map", "[o]", "-c:a", "libopus", "-b:a", OPUS, "-application", OPUS_WAY, "-frame_duration", "60"),
            *("-compression_level", OPUS_EFFORT, *tags, str(opus)),
            *("-map", "[b]", "-c:a", "libmp3lame", "-b:a", MP3, "-compression_level", MP3_HASTE),
            *("-id3v2_version", "3", *tags, str(mp3)),
        ]
    )
    samples = sound.pcm.stat().st_size // 2
    return Encoded(opus, mp3, round(1000 * samples / sound.rate))


def _input(sound: Sound) -> list[str]:
    return ["-f", "s16le", "-ar", str(sound.rate), "-ac", "1", "-i", str(sound.pcm)]


def _run(arguments: list[str]) -> str:
    command = [ffmpeg(), "-nostdin", "-hide_banner", "-y", "-threads", "1", "-filter_threads", "1", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise SoundError(_("ffmpeg took too long.")) from None
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise SoundError("ffmpeg: " + " · ".join(said.strip().splitlines()[-3:])[:400])
    return said
