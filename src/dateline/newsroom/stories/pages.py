"""The story page: everything it shows, ready to show."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.newsroom.clips.models import Clip
from dateline.newsroom.clips.pages import clip_object, clip_view, load_clip
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode, editions, languages
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.pictures.pages import close_view, image_object, load_pictures, picture_view, share_image
from dateline.newsroom.stories import paths
from dateline.newsroom.stories.actions import neighbours
from dateline.newsroom.stories.body import body_view
from dateline.newsroom.stories.corrections_pages import Note, comments, notes_view, story_notes
from dateline.newsroom.stories.extensions import additions, extensions
from dateline.newsroom.stories.known import cited_works, known_view, notes_of
from dateline.newsroom.stories.models import Series, Story, Topic
from dateline.newsroom.stories.source_blocks import sources_from
from dateline.newsroom.stories.teasers import Desk, Signed, episode_label, form_label, minutes_read, names, signed_by
from dateline.newsroom.stories.versions import has_versions
from dateline.press.ingredients import fresh_until, record
from dateline.theme import components as c

_SPAN = re.compile(r"</?span\b[^>]*>")

YEAR = timedelta(days=365.2425)

#: Stories of these forms age: an explainer of three years ago may be wrong, a gallery is not.
AGEING = frozenset({"news", "analysis", "explainer", "opinion", "blog", "live"})


def story_view(story: Story, edition: EditionNode, url: str) -> c.StoryView:
    """The page of a story at `url`, in about twenty queries whatever it holds."""
    record(f"story:{story.pk}", f"group:{story.translation_key}")
    authors = signed_by([story.pk]).get(story.pk, ())
    record(*(f"person:{author.id}" for author in authors))
    coverage = story.coverages.order_by("pk").first()
    pictures = load_pictures(
        [story.lead_picture_id, coverage.picture_id if coverage else None, *(a.photo_id for a in authors)]
    )
    record(*(f"picture:{pk}" for pk in pictures))
    lead = pictures.get(story.lead_picture_id or 0)
    section = edition.section(story.section_id)
    urls = translations(story, edition, url)
    topics = list(story.topics.order_by("name", "pk"))
    record(*(f"topic:{topic.pk}" for topic in topics))
    sources, footnotes = notes_of(story.sources.raw_data, edition.voice)
    body = body_view(story, footnotes)
    clip = load_clip(story.clip_id)
    poster = _poster(clip, lead, pictures)
    notes = story_notes(story)
    corrections, corrected = notes_view(notes, edition)
    view = c.StoryView(
        head=_head(story, edition, url, urls, authors, lead, clip, topics, notes),
        shell=edition.shell,
        url=url,
        form=story.form,
        headline=story.headline,
        kicker=story.kicker or (section.title if section else ""),
        kicker_url=section.path if section else "",
        form_label=form_label(story, section),
        standfirst=story.standfirst,
        authors=tuple(_author(edition, a, pictures) for a in authors),
        byline=names(edition, authors),
        source=story.source,
        published=edition.voice.moment(story.published) if story.published else None,
        updated=edition.voice.moment(story.updated) if story.updated else None,
        minutes=minutes_read(edition, story.words),
        place=story.place,
        old=_age(story, edition),
        lead=_lead_view(story, lead, edition) if lead else None,
        gallery=_shown(body) if story.form == "gallery" else (),
        clip=clip_view(clip, edition, url, poster=poster) if clip else None,
        series=_series(story, story.series, edition) if story.series else None,
        body=tuple(part for part in body if story.form != "gallery" or not isinstance(part, c.Gallery)),
        corrections=corrections,
        corrected=corrected,
        versions=f"{url}versions/" if edition.public_versions and has_versions(story) else "",
        known=known_view(sources, edition.voice, footnotes),
        rights=story.rights,
        topics=tuple(c.Link(topic.name, paths.topic_path(edition, topic.slug)) for topic in topics),
        coverage=_coverage(coverage, edition) if coverage else None,
        coverage_picture=(
            picture_view(pictures[coverage.picture_id], decorative=True)
            if coverage and coverage.picture_id in pictures
            else None
        ),
        address=(settings.BASE_URL + url).split("://", 1)[1],
    )
    for addition in additions():
        view = addition.complete(story, edition, url, view)
    extension = extensions().get(story.form)
    return extension.complete(story, edition, url, view) if extension else view


def translations(story: Story, edition: EditionNode, url: str) -> dict[str, str]:
    """Paths of this story in every edition that has it, by edition slug, its own among them."""
    found = {edition.slug: url}
    rows = Address.objects.filter(current=True, page__translation_key=story.translation_key, page__live=True)
    by_slug = editions().editions
    for path in rows.exclude(page_id=story.pk).order_by("path").values_list("path", flat=True)[:50]:
        slug = path.split("/", 2)[1]
        if slug in by_slug:
            found.setdefault(slug, path)
    return found


def alternates(urls: dict[str, str]) -> tuple[c.Alternate, ...]:
    """hreflang links, mutual and self-including, with x-default; none for a page that stands alone."""
    if len(urls) < 2:
        return ()
    everyone = editions()
    found = [c.Alternate(everyone.editions[slug].code, settings.BASE_URL + path) for slug, path in sorted(urls.items())]
    default = everyone.default
    first = urls.get(default.slug if default else "") or urls[min(urls)]
    return (*found, c.Alternate("x-default", settings.BASE_URL + first))


def _author(edition: EditionNode, author: Signed, pictures: dict[int, Picture]) -> c.Author:
    photo = pictures.get(author.photo_id or 0)
    return c.Author(
        author.name,
        paths.author_path(edition, author.slug),
        author.role,
        photo=picture_view(photo, decorative=True) if photo else None,
    )


def _age(story: Story, edition: EditionNode) -> str:
    """The notice over an old story. The page is printed anew when its age next changes."""
    if not story.published or story.form not in AGEING:
        return ""
    now = timezone.now()
    years = int((now - story.published) / YEAR)
    fresh_until(story.published + YEAR * (years + 1))
    if years < 1:
        return ""
    text = ngettext("This story is %(number)s year old.", "This story is %(number)s years old.", years)
    return text % {"number": edition.voice.number(years)}


def _shown(body: Iterable[c.BodyPart]) -> tuple[c.Picture, ...]:
    return tuple(picture for part in body if isinstance(part, c.Gallery) for picture in part.pictures)


def _lead_view(story: Story, lead: Picture, edition: EditionNode) -> c.Picture:
    if story.form == "infographic":
        return replace(close_view(lead, caption=story.lead_caption, voice=edition.voice), number=1)
    return picture_view(lead, caption=story.lead_caption, voice=edition.voice)


def _poster(clip: Clip | None, lead: Picture | None, pictures: dict[int, Picture]) -> c.Picture | None:
    """What stands where a film will play: the story's own picture, or the film's."""
    if clip is None:
        return None
    shown = lead
    if shown is None and clip.poster_id:
        pictures |= load_pictures([clip.poster_id])
        record(f"picture:{clip.poster_id}")
        shown = pictures.get(clip.poster_id)
    return picture_view(shown, decorative=True) if shown else None


def _series(story: Story, series: Series, edition: EditionNode) -> c.Serial:
    """The programme that the story is a part of, and the parts beside it."""
    record(f"series:{series.pk}", f"episodes:{story.pk}")
    beside = neighbours(story)
    desk = Desk(edition)
    ids = [found.pk for found in beside if found]
    desk.load(ids)
    cards = {card.story.pk: card for card in desk.take(ids)}
    before, after = (desk.teaser(cards[found.pk]) if found and found.pk in cards else None for found in beside)
    return c.Serial(
        c.Link(series.title, paths.series_path(edition, series.slug)), episode_label(edition, story), before, after
    )


def _coverage(coverage: Any, edition: EditionNode) -> c.Dossier:
    record(f"coverage:{coverage.pk}")
    return c.Dossier(_("Coverage"), coverage.title, paths.coverage_path(edition, coverage.slug), coverage.summary)


def _head(
    story: Story,
    edition: EditionNode,
    url: str,
    urls: dict[str, str],
    authors: tuple[Signed, ...],
    lead: Picture | None,
    clip: Clip | None,
    topics: Sequence[Topic],
    notes: Sequence[Note],
) -> c.Head:
    image, width, height = share_image(lead) if lead else ("", 0, 0)
    canonical = settings.BASE_URL + url
    description = story.search_description or story.standfirst or _begins(story)
    published = story.published or datetime.now(UTC)
    modified = story.updated or published
    article = _article(story, edition, canonical, description, authors, published, modified)
    article |= cited_works(sources_from(story.sources.raw_data))
    if lead:
        article["image"] = [image_object(lead)]
    if topics:
        article["about"] = [thing(topic, edition) for topic in topics]
    if notes:
        article["correction"] = comments(notes)
    if clip:
        article["video" if clip.kind == "video" else "audio"] = clip_object(
            clip, edition, url, headline=story.headline, text=description, image=image, published=published.isoformat()
        )
    return c.Head(
        title=f"{story.title} | {edition.name}",
        canonical=canonical,
        description=description[:300],
        alternates=alternates(urls),
        languages=languages(edition, urls),
        og_type="article",
        image=image,
        image_width=width,
        image_height=height,
        image_alt=lead.description if lead else "",
        published=published.isoformat(),
        modified=modified.isoformat(),
        json_ld=json_ld(article),
        robots="max-image-preview:large",
    )


def _begins(story: Story) -> str:
    """How the text begins, for those who search: a story may have no standfirst."""
    first = next((block["value"] for block in story.body.raw_data if block["type"] == "text"), "")
    return plain_beginning(first) or story.headline


def plain_beginning(html: str) -> str:
    """The first words of a piece of HTML, as text."""
    # A tag ends a word: paragraphs stand beside each other without a space.
    text = unescape(strip_tags(_SPAN.sub("", html)[:2000].replace("<", " <"))).split()
    return Truncator(" ".join(text)).chars(200)


def _article(
    story: Story,
    edition: EditionNode,
    canonical: str,
    description: str,
    authors: tuple[Signed, ...],
    published: datetime,
    modified: datetime,
) -> dict[str, Any]:
    section = edition.section(story.section_id)
    kinds = {"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "explainer": "BackgroundNewsArticle"}
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kinds.get(story.form, "NewsArticle"),
        "headline": story.headline,
        "mainEntityOfPage": canonical,
        "url": canonical,
        "inLanguage": edition.code,
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": edition.organisation,
            "url": settings.BASE_URL + edition.home,
        },
        "isAccessibleForFree": True,
        "wordCount": story.words,
    }
    if description:
        article["description"] = description
    if authors:
        base = settings.BASE_URL
        article["author"] = [
            {"@type": "Person", "name": a.name, "url": base + paths.author_path(edition, a.slug)} for a in authors
        ]
    if section:
        article["articleSection"] = section.title
    if story.place:
        article["dateline"] = story.place
    return article


#: What schema.org calls what a topic stands for.
_THINGS = {"person": "Person", "organisation": "Organization", "place": "Place"}


def thing(topic: Topic, edition: EditionNode) -> dict[str, Any]:
    """A topic as schema.org has it."""
    url = settings.BASE_URL + paths.topic_path(edition, topic.slug)
    said: dict[str, Any] = {"@type": _THINGS.get(topic.stands_for, "Thing"), "name": topic.name, "url": url}
    if topic.about:
        said["description"] = topic.about
    if others := topic.others:
        said["alternateName"] = others
    return said


def json_ld(data: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
