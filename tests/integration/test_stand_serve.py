"""Starting and stopping a stand."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.stand.config import StandConfig
from dateline.stand.serve import PortTaken, serve
from tests.integration.test_stand_site import PATIENCE, SOURCE, connect, open_site, wait_until


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    config = StandConfig(tmp_path, tmp_path, tmp_path)
    with open_site(tmp_path / "first") as opened:
        with pytest.raises(PortTaken, match=f"port {opened.port} on 127.0.0.1 is in use"):
            serve(config, "127.0.0.1", opened.port)
        assert opened.get("/-/health").status == 200
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with pytest.raises(PortTaken):
            serve(config, "127.0.0.1", listening.getsockname()[1])


def test_an_address_that_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught:  # noqa: PT011 - which error is the system's to say
        serve(StandConfig(tmp_path, tmp_path, tmp_path), "192.0.2.1", 8000)
    assert not isinstance(caught.value, PortTaken)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with open_site(tmp_path) as opened, connect(opened.port) as kept:
        kept.sendall(b"GET /-/health HTTP/1.1\r\nHost: a\r\n\r\n")
        assert kept.recv(65536)
        started = time.monotonic()
        opened.process.send_signal(number)
        assert opened.process.wait(PATIENCE) == 0
        assert time.monotonic() - started < 5, "a connection that is only kept open holds nothing up"
        assert opened.log.read_text() == "", "nothing to complain about"


def test_it_stops_though_the_desk_keeps_a_reader_waiting(tmp_path: Path) -> None:
    with open_site(tmp_path) as opened:
        opened.desk.hold()
        with socket.create_connection(("127.0.0.1", opened.port)) as reader:
            reader.sendall(b"GET /en/ HTTP/1.1\r\nHost: a\r\n\r\n")
            opened.process.send_signal(signal.SIGTERM)
            assert opened.process.wait(PATIENCE) == 0


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    def workers() -> list[int]:
        children = Path(f"/proc/{opened.process.pid}/task/{opened.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def serves() -> bool:
        try:
            return opened.get("/-/health").status == 200
        except (OSError, IndexError):  # refused, or cut before the first line
            return False

    with open_site(tmp_path) as opened:
        (worker,) = workers()
        os.kill(worker, signal.SIGKILL)
        wait_until(serves, "the new worker")
        assert workers() != [worker]


def test_the_stand_knows_neither_django_nor_wagtail() -> None:
    code = (
        "import sys, dateline.stand.app, dateline.stand.asgi, dateline.stand.serve\n"
        "strange = {n.split('.')[0] for n in sys.modules} & {'django', 'wagtail', 'modelcluster', 'treebeard'}\n"
        "inner = {n for n in sys.modules if n.startswith('dateline.')}\n"
        "inner = {n for n in inner if not n.startswith(('dateline.stand', 'dateline.store'))}\n"
        "print(sorted(strange | inner))"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
