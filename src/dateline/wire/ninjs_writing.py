"""An item as ninjs 3.1. `dateline.wire.ninjs` is the public door."""

from collections.abc import Iterator
from typing import Any

from dateline.wire.bodies import blocks_to_html
from dateline.wire.fields import moment_text
from dateline.wire.items import Item, Kept, Media
from dateline.wire.ninjs_names import SCHEMA, VERSION, conforming
from dateline.wire.ninjs_sources import indicators, written_sources
from dateline.wire.notes import note_value

#: The name in `kept` of what modelled entries said beyond what is modelled; no name of ninjs.
DETAILS = "dateline:details"
#: `rel` of people who are named above or below a story; others are people it is about.
BYLINE_ROLES = frozenset({
    "author", "reporter", "writer", "editor", "photographer", "illustrator", "producer", "translator", "contributor",
})  # fmt: skip


def write_item(item: Item, *, extensions: bool = False) -> dict[str, Any]:
    """The item as a ninjs 3.1 object, valid by the standard's schema as far as the item's own values are.

    `read_item` gives back an equal item. Names in `kept` that the standard does not know are left out, unless
    `extensions` are wanted.
    """
    kept = item.kept
    written: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        "uri": item.uri,
        "type": kept.get("type") or plain_type(item),
        "version": item.version,
        "pubStatus": item.status,
        "language": item.language,
        **_moments(item),
        "urgency": item.urgency,
        "headlines": _valued(("main", item.headline), ("kicker", item.kicker), ("short", item.short_headline)),
        "descriptions": _valued(
            ("standfirst", item.standfirst), *((note.kind, note_value(note)) for note in item.corrections)
        ),
        "bodies": _bodies(item),
        "genres": [{"literal": item.form, **_details(kept, "genres", item.form)}],
        "subjects": list(_subjects(item)),
        "people": list(_people(item)),
        "by": item.by,
        "infoSources": list(_sources(item)),
        "located": item.located,
        "altIds": list(_alternative_ids(item)),
        "associations": list(_associations(item)),
        "trustIndicators": list(indicators(item.sources)),
        "usageTerms": item.usage_terms,
        "copyrightHolder": item.copyright_holder,
        "copyrightNotice": item.copyright_notice,
    }
    _merge(written, kept)
    standard = written.pop("standard")
    full = {name: value for name, value in written.items() if value not in (None, "", [])}
    return {"standard": standard, **(full if extensions else conforming(full))}


def plain_type(item: Item) -> str:
    """The ninjs type of an item for which none was kept."""
    return "composite" if item.lead or item.clip or item.figures else "text"


def _merge(written: dict[str, Any], kept: Kept) -> None:
    """Add what was kept: entries after the modelled ones of a list, other values where nothing stands yet."""
    for name, value in kept.items():
        if name == DETAILS:
            continue
        if isinstance(value, list) and isinstance(written.get(name), list):
            written[name] = [*written[name], *value]
        else:
            written.setdefault(name, value)


def _details(kept: Kept, name: str, key: str) -> dict[str, Any]:
    details = kept.get(DETAILS, {}).get(name, {}).get(key, {})
    return dict(details) if isinstance(details, dict) else {}


def _moments(item: Item) -> dict[str, str]:
    named = {
        "versionCreated": item.version_created,
        "firstCreated": item.first_created,
        "contentCreated": item.content_created,
        "embargoedUntil": item.embargoed_until,
        "expires": item.expires,
    }
    return {name: moment_text(when) for name, when in named.items() if when is not None}


def _valued(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in pairs if value]


def _bodies(item: Item) -> list[dict[str, Any]]:
    html = blocks_to_html(item.body)
    return [{"role": "main", "contentType": "text/html", "value": html}] if html else []


def _subjects(item: Item) -> Iterator[dict[str, Any]]:
    if item.section:
        details = _details(item.kept, "subjects", f"section {item.section}")
        yield {"rel": "section", "literal": item.section, **details}
    named = (("region", item.regions), ("topic", item.topics), ("coverage", item.coverages), ("series", item.series))
    for rel, terms in named:
        for term in terms:
            name = {"name": term.name} if term.name else {}
            yield {
                "rel": rel,
                "literal": term.slug,
                **name,
                **_details(item.kept, "subjects", f"{rel} {term.slug}"),
            }


def _people(item: Item) -> Iterator[dict[str, Any]]:
    for author in item.authors:
        rel = author.role or "author"
        uri = {"uri": author.uri} if author.uri else {}
        details = _details(item.kept, "people", f"{rel} {author.name}")
        yield {"rel": rel, "name": author.name, **uri, **details}


def _sources(item: Item) -> Iterator[dict[str, Any]]:
    for name in filter(None, item.source.split("; ")):
        yield {"name": name, "role": "source", **_details(item.kept, "infoSources", f"source {name}")}
    yield from written_sources(item.sources, item.kept.get(DETAILS, {}).get("infoSources", {}))


def _alternative_ids(item: Item) -> Iterator[dict[str, Any]]:
    for role, value in (("translation-group", item.translation_group), ("slug", item.slug), ("origin", item.origin)):
        if value:
            yield {"role": role, "value": value}
    if item.episode is not None:
        yield {"role": "episode", "value": str(item.episode)}
    for address in item.redirects:
        yield {"role": "redirect", "value": address}


def _associations(item: Item) -> Iterator[dict[str, Any]]:
    if item.lead:
        yield _media(item.lead, "lead")
    if item.clip:
        yield _media(item.clip, "lead")
    for figure in item.figures:
        yield _media(figure, "figure")
    for related in item.related:
        entry: dict[str, Any] = {"uri": related.uri, "name": related.title or "related", "rel": "related"}
        if related.title:
            entry["headlines"] = _valued(("main", related.title))
        yield {**_details(item.kept, "associations", related.uri), **entry}


def _media(media: Media, rel: str) -> dict[str, Any]:
    rendition = {
        "name": "main",
        "href": media.href,
        "contentType": media.content_type,
        "width": media.width,
        "height": media.height,
        **_details({DETAILS: {"main": media.kept.get(DETAILS, {})}}, "main", "main"),
    }
    renditions = [{name: value for name, value in rendition.items() if value not in (None, "")}] if media.href else []
    written: dict[str, Any] = {
        "uri": media.uri,
        "name": media.name,
        "rel": rel,
        "type": media.type,
        "descriptions": _valued(("caption", media.caption), ("alt", media.alt), ("long", media.long)),
        "by": media.credit,
        "copyrightNotice": media.copyright_notice,
        "usageTerms": media.usage_terms,
        "contentCreated": moment_text(media.created) if media.created else "",
        "renditions": renditions,
    }
    _merge(written, media.kept)
    return {name: value for name, value in written.items() if value not in (None, "", [])}
