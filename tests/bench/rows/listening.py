"""Row 15: what it costs to read a story aloud. Row 17: how fast an archive is read while others publish."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from statistics import median

from tests.bench.newsrooms import Newsroom
from tests.bench.plan import Run, say
from tests.bench.rows.importing import imported
from tests.bench.table import Line, ms, quantiles, times
from tests.running import wait_until

#: Seconds of one core for three minutes of sound.
GOALS = {"en": 3.0, "ar": 2.0, "es": 2.0}
THREE_MINUTES = 180

#: Stories a second, on two processors.
BACKLOG = {"en": 0.5, "ar": 1.0, "es": 1.0}

#: Seconds after which no more are waited for.
LONGEST = 240

#: How much slower a publish may be while an archive is read.
BESIDE = 1.5


def speech(run: Run) -> list[Line]:
    inside = run.inside("small")
    lines = []
    for language, goal in GOALS.items():
        say(f"reading aloud: {language}")
        found = inside.call("voice_times", language=language, rounds=run.amounts.rounds)
        spent = {part: found[part] * THREE_MINUTES / found["seconds"] for part in ("voice", "loudness", "encoding")}
        whole = sum(spent.values())
        parts = ", ".join(f"{part} {ms(value)}" for part, value in spent.items())
        opus, mp3 = (found[kind] / found["seconds"] * 60 / 1024 for kind in ("opus", "mp3"))
        lines.append(
            Line(
                15,
                f"three minutes of sound, {language}, {found['name']}",
                f"{whole:.2f} s CPU: {parts}",
                f"Opus {opus:.0f}, MP3 {mp3:.0f} KB a minute",
                times(goal / whole),
                f"at most {goal:.0f} s of one core",
                whole <= goal,
                found,
            )
        )
    return lines


def backlog(run: Run) -> list[Line]:
    room = imported(run)
    lines, walls = [], []
    inside = run.inside("small")
    inside.call("rehearse")
    alone = [each["wall"] for each in inside.call("publish_new", count=run.amounts.publishes)]
    for language, goal in BACKLOG.items():
        say(f"reading an archive aloud: {language}")
        with _waiting(room, language, run.amounts.spoken), room.part("studio"):
            wait_until(lambda language=language: _read(room, language)[0], what="the first story")
            start, (before, sound_before) = time.monotonic(), _read(room, language)
            walls += [each["wall"] for each in inside.call("publish_new", count=max(1, run.amounts.publishes // 3))]
            while time.monotonic() - start < LONGEST and _left(room, language):
                time.sleep(0.2)
            seconds, (after, sound) = time.monotonic() - start, _read(room, language)
        speed = (after - before) / seconds
        sound_made = (sound - sound_before) / 1000
        lines.append(
            Line(
                17,
                f"an archive read aloud in the background, {language}",
                f"{speed:.2f} stories/s",
                f"{sound_made / max(1, after - before):.0f} s of sound each; {sound_made / seconds:.0f} s a second",
                times(speed / goal),
                f"at least {goal}/s",
                speed >= goal,
                {"stories": after - before, "seconds": seconds, "sound": sound_made},
            )
        )
    slower = median(walls) / median(alone)
    lines.append(
        Line(
            17,
            "a publish while an archive is read aloud",
            quantiles(walls),
            f"{ms(median(alone))} without",
            times(BESIDE / slower),
            f"at most {BESIDE} × as long",
            slower <= BESIDE,
            {"beside": walls, "alone": alone},
        )
    )
    return lines


@contextlib.contextmanager
def _waiting(room: Newsroom, language: str, count: int) -> Iterator[None]:
    """Of all that waits to be read, let the studio see so many stories of one language.

    They are taken from all of the archive, whose newest are not like the others.
    """
    with _database(room) as database:
        database.execute("UPDATE listen_recording SET held_until = '2999-01-01' WHERE state = 'waiting'")
        rows = database.execute(f"SELECT story_id FROM listen_recording WHERE {_OF} ORDER BY published", (language,))
        every = list(rows)
        chosen = every[:: max(1, len(every) // count)][:count]
        database.executemany("UPDATE listen_recording SET held_until = NULL WHERE story_id = ?", chosen)
    try:
        yield
    finally:
        with _database(room) as database:
            database.execute("UPDATE listen_recording SET held_until = NULL WHERE state = 'waiting'")


_OF = (
    "story_id IN (SELECT page_ptr_id FROM stories_story JOIN wagtailcore_page ON wagtailcore_page.id = page_ptr_id"
    " JOIN wagtailcore_locale ON wagtailcore_locale.id = locale_id WHERE language_code = ?)"
)


def _database(room: Newsroom) -> sqlite3.Connection:
    return sqlite3.connect(room.folder / "newsroom.sqlite3", timeout=30)


def _read(room: Newsroom, language: str) -> tuple[int, int]:
    """How many stories of a language have been read, and milliseconds of sound."""
    with _database(room) as database:
        sql = f"SELECT count(*), coalesce(sum(milliseconds), 0) FROM listen_recording WHERE state = 'ready' AND {_OF}"
        found = database.execute(sql, (language,)).fetchone()
    return int(found[0]), int(found[1])


def _left(room: Newsroom, language: str) -> int:
    """How many of those it may see are still to be read."""
    free = "(held_until IS NULL OR held_until < '2999')"
    with _database(room) as database:
        sql = f"SELECT count(*) FROM listen_recording WHERE state = 'waiting' AND {_OF} AND {free}"
        return int(database.execute(sql, (language,)).fetchone()[0])
