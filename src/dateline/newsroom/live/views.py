"""Live pieces of pages."""

from django.http import Http404, HttpRequest, HttpResponse

from dateline.newsroom.editions.drawing import draw_island
from dateline.newsroom.editions.shell import edition_named
from dateline.newsroom.live.pages.ticker import ticker_view


def island_ticker(request: HttpRequest, edition: str) -> HttpResponse:
    """What stands under the masthead of every page."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    return draw_island(request, node, ticker_view(node))
