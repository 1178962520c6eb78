"""Running a stand in this process, on Granian."""

import contextlib
import ctypes
import errno
import os
import resource
import signal
import socket
import sys
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from dateline.stand.app import create
from dateline.stand.config import StandConfig
from dateline.store.fanout import Follower, connect

#: Connections that wait to be accepted, and, beside live streams, connections open at a time in one worker.
BACKLOG = 2048
OPEN_CONNECTIONS = 8192
#: Seconds that answers under way have to finish after SIGTERM.
STOP_TIMEOUT = 5

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "dateline.stand": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}

#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1


class PortTaken(OSError):
    """Somebody else listens on the address that was asked for."""


def serve(config: StandConfig, host: str, port: int, workers: int = 1) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        PortTaken: if the port is in use.
        OSError: if the address cannot be listened on for another reason.
    """
    _check_port(host, port)
    _allow_open_files()
    os.environ.update(config.to_env())
    if config.live_fanout:
        # One for all workers: they read the log that it writes.
        Follower(connect(config.live_fanout), config.store_root.name, config.store_root).start()
    server = Granian(
        "dateline.stand.app:create",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        loop=Loops.auto,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        backpressure=OPEN_CONNECTIONS + config.live_readers,
        http1_settings=http1_settings(config),
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT,
    )
    # Loading by name would put the working folder on the path of modules.
    server.serve(target_loader=load, wrap_loader=False)


def load() -> Any:  # Granian's types know only functions, not objects with an `__rsgi__`
    """The stand of one worker."""
    end_with_parent()
    return create()


def end_with_parent() -> None:
    """Ask the kernel to end this worker when the process that started it dies, even by SIGKILL: an orphan would hold
    the port and answer for a server that is gone. Linux alone can do this; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def http1_settings(config: StandConfig) -> HTTP1Settings:
    """Limits that Granian holds before a request reaches the stand.

    A request line and headers that do not fit into the buffer are answered by 431; hyper takes no less than 8 KiB.
    """
    return HTTP1Settings(
        header_read_timeout=int(config.header_timeout * 1000), max_buffer_size=max(8192, config.max_header_bytes)
    )


def _allow_open_files() -> None:
    """Each reader's connection is an open file, and many systems allow a process but 1,024 until it asks for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _check_port(host: str, port: int) -> None:
    """Granian shares its port with any process that asks to, so a second stand would start without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTaken(error.errno, f"port {port} on {host} is in use") from error
