"""Evidence in and out as a table: looked at before any of it goes in, and then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dateline.desk.trackers import ADD, CHANGE, VIEW, tracker_for
from dateline.newsroom.trackers.actions import FILES_WAIT, forget_file, keep_file, plan, take_in
from dateline.newsroom.trackers.claims import TrackerError
from dateline.newsroom.trackers.models import EvidenceFile, Tracker
from dateline.newsroom.trackers.tables.decoding import LARGEST, decoded
from dateline.newsroom.trackers.tables.reading import MOST_ROWS, Read, read_table
from dateline.newsroom.trackers.tables.writing import template, written_table

#: Rows that the preview shows.
SHOWN = 20


def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a table, and show what it would do; nothing of it goes in yet."""
    tracker = tracker_for(request, pk, ADD, CHANGE)
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or file.size is None:
            error = _("Choose a file first.")
        elif file.size > LARGEST:
            error = _("The file has %(size)s MB; at most %(most)s are read. Part it into several.") % {
                "size": f"{file.size / 1024 / 1024:.1f}",
                "most": LARGEST // 1024 // 1024,
            }
        else:
            try:
                text, note = decoded(file.read(), tracker.edition.code)
            except TrackerError as refused:
                error = str(refused)
            else:
                kept = keep_file(tracker, file.name or "", text, by=_user(request))
                if note:
                    messages.warning(request, note)
                return redirect("dateline_tracker_preview", pk, kept.pk)
    context = {"tracker": tracker, "error": error, "most_rows": MOST_ROWS, "most_mb": LARGEST // 1024 // 1024}
    return draw(request, "desk/trackers/import.html", context, status=400 if error else 200)


@require_GET
def preview(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """What a table would change."""
    tracker = tracker_for(request, pk, ADD, CHANGE)
    kept = _kept(request, tracker, file)
    read = _read(tracker, kept)
    planned = plan(tracker, [claim for _row, claim in read.claims])
    rows = {id(claim): row for row, claim in read.claims}
    context = {
        "tracker": tracker,
        "file": kept,
        "read": read,
        "problems": sorted(read.problems),
        "new": [(rows[id(claim)], claim) for claim in planned.new[:SHOWN]],
        "replaced": [(rows[id(claim)], claim, row) for row, claim in planned.replaced[:SHOWN]],
        "counts": (len(planned.new), len(planned.replaced), planned.unchanged),
        "changes": planned.changes,
    }
    return draw(request, "desk/trackers/preview.html", context)


@require_POST
def take(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a table in, all of it; one with a problem stays outside."""
    tracker = tracker_for(request, pk, ADD, CHANGE)
    kept = _kept(request, tracker, file)
    read = _read(tracker, kept)
    if read.wrong:
        return redirect("dateline_tracker_preview", pk, file)
    try:
        taken = take_in(tracker, [claim for _row, claim in read.claims], by=_user(request), why=kept.name)
    except TrackerError as refused:
        messages.error(request, str(refused))
        return redirect("dateline_tracker_preview", pk, file)
    forget_file(kept)
    text = ngettext("%(number)s row changed something.", "%(number)s rows changed something.", taken.changes)
    messages.success(request, text % {"number": taken.changes})
    return redirect("dateline_tracker", pk)


@require_GET
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The evidence that stands, as a table."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    return _as_file(written_table(tracker), f"{tracker.slug}.csv")


@require_GET
def example(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """An empty table with two examples."""
    tracker_for(request, pk, VIEW, ADD, CHANGE)
    return _as_file([template()], "template.csv")


def _as_file(parts: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _kept(request: HttpRequest, tracker: Tracker, file: int) -> EvidenceFile:
    kept = get_object_or_404(EvidenceFile, pk=file, tracker=tracker, at__gte=timezone.now() - FILES_WAIT)
    if kept.by_id != request.user.pk:
        raise PermissionDenied
    return kept


def _read(tracker: Tracker, kept: EvidenceFile) -> Read:
    codes: dict[str, str] = {}
    named: dict[str, set[str]] = {}
    for code, name in tracker.parties.values_list("code", "name"):
        codes[code] = code
        for way in (code.casefold(), name.casefold()):
            named.setdefault(way, set()).add(code)
    written = {name: min(found) for name, found in named.items() if len(found) == 1}
    return read_table(kept.text, tracker, written | codes, tracker.edition.code)


def _user(request: HttpRequest) -> Any:
    return request.user
