"""Live events on many machines: what one press tells reaches every stand's own store once, over a real Redis."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from redis import Redis

from dateline.press import events
from dateline.press.events import record_event, relay, relay_all
from dateline.press.models import Channel
from dateline.store.fanout import Fanout, Follower, connect
from dateline.store.log import LogReader
from tests.running import free_ports, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "newsroom.test"


class Server:
    """A Redis or Valkey of one's own, that can be killed and started again with nothing in it."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        assert found, "redis-server is missing"
        self.program, self.folder = found, folder
        (self.port,) = free_ports(1)
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [self.program, *options, "--dir", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with Redis(port=self.port) as client:
            wait_until(lambda: _answers(client), what="Redis")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def _answers(client: "Redis") -> bool:
    try:
        return bool(client.ping())
    except Exception:
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def press(server: Server, settings: object, tmp_path: Path) -> Iterator[None]:
    """A press that tells its events over this server."""
    settings.STORE_ROOT = tmp_path / "press" / HOST  # type: ignore[attr-defined]
    settings.OPTIONS = {**django_settings.OPTIONS, "live_fanout": server.address}  # type: ignore[attr-defined]
    events.forget_fanout()
    yield
    events.forget_fanout()


@pytest.fixture
def follower(server: Server, tmp_path: Path) -> Iterator[Follower]:
    client = connect(server.address)
    yield Follower(client, HOST, tmp_path / "stand" / HOST)
    client.close()


def tell(number: int) -> None:
    with transaction.atomic():
        record_event("en", "alert.created", {"id": number}, about=f"alert:{number}")


def heard(tmp_path: Path) -> list[int]:
    _, found = LogReader(tmp_path / "stand" / HOST, "en").news()
    return [event.data["id"] for event in found]


def test_what_is_told_reaches_another_machine_once_and_in_order(
    press: None, follower: Follower, tmp_path: Path
) -> None:
    assert not follower.follow()
    for number in range(5):
        tell(number)
    follower.follow()
    assert heard(tmp_path) == [0, 1, 2, 3, 4]
    relay_all()
    tell(5)
    other = Follower(follower._client, HOST, tmp_path / "stand" / HOST)
    other.follow()
    follower.follow()
    assert heard(tmp_path) == [0, 1, 2, 3, 4, 5]


def test_while_redis_is_away_nothing_waits_and_nothing_is_lost(
    press: None, server: Server, follower: Follower, tmp_path: Path
) -> None:
    tell(0)
    follower.follow()
    server.kill()
    tell(1)  # the editor is not held up, and the machine's own log has it
    _, here = LogReader(django_settings.STORE_ROOT, "en").news()
    assert [event.data["id"] for event in here] == [0, 1]
    server.start()
    relay_all()
    follower.follow()
    assert heard(tmp_path) == [0, 1]


def test_a_database_put_back_from_a_backup_begins_another_count(
    press: None, follower: Follower, tmp_path: Path
) -> None:
    for number in range(3):
        tell(number)
    follower.follow()
    Channel.objects.update(last=1, last_shared=1)
    Channel.objects.get().events.filter(number__gt=1).delete()
    relay("en")
    tell(9)
    follower.follow()
    reader = LogReader(tmp_path / "stand" / HOST, "en")
    reader.news()
    assert reader.generation == Channel.objects.get().generation
    assert 9 in heard(tmp_path)


def test_a_follower_comes_back_by_itself(press: None, server: Server, follower: Follower, tmp_path: Path) -> None:
    follower.start()
    tell(0)
    wait_until(lambda: heard(tmp_path) == [0], what="the first event")
    server.kill()
    server.start()
    tell(1)
    relay_all()
    wait_until(lambda: heard(tmp_path) == [0, 1], what="the second event")
    follower.stop()
    follower.join(15)
    assert not follower.is_alive()


def test_names_that_are_no_channels_are_passed_over(server: Server, follower: Follower) -> None:
    with Redis(port=server.port) as client:
        client.sadd(f"dateline:{HOST}:live", "../../etc")
    assert not follower.follow()
    assert Fanout(follower._client, HOST).position("en") is None
