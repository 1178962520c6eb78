"""Every write of the search index: it is written in the transaction of the story's own change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.find.carrying import carry
from dateline.newsroom.find.models import Entry, Lexicon, key_of, span
from dateline.newsroom.find.nexts import settle_next
from dateline.newsroom.find.search import forget_lexicons
from dateline.newsroom.find.text import body_text, shorten
from dateline.newsroom.find.words import plain, stems, words_of
from dateline.newsroom.stories.models import Byline, Story, StreamEntry

#: Stories entered in one transaction.
BATCH = 200

#: Stories a lexicon is made from, words of headlines it keeps, and stems.
SAMPLE, TYPED, STEMS = 10_000, 50_000, 100_000

#: How long a lexicon is good for, and below how many stories it is made at once when there is a new one.
AGE, SMALL = timedelta(hours=1), 500

_FIELDS = ("published", "urgency", "title", "names", "lead", "body", "marks", "typed")


def settle(stories: Sequence[Story]) -> set[str]:
    """After stories were settled, in the transaction of that: they are found as they are, and lead on to others.

    Returns the ingredients that changed besides the stories.
    """
    enter_stories(stories)
    return settle_next(stories)


def enter_stories(stories: Sequence[Story]) -> None:
    """Make the index agree with stories that have just been settled, public or not; a fixed number of queries."""
    known = {entry.story_id: entry for entry in Entry.objects.filter(story_id__in=[story.pk for story in stories])}
    public = [story for story in stories if story.is_public]
    filed = _Filed(public) if public else None
    everyone = editions().by_id
    new, stale = [], [entry.pk for pk, entry in known.items() if pk not in {story.pk for story in public}]
    for story in public:
        edition = everyone.get(story.edition_id)
        if edition is None or filed is None:
            continue
        entry, before = _entry(story, edition, filed), known.get(story.pk)
        if before and before.pk == entry.pk and all(getattr(before, f) == getattr(entry, f) for f in _FIELDS):
            continue
        if before:
            stale.append(before.pk)
        new.append(entry)
    Entry.objects.filter(pk__in=stale).delete()
    made = Entry.objects.bulk_create(_apart(new, {entry.pk for entry in known.values()} - set(stale)))
    carry([*stale, *(entry.pk for entry in made)])


def enter_archive() -> int:
    """Enter every public story anew, oldest first, and take out what is not public; returns how many are entered."""
    Entry.objects.exclude(story__in=Story.objects.filter(live=True, withdrawn_at=None)).delete()
    stories = Story.objects.filter(live=True, withdrawn_at=None, published__isnull=False).select_related("section")
    done, last = 0, 0
    while batch := list(stories.filter(pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            enter_stories(batch)
        done, last = done + len(batch), batch[-1].pk
    return done


def enter_again(key: str) -> None:
    """Enter the stories of a stream anew: what it is called has changed, and they are found by that."""
    last = 0
    while True:
        entries = StreamEntry.objects.filter(stream__key=key, story_id__gt=last).order_by("story_id")
        ids = list(entries.values_list("story_id", flat=True)[:BATCH])
        if not ids:
            return
        with transaction.atomic():
            enter_stories(list(Story.objects.filter(pk__in=ids).select_related("section")))
        last = ids[-1]


def follow_names(instance: Any, created: bool = False, **_signal: Any) -> None:
    """After a topic, an author, a coverage or a region is saved: the worker enters its stories anew."""
    if not created:
        key = f"{getattr(instance, 'kind', 'region')}:{instance.pk}"
        enter_named.enqueue(key)


def forget_entry(instance: Story, **_signal: Any) -> None:
    """Before a story is deleted, in the transaction of that."""
    gone = Entry.objects.filter(story_id=instance.pk)
    carry(gone.values_list("pk", flat=True))
    gone.delete()


def mark_of(key: str) -> str:
    """The word that stands for a stream's key among an entry's marks: `topic:9` is `zqtopic9`."""
    return "zq" + key.replace(":", "")


class _Filed:
    """What stories are filed under and signed with, fetched for all of them at once."""

    def __init__(self, stories: Iterable[Story]) -> None:
        ids = [story.pk for story in stories]
        self.under: dict[int, list[tuple[str, str]]] = {}
        for kind, rows in (
            ("region", _through(Story.regions.through, ids, "region_id", "region__title")),
            ("topic", _through(Story.topics.through, ids, "topic_id", "topic__name")),
            ("coverage", _through(Story.coverages.through, ids, "coverage_id", "coverage__title")),
            ("person", Byline.objects.filter(story__in=ids).values_list("story_id", "person_id", "person__name")),
        ):
            for story, pk, name in rows:
                self.under.setdefault(story, []).append((f"{kind}:{pk}", name))


def _through(model: Any, ids: Sequence[int], *names: str) -> Any:
    return model.objects.filter(story_id__in=ids).order_by("pk").values_list("story_id", *names)


def _entry(story: Story, edition: EditionNode, filed: _Filed) -> Entry:
    under = filed.under.get(story.pk, [])
    names = " ".join([story.kicker, story.place, story.source, *(name for _key, name in under)])
    keys = [f"form:{story.form}", *(key for key, _name in under)]
    section = edition.section(story.section_id)
    while section:
        keys.append(f"section:{section.id}")
        section = edition.section(section.parent)
    if story.series_id:
        keys.append(f"series:{story.series_id}")
    published = story.published or timezone.now()
    body = stems(body_text(story.body.raw_data), edition.code)
    return Entry(
        pk=key_of(edition.id, published, story.pk),
        story=story,
        edition_id=edition.id,
        published=published,
        urgency=story.urgency,
        title=stems(f"{story.headline} {story.short_headline}", edition.code),
        names=stems(names, edition.code),
        lead=stems(story.standfirst, edition.code),
        body=shorten(body),
        marks=" ".join(mark_of(key) for key in keys),
        typed=plain(story.headline, edition.code),
    )


def _apart(entries: list[Entry], taken: set[int]) -> list[Entry]:
    """No two with one key: of stories of the same minute whose numbers end alike the later one moves up."""
    wanted = {entry.pk for entry in entries}
    taken = taken | set(Entry.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for entry in entries:
        while entry.pk in taken:
            entry.pk += 1
        taken.add(entry.pk)
    return entries


def learn_words(edition: EditionNode) -> bool:
    """Make an edition's lexicon anew from its newest stories, unless nothing is new; whether it was made."""
    first, last = span(edition.id)
    newest = Entry.objects.filter(pk__range=(first, last)).order_by("-pk")
    top = newest.values_list("pk", flat=True).first() or 0
    before = Lexicon.objects.filter(edition=edition.id).values_list("newest", flat=True).first()
    if before == top:
        return False
    stories = words = 0
    used: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    rows = newest.values_list("title", "names", "lead", "body", "story__title")[:SAMPLE]
    for title, names, lead, body, headline in rows.iterator(chunk_size=500):
        parts = f"{title} {names} {lead} {body}".split()
        stories, words = stories + 1, words + len(parts)
        used.update(set(parts))
        for word in words_of(headline, edition.code):
            written.setdefault(word.plain, Counter())[headline[word.start : word.end].lower()] += 1
    Lexicon.objects.update_or_create(
        edition_id=edition.id,
        defaults={
            "made": timezone.now(),
            "newest": top,
            "stories": stories,
            "words": words,
            "stems": dict(used.most_common(STEMS)),
            "typed": _common(written),
        },
    )
    forget_lexicons()
    return True


def _common(written: dict[str, Counter[str]]) -> dict[str, tuple[int, str]]:
    """The words of headlines that are in use most: how often, and how they are most often written."""
    often = {word: (ways.total(), ways.most_common(1)[0][0]) for word, ways in written.items() if len(word) > 2}
    return dict(sorted(often.items(), key=lambda row: -row[1][0])[:TYPED])


def learn_all() -> None:
    """Make the lexicon of every edition whose newest story is another, unless it is less than an hour old."""
    soon = timezone.now() - AGE
    young = set(Lexicon.objects.filter(made__gt=soon, stories__gt=SMALL).values_list("edition_id", flat=True))
    for edition in editions().editions.values():
        if edition.id not in young:
            learn_words(edition)


@task()
def enter_named(key: str) -> None:
    """What the worker does when something that stories are filed under has another name."""
    enter_again(key)
