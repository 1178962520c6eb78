"""The stand as an ASGI application, here on Granian's own ASGI."""

import threading
from collections.abc import Iterator

import pytest

from tests.integration.test_stand_site import (
    PATIENCE,
    Asked,
    Site,
    connect,
    html,
    open_site,
    parse,
    raw,
    read_all,
    wait_until,
)

RUN = """
import sys
from granian import Granian
Granian(
    "dateline.stand.asgi:create", factory=True, interface="asgi", address="127.0.0.1", port=int(sys.argv[1]),
    websockets=False, log_level="warning",
).serve()
"""


@pytest.fixture(scope="module")
def asgi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("asgi"), run=RUN) as opened:
        yield opened


def test_sheets(asgi: Site) -> None:
    stored = asgi.print("/en/café/", "coffee")
    got = asgi.get("/en/caf%C3%A9/", headers={"Accept-Encoding": "br"})
    assert (got.status, got.body, got["content-encoding"]) == (200, stored.br, "br")
    assert asgi.get("/en/caf%C3%A9/", headers={"If-None-Match": f'"{stored.sheet.digest}"'}).status == 304
    head = asgi.get("/en/caf%C3%A9/", method="HEAD")
    assert (head.body, head["content-length"]) == (b"", str(len(stored.body)))
    asgi.prints("/en/unprinted/", "now")
    assert asgi.get("/en/unprinted/").body == html("now")
    assert asgi.get("/en/nothing.php").status == 404


def test_encoded_slashes_and_oversized_headers_are_refused(asgi: Site) -> None:
    asgi.print("/en/slash/", "slash")
    assert asgi.get("/en%2Fslash/").status == 400
    assert asgi.get("/en/%2f/").status == 400
    assert asgi.get("/en/slash/", headers={"Cookie": "a" * 20_000}).status == 431
    assert asgi.get("/en/slash/?" + "a" * 20_000).status == 431


def test_files_and_ranges(asgi: Site) -> None:
    data = bytes(range(256)) * 2000
    (asgi.config.media_root / "images" / "a.webp").write_bytes(data)
    assert asgi.get("/media/images/a.webp").body == data
    got = asgi.get("/media/images/a.webp", headers={"Range": "bytes=100000-400000"})
    assert (got.status, got.body == data[100_000:400_001]) == (206, True)
    assert asgi.get("/media/images/a.webp", method="HEAD").body == b""


def test_editors_are_passed_through(asgi: Site) -> None:
    def echo(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        return 200, {"X-For": asked["x-forwarded-for"]}, asked.body

    asgi.desk.answer["/desk/"] = echo
    got = asgi.get("/desk/", method="POST", body=b"a" * 500_000)
    assert (got.status, got["x-for"], got.body == b"a" * 500_000) == (200, "127.0.0.1", True)
    assert asgi.get("/desk/", method="HEAD").body == b""


def test_an_upload_and_an_answer_in_pieces(asgi: Site) -> None:
    request = b"POST /desk/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    asgi.desk.answer["/desk/"] = lambda asked: (200, {}, asked.body)
    assert parse(raw(asgi.port, request + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")).body == b"abcde"


def test_an_editor_who_leaves_ends_the_desks_work(asgi: Site) -> None:
    gone = threading.Event()

    async def wait(asked: Asked, reader: object, writer: object) -> None:
        await reader.read(1)  # type: ignore[attr-defined]
        gone.set()

    asgi.desk.serve = wait
    asgi.desk.asked.clear()
    with connect(asgi.port) as connection:
        connection.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\n\r\n")
        wait_until(lambda: asgi.desk.asked, "the desk to be asked")
    assert gone.wait(PATIENCE)
    asgi.desk.serve = None
    with connect(asgi.port) as connection:
        connection.sendall(b"GET /-/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert parse(read_all(connection)).body == b"ok"
