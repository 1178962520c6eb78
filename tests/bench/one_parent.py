"""`python -m tests.bench.one_parent --stories 100000`: what the desk costs when all stories hang under one parent.

Makes a newsroom of that size as Dateline does, with a shelf for each month of a section, times what editors do in it,
then hangs all stories of the English edition under one section, as a newsroom without shelves would, and times the same
again. Decision 2 has the figures.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.newsrooms import make

ROUNDS = 7


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.one_parent")
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--newsroom", type=Path, help="one that was made before; it is changed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        place = options.newsroom or make(Path(folder) / "newsroom", stories=options.stories).folder
        from dateline.cli import enter

        enter(place)
        shelves = measured()
        moved = hang_under_one_parent()
        flat = measured()
    print(f"{moved:,} stories of one edition; medians of {ROUNDS}, in milliseconds")
    print(f"{'':44}  shelves  one parent")
    for what, seconds in shelves.items():
        print(f"{what:44} {seconds * 1000:8.0f} {flat[what] * 1000:11.0f}")
    return 0


def measured() -> dict[str, float]:
    """Medians in seconds of what an editor waits for."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from dateline.newsroom.stories.models import Story

    settings.ALLOWED_HOSTS = ["*"]
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.filter(is_superuser=True)[0])
    newest = Story.objects.filter(live=True, edition__slug="en").order_by("-published")
    stories = list(newest[: 6 * (ROUNDS + 1)])
    parent = stories[0].get_parent()
    return {
        "explorer: the parent of the newest stories": timed(lambda _: opened(client, f"/desk/pages/{parent.pk}/")),
        "chooser: the same": timed(lambda _: opened(client, f"/desk/choose-page/{parent.pk}/?page_type=stories.Story")),
        "publish": timed(lambda n: publish(stories[n])),
        "move to be the last of its siblings": timed(lambda n: move(stories[ROUNDS + 1 + n], "last-child")),
        "move to be the first of its siblings": timed(lambda n: move(stories[2 * ROUNDS + 2 + n], "first-child")),
        "add a story": timed(lambda n: add(parent, n)),
    }


def timed(act: Callable[[int], Any]) -> float:
    """The median of some rounds, after one that counts for nothing."""
    act(0)
    seconds = []
    for number in range(1, ROUNDS + 1):
        started = time.perf_counter()
        act(number)
        seconds.append(time.perf_counter() - started)
    return median(seconds)


def opened(client: Any, path: str) -> None:
    assert client.get(path).status_code == 200, path


def publish(story: Any) -> None:
    from dateline.newsroom.stories.models import Story

    fresh = Story.objects.get(pk=story.pk)
    fresh.title = f"{fresh.title.split(' · ')[0]} · {time.monotonic_ns()}"
    fresh.save_revision(clean=False).publish(skip_permission_checks=True)


def move(story: Any, where: str) -> None:
    from wagtail.models import Page

    page = Page.objects.get(pk=story.pk)
    page.move(page.get_parent(), pos=where)


def add(parent: Any, number: int) -> None:
    from wagtail.models import Page

    from dateline.newsroom.editions.models import Edition
    from dateline.newsroom.stories.models import Story

    where = Page.objects.get(pk=parent.pk)
    edition = Edition.objects.get(slug="en")
    slug = f"added-{time.monotonic_ns()}"
    where.add_child(instance=Story(title=slug, slug=slug, live=False, locale=edition.locale, edition=edition))


def hang_under_one_parent() -> int:
    """Give every story of the English edition one section as its parent; returns how many there are."""
    from django.db import connection
    from wagtail.models import Page

    from dateline.newsroom.editions.models import Edition
    from dateline.newsroom.stories import actions
    from dateline.newsroom.stories.models import Story

    edition = Edition.objects.get(slug="en")
    section = Story.objects.filter(edition=edition, live=True).order_by("-published")[0].section
    rows = Story.objects.filter(edition=edition).order_by("path").values_list("pk", "slug")
    # Beyond the shelves, which stay as they are.
    first = 10_000
    changed = [
        (
            Page._get_path(section.path, section.depth + 1, first + number),
            section.depth + 1,
            f"{section.url_path}{slug}/",
            pk,
        )
        for number, (pk, slug) in enumerate(rows)
    ]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE wagtailcore_page SET path=%s, depth=%s, url_path=%s WHERE id=%s", changed)
        cursor.execute("UPDATE wagtailcore_page SET numchild = numchild + %s WHERE id = %s", [len(changed), section.pk])
        cursor.execute("ANALYZE")
    # Publishing would hang a story on its shelf again.
    actions._file_story = lambda story: None  # type: ignore[assignment]
    return len(changed)


if __name__ == "__main__":
    sys.exit(main())
