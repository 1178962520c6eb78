"""Live logs on many machines: the press adds events to a stream in Redis or Valkey, each stand's machine follows it.

    dateline:HOST:live                 a set: the channels there are
    dateline:HOST:live:EDITION         a stream: entry `41-0` holds event 41 as its line in the log (`e`) and the
                                       generation it is counted in (`g`)

What a follower reads it appends to the log in its own store, under that log's lock; a stand reads it there as if the
press were on the same machine. The stream's own numbers see to it that no event is in it twice, and the log's position
that none is appended twice, whoever follows and however often.
"""

import contextlib
import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.store.log import CHANNEL, KEEP_EVENTS, EventLog, LogEvent, Position

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger("dateline.live")

#: Seconds that a follower waits for news in one go, and after a failure.
WAIT = 1.0
#: Entries that are read at a time.
BATCH = 500


def connect(address: str) -> "Redis":
    """A client for `redis://host:port/0`, `rediss://` or `unix://`. Nothing is sent yet."""
    import redis

    return redis.Redis.from_url(
        address, socket_timeout=10, socket_connect_timeout=3, health_check_interval=30, decode_responses=False
    )


def _channels_key(host: str) -> str:
    return f"dateline:{host}:live"


def _stream_key(host: str, channel: str) -> str:
    return f"dateline:{host}:live:{channel}"


class Fanout:
    """The press's side."""

    def __init__(self, client: "Redis", host: str) -> None:
        self._client = client
        self._host = host

    def position(self, channel: str) -> Position | None:
        """The last event of a channel's stream; None while it has none."""
        found: Any = self._client.xrevrange(_stream_key(self._host, channel), count=1)
        if not found:
            return None
        number, fields = found[0]
        return Position(fields[b"g"].decode(), int(number.split(b"-")[0]))

    def append(self, channel: str, generation: str, events: Sequence[LogEvent], *, anew: bool = False) -> None:
        """Add events whose numbers follow the last one's; with `anew` nothing that was in the stream stays."""
        import redis

        key = _stream_key(self._host, channel)
        with self._client.pipeline(transaction=True) as pipe:
            pipe.sadd(_channels_key(self._host), channel)
            if anew:
                pipe.delete(key)
            for event in events:
                fields: dict[Any, Any] = {"g": generation, "e": event.to_line()}
                pipe.xadd(key, fields, id=f"{event.number}-0", maxlen=KEEP_EVENTS, approximate=True)
            # Another process has been quicker: its entries are the same.
            with contextlib.suppress(redis.ResponseError):
                pipe.execute()

    def close(self) -> None:
        self._client.close()


class Follower(threading.Thread):
    """A stand's side: appends what the press tells to the logs of a store, until `stop`."""

    def __init__(self, client: "Redis", host: str, root: Path) -> None:
        super().__init__(name="live follower", daemon=True)
        self._client = client
        self._host = host
        self._root = root
        self._end = threading.Event()
        self._lost = False

    def stop(self) -> None:
        self._end.set()

    def run(self) -> None:
        while not self._end.is_set():
            try:
                if not self.follow():
                    self._end.wait(WAIT)
                self._lost = False
            except Exception as error:
                # The log has it once; readers keep what they have and are told the rest when it is back.
                if not self._lost:
                    log.warning("live events of other machines do not arrive: %s; trying again", error)
                self._lost = True
                self._end.wait(WAIT)

    def follow(self) -> bool:
        """Wait a moment for news of any channel and append it; returns whether there is any channel to follow."""
        names: Any = self._client.smembers(_channels_key(self._host))
        channels = sorted(name.decode() for name in names)
        keys = {}
        for channel in channels:
            if CHANNEL.fullmatch(channel):
                keys[_stream_key(self._host, channel)] = channel
        if not keys:
            return False
        after: dict[Any, Any] = {key: self._known(channel) for key, channel in keys.items()}
        found: Any = self._client.xread(after, count=BATCH, block=round(WAIT * 1000)) or []
        for key, entries in found:
            self._append(keys[key.decode()], entries)
        return True

    def _known(self, channel: str) -> str:
        """Where to go on. A log of another generation than the stream's newest entry is begun anew."""
        with EventLog(self._root, channel).locked() as here:
            position = here.position()
        newest: Any = self._client.xrevrange(_stream_key(self._host, channel), count=1)
        if position is None or (newest and newest[0][1][b"g"].decode() != position.generation):
            return "0-0"
        return f"{position.number}-0"

    def _append(self, channel: str, entries: Iterable[tuple[bytes, dict[bytes, bytes]]]) -> None:
        with EventLog(self._root, channel).locked() as here:
            for _number, fields in entries:
                generation, event = fields[b"g"].decode(), LogEvent.from_line(fields[b"e"])
                position = here.position()
                if position and position.generation == generation and event.number <= position.number:
                    continue
                if position is None or (position.generation, position.number + 1) != (generation, event.number):
                    here.begin(generation, event.number - 1)
                here.append([event])
