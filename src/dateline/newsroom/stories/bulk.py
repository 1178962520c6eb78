"""Taking in many published stories at once: what `settle_story` does for one, at a few queries for hundreds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wagtail.models import Page

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import newest_path, ticker_path
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.correcting import settle_notes
from dateline.newsroom.stories.extensions import additions
from dateline.newsroom.stories.models import Shelf, Story, Stream, StreamEntry


@dataclass
class HangingShelf:
    """A shelf while a batch hangs stories on it; the batch's transaction keeps others from doing so."""

    shelf: Shelf
    slugs: set[str]
    last: str

    @classmethod
    def open(cls, shelf: Shelf) -> "HangingShelf":
        rows = list(Story.objects.child_of(shelf).order_by("path").values_list("slug", "path"))
        return cls(shelf, {slug for slug, _path in rows}, rows[-1][1] if rows else "")

    def hang(self, story: Story) -> None:
        """Save a new story as this shelf's last child: what `add_child` does, at two queries instead of a dozen.

        The tree's own numbering is kept; a slug that another story here has gets a number at its end. The caller
        has checked the story's fields.
        """
        slug, number = story.slug, 1
        while story.slug in self.slugs:
            number += 1
            story.slug = f"{slug}-{number}"
        step = Story._str2int(self.last[-Story.steplen :]) + 1 if self.last else 1
        story.path = Story._get_path(self.shelf.path, self.shelf.depth + 1, step)
        story.depth = self.shelf.depth + 1
        story.numchild = 0
        story.url_path = f"{self.shelf.url_path}{story.slug}/"
        story.save(clean=False, settle=False)
        self.last = story.path
        self.slugs.add(story.slug)

    def close(self) -> None:
        """Write how many children the shelf now has."""
        Page.objects.filter(pk=self.shelf.pk).update(numchild=len(self.slugs))


@dataclass
class Settled:
    """What a bulk intake touched: stream keys to paginate, ingredients, and the fronts and sitemaps to print."""

    keys: set[str] = field(default_factory=set)
    ingredients: set[str] = field(default_factory=set)
    print_now: set[str] = field(default_factory=set)


def settle_many(stories: Sequence[tuple[Story, frozenset[str]]], settled: Settled) -> None:
    """Give these new, public stories their addresses and put each on its streams (the keys beside it).

    The entries stand on page 0 until `paginate` numbers them.
    """
    everyone = editions().by_id
    wanted: dict[int, str] = {}
    for story, _keys in stories:
        edition = everyone[story.edition_id]
        section = edition.section(story.section_id)
        if section and story.published:
            wanted[story.pk] = paths.story_path(edition, section, story.published, story.slug)
            settled.ingredients |= {f"story:{story.pk}", f"group:{story.translation_key}"}
            settled.print_now |= {edition.home, f"{edition.home}rss.xml", section.path, "/sitemap.xml"}
            settled.print_now |= {ticker_path(edition), newest_path(edition)}
    _give_addresses(wanted)
    by_edition: dict[int, list[Story]] = {}
    for story, _keys in stories:
        by_edition.setdefault(story.edition_id, []).append(story)
    for pk, group in by_edition.items():
        noted = settle_notes(group, everyone[pk], public=True)
        settled.ingredients |= noted.ingredients
        settled.print_now |= set(noted.print_now)
    for addition in additions():
        settled.ingredients |= addition.settled([story for story, _keys in stories])
    keys = {key for _story, on in stories for key in on}
    known = dict(Stream.objects.filter(key__in=keys).values_list("key", "pk"))
    Stream.objects.bulk_create(Stream(key=key) for key in sorted(keys - known.keys()))
    known = dict(Stream.objects.filter(key__in=keys).values_list("key", "pk"))
    StreamEntry.objects.bulk_create(
        StreamEntry(stream_id=known[key], story=story, published=story.published, page=0)
        for story, on in stories
        if story.pk in wanted and story.published
        for key in sorted(on)
    )
    for story, on in stories:
        zone = everyone[story.edition_id].voice.zone
        settled.ingredients |= streams.days(on, zone, story.published)
    settled.keys |= keys
    settled.ingredients |= {f"list:{key}" for key in keys}


def paginate(settled: Settled) -> None:
    """Number the pages of every touched stream from the oldest."""
    for key in sorted(settled.keys):
        settled.ingredients |= streams.repaginate(key)


def _give_addresses(wanted: dict[int, str]) -> None:
    taken = _taken(wanted.values())
    rows = []
    for pk, path in wanted.items():
        free, number = path, 1
        while free in taken or (number > 1 and Address.objects.filter(path=free).exists()):
            number += 1
            free = f"{path.rstrip('/')}-{number}/"
        taken.add(free)
        rows.append(Address(path=free, page_id=pk, current=True))
    Address.objects.bulk_create(rows)


def _taken(paths_: Iterable[str]) -> set[str]:
    return set(Address.objects.filter(path__in=list(paths_)).values_list("path", flat=True))
