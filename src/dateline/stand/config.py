"""Everything a stand has to know, and how it travels to worker processes."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; media-src 'self' blob:; script-src 'self'; "
    "style-src 'self'; worker-src 'self'"
)

SECURITY_HEADERS = (
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-frame-options", "DENY"),
)


@dataclass(frozen=True)
class StandConfig:
    """The settings of one stand, which serves one host.

    Attributes:
        store_root: the folder of the host's sheets.
        media_root: below it, only `images/` (renditions) is public.
        static_root: collected static files, with `.br` and `.gz` beside them where they were made.
        desk_url: `http://127.0.0.1:8001`, `unix:/run/desk.sock`, or "" for a stand without a desk.
        public_url: the site's address as readers know it, `https://news.example`. The desk prints every sheet for this
            host, whatever `Host` a reader sends. "" means `http://` and the name of the store's folder, in which a port
            follows an underscore (`127.0.0.1_8000`).
        desk_prefixes: paths that are passed through to the desk.
        ask_token: shows the desk that a request to print comes from its stand; others are refused.
        trusted_fronts: addresses of the proxies in front of this stand whose `X-Forwarded-For` and
            `X-Forwarded-Proto` are believed.
        memory_bytes: how much of the bodies is kept in memory.
        not_found_memory: how many absent paths are remembered.
        miss_concurrency: requests to print that run at a time.
        miss_queue: requests to print that may wait; beyond it readers get a 503.
        ask_wait: seconds a reader waits for a new print when there is an old one.
        ask_timeout: seconds one print may take.
        ask_rest: seconds without a request to print after the desk could not be reached.
        proxy_timeout: seconds without a byte from the desk, or from an editor's upload, before it is given up.
        proxy_connections: editors' requests that run at a time.
        live_readers: streams of live events that may be open in one worker; beyond it readers get a 503, and poll.
        live_per_address: of these, how many one address may have.
        live_fanout: address of the Redis or Valkey that tells of live events on other machines, "" for none.
        count_reads: whether beacons of reads are counted.
        reads_flush: seconds between two writings of what was counted; a stand that is killed loses no more.
        search_burst: searches one address may ask for at once, completions of what is typed among them.
        search_rate: and then so many a second.
        search_concurrency: searches that run at a time.
        search_queue: searches that may wait; beyond it readers get a 503.
        max_path: bytes of a decoded path.
        max_header_bytes: bytes of the request line and headers together.
        header_timeout: seconds a client may take to send them, and may leave a kept connection idle.
        security_headers: on every printed page; a sheet's own headers take precedence.
    """

    VARIABLE: ClassVar[str] = "DATELINE_STAND"

    store_root: Path
    media_root: Path
    static_root: Path
    desk_url: str = ""
    public_url: str = ""
    desk_prefixes: tuple[str, ...] = ("/desk/", "/-/desk/")
    ask_token: str = field(default="", repr=False)
    trusted_fronts: tuple[str, ...] = ()
    memory_bytes: int = 48 * 1024 * 1024
    not_found_memory: int = 10_000
    miss_concurrency: int = 8
    miss_queue: int = 256
    ask_wait: float = 0.5
    ask_timeout: float = 30.0
    ask_rest: float = 1.0
    proxy_timeout: float = 120.0
    proxy_connections: int = 64
    live_readers: int = 20_000
    live_per_address: int = 200
    live_fanout: str = field(default="", repr=False)
    count_reads: bool = True
    reads_flush: float = 5.0
    search_burst: int = 40
    search_rate: float = 2.0
    search_concurrency: int = 4
    search_queue: int = 64
    max_path: int = 2048
    max_header_bytes: int = 16 * 1024
    header_timeout: float = 10.0
    security_headers: tuple[tuple[str, str], ...] = SECURITY_HEADERS

    def __post_init__(self) -> None:
        if any(not (p.startswith("/") and p.endswith("/") and len(p) > 1) for p in self.desk_prefixes):
            raise ValueError("a desk prefix starts and ends with a slash")
        if self.desk_url and not self.desk_url.startswith(("http://", "https://", "unix:/")):
            raise ValueError("desk_url is an http:// address, a unix:/ socket or empty")

    @property
    def public_host(self) -> str:
        """The host the desk prints for, with its port where it has one."""
        return urlsplit(self.public_url).netloc or re.sub(r"_(\d+)\Z", r":\1", self.store_root.name) or "localhost"

    @property
    def public_scheme(self) -> str:
        return urlsplit(self.public_url).scheme or "http"

    def to_env(self) -> dict[str, str]:
        """The environment variable that `from_env` reads, for a process to be started."""
        return {self.VARIABLE: json.dumps({f.name: _plain(getattr(self, f.name)) for f in fields(self)})}

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "StandConfig":
        """The configuration found in the environment.

        Raises:
            LookupError: if the variable is not set.
            ValueError: if it does not hold a configuration.
        """
        if cls.VARIABLE not in environ:
            raise LookupError(f"{cls.VARIABLE} is not set")
        data: dict[str, Any] = json.loads(environ[cls.VARIABLE])
        unknown = sorted(set(data) - {f.name for f in fields(cls)})
        if unknown:
            raise ValueError(f"{cls.VARIABLE} holds unknown settings: {', '.join(unknown)}")
        for name in ("store_root", "media_root", "static_root"):
            data[name] = Path(data[name])
        for name in ("desk_prefixes", "trusted_fronts"):
            if name in data:
                data[name] = tuple(data[name])
        if "security_headers" in data:
            data["security_headers"] = tuple((name, value) for name, value in data["security_headers"])
        return cls(**data)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value
