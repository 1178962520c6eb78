"""The most read, ready to show."""

from django.conf import settings
from django.utils.translation import gettext as _

from dateline.newsroom.editions.shell import EditionNode, SectionNode, editions, languages
from dateline.newsroom.reads.actions import SPANS
from dateline.newsroom.reads.models import MostRead
from dateline.newsroom.reads.paths import most_read_path
from dateline.newsroom.stories.pages import alternates
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Stories on a list: beside other things, and on a page of its own.
BESIDE, SHOWN = 5, 10


def island_view(edition: EditionNode) -> c.MostReadIsland:
    """The island: what was most read in a day. Without reads it takes no room."""
    block = _lists(edition, f"edition:{edition.id}", ("day",), BESIDE)["day"]
    more = c.Link(_("More"), most_read_path(edition))
    return c.MostReadIsland(edition.shell, c.MostRead(_("Most read"), block, more) if block else None)


def most_read_view(edition: EditionNode, section: SectionNode | None) -> c.FrontView:
    """The page: three spans, one after the other."""
    key = f"section:{section.id}" if section else f"edition:{edition.id}"
    names = {"hour": _("In the last hour"), "day": _("In the last day"), "week": _("In the last week")}
    found = _lists(edition, key, SPANS, SHOWN)
    url = f"{section.path}most-read/" if section else most_read_path(edition)
    urls = {} if section else {other.slug: most_read_path(other) for other in editions().editions.values()}
    heading = _("Most read: %(section)s") % {"section": section.title} if section else _("Most read")
    return c.FrontView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + url,
            description=_("What the readers of %(name)s read most, counted without cookies.") % {"name": edition.name},
            alternates=alternates(urls),
            languages=languages(edition, urls),
            robots="noindex",
        ),
        shell=edition.shell,
        heading=heading,
        eyebrow=c.Link(section.title, section.path) if section else None,
        description=_("Counted without cookies, and without keeping who reads. New reads count for more."),
        blocks=tuple(c.MostRead(names[span], found[span]) for span in SPANS if found[span]),
    )


def _lists(edition: EditionNode, key: str, spans: tuple[str, ...], most: int) -> dict[str, tuple[c.Ranked, ...]]:
    """The stories of each span with their places, in a fixed number of queries."""
    record(f"most:{key}")
    rows = {row.span: row.ids for row in MostRead.objects.filter(key=key, span__in=spans)}
    desk = Desk(edition)
    desk.load({pk for ids in rows.values() for pk in ids})
    found = {}
    for span in spans:
        ids = rows.get(span, [])
        # Of one that is withdrawn the page must know too: it may come back.
        record(*(f"story:{pk}" for pk in ids))
        cards = desk.take(ids)[:most]
        found[span] = tuple(
            c.Ranked(edition.voice.number(place), desk.teaser(card, picture=False, standfirst=False))
            for place, card in enumerate(cards, 1)
        )
    return found
