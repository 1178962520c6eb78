"""A newsroom of its own for every test process: folder, database, store."""

import atexit
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import django.test
import pytest
import pytest_django

from tests.postgres import start_postgres

HOME = Path(tempfile.mkdtemp(prefix="dateline-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for _name in ("media", "store", "static"):
    (HOME / _name).mkdir()
os.environ["DATELINE_HOME"] = str(HOME)
os.environ["DATELINE_SECRET_KEY"] = "for tests alone, and long enough to be one of fifty characters"
os.environ["DATELINE_BASE_URL"] = "http://newsroom.test"
os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.conf.settings"

#: Where the corpus and the standards bodies' schemas are.
SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if os.environ.get("DATELINE_TEST_DATABASE") == "postgres":
    os.environ["DATELINE_DATABASE"], _stop = start_postgres(HOME, _free_port())
    atexit.register(_stop)

# Here and not by pytest's own setting, which would read the settings before they know this folder.
django.setup()


#: Modules of few tests that take long: begun first, so that at the end no process waits for another.
SLOW = ("test_store_never_lies", "test_kill", "test_kill_live", "test_bench", "test_command")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (item.path.stem not in SLOW, item.path.parent.name != "browser"))


def pytest_report_header() -> str:
    return f"database: {os.environ.get('DATELINE_TEST_DATABASE', 'sqlite')}"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its folder, and may be there already."""
    return os.environ.get("DATELINE_TEST_DATABASE") != "postgres"


@pytest.fixture(scope="session")
def migrated_once() -> Iterator[contextlib.ExitStack]:
    from tests.snapshots import migrated

    with contextlib.ExitStack() as stack:
        stack.enter_context(migrated(HOME / "test.sqlite3"))
        yield stack


@pytest.fixture(scope="session")
def django_db_setup(
    migrated_once: contextlib.ExitStack, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """Migrations are run by one process for all."""
    with django_db_blocker.unblock():
        migrated_once.close()


@pytest.fixture(autouse=True, scope="session")
def _emptied_by_copying() -> None:
    """After a test that really commits, the empty database is put back."""
    from tests.snapshots import empty

    django.test.TransactionTestCase._fixture_teardown = lambda _case: empty()  # type: ignore[attr-defined]


@pytest.fixture
def newsroom(transactional_db: None, settings: object, tmp_path: Path) -> Iterator[object]:
    """An empty newsroom with three editions; every write really commits, and prints into a store of its own."""
    from tests.factories import TestNewsroom

    made = TestNewsroom.make(settings, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    assert SHARED.is_dir(), f"{SHARED} is missing; DATELINE_SHARED names it"
    return SHARED
