"""Updates of live coverage while stand, desk and worker are killed in turn: what was acknowledged is there, once."""

import contextlib
import json
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import httpx_sse
import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from dateline.store.log import LogReader
from tests.integration.test_import import folder, item
from tests.running import PATIENCE, dateline, environment, free_ports, get, start, wait_until

PARTS = ("stand", "desk", "worker")
PASSWORD = "one river, seven states"


@dataclass
class Parts:
    """A newsroom whose parts run apart, each to be killed and started anew."""

    folder: Path
    port: int
    desk: int
    env: dict[str, str]
    running: dict[str, Any] = field(default_factory=dict)

    def begin(self, part: str) -> None:
        self.running[part] = start("-C", self.folder, part, env=self.env)

    def kill(self, part: str) -> None:
        self.running[part].send_signal(signal.SIGKILL)
        self.running[part].wait(PATIENCE)
        self.begin(part)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    where = tmp_path / "newsroom"
    live = item(1, genres=[{"literal": "live"}])
    source = folder(tmp_path / "source", live)
    (source / "live.jsonl").write_text(json.dumps({"story": live["uri"], "updates": []}) + "\n")
    done = dateline("init", where, "--from", source)
    assert done.returncode == 0, done.stderr
    assert dateline("-C", where, "createuser", "ana", "--role", "chief", text=PASSWORD + "\n").returncode == 0
    port, desk = free_ports()
    env = environment(port=port, desk_port=desk, base_url=f"http://127.0.0.1:{port}")
    made = Parts(where, port, desk, env)
    for part in PARTS:
        made.begin(part)
    wait_until(lambda: get(port, "/desk/login/")[0] == 200, what="the desk")
    yield made
    for process in made.running.values():
        process.kill()
        process.wait(PATIENCE)


class Writer:
    """An editor's screen: signs in, and sends each update until it is acknowledged."""

    def __init__(self, parts: Parts, story: int) -> None:
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{parts.port}", timeout=PATIENCE)
        page = self.client.get("/desk/login/")
        self.client.post("/desk/login/", data={**self._token(page), "username": "ana", "password": PASSWORD})
        self.path = f"/desk/live/{story}/"
        self.token = self._token(self.client.get(self.path))

    def _token(self, page: httpx.Response) -> dict[str, str]:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, page.text[:500]
        return {"csrfmiddlewaretoken": found[1]}

    def post(self, words: str) -> int:
        fields = {"key": str(uuid4()), "number": "0", "seen": "0", "title": words, "author": "", "source": ""}
        body = {"body": streamfield([("text", rich_text(f"<p>{words}</p>"))])}
        form = {**nested_form_data(body), **fields, **self.token}
        headers = {"Accept": "application/json", "Referer": str(self.client.base_url)}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                answer = self.client.post(self.path, data=form, headers=headers)
                if answer.status_code == 200:
                    return int(answer.json()["number"])
                assert answer.status_code >= 500, (answer.status_code, answer.text[:500])
            threading.Event().wait(0.05)
        raise AssertionError(f"{words} was not taken within {PATIENCE} s")


class Page(threading.Thread):
    """An open page: comes back whenever its stream ends, from where it was."""

    def __init__(self, port: int, story: int) -> None:
        super().__init__(daemon=True)
        self.address = f"http://127.0.0.1:{port}/live/en/{story}"
        self.told: Counter[int] = Counter()
        self.reloads = 0
        self.position = "0.0"
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            with contextlib.suppress(httpx.HTTPError), httpx.Client(timeout=5) as client:
                headers = {"Last-Event-ID": self.position}
                with httpx_sse.connect_sse(client, "GET", self.address, headers=headers) as source:
                    for event in source.iter_sse():
                        self.take(event)
                        if self.done.is_set():
                            return
            self.done.wait(0.05)

    def take(self, event: httpx_sse.ServerSentEvent) -> None:
        if event.event == "update.created":
            self.told[event.json()["id"]] += 1
        self.reloads += event.event == "reload"
        self.position = event.id or self.position


def story_of(parts: Parts) -> tuple[int, str]:
    """The live story's id and path."""
    listed = get(parts.port, "/en/sitemap-1.xml")[2].decode()
    found = re.search(r"<loc>http://[^/]+(/en/[^<]+)</loc>", listed)
    assert found
    body = get(parts.port, found[1])[2].decode()
    named = re.search(r"/live/en/(\d+)", body)
    assert named, body
    return int(named[1]), found[1]


def told_of(parts: Parts, story: int) -> Counter[int]:
    _, events = LogReader(parts.folder / "store" / f"127.0.0.1_{parts.port}", "en").news()
    return Counter(event.data["id"] for event in events if event.topic == str(story) and event.kind == "update.created")


def survive(parts: Parts, updates: int, *, between: int) -> None:
    story, path = story_of(parts)
    writer, page = Writer(parts, story), Page(parts.port, story)
    page.start()
    taken = []
    for number in range(updates):
        if number and number % between == 0:
            part = PARTS[number // between % len(PARTS)]
            killing = threading.Thread(target=parts.kill, args=(part,))
            killing.start()
            taken.append(writer.post(f"Update number {number}"))
            killing.join()
        else:
            taken.append(writer.post(f"Update number {number}"))
    assert sorted(taken) == list(range(1, updates + 1))
    wait_until(lambda: len(page.told) == updates, what="all updates on the open page")
    page.done.set()
    page.join(PATIENCE)
    writer.client.close()
    assert set(page.told.values()) == {1}
    assert page.reloads == 0
    logged = told_of(parts, story)
    assert sorted(logged) == taken
    assert set(logged.values()) == {1}
    seen: Counter[str] = Counter()
    for at in range(1, (updates - 1) // 20 + 2):
        status, _, body = get(parts.port, f"{path}updates/{at}/")
        assert status == 200
        seen.update(re.findall(r"<p[^>]*>(Update number \d+)</p>", body.decode()))
    assert seen == Counter({f"Update number {number}": 1 for number in range(updates)})
    newest = get(parts.port, path)[2].decode()
    assert f">Update number {updates - 1}</p>" in newest


def test_updates_survive_kills_of_every_part(parts: Parts) -> None:
    survive(parts, 60, between=9)


@pytest.mark.long
def test_a_thousand_updates_survive_kills_of_every_part(parts: Parts) -> None:
    survive(parts, 1000, between=40)
