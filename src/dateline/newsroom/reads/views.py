"""The pages of the most read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from dateline.newsroom.editions.drawing import draw_island, draw_page
from dateline.newsroom.editions.shell import edition_named
from dateline.newsroom.reads.pages import island_view, most_read_view


def island(request: HttpRequest, edition: str) -> HttpResponse:
    """What is most read, as other pages show it."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = island_view(node)
    return draw_island(request, node, view)


def page(request: HttpRequest, edition: str, path: str = "") -> HttpResponse:
    """Of an edition, or of the section at `path` in it."""
    node = edition_named(edition)
    section = node.by_path.get(f"{node.home}{path}/") if node and path else None
    if node is None or (path and section is None):
        raise Http404
    with override(node.code):
        view = most_read_view(node, section)
    response = draw_page(request, node, view)
    response.rank = 2  # type: ignore[attr-defined]
    return response
