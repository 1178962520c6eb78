"""A tracker's evidence as facts for the figures: one query for parties, one for evidence, whatever there is."""

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
from dateline.newsroom.trackers.models import COMMITTED, OBSERVED, STANCE, Tracker


def facts_of(tracker: Tracker, on: date) -> Facts:
    """All evidence that stands, as of a day: what is dated later has not happened yet."""
    parties = {row.pk: Party(row.code, row.name, row.group, row.members) for row in tracker.parties.order_by("pk")}
    goal = None
    if tracker.target is not None and tracker.starts and tracker.due:
        goal = Goal(tracker.target, tracker.unit, tracker.starts, tracker.due)
    commitments, observations, stances = [], [], []
    for row in tracker.evidence.filter(struck_at=None, on__lte=on).order_by("on", "pk"):
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
