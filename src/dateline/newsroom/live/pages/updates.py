"""Live coverage, ready to show: the newest updates on the story's page, the others on pages counted from the oldest."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.live.models import CLOSED, NEWEST, OLDEST, OPEN, LiveStory, Update
from dateline.newsroom.stories import paths
from dateline.newsroom.stories.body import bodies_view
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.pages import json_ld
from dateline.press.events import position_now
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Updates of one page. A page that is full never changes its place.
PER_PAGE = 20
#: Key points that are listed; a longer list is no summary.
KEY_POINTS = 12


def page_of(number: int) -> int:
    return (number - 1) // PER_PAGE + 1


def updates_path(url: str, page: int, order: str = NEWEST) -> str:
    """The sheet of a page's updates, below the story's path: newest first, or as they happened."""
    return f"{url}{'updates' if order == NEWEST else 'timeline'}/{page}/"


def live_view(story: Story, edition: EditionNode, url: str, view: c.StoryView) -> c.StoryView:
    """What the page of a story in form `live` shows beyond that of any other, in about eight queries."""
    at = position_now(edition.slug)
    record(f"live:{story.pk}")
    live = LiveStory.objects.filter(story=story).select_related("pinned__author").first()
    if live is None:
        return view  # it came from elsewhere, when it was over
    shown = _rows(live, _first_pages(live))
    pinned = live.pinned if live.pinned and live.pinned.stands else None
    views = _views([*shown, *([pinned] if pinned else [])], live, edition, url)
    updates = tuple(views[: len(shown)])
    part = c.LiveView(
        live=f"/live/{edition.slug}/{story.pk}",
        at=at,
        status=_status(live, edition),
        order=live.order,
        key_points=_key_points(live, edition, url),
        pinned=views[-1] if pinned else None,
        updates=updates,
        page=page_of(live.last) if live.last else 1,
        further=_further(live, url),
        turned=_turned(live, url),
    )
    modified = max([live.opened_at, *(row.edited_at or row.at for row in shown)])
    return replace(view, live=part, minutes="", head=_head(view.head, live, edition, url, shown, updates, modified))


def updates_view(
    story: Story, edition: EditionNode, url: str, page: int, order: str, languages: tuple[c.LanguageLink, ...]
) -> c.UpdatesView | None:
    """One page of updates; None if there is none of this number."""
    live = LiveStory.objects.filter(story=story).first()
    last = page_of(live.last) if live and live.last else 0
    record(f"updates:{story.pk}/{page}", f"story:{story.pk}")
    if live is None or not 1 <= page <= last:
        record(f"live:{story.pk}")
        return None
    rows = _rows(live, range(page, page + 1), order)
    path = updates_path(url, page, order)
    number = edition.voice.number(page)
    newer = c.Link(_("Newer updates"), updates_path(url, page + 1, order)) if page < last else None
    older = c.Link(_("Earlier updates"), updates_path(url, page - 1, order)) if page > 1 else None
    heading = _("Updates, page %(number)s") % {"number": number}
    return c.UpdatesView(
        head=c.Head(
            title=f"{heading} | {story.title}",
            canonical=settings.BASE_URL + path,
            description=story.standfirst[:300],
            languages=languages,
            robots="noindex, follow",
        ),
        shell=edition.shell,
        heading=heading,
        story=c.Link(story.headline, url),
        live=f"/live/{edition.slug}/{story.pk}",
        at=position_now(edition.slug),
        page=page,
        order=order,
        updates=tuple(_views(rows, live, edition, url)),
        before=newer if order == NEWEST else older,
        after=older if order == NEWEST else newer,
    )


def all_pages() -> Iterator[str]:
    """The path of every page of updates there is."""
    rows = Address.objects.filter(current=True, page__live=True, page__story__live_story__last__gt=0).order_by("pk")
    for url, last in rows.values_list("path", "page__story__live_story__last").iterator(chunk_size=500):
        for page in range(1, page_of(last) + 1):
            yield from (updates_path(url, page, order) for order in (NEWEST, OLDEST))


def made_from(live: LiveStory, update: Update, *, new: bool) -> list[str]:
    """The ingredients that a change of this update changes."""
    page = page_of(update.number)
    found = [f"updates:{live.pk}/{page}"]
    if new and page > 1 and page_of(update.number - 1) != page:
        found.append(f"updates:{live.pk}/{page - 1}")  # it leads on to a page that was not there
    if update.is_key or update.pk == live.pinned_id or page in _first_pages(live):
        found.append(f"live:{live.pk}")
    return found


def update_html(update: Update, live: LiveStory, edition: EditionNode, *, pinned: bool = False) -> str:
    """One update as the list has it: what open pages put in."""
    with override(edition.code):
        (view,) = _views([update], live, edition, _url(live))
        context = {"update": view, "level": 3, "pinned": pinned}
        return render_to_string("theme/parts/update.html", context).strip()


def key_points_html(live: LiveStory, edition: EditionNode) -> str:
    with override(edition.code):
        points = _key_points(live, edition, _url(live))
        return render_to_string("theme/parts/key_points.html", {"points": points}).strip()


def status_html(live: LiveStory, edition: EditionNode) -> str:
    with override(edition.code):
        return render_to_string("theme/parts/live_status.html", {"status": _status(live, edition)}).strip()


def _url(live: LiveStory) -> str:
    return Address.objects.filter(page_id=live.pk, current=True).values_list("path", flat=True).first() or ""


def _first_pages(live: LiveStory) -> range:
    """The pages that stand on the story's own: the two newest, so that there is always one full; or the two oldest."""
    last = page_of(live.last) if live.last else 1
    return range(max(1, last - 1), last + 1) if live.order == NEWEST else range(1, min(2, last) + 1)


def _rows(live: LiveStory, pages: range, order: str = "") -> list[Update]:
    first, end = (pages.start - 1) * PER_PAGE, (pages.stop - 1) * PER_PAGE
    rows = Update.objects.filter(live=live.pk, withdrawn_at=None, number__gt=first, number__lte=end)
    newest = (order or live.order) == NEWEST
    return list(rows.select_related("author").order_by("-number" if newest else "number"))


def _views(rows: Sequence[Update], live: LiveStory, edition: EditionNode, url: str) -> list[c.Update]:
    record(*(f"person:{row.author_id}" for row in rows if row.author_id))
    bodies = bodies_view(row.body.raw_data for row in rows)
    day = _day(live, edition)
    return [
        c.Update(
            id=row.number,
            page=page_of(row.number),
            url=f"{updates_path(url, page_of(row.number))}#u{row.number}",
            time=edition.voice.minute(row.at, beside=day),
            title=row.title,
            body=body,
            author=c.Link(row.author.name, paths.author_path(edition, row.author.slug)) if row.author else None,
            source=row.source,
            edited=edition.voice.minute(row.edited_at, beside=edition.voice.day(row.at)) if row.edited_at else None,
            is_key=row.is_key,
        )
        for row, body in zip(rows, bodies, strict=True)
    ]


def _day(live: LiveStory, edition: EditionNode) -> date:
    """The day whose clocks stand alone; updates of other days say their date. A page that is full keeps its looks, so
    it is the day on which the story began."""
    return edition.voice.day(live.opened_at)


def _key_points(live: LiveStory, edition: EditionNode, url: str) -> tuple[c.Link, ...]:
    rows = Update.objects.filter(live=live.pk, is_key=True, withdrawn_at=None).order_by("-number")[:KEY_POINTS]
    return tuple(
        c.Link(title, f"{updates_path(url, page_of(number))}#u{number}")
        for title, number in rows.values_list("title", "number")
    )


def _status(live: LiveStory, edition: EditionNode) -> c.LiveStatus:
    if live.state == CLOSED:
        closed = edition.voice.moment(live.closed_at) if live.closed_at else None
        return c.LiveStatus(CLOSED, _("This live coverage has ended."), closed)
    if live.state == OPEN:
        return c.LiveStatus(OPEN, pgettext("on air", "Live"))
    return c.LiveStatus(live.state, _("Live coverage is paused. It goes on later."))


def _further(live: LiveStory, url: str) -> c.Link | None:
    """To the updates after those on the story's page, in its order."""
    pages = _first_pages(live)
    if live.order == NEWEST:
        return c.Link(_("Earlier updates"), updates_path(url, pages.start - 1)) if pages.start > 1 else None
    last = page_of(live.last) if live.last else 1
    return c.Link(_("Later updates"), updates_path(url, pages.stop, live.order)) if pages.stop <= last else None


def _turned(live: LiveStory, url: str) -> c.Link | None:
    """To the same story told the other way round."""
    if live.last <= 1:
        return None
    if live.order == NEWEST:
        return c.Link(_("From the beginning"), updates_path(url, 1, "timeline"))
    return c.Link(_("Newest first"), updates_path(url, page_of(live.last)))


def _head(
    head: c.Head,
    live: LiveStory,
    edition: EditionNode,
    url: str,
    rows: Sequence[Update],
    shown: Sequence[c.Update],
    modified: datetime,
) -> c.Head:
    article: dict[str, Any] = json.loads(head.json_ld)
    article["@type"] = "LiveBlogPosting"
    article["coverageStartTime"] = live.opened_at.isoformat()
    if live.closed_at:
        article["coverageEndTime"] = live.closed_at.isoformat()
    article["dateModified"] = modified.isoformat()
    article["liveBlogUpdate"] = [
        _posting(row, view, edition) for row, view in zip(rows, shown, strict=True) if row.title or _text(row)
    ]
    return replace(head, json_ld=json_ld(article), modified=modified.isoformat())


def _posting(row: Update, view: c.Update, edition: EditionNode) -> dict[str, Any]:
    text = _text(row)
    posting: dict[str, Any] = {
        "@type": "BlogPosting",
        "headline": row.title or Truncator(text).chars(110),
        "url": settings.BASE_URL + view.url,
        "datePublished": row.at.isoformat(),
        "dateModified": (row.edited_at or row.at).isoformat(),
        "articleBody": text or row.title,
        "inLanguage": edition.code,
    }
    if view.author:
        author = {"@type": "Person", "name": view.author.title, "url": settings.BASE_URL + view.author.url}
        posting["author"] = [author]
    return posting


def _text(row: Update) -> str:
    """The words of an update's text, without its markup."""
    texts = (block["value"] for block in row.body.raw_data if block["type"] == "text")
    return " ".join(strip_tags(" ".join(texts).replace("</p>", " ").replace("<br/>", " ")).split())


def going_on(stories: Iterable[int]) -> set[int]:
    """Which of these stories are live now: one query."""
    return set(LiveStory.objects.filter(pk__in=list(stories), state=OPEN).values_list("pk", flat=True))
