"""How much of what was sent to a client still waits in the kernel, and how to cut a client off.

Granian takes whatever a stream is given and holds it until the client takes it, so a client that reads nothing would
fill the memory. Its sockets are this process's own: here they are found by the client's address. Linux and macOS; where
the folder of open files is missing, nothing is found and nobody is cut off.
"""

import contextlib
import fcntl
import os
import socket
import struct
import sys
import termios
import time
from pathlib import Path

#: Bytes of a socket that are still to be sent: SIOCOUTQNSD in <linux/sockios.h>, which leaves out what is on its way
#: and only waits to be acknowledged. Elsewhere all that is in the queue.
_OUTQ = 0x894B if sys.platform == "linux" else termios.TIOCOUTQ
_FOLDER = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
#: Seconds between two looks through all open files.
_REST = 0.5


class Sockets:
    """The sockets of this process by their client's address, as RSGI tells it: `192.0.2.1:50123`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._looked = float("-inf")

    def unsent(self, client: str) -> int | None:
        """Bytes that the client has not yet taken from the kernel; None where its socket cannot be found."""
        found = self._open(client)
        if found is None:
            return None
        with found, contextlib.suppress(OSError):
            return int(struct.unpack("i", fcntl.ioctl(found.fileno(), _OUTQ, b"\0\0\0\0"))[0])
        return None

    def cut(self, client: str) -> bool:
        """End the connection at once, with whatever it still holds."""
        found = self._open(client)
        if found is None:
            return False
        with found, contextlib.suppress(OSError):
            found.shutdown(socket.SHUT_RDWR)
        return True

    def _open(self, client: str) -> socket.socket | None:
        """The client's socket under a number of its own, so that what is asked of it cannot meet another."""
        number = self._numbers.get(client)
        found = _socket(number, client) if number is not None else None
        if found is None and time.monotonic() - self._looked >= _REST:
            self._look()
            number = self._numbers.get(client)
            found = _socket(number, client) if number is not None else None
        return found

    def _look(self) -> None:
        self._looked = time.monotonic()
        self._numbers.clear()
        with contextlib.suppress(OSError):
            for name in os.listdir(_FOLDER):  # noqa: PTH208 - thousands of names, and a Path for each costs more
                with contextlib.suppress(OSError, ValueError), _shared(int(name)) as one:
                    self._numbers[_peer(one)] = int(name)


def _shared(number: int) -> socket.socket:
    """An open file as a socket under another number. Raises OSError for one that is none."""
    copy = os.dup(number)
    try:
        return socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        raise


def _socket(number: int, client: str) -> socket.socket | None:
    try:
        found = _shared(number)
    except OSError:
        return None
    with contextlib.suppress(OSError):
        if _peer(found) == client:
            return found
    found.close()
    return None


def _peer(one: socket.socket) -> str:
    if one.family not in (socket.AF_INET, socket.AF_INET6):
        raise OSError("not a client's socket")
    host, port = one.getpeername()[:2]
    return f"[{host}]:{port}" if one.family == socket.AF_INET6 else f"{host}:{port}"
