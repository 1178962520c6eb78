"""A PostgreSQL that is thrown away: made in a folder, on a free port, stopped by its own pid."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any


def programs() -> Path:
    """The folder of PostgreSQL's programs: of the newest version that is here."""
    places = [Path(p) for p in os.environ["PATH"].split(os.pathsep)] + sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next(p for p in reversed(places) if (p / "initdb").exists() and (p / "pg_ctl").exists())


def start_postgres(folder: Path, port: int, **settings: str) -> tuple[str, Callable[[], Any]]:
    """Start one below `folder`. Returns its address and what stops it.

    Args:
        settings: PostgreSQL's own, such as `work_mem="64MB"`.
    """
    found, data = programs(), folder / "postgres"
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL will not run as root
        shutil.chown(folder, user="postgres")
        folder.chmod(0o755)
        as_user = ["runuser", "-u", "postgres", "--"]
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*as_user, found / "initdb", "-D", data, "-U", "dateline", "-A", "trust", "-N"], **quiet)
    own = "".join(f" -c {name}={value}" for name, value in settings.items())
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off{own}"
    subprocess.run([*as_user, found / "pg_ctl", "-D", data, "-o", options, "-l", data / "log", "-w", "start"], **quiet)
    address = f"postgresql://dateline@127.0.0.1:{port}/postgres"
    return address, lambda: subprocess.run([*as_user, found / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
