"""Load from wrk, always against 127.0.0.1 and always bounded."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.machine import cpu_seconds

CONNECTIONS = 64
ACCEPTED = "br, gzip"

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_COUNT = re.compile(r"(\d+) requests in")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_BROKEN = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


class MissingTool(Exception):
    """A program that has to be installed first; the message names it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One round. `rate` in requests a second, `cpu` in the server's seconds for one request, latencies in seconds."""

    requests: int
    rate: float
    errors: int
    cpu: float
    p50: float
    p99: float


def program(name: str, package: str, *places: str) -> str:
    """Where a program is, looked for on the PATH and in `places`."""
    found = shutil.which(name) or next((place for place in places if Path(place).exists()), None)
    if found is None:
        raise MissingTool(f"{name} is missing. Install the package {package} (make bench does).")
    return found


def wrk(
    port: int,
    path: str,
    *,
    seconds: float,
    server: int,
    connections: int = CONNECTIONS,
    script: Path | None = None,
) -> Result:
    """Ask for `path` over and over, or for what a script says; `server` is the pid whose tree is charged."""
    command: Sequence[str] = [
        program("wrk", "wrk"),
        "-t1",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
        "--timeout",
        "10s",
        "-H",
        f"Accept-Encoding: {ACCEPTED}",
        *(["-s", str(script)] if script else []),
        f"http://127.0.0.1:{port}{path}",
    ]
    before = cpu_seconds(server)
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=True)
    spent = cpu_seconds(server) - before
    return read_report(done.stdout, spent)


def read_report(text: str, spent: float) -> Result:
    """wrk's report with what the server's tree spent meanwhile."""
    requests = int(_COUNT.search(text)[1])  # type: ignore[index]
    bad, broken = _BAD.search(text), _BROKEN.search(text)
    errors = (int(bad[1]) if bad else 0) + (sum(map(int, broken.groups())) if broken else 0)
    latency = {share: float(value) * _UNITS[unit] for share, value, unit in _LATENCY.findall(text)}
    rate = float(_RATE.search(text)[1])  # type: ignore[index]
    return Result(requests, rate, errors, spent / max(requests, 1), latency.get("50", 0.0), latency.get("99", 0.0))


def many_paths(folder: Path, paths: Sequence[str]) -> Path:
    """A wrk script that asks for these paths in turn."""
    rows = ",\n".join(f'"{path}"' for path in paths)
    script = folder / "paths.lua"
    script.write_text(
        f"local paths = {{\n{rows}\n}}\nlocal at = 0\n"
        'request = function()\n  at = at % #paths + 1\n  return wrk.format("GET", paths[at])\nend\n'
    )
    return script
