"""In five: the day's top five stories, gathered the same way every morning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.fronts.heard import ask_for_morning
from dateline.newsroom.fronts.models import Morning
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.models import Story
from dateline.press.ingredients import record
from dateline.press.outbox import announce

#: When the stories are gathered, where the edition is.
HOUR = time(6)

#: Stories of a morning.
FIVE = 5

#: Forms that make a morning's news; a gallery or a blog is for later in the day.
NEWS = frozenset({"news", "analysis", "explainer", "live", "feature"})


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    section: int | None
    coverages: frozenset[int]
    form: str
    urgency: int
    pictured: bool
    published: datetime


def five_of(candidates: Iterable[Candidate], since: datetime) -> list[int]:
    """Ids of the five stories: the day's before older ones, the urgent before others, one of a section or coverage.

    Where five sections or coverages have nothing, further stories of those that have follow.
    """
    ordered = sorted(
        candidates,
        key=lambda one: (
            one.published < since,
            one.form not in NEWS,
            one.urgency,
            not one.pictured,
            -one.published.timestamp(),
            -one.pk,
        ),
    )
    sections: set[int | None] = set()
    coverages: set[int] = set()
    first, rest = [], []
    for one in ordered:
        if one.section in sections or one.coverages & coverages:
            rest.append(one.pk)
            continue
        sections.add(one.section)
        coverages |= one.coverages
        first.append(one.pk)
    return [*first, *rest][:FIVE]


def morning_before(edition: EditionNode, now: datetime) -> datetime:
    """The last six o'clock in the morning where the edition is."""
    zone = edition.voice.zone
    local = now.astimezone(zone)
    day = local.date() if local.timetz().replace(tzinfo=None) >= HOUR else local.date() - timedelta(days=1)
    return datetime.combine(day, HOUR, tzinfo=zone)


def gather(edition: EditionNode, until: datetime) -> Morning:
    """Gather the stories of the day that ended at `until`, unless that is done; a fixed number of queries."""
    day = edition.voice.day(until)
    known = Morning.objects.filter(edition=edition.id, day=day).first()
    if known:
        return known
    ids = five_of(_candidates(edition, until), until - timedelta(days=1))
    with transaction.atomic():
        made, new = Morning.objects.get_or_create(edition_id=edition.id, day=day, defaults={"ids": ids})
        if new:
            announce([f"morning:{edition.id}"], print_now=[f"{edition.home}in-five/"])
            ask_for_morning(edition, made)
    return made


def _candidates(edition: EditionNode, until: datetime | None = None) -> Sequence[Candidate]:
    key = f"edition:{edition.id}"
    ids = streams.newest([key], streams.AHEAD)[key]
    filed: dict[int, set[int]] = {}
    for story, coverage in Story.coverages.through.objects.filter(story__in=ids).values_list("story_id", "coverage_id"):
        filed.setdefault(story, set()).add(coverage)
    stories = Story.objects.filter(pk__in=ids, live=True)
    stories = stories.filter(published__lt=until) if until else stories
    rows = stories.values_list("pk", "section_id", "form", "urgency", "lead_picture_id", "published")
    return [
        Candidate(pk, section, frozenset(filed.get(pk, ())), form, urgency, picture is not None, published)
        for pk, section, form, urgency, picture, published in rows
        if published
    ]


def morning_of(edition: EditionNode) -> Morning:
    """The newest morning. An edition that has none yet has the stories of now, until its first morning."""
    newest = Morning.objects.filter(edition=edition.id).order_by("-day").first()
    if newest and newest.ids:
        return newest
    record(f"list:edition:{edition.id}")
    found = _candidates(edition)
    last = max((one.published for one in found), default=datetime(2000, 1, 1, tzinfo=UTC))
    return Morning(edition_id=edition.id, day=edition.voice.day(last), ids=five_of(found, last - timedelta(days=1)))


def gather_due(now: datetime | None = None) -> int:
    """Gather for every edition where it is past six and that has not gathered today; returns for how many."""
    now = now or timezone.now()
    done = 0
    known = set(Morning.objects.filter(day__gte=now.date() - timedelta(days=2)).values_list("edition_id", "day"))
    for edition in editions().editions.values():
        until = morning_before(edition, now)
        if (edition.id, edition.voice.day(until)) not in known:
            gather(edition, until)
            done += 1
    return done
