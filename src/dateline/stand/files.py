"""Pictures and static files, straight from the disk; Granian streams them without touching the interpreter."""

import os
import stat
from dataclasses import dataclass

from dateline.stand.address import read_address
from dateline.stand.config import StandConfig
from dateline.stand.exchange import Exchange, Headers, RequestHeaders, Scope, answer
from dateline.stand.negotiation import (
    CODINGS,
    Unsatisfiable,
    byte_range,
    http_date,
    not_modified,
    preference,
    range_applies,
)

LASTING = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
ASKED = "public, max-age=0, must-revalidate"

#: What files are, by ending; anything else is offered for download.
TYPES = {
    "avif": "image/avif",
    "c2pa": "application/c2pa",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "m3u8": "application/vnd.apple.mpegurl",
    "m4a": "audio/mp4",
    "m4s": "video/iso.segment",
    "map": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "opus": "audio/ogg; codecs=opus",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}

#: An SVG opened on its own is a document: it may draw, and nothing else.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

#: Kinds of which a compressed sibling may be sent.
_COMPRESSIBLE = ("application/json", "application/manifest", "image/svg", "text/")

_SIBLINGS = {"b": (".br", "-br"), "g": (".gz", "-gz")}


@dataclass(frozen=True, slots=True)
class _File:
    """A regular file below its root, in one coding. `modified` is in whole seconds, as HTTP dates are."""

    name: str
    size: int
    modified: int
    etag: str
    letter: str = "i"


class Files:
    """Renditions under `/media/images/`, sounds under `/media/listen/`, films under
    `/media/clips/`, static files under `/static/`."""

    def __init__(self, config: StandConfig) -> None:
        self._config = config

    def send(self, scope: Scope, exchange: Exchange) -> int:
        """Answer a GET or HEAD; returns 0 if it did, else the status of the refusal that is left to say."""
        path = scope.path
        address = read_address(path, self._config.max_path)
        if address.status in (400, 414):
            return address.status
        if path.startswith("/media/images/"):
            root, inner, cache = self._config.media_root / "images", path[len("/media/images/") :], LASTING
        elif path.startswith("/media/listen/"):
            # A withdrawn story's sound may not be kept by anybody: each use is asked for again.
            root, inner, cache = self._config.media_root / "listen", path[len("/media/listen/") :], ASKED
        elif path.startswith("/media/clips/"):
            root, inner, cache = self._config.media_root / "clips", path[len("/media/clips/") :], ASKED
        elif path.startswith("/static/"):
            root, inner = self._config.static_root, path[len("/static/") :]
            cache = LASTING if inner.startswith("site/") else SHORT
        else:
            return 404
        file = _find(str(root), inner)
        if file is None:
            return 404
        headers = scope.headers
        wanted = headers.get("range") if scope.method == "GET" else None
        coded = None if wanted else _precompressed(file, preference(headers.get("accept-encoding")))
        _send(exchange, scope.method, headers, file, coded or file, cache, wanted)
        return 0


def _find(root: str, inner: str) -> _File | None:
    """The file `inner` below `root`; no dot files, no folders, nothing a link leads to outside of `root`."""
    if not inner or any(not segment or segment.startswith(".") for segment in inner.split("/")):
        return None
    root = os.path.realpath(root)
    name = os.path.realpath(os.path.join(root, inner))  # noqa: PTH118 - a Path costs more than the calls
    return _regular(name) if name.startswith(root + os.sep) else None


def _regular(name: str, letter: str = "i") -> _File | None:
    try:
        found = os.stat(name, follow_symlinks=False)  # noqa: PTH116
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    tag = _SIBLINGS[letter][1] if letter in _SIBLINGS else ""
    return _File(name, found.st_size, int(found.st_mtime), f'"{found.st_mtime_ns:x}-{found.st_size:x}{tag}"', letter)


def _precompressed(file: _File, preferred: str) -> _File | None:
    """The sibling a client likes best, unless the file itself is preferred or newer."""
    for letter in preferred:
        if letter == "i":
            return None
        sibling = _regular(file.name + _SIBLINGS[letter][0], letter)
        if sibling is not None and sibling.modified >= file.modified:
            return sibling
    return None


def _send(
    exchange: Exchange, method: str, headers: RequestHeaders, file: _File, sent: _File, cache: str, wanted: str | None
) -> None:
    lasting: Headers = [
        ("etag", sent.etag),
        ("last-modified", http_date(sent.modified)),
        ("cache-control", cache),
    ]
    described = _describe(file.name)
    if described[0][1].startswith(_COMPRESSIBLE):
        lasting.append(("vary", "Accept-Encoding"))
    none_match, since = headers.get("if-none-match"), headers.get("if-modified-since")
    if not_modified(none_match, since, sent.etag, sent.modified):
        answer(exchange, method, 304, lasting, b"")
        return
    described += [*lasting, ("x-content-type-options", "nosniff")]
    if sent.letter != "i":
        described.append(("content-encoding", CODINGS[sent.letter]))
    else:
        described.append(("accept-ranges", "bytes"))
    span = byte_range(wanted, sent.size) if range_applies(headers.get("if-range"), sent.etag, sent.modified) else None
    if isinstance(span, Unsatisfiable):
        answer(exchange, method, 416, [("content-range", f"bytes */{sent.size}"), ("content-length", "0")], b"")
    elif span is not None:
        described.append(("content-range", f"bytes {span.start}-{span.end - 1}/{sent.size}"))
        described.append(("content-length", str(span.end - span.start)))
        exchange.response_file_range(206, described, sent.name, span.start, span.end)
    else:
        described.append(("content-length", str(sent.size)))
        if method == "HEAD" or not sent.size:
            exchange.response_empty(200, described)
        else:
            exchange.response_file(200, described, sent.name)


def _describe(name: str) -> Headers:
    ending = os.path.splitext(name)[1][1:].lower()  # noqa: PTH122
    kind = TYPES.get(ending)
    if kind is None:
        return [("content-type", "application/octet-stream"), ("content-disposition", "attachment")]
    policy = [("content-security-policy", SVG_POLICY)] if ending == "svg" else []
    return [("content-type", kind), *policy]
