"""Live pieces of pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from dateline.newsroom.editions.drawing import draw_island, draw_page
from dateline.newsroom.editions.shell import EditionNode, edition_named, languages
from dateline.newsroom.live.models import NEWEST, OLDEST
from dateline.newsroom.live.pages.ticker import ticker_view
from dateline.newsroom.live.pages.updates import updates_view
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.pages import translations
from dateline.newsroom.stories.views import at_address


def island_ticker(request: HttpRequest, edition: str) -> HttpResponse:
    """What stands under the masthead of every page."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    return draw_island(request, node, ticker_view(node))


def updates(request: HttpRequest, edition: str, path: str, number: int, order: str = NEWEST) -> HttpResponse:
    """A page of a live story's updates: always the same ones, as they now are."""
    url, below = f"/{edition}/{path}/", request.path_info.removeprefix(f"/{edition}/{path}/")

    def show(node: EditionNode, found: Story) -> HttpResponse:
        with override(node.code):
            switch = languages(node, translations(found, node, url))
            view = updates_view(found, node, url, number, order, switch)
        if view is None:
            raise Http404
        response = draw_page(request, node, view)
        response.rank = 6  # type: ignore[attr-defined]
        return response

    if str(number) != request.path_info.rstrip("/").rsplit("/", 1)[1]:
        raise Http404  # 007 is not a page's number
    return at_address(request, edition, url, show, below=below)


def timeline(request: HttpRequest, edition: str, path: str, number: int) -> HttpResponse:
    """The same pages as they happened, the oldest update first."""
    return updates(request, edition, path, number, OLDEST)
