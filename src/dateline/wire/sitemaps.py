"""Sitemaps, cut by month so that a publish touches one cut (https://www.sitemaps.org/protocol.html), and robots.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from lxml.etree import Element, SubElement, tostring

from dateline.newsroom.editions.shell import EditionNode, edition_named, editions
from dateline.newsroom.stories.models import StreamEntry
from dateline.press.ingredients import fresh_until, record, wear

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

#: A sitemap's own limit.
MOST = 50_000
#: What a news sitemap holds: two days, a thousand stories.
NEWS_WINDOW = timedelta(hours=48)
NEWS_MOST = 1000


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk is not public."""
    text = f"User-agent: *\nDisallow: /desk/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """All sitemaps: for each edition its fronts, its news and its months, newest first."""
    root = Element("sitemapindex", nsmap={None: _SITEMAP})
    for edition in editions().editions.values():
        wear(edition.slug)
        record(f"months:{edition.id}")
        names = ["sitemap-fronts.xml", "sitemap-news.xml", *(f"sitemap-{m}.xml" for m in months(edition))]
        for name in names:
            SubElement(SubElement(root, "sitemap"), "loc").text = f"{settings.BASE_URL}{edition.home}{name}"
    return _xml(root)


def fronts(request: HttpRequest, edition: str) -> HttpResponse:
    node = _edition(edition)
    root = Element("urlset", nsmap={None: _SITEMAP})
    paths = [node.home, *(section.path for section in node.sections.values())]
    paths += [f"{node.home}region/{slug}/" for slug, _ in node.regions.values()]
    paths += [link.url for link in node.shell.pages]
    for path in paths:
        SubElement(SubElement(root, "url"), "loc").text = settings.BASE_URL + path
    return _xml(root)


def news(request: HttpRequest, edition: str) -> HttpResponse:
    """Stories of the last two days; printed anew when the oldest of them leaves."""
    node = _edition(edition)
    record(f"list:edition:{node.id}")
    entries = StreamEntry.objects.filter(
        stream__key=f"edition:{node.id}", published__gte=timezone.now() - NEWS_WINDOW
    ).order_by("-published", "-story_id")
    # Whatever changes a story announces its edition's list; a thousand ingredients would say no more.
    public = entries.filter(story__addresses__current=True)
    rows = list(public.values_list("published", "story__title", "story__addresses__path")[:NEWS_MOST])
    root = Element("urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    for published, title, path in rows:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = settings.BASE_URL + path
        entry = SubElement(url, f"{{{_NEWS}}}news")
        publication = SubElement(entry, f"{{{_NEWS}}}publication")
        SubElement(publication, f"{{{_NEWS}}}name").text = node.name
        SubElement(publication, f"{{{_NEWS}}}language").text = node.code.lower()
        SubElement(entry, f"{{{_NEWS}}}publication_date").text = published.isoformat()
        SubElement(entry, f"{{{_NEWS}}}title").text = title
    if rows:
        fresh_until(rows[-1][0] + NEWS_WINDOW)
    return _xml(root)


def month(request: HttpRequest, edition: str, year: int, month: int) -> HttpResponse:
    """The stories first published in one month of the edition's own calendar."""
    node = _edition(edition)
    if not 1 <= month <= 12 or not 1600 <= year <= 2200 or f"-{year:04}-{month:02}.xml" not in request.path_info:
        raise Http404
    record(f"sitemap:{node.id}:{request.path_info}")
    start = datetime(year, month, 1, tzinfo=node.voice.zone)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=node.voice.zone)
    entries = StreamEntry.objects.filter(
        stream__key=f"edition:{node.id}", published__gte=start.astimezone(UTC), published__lt=end.astimezone(UTC)
    ).order_by("-published", "-story_id")
    # A story's change announces its month's sitemap; thousands of ingredients would say no more.
    public = entries.filter(story__addresses__current=True)
    rows = public.values_list("story__addresses__path", "published", "story__updated")[:MOST]
    root = Element("urlset", nsmap={None: _SITEMAP})
    for path, published, updated in rows:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = settings.BASE_URL + path
        SubElement(url, "lastmod").text = max(filter(None, (updated, published))).isoformat()
    if not len(root):
        raise Http404
    return _xml(root)


def months(edition: EditionNode) -> list[str]:
    """Months with stories, newest first. Steps from month to month by keyset, so it reads one row each."""
    found: list[str] = []
    entries = StreamEntry.objects.filter(stream__key=f"edition:{edition.id}")
    upto: datetime | None = None
    while len(found) < 5000:
        rows = entries.filter(published__lt=upto) if upto else entries
        newest = rows.order_by("-published", "-story_id").values_list("published", flat=True).first()
        if newest is None:
            return found
        local = edition.voice.local(newest)
        found.append(f"{local.year:04}-{local.month:02}")
        upto = datetime(local.year, local.month, 1, tzinfo=edition.voice.zone).astimezone(UTC)
    return found


def _edition(slug: str) -> EditionNode:
    node = edition_named(slug)
    if node is None:
        raise Http404
    return node


def _xml(root: Element) -> HttpResponse:
    body = tostring(root, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
