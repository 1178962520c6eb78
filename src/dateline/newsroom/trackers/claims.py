"""What is said to be known, before it becomes evidence: checked, and given a key to be known by."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.stories.sources import Source, SourceError, as_data, read_sources
from dateline.newsroom.trackers.models import (
    COMMITTED,
    GOAL,
    OBSERVED,
    PLACES,
    SAYS,
    STANCE,
    STANDS,
    Evidence,
    Tracker,
    plain,
)

#: Amounts from here on are taken for a mistake: count in millions, and say so in the unit.
BEYOND = Decimal(10) ** 15
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_TEXT, LONGEST_UNIT, LONGEST_KEY = 5000, 60, 80

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


class TrackerError(ValueError):
    """What cannot be written of a tracker; the message says to the editor what, where and how to mend it.

    `field` is the part of it that is wrong, "" for the whole.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Past:
    """What became of evidence before it came here: when, by whom and why it was added, the key of what it replaced, and
    when, by whom and why it was struck."""

    added: datetime | None = None
    by: str = ""
    why: str = ""
    replaces: str = ""
    struck: datetime | None = None
    struck_by: str = ""
    struck_why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said to be known on a day. `party` is a code; `low` and `high` are equal if it is exact; `key`
    is "" until it is checked. `unit` is "" for the tracker's own."""

    says: str
    on: date
    party: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    stand: str = ""
    due: date | None = None
    conditions: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()
    key: str = ""
    past: Past = Past()

    @property
    def content(self) -> tuple[Any, ...]:
        """All that it says, for comparison: sources as plain data."""
        return (*self._facts, json.dumps(as_data(self.sources), sort_keys=True, ensure_ascii=False))

    @property
    def _facts(self) -> tuple[str, ...]:
        amounts = (plain(self.low), plain(self.high))
        days = (self.on.isoformat(), self.due.isoformat() if self.due else "")
        return (self.says, self.party, *amounts, self.unit, self.stand, *days, self.conditions, self.note)

    @property
    def own_key(self) -> str:
        """A key made of what it says, whatever its sources: better sources for the same do not make it another."""
        return blake2b(json.dumps(self._facts, ensure_ascii=False).encode(), digest_size=10).hexdigest()


def claim_of(row: Evidence, code: str) -> Claim:
    """Evidence as it was claimed; `code` is its party's, "" for none."""
    return Claim(
        says=row.says,
        on=row.on,
        party=code,
        low=row.low,
        high=row.high,
        unit=row.unit,
        stand=row.stand,
        due=row.due,
        conditions=row.conditions,
        note=row.note,
        sources=read_sources(row.sources),
        key=row.key,
    )


def checked(claim: Claim, tracker: Tracker, codes: Collection[str] | Mapping[str, Any]) -> Claim:
    """The claim as it is kept, with a key.

    Args:
        codes: of the tracker's parties.

    Raises:
        TrackerError: it cannot be evidence in this tracker.
    """
    claim = replace(
        claim,
        unit=_line(claim.unit, "unit", LONGEST_UNIT),
        conditions=_text(claim.conditions, "conditions"),
        note=_text(claim.note, "note"),
        key=_line(claim.key, "key", LONGEST_KEY),
    )
    if claim.says not in dict(SAYS):
        known = ", ".join(dict(SAYS))
        raise TrackerError(
            _("“%(text)s” cannot happen here. Write one of: %(known)s.") % _said(claim.says, known), field="says"
        )
    if (claim.says == STANCE) != (tracker.kind != GOAL):
        raise TrackerError(_wrong_kind(tracker), field="says")
    _check_party(claim, codes)
    _check_days(claim)
    if claim.says == STANCE:
        _check_stance(claim)
        claim = replace(claim, unit="")
    else:
        _check_amount(claim)
        claim = replace(claim, unit="" if claim.unit == tracker.unit else claim.unit)
    if not claim.sources:
        raise TrackerError(_("Name at least one source: there is no status without evidence."), field="sources")
    try:
        claim = replace(claim, sources=read_sources(as_data(claim.sources)))
    except SourceError as error:
        raise TrackerError(str(error), field="sources") from None
    return claim if claim.key else replace(claim, key=claim.own_key)


def _said(text: str, known: str = "") -> dict[str, str]:
    return {"text": text[:80], "known": known}


def _wrong_kind(tracker: Tracker) -> str:
    if tracker.kind == GOAL:
        return _("This tracker follows a goal: it holds promises and what was observed, not positions.")
    return _("This tracker follows positions: it holds where parties stand, not amounts.")


def _line(text: str, field: str, most: int) -> str:
    line = " ".join(_CONTROLS.sub("", text).split())
    return _bounded(line, field, most)


def _text(text: str, field: str) -> str:
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return _bounded(lines, field, LONGEST_TEXT)


def _bounded(text: str, field: str, most: int) -> str:
    if len(text) > most:
        message = _("There are %(number)s characters here; at most %(most)s are kept.")
        raise TrackerError(message % {"number": f"{len(text):,}", "most": f"{most:,}"}, field=field)
    return text


def _check_party(claim: Claim, codes: Collection[str]) -> None:
    if not claim.party:
        if claim.says != OBSERVED:
            raise TrackerError(_("Say whose it is: a promise and a position have a party."), field="party")
    elif claim.party not in codes:
        text = _(
            "There is no party “%(text)s” in this tracker. Add it to the parties, or write its code as it is there."
        )
        raise TrackerError(text % _said(claim.party), field="party")


def _check_days(claim: Claim) -> None:
    for field, day in (("on", claim.on), ("due", claim.due)):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            text = _("%(day)s is outside the years %(first)s to %(last)s.")
            raise TrackerError(text % {"day": day.isoformat(), "first": FIRST_YEAR, "last": LAST_YEAR}, field=field)
    if claim.due and claim.says not in COMMITTED:
        raise TrackerError(_("Only a promise falls due. Leave this day out."), field="due")
    if claim.due and claim.says in COMMITTED[:2] and claim.due < claim.on:
        text = _("It falls due on %(due)s, before it was promised on %(on)s.")
        raise TrackerError(text % {"due": claim.due.isoformat(), "on": claim.on.isoformat()}, field="due")


def _check_stance(claim: Claim) -> None:
    if claim.stand not in dict(STANDS):
        known = ", ".join(dict(STANDS))
        text = _("“%(text)s” is no position. Write one of: %(known)s.")
        raise TrackerError(text % _said(claim.stand, known), field="stand")
    if claim.low is not None or claim.high is not None:
        raise TrackerError(_("A position has no amount."), field="low")


def _check_amount(claim: Claim) -> None:
    if claim.stand:
        raise TrackerError(_("Only a position says where a party stands."), field="stand")
    if claim.low is None and claim.high is None:
        raise TrackerError(_("Say how much: one number, or the smallest and the largest it can be."), field="low")
    if claim.low is None or claim.high is None:
        missing = "low" if claim.low is None else "high"
        raise TrackerError(_("A range has two ends: write the smallest and the largest it can be."), field=missing)
    for field, amount in (("low", claim.low), ("high", claim.high)):
        if not amount.is_finite():
            raise TrackerError(_("This is not a number."), field=field)
        if amount < 0:
            raise TrackerError(_("An amount is not below zero. What was taken back is “withdrawn”."), field=field)
        if amount >= BEYOND:
            raise TrackerError(_("This is too large. Count in millions, and say so in the unit."), field=field)
        if amount != round(amount, PLACES):
            raise TrackerError(_("At most %(number)s digits stand after the point.") % {"number": PLACES}, field=field)
    if claim.low > claim.high:
        text = _("A range runs from the smaller number to the larger, not from %(low)s to %(high)s.")
        raise TrackerError(text % {"low": plain(claim.low), "high": plain(claim.high)}, field="high")
