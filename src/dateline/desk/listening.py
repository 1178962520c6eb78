"""What could not be read aloud, told on the overview, with a way to try again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component

from dateline.newsroom.listen.actions import ask_again
from dateline.newsroom.listen.models import FAILED, Briefing, Recording

#: Stories that the overview names.
MOST = 10


class SilentPanel(Component):
    """Stories that no voice could read, newest first, and why."""

    name = "silent"
    order = 20
    template_name = "desk/silent.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        failed = Recording.objects.filter(state=FAILED).select_related("story").order_by("-asked")[:MOST]
        told = Briefing.objects.filter(state=FAILED).order_by("-asked")[:MOST]
        request = parent_context.get("request")
        return {
            "request": request,
            "silent": [
                {
                    "title": found.story.get_admin_display_title(),
                    "edit": reverse("wagtailadmin_pages:edit", args=[found.story_id]),
                    "again": reverse("dateline_speak_again", args=[found.pk]),
                    "problem": found.problem,
                }
                for found in failed
            ]
            + [
                {
                    "title": found.title,
                    "edit": found.pages[0],
                    "again": reverse("dateline_speak_cards_again", args=[found.pk]),
                    "problem": found.problem,
                }
                for found in told
            ],
        }


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the studio try a story once more."""
    recording = get_object_or_404(Recording.objects.select_related("story"), pk=pk)
    if not recording.story.permissions_for_user(request.user).can_edit():
        messages.error(request, _("You may not do that for this story."))
    else:
        ask_again(recording)
        messages.success(request, _("“%(title)s” will be read aloud again.") % {"title": recording.story.title})
    return redirect("wagtailadmin_home")


@require_POST
def cards_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the studio try five cards once more."""
    briefing = get_object_or_404(Briefing, pk=pk)
    if not request.user.has_perm("stories.change_coverage"):
        messages.error(request, _("You may not do that for this story."))
    else:
        ask_again(briefing)
        messages.success(request, _("“%(title)s” will be read aloud again.") % {"title": briefing.title})
    return redirect("wagtailadmin_home")
