"""From an editor's file to what readers fetch: the ladder as HLS, one plain MP4, a poster; or Opus and MP3.

The ladder follows RFC 8216, with one fragmented MP4 a rung whose segments are ranges of it.
"""

import re
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.clips.film import GUARDS, ClipError, Facts, program
from dateline.newsroom.clips.ladder import Rung, ladder, plain_rung

#: Integrated loudness (EBU R 128) in LUFS and the highest sample, in decibels below full scale. A film keeps its own
#: silences: what is quieter than QUIET is not raised.
LOUDNESS, PEAK, QUIET = -16.0, -2.2, -50.0

#: Seconds of a segment, and between two frames from which a player may begin.
SEGMENT, BEGINNING = 4, 2

#: Seconds without any progress after which ffmpeg is given up.
STUCK = 300

#: Names of what is made.
MASTER, PLAIN, POSTER, OPUS, MP3 = "film.m3u8", "film.mp4", "poster.jpg", "sound.opus", "sound.mp3"

_INTEGRATED = re.compile(r"^\s+I:\s+(-?[\d.]+|-inf|nan) LUFS", re.MULTILINE)
_EXTENT = re.compile(r"^#EXTINF:([\d.]+),\s*\n#EXT-X-BYTERANGE:(\d+)", re.MULTILINE)


class Given(Exception):
    """The work was given up on request."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of a file. `rungs` are the sizes, as JSON: name, width, height, bandwidth, average (bits a second),
    codecs; empty for a recording. `plain_size` is the bytes of the MP4, or of the MP3."""

    rungs: list[dict[str, Any]]
    plain_size: int
    milliseconds: int


class Work:
    """One file's preparation in a folder; another thread may give it up.

    Args:
        told: called with how much is done, in per cent.
    """

    def __init__(self, file: Path, facts: Facts, folder: Path, told: Callable[[int], None]) -> None:
        self.file, self.facts, self.folder, self.told = file, facts, folder, told
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._given_up = False

    def give_up(self) -> None:
        with self._lock:
            self._given_up = True
            if self._process is not None:
                self._process.kill()

    def do(self) -> Prepared:
        """Make everything. Raises ClipError, or Given after `give_up`."""
        gain = self._gain()
        if self.facts.kind == "audio":
            return self._sound(gain)
        rungs = ladder(self.facts.width, self.facts.height)
        self._film(rungs, gain)
        self._poster()
        plain = plain_rung(rungs)
        rest = ["-c", "copy", "-movflags", "+faststart", "-fflags", "+bitexact", str(self.folder / PLAIN)]
        self._run(["-i", str(self.folder / f"{plain.name}.m4s"), *rest])
        written = [self._described(rung) for rung in rungs]
        (self.folder / MASTER).write_text(master(written))
        return Prepared(written, (self.folder / PLAIN).stat().st_size, self._length(self.folder / PLAIN))

    # ── Sound ──

    def _gain(self) -> float | None:
        """Decibels to the one loudness; None for a file without sound, or with nothing but silence."""
        if not self.facts.channels:
            return None
        said = self._run(
            [*GUARDS, "-i", str(self.file), "-map", "0:a:0", "-af", "ebur128=framelog=verbose", "-f", "null", "-"]
        )
        found = _INTEGRATED.findall(said)
        loud = float(found[-1]) if found else float("-inf")
        if not loud > QUIET:
            if self.facts.kind == "audio":
                raise ClipError(_("Nothing can be heard in this recording."))
            return 0.0
        return LOUDNESS - loud

    def _level(self, gain: float) -> str:
        limit = 10 ** (PEAK / 20)
        mix = (
            "aresample=48000:resampler=swr,aformat=channel_layouts=stereo"
            if self.facts.channels > 1
            else "aresample=48000"
        )
        return f"{mix},volume={gain:.2f}dB,alimiter=limit={limit:.3f}:level=disabled:attack=2:release=40"

    def _sound(self, gain: float | None) -> Prepared:
        stereo = self.facts.channels > 1
        graph = f"[0:a:0]{self._level(gain or 0.0)},asplit=2[o][m]"
        rest = ["-map_metadata", "-1", "-fflags", "+bitexact"]
        opus, mp3 = self.folder / OPUS, self.folder / MP3
        self._run(
            [
                *(*GUARDS, "-i", str(self.file), "-filter_complex", graph),
                *("-map", "[o]", "-c:a", "libopus", "-b:a", "80k" if stereo else "48k", *rest, str(opus)),
                *("-map", "[m]", "-c:a", "libmp3lame", "-b:a", "128k" if stereo else "80k", *rest, str(mp3)),
            ],
            whole=True,
        )
        return Prepared([], mp3.stat().st_size, self._length(mp3))

    # ── Pictures ──

    def _film(self, rungs: Sequence[Rung], gain: float | None) -> None:
        count, facts = len(rungs), self.facts
        rate = facts.rate.limit_denominator(1001)
        graph = [f"[0:v:0]fps={rate},format=yuv420p,split={count}" + "".join(f"[s{at}]" for at in range(count))]
        graph += [
            f"[s{at}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1[v{at}]" for at, rung in enumerate(rungs)
        ]
        if gain is not None:
            graph.append(f"[0:a:0]{self._level(gain)},asplit={count}" + "".join(f"[a{at}]" for at in range(count)))
        outputs: list[str] = []
        for at, rung in enumerate(rungs):
            outputs += ["-map", f"[v{at}]", *self._pictures(rung)]
            if gain is not None:
                outputs += ["-map", f"[a{at}]", "-c:a", "aac", "-b:a", str(rung.audio_bits)]
            outputs += ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]
            outputs += [
                "-f",
                "hls",
                "-hls_time",
                str(SEGMENT),
                "-hls_playlist_type",
                "vod",
                "-hls_segment_type",
                "fmp4",
            ]
            outputs += ["-hls_flags", "single_file+independent_segments"]
            outputs += [
                "-hls_segment_filename",
                str(self.folder / f"{rung.name}.m4s"),
                str(self.folder / f"{rung.name}.m3u8"),
            ]
        self._run([*GUARDS, "-i", str(self.file), "-filter_complex", ";".join(graph), *outputs], whole=True)

    def _pictures(self, rung: Rung) -> list[str]:
        begins = f"expr:gte(t,n_forced*{BEGINNING})"
        return [
            *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high" if rung.name >= 480 else "main"),
            *("-crf", "23", "-maxrate", str(rung.video_bits), "-bufsize", str(2 * rung.video_bits)),
            *("-sc_threshold", "0", "-force_key_frames", begins),
        ]

    def _poster(self) -> None:
        """A telling frame from the first half minute, as a picture."""
        start = min(self.facts.milliseconds / 1000 * 0.1, 8.0)
        best = self.folder / POSTER
        frame = ["-vf", "thumbnail=50,format=yuvj420p,setsar=1", "-frames:v", "1", "-q:v", "3", "-update", "1"]
        source = [*GUARDS, "-ss", f"{start:.2f}", "-t", "10", "-i", str(self.file), "-map", "0:v:0"]
        self._run([*source, *frame, "-fflags", "+bitexact", str(best)])

    def _described(self, rung: Rung) -> dict[str, Any]:
        playlist = self.folder / f"{rung.name}.m3u8"
        parts = [(float(seconds), int(size)) for seconds, size in _EXTENT.findall(playlist.read_text())]
        if not parts:
            raise ClipError(_("Nothing could be read of this film: it may be cut off."))
        total = sum(seconds for seconds, _size in parts)
        return {
            "name": rung.name,
            "width": rung.width,
            "height": rung.height,
            "bandwidth": max(round(8 * size / seconds) for seconds, size in parts if seconds > 0),
            "average": round(8 * sum(size for _seconds, size in parts) / total),
            "codecs": codecs_of(self.folder / f"{rung.name}.m4s"),
        }

    def _length(self, file: Path) -> int:
        """Milliseconds of what was made. Less than nine tenths of what the file promised means that it is cut off."""
        command = [program("ffprobe"), "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        made = round(1000 * float(done.stdout.strip() or 0))
        if made < 0.9 * self.facts.milliseconds - 1000:
            raise ClipError(
                _("It is said to last %(said)s s, but only %(found)s s can be read: it is cut off. Upload it again.")
                % {"said": self.facts.milliseconds // 1000, "found": made // 1000}
            )
        return made

    # ── Running ──

    def _run(self, arguments: list[str], *, whole: bool = False) -> str:
        """Run ffmpeg, telling how far it is if it goes through the whole file; returns what it said."""
        command = [program("ffmpeg"), "-nostdin", "-hide_banner", "-y", "-nostats", "-progress", "pipe:1", *arguments]
        with (self.folder / "ffmpeg.log").open("w+b") as log:
            with self._lock:
                if self._given_up:
                    raise Given
                self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
            watch = _Watch(self._process)
            for line in self._process.stdout or ():
                name, _equals, value = line.decode("ascii", "replace").strip().partition("=")
                if name == "out_time_us" and value.isdigit():
                    watch.alive()
                    if whole:
                        self.told(min(99, round(int(value) / 10 / max(1, self.facts.milliseconds))))
            if self._process.stdout:
                self._process.stdout.close()
            self._process.wait()
            watch.end()
            log.seek(0)
            said = log.read().decode("utf-8", "replace")
        if self._given_up:
            raise Given
        if watch.stuck:
            raise ClipError(_("Its preparation came no further for %(seconds)s s.") % {"seconds": STUCK})
        if self._process.returncode:
            raise ClipError(_reason(said))
        return said


class _Watch:
    """Ends a process that makes no progress."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.stuck = False
        self._process, self._last, self._over = process, time.monotonic(), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def alive(self) -> None:
        self._last = time.monotonic()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(5):
            if time.monotonic() - self._last > STUCK:
                self.stuck = True
                self._process.kill()
                return


def _reason(said: str) -> str:
    if "No space left on device" in said:
        return _("The disk is full.")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    # Paths of this machine are nobody's business.
    plain = re.sub(r"(?:/[\w.-]+)+/", "", " · ".join(lines[-2:]))
    return _("It could not be prepared: %(reason)s") % {"reason": plain[:300]}


def codecs_of(file: Path) -> str:
    """Names of a file's codecs as RFC 6381 has them, such as `avc1.64001f,mp4a.40.2`."""
    show = ("-show_entries", "stream=codec_name,profile,level", "-of", "csv=p=0")
    done = subprocess.run(
        [program("ffprobe"), "-v", "error", *show, str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    found = []
    for line in done.stdout.splitlines():
        codec, profile, level, *_rest = [*line.split(","), "", ""]
        if codec == "h264":
            kind = {"High": "6400", "Main": "4d40"}.get(profile, "42e0")
            found.append(f"avc1.{kind}{int(level):02x}")
        elif codec == "aac":
            found.append("mp4a.40.2")
    return ",".join(found)


def master(rungs: Sequence[dict[str, Any]]) -> str:
    """The playlist of playlists. The middle one stands first: players begin with that."""
    first = min(range(len(rungs)), key=lambda at: abs(rungs[at]["name"] - 480))
    ordered = [rungs[first], *rungs[:first], *rungs[first + 1 :]]
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rung in ordered:
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={rung['bandwidth']},AVERAGE-BANDWIDTH={rung['average']},"
            f'RESOLUTION={rung["width"]}x{rung["height"]},CODECS="{rung["codecs"]}"'
        )
        lines.append(f"{rung['name']}.m3u8")
    return "\n".join(lines) + "\n"
