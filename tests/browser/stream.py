"""A live HLS stream: a sliding window of pieces that ffmpeg makes as time passes, with captions, served on 127.0.0.1."""

import contextlib
import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.running import wait_until

MASTER = """#EXTM3U
#EXT-X-VERSION:4
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="said",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,URI="captions.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c00d,mp4a.40.2",SUBTITLES="said"
pictures.m3u8
"""
CAPTIONS = """#EXTM3U
#EXT-X-VERSION:4
#EXT-X-TARGETDURATION:3600
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:3600,
captions.vtt
#EXT-X-ENDLIST
"""
WORDS = "WEBVTT\n\n00:00:00.000 --> 01:00:00.000\nThe water stands still\n"


@dataclass
class Stream:
    """`held` makes the server answer everything with 503 while it is set."""

    port: int
    held: threading.Event

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/live.m3u8"


class _Files(http.server.SimpleHTTPRequestHandler):
    held: threading.Event

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        if self.held.is_set():
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            with contextlib.suppress(ConnectionError):
                super().do_GET()

    def guess_type(self, path: object) -> str:
        kinds = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".vtt": "text/vtt"}
        return kinds.get(Path(str(path)).suffix, "application/octet-stream")

    def log_message(self, *_args: object) -> None:
        pass


@contextlib.contextmanager
def live_stream(folder: Path) -> Iterator[Stream]:
    """Pieces of a second, five of them at a time; what has left the window is deleted."""
    program = shutil.which("ffmpeg")
    assert program, "ffmpeg is missing"
    (folder / "live.m3u8").write_text(MASTER)
    (folder / "captions.m3u8").write_text(CAPTIONS)
    (folder / "captions.vtt").write_text(WORDS)
    source = ["-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15", "-f", "lavfi", "-i", "sine=frequency=440"]
    coded = ["-c:v", "libx264", "-profile:v", "baseline", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "15"]
    coded += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "48k"]
    cut = ["-f", "hls", "-hls_time", "1", "-hls_list_size", "5", "-hls_flags", "delete_segments", "pictures.m3u8"]
    command = [program, "-hide_banner", "-loglevel", "error", *source, *coded, *cut]
    maker = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL)
    held = threading.Event()
    handler = functools.partial(type("Files", (_Files,), {"held": held}), directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        wait_until(lambda: len(list(folder.glob("*.ts"))) >= 3, what="the stream")
        yield Stream(server.server_address[1], held)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        maker.kill()
        maker.wait()
