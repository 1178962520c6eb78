"""Newsrooms that really run: folders made by the command, parts as processes, requests over sockets."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

#: Longest wait for a part to answer; a bound, not a measure.
PATIENCE = 90


def free_ports(count: int = 2) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def environment(**values: Any) -> dict[str, str]:
    """This process's environment without its own newsroom, and with these options."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "DJANGO_"))}
    return clean | {f"DATELINE_{name.upper()}": str(value) for name, value in values.items()}


def dateline(
    *arguments: object, text: str = "", env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        input=text,
        text=True,
        capture_output=True,
        env=env or environment(),
        timeout=PATIENCE * 3,
        check=False,
    )


def start(
    *arguments: object, env: dict[str, str] | None = None, errors: BinaryIO | None = None
) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dateline", *map(str, arguments)]
    told = errors or subprocess.DEVNULL
    return subprocess.Popen(command, env=env or environment(), stdout=subprocess.DEVNULL, stderr=told)


def stop(process: "subprocess.Popen[bytes]") -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)


def get(port: int, path: str, *, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


def wait_until(test: Any, *, what: str) -> None:
    """Ask again until it holds; a bounded wait for another process."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if test():
                return
        select_a_moment()
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


def select_a_moment() -> None:
    """Give the other process the processor for a moment."""
    import select

    select.select([], [], [], 0.05)


@contextlib.contextmanager
def running(folder: Path, **options: Any) -> Iterator[int]:
    """Stand, desk and worker of a newsroom; gives the stand's port."""
    port, desk = free_ports()
    base = f"http://127.0.0.1:{port}"
    # A newsroom under test reads nothing aloud and prepares nothing unless that is what is tested.
    env = environment(port=port, desk_port=desk, base_url=base, **{"speak": "false", "clips": "false", **options})
    with (folder / "errors.log").open("wb") as errors:
        process = start("-C", folder, "run", env=env, errors=errors)
    try:
        wait_until(lambda: get(port, "/-/health")[0] == 200, what="the stand")
        wait_until(lambda: get(port, "/desk/login/")[0] == 200, what="the desk")
        yield port
    finally:
        said = (folder / "errors.log").read_text(errors="replace")
        assert stop(process) == 0
        # What went wrong in there is part of what a test that failed has to say, and nothing may go wrong unnoticed.
        assert "Traceback" not in said, said[-6000:]
