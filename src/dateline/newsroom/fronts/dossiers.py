"""Coverages as dossiers: everything on one running story; and "In five", five short cards."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from dateline.newsroom.editions.shell import EditionNode, editions, languages
from dateline.newsroom.fronts.heard import bar, cards_of, deck_title, morning_title
from dateline.newsroom.fronts.layout import Slot, fill
from dateline.newsroom.fronts.mornings import morning_of
from dateline.newsroom.pictures.pages import load_pictures, picture_view, share_image
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.key_dates import day_of
from dateline.newsroom.stories.models import Coverage, StreamEntry
from dateline.newsroom.stories.pages import alternates, json_ld
from dateline.newsroom.stories.teasers import Desk
from dateline.newsroom.trackers.cards import with_trackers
from dateline.press.ingredients import record
from dateline.theme import components as c
from dateline.theme.bundle import page_script

#: Stories that may lead a coverage, and its newest beside its key dates.
LEADING, NEWEST = 6, 12

#: Coverages that the page of all coverages lists of each kind.
LISTED = 100


def in_five_path(edition: EditionNode) -> str:
    """The day's five stories."""
    return f"{edition.home}in-five/"


def all_coverages_path(edition: EditionNode) -> str:
    return f"{edition.home}coverage/"


def coverage_view(edition: EditionNode, slug: str) -> c.CoverageView | None:
    """The page of a coverage, in a fixed number of queries."""
    coverage = Coverage.objects.select_related("parent").filter(edition_id=edition.id, slug=slug).first()
    if coverage is None:
        return None
    record(f"coverage:{coverage.pk}")
    parts = list(Coverage.objects.filter(parent=coverage.pk).order_by("closed", "title")[:LISTED])
    record(*(f"coverage:{part.pk}" for part in parts), *([f"coverage:{coverage.parent_id}"] if coverage.parent else []))
    picture = load_pictures([coverage.picture_id]).get(coverage.picture_id or 0)
    if picture:
        record(f"picture:{picture.pk}")
    path = paths.coverage_path(edition, slug)
    key = f"coverage:{coverage.pk}"
    leading = _leading(edition, coverage)
    blocks = fill(edition, [Slot("lead", key, LEADING, tuple(leading)), Slot("river", key, NEWEST, title=_("Newest"))])
    blocks = with_trackers(edition, blocks, coverage=coverage.pk)
    number = streams.last_page(key)
    return c.CoverageView(
        head=_head(edition, coverage, path, share_image(picture) if picture else ("", 0, 0)),
        shell=edition.shell,
        heading=coverage.title,
        eyebrow=_eyebrow(edition, coverage),
        description=coverage.summary,
        closed=_("This coverage is closed.") if coverage.closed else "",
        picture=picture_view(picture) if picture else None,
        children=tuple(c.Link(part.title, paths.coverage_path(edition, part.slug)) for part in parts),
        five=deck_of(edition, coverage),
        blocks=blocks,
        dates=_key_dates(edition, coverage),
        people=tuple(_lines(coverage.people)),
        places=tuple(_lines(coverage.places)),
        older=c.Link(_("All stories by date"), f"{path}page/{number}/") if number else None,
        every=c.Link(_("All coverage"), all_coverages_path(edition)),
        script=page_script("coverage").url,
    )


def _eyebrow(edition: EditionNode, coverage: Coverage) -> c.Link:
    if coverage.parent:
        return c.Link(coverage.parent.title, paths.coverage_path(edition, coverage.parent.slug))
    return c.Link(_("Coverage"), all_coverages_path(edition))


def _leading(edition: EditionNode, coverage: Coverage) -> list[int]:
    found = [int(block["value"]) for block in coverage.leading.raw_data if block["value"]]
    return found[:LEADING]


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def deck_of(edition: EditionNode, coverage: Coverage) -> c.InFive | None:
    """The five cards, if there are five and an editor has accepted them."""
    cards = cards_of(coverage)
    if not cards:
        return None
    url, title = coverage.five_front, deck_title(edition.code, coverage.title)
    listen = bar(f"coverage:{coverage.pk}", edition, url, title, cards)
    return _deck(edition, title, url, [(*card, "") for card in cards], listen)


def _deck(
    edition: EditionNode, title: str, url: str, cards: Sequence[tuple[str, str, str]], listen: c.Listen | None
) -> c.InFive:
    number = edition.voice.number
    every = number(len(cards))
    of = [_("%(number)s of %(all)s") % {"number": number(at), "all": every} for at in range(1, len(cards) + 1)]
    return c.InFive(
        title,
        tuple(c.Card(number(at), of[at - 1], head, text, url) for at, (head, text, url) in enumerate(cards, 1)),
        c.Link(_("On a page of its own"), url),
        listen,
    )


def _key_dates(edition: EditionNode, coverage: Coverage) -> tuple[c.KeyDate, ...]:
    """What happened when, the oldest first."""
    values = [block["value"] for block in coverage.key_dates.raw_data]
    desk = Desk(edition)
    ids = [int(value["story"]) for value in values if value.get("story")]
    desk.load(ids)
    record(*(f"story:{pk}" for pk in ids))
    urls = {card.story.pk: card.url for card in desk.take(ids)}
    dated: list[tuple[date, c.KeyDate]] = []
    for value in values:
        when = str(value["when"])
        try:
            day = day_of(when)
        except ValueError:
            continue  # written before dates were checked
        said = edition.voice.dated(day, len(when.split("-")))
        dated.append((day, c.KeyDate(when, said, str(value["text"]), urls.get(int(value.get("story") or 0), ""))))
    return tuple(key_date for _day, key_date in sorted(dated, key=lambda row: row[0]))


def _head(edition: EditionNode, coverage: Coverage, path: str, image: tuple[str, int, int]) -> c.Head:
    canonical = settings.BASE_URL + path
    said = coverage.summary or _("%(subject)s: news from %(name)s") % {"subject": coverage.title, "name": edition.name}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": coverage.title,
        "url": canonical,
        "inLanguage": edition.code,
        "description": said[:300],
        "isPartOf": {"@type": "WebSite", "name": edition.name, "url": settings.BASE_URL + edition.home},
    }
    return c.Head(
        title=f"{coverage.title} | {edition.name}",
        canonical=canonical,
        description=said[:300],
        languages=languages(edition, {}),
        json_ld=json_ld(data),
        image=image[0],
        image_width=image[1],
        image_height=image[2],
    )


def five_view(edition: EditionNode, slug: str) -> c.FrontView | None:
    """A coverage's five cards on a page of their own; None where there are none."""
    coverage = Coverage.objects.filter(edition_id=edition.id, slug=slug).first()
    if coverage is None:
        return None
    record(f"coverage:{coverage.pk}")
    deck = deck_of(edition, coverage)
    path = f"{paths.coverage_path(edition, slug)}in-five/"
    if deck is None:
        return None
    return c.FrontView(
        head=_plain_head(edition, deck.title, path, {}, coverage.summary),
        shell=edition.shell,
        heading=deck.title,
        blocks=(_without_link(deck),),
        eyebrow=c.Link(coverage.title, paths.coverage_path(edition, slug)),
    )


def morning_view(edition: EditionNode) -> c.FrontView:
    """The day's five stories, gathered in the morning."""
    record(f"morning:{edition.id}")
    morning = morning_of(edition)
    desk = Desk(edition)
    desk.load(morning.ids)
    record(*(f"story:{pk}" for pk in morning.ids))
    cards = [(card.story.title, card.story.standfirst, card.url) for card in desk.take(morning.ids)]
    urls = {other.slug: in_five_path(other) for other in editions().editions.values()}
    title, path = morning_title(edition, morning), in_five_path(edition)
    listen = bar(f"morning:{edition.id}", edition, path, title, [card[:2] for card in cards])
    deck = _deck(edition, title, path, cards, listen) if cards else None
    return c.FrontView(
        head=_plain_head(edition, _("In five"), in_five_path(edition), urls, _("The five stories of the day.")),
        shell=edition.shell,
        heading=_("In five"),
        description=_("The five stories of the day, gathered at six in the morning."),
        blocks=(_without_link(deck),) if deck else (),
    )


def _without_link(deck: c.InFive) -> c.InFive:
    return replace(deck, more=None)


def _plain_head(edition: EditionNode, title: str, path: str, urls: dict[str, str], description: str) -> c.Head:
    return c.Head(
        title=f"{title} | {edition.name}",
        canonical=settings.BASE_URL + path,
        description=(description or title)[:300],
        alternates=alternates(urls),
        languages=languages(edition, urls),
    )


def all_coverages_view(edition: EditionNode) -> c.CoveragesView:
    """Every coverage: those that go on by their newest story, then the closed ones by name; four queries."""
    record(f"coverages:{edition.id}")
    rows = list(Coverage.objects.filter(edition_id=edition.id).order_by("title", "pk"))
    record(*(f"coverage:{row.pk}" for row in rows), *(f"list:coverage:{row.pk}" for row in rows))
    keys = {f"coverage:{row.pk}": row.pk for row in rows}
    newest = dict(
        StreamEntry.objects.filter(stream__key__in=list(keys))
        .values_list("stream__key")
        .annotate(Max("published"))
        .order_by()
    )
    dates = {keys[key]: moment for key, moment in newest.items()}
    latest = {pk: moment.timestamp() for pk, moment in dates.items()}
    going_on = sorted((row for row in rows if not row.closed), key=lambda row: -latest.get(row.pk, 0.0))
    urls = {other.slug: all_coverages_path(other) for other in editions().editions.values()}

    def listed(found: Iterable[Coverage]) -> tuple[c.CoverageLine, ...]:
        return tuple(
            c.CoverageLine(
                row.title,
                paths.coverage_path(edition, row.slug),
                row.summary,
                edition.voice.moment(dates[row.pk]) if row.pk in dates else None,
            )
            for row in found
        )

    return c.CoveragesView(
        head=_plain_head(
            edition,
            _("All coverage"),
            all_coverages_path(edition),
            urls,
            _("Every running story that %(name)s follows.") % {"name": edition.name},
        ),
        shell=edition.shell,
        heading=_("All coverage"),
        going_on=listed(going_on[:LISTED]),
        closed=listed([row for row in rows if row.closed][:LISTED]),
    )
