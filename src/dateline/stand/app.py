"""The stand itself: takes a request, finds what answers it, sends that."""

import asyncio
import logging
import os
from collections.abc import Callable

from dateline.stand.address import Kind, href, read_address
from dateline.stand.asking import Answer, Failure
from dateline.stand.config import StandConfig
from dateline.stand.exchange import Exchange, Reply, Scope, answer
from dateline.stand.files import Files
from dateline.stand.live import Live
from dateline.stand.negotiation import not_modified, preference
from dateline.stand.notices import HEADERS as NOTICE_HEADERS
from dateline.stand.notices import notice
from dateline.stand.pages import Found, Pages
from dateline.stand.proxy import DeskProxy
from dateline.stand.reads import PATH as READS
from dateline.stand.reads import Reads
from dateline.stand.searching import Searches, is_search
from dateline.stand.shelf import Shelved

_KNOWN_METHODS = frozenset({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})

#: Status and seconds after which to try again, by what kept the desk from printing.
_FAILURES = {
    Failure.BUSY: (503, 2),
    Failure.DOWN: (503, 5),
    Failure.NO_DESK: (404, 0),
    Failure.SLOW: (504, 5),
    Failure.TOO_LONG: (502, 5),
}

log = logging.getLogger("dateline.stand")

_stat = os.stat
_preference: Callable[[str | None], str] = preference


class Stand:
    """An RSGI application that serves one host.

    The reader's path, a sheet on the shelf, is `_hand_out`: one look at the file's stamp, one call to send. Everything
    else goes through `_route`.
    """

    def __init__(self, config: StandConfig) -> None:
        self._config = config
        self._pages = Pages(config)
        self._files = Files(config)
        self._proxy = DeskProxy(config)
        self._live = Live(config)
        self._searches = Searches(config, self._pages.epoch, self._live.address)
        self._reads = Reads(config, self._pages.in_store, self._live.address)
        self._find = self._pages.shelf.find
        self._touch = self._pages.shelf.touch
        self._desk_folders = tuple(prefix[:-1] for prefix in config.desk_prefixes)

    async def close(self) -> None:
        """End what goes on in the background."""
        await self._reads.close()
        await self._live.close()
        await self._searches.close()
        await self._pages.close()
        await self._proxy.close()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self.close())

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        try:
            shelved = self._find(scope.path)
            asking = shelved is not None and shelved.answers and is_search(scope.path, scope.query_string)
            if shelved is None or asking or not self._hand_out(shelved, scope, exchange):
                await self._route(scope, exchange)
        except Exception as error:
            log.error("%s %a failed: %r%s", scope.method, scope.path, error, _place(error))
            try:
                notice(500, scope.path, scope.headers.get("accept-language")).send(exchange, scope.method)
            except Exception:
                return  # the answer was begun before it failed, so no other can be given

    def _hand_out(self, shelved: Shelved, scope: Scope, exchange: Exchange) -> bool:
        """Send a sheet from the shelf if it is still the one in the store and this is a GET or HEAD."""
        method = scope.method
        if method not in ("GET", "HEAD"):
            return False
        try:
            found = _stat(shelved.file)
        except OSError:
            return False
        stamp = shelved.stamp
        if found.st_mtime_ns != stamp.modified_ns or found.st_ino != stamp.inode or found.st_size != stamp.size:
            return False
        self._touch(shelved.path)
        self._send_sheet(shelved, scope, exchange, method)
        return True

    def _send_sheet(self, shelved: Shelved, scope: Scope, exchange: Exchange, method: str) -> None:
        headers = scope.headers
        variant = shelved.variant(_preference(headers.get("accept-encoding")))
        if shelved.status == 200:
            none_match, since = headers.get("if-none-match"), headers.get("if-modified-since")
            if (none_match or since) and not_modified(none_match, since, variant.etag, shelved.modified):
                exchange.response_empty(304, variant.unchanged_headers)
                return
        if method == "GET" and variant.body:
            exchange.response_bytes(shelved.status, variant.headers, variant.body)
        else:
            exchange.response_empty(shelved.status, variant.headers)
        if shelved.shell:
            self._pages.freshen(shelved)

    # ── everything but hits ──

    async def _route(self, scope: Scope, exchange: Exchange) -> None:
        path, method = scope.path, scope.method
        if path.startswith(self._config.desk_prefixes):
            await self._proxy.pass_on(scope, exchange)
        elif path == READS:
            status = await self._reads.answer(scope, exchange)
            if status:
                Reply(status, NOTICE_HEADERS[1:]).send(exchange, method)
        elif method not in ("GET", "HEAD"):
            self._refuse(405 if method in _KNOWN_METHODS else 501, scope, exchange)
        elif path in self._desk_folders:
            _redirect(path + "/").send(exchange, method)
        elif (path + "/").startswith(("/media/", "/static/")):
            status = self._files.send(scope, exchange)
            if status:
                self._refuse(status, scope, exchange)
        elif path.startswith("/live/"):
            status = self._live.answer(scope, exchange)
            if status:
                self._refuse(status, scope, exchange, retry_after=30 if status == 503 else 0)
        elif is_search(path, scope.query_string):
            (await self._searches.answer(scope)).send(exchange, method)
        elif path == "/-/health":
            Reply(200, [("content-type", "text/plain"), ("cache-control", "no-store")], b"ok").send(exchange, method)
        elif (path + "/").startswith("/-/"):
            self._refuse(404, scope, exchange)
        else:
            await self._page(scope, exchange)

    async def _page(self, scope: Scope, exchange: Exchange) -> None:
        address = read_address(scope.path, self._config.max_path)
        if address.kind is Kind.MOVED:
            _redirect(address.path).send(exchange, scope.method)
        elif address.kind is Kind.REFUSED and address.status != 404:
            self._refuse(address.status, scope, exchange)
        elif address.kind is Kind.REFUSED:
            await self._absent(scope, exchange)
        else:
            found = await self._pages.obtain(address.path)
            if address.kind is Kind.FOLDER and _leads_somewhere(found):
                _redirect(address.path).send(exchange, scope.method)
            else:
                await self._show(found, scope, exchange)

    async def _show(self, found: Found, scope: Scope, exchange: Exchange) -> None:
        if isinstance(found, Shelved):
            self._send_sheet(found, scope, exchange, scope.method)
        elif isinstance(found, Failure):
            status, wait = _FAILURES[found]
            self._refuse(status, scope, exchange, retry_after=wait)
        elif found is None:
            await self._absent(scope, exchange)
        elif found.status >= 500:
            self._refuse(503, scope, exchange, retry_after=5)
        else:
            self._pass_on(found, found.status, scope, exchange)

    async def _absent(self, scope: Scope, exchange: Exchange) -> None:
        page = await self._pages.absent_page(scope.path)
        if isinstance(page, Shelved):
            variant = page.variant(_preference(scope.headers.get("accept-encoding")))
            answer(exchange, scope.method, 404, variant.absent_headers, variant.body)
        elif page is not None:
            self._pass_on(page, 404, scope, exchange)
        else:
            self._refuse(404, scope, exchange)

    def _pass_on(self, said: Answer, status: int, scope: Scope, exchange: Exchange) -> None:
        """What the desk said, under this stand's security headers."""
        headers = [*said.headers, *self._config.security_headers]
        if not any(name == "cache-control" for name, _ in said.headers):
            headers.append(("cache-control", "no-store"))
        Reply(status, headers, said.body).send(exchange, scope.method)

    def _refuse(self, status: int, scope: Scope, exchange: Exchange, *, retry_after: int = 0) -> None:
        language = scope.headers.get("accept-language")
        notice(status, scope.path, language, retry_after=retry_after).send(exchange, scope.method)


def _leads_somewhere(found: Found) -> bool:
    return isinstance(found, Shelved) or (isinstance(found, Answer) and found.status < 400)


def _redirect(path: str) -> Reply:
    headers = [*NOTICE_HEADERS[1:], ("location", href(path)), ("cache-control", "public, max-age=3600")]
    return Reply(301, headers)


def _place(error: Exception) -> str:
    """Where an exception was raised, for a log of one line each."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""


def create() -> Stand:
    """The stand that the environment describes; what Granian calls in each worker."""
    return Stand(StandConfig.from_env())
