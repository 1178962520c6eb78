"""Readers of the demo: as many as make a list of what is read most."""

import time
from pathlib import Path

from django.conf import settings

from dateline.newsroom.editions.shell import editions
from dateline.newsroom.reads.actions import rank_anew, take_in
from dateline.newsroom.stories import streams
from dateline.store.reads import SOURCES, write_tally

#: Stories of an edition that were read.
READ = 14


def read_stories() -> None:
    """Count reads of each edition's newest stories in the last hours, some of them more than newer ones."""
    counts: dict[tuple[int, str], int] = {}
    for edition in editions().editions.values():
        ids = streams.newest([f"edition:{edition.id}"], READ)[f"edition:{edition.id}"]
        for at, story in enumerate(ids):
            for number, source in enumerate(SOURCES):
                counts[story, source] = 3 + (at * 7 + number * 5) % 23 * (READ - at)
    write_tally(Path(settings.STORE_ROOT), time.time(), counts)
    take_in()
    rank_anew()
