"""Sitemaps, cut so that a publish touches one of them (https://www.sitemaps.org/protocol.html), and robots.txt."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from lxml.etree import Element, SubElement, tostring

from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.broadcast.pages import channel_path
from dateline.newsroom.clips.models import Clip
from dateline.newsroom.clips.paths import plain_url
from dateline.newsroom.editions.shell import EditionNode, edition_named, editions
from dateline.newsroom.pictures.pages import load_pictures, share_image
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.models import StreamEntry
from dateline.newsroom.trackers.models import Tracker
from dateline.press.ingredients import fresh_until, record, wear

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

#: A sitemap's own limit.
MOST = 50_000
#: What a news sitemap holds: two days, a thousand stories.
NEWS_WINDOW = timedelta(hours=48)
NEWS_MOST = 1000


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk is not public, and a search is for people."""
    text = f"User-agent: *\nDisallow: /desk/\nDisallow: /*/search/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """All sitemaps: for each edition its fronts, its news and its stories, newest first."""
    root = Element("sitemapindex", nsmap={None: _SITEMAP})
    for edition in editions().editions.values():
        wear(edition.slug)
        for path in (f"{edition.home}sitemap-fronts.xml", f"{edition.home}sitemap-news.xml", *parts(edition)):
            SubElement(SubElement(root, "sitemap"), "loc").text = settings.BASE_URL + path
    return _xml(root)


def fronts(request: HttpRequest, edition: str) -> HttpResponse:
    node = _edition(edition)
    root = Element("urlset", nsmap={None: _SITEMAP})
    found = [node.home, *(section.path for section in node.sections.values())]
    found += [paths.region_path(node, slug) for slug, _ in node.regions.values()]
    found += [link.url for link in node.shell.pages]
    found.append(paths.corrections_path(node))
    record(f"list:channels:{node.id}")
    found += [
        channel_path(node, slug) for slug in Channel.objects.filter(edition=node.id).values_list("slug", flat=True)
    ]
    record(f"trackers:{node.id}")
    trackers = Tracker.objects.filter(edition=node.id, live=True).order_by("pk").values_list("slug", flat=True)
    found += [f"{node.home}tracker/{slug}/" for slug in trackers[: MOST - len(found)]]
    for path in found:
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


def part(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """The stories of some pages of the edition's stream, counted from the oldest: what is full changes no more."""
    node = _edition(edition)
    key = f"edition:{node.id}"
    if not 1 <= number <= _parts(node) or request.path_info != paths.sitemap_path(node, number):
        raise Http404
    last = number * paths.PAGES_IN_SITEMAP
    first = last - paths.PAGES_IN_SITEMAP + 1
    # A story's change announces its page of the list; hundreds of ingredients would say no more.
    for page in range(first, last + 1):
        record(f"list:{key}/{page}")
    entries = StreamEntry.objects.filter(stream__key=key, page__range=(first, last)).order_by("-published", "-story_id")
    public = entries.filter(story__addresses__current=True)
    rows = public.values_list("story__addresses__path", "published", "story__updated", "story__shown_clip")[:MOST]
    films = _films(pk for *_row, pk in rows if pk)
    names: dict[str | None, str] = {None: _SITEMAP, "video": _VIDEO} if films else {None: _SITEMAP}
    root = Element("urlset", nsmap=names)
    for path, published, updated, clip in rows:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = settings.BASE_URL + path
        SubElement(url, "lastmod").text = max(filter(None, (updated, published))).isoformat()
        if clip in films:
            _film(url, *films[clip], published)
    return _xml(root)


def _films(ids: Iterable[int]) -> dict[int, tuple[Clip, str]]:
    """Films that readers may see and the address of each one's poster, in three queries; one without is left out."""
    rows = list(Clip.objects.filter(pk__in=set(ids), kind="video", withheld=False).exclude(key=""))
    posters = load_pictures(clip.poster_id for clip in rows)
    found: dict[int, tuple[Clip, str]] = {}
    for clip in rows:
        if clip.poster_id in posters:
            found[clip.pk] = (clip, share_image(posters[clip.poster_id])[0])
    return found


def _film(url: Element, clip: Clip, poster: str, published: datetime) -> None:
    entry = SubElement(url, f"{{{_VIDEO}}}video")
    SubElement(entry, f"{{{_VIDEO}}}thumbnail_loc").text = poster
    SubElement(entry, f"{{{_VIDEO}}}title").text = clip.title[:100]
    SubElement(entry, f"{{{_VIDEO}}}description").text = (clip.description or clip.title)[:2048]
    SubElement(entry, f"{{{_VIDEO}}}content_loc").text = settings.BASE_URL + plain_url(clip)
    SubElement(entry, f"{{{_VIDEO}}}duration").text = str(max(1, min(28_800, round(clip.milliseconds / 1000))))
    SubElement(entry, f"{{{_VIDEO}}}publication_date").text = published.isoformat()


def parts(edition: EditionNode) -> list[str]:
    """Paths of the sitemaps that list an edition's stories, newest first."""
    record(f"list:edition:{edition.id}/pages")
    return [paths.sitemap_path(edition, number) for number in range(_parts(edition), 0, -1)]


def _parts(edition: EditionNode) -> int:
    return -(-(streams.last_page(f"edition:{edition.id}") or 0) // paths.PAGES_IN_SITEMAP)


def _edition(slug: str) -> EditionNode:
    node = edition_named(slug)
    if node is None:
        raise Http404
    return node


def _xml(root: Element) -> HttpResponse:
    body = tostring(root, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
