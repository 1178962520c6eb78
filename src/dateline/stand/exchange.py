"""One request and its answer, as Granian's RSGI shapes them, and the few ways the stand answers.

See https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol

Headers = list[tuple[str, str]]


class RequestHeaders(Protocol):
    """Names are lower-case."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """What is known of a request before its body. `path` is percent-decoded; bytes that are not UTF-8 are U+FFFD."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query_string(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def headers(self) -> RequestHeaders: ...


class Transport(Protocol):
    async def send_bytes(self, data: bytes) -> None: ...


class Exchange(Protocol):
    """The way back to the client; one of the `response_` methods is called once. A range's end is exclusive."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    async def client_disconnect(self) -> None: ...
    def response_empty(self, status: int, headers: Headers) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str) -> None: ...
    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Transport: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, small enough to hold in memory."""

    status: int
    headers: Headers
    body: bytes = field(default=b"", repr=False)

    def send(self, exchange: Exchange, method: str) -> None:
        answer(exchange, method, self.status, [*self.headers, ("content-length", str(len(self.body)))], self.body)


def answer(exchange: Exchange, method: str, status: int, headers: Headers, body: bytes) -> None:
    """Send `body`, or only the headers where the method or the status forbids a body."""
    if method == "HEAD" or not body or status in (204, 304):
        exchange.response_empty(status, headers)
    else:
        exchange.response_bytes(status, headers, body)
