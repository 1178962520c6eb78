"""Editors' way through the stand to the desk."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_stand_site import (
    PATIENCE,
    Asked,
    Site,
    connect,
    open_site,
    parse,
    raw,
    read_all,
    read_body,
    wait_until,
)

pytest_plugins = ["tests.integration.test_stand_site"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/desk/pages/1/?a=%2Fb&c=d%20e", "/-/desk/api/"])
def test_everything_below_the_desks_prefixes_is_passed_on(site: Site, method: str, path: str) -> None:
    site.desk.answer[path.partition("?")[0]] = (201, {"X-From": "desk", "Set-Cookie": "s=1; HttpOnly"}, b"made")
    got = site.get(path, method=method, headers={"Cookie": "sessionid=x"}, body=b"" if method == "GET" else b"a=b")
    assert (got.status, got.body, got["x-from"], got["set-cookie"]) == (201, b"made", "desk", "s=1; HttpOnly")
    (asked,) = site.desk.asked
    assert (asked.method, asked.target, asked["cookie"]) == (method, path, "sessionid=x")
    assert asked.body == (b"" if method == "GET" else b"a=b")
    assert got["content-security-policy"] == "", "the desk has a policy of its own"


def test_who_asked_is_told_by_the_stand_alone(site: Site) -> None:
    forged = {
        "Host": "desk.example:8000",
        "X-Forwarded-For": "9.9.9.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "1",
        "X_Forwarded_For": "9.9.9.9",
        "Forwarded": "for=9.9.9.9",
        "X-Real-IP": "9.9.9.9",
        "X-Dateline-Ask": "the-token",
        "Connection": "close, X-Private",
        "X-Private": "1",
        "TE": "trailers",
        "Upgrade": "h2c",
        "Accept-Language": "ar",
    }
    site.get("/desk/", headers=forged)
    (asked,) = site.desk.asked
    assert asked["x-forwarded-for"] == "127.0.0.1"
    assert asked["host"] == asked["x-forwarded-host"] == "desk.example:8000"
    assert asked["x-forwarded-proto"] == "http"
    assert asked["accept-language"] == "ar"
    left = {name for name, _ in asked.headers}
    assert not left & {"forwarded", "x-real-ip", "x-forwarded-port", "x_forwarded_for", "x-dateline-ask"}
    assert not left & {"x-private", "te", "upgrade"}


def test_a_trusted_front_is_believed(tmp_path: Path) -> None:
    with open_site(tmp_path, trusted_fronts=("127.0.0.1",), public_url="https://news.example") as opened:
        opened.get("/desk/", headers={"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "https"})
        opened.get("/desk/")
        told = [(asked["x-forwarded-for"], asked["x-forwarded-proto"]) for asked in opened.desk.asked]
        assert told == [("9.9.9.9, 127.0.0.1", "https"), ("127.0.0.1", "https")]


def test_redirects_and_errors_pass_through(site: Site) -> None:
    site.desk.answer["/desk/"] = (302, {"Location": "http://news.example/desk/login/"}, b"")
    site.desk.answer["/desk/broken/"] = (500, {"Content-Type": "text/html"}, b"the desk's own page")
    got = site.get("/desk/")
    assert (got.status, got["location"]) == (302, "http://news.example/desk/login/")
    assert (site.get("/desk/broken/").status, site.get("/desk/broken/").body) == (500, b"the desk's own page")
    assert site.get("/desk/absent/").status == 404
    assert len(site.desk.asked) == 4


def test_one_editors_cookie_is_not_sent_for_another(site: Site) -> None:
    site.desk.answer["/desk/login/"] = (200, {"Set-Cookie": "sessionid=secret; Path=/"}, b"")
    site.get("/desk/login/")
    site.get("/desk/")
    site.get("/en/printed/")
    assert [asked["cookie"] for asked in site.desk.asked] == ["", "", ""]


def test_several_cookies_stay_several(site: Site) -> None:
    async def two(asked: Asked, reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n")

    site.desk.serve = two
    assert [value for name, value in site.get("/desk/").headers if name == "set-cookie"] == ["a=1", "b=2"]


def test_compressed_answers_are_left_as_they_are(site: Site) -> None:
    site.desk.answer["/desk/"] = (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b not really")
    got = site.get("/desk/", headers={"Accept-Encoding": "gzip"})
    assert (got.body, got["content-encoding"]) == (b"\x1f\x8b not really", "gzip")
    assert site.desk.asked[0]["accept-encoding"] == "gzip"


def test_head_and_bodyless_answers(site: Site) -> None:
    site.desk.answer["/desk/"] = (200, {}, b"0123456789")
    got = site.get("/desk/", method="HEAD")
    assert (got.status, got.body, got["content-length"]) == (200, b"", "10")
    site.desk.answer["/desk/none/"] = (204, {}, b"")
    assert site.get("/desk/none/").status == 204


def test_an_upload_reaches_the_desk_while_it_is_sent(site: Site) -> None:
    begun = threading.Event()
    received: list[int] = []

    async def take(asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = int(asked["content-length"])
        while left:
            part = await reader.read(65536)
            left -= len(part)
            received.append(len(part))
            begun.set()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    site.desk.serve = take
    size = 3_000_000
    with connect(site.port) as connection:
        head = f"POST /desk/upload/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n"
        connection.sendall(head.encode() + b"a" * 1000)
        assert begun.wait(PATIENCE), "the desk has the first bytes before the last are sent"
        connection.sendall(b"a" * (size - 1000))
        assert parse(read_all(connection)).body == b"ok"
    assert sum(received) == size


def test_a_chunked_upload(site: Site) -> None:
    bodies: list[bytes] = []

    async def take(asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append(await read_body(asked, reader))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    site.desk.serve = take
    request = b"POST /desk/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert parse(raw(site.port, request + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")).body == b"ok"
    assert bodies == [b"abcde"]


def test_an_answer_reaches_the_editor_while_it_is_made(site: Site) -> None:
    async def trickle(asked: Asked, reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nfirst")
        await writer.drain()
        await asyncio.to_thread(site.desk.released.wait, PATIENCE)
        writer.write(b"last")
        await writer.drain()

    site.desk.serve = trickle
    site.desk.hold()
    with connect(site.port) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        came = b""
        while b"first" not in came:
            came += connection.recv(65536)
        site.desk.release()
        assert parse(came + read_all(connection)).body == b"firstlast"


def test_an_editor_who_leaves_ends_the_desks_work(site: Site) -> None:
    site.desk.hold()
    site.desk.dropped = 0
    with connect(site.port) as connection:
        connection.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\n\r\n")
        wait_until(lambda: site.desk.asked, "the desk to be asked")
    wait_until(lambda: site.desk.dropped == 1, "the desk's connection to be closed")


def test_an_editor_who_leaves_during_an_upload_ends_it(site: Site) -> None:
    ended = threading.Event()

    async def take(asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65536):
            pass
        ended.set()

    site.desk.serve = take
    with connect(site.port) as connection:
        connection.sendall(b"POST /desk/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc")
        wait_until(lambda: site.desk.asked, "the desk to be asked")
    assert ended.wait(PATIENCE)


def test_an_upload_that_stalls_is_given_up(tmp_path: Path) -> None:
    with open_site(tmp_path, proxy_timeout=0.5) as opened, connect(opened.port) as connection:
        head = b"POST /desk/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000\r\n\r\nabc"
        connection.sendall(head)
        assert parse(read_all(connection)).status == 408


def test_a_desk_that_is_down_or_slow_or_rude(tmp_path: Path) -> None:
    async def rude(asked: Asked, reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"no HTTP at all\r\n\r\n")
        await writer.drain()

    with open_site(tmp_path, proxy_timeout=0.5) as opened:
        opened.desk.serve = rude
        assert opened.get("/desk/").status == 502
        opened.desk.serve = None
        opened.desk.hold()
        assert opened.get("/desk/").status == 504
        opened.desk.release()
        opened.desk.die()
        got = opened.get("/desk/", headers={"Accept-Language": "ar"})
        assert (got.status, got["content-language"]) == (503, "ar")
        assert int(got["retry-after"]) > 0
        opened.desk.start()
        assert opened.get("/desk/").status == 404, "editors are let through as soon as the desk is back"


def test_an_answer_that_breaks_off_is_no_whole_answer(site: Site) -> None:
    async def half(asked: Asked, reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        await writer.drain()

    site.desk.serve = half
    got = site.get("/desk/")
    assert (got.body, got["content-length"]) == (b"half", "1000"), "the reader can tell that bytes are missing"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/../en/", 400),
        ("/desk/%2e%2e/", 400),
        ("/desk/a%00b/", 400),
        ("/desk/%ff/", 400),
        ("/desk/a%0d%0aX:1/", 400),
        ("/desk", 301),
        ("/desks/", 404),
    ],
)
def test_the_edge_of_the_desk(site: Site, path: str, status: int) -> None:
    got = site.get(path)
    assert got.status == status
    assert got["location"] == ("/desk/" if status == 301 else "")
    assert [asked.target for asked in site.desk.asked] == (["/desks/"] if path == "/desks/" else [])


def test_paths_and_queries_keep_their_meaning(site: Site) -> None:
    site.get("/desk/100%25/caf%C3%A9/?q=%D8%A3&empty=&%5B%5D=1")
    site.get("/desk/search/?q=café")
    assert [asked.target for asked in site.desk.asked] == [
        "/desk/100%25/caf%C3%A9/?q=%D8%A3&empty=&%5B%5D=1",
        "/desk/search/?q=caf%C3%A9",
    ]


def test_a_desk_on_a_unix_socket(tmp_path: Path) -> None:
    with open_site(tmp_path / "a", desk_url=f"unix:{tmp_path}/desk.sock") as opened:
        opened.desk.die()
        opened.desk.start(tmp_path / "desk.sock")
        opened.prints("/en/", "front")
        assert opened.get("/en/").status == 200
        assert opened.get("/desk/").status == 404
        assert [asked.target for asked in opened.desk.asked] == ["/en/", "/desk/"]
