"""Merging a topic into another one, at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.widgets import AdminSnippetChooser

from dateline.newsroom.stories.merging import MergeError, merge_topic
from dateline.newsroom.stories.models import Story, Topic

#: Who merges: those who may delete topics, since one of two goes.
PERMISSION = "stories.delete_topic"


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Topic.objects.all(),
        widget=AdminSnippetChooser(Topic),
        label=_("Merge it into"),
        error_messages={"required": _("Choose the topic that its stories go to.")},
    )


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the other topic, say what will happen, and merge."""
    user: Any = request.user
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    topic = get_object_or_404(Topic, pk=pk)
    form = MergeForm(request.POST or None)
    if form.is_valid():
        into: Topic = form.cleaned_data["into"]
        try:
            merge_topic(topic, into, by=user)
        except MergeError as refused:
            form.add_error("into", str(refused))
        else:
            text = gettext("“%(topic)s” becomes part of “%(into)s”. Its stories move within moments.")
            messages.success(request, text % {"topic": topic.name, "into": into.name})
            return redirect("wagtailsnippets_stories_topic:list")
    stories = Story.topics.through.objects.filter(topic=topic).count()
    context = {"topic": topic, "form": form, "stories": stories, "media": form.media}
    return draw(request, "desk/merge.html", context, status=400 if form.errors else 200)
