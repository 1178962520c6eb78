"""Podcasts per edition and per section: RSS 2.0 with Apple's tags (https://podcasters.apple.com/support/823) and those
of Podcasting 2.0 (https://podcasting2.org/docs/podcast-namespace)."""

from email.utils import format_datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml.etree import Element, SubElement

from dateline.newsroom.clips.models import Clip
from dateline.newsroom.clips.pages import captions_path
from dateline.newsroom.clips.paths import plain_url
from dateline.newsroom.editions.models import the_newsroom
from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.listen.models import Recording
from dateline.newsroom.listen.pages import MP3_TYPE, OPUS_TYPE, episodes, voice_label
from dateline.newsroom.listen.paths import mp3_name, opus_name, transcript_path
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.teasers import Card, Desk, names
from dateline.press.ingredients import record
from dateline.theme.bundle import cover_bundle
from dateline.wire.feeds import as_xml

_ATOM = "http://www.w3.org/2005/Atom"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"

#: Namespace that the identity of a podcast is made in from its address.
_GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def edition_podcast(request: HttpRequest, edition: str) -> HttpResponse:
    node = edition_named(edition)
    if node is None:
        raise Http404
    about = node.shell.slogan or node.shell.about or node.name
    return _podcast(node, f"edition:{node.id}", node.name, about, node.home, request.path_info)


def section_podcast(request: HttpRequest, edition: str, path: str) -> HttpResponse:
    node = edition_named(edition)
    section = node.by_path.get(f"/{edition}/{path}/") if node else None
    if node is None or section is None:
        raise Http404
    title = f"{section.title} | {node.name}"
    return _podcast(node, f"section:{section.id}", title, section.description or title, section.path, request.path_info)


def _podcast(edition: EditionNode, key: str, title: str, about: str, link: str, own: str) -> HttpResponse:
    base = settings.BASE_URL
    rows = episodes(key)
    ids = [pk for pk, _sound in rows]
    desk = Desk(edition)
    desk.load(ids)
    cards = {card.story.pk: card for card in desk.take(ids)}
    uris = dict(Story.objects.filter(pk__in=ids).values_list("pk", "uri"))
    root = Element("rss", version="2.0", nsmap={"atom": _ATOM, "itunes": _ITUNES, "podcast": _PODCAST})
    channel = SubElement(root, "channel")
    with override(edition.code):
        told = _("%(about)s Read aloud by a synthetic voice.") % {"about": _sentence(about)}
    for name, text in (
        ("title", title),
        ("link", base + link),
        ("description", told),
        ("language", edition.code.lower()),
        (f"{{{_ITUNES}}}author", edition.organisation or edition.name),
        (f"{{{_ITUNES}}}type", "episodic"),
        (f"{{{_ITUNES}}}explicit", "false"),
        (f"{{{_PODCAST}}}guid", str(uuid5(_GUIDS, (base + own).split("://", 1)[1].rstrip("/")))),
        (f"{{{_PODCAST}}}medium", "podcast"),
    ):
        SubElement(channel, name).text = text
    own_link = SubElement(channel, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml")
    own_link.set("href", base + own)
    SubElement(channel, f"{{{_ITUNES}}}category", text="News")
    SubElement(channel, f"{{{_ITUNES}}}image", href=base + cover_bundle(accent=the_newsroom().accent).url)
    for pk, sound in rows:
        if pk in cards:
            item = _episode(channel, edition, cards[pk], uris[pk])
            if isinstance(sound, Clip):
                _recorded(item, sound, cards[pk])
            else:
                _read(item, edition, sound, cards[pk])
    return as_xml(root, "application/rss+xml; charset=utf-8")


def _episode(channel: Element, edition: EditionNode, card: Card, uri: str) -> Element:
    story, base = card.story, settings.BASE_URL
    record(f"story:{story.pk}", f"listen:{story.pk}", *(f"person:{author.id}" for author in card.authors))
    item = SubElement(channel, "item")
    SubElement(item, "title").text = story.title
    SubElement(item, "link").text = base + card.url
    SubElement(item, "guid", isPermaLink="false").text = uri
    if story.published:
        SubElement(item, "pubDate").text = format_datetime(story.published)
    SubElement(item, f"{{{_ITUNES}}}explicit").text = "false"
    if card.authors:
        SubElement(item, f"{{{_ITUNES}}}author").text = names(edition, card.authors)
    return item


def _recorded(item: Element, clip: Clip, card: Card) -> None:
    """A story that is a recording: that is what is heard."""
    SubElement(item, "description").text = clip.description or card.story.standfirst or card.story.title
    SubElement(item, "enclosure", url=settings.BASE_URL + plain_url(clip), length=str(clip.plain_size), type=MP3_TYPE)
    SubElement(item, f"{{{_ITUNES}}}duration").text = str(round(clip.milliseconds / 1000))
    for captions in clip.captions.order_by("language"):
        transcript = SubElement(item, f"{{{_PODCAST}}}transcript", type="text/vtt", language=captions.language)
        transcript.set("url", settings.BASE_URL + captions_path(card.url, captions.language))


def _read(item: Element, edition: EditionNode, sound: Recording, card: Card) -> None:
    """A story that a voice reads."""
    base = settings.BASE_URL
    with override(edition.code):
        voice = _("Read by a synthetic voice: %(voice)s") % {"voice": voice_label(sound.voice)}
    SubElement(item, "description").text = f"{card.story.standfirst} {voice}".strip()
    mp3 = base + settings.MEDIA_URL + mp3_name(sound.key)
    SubElement(item, "enclosure", url=mp3, length=str(sound.mp3_size), type=MP3_TYPE)
    SubElement(item, f"{{{_ITUNES}}}duration").text = str(round(sound.milliseconds / 1000))
    transcript = SubElement(item, f"{{{_PODCAST}}}transcript", url=base + transcript_path(card.url), type="text/vtt")
    transcript.set("language", edition.code)
    other = SubElement(item, f"{{{_PODCAST}}}alternateEnclosure", type=OPUS_TYPE, length=str(sound.opus_size))
    SubElement(other, f"{{{_PODCAST}}}source", uri=base + settings.MEDIA_URL + opus_name(sound.key))


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "؟", "…")) else f"{text}."
