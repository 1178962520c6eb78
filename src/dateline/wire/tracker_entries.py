"""Trackers as newsroom.toml has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PartyToml:
    """`members` is how many it stands for, None for one."""

    code: str
    name: str
    group: str = ""
    members: int | None = None
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceToml:
    name: str
    role: str = ""
    lat: float = 0.0
    lon: float = 0.0


@dataclass(frozen=True, slots=True)
class EvidenceToml:
    """Something known on a day. An amount is a `quantity`, or a range from `low` to `high`; `sources` is plain data
    that `read_sources` reads, one at least.

    `key` is what it is known by; without one it is made of what is said. From `added` on it is history: when, by whom
    and why it was added, the key of what it replaces, and when, by whom and why it was struck.
    """

    on: date
    party: str = ""
    quantity: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    note: str = ""
    sources: tuple[Mapping[str, Any], ...] = ()
    key: str = ""
    added: datetime | None = None
    by: str = ""
    why: str = ""
    replaces: str = ""
    struck: datetime | None = None
    struck_by: str = ""
    struck_why: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentToml(EvidenceToml):
    """`kind` is announced, allocated, sent, delivered or withdrawn."""

    kind: str = "announced"
    due: date | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class PositionToml(EvidenceToml):
    """`stance` is for, against, conditional, undecided or silent."""

    stance: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class ChangeToml:
    """A change of a tracker's goal, parties or words: `what` maps what changed to how it was before and after."""

    at: datetime
    what: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class TrackerToml:
    """`kind` is goal or positions; `topics` and `regions` are slugs, as `coverage` is; trackers of one `group` are the
    same in several editions; a `draft` is not public."""

    slug: str
    title: str
    question: str = ""
    kind: str = "goal"
    summary: str = ""
    unit: str = ""
    target: Decimal | None = None
    starts: date | None = None
    due: date | None = None
    proposal: str = ""
    aid: bool = False
    draft: bool = False
    closed: bool = False
    uri: str = ""
    group: str = ""
    topics: tuple[str, ...] = ()
    coverage: str = ""
    regions: tuple[str, ...] = ()
    parties: tuple[PartyToml, ...] = ()
    places: tuple[PlaceToml, ...] = ()
    commitments: tuple[CommitmentToml, ...] = ()
    observations: tuple[EvidenceToml, ...] = ()
    positions: tuple[PositionToml, ...] = ()
    history: tuple[ChangeToml, ...] = ()
    changed: datetime | None = None
