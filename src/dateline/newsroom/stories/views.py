"""Story pages, and every page that has an address in the tree."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as draw
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.clips.captions import as_webvtt
from dateline.newsroom.clips.models import Captions
from dateline.newsroom.clips.pages import captions_path, load_clip
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.models import address_of
from dateline.newsroom.editions.shell import EditionNode, edition_named, editions
from dateline.newsroom.stories.corrections_pages import corrections_view, month_view
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.notices import moved, withdrawn_view
from dateline.newsroom.stories.pages import story_view
from dateline.newsroom.stories.versions_pages import compare_view, versions_paths, versions_view
from dateline.press.ingredients import record


def story(request: HttpRequest, edition: str, path: str) -> HttpResponse:
    """The page at an address: the story itself, a redirect to where it now is, or a notice that it is gone."""
    return at_address(request, edition, request.path_info, lambda node, found: _page(request, node, found))


def at_address(
    request: HttpRequest,
    edition: str,
    path: str,
    show: Callable[[EditionNode, Story], HttpResponse],
    *,
    below: str = "",
) -> HttpResponse:
    """What `show` makes of the public story at a path; else a redirect, or a notice that it is gone.

    Args:
        below: the rest of the address, for a page below the story's own; it stays the same where the story has moved.
    """
    node = edition_named(edition)
    address = Address.objects.filter(path=path).first()
    if node is None or address is None:
        raise Http404
    if address.page_id is None:
        return gone(request, node, None, address.path)
    record(f"story:{address.page_id}")
    if not address.current:
        current = Address.objects.filter(page_id=address.page_id, current=True).values_list("path", flat=True).first()
        if current is None:
            raise Http404
        return moved(request, node, current + below)
    found = Story.objects.filter(pk=address.page_id).first()
    if found is None:
        raise Http404
    if found.withdrawn_at:
        return gone(request, node, found, address.path)
    if not found.is_public:
        raise Http404
    return show(node, found)


def captions(request: HttpRequest, edition: str, path: str, language: str) -> HttpResponse:
    """What is said in a story's film, with its times, as WebVTT."""

    def show(_node: EditionNode, found: Story) -> HttpResponse:
        clip = load_clip(found.clip_id)
        track = clip.captions.filter(language=language).first() if clip else None
        if track is None:
            raise Http404
        response = HttpResponse(as_webvtt(track.cues), content_type="text/vtt; charset=utf-8")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return at_address(request, edition, f"/{edition}/{path}/", show, below=f"captions-{language}.vtt")


def captions_paths() -> Iterator[str]:
    """The path of every film's captions."""
    rows = Address.objects.filter(current=True, page__story__shown_clip__isnull=False).order_by("pk")
    tracks: dict[int, list[str]] = {}
    for clip, language in Captions.objects.order_by("language").values_list("clip_id", "language"):
        tracks.setdefault(clip, []).append(language)
    for path, shown in rows.values_list("path", "page__story__shown_clip").iterator(chunk_size=2000):
        yield from (captions_path(path, language) for language in tracks.get(shown or 0, ()))


def versions(request: HttpRequest, edition: str, path: str, pair: str = "") -> HttpResponse:
    """`…/versions/`: the list of a story's versions; `…/versions/1-3/`: two of them side by side."""
    node = edition_named(edition)
    if node is None or not node.public_versions:
        raise Http404
    record(f"versions:{node.id}")
    url = f"/{edition}/{path}/"
    one, _dash, other = pair.partition("-")

    def show(node: EditionNode, found: Story) -> HttpResponse:
        with override(node.code):
            view: Any = (
                compare_view(found, node, url, (int(one), int(other))) if pair else versions_view(found, node, url)
            )
            if view is None:
                raise Http404
        response = draw_page(request, node, view)
        response.rank = 6  # type: ignore[attr-defined]
        return response

    return at_address(request, edition, url, show, below=f"versions/{pair}/" if pair else "versions/")


def corrections(request: HttpRequest, edition: str, year: str = "", month: str = "") -> HttpResponse:
    """`/en/corrections/`, and a month of them."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        try:
            view = month_view(node, int(year), int(month)) if year else corrections_view(node)
        except ValueError:  # the month 13
            raise Http404 from None
        if view is None:
            raise Http404
    response = draw_page(request, node, view)
    response.rank = 6 if year else 2  # type: ignore[attr-defined]
    return response


def all_versions() -> Iterator[str]:
    """Paths of all pages of versions; it reads every public story that has some, so it is for exports."""
    opened = [node.id for node in editions().editions.values() if node.public_versions]
    rows = Address.objects.filter(current=True, page__live=True, page__story__edition__in=opened)
    changed = rows.filter(page__story__replaced__isnull=False).distinct().order_by("pk")
    for pk, path in changed.values_list("page_id", "path").iterator(chunk_size=2000):
        yield from versions_paths(Story(pk=pk), path)


def old_address(request: HttpRequest) -> HttpResponse:
    """Where a page stood before, in any form: it leads to where the page is now."""
    address = Address.objects.filter(path=request.path_info, current=False).exclude(page=None).first()
    if address is None:
        raise Http404
    current = Address.objects.filter(page=address.page, current=True).values_list("path", flat=True).first()
    node = editions().editions.get(current.split("/", 2)[1]) if current else None
    if current is None or node is None:
        raise Http404
    record(f"story:{address.page_id}", f"page:{address.page_id}")
    return moved(request, node, current)


def _page(request: HttpRequest, edition: EditionNode, found: Story) -> HttpResponse:
    with override(edition.code):
        view = story_view(found, edition, request.path_info)
    response = draw_page(request, edition, view, beside=True, most=True)
    # For the stand, which counts reads of it: readers are not sent this.
    response.headers["Story"] = str(found.pk)
    response.rank = 4  # type: ignore[attr-defined]
    return response


def gone(request: HttpRequest, edition: EditionNode, found: Story | None, path: str) -> HttpResponse:
    with override(edition.code):
        view = withdrawn_view(edition, found, path)
    return draw_page(request, edition, view, status=410)


def preview(request: HttpRequest, found: Story) -> HttpResponse:
    """A draft as readers would see it. It is drawn for one editor and never printed."""
    edition = editions().by_id.get(found.edition_id)
    if edition is None:
        return HttpResponse(_("Publish this story's edition first: a page needs its masthead."), status=409)
    with override(edition.code):
        view = story_view(found, edition, address_of(found) or edition.home)
        return draw(request, view.template, {"page": view, "islands": {}})
