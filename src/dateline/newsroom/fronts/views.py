"""Fronts, the pages of their streams, footer pages, islands and notices."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import draw_island, draw_page
from dateline.newsroom.editions.models import the_newsroom
from dateline.newsroom.editions.shell import EditionNode, edition_named, editions
from dateline.newsroom.fronts import calendar as archives
from dateline.newsroom.fronts import dossiers, pages
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.models import Coverage, FormerPath, Person, Series, Topic
from dateline.newsroom.stories.notices import moved, not_found_view
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record, wear
from dateline.theme import components as c

#: In what order a sweep prints: homes, sections, other fronts, stories, archives.
RANKS = {"home": 0, "section": 1, "front": 2, "archive": 6}


def root(request: HttpRequest) -> HttpResponse:
    """/ leads to the default edition."""
    first = editions().default
    if first is None:
        raise Http404
    wear(first.slug)
    return moved(request, first, first.home)


def home(request: HttpRequest, edition: str) -> HttpResponse:
    return _show(request, edition, pages.home_view, rank="home")


def region(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: pages.region_view(node, slug))


def topic(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: pages.topic_view(node, slug))


def author(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: pages.author_view(node, slug))


def coverage(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: dossiers.coverage_view(node, slug))


def coverage_in_five(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: dossiers.five_view(node, slug))


def all_coverages(request: HttpRequest, edition: str) -> HttpResponse:
    return _show(request, edition, dossiers.all_coverages_view)


def in_five(request: HttpRequest, edition: str) -> HttpResponse:
    return _show(request, edition, dossiers.morning_view)


def series(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    return _show(request, edition, lambda node: pages.series_view(node, slug))


def page(request: HttpRequest, edition: str, path: str) -> HttpResponse:
    """A section's front or a footer page, by its address."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    section = node.by_path.get(request.path_info)
    if section:
        return _show(request, edition, lambda e: pages.section_view(e, section), rank="section")
    address = Address.objects.filter(path=request.path_info).first()
    if address is None or address.page_id is None:
        raise Http404
    if not address.current:
        current = Address.objects.filter(page_id=address.page_id, current=True).values_list("path", flat=True).first()
        if current is None:
            raise Http404
        record(f"page:{address.page_id}", f"story:{address.page_id}")
        return moved(request, node, current)
    page_id = address.page_id
    return _show(request, edition, lambda e: pages.text_view(e, page_id, address.path))


def stream_page(request: HttpRequest, edition: str, path: str, number: int) -> HttpResponse:
    """`…/page/12/` of a section, region, topic, author, coverage or series."""

    def view(node: EditionNode) -> c.ArchiveView | None:
        known = _stream_of(node, path)
        return pages.archive_view(node, known[0], known[1], f"{node.home}{path}/", number) if known else None

    if str(number) != request.path_info.rstrip("/").rsplit("/", 1)[1]:
        raise Http404  # 007 is not a page's number
    return _show(request, edition, view, rank="archive")


def island_newest(request: HttpRequest, edition: str) -> HttpResponse:
    """The newest stories, as every story page shows them beside itself."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        key = f"edition:{node.id}"
        record(f"list:{key}")
        ids = streams.newest([key], 7)[key]
        desk = Desk(node)
        desk.load(ids)
        cards = desk.take(ids)
        beside = desk.newest_day(cards)
        teasers = tuple(desk.teaser(card, beside=beside, picture=False, standfirst=False) for card in cards)
        view = c.IslandView(node.shell, c.River(_("Newest"), teasers))
    return draw_island(request, node, view)


def calendar(request: HttpRequest, edition: str, path: str = "", when: str = "") -> HttpResponse:
    """`…/archive/2026/11/23/`: a day, a month, a year or all years, of an edition or of the section at `path`."""
    node = edition_named(edition)
    section = node.by_path.get(f"{node.home}{path}/") if node and path else None
    parts = when.split("/") if when else []
    if node is None or (path and section is None) or not _are_digits(parts):
        raise Http404
    try:
        with override(node.code):
            view = archives.calendar_view(node, section, [int(part) for part in parts])
    except ValueError:  # 31 February, or the year 0
        raise Http404 from None
    if view is None:
        raise Http404
    response = draw_page(request, node, view)
    response.rank = RANKS["archive"]  # type: ignore[attr-defined]
    return response


def _are_digits(parts: list[str]) -> bool:
    """Whether they are a year of four digits, and a month and a day of two."""
    return all(part.isascii() and part.isdigit() and len(part) == (2 if at else 4) for at, part in enumerate(parts))


def not_found(request: HttpRequest, edition: str) -> HttpResponse:
    """The page a stand answers with when there is none. It is printed like any other, with its own status."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = not_found_view(node)
    response = draw_page(request, node, view, status=404)
    response.printable = True  # type: ignore[attr-defined]
    return response


def patterns(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in the default edition's shell."""
    from dateline.theme.samples import patterns_page

    first = editions().default
    if first is None:
        raise Http404
    wear(first.slug)
    canonical = f"{settings.BASE_URL}/patterns/"
    head = c.Head(title=f"Patterns | {the_newsroom().name}", canonical=canonical, robots="noindex")
    with override(first.code):
        view = patterns_page(first.shell, head)
    return draw_page(request, first, view)


def _show(
    request: HttpRequest, edition: str, make: Callable[[EditionNode], Any], *, rank: str = "front"
) -> HttpResponse:
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = make(node)
        if view is None:
            return _led_on(request, node)
    response = draw_page(request, node, view, most=rank == "home")
    response.rank = RANKS[rank]  # type: ignore[attr-defined]
    return response


def _led_on(request: HttpRequest, edition: EditionNode) -> HttpResponse:
    """From a front's former path, or a page of its stream, to where it is now."""
    front, page, number = request.path_info.partition("/page/")
    former = FormerPath.objects.filter(path=f"{front.rstrip('/')}/").first()
    models: dict[str, Any] = {model.kind: model for model in (Topic, Person, Coverage, Series)}
    term = models[former.kind].objects.select_related("edition").filter(pk=former.term).first() if former else None
    if former is None or term is None:
        raise Http404
    record(f"{former.kind}:{former.term}")
    return moved(request, edition, term.front.rstrip("/") + page + number if page else term.front)


def _stream_of(edition: EditionNode, path: str) -> tuple[str, str] | None:
    """The stream key and title of what hangs at this path of the edition."""
    section = edition.by_path.get(f"{edition.home}{path}/")
    if section:
        return f"section:{section.id}", section.title
    kind, _slash, slug = path.partition("/")
    if kind == "region":
        found = next(((pk, title) for pk, (name, title) in edition.regions.items() if name == slug), None)
        return (f"region:{found[0]}", found[1]) if found else None
    models: dict[str, tuple[Any, str, str]] = {
        "topic": (Topic, "name", "topic"),
        "author": (Person, "name", "person"),
        "coverage": (Coverage, "title", "coverage"),
        "series": (Series, "title", "series"),
    }
    if kind not in models:
        return None
    model, name, key = models[kind]
    row = model.objects.filter(edition_id=edition.id, slug=slug).values_list("pk", name).first()
    if row is None:
        return None
    record(f"{key}:{row[0]}")
    return f"{key}:{row[0]}", row[1]
