"""A story's body as a page shows it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import count
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import editions
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.pictures.pages import load_pictures, picture_view
from dateline.newsroom.stories.charts.pages import Key, Plate, chart_view, load_plates
from dateline.newsroom.stories.extensions import drawers
from dateline.newsroom.stories.known import Notes
from dateline.newsroom.stories.models import Story
from dateline.press.ingredients import record
from dateline.theme import components as c

_PAGE_LINK = re.compile(r'<a linktype="page" id="(\d+)">(.*?)</a>', re.DOTALL)
_DOCUMENT_LINK = re.compile(r'<a linktype="document" id="\d+">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the body points at, fetched before it is drawn."""

    pictures: dict[int, Picture]
    stories: dict[int, tuple[str, str]]
    by_uri: dict[str, int]
    plates: dict[Key, Plate]
    voice: Voice
    notes: Notes
    drawn: Mapping[str, Mapping[int, c.BodyPart]]


@dataclass(slots=True)
class _Once:
    """What one body counts while it is drawn: anchors that are taken, charts."""

    anchors: set[str] = field(default_factory=set)
    charts: "count[int]" = field(default_factory=lambda: count(1))


def body_view(story: Story, notes: Notes | None = None) -> tuple[c.BodyPart, ...]:
    """The parts of a story's body, in at most six queries and those of the apps that draw blocks of it. What points at
    nothing (a deleted picture, a withdrawn story) is left out; a link inside text to such a page keeps its words.
    `notes` marks what rests on sources."""
    edition = editions().by_id.get(story.edition_id)
    parts = bodies_view([story.body.raw_data], voice=edition.voice if edition else None, notes=notes)[0]
    # An infographic is the first of the pictures that open.
    numbers = count(2 if story.form == "infographic" and story.lead_picture_id else 1)
    return tuple(_numbered(part, numbers) if isinstance(part, c.Gallery) else part for part in parts)


def _numbered(gallery: c.Gallery, numbers: "count[int]") -> c.Gallery:
    return replace(gallery, pictures=tuple(replace(one, number=next(numbers)) for one in gallery.pictures))


def bodies_view(
    raws: Iterable[Iterable[Any]], *, voice: Voice | None = None, notes: Notes | None = None
) -> list[tuple[c.BodyPart, ...]]:
    """The parts of several bodies, given as raw blocks, in as many queries as for one. `voice` is the edition's."""
    bodies = [list(raw) for raw in raws]
    voice = voice or Voice(get_language() or "en", "UTC")
    found = _fetch([block for raw in bodies for block in raw], voice, notes or Notes((), voice))
    drawn = []
    for raw in bodies:
        once = _Once()
        parts = (_part(block["type"], block["value"], found, once) for block in raw)
        drawn.append(tuple(part for part in parts if part is not None))
    return drawn


def gallery_pictures(story: Story) -> tuple[c.Picture, ...]:
    """The pictures of all of the story's galleries."""
    return tuple(p for part in body_view(story) if isinstance(part, c.Gallery) for p in part.pictures)


def _fetch(raw: list[Any], voice: Voice, notes: Notes) -> _Found:
    pictures: set[int] = set()
    pages: set[int] = set()
    uris: set[str] = set()
    for block in raw:
        kind, value = block["type"], block["value"]
        if kind == "picture":
            pictures.add(value["picture"])
        elif kind == "gallery":
            pictures.update(_inner(item)["picture"] for item in value["pictures"])
        elif kind == "related":
            if value.get("story"):
                pages.add(value["story"])
            elif value.get("uri"):
                uris.add(value["uri"])
        elif kind in {"text", "quote"}:
            html = value if kind == "text" else value["text"]
            pages.update(int(pk) for pk, _ in _PAGE_LINK.findall(html))
    by_uri = dict(Story.objects.filter(uri__in=uris).values_list("uri", "pk")) if uris else {}
    pages |= set(by_uri.values())
    record(*(f"story:{pk}" for pk in pages), *(f"uri:{uri}" for uri in uris - by_uri.keys()))
    stories = {}
    if pages:
        rows = Address.objects.filter(page_id__in=pages, current=True, page__live=True)
        stories = {pk: (title, path) for pk, title, path in rows.values_list("page_id", "page__title", "path")}
    plates = load_plates((block["value"] for block in raw if block["type"] == "chart"), voice)
    return _Found(load_pictures(pictures), stories, by_uri, plates, voice, notes, _drawn_by_others(raw, voice))


def _drawn_by_others(raw: list[Any], voice: Voice) -> dict[str, Mapping[int, c.BodyPart]]:
    """The blocks that other apps draw: by kind, then by key."""
    found: dict[str, Mapping[int, c.BodyPart]] = {}
    for kind, drawer in drawers().items():
        keys = {int(block["value"]) for block in raw if block["type"] == kind and block["value"]}
        if keys:
            found[kind] = drawer.draw(sorted(keys), voice)
    return found


def _inner(item: Any) -> Any:
    """A list block's item, in Wagtail's present form or its older one."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def _part(kind: str, value: Any, found: _Found, once: _Once) -> c.BodyPart | None:
    match kind:
        case "text":
            return c.Prose(_links(value, found))
        case "heading":
            return c.Heading(value["text"], _anchor(value["text"], once.anchors), int(value.get("level") or 2))
        case "quote":
            return c.Quote(_links(value["text"], found), value.get("attribution") or "")
        case "pull_quote":
            return c.PullQuote(value["text"], value.get("attribution") or "")
        case "picture":
            shown = _pictures([value], found)
            return c.Figure(shown[0]) if shown else None
        case "gallery":
            shown = _pictures((_inner(item) for item in value["pictures"]), found)
            return c.Gallery(tuple(shown), gettext("Pictures")) if shown else None
        case "related":
            return _related(value, found)
        case "table":
            return _table(value)
        case "chart":
            return chart_view(value, found.plates, next(once.charts))
        case "embed":
            return c.Embed(value["url"], value.get("provider") or "", value.get("title") or value["url"])
    return found.drawn[kind].get(int(value)) if value and kind in found.drawn else None


def _pictures(items: Iterable[Any], found: _Found) -> list[c.Picture]:
    shown = []
    for item in items:
        picture = found.pictures.get(item["picture"])
        if picture:
            record(f"picture:{picture.pk}")
            shown.append(picture_view(picture, caption=item.get("caption") or "", voice=found.voice))
    return shown


def _related(value: Any, found: _Found) -> c.ReadMore | None:
    target = found.stories.get(value.get("story") or found.by_uri.get(value.get("uri") or "", 0))
    if target:
        return c.ReadMore(c.Link(value.get("title") or target[0], target[1]))
    if value.get("url") and value.get("title"):
        return c.ReadMore(c.Link(value["title"], value["url"]))
    return None


def _table(value: Any) -> c.Table | None:
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in (value or {}).get("data") or []]
    if not rows:
        return None
    headed = bool(value.get("first_row_is_table_header") or value.get("table_header_choice") in {"row", "both"})
    head = rows[0] if headed else ()
    row_heads = bool(value.get("first_col_is_header") or value.get("table_header_choice") in {"column", "both"})
    return c.Table(value.get("table_caption") or "", head, tuple(rows[1:] if headed else rows), row_heads)


def _links(html: str, found: _Found) -> str:
    def page(match: re.Match[str]) -> str:
        target = found.stories.get(int(match[1]))
        return f'<a href="{escape(target[1])}">{match[2]}</a>' if target else match[2]

    linked = _DOCUMENT_LINK.sub(r"\1", _PAGE_LINK.sub(page, html)).replace("<br/>", "<br>")
    return found.notes.mark(linked)


def _anchor(text: str, used: set[str]) -> str:
    anchor = base = slugify(text, allow_unicode=True)[:60] or "part"
    number = 1
    while anchor in used:
        number += 1
        anchor = f"{base}-{number}"
    used.add(anchor)
    return anchor
