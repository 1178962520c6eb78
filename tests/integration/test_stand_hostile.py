"""What strangers send: none of it is answered with an error of ours, and none of it costs the desk anything."""

import contextlib
import socket
import time

import pytest

from tests.integration.test_stand_site import PATIENCE, Site, connect, parse, raw, read_all

pytest_plugins = ["tests.integration.test_stand_site"]

HEAD = b" HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        # climbing and hiding
        (b"/../etc/passwd", 404),
        (b"/en/../../etc/passwd", 404),
        (b"/en/%2e%2e/%2e%2e/etc/passwd", 404),
        (b"/en/..%2f..%2fetc/passwd", 404),
        (b"/en/%2e%2e%2f/", 404),
        (b"/en/./", 404),
        (b"/en/.hidden/", 404),
        (b"/en//", 404),
        (b"//en/", 404),
        (b"//evil.example", 404),
        (b"/%2f%2fevil.example", 404),
        (b"/en/..;/", 404),
        (b"/static/../store/news.example/.state", 404),
        (b"/static/%2e%2e/store/.state", 404),
        (b"/static/..%2fstore/.state", 404),
        (b"/media/images/../original_images/a.jpg", 404),
        (b"/media/images/%2e%2e%2foriginal_images/a.jpg", 404),
        # bytes that are no path
        (b"/en/%00/", 400),
        (b"/en/a%00.html", 400),
        (b"/en/%0d%0aSet-Cookie:a=b/", 400),
        (b"/en/%7f/", 400),
        (b"/en/a\\b/", 400),
        (b"/en/%5c..%5c/", 400),
        (b"/static/a%00.css", 400),
        (b"/media/images/%5c..%5ca.jpg", 400),
        # encodings that are none
        (b"/en/%/", 400),
        (b"/en/%zz/", 400),
        (b"/en/%4/", 400),
        (b"/en/100%", 400),
        (b"/en/%25zz/", 400),
        (b"/en/%252e%252e/", 400),
        (b"/en/%252f/", 400),
        (b"/en/%ff/", 400),
        (b"/en/%c0%af/", 400),
        (b"/en/%c0%ae%c0%ae/", 400),
        (b"/en/%e0%80%af/", 400),
        (b"/en/%ed%a0%80/", 400),
        (b"/en/%f5%80%80%80/", 400),
        (b"/en/%e2%82/", 400),
        # characters that do not show
        ("/en/a\u202eb/".encode(), 404),
        ("/en/a\u200bb/".encode(), 404),
        ("/en/a\u00a0b/".encode(), 404),
        # too long
        (b"/en/" + b"a" * 240 + b"/", 404),
        (b"/en/" + b"a/" * 950, 404),
        (b"/en/" + b"a" * 2100 + b"/", 414),
        (b"/en/" + "é".encode() * 1100 + b"/", 414),
        (b"/en/" + b"%C3%A9" * 1100 + b"/", 414),
        # other forms of a target
        (b"*", 400),
        (b"http://evil.example/en/.git/", 404),
    ],
)
def test_impossible_paths(site: Site, target: bytes, status: int) -> None:
    got = parse(raw(site.port, b"GET " + target + HEAD))
    assert got.status == status
    assert got["content-type"] == "text/html; charset=utf-8"
    assert got["x-content-type-options"] == "nosniff"
    assert got["set-cookie"] == ""
    assert site.desk.asked == []


@pytest.mark.parametrize(
    ("request_bytes", "statuses"),
    [
        (b"GET /" + b"a" * 20_000 + HEAD, {414, 431}),
        (b"GET /" + b"a" * 70_000 + HEAD, {414, 431}),
        (b"GET /?" + b"a" * 70_000 + HEAD, {414, 431}),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", {431}),
        (b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"a=b; " * 100_000 + b"\r\n\r\n", {431}),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 1000 + b"\r\n", {431}),
        (b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", {400}),
        (b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", {400}),
        (b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", {400}),
        (b"G@T / HTTP/1.1\r\nHost: a\r\n\r\n", {400}),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", {400, 505}),
        (b"hello\r\n\r\n", {400}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", {400}),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", {400}),
        (b"BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {501}),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {400, 405}),
    ],
)
def test_requests_that_are_none(site: Site, request_bytes: bytes, statuses: set[int]) -> None:
    assert parse(raw(site.port, request_bytes)).status in statuses
    assert site.desk.asked == []
    assert site.get("/-/health").status == 200


def test_headers_up_to_the_limit_are_read(site: Site) -> None:
    assert site.get("/-/health", headers={"Cookie": "a" * 14_000}).status == 200


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: "])
def test_half_a_request_is_given_up(site: Site, sent: bytes) -> None:
    started = time.monotonic()
    with connect(site.port) as connection:
        connection.sendall(sent)
        answer = read_all(connection)
    assert answer == b"" or parse(answer).status == 408
    assert time.monotonic() - started < 5


def test_slow_strangers_keep_nobody_waiting(site: Site) -> None:
    stored = site.print("/en/prompt/", "prompt")
    with contextlib.ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(connect(site.port)).sendall(b"GET /en/ HTTP/1.1\r\nX: ")
        started = time.monotonic()
        assert site.get("/en/prompt/").body == stored.body
        assert time.monotonic() - started < 1


def test_a_reader_who_leaves_early_does_no_harm(site: Site) -> None:
    stored = site.print("/en/large/", b"large " * 1_000_000)
    for _ in range(20):
        connection = connect(site.port)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(b"GET /en/large/" + HEAD)
        connection.recv(10)
        connection.close()
    assert site.get("/en/large/").body == stored.body


def test_pipelined_requests_are_answered_in_order(site: Site) -> None:
    first, second = site.print("/en/first/", "first"), site.print("/en/second/", "second")
    with connect(site.port) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(b"GET /en/first/ HTTP/1.1\r\nHost: a\r\n\r\nGET /en/second/" + HEAD)
        came = read_all(connection)
    assert came.index(first.body) < came.index(second.body)


def test_strange_headers_are_read_calmly(site: Site) -> None:
    site.print("/en/strange/", "strange")
    lines = [
        b"Accept-Encoding: ;;;,,,q=;br;q=abc",
        b"Accept-Encoding: " + b"gzip," * 1000,
        b'If-None-Match: """W/W/*,,\xff',
        b"If-Modified-Since: Mon, 99 Foo 99999 99:99:99 GMT",
        b"If-Modified-Since: Thu, 01 Jan 0000 00:00:00 GMT",
        b"Range: bytes=0-1,2-3,-5",
        b"Accept-Language: \xff\xfe;q=nan",
    ]
    for line in lines:
        for path in (b"/en/strange/", b"/en/strange.php"):
            got = parse(raw(site.port, b"GET " + path + b" HTTP/1.1\r\n" + line + b"\r\nConnection: close\r\n\r\n"))
            assert got.status in (200, 404), line
