"""Live events as open pages get them: the stream, the poll, and what becomes of readers that take nothing."""

import json
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import httpx_sse
import pytest

from dateline.store.log import EventLog, LogEvent, Position
from tests.integration.test_stand_site import PATIENCE, Site, open_site, wait_until

pytest_plugins = ["tests.integration.test_stand_site"]

_names = count()


class Told:
    """An edition with a log of its own, as the press would write it."""

    def __init__(self, site: Site, generation: str = "gen1") -> None:
        self.site = site
        self.name = f"ed{next(_names)}"
        (site.store.root / self.name).mkdir()
        self.generation, self.last = generation, 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.site.port}/live/{self.name}"

    def tell(self, *kinds: str, topic: str = "", about: str = "", data: dict[str, Any] | None = None) -> None:
        with EventLog(self.site.store.root, self.name).locked() as log:
            if log.position() is None:
                log.begin(self.generation, self.last)
            first = self.last + 1
            self.last += len(kinds)
            log.append(
                [
                    LogEvent(number, kind, topic, "2026-11-23T05:00:00.000+00:00", data or {"number": number}, about)
                    for number, kind in enumerate(kinds, first)
                ]
            )

    def begin_anew(self, generation: str) -> None:
        self.generation, self.last = generation, 0
        with EventLog(self.site.store.root, self.name).locked() as log:
            log.begin(generation, 0)


@pytest.fixture
def told(site: Site) -> Told:
    return Told(site)


@contextmanager
def stream(url: str, **options: Any) -> Iterator[Iterator[httpx_sse.ServerSentEvent]]:
    """A stream as an independent client library reads it."""
    with httpx.Client(timeout=PATIENCE) as client, httpx_sse.connect_sse(client, "GET", url, **options) as source:
        assert source.response.status_code == 200
        yield source.iter_sse()


def take(events: Iterator[httpx_sse.ServerSentEvent], number: int) -> list[str]:
    return [next(events).event for _ in range(number)]


def test_events_reach_an_open_stream_in_order_with_their_numbers(told: Told) -> None:
    with stream(told.url) as events:
        hello = next(events)
        assert (hello.event, hello.id) == ("hello", "0.0")
        assert 1000 <= (hello.retry or 0) <= 5000
        assert hello.json()["now"] > 1_700_000_000_000
        told.tell("alert.created", "alert.edited", data={"html": "<b>خبر</b>\u2028\n line"})
        first, second = next(events), next(events)
    assert [first.event, second.event] == ["alert.created", "alert.edited"]
    assert [first.id, second.id] == ["gen1.1", "gen1.2"]
    assert first.json() == {"html": "<b>خبر</b>\u2028\n line", "about": "", "at": "2026-11-23T05:00:00.000+00:00"}


def test_a_reader_that_comes_back_is_told_what_it_missed_and_nothing_twice(told: Told) -> None:
    told.tell("a", "b", "c")
    with stream(told.url, headers={"Last-Event-ID": "gen1.1"}) as events:
        assert take(events, 3) == ["b", "c", "hello"]
        told.tell("d")
        assert take(events, 1) == ["d"]
    with stream(f"{told.url}?after=gen1.3") as events:
        assert take(events, 2) == ["d", "hello"]
    with stream(f"{told.url}?after=0.0") as events:
        assert take(events, 5) == ["a", "b", "c", "d", "hello"]
    with stream(told.url) as events:
        assert take(events, 1) == ["hello"]


def test_a_page_printed_ahead_of_the_log_is_told_nothing_twice(told: Told) -> None:
    told.tell("a")
    with stream(f"{told.url}?after=gen1.2") as events:
        assert take(events, 1) == ["hello"]
        told.tell("b", "c")
        assert take(events, 1) == ["c"]


def test_a_reader_too_far_behind_is_told_to_reload(told: Told) -> None:
    told.last = 40
    told.tell("a")
    for after in ("gen1.39", "other.41", "nonsense"):
        with stream(told.url, headers={"Last-Event-ID": after}) as events:
            found = next(events)
            assert (found.event, found.id) == ("reload", "gen1.41"), after
            assert take(events, 1) == ["hello"]


def test_another_count_reloads_open_pages(told: Told) -> None:
    told.tell("a")
    with stream(told.url) as events:
        take(events, 1)
        told.begin_anew("gen2")
        found = next(events)
        assert (found.event, found.id) == ("reload", "gen2.0")
        told.tell("b")
        assert next(events).id == "gen2.1"


def test_a_shortened_log_loses_nothing_for_those_who_listen(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.log.KEEP_EVENTS", 8)
    with stream(told.url) as events:
        take(events, 1)
        for number in range(1, 81, 2):
            told.tell("a", "b")
            assert [next(events).id for _ in range(2)] == [f"gen1.{number}", f"gen1.{number + 1}"]
    log = (told.site.store.root / ".live" / f"{told.name}.jsonl").read_bytes()
    assert len(log.splitlines()) <= 2 * 8 + 3
    with stream(told.url, headers={"Last-Event-ID": "gen1.5"}) as events:
        assert take(events, 1) == ["reload"]


def test_a_gap_in_what_a_stand_has_seen_reloads_open_pages(told: Told) -> None:
    told.tell("a")
    with stream(told.url) as events:
        take(events, 1)
        with EventLog(told.site.store.root, told.name).locked() as log:
            log.begin("gen1", 9)
        assert next(events).event == "reload"
        told.last = 9
        told.tell("b")
        assert next(events).id == "gen1.10"


def test_a_storys_updates_reach_its_readers_alone(told: Told) -> None:
    with stream(told.url) as edition, stream(f"{told.url}/55") as story, stream(f"{told.url}/56") as other:
        for events in (edition, story, other):
            take(events, 1)
        told.tell("update.created", topic="55")
        told.tell("alert.created")
        assert take(story, 2) == ["update.created", "alert.created"]
        assert take(edition, 1) == take(other, 1) == ["alert.created"]


def test_a_storys_stream_is_compressed_for_those_who_take_it(told: Told) -> None:
    text = "<p>" + "The water rose through the night. " * 40 + "</p>"
    with httpx.stream("GET", f"{told.url}/55", headers={"Accept-Encoding": "gzip"}, timeout=PATIENCE) as response:
        assert response.headers["content-encoding"] == "gzip"
        raw = response.iter_raw()
        opened, got, size = zlib.decompressobj(31), b"", 0
        while b"event: hello" not in got:
            got += opened.decompress(next(raw))
        told.tell("update.created", topic="55", data={"html": text})
        while b"update.created" not in got or not got.endswith(b"\n\n"):
            part = next(raw)
            size += len(part)
            got += opened.decompress(part)
    assert text.encode() in got
    assert size < len(text) / 3
    with stream(f"{told.url}/55", headers={"Accept-Encoding": "identity", "Last-Event-ID": "0.0"}) as events:
        assert next(events).json()["html"] == text


def test_headers_are_those_of_a_stream_that_nobody_keeps_and_no_other_site_reads(told: Told) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    with httpx.stream("GET", told.url, headers=elsewhere, timeout=PATIENCE) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        assert "access-control-allow-origin" not in response.headers
    head = told.site.get(f"/live/{told.name}", method="HEAD")
    assert (head.status, head.body, head["content-type"]) == (200, b"", "text/event-stream")
    assert told.site.get(f"/live/{told.name}", method="POST").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/live/",
        "/live/nowhere",
        "/live/../en",
        "/live/.state",
        "/live/{}/",
        "/live/{}/5/6",
        "/live/{}/story",
        "/live/{}/since/",
        "/live/{}/since/abc",
        "/live/{}/" + "9" * 40,
    ],
)
def test_what_no_channel_can_be_is_not_found_and_the_desk_not_asked(told: Told, path: str) -> None:
    assert told.site.get(path.format(told.name)).status == 404
    assert told.site.desk.asked == []


def test_the_poll_tells_the_same_from_one_address_that_caches_may_keep(told: Told) -> None:
    told.tell("a", "b", data={"html": "<p>x</p>"})
    told.tell("update.created", topic="7")
    got = told.site.get(f"/live/{told.name}/since/gen1.1")
    assert got["cache-control"] == "public, max-age=3"
    assert json.loads(got.body) == {
        "last": "gen1.3",
        "events": [
            {
                "id": "gen1.2",
                "kind": "b",
                "data": {"html": "<p>x</p>", "about": "", "at": "2026-11-23T05:00:00.000+00:00"},
            }
        ],
    }
    story = json.loads(told.site.get(f"/live/{told.name}/7/since/gen1.1?x=1").body)
    assert [event["kind"] for event in story["events"]] == ["b", "update.created"]
    assert json.loads(told.site.get(f"/live/{told.name}/since/old.9").body) == {"last": "gen1.3", "reload": True}
    told.tell("c")
    after = json.loads(told.site.get(f"/live/{told.name}/since/gen1.3").body)
    assert [event["kind"] for event in after["events"]] == ["c"]


def test_whoever_comes_late_is_told_the_newest_about_each_thing_alone(told: Told) -> None:
    told.tell("alert.created", about="alert:1", data={"html": "<p>false</p>"})
    told.tell("alert.created", about="alert:2")
    told.tell("alert.edited", about="alert:2")
    told.tell("alert.withdrawn", about="alert:1")
    with stream(f"{told.url}?after=0.0") as events:
        assert take(events, 3) == ["alert.edited", "alert.withdrawn", "hello"]
    assert b"false" not in told.site.get(f"/live/{told.name}/since/0.0").body
    with stream(f"{told.url}?after=gen1.3") as events:
        assert take(events, 2) == ["alert.withdrawn", "hello"]


def test_half_a_line_is_not_an_event_yet(told: Told) -> None:
    told.tell("a")
    file = told.site.store.root / ".live" / f"{told.name}.jsonl"
    with stream(told.url) as events:
        take(events, 1)
        with file.open("ab") as log:
            log.write(LogEvent(2, "torn", "", "", {}).to_line()[:-9])
        told.tell("b")  # the writer cuts away what a crash left
        found = next(events)
    assert (found.event, found.id) == ("b", "gen1.2")


def test_it_goes_on_without_the_desk(told: Told) -> None:
    told.site.desk.die()
    with stream(told.url) as events:
        take(events, 1)
        told.tell("a")
        assert take(events, 1) == ["a"]


def test_readers_beyond_the_limits_are_told_to_come_back(tmp_path: Any) -> None:
    with open_site(tmp_path, live_readers=3, live_per_address=2) as site:
        told = Told(site)
        with stream(told.url) as one, stream(told.url) as two:
            take(one, 1), take(two, 1)
            refused = site.get(f"/live/{told.name}")
            assert (refused.status, refused["retry-after"]) == (503, "30")
        wait_until(lambda: _opens(told), "a place that was given back")


def _opens(told: Told) -> bool:
    told.tell("a")  # telling them is how the gone are found
    with httpx.Client(timeout=PATIENCE) as client, client.stream("GET", told.url) as response:
        return response.status_code == 200


def test_a_reader_that_takes_nothing_is_sent_away_and_the_others_are_told_everything(told: Told) -> None:
    with socket.socket() as lazy:
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lazy.connect(("127.0.0.1", told.site.port))
        lazy.sendall(f"GET /live/{told.name} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with stream(told.url) as events:
            take(events, 1)
            for _ in range(150):
                told.tell("a", data={"html": "x" * 60_000})
                next(events)
        assert "too slow" in told.site.log.read_text()
        # Whatever the kernel still held comes, then the end: nothing was kept for it beyond that.
        lazy.settimeout(PATIENCE)
        received = 0
        try:
            while part := lazy.recv(1 << 20):
                received += len(part)
        except ConnectionResetError:
            pass
        assert received < 150 * 60_000


def test_many_readers_are_each_told_once(told: Told) -> None:
    readers, wanted = 60, 20
    got: list[list[str]] = [[] for _ in range(readers)]
    ready = threading.Barrier(readers + 1)

    def listen(mine: list[str]) -> None:
        with stream(told.url) as events:
            take(events, 1)
            ready.wait(PATIENCE)
            mine += [next(events).id for _ in range(wanted)]

    threads = [threading.Thread(target=listen, args=(mine,)) for mine in got]
    for thread in threads:
        thread.start()
    ready.wait(PATIENCE)
    for _ in range(wanted):
        told.tell("a")
    for thread in threads:
        thread.join(PATIENCE)
    assert got == [[f"gen1.{number}" for number in range(1, wanted + 1)]] * readers


def test_positions_are_read_as_they_are_written_and_nothing_else_is() -> None:
    assert Position.read(str(Position("k3f9c2", 1042))) == Position("k3f9c2", 1042)
    for text in ("", "1042", "k3f9c2.", ".1", "k3f9c2.-1", "K.1", "a.1\n", "a.1 b", "a." + "1" * 40):
        assert Position.read(text) is None


def test_the_pieces_of_a_compressed_stream_need_no_others() -> None:
    from dateline.stand.live import _GZIP_HEAD, packed

    parts = [b"first\n\n", b"second " * 200, b":\n\n"]
    opened = zlib.decompressobj(31)
    assert opened.decompress(_GZIP_HEAD + b"".join(packed(part) for part in parts)) == b"".join(parts)
