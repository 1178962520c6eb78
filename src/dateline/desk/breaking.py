"""The breaking composer: one piece of news in every edition from one form, two clicks from anywhere at the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminPageChooser

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.live.actions.alerts import (
    AlertError,
    Draft,
    edit_alert,
    post_alerts,
    undo,
    undo_time,
    withdraw_alert,
)
from dateline.newsroom.live.models import LONGEST_TEXT, SEVERITIES, Alert
from dateline.newsroom.stories.models import Story

PERMISSION = "live.post_alert"

#: How long an alert may be set to stand, in minutes.
MINUTES = (30, 60, 120, 240, 480, 1440)
#: What is done with the alerts of one piece of news within this time was one thing to do.
AT_ONCE = timedelta(seconds=1)
#: Alerts that have ended and are still listed, with their history.
LISTED = 20


class WordsForm(forms.Form):
    """What an alert says in one edition."""

    text = forms.CharField(label=gettext_lazy("Alert"), required=False, max_length=LONGEST_TEXT, strip=True)
    attribution = forms.CharField(label=gettext_lazy("Who says so"), required=False, max_length=80)
    story = forms.ModelChoiceField(Story.objects.none(), label=gettext_lazy("Story"), required=False)

    def __init__(self, edition: Edition, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, prefix=edition.slug, initial=initial)
        self.edition = edition
        written = {"dir": edition.direction, "lang": edition.code}
        self.fields["text"].widget = forms.Textarea(
            {"rows": 2, "maxlength": LONGEST_TEXT, "data-breaking": "text", "data-edition": edition.slug, **written}
        )
        self.fields["attribution"].widget.attrs |= {"data-breaking": "attribution", **written}
        self.fields["story"].queryset = Story.objects.filter(edition=edition, live=True)  # type: ignore[attr-defined]
        self.fields["story"].widget = AdminPageChooser(target_models=[Story])


class TermsForm(forms.Form):
    """What holds for all editions."""

    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=SEVERITIES)
    minutes = forms.TypedChoiceField(label=gettext_lazy("Stands for"), coerce=int, initial=120)
    push = forms.BooleanField(
        label=gettext_lazy("Also push"),
        required=False,
        help_text=gettext_lazy("To readers who have asked for breaking news on their phones."),
    )

    def __init__(self, *args: Any, kept_until: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(minutes, _length(minutes)) for minutes in MINUTES]
        if kept_until:
            choices.insert(0, (0, _("as it is")))
            self.fields["minutes"].initial = 0
            del self.fields["push"]
        self.fields["minutes"].choices = choices  # type: ignore[attr-defined]


def _length(minutes: int) -> str:
    if minutes < 60:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = minutes // 60
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}


@dataclass(frozen=True, slots=True)
class Row:
    """An alert as the composer lists it."""

    alert: Alert
    path: str
    history: list[Any]
    may_change: bool


def may_post(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm(PERMISSION))


def _editions(user: Any) -> list[Edition]:
    """The editions in which this editor may post, those of the site's own order."""
    if not may_post(user):
        raise PermissionDenied
    found = Edition.objects.live().select_related("locale").order_by("path")
    return [edition for edition in found if edition.permissions_for_user(user).can_edit()]


def breaking(request: HttpRequest) -> HttpResponse:
    """Compose alerts, and see those that stand and what became of the others."""
    mine = _editions(request.user)
    data = request.POST if request.method == "POST" else None
    words = [WordsForm(edition, data) for edition in mine]
    terms = TermsForm(data)
    status = 200
    if data is not None:
        if all([*(form.is_valid() for form in words), terms.is_valid()]):
            until = timezone.now() + timedelta(minutes=terms.cleaned_data["minutes"])
            drafts = [_draft(form, terms, until) for form in words if form.cleaned_data["text"]]
            try:
                posted = post_alerts(drafts, by=_user(request), push=terms.cleaned_data["push"])
            except AlertError as refused:
                messages.error(request, str(refused))
            else:
                names = ", ".join(alert.edition.title for alert in posted)
                messages.success(request, _("On air: %(editions)s") % {"editions": names})
                return redirect("dateline_breaking")
        status = 400
    context = {"words": words, "terms": terms, "longest": LONGEST_TEXT, **_standing(request, mine)}
    context["media"] = terms.media + sum((form.media for form in words), forms.Media())
    return draw(request, "desk/breaking.html", context, status=status)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something else in a standing alert. What somebody else wrote meanwhile is shown, not overwritten."""
    alert = _alert(request, pk)
    last = alert.notes.order_by("-pk").values_list("pk", flat=True).first()
    data = request.POST if request.method == "POST" else None
    before = {"text": alert.text, "attribution": alert.attribution, "story": alert.story_id}
    words = WordsForm(alert.edition, data, initial=before)
    terms = TermsForm(data, kept_until=alert.until, initial={"severity": alert.severity})
    status = 200
    if data is not None:
        if words.is_valid() and terms.is_valid():
            minutes = terms.cleaned_data["minutes"]
            until = timezone.now() + timedelta(minutes=minutes) if minutes else alert.until
            seen = data.get("seen", "")
            try:
                draft = _draft(words, terms, until)
                edit_alert(alert, draft, by=_user(request), seen=int(seen) if seen.isdecimal() else 0)
            except AlertError as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("The alert is changed on every page."))
                return redirect("dateline_breaking")
        status = 400
    context = {"alert": alert, "words": words, "terms": terms, "seen": last, "longest": LONGEST_TEXT}
    return draw(request, "desk/breaking_edit.html", context | {"media": words.media + terms.media}, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one alert back."""
    alert = _alert(request, pk)
    try:
        withdraw_alert(alert, by=_user(request))
    except AlertError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The alert is withdrawn from every page."))
    return redirect("dateline_breaking")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo what this editor did in the last seconds, in every edition."""
    for pk in request.POST.getlist("alert")[:50]:
        if pk.isdecimal():
            try:
                undo(_alert(request, int(pk)), by=_user(request))
            except AlertError as refused:
                messages.error(request, str(refused))
    return redirect("dateline_breaking")


def _alert(request: HttpRequest, pk: int) -> Alert:
    alert = get_object_or_404(Alert.objects.select_related("edition", "edition__locale"), pk=pk)
    if alert.edition.pk not in {edition.pk for edition in _editions(request.user)}:
        raise PermissionDenied
    return alert


def _draft(words: WordsForm, terms: TermsForm, until: datetime) -> Draft:
    said = words.cleaned_data
    return Draft(words.edition, said["text"], until, said["attribution"], terms.cleaned_data["severity"], said["story"])


def _standing(request: HttpRequest, mine: list[Edition]) -> dict[str, Any]:
    """Alerts that stand, in every edition, those that ended lately, and what can still be undone."""
    rows = Alert.objects.select_related("edition", "edition__locale").prefetch_related("notes").order_by("-pk")
    changeable = {edition.pk for edition in mine}

    def listed(alerts: Any) -> list[Row]:
        return [
            Row(
                alert, alert.edition.slug, sorted(alert.notes.all(), key=lambda n: n.pk), alert.edition_id in changeable
            )
            for alert in alerts
        ]

    standing = listed(rows.filter(withdrawn_at=None, expired_at=None)[:100])
    ended = listed(rows.exclude(withdrawn_at=None, expired_at=None)[:LISTED])
    fresh, seconds = _undoable([*standing, *ended], request.user.pk)
    return {"standing": standing, "ended": ended, "fresh": fresh, "seconds": seconds}


def _undoable(rows: list[Row], user: int | None) -> tuple[list[Row], float]:
    """What this editor did last, in every edition it was done in, and for how many seconds it can be undone."""
    mine = [row for row in rows if row.history and row.history[-1].by_id == user]
    if not mine:
        return [], 0
    newest = max(mine, key=lambda row: row.history[-1].pk)
    last = newest.history[-1]
    left = (undo_time() - (timezone.now() - last.at)).total_seconds()
    if left <= 0 or last.action in {"undone", "expired"}:
        return [], 0
    together = [
        row
        for row in mine
        if row.alert.group == newest.alert.group
        and row.history[-1].action == last.action
        and last.at - row.history[-1].at < AT_ONCE
    ]
    return together, round(left, 1)


def _user(request: HttpRequest) -> Any:
    return request.user
