"""Read next: which stories a story's page leads on to. Chosen once, kept, and the same for every print of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models.functions import Substr
from django.utils import timezone
from modelsearch.backends import get_search_backend

from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.find.models import Entry, Next, span
from dateline.newsroom.find.query import IDLE
from dateline.newsroom.find.related import CLOSE, Kin, Profile, choose, telling, with_new
from dateline.newsroom.find.search import known
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Stories a page leads on to, and how many are kept for when one of them is withdrawn.
SHOWN, KEPT = 4, 8

#: For how long a story's page takes up newer ones that are akin to it.
OPEN = timedelta(days=3)

#: What counts as new among the stories a page leads on to.
FRESH = timedelta(days=30)

#: Characters of a body's stems that are compared.
BEGINNING = 600

_COLUMNS = ("pk", "story_id", "published", "title", "names", "lead", "beginning", "marks")


def show_next(story: Story, edition: EditionNode, _url: str, view: c.StoryView) -> c.StoryView:
    """The page with the stories it leads on to: they are its ingredients, no list is."""
    record(f"next:{story.pk}")
    ids = next_of(story, edition)
    desk = Desk(edition)
    desk.load(ids)
    cards = []
    for pk in ids:
        # Of one that is withdrawn the page must know too: it may come back.
        record(f"story:{pk}")
        cards += desk.take([pk])
        if len(cards) == SHOWN:
            break
    beside = desk.newest_day(cards)
    return replace(view, read_next=tuple(desk.teaser(card, beside=beside) for card in cards))


def next_of(story: Story, edition: EditionNode) -> list[int]:
    """The ids that are kept for a public story; for one that came with many others, they are chosen now."""
    ids = Next.objects.filter(story=story.pk).values_list("ids", flat=True).first()
    if ids is None:
        chosen = choose_next(story, edition)
        if chosen is None:
            return []
        # Two prints at once agree on what the first of them kept.
        Next.objects.bulk_create([Next(story_id=story.pk, ids=chosen.ids)], ignore_conflicts=True)
        ids = Next.objects.filter(story=story.pk).values_list("ids", flat=True).first()
    return list(ids or [])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of the stories that a page leads on to, and of those that tell of the same running story."""

    ids: list[int]
    close: list[int]


def choose_next(story: Story, edition: EditionNode) -> Chosen | None:
    """The stories most akin, and the newest of its section; None for a story that is not public.

    Four queries, whatever the archive holds.
    """
    profiles = Entry.objects.annotate(beginning=Substr("body", 1, BEGINNING)).values_list(*_COLUMNS)
    row = profiles.filter(story=story.pk).first()
    if row is None:
        return None
    own, usage, now = Profile(*row), known(edition).usage, timezone.now()
    first, last = span(edition.id)
    kin = Kin(
        stems=telling(own, usage, IDLE.get(edition.code.partition("-")[0], frozenset())),
        marks=tuple(sorted(m for m in own.filed if m.startswith(("zqtopic", "zqcoverage", "zqseries")))),
        key=own.key,
        first=first,
        last=last,
    )
    keys = get_search_backend("find").search(kin, Entry.objects.all()).keys() if kin else []
    others = [Profile(*found) for found in profiles.filter(pk__in=keys)]
    chosen = choose(own, others, usage, now, KEPT)
    fresh = {other.story for other in others if other.published > now - FRESH}
    key = f"section:{story.section_id}" if story.section_id else f"edition:{edition.id}"
    newest = [pk for pk in streams.newest([key], KEPT + 1)[key] if pk != story.pk]
    return Chosen(with_new(chosen, fresh, newest, SHOWN, KEPT), [pk for pk, kin in chosen.items() if kin >= CLOSE])


def settle_next(stories: Sequence[Story]) -> set[str]:
    """After stories were settled and entered: what they lead on to is chosen anew; returns changed ingredients.

    For one story at once, and stories of the last days that tell of the same lead on to it from now on; for many when
    their pages are printed.
    """
    Next.objects.filter(story__in=[story.pk for story in stories]).delete()
    if len(stories) != 1 or not stories[0].is_public:
        return set()
    story = stories[0]
    edition = editions().by_id.get(story.edition_id)
    chosen = choose_next(story, edition) if edition else None
    if chosen is None:
        return set()
    Next.objects.create(story_id=story.pk, ids=chosen.ids)
    return _offer(story, chosen.close[:SHOWN])


def _offer(story: Story, close: Sequence[int]) -> set[str]:
    """Let the pages of these stories, if they are of the same days and older, lead on to this one first."""
    published = story.published or timezone.now()
    rows = Next.objects.filter(story__in=close, story__published__range=(published - OPEN, published))
    offered = [row for row in rows if story.pk not in row.ids[:SHOWN]]
    for row in offered:
        row.ids = [story.pk, *(pk for pk in row.ids if pk != story.pk)][:KEPT]
    Next.objects.bulk_update(offered, ["ids"])
    return {f"next:{row.story_id}" for row in offered}
