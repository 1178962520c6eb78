"""Readers' searches: passed to the desk with their question, few at a time, and each reader's only so often.

An answer is kept for a moment, so that a question which many ask at once is put once; a change of anything in the store
ends that moment, so that what was withdrawn is found no more.
"""

import asyncio
import gzip
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import brotli
import httpx

from dateline.stand.address import href, is_question_place
from dateline.stand.config import StandConfig
from dateline.stand.desk import desk_transport, desk_url, header_text
from dateline.stand.exchange import Headers, Reply, Scope
from dateline.stand.negotiation import CODINGS, preference
from dateline.stand.notices import notice

#: Parameters that a search knows, and how long they may be; others, such as a newsletter's, play no part.
_PARAMETERS = {
    "q": 400,
    "form": 20,
    "section": 120,
    "region": 120,
    "within": 10,
    "topic": 120,
    "author": 120,
    "sort": 10,
}
_PARAMETERS["page"] = 3
#: Answers kept, for how many seconds, and up to how many bytes each; addresses that are remembered.
KEPT, SECONDS, LONGEST, ADDRESSES = 256, 30.0, 256 * 1024, 20_000

log = logging.getLogger("dateline.stand")


def is_search(path: str, query: str) -> bool:
    """Whether a request asks something: the search page without a query is a sheet."""
    return bool(query) and is_question_place(path) and bool(question(query))


def question(query: str) -> str:
    """A query string with what a search knows alone, in one order; "" where nothing is asked."""
    try:
        pairs = parse_qsl(query[:4096], max_num_fields=40, errors="replace")
    except ValueError:
        return ""
    known = {name: value.strip()[: _PARAMETERS[name]] for name, value in reversed(pairs) if name in _PARAMETERS}
    return urlencode(sorted((name, value) for name, value in known.items() if value))


@dataclass(slots=True)
class _Kept:
    """An answer while it is passed on, and for a moment after that."""

    status: int
    headers: Headers
    body: bytes
    epoch: int
    until: float = 0.0
    coded: dict[str, bytes] = field(default_factory=dict)

    def reply(self, accepted: str | None) -> Reply:
        """As this client takes it: compressed once for all who take it so."""
        letter = next((x for x in preference(accepted) if x in _CODERS), "i")
        if letter == "i":
            return Reply(self.status, self.headers, self.body)
        if letter not in self.coded:
            self.coded[letter] = _CODERS[letter](self.body)
        return Reply(self.status, [*self.headers, ("content-encoding", CODINGS[letter])], self.coded[letter])


_CODERS: dict[str, Callable[[bytes], bytes]] = {
    "b": lambda body: brotli.compress(body, quality=4),
    "g": lambda body: gzip.compress(body, 5, mtime=0),
}


class Allowance:
    """How often an address may ask: `burst` times at once, and then so many times a second.

    Memory is bounded: of more than `ADDRESSES` that asked lately, the one that asked first is forgotten.
    """

    def __init__(self, burst: int, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> float:
        """0 if it may ask, else the seconds after which it may."""
        left, then = self._left.get(address, (float(self._burst), now))
        left = min(float(self._burst), left + (now - then) * self._rate)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        self._left.move_to_end(address)
        while len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate


class Searches:
    def __init__(self, config: StandConfig, epoch: Callable[[], int], address: Callable[[Scope], str]) -> None:
        self._config = config
        self._epoch = epoch
        self._address = address
        self._allowance = Allowance(config.search_burst, config.search_rate)
        self._answers: OrderedDict[str, _Kept] = OrderedDict()
        self._flights: dict[str, asyncio.Task[_Kept | None]] = {}
        self._slots = asyncio.Semaphore(config.search_concurrency)
        self._transport = desk_transport(config, config.search_concurrency)

    async def close(self) -> None:
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)
        await self._transport.aclose()

    async def answer(self, scope: Scope) -> Reply:
        """What a search page answers; a calm notice where it cannot be asked now."""
        language = scope.headers.get("accept-language")
        wait = self._allowance.take(self._address(scope), time.monotonic())
        if wait:
            return notice(429, scope.path, language, retry_after=max(1, round(wait)))
        accepted = scope.headers.get("accept-encoding")
        target = f"{href(scope.path)}?{question(scope.query_string)}"
        kept = self._answers.get(target)
        if kept and kept.until > time.monotonic() and kept.epoch == self._epoch():
            return kept.reply(accepted)
        flight = self._flights.get(target)
        if flight is None:
            if not self._config.desk_url:
                return notice(503, scope.path, language)
            if len(self._flights) >= self._config.search_concurrency + self._config.search_queue:
                return notice(503, scope.path, language, retry_after=2)
            flight = self._flights[target] = asyncio.get_running_loop().create_task(self._ask(target))
            flight.add_done_callback(lambda _: self._flights.pop(target, None))
        said = await asyncio.shield(flight)
        return said.reply(accepted) if said else notice(503, scope.path, language, retry_after=5)

    async def _ask(self, target: str) -> _Kept | None:
        async with self._slots:
            try:
                async with asyncio.timeout(self._config.ask_timeout):
                    said = await self._fetch(target)
            except (TimeoutError, httpx.TransportError) as error:
                log.warning("the desk did not answer a search: %s", error or type(error).__name__)
                return None
        if said is not None and said.status == 200 and len(said.body) <= LONGEST:
            said.until = time.monotonic() + SECONDS
            self._answers[target] = said
            self._answers.move_to_end(target)
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return said

    async def _fetch(self, target: str) -> _Kept | None:
        epoch = self._epoch()
        timeouts = dict.fromkeys(("read", "write", "pool"), self._config.ask_timeout) | {"connect": 2.0}
        headers = [
            ("host", self._config.public_host),
            ("x-forwarded-host", self._config.public_host),
            ("x-forwarded-proto", self._config.public_scheme),
            ("x-dateline-ask", self._config.ask_token),
            ("accept-encoding", "identity"),
            ("user-agent", "dateline-stand"),
        ]
        url = desk_url(self._config, target)
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeouts})
        response = await self._transport.handle_async_request(request)
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        if response.status_code >= 500:
            return None
        headers = [*_passed_on(response), *self._config.security_headers]
        return _Kept(response.status_code, headers, body, epoch)


def _passed_on(response: httpx.Response) -> Headers:
    names = ("content-type", "x-robots-tag")
    found = [
        (name.decode("ascii").lower(), header_text(value))
        for name, value in response.headers.raw
        if name.decode("ascii", "replace").lower() in names
    ]
    return [*found, ("cache-control", "no-store"), ("vary", "Accept-Encoding")]
