"""The parts as processes: each alone, or all three under one roof."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.request import urlopen

Say = Callable[[str], None]


class PartError(Exception):
    """A part that cannot start; one line for the operator."""


@dataclass
class _Part:
    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0


def desk_port(options: dict[str, Any]) -> int:
    return int(options["desk_port"] or options["port"] + 1)


def check_port(host: str, port: int) -> None:
    """Raises PartError if nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PartError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop what holds it, or name another: --port"
            ) from error


def serve_desk(options: dict[str, Any]) -> None:
    """The desk on 127.0.0.1, until SIGTERM."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    port = desk_port(options)
    check_port("127.0.0.1", port)
    Server(
        "dateline.conf.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=options["desk_threads"],
        log_level=LogLevels.warning,
        websockets=False,
        workers_kill_timeout=10,
    ).serve()


def serve_stand(folder: Path, options: dict[str, Any]) -> None:
    """The stand, until SIGTERM."""
    from urllib.parse import urlsplit

    from dateline.conf.options import ask_token
    from dateline.stand.config import StandConfig
    from dateline.stand.serve import serve

    netloc = urlsplit(options["base_url"]).netloc.replace(":", "_")
    config = StandConfig(
        store_root=folder / "store" / netloc,
        media_root=folder / "media",
        static_root=folder / "static",
        desk_url=f"http://127.0.0.1:{desk_port(options)}",
        public_url=options["base_url"],
        ask_token=ask_token(options["secret_key"]),
        live_readers=options["live_readers"],
        count_reads=options["count_reads"],
        trusted_fronts=tuple(options["trusted_fronts"]),
        live_per_address=options["live_per_address"],
        live_fanout=options["live_fanout"],
    )
    check_port(options["host"], options["port"])
    serve(config, options["host"], options["port"], workers=options["stand_workers"])


def run_all(folder: Path, options: dict[str, Any], *, say: Say) -> int:
    """Stand, desk and worker together; a part that dies is started again. Returns the exit status."""
    check_port(options["host"], options["port"])
    check_port("127.0.0.1", desk_port(options))
    base = [sys.executable, "-m", "dateline", "-C", str(folder)]
    environment = {
        **os.environ,
        "DATELINE_BASE_URL": options["base_url"],
        "DATELINE_HOST": options["host"],
        "DATELINE_PORT": str(options["port"]),
        "DATELINE_DESK_PORT": str(desk_port(options)),
    }
    studio = ["studio"] if options["speak"] or options["clips"] else []
    parts = [_Part(name, [*base, name]) for name in ("desk", "stand", "worker", *studio)]
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for part in parts:
        _start(part, environment)
    told = False
    while not stopping:
        for part in parts:
            if part.process and part.process.poll() is not None:
                _again(part, environment, say)
        if not told and _answers(options):
            told = True
            say(f"Site: {options['base_url']}/   Desk: {options['base_url']}/desk/")
        time.sleep(0.2)
    for part in reversed(parts):
        _end(part)
    return 0


def _start(part: _Part, environment: dict[str, str]) -> None:
    # A session of its own: Ctrl-C reaches this process alone, which ends its parts in order.
    part.process = subprocess.Popen(part.command, env=environment, start_new_session=True)
    part.started = time.monotonic()


def _again(part: _Part, environment: dict[str, str], say: Say) -> None:
    lived = time.monotonic() - part.started
    part.failures = 0 if lived > 60 else part.failures + 1
    if lived < min(2**part.failures * 0.25, 15):
        return
    say(f"The {part.name} stopped (status {part.process.returncode if part.process else '?'}); starting it again.")
    _start(part, environment)


def _end(part: _Part) -> None:
    process = part.process
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(options: dict[str, Any]) -> bool:
    host = "127.0.0.1" if options["host"] in {"0.0.0.0", "::"} else options["host"]  # noqa: S104 - compared, not bound
    try:
        with urlopen(f"http://{host}:{options['port']}/-/health", timeout=1):
            pass
        with socket.create_connection(("127.0.0.1", desk_port(options)), timeout=1):
            return True
    except OSError:
        return False
