"""Asking the desk to print."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import httpx

from dateline.stand.address import href
from dateline.stand.config import StandConfig
from dateline.stand.desk import desk_transport, desk_url, header_text

#: An answer that is not in the store is kept in memory while it is passed on; a longer one is no page.
LONGEST_ANSWER = 4 * 1024 * 1024

_PASSED_ON = ("cache-control", "content-language", "content-type", "location", "retry-after", "vary")

log = logging.getLogger("dateline.stand")


class Failure(Enum):
    """Why the desk gave no answer."""

    #: This stand has no desk.
    NO_DESK = "no desk"
    #: It could not be reached.
    DOWN = "down"
    #: It did not answer in time.
    SLOW = "slow"
    #: Too many pages are being asked for.
    BUSY = "busy"
    #: Its answer is longer than any page.
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk said to a request to print. `epoch` is the store's when the request began."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)
    epoch: int


Outcome = Answer | Failure


class Asker:
    """Sends requests to print: one at a time for each path, few at a time in all."""

    def __init__(self, config: StandConfig, epoch: Callable[[], int]) -> None:
        self._config = config
        self._epoch = epoch
        self._flights: dict[str, asyncio.Task[Outcome]] = {}
        self._slots = asyncio.Semaphore(config.miss_concurrency)
        self._idle_flights = 0
        self._rest_until = float("-inf")
        self._transport = desk_transport(config, config.miss_concurrency)
        self._headers = [
            ("host", config.public_host),
            ("x-forwarded-host", config.public_host),
            ("x-forwarded-proto", config.public_scheme),
            ("x-dateline-ask", config.ask_token),
            ("accept-encoding", "identity"),
            ("user-agent", "dateline-stand"),
        ]

    def ask(self, path: str) -> "asyncio.Task[Outcome] | Failure":
        """The request for `path` that is under way, or a new one. It goes on even if nobody waits for it."""
        flight = self._flights.get(path)
        if flight is not None:
            return flight
        if not self._config.desk_url:
            return Failure.NO_DESK
        if time.monotonic() < self._rest_until:
            return Failure.DOWN
        if len(self._flights) >= self._config.miss_concurrency + self._config.miss_queue:
            return Failure.BUSY
        return self._start(path)

    def ask_when_idle(self, path: str) -> bool:
        """Ask for `path` only if no reader waits for a slot and enough are left; whether it was asked for."""
        if path in self._flights:
            return True
        spare = max(1, self._config.miss_concurrency // 4)
        if self._idle_flights >= spare or self._slots.locked() or not self._config.desk_url:
            return False
        if time.monotonic() < self._rest_until:
            return False
        self._idle_flights += 1
        self._start(path).add_done_callback(self._idle_done)
        return True

    def _idle_done(self, _: "asyncio.Task[Outcome]") -> None:
        self._idle_flights -= 1

    def _start(self, path: str) -> "asyncio.Task[Outcome]":
        flight = asyncio.get_running_loop().create_task(self._fly(path))
        self._flights[path] = flight
        flight.add_done_callback(lambda _: self._flights.pop(path, None))
        return flight

    async def _fly(self, path: str) -> Outcome:
        async with self._slots:
            if time.monotonic() < self._rest_until:
                return Failure.DOWN
            try:
                async with asyncio.timeout(self._config.ask_timeout):
                    return await self._fetch(path)
            except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout):
                log.warning("the desk did not print %a within %g s", path, self._config.ask_timeout)
                return Failure.SLOW
            except httpx.TransportError as error:
                self._rest_until = time.monotonic() + self._config.ask_rest
                log.warning("the desk cannot be reached: %s", error or type(error).__name__)
                return Failure.DOWN

    async def _fetch(self, path: str) -> Outcome:
        url = desk_url(self._config, href(path))
        try:
            return await self._fetch_once(url)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            # The desk may close a connection it kept open just as it is used again; printing twice does no harm.
            return await self._fetch_once(url)

    async def _fetch_once(self, url: httpx.URL) -> Outcome:
        epoch = self._epoch()
        request = httpx.Request("GET", url, headers=self._headers, extensions={"timeout": _timeouts(self._config)})
        response = await self._transport.handle_async_request(request)
        body = bytearray()
        try:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > LONGEST_ANSWER:
                    log.warning("the desk's answer to %s is too long for a page", url.raw_path.decode())
                    return Failure.TOO_LONG
        finally:
            await response.aclose()
        headers = [
            (name.decode("ascii").lower(), header_text(value))
            for name, value in response.headers.raw
            if name.decode("ascii", "replace").lower() in _PASSED_ON
        ]
        return Answer(response.status_code, headers, bytes(body), epoch)

    async def close(self) -> None:
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)
        await self._transport.aclose()


def _timeouts(config: StandConfig) -> dict[str, float]:
    return {"connect": 2.0, "read": config.ask_timeout, "write": config.ask_timeout, "pool": config.ask_timeout}
