"""A tracker's evidence as facts for the figures: one query for parties, one for evidence, whatever there is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dateline.newsroom.trackers.figures.facts import (
    Amount,
    Commitment,
    Facts,
    Goal,
    Observation,
    Party,
    Stage,
    Stance,
    Stand,
)
from dateline.newsroom.trackers.models import COMMITTED, OBSERVED, STANCE, Evidence, Tracker
from dateline.newsroom.trackers.models import Party as PartyRow


def facts_of(tracker: Tracker, on: date) -> Facts:
    """All evidence that stands, as of a day: what is dated later has not happened yet."""
    return facts_of_all([tracker], on)[tracker.pk]


def facts_of_all(trackers: Sequence[Tracker], on: date) -> dict[int, Facts]:
    """The facts of several trackers by their keys, in as many queries as of one."""
    keys = [tracker.pk for tracker in trackers]
    parties, evidence = defaultdict(list), defaultdict(list)
    for party in PartyRow.objects.filter(tracker__in=keys).order_by("pk"):
        parties[party.tracker_id].append(party)
    rows = Evidence.objects.filter(tracker__in=keys, struck_at=None, on__lte=on).order_by("on", "pk")
    for row in rows.defer("note", "why", "struck_why"):
        evidence[row.tracker_id].append(row)
    return {tracker.pk: _facts(tracker, parties[tracker.pk], evidence[tracker.pk], on) for tracker in trackers}


def as_of(facts: Facts, on: date) -> Facts:
    """What was known of an earlier day."""
    return replace(
        facts,
        on=on,
        commitments=tuple(row for row in facts.commitments if row.on <= on),
        observations=tuple(row for row in facts.observations if row.on <= on),
        stances=tuple(row for row in facts.stances if row.on <= on),
    )


def _facts(tracker: Tracker, party_rows: Iterable[PartyRow], rows: Iterable[Evidence], on: date) -> Facts:
    parties = {row.pk: Party(row.code, row.name, row.group, row.members) for row in party_rows}
    goal = None
    if tracker.target is not None and tracker.starts and tracker.due:
        goal = Goal(tracker.target, tracker.unit, tracker.starts, tracker.due)
    commitments, observations, stances = [], [], []
    for row in rows:
        party = parties[row.party_id].code if row.party_id else None
        unit, count = row.unit or tracker.unit, len(row.sources)
        amount = Amount(row.low, row.high) if row.low is not None and row.high is not None else None
        if row.says in COMMITTED and party and amount:
            stage = Stage(row.says)
            commitments.append(
                Commitment(row.pk, party, stage, amount, unit, row.on, row.due, bool(row.conditions), count)
            )
        elif row.says == OBSERVED and amount:
            observations.append(Observation(row.pk, party, amount, unit, row.on, count))
        elif row.says == STANCE and party and row.stand:
            stances.append(Stance(row.pk, party, Stand(row.stand), row.on, count))
    return Facts(
        on=on,
        parties=tuple(parties.values()),
        goal=goal,
        commitments=tuple(commitments),
        observations=tuple(observations),
        stances=tuple(stances),
    )
