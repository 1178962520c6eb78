"""Trackers of newsroom.toml, in and out: nothing of their evidence, its history and its sources is lost on the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from dateline.newsroom.editions.models import Edition, Region
from dateline.newsroom.stories.models import Coverage, Topic
from dateline.newsroom.stories.sources import SourceError, read_sources
from dateline.newsroom.trackers.actions import save_tracker, take_in
from dateline.newsroom.trackers.claims import Claim, Past, TrackerError, checked
from dateline.newsroom.trackers.members import Member, Spot, set_parties, set_places
from dateline.newsroom.trackers.models import COMMITTED, OBSERVED, SAYS, STANCE, Evidence, Tracker, TrackerNote
from dateline.wire.groups import group_key
from dateline.wire.kept import from_json
from dateline.wire.toml_entries import NewsroomToml
from dateline.wire.toml_trackers import TrackerValues
from dateline.wire.tracker_entries import (
    ChangeToml,
    CommitmentToml,
    EvidenceToml,
    PartyToml,
    PlaceToml,
    PositionToml,
    TrackerToml,
)

Say = Callable[[str], None]

#: Why a file's changes were made, as the history says it.
WHY = "newsroom.toml"

_ORDER = {says: at for at, (says, _label) in enumerate(SAYS)}


def take_trackers(newsroom: NewsroomToml, say: Say) -> None:
    """Take in trackers: one that is here, by its uri or its slug, becomes what the file says. Evidence that is known
    changes nothing; nothing is struck because a file does not name it. What cannot be taken is said."""
    for part in newsroom.editions:
        edition = Edition.objects.filter(slug=part.path).select_related("locale").first()
        for entry in part.trackers if edition else ():
            where = f"editions[{part.path}].trackers[{entry.slug}]"
            try:
                with transaction.atomic():
                    _take(edition, entry, where, say)
            except ValidationError as error:
                for name, texts in error.message_dict.items():
                    say(f"{where}{'' if name == '__all__' else f'.{name}'}: {' '.join(texts)} The tracker is left out.")
            except TrackerError as error:
                say(f"{where}{f'.{error.field}' if error.field else ''}: {error} The tracker is left out.")


def file_trackers(newsroom: NewsroomToml, say: Say) -> None:
    """File trackers under their topics, which stories have made by now."""
    for part in newsroom.editions:
        told = {entry.slug: entry for entry in part.trackers if entry.topics}
        for tracker in Tracker.objects.filter(edition__slug=part.path, slug__in=told).select_related("edition"):
            where = f"editions[{part.path}].trackers[{tracker.slug}].topics"
            found = _named(Topic, tracker.edition_id, told[tracker.slug].topics, where, say)
            with transaction.atomic():
                if set(found) != set(tracker.topics.all()):
                    tracker.topics.set(found)
                    tracker.save()


def _take(edition: Any, entry: TrackerToml, where: str, say: Say) -> None:
    tracker = _tracker(edition, entry)
    new = tracker.pk is None
    before = {name: getattr(tracker, name) for name in _said(entry)}
    coverage = _named(Coverage, edition.pk, (entry.coverage,) if entry.coverage else (), f"{where}.coverage", say)
    said = {**_said(entry), "coverage_id": coverage[0].pk if coverage else None}
    before["coverage_id"] = tracker.coverage_id
    if new or before != said:
        for name, value in said.items():
            setattr(tracker, name, value)
        tracker.full_clean(exclude=["uri"], validate_unique=False)
        save_tracker(tracker, by=None, why=WHY)
    regions = _named(Region, edition.pk, entry.regions, f"{where}.regions", say)
    if set(regions) != set(tracker.regions.all()):
        tracker.regions.set(regions)
        tracker.save()
    parties = [Member(p.code, p.name, p.group, p.members or 1, p.joined) for p in entry.parties]
    places = [Spot(p.name, p.role, p.lat, p.lon) for p in entry.places]
    if new:
        # What makes a new tracker is no change of it.
        set_parties(tracker, parties, by=None)
        set_places(tracker, places, by=None)
        tracker.history.all().delete()
    else:
        set_parties(tracker, parties, by=None, why=WHY, keep_others=True)
        if places:
            set_places(tracker, places, by=None, why=WHY)
    _take_evidence(tracker, entry, where, say)
    _take_history(tracker, entry)
    if new and entry.changed:
        Tracker.objects.filter(pk=tracker.pk).update(changed=entry.changed)


def _tracker(edition: Any, entry: TrackerToml) -> Tracker:
    known = Tracker.objects.filter(uri=entry.uri).first() if entry.uri else None
    if known and known.edition_id != edition.pk:
        raise TrackerError(f"{entry.uri!r} is a tracker of another edition.", field="uri")
    at_slug = Tracker.objects.filter(edition=edition, slug=entry.slug).first()
    if known and at_slug and known.pk != at_slug.pk:
        raise TrackerError(f"{entry.slug!r} is the slug of another tracker of this edition.", field="slug")
    tracker = known or at_slug or Tracker(edition=edition)
    if tracker.pk is None and entry.uri:
        tracker.uri = entry.uri
    return tracker


def _said(entry: TrackerToml) -> dict[str, Any]:
    said: dict[str, Any] = {
        "slug": entry.slug,
        "title": entry.title,
        "question": entry.question or entry.title,
        "kind": entry.kind,
        "summary": entry.summary,
        "unit": entry.unit,
        "target": entry.target,
        "starts": entry.starts,
        "due": entry.due,
        "proposal": entry.proposal,
        "is_aid": entry.aid,
        "live": not entry.draft,
        "closed": entry.closed,
    }
    return said | ({"group": group_key(entry.group, of="tracker")} if entry.group else {})


def _named(model: Any, edition: int, slugs: Sequence[str], where: str, say: Say) -> list[Any]:
    found = {one.slug: one for one in model.objects.filter(edition=edition, slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            say(f"{where}: there is no {model._meta.verbose_name} {slug!r} in this edition; it is left out")
    return [found[slug] for slug in slugs if slug in found]


# -- evidence


def _take_evidence(tracker: Tracker, entry: TrackerToml, where: str, say: Say) -> None:
    codes = set(tracker.parties.values_list("code", flat=True))
    claims: dict[str, Claim] = {}
    for name, claim in _claims(entry):
        place = f"{where}.{name} ({f'{claim.party}, ' if claim.party else ''}{claim.on})"
        try:
            claim = checked(claim, tracker, codes)
        except TrackerError as error:
            say(f"{place}{f'.{error.field}' if error.field else ''}: {error} It is left out.")
            continue
        same = claims.get(claim.key)
        if same and same.content != claim.content:
            say(f"{place}: another entry has its key, or says the same of other sources; give each a key")
        claims.setdefault(claim.key, claim)
    take_in(tracker, list(claims.values()), by=None, why="")


def _claims(entry: TrackerToml) -> Iterator[tuple[str, Claim]]:
    for one in entry.commitments:
        yield "commitments", _claim(one, one.kind, due=one.due, conditions=one.conditions)
    for observed in entry.observations:
        yield "observations", _claim(observed, OBSERVED)
    for position in entry.positions:
        yield "positions", _claim(position, STANCE, stand=position.stance, conditions=position.conditions)


def _claim(one: EvidenceToml, says: str, **beyond: Any) -> Claim:
    exact = one.quantity is not None
    return Claim(
        says=says,
        on=one.on,
        party=one.party,
        low=one.quantity if exact else one.low,
        high=one.quantity if exact else one.high,
        unit=one.unit,
        note=one.note,
        sources=_sources(one.sources),
        key=one.key,
        past=Past(one.added, one.by, one.why, one.replaces, one.struck, one.struck_by, one.struck_why),
        **beyond,
    )


def _sources(plain_ones: Sequence[Mapping[str, Any]]) -> Any:
    try:
        return read_sources(plain_ones)
    except SourceError:  # they were read when the file was
        return ()


def _take_history(tracker: Tracker, entry: TrackerToml) -> None:
    known = set(tracker.history.values_list("at", "by_name"))
    TrackerNote.objects.bulk_create(
        TrackerNote(tracker=tracker, at=one.at, by_name=one.by, what=dict(one.what), why=one.why)
        for one in sorted(entry.history, key=lambda one: one.at)
        if (one.at, one.by) not in known
    )


# -- out


def trackers_as_toml(edition: Edition) -> tuple[TrackerToml, ...]:
    """Every tracker of an edition with all its evidence, what was struck too."""
    rows = Tracker.objects.filter(edition=edition).select_related("coverage").order_by("slug")
    found = rows.prefetch_related("topics", "regions", "parties", "places", "history")
    shared = set(Tracker.objects.values_list("group", flat=True).annotate(n=Count("pk")).filter(n__gt=1).order_by())
    told = [_as_toml(tracker, shared) for tracker in found]
    return (*told, *_kept_from_before(edition, {one.slug for one in told}))


def _kept_from_before(edition: Edition, here: set[str]) -> Iterator[TrackerToml]:
    """What an import kept of trackers when there were none."""
    values = TrackerValues()
    kept = from_json(edition.kept).get("trackers", ())
    for entry in values.entries({"trackers": kept}, "trackers", "", values.tracker):
        if entry.slug not in here:
            yield entry


def _as_toml(tracker: Tracker, shared: set[UUID]) -> TrackerToml:
    codes = {party.pk: party.code for party in tracker.parties.all()}
    evidence = list(tracker.evidence.order_by("pk"))
    keys = {row.pk: row.key for row in evidence}
    evidence.sort(key=lambda row: (row.on, row.at, _ORDER[row.says], row.key))
    said = [(row, _evidence(row, codes, keys)) for row in evidence]
    return TrackerToml(
        slug=tracker.slug,
        title=tracker.title,
        question=tracker.question,
        kind=tracker.kind,
        summary=tracker.summary,
        unit=tracker.unit,
        target=tracker.target,
        starts=tracker.starts,
        due=tracker.due,
        proposal=tracker.proposal,
        aid=tracker.is_aid,
        draft=not tracker.live,
        closed=tracker.closed,
        uri=tracker.uri,
        group=str(tracker.group) if tracker.group in shared else "",
        topics=tuple(sorted(topic.slug for topic in tracker.topics.all())),
        coverage=tracker.coverage.slug if tracker.coverage else "",
        regions=tuple(sorted(region.slug for region in tracker.regions.all())),
        parties=tuple(
            PartyToml(p.code, p.name, p.group, p.members if p.members != 1 else None, p.joined)
            for p in tracker.parties.all()
        ),
        places=tuple(PlaceToml(p.name, p.role, p.lat, p.lon) for p in tracker.places.all()),
        commitments=tuple(
            CommitmentToml(**one, kind=row.says, due=row.due, conditions=row.conditions)
            for row, one in said
            if row.says in COMMITTED
        ),
        observations=tuple(EvidenceToml(**one) for row, one in said if row.says == OBSERVED),
        positions=tuple(
            PositionToml(**one, stance=row.stand, conditions=row.conditions) for row, one in said if row.says == STANCE
        ),
        history=tuple(
            ChangeToml(one.at, one.what, one.by_name, one.why)
            for one in sorted(tracker.history.all(), key=lambda one: (one.at, one.pk))
        ),
        changed=tracker.changed,
    )


def _evidence(row: Evidence, codes: Mapping[int, str], keys: Mapping[int, str]) -> dict[str, Any]:
    exact = row.low == row.high
    return {
        "on": row.on,
        "party": codes.get(row.party_id or 0, ""),
        "quantity": row.low if exact else None,
        "low": None if exact else row.low,
        "high": None if exact else row.high,
        "unit": row.unit,
        "note": row.note,
        "sources": tuple(row.sources),
        "key": row.key,
        "added": row.at,
        "by": row.by_name,
        "why": row.why,
        "replaces": keys.get(row.replaces_id or 0, ""),
        "struck": row.struck_at,
        "struck_by": row.struck_by,
        "struck_why": row.struck_why,
    }
