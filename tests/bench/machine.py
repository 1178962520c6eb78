"""The machine, and what processes cost it: processor time and memory of a process and all its descendants."""

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes. `rss` counts shared pages whole in each process, `pss` divides them, `uss` leaves them out."""

    rss: int
    pss: int
    uss: int


def tree(pid: int) -> list[int]:
    """A process and its descendants that live."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue  # the thread has just ended
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time that a process tree has taken so far."""
    ticks = 0
    for each in tree(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def memory(pid: int) -> Memory:
    """What a process tree holds."""
    rss = pss = uss = 0
    for each in tree(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()[1:]:
            name, _, rest = line.partition(":")
            kilobytes = int(rest.split()[0])
            if name == "Rss":
                rss += kilobytes
            elif name == "Pss":
                pss += kilobytes
            elif name in {"Private_Clean", "Private_Dirty"}:
                uss += kilobytes
    return Memory(rss * 1024, pss * 1024, uss * 1024)


def describe() -> dict[str, str]:
    """What the run was made on, for the table's caption."""
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), "?")
    total = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    system = next(
        (line.split("=")[1].strip('"') for line in _lines("/etc/os-release") if line.startswith("PRETTY_NAME")),
        platform.system(),
    )
    return {
        "processor": f"{os.cpu_count()} × {model}",
        "memory": f"{int(total.split()[1]) / 2**20:.0f} GiB",
        "system": system,
        "python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.1f}",
        **_versions(),
    }


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("django", "wagtail", "granian")} | {"nginx": _nginx_version()}


def _nginx_version() -> str:
    from tests.bench.web import nginx_program

    said = subprocess.run([nginx_program(), "-v"], capture_output=True, text=True, check=False).stderr
    return said.strip().rpartition("/")[2]


def _lines(file: str) -> list[str]:
    return Path(file).read_text().splitlines() if Path(file).exists() else []
