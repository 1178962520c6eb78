"""The desk's own pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils.translation import gettext as _

from dateline.newsroom.stories.actions import StoryError, withdraw_story
from dateline.newsroom.stories.models import Story


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason that readers will be told, then withdraw."""
    story = get_object_or_404(Story, pk=pk)
    user = request.user
    if not user.is_authenticated or not story.permissions_for_user(user).can_unpublish():
        raise PermissionDenied
    error = ""
    if request.method == "POST":
        try:
            withdraw_story(story, by=user, reason=request.POST.get("reason", ""))
        except StoryError as refused:
            error = str(refused)
        else:
            messages.success(request, _("“%(headline)s” is withdrawn everywhere.") % {"headline": story.title})
            return redirect("wagtailadmin_explore", story.get_parent().pk)
    return draw(request, "desk/withdraw.html", {"story": story, "error": error}, status=400 if error else 200)
