"""The search page: the form, what it found, and what to try where that is nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dateline.newsroom.editions.models import FORMS
from dateline.newsroom.editions.shell import EditionNode, editions, languages
from dateline.newsroom.find.actions import mark_of
from dateline.newsroom.find.backends.database import WHOLE
from dateline.newsroom.find.excerpts import marked, passage
from dateline.newsroom.find.meant import meant
from dateline.newsroom.find.models import span
from dateline.newsroom.find.paths import search_path
from dateline.newsroom.find.query import LONGEST, Sought, read_query
from dateline.newsroom.find.search import found, known
from dateline.newsroom.find.text import body_text
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.models import Person, Story, Topic
from dateline.newsroom.stories.teasers import Card, Desk
from dateline.theme import components as c
from dateline.theme.bundle import page_script

#: Results on a page.
PAGE = 15

_SPANS = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's request, every value one that the edition knows; what is not known is left out."""

    text: str = ""
    form: str = ""
    section: str = ""
    region: str = ""
    within: str = ""
    topic: str = ""
    author: str = ""
    sort: str = ""
    page: int = 1

    def parameters(self, **changed: object) -> str:
        """As a query string, without what is as it usually is; `changed` replaces some of it."""
        values = {
            "q": self.text,
            "form": self.form,
            "section": self.section,
            "region": self.region,
            "within": self.within,
            "topic": self.topic,
            "author": self.author,
            "sort": self.sort,
            "page": self.page if self.page > 1 else "",
        } | changed
        return urlencode({name: value for name, value in values.items() if value})


def asked_of(edition: EditionNode, get: Mapping[str, str]) -> Asked:
    """What the parameters ask for. Nothing in them is an error."""
    sections = {node.slug_path for node in edition.sections.values()}
    regions = {slug for slug, _title in edition.regions.values()}
    number = get.get("page", "")
    return Asked(
        text=" ".join(get.get("q", "").replace("\x00", " ").split())[: LONGEST * 2],
        form=_one_of(get, "form", dict(FORMS)),
        section=_one_of(get, "section", sections),
        region=_one_of(get, "region", regions),
        within=_one_of(get, "within", _SPANS),
        topic=get.get("topic", "")[:120],
        author=get.get("author", "")[:120],
        sort=_one_of(get, "sort", {"newest"}),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
    )


def search_view(edition: EditionNode, asked: Asked) -> c.SearchView:
    """The page that answers; it runs in the edition's language."""
    chips, marks = _narrowing(edition, asked)
    form = c.SearchView(
        head=_head(edition, asked),
        shell=edition.shell,
        heading=pgettext("heading", "Search"),
        action=search_path(edition),
        query=asked.text,
        script=page_script("search").url,
        choices=_choices(edition, asked),
        chips=chips,
    )
    sought = read_query(asked.text, edition.code, marks=marks, keys=_keys(edition, asked.within))
    if not asked.text:
        return form
    ids = found(edition, sought, newest_first=bool(asked.sort))
    shown = ids[(asked.page - 1) * PAGE : asked.page * PAGE]
    results = _results(edition, sought, shown)
    return _answered(form, edition, asked, sought, len(ids), results)


def _answered(
    form: c.SearchView,
    edition: EditionNode,
    asked: Asked,
    sought: Sought,
    total: int,
    results: tuple[c.Result, ...],
) -> c.SearchView:
    path = search_path(edition)
    other = meant(asked.text, sought, known(edition), edition.code)
    last = asked.page * PAGE >= total
    return replace(
        form,
        said=_said(edition, asked, total),
        meant=c.Link(other, f"{path}?{asked.parameters(q=other, page='')}") if other else None,
        results=results,
        hints=_hints(asked, sought) if not total else (),
        newest=_newest(edition) if not total else (),
        newer=c.Link(_("Previous results"), f"{path}?{asked.parameters(page=max(asked.page - 1, 1))}")
        if asked.page > 1 and total
        else None,
        older=c.Link(_("More results"), f"{path}?{asked.parameters(page=asked.page + 1)}") if not last else None,
    )


def _said(edition: EditionNode, asked: Asked, total: int) -> str:
    number = edition.voice.number
    if not total:
        return _("Nothing was found for “%(query)s”.") % {"query": asked.text}
    if total >= WHOLE:
        return _("More than %(number)s results") % {"number": number(WHOLE - WHOLE % 100)}
    return ngettext("%(number)s result", "%(number)s results", total) % {"number": number(total)}


def _hints(asked: Asked, sought: Sought) -> tuple[str, ...]:
    hints = []
    if not sought:
        hints.append(_("Write at least one word: signs alone are not searched for."))
    if sought.phrases:
        hints.append(_("Leave out the quotation marks: between them the words must stand exactly like that."))
    if asked.form or asked.section or asked.region or asked.within or asked.topic or asked.author:
        hints.append(_("Search the whole edition: the choices above leave stories out."))
    if len(sought.stems) > 1:
        hints.append(_("Try fewer words."))
    hints.append(_("Check the spelling, or try another word for the same thing."))
    return tuple(hints)


def _results(edition: EditionNode, sought: Sought, ids: Sequence[int]) -> tuple[c.Result, ...]:
    """The found stories as they are shown: as many queries as a front of teasers, and one for their texts."""
    desk = Desk(edition)
    desk.load(ids)
    texts = {
        pk: (standfirst, body_text(body.raw_data))
        for pk, standfirst, body in Story.objects.filter(pk__in=list(ids)).values_list("pk", "standfirst", "body")
    }
    return tuple(_result(edition, sought, desk, card, *texts[card.story.pk]) for card in desk.take(ids))


def _result(edition: EditionNode, sought: Sought, desk: Desk, card: Card, standfirst: str, body: str) -> c.Result:
    stems = frozenset(sought.stems)
    best = passage(standfirst, stems, edition.code)
    if sum(piece.marked for piece in best) < len(stems):
        best = passage(body, stems, edition.code) or best
    return c.Result(
        teaser=desk.teaser(card, standfirst=False),
        title=marked(card.story.title, stems, edition.code),
        passage=best or (c.Piece(standfirst or body[:200]),),
    )


def _newest(edition: EditionNode) -> tuple[c.Teaser, ...]:
    key = f"edition:{edition.id}"
    ids = streams.newest([key], 5)[key]
    desk = Desk(edition)
    desk.load(ids)
    cards = desk.take(ids)
    beside = desk.newest_day(cards)
    return tuple(desk.teaser(card, beside=beside, picture=False, standfirst=False) for card in cards)


def _keys(edition: EditionNode, within: str) -> tuple[int, int]:
    if not within:
        return span(edition.id)
    return span(edition.id, since=_midnight(edition) - timedelta(days=_SPANS[within] - 1))


def _midnight(edition: EditionNode) -> datetime:
    """When today began where the edition is."""
    today = edition.voice.day(timezone.now())
    return datetime.combine(today, time(), tzinfo=edition.voice.zone)


def _narrowing(edition: EditionNode, asked: Asked) -> tuple[tuple[c.Chip, ...], tuple[str, ...]]:
    """What every result is filed under, and the narrowings that came with a link."""
    keys = [f"form:{asked.form}"] if asked.form else []
    keys += [f"section:{node.id}" for node in edition.sections.values() if node.slug_path == asked.section]
    keys += [f"region:{pk}" for pk, (slug, _title) in edition.regions.items() if slug == asked.region]
    chips = []
    path = search_path(edition)
    for name, slug, model, kind in (("topic", asked.topic, Topic, "topic"), ("author", asked.author, Person, "person")):
        row = model.objects.filter(edition=edition.id, slug=slug).values_list("pk", "name").first() if slug else None
        if row:
            keys.append(f"{kind}:{row[0]}")
            without = f"{path}?{asked.parameters(**{name: '', 'page': ''})}"
            chips.append(c.Chip(row[1], name, slug, without))
    return tuple(chips), tuple(mark_of(key) for key in keys)


def _choices(edition: EditionNode, asked: Asked) -> tuple[c.Choice, ...]:
    sections = []
    for node in edition.sections.values():
        if node.parent is None:
            sections.append((node.slug_path, node.title))
            sections += [
                (child.slug_path, f"{node.title} · {child.title}")
                for child in (edition.sections[pk] for pk in node.children)
            ]
    spans = [
        ("day", _("Today")),
        ("week", _("The last week")),
        ("month", _("The last month")),
        ("year", _("The last year")),
    ]
    found = [
        _choice("section", _("Section"), _("All sections"), sections, asked.section),
        _choice("region", _("Region"), _("All regions"), list(edition.regions.values()), asked.region),
        _choice("form", _("Form"), _("All forms"), [(value, str(label)) for value, label in FORMS], asked.form),
        _choice("within", _("When"), _("At any time"), spans, asked.within),
        _choice("sort", _("Order"), _("The best first"), [("newest", _("The newest first"))], asked.sort),
    ]
    return tuple(choice for choice in found if len(choice.options) > 1)


def _choice(name: str, label: str, every: str, options: Sequence[tuple[str, str]], chosen: str) -> c.Choice:
    rows = [c.Option("", every, not chosen), *(c.Option(value, text, value == chosen) for value, text in options)]
    return c.Choice(name, label, tuple(rows))


def _head(edition: EditionNode, asked: Asked) -> c.Head:
    urls = {other.slug: search_path(other) for other in editions().editions.values()}
    title = _("%(query)s: search") % {"query": asked.text} if asked.text else pgettext("heading", "Search")
    return c.Head(
        title=f"{title} | {edition.name}",
        canonical=settings.BASE_URL + search_path(edition),
        description=_("Search %(name)s: every story by word, section, region and date.") % {"name": edition.name},
        robots="noindex",
        languages=languages(edition, urls),
    )


def _one_of(get: Mapping[str, str], name: str, known: Mapping[str, object] | set[str]) -> str:
    value = get.get(name, "")
    return value if value in known else ""
