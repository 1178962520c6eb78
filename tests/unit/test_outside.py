"""Trying addresses elsewhere: what answers, what is gone, and what is never asked."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.newsroom.stories.checking.outside import NoSuchHost, leads_somewhere, public_address


class Answering(BaseHTTPRequestHandler):
    asked: list[str]

    def answer(self) -> None:
        type(self).asked.append(f"{self.command} {self.path}")
        _, kind, *rest = self.path.split("/")
        status = int(kind) if kind.isdigit() else 200
        if kind == "getonly":
            status = 200 if self.command == "GET" else 405
        self.send_response(302 if kind == "to" else status)
        if kind == "to":
            self.send_header("Location", "/" + "/".join(rest))
        if kind == "loop":
            self.send_header("Location", "/loop")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    Answering.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://known.example:{running.server_port}"
        running.shutdown()


def here(host: str, port: int) -> str:
    """Every name is this machine, but for one that is inside a network."""
    return "" if host == "inside.example" else "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/", True),
        ("/404", False),
        ("/410", False),
        ("/500", None),
        ("/403", None),
        ("/getonly", True),
        ("/to/there", True),
        ("/to/404", False),
        ("/to/to/to/to/there", True),
        ("/to/to/to/to/to/there", None),
        ("/a b?ü=1", True),
    ],
)
def test_what_answers_and_what_is_gone(server: str, path: str, leads: bool | None) -> None:
    assert leads_somewhere(server + path, here) is leads


def test_a_redirection_into_a_network_is_not_followed(server: str) -> None:
    inside = f"//inside.example:{server.rpartition(':')[2]}/secret"
    assert leads_somewhere(f"{server}/to{inside}", here) is None
    assert Answering.asked == [f"HEAD /to{inside}"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://known.example/",
        "file:///etc/passwd",
        "http://name:word@known.example/",
        "http://[::1",
        "http://",
        "gopher://known.example/",
        "http://known.example:99999/",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    def never(host: str, port: int) -> str:
        raise AssertionError(host)

    assert leads_somewhere(url, never) is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "2130706433", "0x7f.1",
        "::1", "::ffff:127.0.0.1", "fe80::1", "fd00::1", "224.0.0.1", "100.64.0.1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(host: str) -> None:
    assert public_address(host, 80) == ""


def test_only_the_ports_of_the_web_are_asked() -> None:
    assert public_address("93.184.215.14", 443) == "93.184.215.14"
    assert public_address("93.184.215.14", 22) == ""


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_values: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NoSuchHost):
        leads_somewhere("https://nobody.example/")


def test_what_cannot_be_reached_is_not_called_dead() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert leads_somewhere(f"http://known.example:{port}/", here) is None
