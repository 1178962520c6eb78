"""Searching: a query to stories, in a fixed number of queries."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Substr
from django.utils import timezone
from modelsearch.backends import get_search_backend

from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.find.models import Entry, Lexicon
from dateline.newsroom.find.query import Sought, Typing
from dateline.newsroom.find.ranking import Match, Usage, rank

#: Seconds for which a process keeps an edition's lexicon.
KEPT = 600.0

#: Characters of a body that are looked at to say how well a story answers.
LOOKED_AT = 6000

_COLUMNS = ("pk", "story_id", "published", "urgency", "title", "names", "lead")
_known: dict[int, tuple[float, "Known"]] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an edition's words."""

    usage: Usage
    typed: dict[str, tuple[int, str]]


def known(edition: EditionNode) -> Known:
    """The edition's lexicon, kept in memory for a while; an empty one before the worker has made it."""
    now = time.monotonic()
    kept = _known.get(edition.id)
    if kept is None or kept[0] < now:
        row = Lexicon.objects.filter(edition=edition.id).first()
        fresh = Known(Usage(row.stories, row.stems), _typed(row)) if row else Known(Usage(), {})
        # One that is still to be made is looked for again soon.
        kept = _known[edition.id] = (now + (KEPT if row else 5.0), fresh)
    return kept[1]


def _typed(row: Lexicon) -> dict[str, tuple[int, str]]:
    return {word: (count, written) for word, (count, written) in row.typed.items()}


def forget_lexicons() -> None:
    """Read them anew at the next search."""
    _known.clear()


def found(edition: EditionNode, sought: Sought, *, newest_first: bool = False) -> Sequence[int]:
    """Ids of the stories that answer, the best first, or the newest: two queries, and one for a lexicon that is old.

    However many match, no more are looked at than `backends.database` says.
    """
    if not sought:
        return []
    results = get_search_backend("find").search(sought, Entry.objects.all(), order_by_relevance=not newest_first)
    if newest_first:
        rows = Entry.objects.filter(pk__in=results.keys()).order_by("-pk")
        return list(rows.values_list("story_id", flat=True))
    return [match.story for match in rank(_matches(results), sought, known(edition).usage, timezone.now())]


def _matches(results: Any) -> Iterator[Match]:
    """What ranking needs of what was found, which is less than the whole of a long text; one query."""
    rows = Entry.objects.filter(pk__in=results.keys()).annotate(beginning=Substr("body", 1, LOOKED_AT))
    for row in rows.values_list(*_COLUMNS, "beginning"):
        yield Match(*row)


def completed(typing: Typing, most: int) -> list[int]:
    """Ids of the newest stories whose headline holds what is being typed; one query."""
    if not typing:
        return []
    results = get_search_backend("find").search(typing, Entry.objects.all(), order_by_relevance=False)[:most]
    return list(Entry.objects.filter(pk__in=results.keys()).order_by("-pk").values_list("story_id", flat=True))
