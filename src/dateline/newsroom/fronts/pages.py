"""Fronts and the pages of streams behind them."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import InfoPage
from dateline.newsroom.editions.shell import EditionNode, SectionNode, editions, languages
from dateline.newsroom.fronts.layout import curated, fill, home_by_rule, section_by_rule, stream_by_rule
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.pictures.pages import load_pictures, picture_view, share_image
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.models import Person, Series, Topic
from dateline.newsroom.stories.pages import alternates, json_ld, plain_beginning, thing
from dateline.newsroom.stories.teasers import Desk
from dateline.newsroom.trackers.cards import with_trackers
from dateline.press.ingredients import record
from dateline.theme import components as c


def home_view(edition: EditionNode) -> c.FrontView:
    front = Front.objects.filter(page_id=edition.id).first()
    slots = curated(edition, front) if front and front.blocks else home_by_rule(edition)
    urls = {other.slug: other.home for other in editions().editions.values()}
    description = edition.shell.slogan or edition.shell.about
    title = f"{edition.name}: {edition.shell.slogan}" if edition.shell.slogan else edition.name
    organisation = {
        "@context": "https://schema.org",
        "@type": "NewsMediaOrganization",
        "name": edition.name,
        "url": settings.BASE_URL + edition.home,
        "inLanguage": edition.code,
    }
    return c.FrontView(
        head=_head(edition, title, edition.home, urls, description, f"{edition.home}rss.xml", json_ld(organisation)),
        shell=edition.shell,
        heading=_("Today’s front"),
        blocks=fill(edition, slots),
        home=True,
    )


def section_view(edition: EditionNode, node: SectionNode) -> c.FrontView:
    front = Front.objects.filter(page_id=node.id).first()
    slots = curated(edition, front) if front and front.blocks else section_by_rule(edition, node)
    urls = section_translations(edition, node)
    parent = edition.section(node.parent)
    return c.FrontView(
        head=_head(edition, f"{node.title} | {edition.name}", node.path, urls, node.description, f"{node.path}rss.xml"),
        shell=edition.shell,
        heading=node.title,
        blocks=fill(edition, slots),
        description=node.description,
        eyebrow=c.Link(parent.title, parent.path) if parent else None,
        children=tuple(c.Link(edition.sections[pk].title, edition.sections[pk].path) for pk in node.children),
        older=_older(edition, f"section:{node.id}", node.path),
    )


def section_translations(edition: EditionNode, node: SectionNode) -> dict[str, str]:
    """Paths of this section in every edition that has it; they change with the shells alone."""
    return {edition.slug: node.path} | {
        other.slug: twin.path
        for other in editions().editions.values()
        for twin in other.sections.values()
        if other.slug != edition.slug and twin.group == node.group
    }


def region_view(edition: EditionNode, slug: str) -> c.FrontView | None:
    region = next((pk for pk, (name, _title) in edition.regions.items() if name == slug), None)
    if region is None:
        return None
    title = edition.regions[region][1]
    urls = {
        other.slug: paths.region_path(other, slug)
        for other in editions().editions.values()
        if any(name == slug for name, _title in other.regions.values())
    }
    return _stream_front(edition, f"region:{region}", title, paths.region_path(edition, slug), urls=urls)


def topic_view(edition: EditionNode, slug: str) -> c.FrontView | None:
    topic = Topic.objects.filter(edition_id=edition.id, slug=slug).first()
    if topic is None:
        return None
    record(f"topic:{topic.pk}")
    picture = load_pictures([topic.picture_id]).get(topic.picture_id or 0)
    if picture:
        record(f"picture:{picture.pk}")
    front = _stream_front(
        edition,
        f"topic:{topic.pk}",
        topic.name,
        paths.topic_path(edition, slug),
        description=topic.about,
        eyebrow=c.Link(_kind_of(topic), ""),
        picture=picture_view(picture) if picture else None,
        image=share_image(picture) if picture else ("", 0, 0),
        data=json_ld({"@context": "https://schema.org", "@type": "CollectionPage", "about": thing(topic, edition)}),
    )
    return replace(front, blocks=with_trackers(edition, front.blocks, topics=topic.pk))


def _kind_of(topic: Topic) -> str:
    kinds = {"person": _("Person"), "organisation": _("Organisation"), "place": _("Place")}
    return kinds.get(topic.stands_for) or _("Topic")


def author_view(edition: EditionNode, slug: str) -> c.FrontView | None:
    person = Person.objects.filter(edition_id=edition.id, slug=slug).first()
    if person is None:
        return None
    record(f"person:{person.pk}")
    photo = load_pictures([person.photo_id]).get(person.photo_id or 0)
    if photo:
        record(f"picture:{photo.pk}")
    path = paths.author_path(edition, slug)
    shown = picture_view(photo, decorative=True) if photo else None
    author = c.Author(person.name, path, person.role, person.bio, shown)
    return _stream_front(edition, f"person:{person.pk}", person.name, path, author=author, description=person.bio)


def series_view(edition: EditionNode, slug: str) -> c.FrontView | None:
    """The page of a programme: what it is, and its episodes, the newest first."""
    series = Series.objects.filter(edition_id=edition.id, slug=slug).first()
    if series is None:
        return None
    record(f"series:{series.pk}")
    picture = load_pictures([series.picture_id]).get(series.picture_id or 0)
    if picture:
        record(f"picture:{picture.pk}")
    section = edition.section(series.section_id)
    return _stream_front(
        edition,
        f"series:{series.pk}",
        series.title,
        paths.series_path(edition, slug),
        description=series.summary,
        eyebrow=c.Link(section.title, section.path) if section else c.Link(_("Series"), ""),
        picture=picture_view(picture) if picture else None,
        image=share_image(picture) if picture else ("", 0, 0),
    )


def archive_view(edition: EditionNode, key: str, title: str, path: str, number: int) -> c.ArchiveView | None:
    """One page of a stream. The page is its ingredient, not the stream: a new story changes the newest page alone."""
    found = streams.page_of(key, number)
    record(f"list:{key}/{number}")
    if found is None:
        return None
    desk = Desk(edition)
    desk.load(found.story_ids)
    cards = desk.take(found.story_ids)
    page = _("Page %(number)s") % {"number": edition.voice.number(number)}
    return c.ArchiveView(
        head=_head(edition, f"{title}: {page} | {edition.name}", f"{path}page/{number}/", {}, "", ""),
        shell=edition.shell,
        heading=title,
        front=c.Link(title, path),
        page=page,
        teasers=tuple(desk.teaser(card, picture=False) for card in cards),
        newer=c.Link(_("Newer"), f"{path}page/{found.newer}/") if found.newer else None,
        older=c.Link(_("Older"), f"{path}page/{found.older}/") if found.older else None,
    )


def _older(edition: EditionNode, key: str, path: str) -> c.Link | None:
    """Where the front's own stream is read on: its newest page."""
    record(f"list:{key}")
    number = streams.last_page(key)
    return c.Link(_("All stories by date"), f"{path}page/{number}/") if number else None


def _stream_front(
    edition: EditionNode,
    key: str,
    title: str,
    path: str,
    *,
    urls: dict[str, str] | None = None,
    author: c.Author | None = None,
    description: str = "",
    eyebrow: c.Link | None = None,
    picture: c.Picture | None = None,
    image: tuple[str, int, int] = ("", 0, 0),
    data: str = "",
) -> c.FrontView:
    return c.FrontView(
        head=_head(edition, f"{title} | {edition.name}", path, urls or {}, description, "", data, image),
        shell=edition.shell,
        heading=title,
        blocks=fill(edition, stream_by_rule(key)),
        description="" if author else description,
        eyebrow=eyebrow,
        author=author,
        picture=picture,
        older=_older(edition, key, path),
    )


def _head(
    edition: EditionNode,
    title: str,
    path: str,
    urls: dict[str, str],
    description: str,
    feed: str,
    data: str = "",
    image: tuple[str, int, int] = ("", 0, 0),
) -> c.Head:
    # What those who search read of a page that nobody has described.
    said = description or _("%(subject)s: news from %(name)s") % {
        "subject": title.rpartition(" | ")[0],
        "name": edition.name,
    }
    return c.Head(
        title=title,
        canonical=settings.BASE_URL + path,
        description=said[:300],
        alternates=alternates(urls),
        languages=languages(edition, urls),
        feed=settings.BASE_URL + feed if feed else "",
        json_ld=data,
        image=image[0],
        image_width=image[1],
        image_height=image[2],
    )


def text_view(edition: EditionNode, page_id: int, path: str) -> c.TextView | None:
    page = InfoPage.objects.filter(pk=page_id, live=True).first()
    if page is None:
        return None
    record(f"page:{page.pk}")
    urls = {edition.slug: path}
    sisters = InfoPage.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    rows = Address.objects.filter(current=True, page_id__in=list(sisters.values_list("pk", flat=True)[:50]))
    for other in rows.values_list("path", flat=True):
        urls.setdefault(other.split("/", 2)[1], other)
    record(f"group:{page.translation_key}")
    about = page.search_description or plain_beginning(page.body)
    return c.TextView(
        head=_head(edition, f"{page.title} | {edition.name}", path, urls, about, ""),
        shell=edition.shell,
        heading=page.title,
        body_html=page.body,
    )
