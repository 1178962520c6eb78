"""The search page, and what completes a query while it is typed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.shell import edition_named
from dateline.newsroom.find.models import span
from dateline.newsroom.find.pages import Asked, asked_of, search_view
from dateline.newsroom.find.query import read_typing
from dateline.newsroom.find.search import completed
from dateline.newsroom.stories.models import Story

#: How many headlines complete what is being typed.
SUGGESTIONS = 6


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
    """Headlines of the newest stories that begin with what is typed: `[{"title": …, "url": …}]`."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    ids = completed(read_typing(request.GET.get("q", ""), node.code, span(node.id)), SUGGESTIONS)
    titles = dict(Story.objects.filter(pk__in=ids).values_list("pk", "title"))
    urls = dict(Address.objects.filter(page_id__in=ids, current=True).values_list("page_id", "path"))
    rows = [{"title": titles[pk], "url": urls[pk]} for pk in ids if pk in titles and pk in urls]
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
