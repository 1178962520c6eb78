"""A crash at any instant loses nothing: the process that publishes is killed with SIGKILL at random moments."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.integration.test_import import folder
from tests.running import dateline, environment, select_a_moment

PUBLISHES = 200
KILLS = 8

#: Publishes stories one after another and says so for each once the desk would have answered its editor.
EDITOR = """
import sys, django
django.setup()
from django.utils import timezone
from dateline.newsroom.editions.models import Edition, Section
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Story
first, last = int(sys.argv[1]), int(sys.argv[2])
section = Section.objects.get(slug="politics", locale__language_code="en")
edition = Edition.objects.get(slug="en")
for number in range(first, last):
    if Story.objects.filter(slug=f"kill-{number}").exists():
        continue
    story = Story(title=f"Kill {number}", slug=f"kill-{number}", locale=edition.locale, edition=edition,
                  section=section, live=False, body=[("text", "<p>Words.</p>")])
    shelf_for(section, timezone.now()).add_child(instance=story)
    story.save_revision(clean=False).publish(skip_permission_checks=True)
    print(number, flush=True)
"""

#: Drains what a crash left, as every part does at its start, then compares every sheet with a fresh rendering.
AUDIT = """
import django
django.setup()
from dateline.press import outbox
from dateline.press.models import Change
outbox.drain()
Change.objects.filter(done_at=None).update(next_try=None)
outbox.drain()
outbox.sweep(10000)
assert not Change.objects.filter(done_at=None).exists()
from tests.integration.test_store_never_lies import lies
found = lies()
assert not found, found
print("sound")
"""


def test_two_hundred_publishes_survive_kills_at_random_moments(tmp_path: Path) -> None:
    newsroom = tmp_path / "newsroom"
    done = dateline("init", newsroom, "--from", folder(tmp_path / "source"))
    assert done.returncode == 0, done.stderr
    env = environment(home=newsroom) | {"DJANGO_SETTINGS_MODULE": "dateline.conf.settings"}
    chance = random.Random(20261122)
    told: set[int] = set()
    kills = 0
    while len(told) < PUBLISHES:
        first = max(told, default=-1) + 1
        editor = subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(first), str(PUBLISHES)], env=env, stdout=subprocess.PIPE, text=True
        )
        assert editor.stdout is not None
        lifetime = chance.randint(1, 2 * PUBLISHES // KILLS) if kills < KILLS else PUBLISHES
        for line in editor.stdout:
            told.add(int(line))
            lifetime -= 1
            if lifetime == 0:
                for _ in range(chance.randint(0, 4)):
                    select_a_moment()
                editor.kill()
                kills += 1
                break
        for line in editor.stdout.read().split():
            told.add(int(line))
        editor.stdout.close()
        editor.wait()
        if not told or first == max(told, default=-1) + 1 and editor.returncode == 0:
            break
        # What had committed without a word to the editor counts as well: nothing may be there in half.
        with sqlite3.connect(newsroom / "newsroom.sqlite3") as database:
            live = database.execute("SELECT slug FROM wagtailcore_page WHERE slug LIKE 'kill-%' AND live").fetchall()
        kept = {int(slug[5:]) for (slug,) in live}
        assert told <= kept, f"lost: {sorted(told - kept)}"
        told |= kept
    assert kills >= KILLS // 2
    audit = subprocess.run([sys.executable, "-c", AUDIT], env=env, capture_output=True, text=True, check=False)
    assert audit.stdout.strip() == "sound", audit.stderr[-3000:]
