"""A tracker to take along: its evidence as CSV and JSON, and as an IATI activity where it is aid."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from lxml.etree import Element, SubElement, _Element, tostring

from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.stories.sources import SourceError, read_sources
from dateline.newsroom.trackers.models import COMMITTED, Evidence, Place, Tracker
from dateline.newsroom.trackers.pages import find
from dateline.newsroom.trackers.paths import tracker_path
from dateline.newsroom.trackers.reading import Reading, read_all
from dateline.newsroom.trackers.sentences import answer
from dateline.newsroom.trackers.situation import GoalSituation
from dateline.newsroom.trackers.timeline import chains

#: The columns of the CSV, in order.
COLUMNS = (
    "key", "on", "says", "party", "name", "group", "members", "low", "high", "unit", "stand", "due", "conditions",
    "note", "sources", "struck", "struck_why",
)  # fmt: skip

#: A spreadsheet takes a text that begins like this for a formula.
_FORMULA = re.compile(r"[=+\-@\t\r]")

#: IATI's names: kinds of transactions, the codes of an organisation's part, and of how an activity stands.
_TRANSACTIONS = {"announced": "12", "allocated": "2", "delivered": "3", "withdrawn": "2"}
_FUNDING, _OTHER = "1", "90"
_GOING_ON, _FINISHED = "2", "4"
_CURRENCY = re.compile(r"[A-Z]{3}")


def as_csv(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Every piece of evidence, a line each, also what no longer counts."""
    _node, tracker = _found(edition, slug)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _evidence(tracker):
        writer.writerow([_cell(value) for value in _line(row, tracker)])
    # The mark tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="data.csv"'
    return _open(response)


def as_json(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """The tracker, its parties, places and evidence with their sources, and what the figures say today."""
    node, tracker = _found(edition, slug)
    reading = read_all([tracker], node.voice.day(timezone.now()))[0]
    reading.note_age(node.voice)
    with override(node.code):
        said = answer(reading.situation, node.voice)
    body = {
        "uri": tracker.uri,
        "url": settings.BASE_URL + tracker_path(node, slug),
        "language": node.code,
        "title": tracker.title,
        "question": tracker.question,
        "summary": tracker.summary,
        "kind": tracker.kind,
        "unit": tracker.unit,
        "target": _number(tracker.target),
        "starts": _day(tracker.starts),
        "due": _day(tracker.due),
        "proposal": tracker.proposal,
        "closed": tracker.closed,
        "changed": tracker.changed.isoformat(timespec="seconds"),
        "answer": said,
        "figures": _figures(reading),
        "parties": [
            {"code": party.code, "name": party.name, "group": party.group, "members": party.members}
            for party in reading.facts.parties
        ],
        "places": [
            {"name": place.name, "role": place.role, "lat": place.lat, "lon": place.lon} for place in _places(tracker)
        ],
        "evidence": [_told(row, tracker) for row in _evidence(tracker)],
    }
    return _open(JsonResponse(body, json_dumps_params={"ensure_ascii": False}))


def as_iati(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """The tracker as an activity of the IATI Standard 2.03 (https://iatistandard.org/en/iati-standard/203/)."""
    node, tracker = _found(edition, slug)
    if not tracker.is_aid:
        raise Http404
    root = Element("iati-activities", version="2.03")
    root.set("generated-datetime", tracker.changed.isoformat(timespec="seconds"))
    _activity(root, tracker, node)
    body = tostring(root, xml_declaration=True, encoding="utf-8")
    return _open(HttpResponse(body, content_type="application/xml; charset=utf-8"))


def _open(response: HttpResponse) -> HttpResponse:
    """Read by others' pages, listed by no search."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _found(edition: str, slug: str) -> tuple[EditionNode, Tracker]:
    node = edition_named(edition)
    tracker = find(node, slug) if node else None
    if node is None or tracker is None:
        raise Http404
    return node, tracker


def _evidence(tracker: Tracker) -> Iterator[Evidence]:
    yield from tracker.evidence.select_related("party").order_by("on", "pk").iterator(chunk_size=2000)


def _places(tracker: Tracker) -> Sequence[Place]:
    return list(tracker.places.order_by("pk"))


def _line(row: Evidence, tracker: Tracker) -> tuple[Any, ...]:
    party = row.party
    return (
        row.key,
        row.on.isoformat(),
        row.says,
        party.code if party else "",
        party.name if party else "",
        party.group if party else "",
        party.members if party else "",
        "" if row.low is None else _plain(row.low),
        "" if row.high is None else _plain(row.high),
        "" if row.low is None else row.unit or tracker.unit,
        row.stand,
        _day(row.due) or "",
        row.conditions,
        row.note,
        _sources_said(row),
        row.struck_at.date().isoformat() if row.struck_at else "",
        row.struck_why,
    )


def _sources_said(row: Evidence) -> str:
    """Each source with what it cites behind arrows, addresses in brackets."""
    levels = (
        " ← ".join("; ".join(f"{one.name} <{one.url}>" if one.url else one.name for one in level) for level in chain)
        for chain in chains(row.sources)
    )
    return " | ".join(levels)


def _cell(value: Any) -> Any:
    """Texts that a spreadsheet would run are marked as texts."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) and not _is_number(value) else value


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _told(row: Evidence, tracker: Tracker) -> dict[str, Any]:
    try:
        sources = list(row.sources) if read_sources(row.sources) else []
    except SourceError:
        sources = []
    return {
        "key": row.key,
        "on": row.on.isoformat(),
        "says": row.says,
        "party": row.party.code if row.party else None,
        "low": _number(row.low),
        "high": _number(row.high),
        "unit": (row.unit or tracker.unit) if row.low is not None else None,
        "stand": row.stand or None,
        "due": _day(row.due),
        "conditions": row.conditions,
        "note": row.note,
        "sources": sources,
        "struck": row.struck_at.isoformat(timespec="seconds") if row.struck_at else None,
        "struck_why": row.struck_why,
    }


def _figures(reading: Reading) -> dict[str, Any]:
    now = reading.situation
    if not isinstance(now, GoalSituation):
        return {
            "on": reading.facts.on.isoformat(),
            "all": now.all,
            "for": now.for_,
            "against": now.against,
            "conditional": now.conditional,
            "undecided": now.undecided,
            "silent": now.silent,
        }
    figures: dict[str, Any] = {
        "on": now.on.isoformat(),
        "state": now.state.value,
        "low": _number(now.low),
        "high": _number(now.high),
        "met_on": _day(now.met_on),
    }
    seen = reading.forecast
    if seen and seen.median and seen.fifty and seen.eighty:
        figures["forecast"] = {
            "median": _day(seen.median),
            "fifty": [_day(seen.fifty.early), _day(seen.fifty.late)],
            "eighty": [_day(seen.eighty.early), _day(seen.eighty.late)],
        }
    elif seen and seen.reason:
        figures["forecast"] = {"reason": seen.reason.value}
    return figures


# ── IATI ──


def _activity(root: _Element, tracker: Tracker, edition: EditionNode) -> None:
    """The standard asks for these elements in this order."""
    activity = SubElement(root, "iati-activity")
    activity.set("default-currency", tracker.unit if _CURRENCY.fullmatch(tracker.unit) else "USD")
    activity.set("last-updated-datetime", tracker.changed.isoformat(timespec="seconds"))
    activity.set("{http://www.w3.org/XML/1998/namespace}lang", edition.code.split("-")[0])
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    SubElement(activity, "iati-identifier").text = f"{host}-{tracker.uri.rpartition(':')[2]}"
    reporting = SubElement(activity, "reporting-org", ref=host, type=_OTHER)
    reporting.set("secondary-reporter", "1")
    _narrative(reporting, edition.organisation)
    _narrative(SubElement(activity, "title"), tracker.title)
    _narrative(SubElement(activity, "description", type="1"), tracker.summary or tracker.question or tracker.title)
    for party in tracker.parties.order_by("pk"):
        _narrative(SubElement(activity, "participating-org", role=_FUNDING), party.name)
    SubElement(activity, "activity-status", code=_FINISHED if tracker.closed else _GOING_ON)
    for kind, on in (("1", tracker.starts), ("3", tracker.due)):
        if on:
            SubElement(activity, "activity-date", {"iso-date": on.isoformat(), "type": kind})
    for place in _places(tracker):
        location = SubElement(activity, "location")
        _narrative(SubElement(location, "name"), place.name)
        point = SubElement(location, "point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
        SubElement(point, "pos").text = f"{place.lat} {place.lon}"
    for row in _evidence(tracker):
        unit = row.unit or tracker.unit
        if row.says in COMMITTED and row.struck_at is None and row.low is not None and _CURRENCY.fullmatch(unit):
            _transaction(activity, row, unit)


def _transaction(activity: _Element, row: Evidence, currency: str) -> None:
    """Money that was promised, set aside, handed over or taken back. What was only sent has no name there. Of a range
    the lower end is the value, and the description has both."""
    kind = _TRANSACTIONS.get(row.says)
    if kind is None or row.low is None or row.high is None:
        return
    transaction = SubElement(activity, "transaction", ref=row.key)
    SubElement(transaction, "transaction-type", code=kind)
    SubElement(transaction, "transaction-date", {"iso-date": row.on.isoformat()})
    value = SubElement(transaction, "value", {"currency": currency, "value-date": row.on.isoformat()})
    value.text = _plain(-row.low if row.says == "withdrawn" else row.low)
    said = f"{row.says}: {_plain(row.low)}–{_plain(row.high)} {currency}" if row.low != row.high else row.says
    _narrative(SubElement(transaction, "description"), f"{said}. {row.note}".strip(" .") + ".")
    if row.party:
        _narrative(SubElement(transaction, "provider-org"), row.party.name)


def _narrative(parent: _Element, text: str) -> None:
    # XML has no place for most control characters.
    SubElement(parent, "narrative").text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
