"""Thousands of open pages in one process: raw sockets on one epoll, each a reader of a live stream.

`python -m tests.bench.readers PORT PATH COUNT` connects them all and says so in a line of JSON, then does what it is
told on standard input, a word a line: `heard N` waits until each reader has been told N more events, and says when they
were; `drop` closes all and brings each back after the time that its stream told it.
"""

import json
import random
import re
import resource
import select
import socket
import sys
import time
from collections import defaultdict
from statistics import median
from typing import Any

#: Connections under way at a time, fewer than a server keeps waiting.
AT_A_TIME = 400
PATIENCE = 60.0

_EVENT = re.compile(rb"id: [0-9a-z]+\.(\d+)\nevent: ([a-z.]+)\n")
_ID = re.compile(rb"id: ([0-9a-z]+\.\d+)\n")
_RETRY = re.compile(rb"retry: (\d+)\n")


class Reader:
    """One open page: what it was told last, and whether anything came twice or not at all."""

    __slots__ = ("doubled", "greeted", "heard", "last", "missed", "position", "retry", "socket", "tail")

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.tail = b""
        self.position = b""
        self.last = -1
        self.heard = self.missed = self.doubled = 0
        self.retry = 3.0
        self.greeted = False


class Crowd:
    """All readers of one stream."""

    def __init__(self, port: int, path: str, count: int) -> None:
        self.port, self.path = port, path
        self.readers = [Reader() for _ in range(count)]
        self.poll = select.epoll()
        self.by_number: dict[int, Reader] = {}
        self.times: dict[int, list[float]] = defaultdict(list)

    def connect(self, readers: list[Reader]) -> None:
        """Open these streams, some at a time, until each has been greeted."""
        waiting = list(readers)
        while waiting or not all(reader.greeted for reader in readers):
            under_way = sum(1 for reader in readers if reader.socket and not reader.greeted)
            for _ in range(min(len(waiting), AT_A_TIME - under_way)):
                self._open(waiting.pop())
            self.listen(0.05)

    def _open(self, reader: Reader) -> None:
        one = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        one.setblocking(False)
        lines = [f"GET {self.path} HTTP/1.1", "Host: bench", "Accept: text/event-stream"]
        if reader.position:
            lines.append(f"Last-Event-ID: {reader.position.decode()}")
        one.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        reader.socket, reader.tail, reader.greeted = one, b"", False
        self.by_number[one.fileno()] = reader
        self.poll.register(one.fileno(), select.EPOLLIN)

    def listen(self, seconds: float) -> None:
        for number, _ in self.poll.poll(seconds, 4096):
            reader = self.by_number[number]
            assert reader.socket
            try:
                data = reader.socket.recv(65536)
            except BlockingIOError:
                continue
            except ConnectionError:
                data = b""
            if not data:
                self._close(reader)
                continue
            self._take(reader, reader.tail + data, time.time())

    def _take(self, reader: Reader, data: bytes, now: float) -> None:
        whole, _, reader.tail = data.rpartition(b"\n\n")
        for found in _EVENT.finditer(whole):
            number, kind = int(found[1]), found[2]
            if kind == b"hello":
                reader.greeted = True
                if reader.last < 0:
                    reader.last = number
                continue
            if number <= reader.last:
                reader.doubled += 1
                continue
            reader.missed += number - reader.last - 1
            reader.last = number
            reader.heard += 1
            self.times[number].append(now)
        if ids := _ID.findall(whole):
            reader.position = ids[-1]
        if retry := _RETRY.search(whole):
            reader.retry = int(retry[1]) / 1000

    def _close(self, reader: Reader) -> None:
        if reader.socket:
            self.poll.unregister(reader.socket.fileno())
            del self.by_number[reader.socket.fileno()]
            reader.socket.close()
            reader.socket = None
            reader.greeted = False

    def heard(self, number: int) -> dict[str, Any]:
        """Wait until every reader has been told `number` events since the last call; when, and what went wrong."""
        deadline = time.monotonic() + PATIENCE
        while any(reader.heard < number for reader in self.readers) and time.monotonic() < deadline:
            self.listen(0.2)
        told = {str(event): summary(times) for event, times in sorted(self.times.items())}
        wrong = {
            "short": sum(1 for reader in self.readers if reader.heard < number),
            "missed": sum(reader.missed for reader in self.readers),
            "doubled": sum(reader.doubled for reader in self.readers),
        }
        self.times.clear()
        for reader in self.readers:
            reader.heard = 0
        return {"events": told, **wrong}

    def drop(self) -> float:
        """Close every stream; each comes back when its stream told it to. Seconds until the last is back."""
        started = time.monotonic()
        due = []
        for reader in self.readers:
            self._close(reader)
            due.append((started + reader.retry, reader))
        due.sort(key=lambda one: one[0])
        while due or not all(reader.greeted for reader in self.readers):
            now = time.monotonic()
            while due and due[0][0] <= now:
                self._open(due.pop(0)[1])
            for reader in self.readers if not due else ():
                if reader.socket is None:  # refused, or the server is not back yet
                    due.append((now + random.uniform(0.2, 0.5), reader))
            self.listen(0.02)
            if now - started > PATIENCE:
                break
        return time.monotonic() - started


def summary(times: list[float]) -> dict[str, float]:
    """Moments at which shares of the readers had been told."""
    ordered = sorted(times)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    return {"count": len(ordered), "p50": median(ordered), "p95": at(0.95), "p99": at(0.99), "last": ordered[-1]}


def main() -> None:
    port, path, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowd = Crowd(port, path, count)
    started = time.monotonic()
    crowd.connect(crowd.readers)
    print(json.dumps({"open": count, "seconds": time.monotonic() - started}), flush=True)
    commands = select.epoll()
    commands.register(sys.stdin.fileno(), select.EPOLLIN)
    while True:
        # While nobody asks, events are taken as they come.
        if not commands.poll(0):
            crowd.listen(0.01)
            continue
        line = sys.stdin.readline().split()
        if not line:
            return
        if line[0] == "heard":
            print(json.dumps(crowd.heard(int(line[1]))), flush=True)
        elif line[0] == "drop":
            print(json.dumps({"seconds": crowd.drop()}), flush=True)


if __name__ == "__main__":
    main()
