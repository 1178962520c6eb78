"""The stand as an ASGI 3 application, for servers other than Granian.

Granian's RSGI is what `serve` uses: it takes a whole answer in one call and streams files itself. This wraps the same
`Stand` for everybody else. ASGI tells the path as it was sent, so encoded slashes, which RSGI cannot see, are refused.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, BinaryIO

from dateline.stand.app import Stand
from dateline.stand.config import StandConfig
from dateline.stand.desk import header_text
from dateline.stand.exchange import Headers
from dateline.stand.notices import notice

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Bytes of a file sent at a time.
CHUNK = 64 * 1024

#: Bytes of live events held for a client that does not take them.
MOST_HELD = 64 * 1024


class StandApplication:
    """An ASGI 3 application around one `Stand`."""

    def __init__(self, config: StandConfig) -> None:
        self._config = config
        self._stand = Stand(config)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request = _AsgiScope(scope)
            has_body = any(request.headers.get(name) for name in ("content-length", "transfer-encoding"))
            exchange = _AsgiExchange(receive, send, has_body=has_body)
            status = self._refusal(scope)
            if status:
                notice(status, request.path, request.headers.get("accept-language")).send(exchange, request.method)
            else:
                await self._stand.__rsgi__(request, exchange)
            await exchange.finish()

    def _refusal(self, scope: Message) -> int:
        raw = scope.get("raw_path") or b""
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size + len(raw) + len(scope["query_string"]) > self._config.max_header_bytes:
            return 431
        return 400 if b"%2f" in raw.lower() else 0

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await self._stand.close()
        await send({"type": "lifespan.shutdown.complete"})


class _AsgiHeaders:
    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        self._items = [(name.decode("latin-1").lower(), header_text(value)) for name, value in raw]

    def get(self, key: str, default: Any = None) -> Any:
        return next((value for name, value in self._items if name == key), default)

    def items(self) -> list[tuple[str, str]]:
        return self._items


class _AsgiScope:
    def __init__(self, scope: Message) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: str = scope["query_string"].decode("latin-1")
        client = scope.get("client")
        self.client = f"{client[0]}:{client[1]}" if client else ""
        self.headers = _AsgiHeaders(scope["headers"])


class _AsgiExchange:
    """Holds back what RSGI says at once until the server is ready to wait for it."""

    def __init__(self, receive: Receive, send: Send, *, has_body: bool) -> None:
        self._receive = receive
        self._send = send
        self._body_taken = asyncio.Event()
        if not has_body:
            self._body_taken.set()
        self._answer: tuple[int, Headers, bytes] | None = None
        self._file: tuple[str, int, int | None] | None = None
        self._streaming = False
        self._pushed: asyncio.Queue[bytes] | None = None
        self._held = 0
        self._gone = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            more = True
            while more:
                message = await self._receive()
                if message["type"] == "http.disconnect":
                    raise ConnectionResetError("the client went away")
                more = message.get("more_body", False)
                if message.get("body"):
                    yield message["body"]
        finally:
            self._body_taken.set()

    async def client_disconnect(self) -> None:
        # The body and the news of a disconnect come through one channel: the body's reader goes first.
        await self._body_taken.wait()
        while (await self._receive())["type"] != "http.disconnect":
            continue

    def response_empty(self, status: int, headers: Headers) -> None:
        self._begin(status, headers, b"")

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self._begin(status, headers, body)

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        self._begin(status, headers, b"")
        self._file = (file, 0, None)

    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None:
        self._begin(status, headers, b"")
        self._file = (file, start, end - start)

    def response_stream(self, status: int, headers: Headers) -> "_AsgiExchange":
        self._begin(status, headers, b"")
        return self

    def _begin(self, status: int, headers: Headers, body: bytes) -> None:
        if self._answer is not None:
            raise RuntimeError("a request is answered once")
        self._answer = (status, headers, body)

    def push_bytes(self, data: bytes) -> bool:
        """Take what a live stream has to say without waiting; False when the client takes too little or is gone."""
        if self._pushed is None:
            self._pushed = asyncio.Queue()
        if self._gone or self._held + len(data) > MOST_HELD:
            self._gone = True
            self._pushed.put_nowait(b"")
            return False
        self._held += len(data)
        self._pushed.put_nowait(data)
        return True

    async def _send_pushed(self, pushed: "asyncio.Queue[bytes]") -> None:
        await self._start()
        while data := await pushed.get():
            await self._send({"type": "http.response.body", "body": data, "more_body": True})
            self._held -= len(data)

    async def _stream(self, pushed: "asyncio.Queue[bytes]") -> None:
        """Send what is pushed until the client goes away or falls behind."""
        sending = asyncio.ensure_future(self._send_pushed(pushed))
        leaving = asyncio.ensure_future(self.client_disconnect())
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._gone = True
            for task in (sending, leaving):
                task.cancel()
            await asyncio.wait((sending, leaving))

    async def send_bytes(self, data: bytes) -> None:
        await self._start()
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def _start(self) -> None:
        if self._streaming or self._answer is None:
            return
        self._streaming = True
        status, headers, _ = self._answer
        raw = [(name.encode("latin-1"), value.encode()) for name, value in headers]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})

    async def finish(self) -> None:
        """Send what was held back, and end the answer."""
        if self._answer is None:
            return
        body = self._answer[2]
        if self._pushed is not None:
            await self._stream(self._pushed)
            if not self._streaming:
                return
        if self._file is not None:
            name, start, length = self._file
            handle = await asyncio.to_thread(open, name, "rb")
            with handle:
                await self._start()
                await self._send_file(handle, start, length)
        else:
            await self._start()
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    async def _send_file(self, handle: BinaryIO, start: int, length: int | None) -> None:
        left = length
        await asyncio.to_thread(handle.seek, start)
        while left is None or left > 0:
            chunk = await asyncio.to_thread(handle.read, CHUNK if left is None else min(CHUNK, left))
            if not chunk:
                return
            left = None if left is None else left - len(chunk)
            await self.send_bytes(chunk)


def create() -> StandApplication:
    """The application that the environment describes."""
    return StandApplication(StandConfig.from_env())
