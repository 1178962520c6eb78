"""A story's published versions at the desk: when each went out and by whom, and any two of them side by side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dateline.newsroom.editions.shell import editions
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.versions_pages import MOST, compared, reason_label, versions_of


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and below it the two that are chosen by `old` and `new`; the newest two without them."""
    story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    edition = editions().by_id.get(story.edition_id)
    if edition is None:
        raise Http404
    found = versions_of(story)
    newest = found[-1].number
    chosen = [_number(request.GET.get(name), without) for name, without in (("old", newest - 1), ("new", newest))]
    old, new = sorted(chosen)
    context: dict[str, Any] = {
        "story": story,
        "edition": edition,
        "versions": [
            {
                "number": one.number,
                "since": one.since,
                "why": reason_label(one.why) or _("First published"),
                "by": one.by,
            }
            for one in reversed(found[-MOST:])
        ],
        "old": old,
        "new": new,
    }
    if old != new and len(found) > 1:
        names = {"old": _("Version %(number)s") % {"number": old}, "new": _("Version %(number)s") % {"number": new}}
        rows = compared(story, (old, new), edition.voice)
        if rows is None:
            raise Http404
        context["page"] = {**names, "rows": rows}
    return render(request, "desk/versions.html", context)


def _number(value: str | None, without: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else without
