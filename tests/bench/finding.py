"""What rows 10 and 11 do inside a newsroom: an archive many times as large, and searching and paging in it."""

import contextlib
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

#: Minutes between an entry and its copy, so that a million of them reach back two years and more.
APART = 4320

#: Story ids of copies begin here: no story has them.
BEYOND = 1_000_000

_COLUMNS = "urgency, title, names, lead, body, marks, typed"
_BITS = 20


def multiply_entries(entries: int) -> int:
    """Copy the search's entries under earlier dates until there are so many; returns how many there are.

    The copies have no stories, which a search does not read: it ranks entries.
    """
    from dateline.newsroom.find.actions import learn_all
    from dateline.newsroom.find.models import Entry

    base = Entry.objects.count()
    shifted = f"id - (%s::bigint << {_BITS})" if _postgres() else f"id - (%s << {_BITS})"
    earlier = "published + %s::interval" if _postgres() else "datetime(published, %s)"
    with connection.cursor() as cursor, _unchecked(cursor):
        for copy in range(1, max(1, -(-entries // base))):
            shift = copy * APART
            cursor.execute(
                f"INSERT INTO find_entry (id, story_id, edition_id, published, {_COLUMNS})"  # noqa: S608 - own words
                f" SELECT {shifted}, %s + story_id, edition_id, {earlier}, {_COLUMNS}"
                " FROM find_entry WHERE story_id < %s",
                [shift, copy * BEYOND, f"-{shift} minutes", BEYOND],
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE find_entry" if _postgres() else "ANALYZE find_entry")
    learn_all()
    return Entry.objects.count()


def _postgres() -> bool:
    return connection.vendor == "postgresql"


@contextlib.contextmanager
def _unchecked(cursor: Any) -> Iterator[None]:
    """Rows may name stories that are not there; PostgreSQL makes its indexes anew, which is faster than row by row."""
    if not _postgres():
        cursor.execute("PRAGMA foreign_keys = OFF")
        yield
        return
    cursor.execute("SET session_replication_role = replica")
    indexes = dict.fromkeys(("find_entry_vector", "find_entry_typing"))
    for name in indexes:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        indexes[name] = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '2GB'")
    for definition in indexes.values():
        cursor.execute(str(definition))
    cursor.execute("SET session_replication_role = DEFAULT")


def search_times(rounds: int) -> dict[str, Any]:
    """Seconds of each judged query, whole pages aside: matching, ranking, and the ids in order."""
    from dateline.newsroom.editions.shell import editions
    from dateline.newsroom.find.models import span
    from dateline.newsroom.find.query import read_query
    from dateline.newsroom.find.search import found, known

    judged = Path(__file__).parents[1] / "data" / "search_judgements.json"
    queries = json.loads(judged.read_text(encoding="utf-8"))["queries"]
    # As readers ask: often one word, and one that stands everywhere.
    queries += [
        {"language": language, "query": word}
        for language, word in (("en", "debian"), ("es", "noticias"), ("ar", "العلم"))
    ]
    times: list[float] = []
    random.seed(10)
    for edition in editions().editions.values():
        known(edition)
    for _ in range(rounds):
        random.shuffle(queries)
        for one in queries:
            edition = editions().editions[one["language"]]
            begun = time.perf_counter()
            found(edition, read_query(one["query"], edition.code, keys=span(edition.id)))
            times.append(time.perf_counter() - begun)
    return {"times": times, "queries": len(queries)}


def deepen(pages: int) -> dict[str, str]:
    """Give an edition's first topic so many pages; real stories stand on its first and its last. Returns paths."""
    from dateline.newsroom.editions.shell import editions
    from dateline.newsroom.stories import paths, streams
    from dateline.newsroom.stories.models import Story, Stream, StreamEntry, Topic

    edition = next(iter(editions().editions.values()))
    topic = Topic.objects.filter(edition=edition.id).order_by("pk")[0]
    stream, _ = Stream.objects.get_or_create(key=f"topic:{topic.pk}")
    StreamEntry.objects.filter(stream=stream).delete()
    stories = Story.objects.filter(edition=edition.id, live=True).order_by("-published")
    real = list(stories.values_list("pk", flat=True)[: 2 * streams.PAGE])
    whole = pages * streams.PAGE
    start, step = datetime(2000, 1, 1, tzinfo=UTC), timedelta(minutes=30)
    first, last = real[: streams.PAGE], real[streams.PAGE :]

    def story(at: int) -> int:
        if at < streams.PAGE:
            return first[at]
        return last[at - whole + streams.PAGE] if at >= whole - streams.PAGE else BEYOND + at

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        rows = [
            StreamEntry(stream=stream, story_id=story(at), published=start + step * at, page=at // streams.PAGE + 1)
            for at in range(whole)
        ]
        StreamEntry.objects.bulk_create(rows, batch_size=5000)
    front = paths.topic_path(edition, topic.slug)
    return {"newest": f"{front}page/{pages}/", "oldest": f"{front}page/1/", "middle": f"{front}page/{pages // 2}/"}


FUNCTIONS = {"multiply_entries": multiply_entries, "search_times": search_times, "deepen": deepen}
