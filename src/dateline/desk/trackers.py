"""The evidence of a tracker at the desk: what is known, newest first, and forms to add, replace and strike it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils.translation import gettext as _

from dateline.desk.tracker_forms import EvidenceForm, SourceForms, as_typed, said_sources, typed_claim
from dateline.newsroom.trackers.actions import add_evidence, replace_evidence, strike_evidence
from dateline.newsroom.trackers.claims import TrackerError, claim_of
from dateline.newsroom.trackers.models import Evidence, Tracker

#: Who adds evidence; who changes a tracker's goal, parties and places, and strikes what others added.
ADD, CHANGE, VIEW = "trackers.add_evidence", "trackers.change_tracker", "trackers.view_tracker"

#: Rows of a list, and parties that are offered while one types.
LISTED, OFFERED = 50, 500


def tracker_for(request: HttpRequest, pk: int, *permissions: str) -> Tracker:
    """The tracker, for somebody who has one of these permissions."""
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied
    return get_object_or_404(Tracker.objects.select_related("edition", "edition__locale"), pk=pk)


def may_change(request: HttpRequest, row: Evidence) -> bool:
    """Whether somebody may strike or replace a row: editors any, others what they added."""
    user: Any = request.user
    return bool(user.has_perm(CHANGE) or (user.has_perm(ADD) and row.by_id == user.pk))


def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """List what is known, and add to it."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    may_add = request.user.has_perm(ADD) or request.user.has_perm(CHANGE)
    form, sources, status = EvidenceForm(tracker), SourceForms(prefix="sources"), 200
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        form, sources = _typed(request, tracker)
        if "more" not in request.POST:
            added = _add(request, tracker, form, sources)
            if added:
                messages.success(request, _("It is added."))
                return redirect("dateline_tracker", pk)
            status = 400
    rows, older = _listed(tracker, request.GET.get("before", ""))
    context = {
        **_form_context(tracker, form, sources),
        "rows": [(row, may_change(request, row)) for row in rows],
        "older": older,
        "may_add": may_add,
        "may_arrange": request.user.has_perm(CHANGE),
    }
    return draw(request, "desk/trackers/evidence.html", context, status=status)


def replace(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Put other words, numbers or sources in the place of a row, and say why."""
    tracker = tracker_for(request, pk, ADD, CHANGE)
    old = _row(request, tracker, row)
    claim = claim_of(old, old.party.code if old.party else "")
    status = 200
    if request.method == "POST":
        form, sources = _typed(request, tracker, replacing=True)
        if "more" not in request.POST:
            if _replace(request, old, form, sources):
                messages.success(request, _("It is replaced. The history keeps what was there."))
                return redirect("dateline_tracker", pk)
            status = 400
    else:
        form = EvidenceForm(tracker, initial=typed_claim(claim), replacing=True)
        sources = SourceForms(prefix="sources", initial=[as_typed(source) for source in claim.sources])
    context = {**_form_context(tracker, form, sources), "row": old}
    return draw(request, "desk/trackers/replace.html", context, status=status)


class StrikeForm(forms.Form):
    why = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["why"].label = _("Why it is struck")
        self.fields["why"].help_text = _("Readers see it in the history.")


def strike(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a row back, and say why."""
    tracker = tracker_for(request, pk, ADD, CHANGE)
    old = _row(request, tracker, row)
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            strike_evidence(old, by=_user(request), why=form.cleaned_data["why"])
        except TrackerError as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, _("It is struck. The history keeps it."))
            return redirect("dateline_tracker", pk)
    context = {"tracker": tracker, "row": old, "form": form}
    return draw(request, "desk/trackers/strike.html", context, status=400 if form.errors else 200)


def _add(request: HttpRequest, tracker: Tracker, form: EvidenceForm, sources: Any) -> bool:
    if not all([form.is_valid(), sources.is_valid()]):
        return False
    try:
        add_evidence(tracker, form.claim(said_sources(sources)), by=_user(request))
    except TrackerError as refused:
        form.refuse(refused)
        return False
    return True


def _replace(request: HttpRequest, old: Evidence, form: EvidenceForm, sources: Any) -> bool:
    if not all([form.is_valid(), sources.is_valid()]):
        return False
    try:
        claim = form.claim(said_sources(sources))
        replace_evidence(old, claim, by=_user(request), why=form.cleaned_data["why"])
    except TrackerError as refused:
        form.refuse(refused)
        return False
    return True


def _typed(request: HttpRequest, tracker: Tracker, *, replacing: bool = False) -> tuple[EvidenceForm, Any]:
    """The forms as they were sent; with `more` in them there is one more source, and nothing is checked yet."""
    data = request.POST.copy()
    more = "more" in data
    number = data.get("sources-TOTAL_FORMS", "")
    if more and number.isdecimal() and len(number) < 4:
        data["sources-TOTAL_FORMS"] = str(int(number) + 1)
    form, sources = EvidenceForm(tracker, data, replacing=replacing), SourceForms(data, prefix="sources")
    if more:
        for one in (form, *sources):
            one.waits = True
    return form, sources


def _form_context(tracker: Tracker, form: EvidenceForm, sources: Any) -> dict[str, Any]:
    return {
        "tracker": tracker,
        "form": form,
        "sources": sources,
        "media": form.media + sources.media,
        "parties": list(tracker.parties.order_by("pk").values_list("code", "name")[:OFFERED]),
    }


def _listed(tracker: Tracker, before: str) -> tuple[list[Evidence], str]:
    """A page of rows, newest first, and where the next one begins; "" at the end. By `evidence_by_day`."""
    rows = tracker.evidence.select_related("party").order_by("-on", "-pk")
    day, _dot, number = before.partition(".")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    if on and number.isdecimal() and len(number) < 19:
        rows = rows.filter(Q(on__lt=on) | Q(on=on, pk__lt=int(number)))
    found = list(rows[: LISTED + 1])
    last = found[LISTED - 1] if len(found) > LISTED else None
    return found[:LISTED], f"{last.on.isoformat()}.{last.pk}" if last else ""


def _row(request: HttpRequest, tracker: Tracker, row: int) -> Evidence:
    found = get_object_or_404(tracker.evidence.select_related("party", "tracker__edition"), pk=row)
    if not may_change(request, found):
        raise PermissionDenied
    return found


def _user(request: HttpRequest) -> Any:
    return request.user
