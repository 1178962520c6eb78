"""Trackers as newsroom.toml has them, read: what is wrong is named with its place, and the rest goes in."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from dateline.newsroom.stories.sources import SourceError, as_data, read_sources
from dateline.newsroom.trackers.models import COMMITTED, KINDS, STANDS
from dateline.wire.fields import kind_of
from dateline.wire.toml_fronts import FrontValues
from dateline.wire.tracker_entries import (
    ChangeToml,
    CommitmentToml,
    EvidenceToml,
    PartyToml,
    PlaceToml,
    PositionToml,
    TrackerToml,
)

Entry = TypeVar("Entry")

#: Parties of a tracker, and entries of each of its other lists.
MOST_PARTIES, MOST_EVIDENCE = 10_000, 100_000


class TrackerValues(FrontValues):
    def tracker(self, table: dict[str, Any], where: str) -> TrackerToml | None:
        self.unknown(table, where, TrackerToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        kind = table.get("kind", "goal")
        if kind not in dict(KINDS):
            self.wrong(f"{where}.kind", f"is {kind!r}; it can be {', '.join(dict(KINDS))}")
            return None
        tracker = TrackerToml(
            slug=slug,
            title=title[:200],
            question=self.text(table, "question", where)[:300],
            kind=kind,
            summary=self.raw(table, "summary", where, 10_000).strip(),
            unit=self.text(table, "unit", where, 60),
            target=self.amount(table, "target", where),
            starts=self.day(table, "starts", where),
            due=self.day(table, "due", where),
            proposal=self.text(table, "proposal", where)[:300],
            aid=self.truth(table, "aid", where),
            draft=self.truth(table, "draft", where),
            closed=self.truth(table, "closed", where),
            uri=self.text(table, "uri", where, 500),
            group=self.text(table, "group", where),
            topics=self.texts(table, "topics", where),
            coverage=self.text(table, "coverage", where),
            regions=self.texts(table, "regions", where),
            parties=self.entries(table, "parties", where, self.party, "code")[:MOST_PARTIES],
            places=self.listed(table, "places", where, self.place),
            commitments=self.listed(table, "commitments", where, self.commitment),
            observations=self.listed(table, "observations", where, self.observation),
            positions=self.listed(table, "positions", where, self.position),
            history=self.listed(table, "history", where, self.change),
            changed=self.moment(table, "changed", where),
        )
        return tracker if slug and title else None

    def listed(
        self, table: dict[str, Any], name: str, where: str, read: Callable[[dict[str, Any], str], Entry | None]
    ) -> tuple[Entry, ...]:
        """The entries of a list that can be read."""
        found = [read(entry, place) for entry, place in self.tables(table, name, where)]
        if len(found) > MOST_EVIDENCE:
            self.wrong(f"{where}.{name}", f"has {len(found):,} entries; the first {MOST_EVIDENCE:,} are taken")
        return tuple(entry for entry in found[:MOST_EVIDENCE] if entry is not None)

    def party(self, table: dict[str, Any], where: str) -> PartyToml | None:
        self.unknown(table, where, PartyToml)
        code, name = self.required(table, "code", where), self.required(table, "name", where)
        members = table.get("members")
        if members is not None and (type(members) is not int or not 1 <= members <= 1_000_000):
            self.wrong(f"{where}.members", f"is {members!r}; write a whole number from 1")
            members = None
        if len(code) > 40 or len(name) > 160:
            self.wrong(where, "a code has at most 40 characters, a name 160")
            return None
        group = self.text(table, "group", where)[:120]
        return PartyToml(code, name, group, members, self.day(table, "joined", where)) if code and name else None

    def place(self, table: dict[str, Any], where: str) -> PlaceToml | None:
        self.unknown(table, where, PlaceToml)
        name, role = self.required(table, "name", where)[:160], self.text(table, "role", where)[:160]
        found: dict[str, float] = {}
        for axis, most in (("lat", 90), ("lon", 180)):
            value = table.get(axis)
            if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
                self.wrong(f"{where}.{axis}", f"is {value!r}; write degrees from -{most} to {most}")
            else:
                found[axis] = float(value)
        return PlaceToml(name, role, found["lat"], found["lon"]) if name and len(found) == 2 else None

    def change(self, table: dict[str, Any], where: str) -> ChangeToml | None:
        self.unknown(table, where, ChangeToml)
        at, what = self.moment(table, "at", where), table.get("what", {})
        if at is None or not isinstance(what, dict):
            self.wrong(where, "a change has a time, `at`, and a table of what it changed, `what`")
            return None
        pairs = {str(name)[:40]: [str(one)[:2000] for one in pair] for name, pair in what.items() if _is_pair(pair)}
        return ChangeToml(at, pairs, self.text(table, "by", where)[:160], self.raw(table, "why", where, 1000))

    # -- evidence

    def commitment(self, table: dict[str, Any], where: str) -> CommitmentToml | None:
        self.unknown(table, where, CommitmentToml)
        kind = table.get("kind", "announced")
        if kind not in COMMITTED:
            self.wrong(f"{where}.kind", f"is {kind!r}; it can be {', '.join(COMMITTED)}")
            return None
        said = self.evidence(table, where)
        if said is None:
            return None
        due, conditions = self.day(table, "due", where), self.raw(table, "conditions", where, 5000)
        return CommitmentToml(**said, kind=kind, due=due, conditions=conditions)

    def observation(self, table: dict[str, Any], where: str) -> EvidenceToml | None:
        self.unknown(table, where, EvidenceToml)
        said = self.evidence(table, where)
        return EvidenceToml(**said) if said else None

    def position(self, table: dict[str, Any], where: str) -> PositionToml | None:
        self.unknown(table, where, PositionToml)
        stance = table.get("stance", "")
        if stance not in dict(STANDS):
            self.wrong(f"{where}.stance", f"is {stance!r}; it can be {', '.join(dict(STANDS))}")
            return None
        said = self.evidence(table, where)
        if said is None:
            return None
        return PositionToml(**said, stance=stance, conditions=self.raw(table, "conditions", where, 5000))

    def evidence(self, table: dict[str, Any], where: str) -> dict[str, Any] | None:
        """What all kinds of evidence have; None if it cannot be any."""
        before = len(self.problems)
        on = self.day(table, "on", where)
        if on is None and "on" not in table:
            self.wrong(f"{where}.on", "is missing")
        sources = self.sources(table, where)
        said = {
            "on": on,
            "party": self.text(table, "party", where),
            "quantity": self.amount(table, "quantity", where),
            "low": self.amount(table, "low", where),
            "high": self.amount(table, "high", where),
            "unit": self.text(table, "unit", where, 60),
            "note": self.raw(table, "note", where, 5000),
            "sources": sources,
            "key": self.text(table, "key", where, 80),
            "added": self.moment(table, "added", where),
            "by": self.text(table, "by", where)[:160],
            "why": self.raw(table, "why", where, 1000),
            "replaces": self.text(table, "replaces", where, 80),
            "struck": self.moment(table, "struck", where),
            "struck_by": self.text(table, "struck_by", where)[:160],
            "struck_why": self.raw(table, "struck_why", where, 1000),
        }
        if said["quantity"] is not None and (said["low"] is not None or said["high"] is not None):
            self.wrong(where, "has a quantity and a range; write one of them")
        return said if len(self.problems) == before else None

    def sources(self, table: dict[str, Any], where: str) -> tuple[Mapping[str, Any], ...]:
        value = table.get("sources", [])
        if not isinstance(value, list | dict | str):
            value = []
        try:
            found = as_data(read_sources(value if isinstance(value, list) else [value]))
        except SourceError as error:
            self.wrong(f"{where}.sources", str(error))
            return ()
        if not found:
            self.wrong(f"{where}.sources", "is missing; name at least one: there is no status without evidence")
        return tuple(found)

    # -- values

    def day(self, table: dict[str, Any], name: str, where: str) -> date | None:
        value = table.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(f"{where}.{name}", f"is {value!r}; write a date such as 2026-03-14")
            return None

    def amount(self, table: dict[str, Any], name: str, where: str) -> Decimal | None:
        value = table.get(name)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 40:
                raise InvalidOperation
            number = Decimal(str(value))
            if not number.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            shown = value if isinstance(value, int | float) else kind_of(value)
            self.wrong(f"{where}.{name}", f"is {str(shown)[:40]}; write a number such as 700 or 12.5")
            return None
        return number


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def number(amount: Decimal) -> int | float | str:
    """An amount as TOML has it: a whole number, a fraction if that is exact, else its digits as text."""
    if amount == amount.to_integral_value():
        return int(amount)
    return float(amount) if Decimal(str(float(amount))) == amount else format(amount, "f")
