"""Pages of trackers."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as draw
from django.utils.translation import override

from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.stories.models import FormerPath
from dateline.newsroom.stories.notices import moved
from dateline.newsroom.trackers import pages
from dateline.newsroom.trackers.models import KIND, Tracker
from dateline.newsroom.trackers.timeline import page_of
from dateline.press.ingredients import record

#: A frame may stand in anybody's page. It runs nothing, sends nothing and loads only what is ours.
FRAME_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *; img-src 'self' data:; style-src 'self'"
)


def tracker(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: pages.tracker_view(node, slug))


def all_trackers(request: HttpRequest, edition: str) -> HttpResponse:
    return _show(request, edition, pages.all_view)


def evidence(request: HttpRequest, edition: str, slug: str, number: int) -> HttpResponse:
    def view(node: EditionNode) -> Any:
        found = pages.find(node, slug)
        return page_of(found, node, number) if found else None

    if str(number) != request.path_info.rstrip("/").rsplit("/", 1)[1]:
        raise Http404  # 007 is not a page's number
    return _show(request, edition, view)


def embed(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """The tracker's card alone, for a frame in others' pages."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = pages.embed_view(node, slug)
        if view is None:
            return _led_on(request, node)
        response = draw(request, view.template, {"page": view, "islands": {}})
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    # No value of this header allows everyone; browsers that know the policy above go by that.
    response.headers["X-Frame-Options"] = "ALLOWALL"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def oembed(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """The oEmbed answer of this tracker. It stands at an address of its own, which its page names: query strings never
    reach the desk."""
    node = edition_named(edition)
    found = pages.find(node, slug) if node else None
    if node is None or found is None:
        raise Http404
    with override(node.code):
        response = JsonResponse(pages.oembed(found, node), json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _led_on(request: HttpRequest, edition: EditionNode) -> HttpResponse:
    """From a tracker's former address, or one below it, to where that is now."""
    front = "/".join(request.path_info.split("/")[:4]) + "/"
    former = FormerPath.objects.filter(path=front, kind=KIND).values_list("term", flat=True).first()
    found = Tracker.objects.select_related("edition").filter(pk=former, live=True).first() if former else None
    if found is None:
        raise Http404
    record(f"tracker:{found.pk}")
    return moved(request, edition, found.front + request.path_info.removeprefix(front))


def _show(request: HttpRequest, edition: str, make: Callable[[EditionNode], Any]) -> HttpResponse:
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = make(node)
        if view is None:
            return _led_on(request, node)
    response = draw_page(request, node, view)
    response.rank = 2  # type: ignore[attr-defined]
    return response
