"""The studio as a process: killed at any moment it loses nothing, and its lanes do not get in each other's way."""

import contextlib
import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from dateline.newsroom.listen.actions import Studio
from dateline.newsroom.listen.engine import Engine
from dateline.newsroom.listen.models import FAILED, READY, WAITING, Recording
from tests.factories import TestNewsroom
from tests.films import film
from tests.integration.desk import editor
from tests.integration.test_import import folder, item
from tests.integration.test_listen import told
from tests.running import PATIENCE, dateline, environment, start, wait_until

STORIES = 8

FILM = """
[newsroom]
name = "The Harbour"

[[clips]]
file = "media/film.mp4"
title = "The ferry"

[[clips]]
file = "media/words.mp4"

[[editions]]
language = "ar"
path = "ar"
name = "الميناء"
sections = [{ slug = "news", title = "أخبار", children = [{ slug = "politics", title = "سياسة" }] }]
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    lines = [item(n, language="ar", versionCreated=f"2026-03-{n:02}T10:00:00Z") for n in range(1, STORIES + 1)]
    done = dateline("init", tmp_path / "newsroom", "--from", folder(tmp_path / "source", *lines))
    assert done.returncode == 0, done.stderr
    return tmp_path / "newsroom"


def states(newsroom: Path) -> dict[str, int]:
    with sqlite3.connect(newsroom / "newsroom.sqlite3") as database:
        return dict(database.execute("SELECT state, count(*) FROM listen_recording GROUP BY state"))


def test_a_studio_killed_again_and_again_reads_every_story(made: Path) -> None:
    assert states(made) == {WAITING: STORIES}
    for at in range(1, 4):
        process = start("-C", made, "studio", env=environment(studio_nice=0))
        wait_until(lambda at=at: states(made).get(READY, 0) >= at, what=f"{at} stories are read")
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    process = start("-C", made, "studio", env=environment(studio_nice=0))
    wait_until(lambda: states(made) == {READY: STORIES}, what="all are read")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    with sqlite3.connect(made / "newsroom.sqlite3") as database:
        keys = {key for (key,) in database.execute("SELECT key FROM listen_recording")}
    files = {file.name for file in (made / "media" / "listen").rglob("*.*")}
    assert files == {f"{key}.{kind}" for key in keys for kind in ("opus", "mp3")}


def test_a_studio_that_is_ended_gives_up_what_it_is_at(made: Path) -> None:
    process = start("-C", made, "studio", env=environment(studio_nice=0))
    wait_until(lambda: states(made).get(READY, 0) >= 1, what="a story is read")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    found = states(made)
    assert FAILED not in found
    assert engines_of(process.pid) == []


def test_stories_are_read_while_a_film_is_prepared(tmp_path: Path) -> None:
    """A film takes as long as it lasts, and nothing else waits for that."""
    source = folder(tmp_path / "source", *(item(n, language="ar") for n in (1, 2)), toml=FILM)
    shutil.copyfile(film(width=854, height=480, seconds=60), source / "media" / "film.mp4")
    (source / "media" / "words.mp4").write_text("This is no film.")
    done = dateline("init", tmp_path / "newsroom", "--from", source)
    assert "words.mp4" in done.stdout + done.stderr
    newsroom = tmp_path / "newsroom"
    process = start("-C", newsroom, "studio", env=environment(studio_nice=0))
    try:
        wait_until(lambda: states(newsroom) == {READY: 2}, what="both stories are read")
        with sqlite3.connect(newsroom / "newsroom.sqlite3") as database:
            [state] = database.execute("SELECT state FROM clips_clip").fetchone()
        assert state == "waiting"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert engines_of(process.pid) == []
    assert not list((newsroom / "media" / "making").rglob("*.m4s"))
    with sqlite3.connect(newsroom / "newsroom.sqlite3") as database:
        [found] = database.execute("SELECT state, problem, progress FROM clips_clip").fetchall()
    assert found[:2] == ("waiting", "")


def engines_of(parent: int) -> list[str]:
    """Command lines of the processes that this one has started and that still live."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            above = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if int(above) == parent:
                found.append(process.joinpath("cmdline").read_text())
    return found


def test_commands_tell_what_waits_and_which_voices_there_are(made: Path) -> None:
    voices = dateline("-C", made, "voices")
    assert voices.returncode == 0
    assert {"hibari/heart", "espeak/ar", "espeak/es-419"} <= {line.split()[0] for line in voices.stdout.splitlines()}
    assert f"{STORIES} stories wait" in dateline("-C", made, "speak").stdout
    assert dateline("-C", made, "speak", "--edition", "xx").returncode == 3
    refused = dateline("-C", made, "voices", "add", made / "no.onnx")
    assert refused.returncode == 3
    assert "is no voice" in refused.stderr
    assert dateline("-C", made, "voices", "add").returncode == 3


@pytest.fixture
def lanes() -> Iterator[Studio]:
    made = Studio()
    yield made
    made.close()


@pytest.mark.django_db(transaction=True)
def test_several_lanes_read_each_story_once(
    newsroom: TestNewsroom, lanes: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        told(newsroom, "es", title=f"Noticia {number}")
    spoken: list[str] = []
    speak = Engine.speak

    def counted(self, voice, script, pcm):  # type: ignore[no-untyped-def]
        spoken.append(script[0].text)
        return speak(self, voice, script, pcm)

    monkeypatch.setattr(Engine, "speak", counted)

    def work() -> None:
        while lanes.speak_next():
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(spoken) == [f"Noticia {number}" for number in range(6)]
    assert set(Recording.objects.values_list("state", flat=True)) == {READY}


@pytest.mark.django_db(transaction=True)
def test_the_overview_names_what_could_not_be_read_and_lets_it_be_tried_again(
    newsroom: TestNewsroom, lanes: Studio
) -> None:
    story = told(newsroom, "es", title="***", text="<p>…</p>")
    for _try in range(3):
        Recording.objects.update(held_until=None)
        lanes.speak_next()
    chief, reporter = editor("chief"), editor("reporter")
    overview = chief.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not read aloud" in overview
    assert "nothing in it that can be said" in overview
    again = reverse("dateline_speak_again", args=[Recording.objects.get(story=story).pk])
    assert chief.get(again).status_code == 405
    reporter.post(again)
    assert Recording.objects.get(story=story).state == FAILED
    chief.post(again)
    assert Recording.objects.get(story=story).state == WAITING
    assert "Not read aloud" not in chief.get(reverse("wagtailadmin_home")).content.decode()
