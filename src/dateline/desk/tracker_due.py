"""What falls due and what turned late, on the overview, and a story about it with one button."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as draw
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.ui.components import Component

from dateline.desk.trackers import ADD, CHANGE, VIEW, tracker_for
from dateline.newsroom.editions.models import Section
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Story
from dateline.newsroom.trackers.due import coming_due, today, turned_late
from dateline.newsroom.trackers.models import Tracker

#: How far ahead and back the overview looks, and how many lines it has.
AHEAD, BACK, MOST = timedelta(days=14), timedelta(days=14), 20


class DuePanel(Component):
    """The soonest first; what turned late before it."""

    name = "due"
    order = 15
    template_name = "desk/trackers/due.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(VIEW):
            return {}
        now = timezone.now()
        return {
            "late": [mark.evidence for mark in turned_late(now, BACK, MOST)],
            "coming": coming_due(now, AHEAD, MOST),
        }


class StoryForm(forms.Form):
    """Where the story goes, and what it is called until somebody writes it."""

    section = forms.ModelChoiceField(Section.objects.none())
    title = forms.CharField(max_length=200)

    def __init__(self, tracker: Tracker, sections: list[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = Section.objects.filter(pk__in=[section.pk for section in sections])
        field.label, self.fields["title"].label = _("Section"), _("Headline")
        self.fields["title"].widget.attrs |= {"dir": tracker.edition.direction, "lang": tracker.edition.code}


def write_story(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for section and headline; by POST, make the draft and open it."""
    tracker = tracker_for(request, pk, VIEW, ADD, CHANGE)
    user: Any = request.user
    every = Section.objects.descendant_of(tracker.edition).live().order_by("path")
    sections = [section for section in every if section.permissions_for_user(user).can_add_subpage()]
    if not sections:
        raise PermissionDenied
    first = {"section": _usual_section(tracker, sections), "title": headline(tracker)}
    form = StoryForm(tracker, sections, request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        story = draft_story(tracker, form.cleaned_data["section"], form.cleaned_data["title"], by=user)
        messages.success(request, _("A draft is made. The tracker’s card stands in it."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    context = {"tracker": tracker, "form": form}
    return draw(request, "desk/trackers/story.html", context, status=400 if form.errors else 200)


def headline(tracker: Tracker) -> str:
    """A first headline, in the language of the edition."""
    with override(tracker.edition.code):
        day = today(tracker, timezone.now())
        if tracker.due and tracker.due < day:
            return str(_("%(tracker)s: the day has passed") % {"tracker": tracker.title})[:200]
        return str(_("%(tracker)s: what was promised, and what came") % {"tracker": tracker.title})[:200]


def body_of(tracker: Tracker) -> list[dict[str, Any]]:
    """The body of a story about a tracker, as data: its card."""
    return [{"type": "tracker", "value": tracker.pk}]


def draft_story(tracker: Tracker, section: Section, title: str, *, by: Any) -> Story:
    """A draft about a tracker: under its topics, coverage and regions, with its card in the body."""
    story = Story(
        title=title,
        slug=slugify(title, allow_unicode=True)[:100] or f"tracker-{tracker.pk}",
        locale=tracker.edition.locale,
        edition=tracker.edition,
        section=section,
        live=False,
        owner=by,
        body=json.dumps(body_of(tracker)),
    )
    shelf = shelf_for(section, timezone.now())
    taken = set(shelf.get_children().filter(slug__startswith=story.slug).values_list("slug", flat=True))
    number, slug = 1, story.slug
    while story.slug in taken:
        number += 1
        story.slug = f"{slug}-{number}"
    shelf.add_child(instance=story)
    story.topics = list(tracker.topics.all())
    story.regions = list(tracker.regions.all())
    if tracker.coverage:
        story.coverages = [tracker.coverage]
    story.save()
    story.save_revision(user=by, clean=False)
    return story


def _usual_section(tracker: Tracker, sections: list[Section]) -> Section:
    """Where the newest story of the tracker's coverage stands, else the first."""
    if tracker.coverage_id:
        newest = Story.objects.filter(coverages=tracker.coverage_id, section__in=sections).order_by("-published", "-pk")
        found = newest.values_list("section", flat=True).first()
        for section in sections:
            if section.pk == found:
                return section
    return sections[0]
