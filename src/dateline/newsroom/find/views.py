"""The search page, and what completes a query while it is typed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.find.models import span
from dateline.newsroom.find.names import beginning_with
from dateline.newsroom.find.pages import Asked, asked_of, search_view
from dateline.newsroom.find.query import read_typing
from dateline.newsroom.find.search import completed
from dateline.newsroom.stories import paths
from dateline.newsroom.stories.models import Coverage, Person, Story, Topic

#: What completes what is being typed: so many rows, so many of them names, from so many characters on.
SUGGESTIONS, NAMES, FROM = 6, 3, 2


def page(request: HttpRequest, edition: str) -> HttpResponse:
    """The form by itself is a sheet like any other; an answer is made for whoever asks, and kept by nobody."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = search_view(node, asked_of(node, request.GET) if request.GET else Asked())
    response = draw_page(request, node, view)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def suggest(request: HttpRequest, edition: str) -> HttpResponse:
    """Names that begin with what is typed, then headlines of the newest stories: `[{"title": …, "url": …}]`.

    A name says beside it what it is the name `of`.
    """
    node = edition_named(edition)
    if node is None:
        raise Http404
    typed = request.GET.get("q", "")
    names = _names(node, typed)
    ids = completed(read_typing(typed, node.code, span(node.id)), SUGGESTIONS - len(names))
    titles = dict(Story.objects.filter(pk__in=ids).values_list("pk", "title"))
    urls = dict(Address.objects.filter(page_id__in=ids, current=True).values_list("page_id", "path"))
    rows = names + [{"title": titles[pk], "url": urls[pk]} for pk in ids if pk in titles and pk in urls]
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _names(edition: EditionNode, typed: str) -> list[dict[str, str]]:
    """Topics, coverages and authors with a word that begins so: a query, and one for each kind that has some."""
    if len(typed.strip()) < FROM:
        return []
    with override(edition.code):
        kinds: dict[str, tuple[Any, Any, str]] = {
            "topic": (Topic, paths.topic_path, _("Topic")),
            "coverage": (Coverage, paths.coverage_path, _("Coverage")),
            "person": (Person, paths.author_path, _("Author")),
        }
    begun = beginning_with(edition.id, edition.code, typed, list(kinds), NAMES)
    rows = {kind: kinds[kind][0].objects.in_bulk([pk for of, pk in begun if of == kind]) for kind in dict(begun)}
    return [
        {"title": str(row), "url": kinds[kind][1](edition, row.slug), "of": kinds[kind][2]}
        for kind, pk in begun
        if (row := rows[kind].get(pk))
    ]
