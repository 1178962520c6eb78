"""The form of a tracker's words and goal at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.newsroom.editions.choices import EditionChoiceForm


class TrackerForm(EditionChoiceForm):
    """What is changed of a goal is said why; who changed what, and from what, enters the tracker's history."""

    why = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Readers see it in the history. Needed when a public tracker’s goal changes."),
    )

    def clean(self) -> Any:
        from dateline.newsroom.trackers.actions import TrackerError, check_change

        cleaned = super().clean()
        if not self.errors:
            values = {name: self.cleaned_data.get(name) for name in self.fields}
            try:
                check_change(self.instance, values, why=self.cleaned_data.get("why", ""))
            except TrackerError as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        from dateline.newsroom.trackers.actions import save_tracker

        tracker = super().save(commit=False)
        if commit:
            save_tracker(tracker, by=self.for_user, why=self.cleaned_data.get("why", ""))
            self.save_m2m()
        return tracker
