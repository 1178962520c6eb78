"""Live events to open pages: Server-Sent Events, and the same by polling one address that caches can keep.

    /live/EDITION                       what concerns the whole edition
    /live/EDITION/STORY                 that, and the updates of one story
    …?after=POSITION                    from there on; so does the header Last-Event-ID
    /live/EDITION/since/POSITION        the same as one JSON answer
    /live/EDITION/STORY/since/POSITION

The stream is as the HTML standard has it (https://html.spec.whatwg.org/multipage/server-sent-events.html). Its events
come from the store's log, so it goes on when the desk and the database are down. Whoever comes late is told only the
newest event about each thing: what was withdrawn or replaced meanwhile is not handed out again.
"""

import asyncio
import itertools
import json
import logging
import random
import re
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from dateline.stand.config import StandConfig
from dateline.stand.exchange import Exchange, Headers, Reply, Scope, Transport
from dateline.stand.negotiation import preference
from dateline.stand.sockets import Sockets
from dateline.store import LocalStore
from dateline.store.log import CHANNEL, LogEvent, LogReader, Position

#: Seconds between two looks at a log that has readers.
LOOK = 0.02
#: Seconds between two signs of life on a stream that has nothing to tell.
BEAT = 15
#: Bytes a reader may leave untaken before it is dropped.
MOST_UNTAKEN = 128 * 1024
#: Seconds a reader may leave anything untaken.
LONGEST_UNTAKEN = 30.0
#: Readers told in one go, before others get their turn.
TOLD_AT_ONCE = 500
#: Seconds after which a browser comes back when its stream ends; each is told another number of them.
RETRY = (1.0, 5.0)
#: Answers to polls that are kept ready.
KEPT_POLLS = 256

_TOPIC = re.compile(r"[0-9]{1,19}")
_HEADERS: Headers = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
    # nginx would hold the stream back until its buffer is full.
    ("x-accel-buffering", "no"),
]
#: The position of a page that was printed before there was any event.
_NOTHING = Position("0", 0)
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"

log = logging.getLogger("dateline.stand")


def packed(data: bytes) -> bytes:
    """One piece of a gzip stream that needs no other: all readers of a stream share it, and none has a state."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return squeezer.compress(data) + squeezer.flush(zlib.Z_SYNC_FLUSH)


@dataclass(slots=True, eq=False)
class Reader:
    """One open stream. `push` hands bytes over and says whether there is still somebody to take them."""

    push: Callable[[bytes], bool]
    client: str
    address: str
    topic: str
    gzip: bool
    slot: int
    #: The last event its page was printed with, when that was ahead of the log.
    known: int = 0
    untaken: int = 0
    #: When something was first found untaken; 0 for never.
    since: float = 0.0


@dataclass(slots=True)
class _Told:
    """An event as it goes out; `plain` is empty when a later one about the same thing has taken its place."""

    number: int
    topic: str
    about: str
    plain: bytes


class Channel:
    """One edition's newest events, in memory as they go out, and who listens."""

    def __init__(self, store: LocalStore, name: str) -> None:
        self._log = LogReader(store.root, name)
        self._told: deque[_Told] = deque()
        self._newest: dict[str, _Told] = {}
        self.generation = ""
        self.after = 0
        self.last = 0
        self.readers: set[Reader] = set()
        self.polls: dict[tuple[str, str], bytes] = {}

    @property
    def position(self) -> str:
        return str(Position(self.generation, self.last) if self.generation else _NOTHING)

    def look(self) -> tuple[bool, list[LogEvent]]:
        """Take in what is new in the log; returns whether everything before is void, and the new events."""
        anew, events = self._log.news()
        void = False
        if anew:
            # A shortened log is another file with the same numbers. Another generation is another count, and a log
            # that was cut beyond what is known here has a gap: both are for readers to reload.
            known = bool(self.generation)
            void = known and (self._log.generation != self.generation or self._log.after > self.last)
            if void or not known:
                self._told.clear()
                self._newest.clear()
                self.last = self._log.after
            self.generation = self._log.generation
            self.after = max(self._log.after, 0)
            while self._told and self._told[0].number <= self.after:
                gone = self._told.popleft()
                if self._newest.get(gone.about) is gone:
                    del self._newest[gone.about]
        fresh = [event for event in events if event.number > self.last]
        for event in fresh:
            told = _Told(event.number, event.topic, event.about, self.as_message(event))
            if event.about:
                if earlier := self._newest.get(event.about):
                    earlier.plain = b""
                self._newest[event.about] = told
            self._told.append(told)
            self.last = event.number
        if fresh or anew:
            self.polls.clear()
        return void, fresh

    def as_message(self, event: LogEvent) -> bytes:
        told = {**event.data, "about": event.about, "at": event.at}
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        kind = re.sub(r"[^a-z.]", "", event.kind)
        number = Position(self.generation, event.number)
        return f"id: {number}\nevent: {kind}\ndata: {data}\n\n".encode("utf-8", "replace")

    def knows(self, position: Position | None) -> int | None:
        """The number of a reader's position in this count; None for one that nothing can be told after."""
        if position is None:
            return None
        if position.generation in (self.generation, _NOTHING.generation) and position.number >= self.after:
            return position.number
        return None

    def messages(self, topic: str, position: Position | None) -> list[bytes] | None:
        """What a reader at this position has missed; None when that is no longer known."""
        beyond = self.knows(position)
        if beyond is None:
            return None
        # Numbers have no gaps, so the place of the first one that is new is known.
        start = max(0, len(self._told) - max(0, self.last - beyond))
        newer = itertools.islice(self._told, start, None)
        return [told.plain for told in newer if told.plain and (not told.topic or told.topic == topic)]

    def reload(self) -> bytes:
        return f"id: {self.position}\nevent: reload\ndata: {{}}\n\n".encode()


@dataclass(frozen=True, slots=True)
class _Request:
    channel: str
    topic: str = ""
    since: str | None = None


def read_request(path: str) -> _Request | None:
    """What a path below /live/ asks for, or None where it asks for nothing that could be."""
    parts = path.split("/")[2:]
    since: str | None = None
    if len(parts) >= 3 and parts[-2] == "since":
        *parts, _, since = parts
    if not 1 <= len(parts) <= 2 or not CHANNEL.fullmatch(parts[0]):
        return None
    if len(parts) == 2 and not _TOPIC.fullmatch(parts[1]):
        return None
    return _Request(parts[0], parts[1] if len(parts) == 2 else "", since)


@dataclass(slots=True)
class Limits:
    """How many streams there may be, in this process."""

    readers: int
    per_address: int
    open: int = 0
    by_address: Counter[str] = field(default_factory=Counter)

    def take(self, address: str) -> bool:
        if self.open >= self.readers or self.by_address[address] >= self.per_address:
            return False
        self.open += 1
        self.by_address[address] += 1
        return True

    def give_back(self, address: str) -> None:
        self.open -= 1
        self.by_address[address] -= 1
        if self.by_address[address] <= 0:
            del self.by_address[address]


class Live:
    """The live streams of one stand."""

    def __init__(self, config: StandConfig) -> None:
        self._config = config
        self._store = LocalStore(config.store_root)
        self._channels: dict[str, Channel] = {}
        self._limits = Limits(config.live_readers, config.live_per_address)
        self._sockets = Sockets()
        self._slots: list[set[Reader]] = [set() for _ in range(BEAT)]
        self._next_slot = itertools.cycle(range(BEAT))
        self._work: asyncio.Task[None] | None = None

    @property
    def readers(self) -> int:
        """Streams open now."""
        return self._limits.open

    async def close(self) -> None:
        """End all streams; browsers come back by themselves."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait((self._work,))
        for channel in self._channels.values():
            channel.readers.clear()

    # ── requests ──

    def answer(self, scope: Scope, exchange: Exchange) -> int:
        """Answer a GET or HEAD below /live/; returns 0, or the status to refuse it with."""
        request = read_request(scope.path)
        channel = self._channel(request.channel) if request else None
        if request is None or channel is None:
            return 404
        if request.since is not None:
            return self._poll(channel, request, scope, exchange)
        if scope.method == "HEAD":
            exchange.response_empty(200, [("content-type", "text/event-stream"), *_HEADERS])
            return 0
        if not self._limits.take(address := self.address(scope)):
            return 503
        try:
            self._open(channel, request.topic, address, scope, exchange)
        except BaseException:
            self._limits.give_back(address)
            raise
        return 0

    def _channel(self, name: str) -> Channel | None:
        """The channel of an edition that this store has."""
        known = self._channels.get(name)
        if known is None:
            edition = self._store.root / name
            if not edition.is_dir():
                return None
            known = self._channels[name] = Channel(self._store, name)
        self._take_in(known)
        return known

    def _take_in(self, channel: Channel) -> None:
        """Read what is new and tell it, so that whoever comes now is told nothing twice."""
        void, events = channel.look()
        if void:
            self._tell_at_once(channel, lambda reader: self._coded(channel.reload(), reader.gzip))
        elif events and channel.readers:
            self._tell_at_once(channel, _Composer(channel, events).bytes_for)

    def _open(self, channel: Channel, topic: str, address: str, scope: Scope, exchange: Exchange) -> None:
        gzip = bool(topic) and "g" in preference(scope.headers.get("accept-encoding"))
        headers = [("content-type", "text/event-stream"), ("vary", "Accept-Encoding"), *_HEADERS]
        if gzip:
            headers.append(("content-encoding", "gzip"))
        transport = exchange.response_stream(200, headers)
        slot = next(self._next_slot)
        reader = Reader(_pusher(transport), scope.client, address, topic, gzip, slot)
        after = _asked_after(scope)
        position = Position.read(after) if after else None
        reader.known = channel.knows(position) or 0
        first = self._greeting(channel, channel.messages(topic, position) if after else [])
        reader.push((_GZIP_HEAD if gzip else b"") + self._coded(first, gzip))
        channel.readers.add(reader)
        self._slots[slot].add(reader)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._keep_telling())

    def _greeting(self, channel: Channel, missed: list[bytes] | None) -> bytes:
        """How a stream begins: what was missed, then where it stands, what time it is here and when to come back.

        The position comes last: a stream that breaks off in its first bytes must not let anything seem told.
        """
        seconds = random.uniform(*RETRY)  # noqa: S311 - spreads readers, protects nothing
        now = int(time.time() * 1000)
        hello = f'retry: {seconds * 1000:.0f}\nid: {channel.position}\nevent: hello\ndata: {{"now":{now}}}\n\n'
        return b"".join([*([channel.reload()] if missed is None else missed), hello.encode()])

    def _poll(self, channel: Channel, request: _Request, scope: Scope, exchange: Exchange) -> int:
        known = Position.read(request.since or "")
        if known is None:
            return 404
        key = (request.topic, str(known))
        body = channel.polls.get(key)
        if body is None:
            body = _as_json(channel.position, channel.messages(request.topic, known))
            if len(channel.polls) >= KEPT_POLLS:
                channel.polls.clear()
            channel.polls[key] = body
        headers = [
            ("content-type", "application/json"),
            ("cache-control", "public, max-age=3"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex"),
        ]
        Reply(200, headers, body).send(exchange, scope.method)
        return 0

    def address(self, scope: Scope) -> str:
        """Whom a request counts against: the reader's own address, told by a proxy that is trusted."""
        peer = scope.client.rpartition(":")[0].strip("[]") or scope.client
        if peer in self._config.trusted_fronts:
            return str(scope.headers.get("x-forwarded-for") or peer).rpartition(",")[2].strip()
        return peer

    # ── telling ──

    @staticmethod
    def _coded(data: bytes, gzip: bool) -> bytes:
        return packed(data) if gzip else data

    async def _keep_telling(self) -> None:
        """While anybody listens: look at the logs, tell what is new, and give signs of life."""
        beats = itertools.cycle(range(BEAT))
        next_beat = time.monotonic() + 1
        while self.readers:
            await asyncio.sleep(LOOK)
            try:
                for channel in list(self._channels.values()):
                    if channel.readers:
                        await self._tell(channel)
                if time.monotonic() >= next_beat:
                    next_beat = time.monotonic() + 1
                    self._beat(next(beats))
            except Exception:
                log.exception("telling readers of live events failed; the next look follows")

    async def _tell(self, channel: Channel) -> None:
        void, events = channel.look()
        if void:
            self._tell_at_once(channel, lambda reader: self._coded(channel.reload(), reader.gzip))
        elif events:
            composer = _Composer(channel, events)
            # Whoever comes while others get their turn is told by the greeting, and is not in this list.
            for number, reader in enumerate(list(channel.readers), 1):
                self._hand(channel, reader, composer.bytes_for(reader))
                if number % TOLD_AT_ONCE == 0:
                    await asyncio.sleep(0)

    def _tell_at_once(self, channel: Channel, compose: Callable[[Reader], bytes]) -> None:
        for reader in list(channel.readers):
            self._hand(channel, reader, compose(reader))

    def _hand(self, channel: Channel, reader: Reader, data: bytes) -> None:
        if not data:
            return
        reader.untaken += len(data)
        if reader.untaken > MOST_UNTAKEN and not self._has_taken(reader):
            log.info("a reader at %s is too slow for live events and is sent away", reader.address)
            self._sockets.cut(reader.client)
            self._drop(channel, reader)
        elif not reader.push(data):
            self._drop(channel, reader)

    def _has_taken(self, reader: Reader) -> bool:
        """Whether the reader has taken all that was sent to it. Where that cannot be known it is asked again."""
        unsent = self._sockets.unsent(reader.client)
        if unsent == 0:
            reader.untaken, reader.since = 0, 0.0
        return not unsent

    def _drop(self, channel: Channel, reader: Reader) -> None:
        if reader in channel.readers:
            channel.readers.discard(reader)
            self._slots[reader.slot].discard(reader)
            self._limits.give_back(reader.address)

    def _beat(self, slot: int) -> None:
        """A comment to the readers of this second, so that proxies keep the line and the gone are noticed."""
        comment = b":\n"  # no empty line: some clients take that for an event without a name
        squeezed = packed(comment)
        now = time.monotonic()
        for channel in self._channels.values():
            for reader in [r for r in self._slots[slot] if r in channel.readers]:
                if reader.untaken and not self._has_taken(reader):
                    reader.since = reader.since or now
                    if now - reader.since > LONGEST_UNTAKEN:
                        log.info("a reader at %s takes no live events and is sent away", reader.address)
                        self._sockets.cut(reader.client)
                        self._drop(channel, reader)
                        continue
                self._hand(channel, reader, squeezed if reader.gzip else comment)


class _Composer:
    """The same events for many readers, each form made once."""

    def __init__(self, channel: Channel, events: Iterable[LogEvent]) -> None:
        self._events = [(event.number, event.topic, channel.as_message(event)) for event in events]
        self._made: dict[tuple[str, bool, int], bytes] = {}

    def bytes_for(self, reader: Reader) -> bytes:
        known = reader.known if reader.known >= self._events[0][0] else 0
        key = (reader.topic, reader.gzip, known)
        made = self._made.get(key)
        if made is None:
            told = (d for n, topic, d in self._events if n > known and (not topic or topic == reader.topic))
            plain = b"".join(told)
            made = self._made[key] = packed(plain) if reader.gzip and plain else plain
        return made


def _pusher(transport: Transport) -> Callable[[bytes], bool]:
    """Hands bytes to a transport without waiting, and tells from its answer whether the client is still there."""
    at_once: Callable[[bytes], bool] | None = getattr(transport, "push_bytes", None)
    if at_once is not None:
        return at_once
    send = transport.send_bytes

    def push(data: bytes) -> bool:
        waiting: Any = send(data).__await__()
        try:
            waiting.send(None) if hasattr(waiting, "send") else next(waiting)
        except StopIteration:
            return True
        except Exception:
            return False
        return True

    return push


def _asked_after(scope: Scope) -> str:
    """Where the reader wants to go on: what its browser remembers, else what its page was printed with."""
    remembered = scope.headers.get("last-event-id")
    if remembered:
        return str(remembered)[:64]
    return parse_qs(scope.query_string, max_num_fields=8).get("after", [""])[0][:64] if scope.query_string else ""


def _as_json(position: str, missed: list[bytes] | None) -> bytes:
    if missed is None:
        return json.dumps({"last": position, "reload": True}).encode()
    events = []
    for message in missed:
        number, kind, data = (line.split(": ", 1)[1] for line in message.decode().rstrip("\n").split("\n"))
        events.append({"id": number, "kind": kind, "data": json.loads(data)})
    return json.dumps({"last": position, "events": events}, ensure_ascii=False, separators=(",", ":")).encode()
