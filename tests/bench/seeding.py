"""Filling a newsroom with many stories, quickly, so that it stands as if each had been published by hand.

Stories go in from the oldest to the newest, so streams are numbered as they grow. The ledger gets the rows a printed
archive has; the sheets themselves are printed only where a publish may touch them.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Region, Section
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.actions import shelf_for, stream_keys
from dateline.newsroom.stories.keeping import content_digest
from dateline.newsroom.stories.models import Byline, Person, Shelf, Story, Stream, StreamEntry, Topic
from dateline.press.ingredients import key_of
from dateline.press.models import Sheet, SheetIngredient
from dateline.press.printing import print_paths, store
from dateline.wire.static_site import all_paths
from tests.bench.material import APART, BASE, headlines

BATCH = 1000


@dataclass
class _Ground:
    """What all stories share: the base they are copies of, terms, sections, and how far each stream has come."""

    edition: EditionNode
    base: list[Story]
    sections: dict[int, Section]
    regions: list[int]
    topics: list[int]
    people: list[int]
    streams: dict[str, int]
    counts: Counter[str]
    shelves: dict[tuple[int, str], "_Shelf"]
    last_of_section: dict[int, list[int]]


@dataclass
class _Shelf:
    shelf: Shelf
    hung: int


def grow(*, stories: int, search: bool = True) -> int:
    """Add stories older than the base until there are `stories`; returns how many there are."""
    missing = stories - Story.objects.count()
    if missing <= 0:
        return Story.objects.count()
    with transaction.atomic():
        ground = _ground()
        # The base is the newest: it steps aside while the older ones go on its streams.
        base_keys = {story.pk: stream_keys(story, ground.edition) for story in ground.base}
        StreamEntry.objects.all().delete()
    chance = random.Random(5)
    titles = headlines()
    first = timezone.now() - (missing + BASE + 1) * APART
    numbers = iter(range(missing))
    while batch := list(islice(numbers, BATCH)):
        with transaction.atomic():
            _add(ground, [(first + n * APART, f"{next(titles)} {n}", n) for n in batch], chance, search=search)
    with transaction.atomic():
        for story in sorted(ground.base, key=lambda s: s.published):
            _enter(ground, [(story.pk, story.published, base_keys[story.pk])])
        for each in ground.shelves.values():
            Page.objects.filter(pk=each.shelf.pk).update(numchild=each.hung)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Story.objects.count()


def print_round_about(*, newest: int = 60) -> int:
    """Print what a publish may touch or stand beside: fronts, feeds, and the newest stories; returns how many."""
    fronts: list[str] = []
    for path in all_paths():
        if is_a_story(path):
            break
        fronts.append(path)
    rows = StreamEntry.objects.order_by("-published").values_list("story_id", flat=True)
    ids = list(dict.fromkeys(rows[: newest * 8]))[:newest]
    fronts += Address.objects.filter(page_id__in=ids, current=True).values_list("path", flat=True)
    tops = StreamEntry.objects.filter(story_id__in=ids[:1]).select_related("stream")
    edition = editions().editions["en"]
    for entry in tops:
        section = edition.section(int(entry.stream.key.split(":")[1])) if entry.stream.key[:8] == "section:" else None
        if section:
            fronts.append(f"{section.path}page/{entry.page}/")
    done = 0
    for start in range(0, len(fronts), 50):
        printed = print_paths(fronts[start : start + 50])
        failed = [each for each in printed if each.error]
        if failed:
            raise RuntimeError(f"{len(failed)} pages would not print, {failed[0].path} first: {failed[0].error}")
        done += len(printed)
    return done


def is_a_story(path: str) -> bool:
    """Whether a path is a story's, by the year in it."""
    return any(part.isdigit() and len(part) == 4 for part in path.split("/"))


def _ground() -> _Ground:
    edition = editions().editions["en"]
    base = list(Story.objects.filter(edition_id=edition.id).order_by("published"))
    leaves = [pk for pk, node in edition.sections.items() if not node.children]
    return _Ground(
        edition,
        base,
        {section.pk: section for section in Section.objects.filter(pk__in=leaves)},
        list(Region.objects.filter(edition=edition.id).values_list("pk", flat=True)),
        list(Topic.objects.values_list("pk", flat=True)),
        list(Person.objects.values_list("pk", flat=True)),
        dict(Stream.objects.values_list("key", "pk")),
        Counter(),
        {},
        {},
    )


def _add(ground: _Ground, rows: Sequence[tuple[datetime, str, int]], chance: random.Random, *, search: bool) -> None:
    kind = ContentType.objects.get_for_model(Story)
    made = [_story(ground, moment, title, number, chance, kind) for moment, title, number in rows]
    # The page's half and the story's half of each row; Django has no bulk_create for the two together.
    parents = Page.objects.bulk_create(
        Page(**{f.attname: getattr(story, f.attname) for f in Page._meta.concrete_fields if not f.primary_key})
        for story in made
    )
    for story, parent in zip(made, parents, strict=True):
        story.pk = story.id = story.page_ptr_id = parent.pk
    Story._base_manager._insert(made, fields=list(Story._meta.local_concrete_fields), using="default")
    terms = [_terms(ground, number, chance) for _, _, number in rows]
    pairs = list(zip(made, terms, strict=True))
    for through, column, position in (
        (Story.regions.through, "region_id", 0),
        (Story.topics.through, "topic_id", 1),
    ):
        through.objects.bulk_create(
            through(story_id=s.pk, **{column: pk}) for s, chosen in pairs for pk in chosen[position]
        )
    Byline.objects.bulk_create(Byline(story=s, person_id=chosen[2], sort_order=0) for s, chosen in pairs)
    urls = {s.pk: _url(ground, s) for s in made}
    Address.objects.bulk_create(Address(path=url, page_id=pk, current=True) for pk, url in urls.items())
    keyed = [(s.pk, s.published, _keys(ground.edition, s, chosen)) for s, chosen in pairs]
    _enter(ground, keyed)
    _write_ledger(ground, pairs, urls)
    if search:
        get_search_backend().add_bulk(Story, made)


def _story(
    ground: _Ground, moment: datetime, title: str, number: int, chance: random.Random, kind: ContentType
) -> Story:
    model = ground.base[number % len(ground.base)]
    section = ground.sections[chance.choice(list(ground.sections))]
    shelf = _shelf(ground, section, moment)
    shelf.hung += 1
    slug = slugify(title)
    story = Story(
        title=title,
        draft_title=title,
        slug=slug,
        locale_id=model.locale_id,
        content_type=kind,
        translation_key=uuid4(),
        path=Story._get_path(shelf.shelf.path, shelf.shelf.depth + 1, shelf.hung),
        depth=shelf.shelf.depth + 1,
        numchild=0,
        url_path=f"{shelf.shelf.url_path}{slug}/",
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        latest_revision_created_at=None,
        uri=f"urn:bench:{number}",
        edition_id=model.edition_id,
        section=section,
        published=moment,
        **{
            name: getattr(model, name)
            for name in ("form", "kicker", "standfirst", "urgency", "lead_picture_id", "body", "words", "frames")
        },
    )
    story.digest = content_digest(story)
    return story


def _shelf(ground: _Ground, section: Section, moment: datetime) -> _Shelf:
    key = (section.pk, f"{moment:%Y-%m}")
    if key not in ground.shelves:
        shelf = shelf_for(Section.objects.get(pk=section.pk), moment)
        ground.shelves[key] = _Shelf(shelf, shelf.get_children().count())
    return ground.shelves[key]


def _terms(ground: _Ground, number: int, chance: random.Random) -> tuple[list[int], list[int], int]:
    return [chance.choice(ground.regions)], chance.sample(ground.topics, 2), chance.choice(ground.people)


def _url(ground: _Ground, story: Story) -> str:
    section = ground.edition.section(story.section_id)
    assert section and story.published
    return paths.story_path(ground.edition, section, story.published, story.slug)


def _keys(edition: EditionNode, story: Story, chosen: tuple[list[int], list[int], int]) -> set[str]:
    keys = {f"edition:{edition.id}", f"form:{edition.id}:{story.form}", f"person:{chosen[2]}"}
    keys |= {f"region:{pk}" for pk in chosen[0]} | {f"topic:{pk}" for pk in chosen[1]}
    section = edition.section(story.section_id)
    while section:
        keys.add(f"section:{section.id}")
        section = edition.section(section.parent)
    return keys


def _enter(ground: _Ground, rows: Sequence[tuple[int, Any, set[str]]]) -> None:
    """Put stories on their streams, each newer than all before."""
    entries = []
    for pk, published, keys in rows:
        moment = connection.ops.adapt_datetimefield_value(published)
        for key in sorted(keys):
            if key not in ground.streams:
                ground.streams[key] = Stream.objects.create(key=key).pk
            page = ground.counts[key] // streams.PAGE + 1
            ground.counts[key] += 1
            entries.append((ground.streams[key], pk, moment, page))
    _insert(StreamEntry, ("stream_id", "story_id", "published", "page"), entries)


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows without an object for each: there are millions of these."""
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)


def _write_ledger(ground: _Ground, pairs: Sequence[tuple[Story, Any]], urls: dict[int, str]) -> None:
    """The rows a printed page of each story has: what it shows, and weakly what its island shows."""
    now, generation = timezone.now(), store().state().generation("en")
    sheets = Sheet.objects.bulk_create(
        Sheet(path=urls[s.pk], shell="en", generation=generation, printed_at=now, rank=4) for s, _ in pairs
    )
    rows = (
        (sheet.pk, key, weak)
        for sheet, (story, chosen) in zip(sheets, pairs, strict=True)
        for key, weak in _made_from(ground, story, chosen)
    )
    _insert(SheetIngredient, ("sheet_id", "key", "weak"), rows)


def _made_from(ground: _Ground, story: Story, chosen: tuple[list[int], list[int], int]) -> Iterator[tuple[int, bool]]:
    strong = {f"story:{story.pk}", f"group:{story.translation_key}", f"person:{chosen[2]}"}
    strong |= {f"topic:{pk}" for pk in chosen[1]}
    if story.lead_picture_id:
        strong.add(f"picture:{story.lead_picture_id}")
    before = ground.last_of_section.setdefault(story.section_id or 0, [])
    strong |= {f"story:{pk}" for pk in before}
    ground.last_of_section[story.section_id or 0] = [story.pk, *before][:4]
    yield from ((key_of(name), False) for name in strong)
    weak = {f"list:edition:{ground.edition.id}", *(f"story:{story.pk - n}" for n in range(5, 11))}
    yield from ((key_of(name), True) for name in weak - strong)


FUNCTIONS = {"grow": grow, "print_round_about": print_round_about}
