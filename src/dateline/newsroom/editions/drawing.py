"""Drawing a public page: its template, what it shows, and the islands put into it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from dateline.newsroom.editions.shell import EditionNode
from dateline.press.ingredients import record
from dateline.press.islands import island


def ticker_path(edition: EditionNode) -> str:
    """The island under every masthead: what is breaking, else the newest story, and whether a channel is on air."""
    return f"{edition.home}island/ticker.html"


def newest_path(edition: EditionNode) -> str:
    """The island of the newest stories, beside stories."""
    return f"{edition.home}island/newest.html"


def most_read_path(edition: EditionNode) -> str:
    """The island of what is most read, beside stories and on the home page."""
    return f"{edition.home}island/most-read.html"


def draw_page(
    request: HttpRequest,
    edition: EditionNode,
    view: Any,
    *,
    status: int = 200,
    beside: bool = False,
    most: bool = False,
) -> HttpResponse:
    """A page with the edition's masthead, in its language.

    With `beside`, the newest stories stand beside it; with `most`, what is most read.
    """
    paths = {"ticker": ticker_path(edition)}
    if beside:
        paths["newest"] = newest_path(edition)
    if most:
        paths["most"] = most_read_path(edition)
    with override(edition.code):
        islands = {name: found for name, path in paths.items() if (found := island(path))}
        return render(request, view.template, {"page": view, "islands": islands}, status=status)


def draw_island(request: HttpRequest, edition: EditionNode, view: Any) -> HttpResponse:
    """A piece of other pages, which nobody should find by itself. It goes with its edition."""
    record(f"page:{edition.id}")
    with override(edition.code):
        response = render(request, view.template, {"page": view, "islands": {}})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
