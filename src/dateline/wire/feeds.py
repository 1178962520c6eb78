"""RSS 2.0 per edition and per section (https://www.rssboard.org/rss-specification)."""

from email.utils import format_datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from lxml.etree import Element, SubElement, tostring

from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.corrections_pages import label_of, newest_lines
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.paths import corrections_path
from dateline.newsroom.stories.teasers import Desk, names
from dateline.press.ingredients import record

#: Stories in a feed.
NEWEST = 30

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"


def edition_rss(request: HttpRequest, edition: str) -> HttpResponse:
    node = edition_named(edition)
    if node is None:
        raise Http404
    about = node.shell.slogan or node.shell.about or node.name
    return _rss(node, f"edition:{node.id}", node.name, about, node.home, request.path_info)


def section_rss(request: HttpRequest, edition: str, path: str) -> HttpResponse:
    node = edition_named(edition)
    section = node.by_path.get(f"/{edition}/{path}/") if node else None
    if node is None or section is None:
        raise Http404
    title = f"{section.title} | {node.name}"
    return _rss(node, f"section:{section.id}", title, section.description or title, section.path, request.path_info)


def corrections_rss(request: HttpRequest, edition: str) -> HttpResponse:
    """What was wrong in the edition's stories, and which were withdrawn."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        title = f"{gettext('Corrections')} | {node.name}"
        root, channel = _channel(node, title, title, corrections_path(node), request.path_info)
        lines = newest_lines(node)[:NEWEST]
        if lines:
            SubElement(channel, "lastBuildDate").text = format_datetime(lines[0].at)
        for line in lines:
            item = SubElement(channel, "item")
            SubElement(item, "title").text = f"{label_of(line.kind)}: {line.headline}"
            link = f"{line.path}#corrections" if line.path else corrections_path(node)
            SubElement(item, "link").text = settings.BASE_URL + link
            SubElement(item, "guid", isPermaLink="false").text = line.guid
            SubElement(item, "pubDate").text = format_datetime(line.at)
            SubElement(item, "description").text = line.text
    return as_xml(root, "application/rss+xml; charset=utf-8")


def _rss(edition: EditionNode, key: str, title: str, description: str, link: str, own: str) -> HttpResponse:
    record(f"list:{key}")
    ids = streams.newest([key], NEWEST)[key]
    desk = Desk(edition)
    desk.load(ids)
    root, channel = _channel(edition, title, description, link, own)
    cards = desk.take(ids)
    # The identity that the story keeps wherever it goes: readers are not shown it anew when a newsroom moves.
    uris = dict(Story.objects.filter(pk__in=ids).values_list("pk", "uri"))
    if cards and cards[0].story.published:
        SubElement(channel, "lastBuildDate").text = format_datetime(cards[0].story.published)
    for card in cards:
        record(f"story:{card.story.pk}", *(f"person:{a.id}" for a in card.authors))
        item = SubElement(channel, "item")
        SubElement(item, "title").text = card.story.title
        SubElement(item, "link").text = settings.BASE_URL + card.url
        SubElement(item, "guid", isPermaLink="false").text = uris[card.story.pk]
        if card.story.published:
            SubElement(item, "pubDate").text = format_datetime(card.story.published)
        if card.story.standfirst:
            SubElement(item, "description").text = card.story.standfirst
        if card.authors:
            SubElement(item, f"{{{_DC}}}creator").text = names(edition, card.authors)
        section = edition.section(card.story.section_id)
        if section:
            SubElement(item, "category").text = section.title
    return as_xml(root, "application/rss+xml; charset=utf-8")


def _channel(edition: EditionNode, title: str, description: str, link: str, own: str) -> tuple[Element, Element]:
    """The root of a feed and its channel, which says what it is."""
    root = Element("rss", version="2.0", nsmap={"atom": _ATOM, "dc": _DC})
    channel = SubElement(root, "channel")
    for name, text in (
        ("title", title),
        ("link", settings.BASE_URL + link),
        ("description", description),
        ("language", edition.code.lower()),
    ):
        SubElement(channel, name).text = text
    self_link = SubElement(channel, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml")
    self_link.set("href", settings.BASE_URL + own)
    return root, channel


def as_xml(root: Element, content_type: str) -> HttpResponse:
    """A tree as the answer to a request."""
    body = tostring(root, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type=content_type)
