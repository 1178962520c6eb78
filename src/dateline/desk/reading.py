"""Reads now: which stories are being read, and where their readers come from."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.reads.models import Recent
from dateline.newsroom.stories.models import Story
from dateline.store.reads import SOURCES

#: Stories that are listed, on a page of its own and on the overview.
LISTED, FEW = 30, 5

#: Minutes that can be looked at.
SPANS = {"10": 10, "60": 60, "1440": 1440}


def labels() -> dict[str, str]:
    """What each class of referrer is called."""
    return {
        "direct": _("Directly"),
        "internal": _("From this site"),
        "search": _("From searching"),
        "social": _("From social networks"),
        "other": _("From elsewhere"),
    }


@dataclass(frozen=True)
class Line:
    """A story, how often it was read in the span, and how much of the most read that is, in per cent."""

    title: str
    edition: str
    edit: str
    reads: int
    share: int
    sources: list[tuple[str, int]]


def editions_of(user: Any) -> list[Edition]:
    """The editions whose reads somebody may see: those in which they may write."""
    return [one for one in Edition.objects.order_by("path") if one.permissions_for_user(user).can_add_subpage()]


def lines(editions: list[Edition], minutes: int, most: int) -> list[Line]:
    """The stories read most in the last minutes; three queries, whatever is read."""
    names = {edition.pk: edition.title for edition in editions}
    since = timezone.now() - timedelta(minutes=minutes + 10)
    recent = Recent.objects.filter(edition__in=list(names), at__gt=since)
    top = list(recent.values("story").annotate(all=Sum("reads")).order_by("-all", "-story")[:most])
    ids = [row["story"] for row in top]
    by_source: dict[int, dict[str, int]] = {}
    for story, source, reads in (
        recent.filter(story__in=ids).values_list("story", "source").annotate(Sum("reads")).order_by()
    ):
        by_source.setdefault(story, {})[source] = reads
    stories = {story.pk: story for story in Story.objects.filter(pk__in=ids).only("pk", "title", "edition_id")}
    named = labels()
    highest = top[0]["all"] if top else 1
    return [
        Line(
            stories[pk].title,
            names[stories[pk].edition_id],
            reverse("wagtailadmin_pages:edit", args=[pk]),
            reads,
            max(1, round(100 * reads / highest)),
            [(named[source], by_source[pk][source]) for source in SOURCES if source in by_source[pk]],
        )
        for pk, reads in ((row["story"], row["all"]) for row in top)
        if pk in stories
    ]


def index(request: HttpRequest) -> HttpResponse:
    """The page: one edition or all of the editor's, in the last ten minutes, hour or day."""
    mine = editions_of(request.user)
    if not mine:
        raise PermissionDenied
    chosen = [one for one in mine if str(one.pk) == request.GET.get("edition")] or mine
    minutes = SPANS.get(request.GET.get("minutes", ""), 60)
    found = lines(chosen, minutes, LISTED)
    sources = dict.fromkeys(labels().values(), 0)
    for line in found:
        for source, reads in line.sources:
            sources[source] += reads
    return draw(
        request,
        "desk/reading.html",
        {
            "editions": mine,
            "chosen": chosen[0].pk if len(chosen) == 1 and len(mine) > 1 else None,
            "minutes": minutes,
            "spans": [(10, _("Ten minutes")), (60, _("An hour")), (1440, _("A day"))],
            "lines": found,
            "sources": [(label, reads) for label, reads in sources.items() if reads],
        },
    )


class ReadsPanel(Component):
    """What is read now, on the overview."""

    name = "reads"
    order = 60
    template_name = "desk/reads_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        mine = editions_of(parent_context["request"].user)
        return {"lines": lines(mine, 60, FEW) if mine else []}
