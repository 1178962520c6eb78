"""A story's sources as an editor lists them, and as what they are read into."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, ListBlock, StructBlock, TextBlock, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from dateline.newsroom.stories.sources import DEEPEST, KINDS, LONGEST, MOST, Source, SourceError, read_sources

#: What a source says of itself, without what it cites.
PARTS = ("kind", "name", "role", "outlet", "url", "on", "archived", "quote")

#: An id that a passage can name: as long as it has no space, and nothing that could end an attribute.
IDENTITY = re.compile(r"[A-Za-z0-9-]{1,64}")


def _part(name: str, value: Any) -> Any:
    return value if name == "on" else (value or "")


class CitedBlock(StructBlock):
    """A source without what it cites."""

    kind = ChoiceBlock(choices=KINDS, default="document", label=_("Kind"))
    name = CharBlock(
        max_length=LONGEST,
        required=False,
        label=_("Name"),
        help_text=_("Of a person, body, document or data set; of an unnamed person, what may be said of them."),
    )
    role = CharBlock(max_length=LONGEST, required=False, label=pgettext_lazy("of a source", "Role"))
    outlet = CharBlock(max_length=LONGEST, required=False, label=_("Outlet"))
    url = URLBlock(max_length=LONGEST, required=False, label=_("Address"))
    on = DateBlock(required=False, label=pgettext_lazy("of a source", "Date"))
    archived = URLBlock(
        max_length=LONGEST, required=False, label=_("Archived copy"), help_text=_("The address of a copy that stays.")
    )
    quote = TextBlock(max_length=LONGEST, required=False, label=_("Its own words"), rows=2)

    class Meta:
        icon = "link"
        label = _("Source")
        label_format = "{name} {outlet}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft is kept with what it still lacks
            return value
        try:
            read_sources([{name: _part(name, value.get(name)) for name in PARTS}])
        except SourceError as error:
            raise StructBlockValidationError(non_block_errors=[ValidationError(str(error))]) from error
        return value


class SourceBlock(CitedBlock):
    cites = ListBlock(
        CitedBlock(),
        required=False,
        default=[],
        max_num=DEEPEST - 1,
        label=_("What it cites"),
        help_text=_("In order: what the source rests on, then what that rests on, and so on."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Source")


SOURCE_BLOCKS = [("source", SourceBlock())]


def sources_from(raw: Iterable[Any]) -> tuple[Source, ...]:
    """The sources of a story's field, given as raw blocks. What is half written is read as far as it goes."""
    found = []
    for block in list(raw)[:MOST]:
        if isinstance(block, Mapping) and block.get("type") == "source" and isinstance(block.get("value"), Mapping):
            value = block["value"]
            cited = [_inner(item) for item in value.get("cites") or []]
            read = _chained([value, *(one for one in cited if isinstance(one, Mapping))])
            if read:
                found.append(replace(read, id=str(block.get("id") or "")))
    return tuple(found)


def raw_sources(sources: Iterable[Source], *, seed: str = "") -> list[dict[str, Any]]:
    """Sources as the field holds them. One without an id that passages could name is given one, made from `seed`."""
    blocks = []
    for number, source in enumerate(sources, 1):
        known = source.id if IDENTITY.fullmatch(source.id) else str(uuid5(NAMESPACE_URL, f"{seed}#{number}"))
        first, *cited = source.chain
        items = [
            {"type": "item", "value": _raw(one), "id": str(uuid5(NAMESPACE_URL, f"{known}/{at}"))}
            for at, one in enumerate(cited, 1)
        ]
        blocks.append({"type": "source", "value": {**_raw(first), "cites": items}, "id": known})
    return blocks


def _inner(item: Any) -> Any:
    return item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item


def _chained(values: Iterable[Mapping[str, Any]]) -> Source | None:
    """Each rests on the next."""
    below: tuple[Source, ...] = ()
    for value in reversed(list(values)[:DEEPEST]):
        read = _read(value)
        if read:
            below = (replace(read, cites=below),)
    return below[0] if below else None


def _read(value: Mapping[str, Any]) -> Source | None:
    said = {name: _part(name, value.get(name)) for name in PARTS}
    for left_out in ((), ("url", "archived", "on"), ("url", "archived", "on", "kind")):
        try:
            return read_sources([{name: part for name, part in said.items() if name not in left_out}])[0]
        except SourceError:
            continue
    return None


def _raw(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in PARTS} | {"on": source.on.isoformat() if source.on else None}


def with_sources(content: Any) -> Any:
    """A revision's content with the sources of its time: before they had a field, imports kept names and roles."""
    notes = (content.get("kept") or {}).get("sources") if isinstance(content, dict) else None
    if not notes or "sources" in content:
        return content
    kinds = dict(KINDS)
    found = [
        Source(role if (role := note.get("role")) in kinds else "outlet", name=note["name"][:LONGEST])
        for note in notes
        if note.get("name")
    ]
    return {**content, "sources": json.dumps(raw_sources(found, seed=content.get("uri", "")))}
