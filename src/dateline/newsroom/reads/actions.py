"""Every write of reads: taking in what stands have counted, and what pages show of it."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dateline.newsroom.editions.drawing import most_read_path
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.reads.models import Day, MostRead, Recent, Score, Taken
from dateline.newsroom.reads.ranking import HALF, added, floor
from dateline.newsroom.stories.models import Story
from dateline.press.outbox import announce
from dateline.store.reads import Tally, drop_tallies, tallies

#: Files taken in at once, in one transaction.
FILES = 100

#: Seconds of a count in `Recent`, and for how long they are kept.
SLICE, KEPT = 600, timedelta(hours=25)

#: Stories on a list that is kept: more than are shown, for when one of them is withdrawn.
LISTED = 20

#: A count of a moment further away than this is one of now: a stand's clock may be wrong.
LATEST, OLDEST = 60.0, 86_400.0

SPANS = tuple(HALF)


def take_in() -> int:
    """Take in what stands have counted, each file once whatever is interrupted; returns how many reads."""
    total = 0
    while found := list(tallies(settings.STORE_ROOT, FILES)):
        names = [tally.name for tally in found]
        with transaction.atomic():
            known = set(Taken.objects.filter(name__in=names).values_list("name", flat=True))
            fresh = [tally for tally in found if tally.name not in known]
            total += _add(fresh, time.time())
            Taken.objects.bulk_create([Taken(name=tally.name) for tally in fresh])
        drop_tallies(settings.STORE_ROOT, names)
        Taken.objects.filter(name__in=names).delete()
    return total


def _add(found: Iterable[Tally], now: float) -> int:
    counts: dict[tuple[int, int, str], int] = {}
    for tally in found:
        at = tally.since if now - OLDEST < tally.since < now + LATEST else now
        begun = int(at) // SLICE * SLICE
        for story, source, reads in tally.reads:
            key = (story, begun, source)
            counts[key] = counts.get(key, 0) + reads
    stories = {
        pk: (edition, section)
        for pk, edition, section in Story.objects.filter(pk__in={key[0] for key in counts}, live=True).values_list(
            "pk", "edition_id", "section_id"
        )
    }
    counts = {key: reads for key, reads in counts.items() if key[0] in stories}
    if counts:
        _add_recent(counts, stories)
        _add_days(counts)
        _add_scores(counts, stories, now)
    return sum(counts.values())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _add_recent(counts: dict[tuple[int, int, str], int], stories: dict[int, tuple[int, int | None]]) -> None:
    rows = {(story, _moment(begun), source): reads for (story, begun, source), reads in counts.items()}
    known = Recent.objects.filter(story__in=list(stories), at__in={key[1] for key in rows})
    again = []
    for row in known:
        if more := rows.pop((row.story_id, row.at, row.source), 0):
            row.reads += more
            again.append(row)
    Recent.objects.bulk_update(again, ["reads"], batch_size=300)
    Recent.objects.bulk_create(
        Recent(story_id=story, edition_id=stories[story][0], at=at, source=source, reads=reads)
        for (story, at, source), reads in rows.items()
    )


def _add_days(counts: dict[tuple[int, int, str], int]) -> None:
    rows: dict[tuple[int, Any, str], int] = {}
    for (story, begun, source), reads in counts.items():
        key = (story, _moment(begun).date(), source)
        rows[key] = rows.get(key, 0) + reads
    known = Day.objects.filter(story__in={key[0] for key in rows}, day__in={key[1] for key in rows})
    again = []
    for row in known:
        if more := rows.pop((row.story_id, row.day, row.source), 0):
            row.reads += more
            again.append(row)
    Day.objects.bulk_update(again, ["reads"], batch_size=300)
    Day.objects.bulk_create(
        Day(story_id=story, day=day, source=source, reads=reads) for (story, day, source), reads in rows.items()
    )


def _add_scores(
    counts: dict[tuple[int, int, str], int], stories: dict[int, tuple[int, int | None]], now: float
) -> None:
    everyone = editions().by_id
    reads: dict[tuple[int, int], int] = {}
    for (story, begun, _source), number in counts.items():
        reads[story, begun] = reads.get((story, begun), 0) + number
    rows = {(row.key, row.story_id): row for row in Score.objects.filter(story__in=list(stories))}
    new = set()
    for (story, begun), number in reads.items():
        edition = everyone.get(stories[story][0])
        for key in _lists(edition, stories[story][1]) if edition else ():
            row = rows.get((key, story))
            if row is None:
                row = rows[key, story] = Score(key=key, story_id=story)
                new.add((key, story))
            fresh = row.pk is None and not row.day
            # The middle of the ten minutes, unless that is still to come.
            at = min(begun + SLICE / 2, now)
            for span, half in HALF.items():
                setattr(row, span, added(None if fresh else getattr(row, span), number, at, half))
    Score.objects.bulk_update([row for at, row in rows.items() if at not in new], list(SPANS), batch_size=300)
    Score.objects.bulk_create([rows[at] for at in sorted(new)])


def _lists(edition: EditionNode, section: int | None) -> list[str]:
    """Keys of the lists that a story of this section is on."""
    keys = [f"edition:{edition.id}"]
    node = edition.section(section)
    while node:
        keys.append(f"section:{node.id}")
        node = edition.section(node.parent)
    return keys


def rank_anew(now: float | None = None) -> list[str]:
    """Make every list of the most read anew; returns the keys of those that changed, whose pages are printed."""
    now = now or time.time()
    before = {(row.key, row.span): row for row in MostRead.objects.all()}
    keys = {f"edition:{edition.id}": edition for edition in editions().editions.values()}
    for edition in editions().editions.values():
        keys |= {f"section:{section}": edition for section in edition.sections}
    changed = []
    for key, edition in keys.items():
        found = {span: _top(key, span, now) for span in SPANS}
        other = {
            span: ids for span, ids in found.items() if ids != (before[key, span].ids if (key, span) in before else [])
        }
        if other:
            changed.append(key)
            _keep(key, other, edition)
    Recent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return changed


def _keep(key: str, found: dict[str, list[int]], edition: EditionNode) -> None:
    with transaction.atomic():
        for span, ids in found.items():
            MostRead.objects.update_or_create(key=key, span=span, defaults={"ids": ids})
        island = [most_read_path(edition)] if key == f"edition:{edition.id}" else []
        announce({f"most:{key}"}, print_now=island)


def _top(key: str, span: str, now: float) -> list[int]:
    """Ids of the public stories most read on a list (index score_SPAN)."""
    rows = Score.objects.filter(**{"key": key, f"{span}__gte": floor(now, HALF[span]), "story__live": True})
    return list(rows.order_by(f"-{span}", "-story").values_list("story_id", flat=True)[:LISTED])
