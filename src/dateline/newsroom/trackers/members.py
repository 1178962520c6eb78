"""Writes of a tracker's parties and places, each list as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.newsroom.trackers.actions import BATCH, changed, note
from dateline.newsroom.trackers.claims import TrackerError
from dateline.newsroom.trackers.models import Party, Place, Tracker

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MOST_PARTIES, MOST_PLACES, MOST_MEMBERS = 10_000, 1_000, 1_000_000

#: How many of a list's changes the history names; of more it says how many.
NAMED = 50


@dataclass(frozen=True, slots=True)
class Member:
    """A party as it is written: `code` is what it is known by, `members` how many it stands for."""

    code: str
    name: str
    group: str = ""
    members: int = 1
    joined: date | None = None

    @property
    def line(self) -> str:
        parts = [self.code, self.name, self.group, str(self.members) if self.members != 1 else ""]
        while parts and not parts[-1]:
            parts.pop()
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is written."""

    name: str
    role: str
    lat: float
    lon: float

    @property
    def line(self) -> str:
        return f"{self.name}; {self.role}; {self.lat:g}; {self.lon:g}"


def set_parties(
    tracker: Tracker,
    parties: Sequence[Member],
    *,
    by: "AbstractBaseUser | None",
    why: str = "",
    keep_others: bool = False,
) -> None:
    """Let these be the parties, in this order for those that are new. A party is known by its code.

    Args:
        keep_others: leave those that are not named.

    Raises:
        TrackerError: a code comes twice or cannot be one, or a party that evidence rests on is left out.
    """
    with transaction.atomic():
        held = Tracker.objects.select_for_update(of=("self",)).select_related("edition").get(pk=tracker.pk)
        before = {row.code: row for row in held.parties.order_by("pk")}
        _check_parties(parties, len(before) if keep_others else 0)
        named = {party.code for party in parties}
        gone = [] if keep_others else [row for code, row in before.items() if code not in named]
        _refuse_used(gone)
        new = [party for party in parties if party.code not in before]
        other = [p for p in parties if p.code in before and _member(before[p.code], joined=bool(p.joined)) != p]
        if not (gone or new or other):
            return
        what = {"parties": _told([_member(row) for row in gone], new, [(_member(before[p.code]), p) for p in other])}
        for party in other:
            row = before[party.code]
            row.name, row.group, row.members = party.name, party.group, party.members
            row.joined = party.joined or row.joined
        Party.objects.bulk_update([before[p.code] for p in other], ["name", "group", "members", "joined"], BATCH)
        held.parties.filter(pk__in=[row.pk for row in gone]).delete()
        made = [Party(tracker=held, code=p.code, name=p.name, group=p.group, members=p.members) for p in new]
        for row, party in zip(made, new, strict=True):
            row.joined = party.joined
        Party.objects.bulk_create(made, batch_size=BATCH)
        note(held, what, by=by, why=why)
        changed(held)


def add_party(tracker: Tracker, party: Member, *, by: "AbstractBaseUser | None", why: str = "") -> None:
    """Add one party.

    Raises:
        TrackerError: its code is another's, or cannot be one.
    """
    if tracker.parties.filter(code=party.code).exists():
        raise TrackerError(_("“%(code)s” is the code of another party.") % {"code": party.code}, field="code")
    set_parties(tracker, [party], by=by, why=why, keep_others=True)


def set_places(tracker: Tracker, places: Sequence[Spot], *, by: "AbstractBaseUser | None", why: str = "") -> None:
    """Let these be the places.

    Raises:
        TrackerError: too many, without a name, or not on Earth.
    """
    if len(places) > MOST_PLACES:
        raise TrackerError(_("There are %(number)s places; at most %(most)s are kept.") % _n(len(places), MOST_PLACES))
    for at, place in enumerate(places, 1):
        if not place.name or len(place.name) > 160 or len(place.role) > 160:
            raise TrackerError(_("Place %(at)s: a name has 1 to 160 characters, as has what is there.") % {"at": at})
        if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
            text = _("Place %(at)s is not on Earth: latitude runs from -90 to 90, longitude from -180 to 180.")
            raise TrackerError(text % {"at": at})
    with transaction.atomic():
        held = Tracker.objects.select_for_update(of=("self",)).select_related("edition").get(pk=tracker.pk)
        before = [Spot(row.name, row.role, row.lat, row.lon) for row in held.places.order_by("pk")]
        if before == list(places):
            return
        held.places.all().delete()
        Place.objects.bulk_create(
            (Place(tracker=held, name=p.name, role=p.role, lat=p.lat, lon=p.lon) for p in places), batch_size=BATCH
        )
        gone, new = [p for p in before if p not in places], [p for p in places if p not in before]
        note(held, {"places": ["\n".join(_few(gone)), "\n".join(_few(new))]}, by=by, why=why)
        changed(held)


def _n(number: int, most: int) -> dict[str, int]:
    return {"number": number, "most": most}


def _member(row: Party, *, joined: bool = True) -> Member:
    return Member(row.code, row.name, row.group, row.members, row.joined if joined else None)


def _check_parties(parties: Sequence[Member], others: int) -> None:
    if len(parties) + others > MOST_PARTIES:
        raise TrackerError(
            _("There are %(number)s parties; at most %(most)s are kept.") % _n(len(parties) + others, MOST_PARTIES)
        )
    seen: dict[str, int] = {}
    for at, party in enumerate(parties, 1):
        if not party.code or not party.name:
            raise TrackerError(_("Party %(at)s: write its code and its name.") % {"at": at})
        if len(party.code) > 40 or len(party.name) > 160 or len(party.group) > 120:
            text = _("Party %(at)s: a code has at most 40 characters, a name 160, a group 120.")
            raise TrackerError(text % {"at": at})
        if not 1 <= party.members <= MOST_MEMBERS:
            text = _("Party %(at)s: it stands for 1 to %(most)s members.")
            raise TrackerError(text % {"at": at, "most": f"{MOST_MEMBERS:,}"})
        if party.code in seen:
            text = _("Party %(at)s: the code “%(code)s” is that of party %(before)s.")
            raise TrackerError(text % {"at": at, "code": party.code, "before": seen[party.code]})
        seen[party.code] = at


def _refuse_used(gone: Sequence[Party]) -> None:
    used = Party.objects.filter(pk__in=[row.pk for row in gone], evidence__isnull=False).order_by("pk").distinct()[:3]
    for row in used:
        text = _("“%(code)s” stays: evidence rests on it, struck or not. Put its line back.")
        raise TrackerError(text % {"code": row.code})


def _told(gone: Sequence[Member], new: Sequence[Member], other: Sequence[tuple[Member, Member]]) -> list[str]:
    """What the list had, and what it has in place of that."""
    before = _few([*gone, *(old for old, _new in other)])
    after = _few([*new, *(made for _old, made in other)])
    return ["\n".join(before), "\n".join(after)]


def _few(all_of: Sequence[Member | Spot]) -> list[str]:
    lines = [one.line for one in all_of[:NAMED]]
    return [*lines, f"+ {len(all_of) - NAMED}"] if len(all_of) > NAMED else lines
