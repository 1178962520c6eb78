"""Choosing an edition at the desk: from a short list, by its name and its language."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.newsroom.editions.languages import own_name


class EditionChoiceForm(WagtailAdminModelForm):
    """The form of a thing that belongs to one edition."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "edition" in self.fields:
            before: Any = self.fields["edition"]
            field = forms.ModelChoiceField(
                before.queryset.select_related("locale").order_by("path"), label=before.label, required=before.required
            )
            field.label_from_instance = _named  # type: ignore[assignment, method-assign]
            self.fields["edition"] = field


def _named(edition: Any) -> str:
    return f"{edition.title} · {own_name(edition.code)}"
