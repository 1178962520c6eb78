"""The site that the stand's tests visit: a store, a stand on Granian, and a small real server in the desk's place.

Its fixtures reach the other modules as a plugin; its name has pytest explain the assertions in it.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from dateline.stand.config import StandConfig
from dateline.store import LocalStore, Sheet, StoredSheet, make_sheet

SOURCE = Path(__file__).parents[2] / "src"
RUN = "import sys; from dateline.stand import config, serve; "
RUN += "serve.serve(config.StandConfig.from_env(), '127.0.0.1', int(sys.argv[1]))"
PATIENCE = 20.0


def wait_until(true: Callable[[], Any], what: str = "", seconds: float = PATIENCE) -> Any:
    """The first true value, looked for often; fails after `seconds`."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if value := true():
            return value
        pause.wait(0.01)
    pytest.fail(f"waited {seconds:g} s in vain for {what or true}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


# ── the client ──


@dataclass
class Got:
    """An answer as it came over the wire, with chunks put together."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)

    def __getitem__(self, name: str) -> str:
        """The header's value, "" if it was not sent; fails if it was sent twice."""
        values = [value for header, value in self.headers if header == name]
        assert len(values) < 2, f"{name} was sent {len(values)} times"
        return values[0] if values else ""


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), PATIENCE)


def read_all(connection: socket.socket) -> bytes:
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def raw(port: int, request: bytes) -> bytes:
    """All bytes that come back for these bytes."""
    with connect(port) as connection:
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(request)
        return read_all(connection)


def parse(response: bytes) -> Got:
    head, _, body = response.partition(b"\r\n\r\n")
    first, *lines = head.decode("utf-8").split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    if ("transfer-encoding", "chunked") in headers:
        parts, rest = [], body
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            length = int(size, 16)
            parts.append(rest[:length])
            rest = rest[length + 2 :]
        body = b"".join(parts)
    return Got(int(first.split(" ")[1]), headers, body)


def fetch(
    port: int, path: str | bytes, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes = b""
) -> Got:
    """One request on a connection of its own; `path` is sent as it is."""
    target = path.encode() if isinstance(path, str) else path
    sent = {"Host": "news.example", "Connection": "close", **(headers or {})}
    if body:
        sent["Content-Length"] = str(len(body))
    head = b"%s %s HTTP/1.1\r\n" % (method.encode(), target)
    head += b"".join(f"{name}: {value}\r\n".encode() for name, value in sent.items())
    return parse(raw(port, head + b"\r\n" + body))


# ── the desk's place ──


@dataclass
class Asked:
    """A request as the desk got it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes = field(default=b"", repr=False)

    def __getitem__(self, name: str) -> str:
        values = [value for header, value in self.headers if header == name]
        assert len(values) < 2, f"{name} was sent {len(values)} times"
        return values[0] if values else ""


class DeskStandIn:
    """A real HTTP server that counts what it is asked and does what a test tells it.

    `answer` maps a decoded path to (status, headers, body), or to a function of the request; anything else is a 404
    without a body, as the desk's press answers. `hold()` keeps answers back until `release()`.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self.most_at_once = 0
        self.dropped = 0
        self.answer: dict[str, Any] = {}
        self.port = free_port()
        self._at_once = 0
        self.released = threading.Event()
        self.released.set()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self.serve: Callable[..., Any] | None = None
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def count(self, path: str) -> int:
        return sum(asked.target == path for asked in self.asked)

    @property
    def alive(self) -> bool:
        return self._server is not None

    def hold(self) -> None:
        self.released.clear()

    def release(self) -> None:
        self.released.set()

    def start(self, path: Path | None = None) -> None:
        """Listen on the port, or on a Unix socket at `path`."""
        self._wait(self._start(path))

    def die(self) -> None:
        """Stop listening and cut every connection."""
        self.release()
        self._wait(self._stop())

    def close(self) -> None:
        self.die()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def _wait(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _start(self, path: Path | None) -> None:
        if path is not None:
            self._server = await asyncio.start_unix_server(self._connected, path)
        elif self._server is None:
            self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._talk(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._one(reader, writer)
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        lines = (line.partition(":") for line in head[1:] if line)
        asked = Asked(method, target, [(name.lower(), value.strip()) for name, _, value in lines])
        self.asked.append(asked)
        if self.serve is not None:
            await self.serve(asked, reader, writer)
            return
        asked.body = await read_body(asked, reader)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            gone = asyncio.ensure_future(reader.read(1))
            opened = asyncio.ensure_future(asyncio.to_thread(self.released.wait, PATIENCE))
            await asyncio.wait((gone, opened), return_when=asyncio.FIRST_COMPLETED)
            if not opened.done():
                self.dropped += 1
                return
            gone.cancel()
        finally:
            self._at_once -= 1
        found = self.answer.get(
            unquote(target.partition("?")[0]), (404, {"Content-Type": "text/plain; charset=utf-8"}, b"")
        )
        status, headers, body = found(asked) if callable(found) else found
        sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {status} X\r\n{sent}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        if method != "HEAD":
            writer.write(body)
        await writer.drain()


async def read_body(asked: Asked, reader: asyncio.StreamReader) -> bytes:
    if asked["content-length"]:
        return await reader.readexactly(int(asked["content-length"]))
    body = b""
    if asked["transfer-encoding"] == "chunked":
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    return body


# ── the site ──


def html(text: str, size: int = 3000) -> bytes:
    """A page of about `size` bytes that says `text`."""
    page = f"<!doctype html><html lang=en><title>{text}</title><p>{text}</p>".encode()
    return page + b"<p>filler</p>\n" * ((size - len(page)) // 14)


def sheet(body: bytes | str, **fields: Any) -> StoredSheet:
    """A printed page; any field of `Sheet` can be given."""
    printed = replace(Sheet(200, "text/html; charset=utf-8", "", 0), **fields)
    return make_sheet(printed, html(body) if isinstance(body, str) else body)


@dataclass
class Site:
    """A stand that runs, with its store and its desk."""

    port: int
    config: StandConfig
    store: LocalStore
    desk: DeskStandIn
    process: "subprocess.Popen[bytes]"
    log: Path

    def get(self, path: str | bytes, **options: Any) -> Got:
        return fetch(self.port, path, **options)

    def print(self, path: str, body: bytes | str, **fields: Any) -> StoredSheet:
        stored = sheet(body, **fields)
        self.store.write(path, stored)
        return stored

    def prints(self, path: str, body: bytes | str, **fields: Any) -> None:
        """Have the desk print this when it is next asked for `path`."""
        stored = sheet(body, **fields)

        def answer(_: Asked) -> tuple[int, dict[str, str], bytes]:
            self.store.write(path, stored)
            return stored.sheet.status, {"Content-Type": stored.sheet.content_type}, stored.body

        self.desk.answer[path] = answer


@contextlib.contextmanager
def open_site(folder: Path, *, run: str = RUN, **settings: Any) -> Iterator[Site]:
    """A site below `folder`; `settings` are those of the stand."""
    store = LocalStore(folder / "store" / "news.example")
    store.advance()
    for name in ("media/images", "static/site"):
        (folder / name).mkdir(parents=True)
    desk = DeskStandIn()
    desk.start()
    settings.setdefault("desk_url", f"http://127.0.0.1:{desk.port}")
    config = StandConfig(store.root, folder / "media", folder / "static", ask_token="the-token", **settings)
    port, log = free_port(), folder / "log"
    environment = {**os.environ, **config.to_env(), "PYTHONPATH": str(SOURCE)}
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", run, str(port)], env=environment, stdout=out, stderr=out)
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, "the stand")
        assert process.poll() is None, log.read_text()
        yield Site(port, config, store, desk, process, log)
        assert "Traceback" not in log.read_text(), log.read_text()
    finally:
        desk.close()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), ask_wait=0.3, ask_rest=0.2, header_timeout=1.0) as opened:
        yield opened


@pytest.fixture
def site(shared_site: Site) -> Iterator[Site]:
    """The shared stand with a desk that was asked nothing yet. Tests print under paths of their own."""
    if not shared_site.desk.alive:
        shared_site.desk.start()
        paths = (f"/back-{n}.html" for n in itertools.count())
        wait_until(lambda: shared_site.get(next(paths)).status == 404, "the stand to ask again")
    shared_site.desk.asked.clear()
    shared_site.desk.most_at_once = 0
    yield shared_site
    shared_site.desk.release()
    shared_site.desk.answer.clear()
    shared_site.desk.serve = None


def test_health_needs_neither_store_nor_desk(site: Site) -> None:
    got = site.get("/-/health")
    assert (got.status, got.body, got["cache-control"]) == (200, b"ok", "no-store")
    assert site.get("/-/health", method="HEAD").body == b""
    assert site.desk.asked == []


def test_paths_of_the_stand_itself_never_reach_the_desk(site: Site) -> None:
    assert [site.get(path).status for path in ("/-/", "/-/nothing", "/-")] == [404, 404, 404]
    assert site.desk.asked == []
