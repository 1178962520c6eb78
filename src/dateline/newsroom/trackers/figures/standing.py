"""Where the parties stand on a proposal.

`standings(facts, since=…)` gives `Standings`: the stance of each party by its latest evidence, how many hold which, and
what changed since a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.newsroom.trackers.figures.facts import Facts, Stance, Stand


@dataclass(frozen=True, slots=True)
class Held:
    """Where a party stands. Without evidence `stand` is None: that is not `Stand.SILENT`, which somebody has seen."""

    party: str
    stand: Stand | None = None
    #: The day since which it has stood there without a break.
    since: date | None = None
    #: What it rests on: the latest evidence.
    evidence: tuple[int, ...] = ()
    #: All its stances, oldest first.
    history: tuple[Stance, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many stand there: each party as one, or as many as it stands for."""

    stand: Stand | None
    parties: int
    members: int


@dataclass(frozen=True, slots=True)
class Change:
    """A party stands elsewhere than it did; `before` is None when nothing was known of it."""

    party: str
    before: Stand | None
    after: Stand
    on: date
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    on: date
    #: By code, in the order of `facts.parties`.
    parties: Mapping[str, Held]
    #: One for each `Stand` in their order, then one for None, also when nobody stands there.
    counts: tuple[Count, ...]
    #: Newest first. Empty without `since`.
    changed: tuple[Change, ...] = ()
    since: date | None = None


def standings(facts: Facts, since: date | None = None) -> Standings:
    """Where parties stand on `facts.on`, and who has moved since the end of the day `since`."""
    held: dict[str, Held] = {}
    rows: dict[str, list[Stance]] = {party.code: [] for party in facts.parties}
    for stance in sorted(facts.stances, key=lambda stance: (stance.on, stance.id)):
        if stance.on <= facts.on and stance.party in rows:
            rows[stance.party].append(stance)
    for code, history in rows.items():
        held[code] = _held(code, history)
    changed = _changes(rows, since) if since else ()
    counts = tuple(_count(stand, facts, held) for stand in (*Stand, None))
    return Standings(facts.on, held, counts, changed, since)


def _held(code: str, history: list[Stance]) -> Held:
    if not history:
        return Held(code)
    last = first = history[-1]
    for stance in reversed(history):
        if stance.stand is not last.stand:
            break
        first = stance
    return Held(code, last.stand, first.on, (last.id,), tuple(history))


def _count(stand: Stand | None, facts: Facts, held: Mapping[str, Held]) -> Count:
    there = [party for party in facts.parties if held[party.code].stand is stand]
    return Count(stand, len(there), sum(party.members for party in there))


def _changes(rows: Mapping[str, list[Stance]], since: date) -> tuple[Change, ...]:
    found = []
    for code, history in rows.items():
        before = next((stance.stand for stance in reversed(history) if stance.on <= since), None)
        if not history or history[-1].stand is before:
            continue
        # The first evidence of where it stands now, not the latest that confirms it.
        turned = history[-1]
        for stance in reversed(history):
            if stance.stand is not turned.stand or stance.on <= since:
                break
            turned = stance
        found.append(Change(code, before, turned.stand, turned.on, (turned.id,)))
    return tuple(sorted(found, key=lambda change: (-change.on.toordinal(), change.party)))
