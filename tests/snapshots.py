"""Databases put back instead of emptied and filled: on SQLite a database is a file, copied back in milliseconds.

On PostgreSQL Django's own way is kept: a real server's tables are emptied.
"""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

_kept: dict[str, Path] = {}


def put_back(name: str, folder: Path, fill: Callable[[], None]) -> bool:
    """Let the database be what `fill` makes of it: by calling it the first time, by copying what came of it later.

    Args:
        folder: files that belong to that state; they are kept and copied back with it.

    Returns whether it was copied, and `fill` not called.
    """
    if connection.vendor != "sqlite":
        fill()
        return False
    connection.ensure_connection()
    known = _kept.get(name)
    if known is None:
        fill()
        known = Path(os.environ["DATELINE_HOME"]) / f"snapshot-{name}"
        known.mkdir()
        with closing(sqlite3.connect(known / "database")) as copy:
            connection.connection.backup(copy)
        if folder.exists():
            shutil.copytree(folder, known / "files")
        _kept[name] = known
        return False
    with closing(sqlite3.connect(known / "database")) as copy:
        copy.backup(connection.connection)
    if (known / "files").exists():
        shutil.copytree(known / "files", folder, dirs_exist_ok=True)
    ContentType.objects.clear_cache()
    cache.clear()
    return True


def empty() -> None:
    """Take everything out of the database but what migrations and signals put in."""
    put_back("empty", Path("/nonexistent"), lambda: call_command("flush", verbosity=0, interactive=False))


@contextmanager
def migrated(database: Path) -> Iterator[None]:
    """Let one process of a test run migrate its `database`, and the others begin with a copy of that."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None or connection.vendor != "sqlite":
        yield
        return
    common = Path(tempfile.gettempdir()) / f"dateline-migrated-{run}"
    with Path(f"{common}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if common.exists():
            shutil.copyfile(common, database)
        yield
        if not common.exists():
            with closing(sqlite3.connect(common)) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
