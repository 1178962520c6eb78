"""A tracker's parties and places as lines of text, and its history."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as draw
from django.utils.translation import gettext as _

from dateline.desk.trackers import ADD, CHANGE, LISTED, VIEW, tracker_for
from dateline.newsroom.trackers.claims import TrackerError
from dateline.newsroom.trackers.lines import read_parties, read_places
from dateline.newsroom.trackers.members import Member, Spot, set_parties, set_places
from dateline.newsroom.trackers.models import Tracker


def parties(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and set the parties."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    lines = [Member(row.code, row.name, row.group, row.members).line for row in tracker.parties.order_by("pk")]
    context = {
        "here": "parties",
        "title": _("Parties"),
        "how": _("One to a line: code; name; group; how many it stands for. The last two can be left out."),
        "example": "DE; Germany; Europe\ncontact-group; Contact group; ; 50",
    }

    def take(text: str, why: str) -> None:
        set_parties(tracker, read_parties(text), by=_user(request), why=why)

    return _list(request, tracker, lines, take, context)


def places(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and set the places."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    lines = [Spot(row.name, row.role, row.lat, row.lon).line for row in tracker.places.order_by("pk")]
    context = {
        "here": "places",
        "title": _("Places"),
        "how": _("One to a line: name; what is there; latitude; longitude, in degrees."),
        "example": "Wiesbaden; headquarters; 50.08; 8.24",
    }

    def take(text: str, why: str) -> None:
        set_places(tracker, read_places(text), by=_user(request), why=why)

    return _list(request, tracker, lines, take, context)


def _list(
    request: HttpRequest,
    tracker: Tracker,
    lines: list[str],
    take: Callable[[str, str], None],
    context: dict[str, Any],
) -> HttpResponse:
    text, why, error = "\n".join(lines), "", ""
    if request.method == "POST":
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        text, why = request.POST.get("lines", ""), request.POST.get("why", "")
        try:
            take(text, why)
        except TrackerError as refused:
            error = str(refused)
        else:
            messages.success(request, _("The list is saved."))
            return redirect(f"dateline_tracker_{context['here']}", tracker.pk)
    context |= {
        "tracker": tracker,
        "lines": text,
        "why": why,
        "error": error,
        "may_change": request.user.has_perm(CHANGE),
    }
    return draw(request, "desk/trackers/lines.html", context, status=400 if error else 200)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: evidence that was added or struck, or a note of what else changed."""

    at: datetime
    rank: int
    pk: int
    who: str
    why: str
    row: Any = None
    what: tuple[tuple[str, str, str], ...] = ()

    @property
    def place(self) -> tuple[datetime, int, int]:
        return self.at, self.rank, self.pk


#: What a line of the history is, by its rank: of one moment the later ones come first.
ADDED, STRUCK, NOTED = 0, 1, 2


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence and notes on one line of time, newest first."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    entries = _entries(tracker, _cursor(request.GET.get("before", "")))
    older = ""
    if len(entries) > LISTED:
        entries = entries[:LISTED]
        at, rank, number = entries[-1].place
        older = f"{at.isoformat()}_{rank}_{number}"
    context = {"tracker": tracker, "entries": entries, "older": older}
    return draw(request, "desk/trackers/history.html", context)


def _entries(tracker: Tracker, before: tuple[datetime, int, int] | None) -> list[Entry]:
    """One more than a page of them, in three queries, each by its index."""
    evidence: QuerySet[Any] = tracker.evidence.select_related("party")
    added = _older(evidence, "at", ADDED, before)
    struck = _older(evidence.filter(struck_at__isnull=False), "struck_at", STRUCK, before)
    notes = _older(tracker.history.all(), "at", NOTED, before)
    found = heapq.merge(
        [Entry(row.at, ADDED, row.pk, row.by_name, row.why, row) for row in added],
        [Entry(row.struck_at, STRUCK, row.pk, row.struck_by, row.struck_why, row) for row in struck],
        [Entry(row.at, NOTED, row.pk, row.by_name, row.why, None, _what(row.what)) for row in notes],
        key=lambda entry: entry.place,
        reverse=True,
    )
    return list(islice(found, LISTED + 1))


def _older(rows: QuerySet[Any], name: str, rank: int, before: tuple[datetime, int, int] | None) -> QuerySet[Any]:
    if before:
        at, before_rank, number = before
        same = Q(**{name: at}) if rank < before_rank else Q(**{name: at, "pk__lt": number})
        older = Q(**{f"{name}__lt": at})
        rows = rows.filter(older | same if rank <= before_rank else older)
    return rows.order_by(f"-{name}", "-pk")[: LISTED + 1]


def _cursor(text: str) -> tuple[datetime, int, int] | None:
    at, _sign, rest = text.partition("_")
    rank, _sign, number = rest.partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    sound = moment.tzinfo and rank in {"0", "1", "2"} and number.isdecimal() and len(number) < 19
    return (moment, int(rank), int(number)) if sound else None


def _what(what: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What changed, by its name at the desk, from what to what."""
    named = {one.name: str(getattr(one, "verbose_name", one.name)) for one in Tracker._meta.get_fields()}
    named |= {"parties": _("Parties"), "places": _("Places")}
    pairs = [(name, pair) for name, pair in what.items() if isinstance(pair, list) and len(pair) == 2]
    return tuple((named.get(name, name), str(old), str(new)) for name, (old, new) in pairs)


def _user(request: HttpRequest) -> Any:
    return request.user
