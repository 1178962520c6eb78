"""Pages of channels."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.broadcast.pages import channel_view, policy
from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.shell import edition_named


def channel(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """A live television channel."""
    node = edition_named(edition)
    found = Channel.objects.filter(edition=node.id, slug=slug).first() if node else None
    if node is None or found is None:
        raise Http404
    with override(node.code):
        view = channel_view(found, node)
    response = draw_page(request, node, view)
    response.headers["Content-Security-Policy"] = policy(found)
    response.rank = 2  # type: ignore[attr-defined]
    return response
