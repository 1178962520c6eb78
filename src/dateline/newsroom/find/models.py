"""What readers search: one entry for each public story, already cut to stems, and how often words are used."""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.stories.models import Story

_MINUTE_BITS, _STORY_BITS = 31, 20
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def minute(moment: datetime) -> int:
    """Whole minutes since the year 1."""
    return int((moment - _BEGINNING).total_seconds()) // 60


def key_of(edition: int, moment: datetime, story: int = 0) -> int:
    """An entry's key: edition, then minute of publication, then story, so that keys are in the order of a search.

    An index that hands out its matches by key, as FTS5 does, hands them out newest first, and those of one edition or
    one span of time alone, at a cost that does not grow with the archive.
    """
    return ((edition << _MINUTE_BITS | minute(moment)) << _STORY_BITS) | (story % (1 << _STORY_BITS))


def span(edition: int, since: datetime | None = None, until: datetime | None = None) -> tuple[int, int]:
    """The first and the last key that an entry of this edition and time may have; `until` is the first moment after."""
    lowest = edition << (_MINUTE_BITS + _STORY_BITS)
    first = key_of(edition, since) if since else lowest
    last = key_of(edition, until) - 1 if until else ((edition + 1) << (_MINUTE_BITS + _STORY_BITS)) - 1
    return first, last


class Entry(index.Indexed, models.Model):
    """A public story as it is sought: stems with a space between any two. See `words.stems`.

    On SQLite and PostgreSQL the database itself keeps the full-text index of these columns (migration 0002).
    """

    id = models.BigIntegerField(primary_key=True)
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    published = models.DateTimeField()
    urgency = models.PositiveSmallIntegerField()
    title = models.TextField()
    #: Of its people, places, topics and coverages.
    names = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    #: What it is filed under: one word each, such as `zqtopic9`.
    marks = models.TextField(blank=True)
    #: Words of the headline as they are typed, uncut.
    typed = models.TextField(blank=True)

    #: Written with the story, in its transaction: see `actions`.
    search_auto_update = False
    search_fields: ClassVar = [
        index.SearchField("title", boost=6),
        index.SearchField("names", boost=4),
        index.SearchField("lead", boost=2),
        index.SearchField("body"),
        index.SearchField("marks"),
        index.AutocompleteField("typed"),
        index.FilterField("id"),
        index.FilterField("edition"),
        index.FilterField("published"),
    ]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.story_id}: {self.title[:60]}"


class Lexicon(models.Model):
    """How many of an edition's newest stories use a stem, and which words stand in their headlines.

    A sample: it tells rare words from common ones and knows what a misspelt word may have meant. The worker makes it.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, primary_key=True, related_name="+")
    made = models.DateTimeField()
    newest = models.BigIntegerField(default=0)  # key of the newest entry it was made from
    stories = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)  # of all texts together
    stems = models.JSONField(default=dict)  # stories by stem
    typed = models.JSONField(default=dict)  # stories and usual spelling by folded word

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.stories}"


class Next(models.Model):
    """Which stories a public story's page leads on to, the best first; more than it shows. See `nexts`."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="+")
    ids = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.story_id}: {self.ids}"


class Name(models.Model):
    """One way in which a topic, an author or a coverage is written. See `names`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    term = models.PositiveBigIntegerField()
    #: Its words as they are typed, or those from one of them on.
    plain = models.CharField(max_length=160)
    #: Its stems, where it is the whole name.
    key = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "term"], name="name_of_term"),
            models.Index(fields=["edition", "plain"], name="name_by_beginning"),
            models.Index(fields=["edition", "key"], name="name_by_stems"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.term} {self.plain}"
