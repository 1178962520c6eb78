"""Readers' beacons: a page tells that it is being read, and the stand counts.

POST /-/read with a body of two lines: the page's path, and the class of the page that led there. The answer is 204 for
whatever could be a beacon, counted or not: one who forges them learns nothing.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dateline.stand.config import StandConfig
from dateline.stand.counting import Counter
from dateline.stand.exchange import Exchange, Headers, Scope
from dateline.stand.shelf import Shelved
from dateline.store import BadPath, file_for
from dateline.store.reads import write_tally

PATH = "/-/read"

#: Bytes of a beacon, and seconds its body may take.
LONGEST, PATIENCE = 2560, 5.0

_ANSWER: Headers = [("cache-control", "no-store")]

log = logging.getLogger("dateline.stand")


class Reads:
    """Takes beacons and writes what they come to into the store's folder.

    Args:
        sheet: the printed sheet at a path, if there is one; it asks nobody for it.
        address: whom a request counts against.
    """

    def __init__(
        self,
        config: StandConfig,
        sheet: Callable[[str], Awaitable[Shelved | None]],
        address: Callable[[Scope], str],
    ) -> None:
        self._root = Path(config.store_root)
        self._pause = config.reads_flush
        self._hosts = {config.public_host}
        self._sheet = sheet
        self._address = address
        self._counter = Counter(time.monotonic()) if config.count_reads else None
        self._since = 0.0
        self._flushing: asyncio.Task[None] | None = None

    async def close(self) -> None:
        if self._flushing:
            self._flushing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._flushing
        self.flush()

    async def answer(self, scope: Scope, exchange: Exchange) -> int:
        """Take a beacon; the status of a refusal, or 0 where it was answered."""
        if scope.method != "POST":
            return 405
        if not self._ours(scope):
            return 403
        length = str(scope.headers.get("content-length") or "")
        if not (length.isascii() and length.isdigit()):
            return 411
        if int(length) > LONGEST:
            return 413
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _body(exchange)
        except TimeoutError:
            return 408
        if body is None:
            return 413
        await self._count(body, scope)
        exchange.response_empty(204, _ANSWER)
        return 0

    def _ours(self, scope: Scope) -> bool:
        """Whether a page of this site sent it, as far as browsers tell."""
        headers = scope.headers
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        if origin is None:
            return True
        host = urlsplit(str(origin)).netloc
        return host in self._hosts or host == str(headers.get("host"))

    async def _count(self, body: bytes, scope: Scope) -> None:
        headers = scope.headers
        if self._counter is None or headers.get("sec-purpose") or headers.get("purpose") or headers.get("x-moz"):
            return
        story = await self._story(body)
        if not story:
            return
        source = body.partition(b"\n")[2].decode("ascii", "replace")
        agent = str(headers.get("user-agent") or "")[:400]
        if self._counter.count(story, source, self._address(scope), agent, time.monotonic()):
            self._since = self._since or time.time()
            if self._flushing is None or self._flushing.done():
                self._flushing = asyncio.create_task(self._flush_soon())

    async def _story(self, body: bytes) -> int:
        """The number of the story at the path a beacon names, from what is printed there; else 0."""
        path = unquote(body.partition(b"\n")[0].decode("utf-8", "replace"), errors="replace")
        try:
            file_for(path)
            shelved = await self._sheet(path)
        except (BadPath, OSError, ValueError):
            return 0
        return shelved.story if shelved and shelved.status == 200 else 0

    async def _flush_soon(self) -> None:
        await asyncio.sleep(self._pause)
        await asyncio.to_thread(self.flush)

    def flush(self) -> None:
        """Write what was counted. What cannot be written now is lost: counts are not worth a reader's wait."""
        if self._counter is None:
            return
        since, self._since = self._since, 0.0
        counts = self._counter.take()
        if counts:
            try:
                write_tally(self._root, since or time.time(), counts)
            except OSError as error:
                log.error("%s reads could not be written down: %s", sum(counts.values()), error)


async def _body(exchange: Exchange) -> bytes | None:
    found = b""
    async for piece in exchange:
        found += piece
        if len(found) > LONGEST:
            return None
    return found
