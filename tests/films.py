"""Small films and recordings, made by ffmpeg once a run."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp


@cache
def _shelf() -> Path:
    return Path(mkdtemp(prefix="dateline-films-"))


def ffmpeg(*arguments: object) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True, timeout=120)


@cache
def film(*, width: int = 640, height: int = 360, seconds: float = 3, sound: bool = True, rotate: int = 0) -> Path:
    """An MP4 whose picture moves and whose sound is a tone of 440 Hz."""
    file = _shelf() / f"{width}x{height}-{seconds}-{sound}-{rotate}.mp4"
    source = ["-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=25:duration={seconds}"]
    if sound:
        source += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=44100:duration={seconds}"]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    ffmpeg(*source, *coding, file)
    if rotate:
        turned = file.with_stem(f"{file.stem}-turned")
        ffmpeg("-i", file, "-c", "copy", "-metadata:s:v:0", f"rotate={rotate}", turned)
        return turned
    return file


@cache
def recording(*, seconds: float = 3, source: str = "sine=frequency=330") -> Path:
    """A WAV in one channel."""
    file = _shelf() / f"{source.replace('=', '-').replace(':', '-')}-{seconds}.wav"
    ffmpeg("-f", "lavfi", "-i", source, "-t", seconds, "-ac", 1, file)
    return file
