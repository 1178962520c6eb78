"""The story's form at the desk: it knows where the story stands, and offers what its edition has."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from dateline.newsroom.editions.models import Edition, Section
from dateline.newsroom.stories.topics_input import TopicsInput

#: Fields that hold words in the story's language, whatever the editor's is.
_WRITTEN = frozenset(
    {"title", "kicker", "short_headline", "standfirst", "lead_caption", "source", "place", "search_description"}
)


def _indented(section: Section) -> str:
    return section.title if section.depth == 3 else f"– {section.title}"


class StoryForm(WagtailAdminPageForm):
    """A new story starts in the section it is written in, in the form that section usually has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        story, parent = kwargs.get("instance"), kwargs.get("parent_page")
        if story is not None and parent is not None and not story.pk:
            story.section = Section.objects.ancestor_of(parent).order_by("-depth").first()
            story.edition = Edition.objects.ancestor_of(parent).first()
            story.form = (story.section.form if story.section else "") or story.form
        super().__init__(*args, **kwargs)
        if story is None or not story.edition_id:
            return
        self.edition = story.edition
        for name in _WRITTEN & self.fields.keys():
            self.fields[name].widget.attrs |= {"dir": self.edition.direction, "lang": self.edition.code}
        if "section" in self.fields:
            field: Any = forms.ModelChoiceField(
                Section.objects.descendant_of(self.edition).order_by("path"),
                label=self.fields["section"].label,
                required=self.fields["section"].required,
                initial=story.section,
            )
            field.label_from_instance = _indented
            self.fields["section"] = field
        if "minor_change" in self.fields:
            self.initial["minor_change"] = False  # said of one change, not of the next
        if "topics" in self.fields:
            self.fields["topics"].widget = TopicsInput(self.edition.pk)
        for name in ("regions", "topics", "coverages", "series"):
            if name in self.fields:
                self.fields[name].queryset = self.fields[name].queryset.filter(edition=self.edition)
        bylines = self.formsets.get("bylines")
        for form in bylines.forms if bylines else ():
            person = form.fields["person"]
            person.queryset = person.queryset.filter(edition=self.edition)
            person.error_messages["invalid_choice"] = _("Choose an author of this edition.")

    def save(self, commit: bool = True) -> Any:
        """A new story is not public before its first revision is published: its pages are printed once, not twice."""
        if not self.instance.pk:
            self.instance.live = False
        return super().save(commit)

    def clean(self) -> dict[str, Any]:
        """A story under embargo is scheduled for its end by being published."""
        values: dict[str, Any] = super().clean()
        embargo, planned = values.get("embargo"), values.get("go_live_at")
        if embargo and embargo > timezone.now() and (not planned or planned < embargo):
            values["go_live_at"] = embargo
        published, was = values.get("published"), self.instance.published
        if published and was and published == was.replace(second=0, microsecond=0):
            values["published"] = was  # the form knows no seconds; the story keeps its place on its lists
        return values
