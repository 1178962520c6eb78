"""Forms for what is known: what happened, and the sources that say so."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from dateline.newsroom.stories.sources import KINDS, LONGEST, Source, SourceError, as_data, read_sources
from dateline.newsroom.trackers.actions import LONGEST_WHY
from dateline.newsroom.trackers.amounts import read_amount
from dateline.newsroom.trackers.claims import LONGEST_TEXT, Claim, TrackerError
from dateline.newsroom.trackers.models import GOAL, SAYS, STANCE, STANDS, Tracker, plain

#: Sources that one form takes, and empty ones that it offers.
MOST_SOURCES, OFFERED = 100, 1

_CITED = ("kind", "name", "outlet", "url", "on")


class _Patient(forms.Form):
    """A form that keeps what was typed, and says nothing of it while `waits`."""

    waits = False

    def full_clean(self) -> None:
        if self.waits:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()


class EvidenceForm(_Patient):
    """What happened, whose it is, how much of it and when."""

    says = forms.ChoiceField(label=_("What happened"))
    party = forms.CharField(
        label=_("Party"),
        required=False,
        max_length=200,
        help_text=_("Its code or its name. Leave it empty for what was observed of the whole."),
    )
    low = forms.CharField(label=_("How much, or at least"), required=False, max_length=60)
    high = forms.CharField(label=_("At most"), required=False, max_length=60, help_text=_("Only for a range."))
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=60, help_text=_("Only if it is another than the tracker’s.")
    )
    stand = forms.ChoiceField(label=_("Position"), required=False)
    on = forms.DateField(label=_("On"), widget=AdminDateInput)
    due = forms.DateField(label=_("Due"), required=False, widget=AdminDateInput)
    conditions = forms.CharField(
        label=_("On conditions"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 1})
    )
    note = forms.CharField(
        label=_("In words"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 2})
    )
    why = forms.CharField(label=_("Why it is replaced"), max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 2}))

    def __init__(self, tracker: Tracker, *args: Any, replacing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracker = tracker
        said: Any = self.fields["says"]
        stands: Any = self.fields["stand"]
        said.choices = [one for one in SAYS if (one[0] == STANCE) == (tracker.kind != GOAL)]
        stands.choices = [("", "—"), *STANDS]
        words = {"dir": tracker.edition.direction, "lang": tracker.edition.code}
        for name in ("note", "conditions"):
            self.fields[name].widget.attrs |= words
        self.fields["party"].widget.attrs |= {"list": "parties", "autocomplete": "off", "dir": "auto"}
        for name in ("low", "high"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "dir": "ltr"}
        left_out = ("low", "high", "unit", "due") if tracker.kind != GOAL else ("stand",)
        for name in (*left_out, *(() if replacing else ("why",))):
            del self.fields[name]

    def clean_low(self) -> Any:
        return self._amount("low")

    def clean_high(self) -> Any:
        return self._amount("high")

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        # Somewhere it is tomorrow already.
        if day > (timezone.now() + timedelta(hours=14)).date():
            raise forms.ValidationError(gettext("This day has not come yet: evidence is of what has happened."))
        return day

    def clean_party(self) -> str:
        return party_code(self.tracker, self.cleaned_data["party"])

    def _amount(self, name: str) -> Any:
        try:
            return read_amount(self.cleaned_data[name], name)
        except TrackerError as error:
            raise forms.ValidationError(str(error)) from None

    def claim(self, sources: tuple[Source, ...]) -> Claim:
        """What the form and its sources say."""
        said = self.cleaned_data
        low, high = said.get("low"), said.get("high")
        return Claim(
            says=said["says"],
            on=said["on"],
            party=said["party"],
            low=low,
            high=low if high is None else high,
            unit=said.get("unit", ""),
            stand=said.get("stand", ""),
            due=said.get("due"),
            conditions=said["conditions"],
            note=said["note"],
            sources=sources,
        )

    def refuse(self, error: TrackerError) -> None:
        """Show what an action refused, where it is."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


def party_code(tracker: Tracker, typed: str) -> str:
    """The code of the party that was typed, by its code or its name."""
    typed = typed.replace("\0", "").strip()
    if not typed or tracker.parties.filter(code=typed).exists():
        return typed
    found = list(tracker.parties.filter(name__iexact=typed).values_list("code", flat=True)[:2])
    found = found or list(tracker.parties.filter(code__iexact=typed).values_list("code", flat=True)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(gettext("Several parties are called that. Write the code of one."))
    raise forms.ValidationError(gettext("There is no such party in this tracker. Add it to the parties first."))


class SourceForm(_Patient):
    """A source, and the one that it cites. What an import brought beyond that is kept in `rest`."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial=KINDS[0][0])
    name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST)
    role = forms.CharField(label=_("Role"), required=False, max_length=LONGEST)
    outlet = forms.CharField(label=_("Outlet"), required=False, max_length=LONGEST)
    url = forms.CharField(label=_("Address"), required=False, max_length=LONGEST)
    on = forms.DateField(label=_("Day"), required=False, widget=AdminDateInput)
    archived = forms.CharField(label=_("Archived copy"), required=False, max_length=LONGEST)
    quote = forms.CharField(
        label=_("In its own words"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 1})
    )
    cites_kind = forms.ChoiceField(label=_("It cites"), required=False, choices=[("", "—"), *KINDS])
    cites_name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST)
    cites_outlet = forms.CharField(label=_("Outlet"), required=False, max_length=LONGEST)
    cites_url = forms.CharField(label=_("Address"), required=False, max_length=LONGEST)
    cites_on = forms.DateField(label=_("Day"), required=False, widget=AdminDateInput)
    rest = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)
    drop = forms.BooleanField(label=_("Leave this source out"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and self.is_said:
            try:
                data["source"] = read_sources([self._plain(data)])[0]
            except SourceError as error:
                raise forms.ValidationError(str(error)) from None
        return data

    @property
    def is_said(self) -> bool:
        """Whether anything was typed, and is to stay."""
        return self.has_changed() and not self.cleaned_data.get("drop")

    def _plain(self, data: dict[str, Any]) -> dict[str, Any]:
        try:
            rest = json.loads(data.get("rest") or "{}")
        except ValueError:
            rest = {}
        rest = rest if isinstance(rest, dict) else {}
        plain_one = {name: data[name] for name in ("kind", "name", "role", "outlet", "url", "on", "archived", "quote")}
        cited = {name: data[f"cites_{name}"] for name in _CITED}
        found: Any = rest.get("cites")
        cites: list[Any] = found if isinstance(found, list) else []
        if any(cited.values()):
            found = rest.get("first")
            beyond: dict[str, Any] = found if isinstance(found, dict) else {}
            cites = [{**beyond, **cited, "kind": cited["kind"] or "document"}, *cites]
        return {**plain_one, "id": rest.get("id", ""), "cites": cites}


SourceForms: Any = forms.formset_factory(
    SourceForm, extra=OFFERED, max_num=MOST_SOURCES, absolute_max=MOST_SOURCES, validate_max=True
)


def said_sources(formset: Any) -> tuple[Source, ...]:
    """The sources of a formset that is valid."""
    return tuple(form.cleaned_data["source"] for form in formset if "source" in form.cleaned_data)


def as_typed(source: Source) -> dict[str, Any]:
    """A source as its form shows it."""
    names = ("kind", "name", "role", "outlet", "url", "on", "archived", "quote")
    shown: dict[str, Any] = {name: getattr(source, name) for name in names}
    written = as_data([source])[0]
    rest: dict[str, Any] = {"id": source.id} if source.id else {}
    if source.cites:
        first, *others = written["cites"]
        shown |= {f"cites_{name}": getattr(source.cites[0], name) for name in _CITED}
        rest["first"] = {name: value for name, value in first.items() if name not in _CITED}
        rest["cites"] = others
    return shown | {"rest": json.dumps(rest) if rest else ""}


def typed_claim(claim: Claim) -> dict[str, Any]:
    """A claim as its form shows it."""
    exact = claim.low == claim.high
    return {
        "says": claim.says,
        "party": claim.party,
        "low": plain(claim.low),
        "high": "" if exact else plain(claim.high),
        "unit": claim.unit,
        "stand": claim.stand,
        "on": claim.on,
        "due": claim.due,
        "conditions": claim.conditions,
        "note": claim.note,
    }
