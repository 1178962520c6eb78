"""Editors' requests, passed through to the desk byte by byte."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx

from dateline.stand.address import href
from dateline.stand.config import StandConfig
from dateline.stand.desk import desk_transport, desk_url, header_text
from dateline.stand.exchange import Exchange, Headers, RequestHeaders, Scope
from dateline.stand.notices import notice

#: Headers that belong to one connection (RFC 9110, section 7.6.1), and those this server writes itself.
_HOP_BY_HOP = frozenset(
    {
        "connection",
        "date",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
#: What only this stand may tell the desk; `expect` was answered when the body was asked for.
_OURS = frozenset({"expect", "forwarded", "x-dateline-ask", "x-real-ip"})
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_QUERY_SAFE = "".join(chr(c) for c in range(0x21, 0x7F))

log = logging.getLogger("dateline.stand")


class _UploadStalled(Exception):
    """The client sent nothing for too long."""


class _ClientGone(Exception):
    """The client closed the connection while its answer was under way."""


class DeskProxy:
    """Streams requests to the desk and answers back; nothing is kept, no cookie is read."""

    def __init__(self, config: StandConfig) -> None:
        self._config = config
        self._transport = desk_transport(config, config.proxy_connections)
        self._timeouts = {"connect": 5.0, "read": config.proxy_timeout, "write": config.proxy_timeout, "pool": 10.0}

    async def close(self) -> None:
        await self._transport.aclose()

    async def pass_on(self, scope: Scope, exchange: Exchange) -> None:
        """Answer with whatever the desk answers; a client that goes away ends the desk's request too."""
        path = scope.path
        if not self._config.desk_url:
            notice(404, path, scope.headers.get("accept-language")).send(exchange, scope.method)
        elif scope.method not in _METHODS:
            notice(501, path, scope.headers.get("accept-language")).send(exchange, scope.method)
        elif _climbs(path):
            notice(400, path, scope.headers.get("accept-language")).send(exchange, scope.method)
        else:
            relay = asyncio.ensure_future(self._relay(scope, exchange))
            gone = asyncio.ensure_future(exchange.client_disconnect())
            try:
                await asyncio.wait((relay, gone), return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (relay, gone):
                    task.cancel()
                # Not collected by gather: a fault of the relay is the caller's to report.
                await asyncio.wait((relay, gone))
            if not relay.cancelled():
                relay.result()

    async def _relay(self, scope: Scope, exchange: Exchange) -> None:
        request = self._request(scope, exchange)
        language = scope.headers.get("accept-language")
        try:
            response = await self._transport.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            log.warning("the desk cannot be reached: %s", error or type(error).__name__)
            notice(503, "", language, retry_after=5).send(exchange, scope.method)
            return
        except _UploadStalled:
            notice(408, "", language).send(exchange, scope.method)
            return
        except httpx.TimeoutException:
            notice(504, "", language, retry_after=5).send(exchange, scope.method)
            return
        except httpx.TransportError as error:
            log.warning("the desk broke off: %r", error)
            notice(502, "", language, retry_after=5).send(exchange, scope.method)
            return
        try:
            await _answer(scope, exchange, response)
        except (httpx.TransportError, _ClientGone):
            pass  # headers are out: all that is left is to end the answer
        finally:
            await response.aclose()

    def _request(self, scope: Scope, exchange: Exchange) -> httpx.Request:
        headers = self._headers(scope)
        has_body = any(name in ("content-length", "transfer-encoding") for name, _ in scope.headers.items())
        target = href(scope.path)
        if scope.query_string:
            target += "?" + quote(scope.query_string, safe=_QUERY_SAFE)
        return httpx.Request(
            scope.method,
            desk_url(self._config, target),
            headers=[(name.encode(), value.encode()) for name, value in headers],
            content=self._body(exchange) if has_body else None,
            extensions={"timeout": self._timeouts},
        )

    async def _body(self, exchange: Exchange) -> AsyncIterator[bytes]:
        chunks = aiter(exchange)
        while True:
            try:
                async with asyncio.timeout(self._config.proxy_timeout):
                    # Not `anext` with a default: that cannot be cancelled while Granian's own awaitable waits.
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise _UploadStalled from error
            if chunk:
                yield bytes(chunk)

    def _headers(self, scope: Scope) -> Headers:
        sent = scope.headers
        dropped = _HOP_BY_HOP | _OURS | _named_by_connection(sent.get("connection"))
        headers = [
            (name, value)
            for name, value in sent.items()
            # Names with an underscore look like other names to many servers.
            if name not in dropped and not name.startswith("x-forwarded-") and "_" not in name
        ]
        host = sent.get("host")
        if not host:
            host = self._config.public_host
            headers.insert(0, ("host", host))
        return [*headers, ("x-forwarded-host", host), *self._forwarded(scope.client, sent)]

    def _forwarded(self, client: str, sent: RequestHeaders) -> Headers:
        peer = client.rpartition(":")[0].strip("[]") or client
        scheme, chain = self._config.public_scheme, peer
        if peer in self._config.trusted_fronts:
            before = sent.get("x-forwarded-for")
            chain = f"{before}, {peer}" if before else peer
            scheme = sent.get("x-forwarded-proto") or scheme
        return [("x-forwarded-proto", scheme), ("x-forwarded-for", chain)] if chain else [("x-forwarded-proto", scheme)]


async def _answer(scope: Scope, exchange: Exchange, response: httpx.Response) -> None:
    raw = [(name.decode("latin-1").lower(), header_text(value)) for name, value in response.headers.raw]
    dropped = _HOP_BY_HOP | _named_by_connection(response.headers.get("connection"))
    headers = [(name, value) for name, value in raw if name not in dropped]
    if scope.method == "HEAD" or response.status_code in (204, 304):
        exchange.response_empty(response.status_code, headers)
        return
    transport = exchange.response_stream(response.status_code, headers)
    async for chunk in response.aiter_raw():
        try:
            await transport.send_bytes(chunk)
        except Exception as error:
            raise _ClientGone from error


def _named_by_connection(value: str | None) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in value.split(",")) if value else frozenset()


def _climbs(path: str) -> bool:
    with contextlib.suppress(UnicodeEncodeError):
        path.encode()
        segments = path.split("/")
        return ".." in segments or "." in segments or any(c in "\\\ufffd" or c < " " or c == "\x7f" for c in path)
    return True
