"""The page of a tracker: its question, the answer, and all that it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dateline.newsroom.editions.shell import EditionNode, editions, languages
from dateline.newsroom.stories import paths as story_paths
from dateline.newsroom.stories.pages import alternates, json_ld
from dateline.newsroom.trackers import drawing, parties, places, sayings, timeline
from dateline.newsroom.trackers.cards import card
from dateline.newsroom.trackers.figures import whatif
from dateline.newsroom.trackers.figures.facts import Goal
from dateline.newsroom.trackers.figures.filled import Filled
from dateline.newsroom.trackers.figures.forecast import Forecast
from dateline.newsroom.trackers.figures.keeping import concentration
from dateline.newsroom.trackers.models import Tracker
from dateline.newsroom.trackers.paths import (
    embed_path,
    evidence_path,
    file_path,
    oembed_path,
    tracker_path,
    trackers_path,
)
from dateline.newsroom.trackers.reading import Reading, history, read_all
from dateline.newsroom.trackers.writing import amount, day, measured, short_day, span
from dateline.press.ingredients import record
from dateline.theme import components as c
from dateline.theme import trackers as t
from dateline.theme.bundle import page_script, vendor_drawing

#: Trackers that the page of all lists.
LISTED = 200

#: Parties that can be asked "what if" of: the largest.
ASKED = 24


def find(edition: EditionNode, slug: str) -> Tracker | None:
    """The public tracker of this name; what is rendered is noted as made from it."""
    tracker = Tracker.objects.select_related("coverage").filter(edition_id=edition.id, slug=slug).first()
    if tracker is None:
        return None
    record(f"tracker:{tracker.pk}")
    return tracker if tracker.live else None


def tracker_view(edition: EditionNode, slug: str) -> t.TrackerView | None:
    """The page, in about ten queries whatever there is of parties and evidence."""
    tracker = find(edition, slug)
    if tracker is None:
        return None
    voice = edition.voice
    reading = read_all([tracker], voice.day(timezone.now()))[0]
    short = card(reading, voice)
    events, count = timeline.newest(tracker, voice)
    urls = _twins(tracker, edition)
    land = vendor_drawing("land")
    view = t.TrackerView(
        head=_head(tracker, edition, short, urls),
        shell=edition.shell,
        eyebrow=c.Link(_("Trackers"), trackers_path(edition)),
        heading=tracker.question or tracker.title,
        card=short,
        summary=tracker.summary,
        asof=_asof(tracker, reading, edition),
        closed=_("This tracker is closed: nothing more is expected to happen.") if tracker.closed else "",
        map=places.places(list(tracker.places.order_by("pk")[: places.MOST]), voice, land.url if land else ""),
        events=events,
        comma=voice.comma,
        older=_older(edition, slug, count),
        changes=timeline.goal_changes(tracker, voice),
        method=sayings.method(goal=reading.facts.goal is not None),
        downloads=_downloads(tracker, edition),
        cite=_cite(tracker, edition),
        embed=frame(tracker, edition),
        oembed=settings.BASE_URL + oembed_path(edition, slug),
        links=_links(tracker, edition),
    )
    return _with_figures(view, reading, edition)


def _with_figures(view: t.TrackerView, reading: Reading, edition: EditionNode) -> t.TrackerView:
    facts, voice = reading.facts, edition.voice
    if reading.standings:
        return replace(
            view,
            camps=parties.camps(facts, reading.standings, voice),
            changed=parties.turns(facts, reading.standings, voice),
            unchanged=_("Nobody has moved in the past week."),
        )
    if facts.goal is None or reading.filled is None or reading.forecast is None:
        return view
    return replace(
        view,
        chart=_chart(reading, facts.goal, reading.filled, reading.forecast, edition),
        forecast=sayings.forecast_said(reading.forecast, facts.goal, voice),
        insights=parties.insights(facts, concentration(facts), voice),
        table=parties.table(facts, reading.filled, voice),
        what_if=_what_if(reading, edition),
        script=page_script("tracker").url,
    )


def _asof(tracker: Tracker, reading: Reading, edition: EditionNode) -> str:
    """When evidence last came in."""
    moment = edition.voice.moment(tracker.changed).full
    return _("Updated %(moment)s") % {"moment": moment}


def _older(edition: EditionNode, slug: str, count: int) -> c.Link | None:
    if count <= timeline.PER_PAGE:
        return None
    last = -(-count // timeline.PER_PAGE)
    return c.Link(
        _("All %(number)s pieces of evidence") % {"number": edition.voice.number(count)},
        evidence_path(edition, slug, last),
    )


def _chart(reading: Reading, goal: Goal, filled: Filled, seen: Forecast, edition: EditionNode) -> c.Chart | None:
    levels = history(reading.facts)
    if not levels:
        return None
    voice = edition.voice
    words = drawing.Words(
        _("Target: %(amount)s") % {"amount": measured(voice, goal.target, goal.unit)},
        _("Due %(day)s") % {"day": short_day(voice, goal.due)},
    )
    narrow, wide = drawing.draw(levels, goal, seen, reading.facts.on, words, voice)
    head = (pgettext("column", "Day"), pgettext("column", "At least"), pgettext("column", "At most"))
    rows = tuple(
        (short_day(voice, on), amount(voice, level.low), amount(voice, level.high)) for on, level in reversed(levels)
    )
    title = _("What was there, from day to day")
    return c.Chart(
        id="progress",
        headline=title,
        table=c.Table(title, head, rows, row_heads=True),
        unit=goal.unit,
        note=_(
            "A dot is an exact figure, a bar a range. The dashed line is the target, the upright one the day it is due."
        ),
        title=title,
        description=_alternative(reading, goal, filled, seen, edition),
        narrow=narrow,
        wide=wide,
    )


def _alternative(reading: Reading, goal: Goal, filled: Filled, seen: Forecast, edition: EditionNode) -> str:
    """The drawing in words."""
    voice = edition.voice
    first, level = history(reading.facts)[0]
    last = filled.whole.amount if filled.whole else level
    said = _("From %(first)s on %(start)s to %(last)s now; the target is %(target)s by %(due)s.") % {
        "first": span(voice, level.low, level.high),
        "start": day(voice, first),
        "last": span(voice, last.low, last.high),
        "target": measured(voice, goal.target, goal.unit),
        "due": day(voice, goal.due),
    }
    return f"{said} {sayings.forecast_said(seen, goal, voice)}".strip()


def _what_if(reading: Reading, edition: EditionNode) -> t.WhatIf | None:
    """What the browser needs to answer by itself; None where there is nothing to ask."""
    payload = whatif.payload(reading.facts)
    listed = payload.get("parties") or []
    if len(listed) < 2 or reading.facts.goal is None:
        return None
    names = {party.code: party.name for party in reading.facts.parties}
    largest = sorted(listed, key=lambda one: -float(one["level"][1]))[:ASKED]
    words = {
        "without": _("Then there would be %(amount)s of %(target)s."),
        "median": _("The goal would be met around %(day)s, in four of five cases between %(early)s and %(late)s."),
        "after": _("The goal would be met around %(day)s, in four of five cases after %(early)s."),
        "never": _("At that pace nobody can say when the goal would be met."),
        "met": _("The goal would be met."),
        "unit": reading.facts.goal.unit,
        "target": measured(edition.voice, reading.facts.goal.target, reading.facts.goal.unit),
    }
    return t.WhatIf(
        json_ld(payload), tuple((one["code"], names.get(one["code"], one["code"])) for one in largest), json_ld(words)
    )


def _links(tracker: Tracker, edition: EditionNode) -> tuple[c.Link, ...]:
    """What it belongs to: its coverage and topics."""
    topics = list(tracker.topics.order_by("name", "pk")[:20])
    record(*(f"topic:{topic.pk}" for topic in topics))
    links = [c.Link(topic.name, story_paths.topic_path(edition, topic.slug)) for topic in topics]
    if tracker.coverage:
        record(f"coverage:{tracker.coverage.pk}")
        links.insert(0, c.Link(tracker.coverage.title, story_paths.coverage_path(edition, tracker.coverage.slug)))
    return tuple(links)


def _downloads(tracker: Tracker, edition: EditionNode) -> tuple[t.Download, ...]:
    files = [
        ("CSV", "data.csv", _("every piece of evidence, for a spreadsheet")),
        ("JSON", "data.json", _("the same with its sources, and the figures")),
    ]
    if tracker.is_aid:
        files.append(("IATI", "iati.xml", _("for those who follow aid, as the IATI Standard 2.03")))
    return tuple(t.Download(name, file_path(edition, tracker.slug, file), says) for name, file, says in files)


def _cite(tracker: Tracker, edition: EditionNode) -> str:
    return _("“%(title)s”, %(name)s, updated %(day)s, %(url)s") % {
        "title": tracker.title,
        "name": edition.name,
        "day": day(edition.voice, edition.voice.day(tracker.changed)),
        "url": settings.BASE_URL + tracker_path(edition, tracker.slug),
    }


def frame(tracker: Tracker, edition: EditionNode) -> str:
    """The element by which others show the tracker."""
    return str(
        format_html(
            '<iframe src="{}" width="600" height="320" title="{}" loading="lazy"></iframe>',
            settings.BASE_URL + embed_path(edition, tracker.slug),
            tracker.title,
        )
    )


def oembed(tracker: Tracker, edition: EditionNode) -> dict[str, Any]:
    """What oEmbed 1.0 (https://oembed.com) asks for; the same for every width, since a page has no query string."""
    return {
        "version": "1.0",
        "type": "rich",
        "title": tracker.title,
        "provider_name": edition.name,
        "provider_url": settings.BASE_URL + edition.home,
        "cache_age": 3600,
        "html": frame(tracker, edition),
        "width": 600,
        "height": 320,
    }


def _twins(tracker: Tracker, edition: EditionNode) -> dict[str, str]:
    """The same tracker in other editions, by their slugs."""
    record(f"group:{tracker.group}")
    rows = Tracker.objects.filter(group=tracker.group, live=True).values_list("edition_id", "slug")[:50]
    by_id = editions().by_id
    return {by_id[pk].slug: tracker_path(by_id[pk], slug) for pk, slug in rows if pk in by_id}


def _head(tracker: Tracker, edition: EditionNode, short: c.TrackerCard, urls: Mapping[str, str]) -> c.Head:
    canonical = settings.BASE_URL + tracker_path(edition, tracker.slug)
    formats = {"data.csv": "text/csv", "data.json": "application/json"}
    if tracker.is_aid:
        formats["iati.xml"] = "application/xml"
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": tracker.title,
        "description": f"{short.answer} {tracker.summary}".strip()[:4900].ljust(50, "."),
        "url": canonical,
        "identifier": tracker.uri,
        "inLanguage": edition.code,
        "isAccessibleForFree": True,
        "dateModified": tracker.changed.isoformat(timespec="seconds"),
        "datePublished": tracker.created.isoformat(timespec="seconds"),
        "creator": {
            "@type": "NewsMediaOrganization",
            "name": edition.organisation,
            "url": settings.BASE_URL + edition.home,
        },
        "creditText": _cite(tracker, edition),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": settings.BASE_URL + file_path(edition, tracker.slug, name),
            }
            for name, kind in formats.items()
        ],
    }
    if tracker.starts and tracker.due:
        data["temporalCoverage"] = f"{tracker.starts.isoformat()}/{tracker.due.isoformat()}"
    return c.Head(
        title=f"{tracker.question or tracker.title} | {edition.name}",
        canonical=canonical,
        description=short.answer[:300],
        alternates=alternates(dict(urls)),
        languages=languages(edition, dict(urls)),
        json_ld=json_ld(data),
        modified=tracker.changed.isoformat(timespec="seconds"),
    )


def embed_view(edition: EditionNode, slug: str) -> t.EmbedView | None:
    """The tracker's card as a frame."""
    tracker = find(edition, slug)
    if tracker is None:
        return None
    reading = read_all([tracker], edition.voice.day(timezone.now()))[0]
    head = c.Head(
        title=f"{tracker.title} | {edition.name}",
        canonical=settings.BASE_URL + tracker_path(edition, slug),
        robots="noindex",
    )
    return t.EmbedView(head, edition.shell, card(reading, edition.voice), edition.name)


def all_view(edition: EditionNode) -> t.TrackersView:
    """Every public tracker of an edition: the newest first, then those that are closed."""
    record(f"trackers:{edition.id}")
    rows = list(Tracker.objects.filter(edition_id=edition.id, live=True).order_by("closed", "-changed", "-pk")[:LISTED])
    record(*(f"tracker:{row.pk}" for row in rows))
    read = read_all(rows, edition.voice.day(timezone.now()))
    cards = [(reading.tracker.closed, card(reading, edition.voice)) for reading in read]
    urls = {other.slug: trackers_path(other) for other in editions().editions.values()}
    heading, description = _("Trackers"), _("Promises, followed until they are kept.")
    return t.TrackersView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + trackers_path(edition),
            description=description,
            alternates=alternates(urls),
            languages=languages(edition, urls),
        ),
        shell=edition.shell,
        heading=heading,
        description=description,
        going_on=tuple(one for closed, one in cards if not closed),
        closed=tuple(one for closed, one in cards if closed),
    )


def all_paths(edition: EditionNode) -> Iterator[str]:
    """Every public path of trackers; where none is public there is none."""
    rows = Tracker.objects.filter(edition_id=edition.id, live=True).order_by("pk").annotate(pieces=Count("evidence"))
    if rows:
        yield trackers_path(edition)
    for slug, is_aid, pieces in rows.values_list("slug", "is_aid", "pieces"):
        yield tracker_path(edition, slug)
        yield embed_path(edition, slug)
        for name in ("oembed.json", "data.csv", "data.json", *(["iati.xml"] if is_aid else [])):
            yield file_path(edition, slug, name)
        if pieces > timeline.PER_PAGE:
            for number in range(1, -(-pieces // timeline.PER_PAGE) + 1):
                yield evidence_path(edition, slug, number)
