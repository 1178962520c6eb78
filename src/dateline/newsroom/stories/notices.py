"""Pages that say what is not there: withdrawn, not found."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as draw
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.models import Story, Withdrawal
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record
from dateline.theme import components as c


def newest_teasers(edition: EditionNode, limit: int = 6) -> tuple[c.Teaser, ...]:
    """The edition's newest stories, recorded as a list."""
    key = f"edition:{edition.id}"
    record(f"list:{key}")
    ids = streams.newest([key], limit)[key]
    desk = Desk(edition)
    desk.load(ids)
    cards = desk.take(ids)
    return tuple(desk.teaser(card, beside=desk.newest_day(cards), standfirst=False) for card in cards)


def moved(request: HttpRequest, edition: EditionNode, path: str) -> HttpResponse:
    """A permanent redirect to `path`. Its body leads there too, for servers that know files and no redirects."""
    canonical = settings.BASE_URL + path
    context = {"code": edition.code, "direction": edition.direction, "url": path, "canonical": canonical}
    with override(edition.code):
        response = draw(request, "theme/pages/moved.html", context, status=301)
    response.headers["Location"] = iri_to_uri(path)
    return response


def withdrawn_view(edition: EditionNode, story: Story | None, path: str) -> c.NoticeView:
    """The dated notice in a withdrawn story's place. A deleted story leaves one too, without its words."""
    notice = Withdrawal.objects.filter(path=path).order_by("-at").first()
    at = (story.withdrawn_at if story else None) or (notice.at if notice else None)
    heading = _("This story was withdrawn") if notice or story else _("This page is no longer here")
    reason = (story.withdrawn_reason if story else "") or (notice.reason if notice else "")
    return c.NoticeView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + path,
            languages=languages(edition),
            robots="noindex",
        ),
        shell=edition.shell,
        heading=heading,
        text=reason or _("It was taken off the site."),
        time=edition.voice.moment(at) if at else None,
    )


def not_found_view(edition: EditionNode) -> c.NoticeView:
    heading = _("There is no page at this address")
    return c.NoticeView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=f"{settings.BASE_URL}{edition.home}404.html",
            languages=languages(edition),
            robots="noindex",
        ),
        shell=edition.shell,
        heading=heading,
        text=_("It may have been mistyped, or it never was. Here is what is new."),
        newest=newest_teasers(edition),
    )
