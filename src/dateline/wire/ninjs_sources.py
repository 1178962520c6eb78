"""What a report rests on, as ninjs 3.1 holds it: an entry of `infoSources` for each source, its kind as the role.

What the standard has no name for stands in the entry's `contactInfo`, of type `dateline`: the role says what it is. A
source that another cites is an entry of its own, after that one and naming its `literal`. What an entry says beyond
this is kept, to be found again by kind and name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dateline.newsroom.stories.sources import DEEPEST, KINDS, LONGEST, Source, SourceError, read_sources
from dateline.wire.fields import Fields, kept_value
from dateline.wire.markup import clean_text

#: Role of the trust indicators that are made of sources with an address.
CITATION = "https://schema.org/citation"

_TYPE, _CITED_BY = "dateline", "cited by"
_PARTS = ("role", "outlet", "on", "archived", "quote")
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_KINDS = dict(KINDS)
#: What a party is taken for that has another role, or none.
_OTHER = "outlet"


# ── Reading ──


class SourceReader:
    """Takes entries in their order; `details` gathers what they say beyond what is modelled."""

    def __init__(self) -> None:
        self.details: dict[str, dict[str, Any]] = {}
        self._roots: list[int] = []
        self._read: list[Source] = []
        self._cited: dict[int, list[int]] = {}
        self._by_literal: dict[str, tuple[int, int]] = {}  # which entry, and how deep in its chain

    def take(self, entry: Fields) -> None:
        parts, rest = _contact_info(entry.data.get("contactInfo"))
        role, literal, uri = entry.text("role"), entry.text("literal"), entry.text("uri", 2000)
        above = self._by_literal.get(parts.pop(_CITED_BY, ""))
        known = literal if _ID.fullmatch(literal) and literal not in self._by_literal else ""
        kind = role if role in _KINDS else _OTHER
        name = entry.text("name") or ("" if known or above else literal)
        source, unread = _source({"kind": kind, "name": name, "url": uri, "id": known, **parts})
        if not any((source.name, source.url, source.outlet)) and kind not in {"own", "unnamed"}:
            raise entry.error("name", "is missing; write what the source is called")
        number = len(self._read)
        self._read.append(source)
        if above and above[1] < DEEPEST:
            self._cited.setdefault(above[0], []).append(number)
        else:
            self._roots.append(number)
            above = None
        if literal:
            self._by_literal.setdefault(literal, (number, above[1] + 1 if above else 1))
        extras = {k: v for k, v in entry.data.items() if k not in ("name", "role", "contactInfo") and v}
        if source.url:
            extras.pop("uri", None)
        if known or above:
            extras.pop("literal", None)
        if rest or unread:
            extras["contactInfo"] = [*rest, *(_said(k, v) for k, v in unread.items())]
        if role != kind:
            extras["role"] = role
        if extras:
            self.details.setdefault(_key(source), kept_value(extras, entry.path))

    def finish(self) -> tuple[Source, ...]:
        return tuple(self._whole(number) for number in self._roots)

    def _whole(self, number: int) -> Source:
        cited = tuple(replace(self._whole(one), id="") for one in self._cited.get(number, ()))
        return replace(self._read[number], cites=cited)


def _contact_info(value: Any) -> tuple[dict[str, str], list[Any]]:
    """Parts of a source, and the ways to reach it."""
    parts: dict[str, str] = {}
    rest: list[Any] = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, Mapping) and one.get("type") == _TYPE and isinstance(one.get("value"), str):
            role = one.get("role")
            if role in (*_PARTS, _CITED_BY) and role not in parts and len(one["value"]) <= LONGEST:
                parts[role] = clean_text(one["value"]) if role != _CITED_BY else one["value"]
                continue
        rest.append(one)
    return parts, rest


def _source(said: Mapping[str, str]) -> tuple[Source, dict[str, str]]:
    """A source, and those of its parts that cannot be used; an address that is none is the entry's own affair."""
    good = {"kind": "own", "name": said["name"], "id": said["id"]}  # a kind that needs nothing more
    unread = {}
    for name in ("url", *_PARTS):
        if value := said.get(name):
            try:
                read_sources([{**good, name: value}])
            except SourceError:
                if name != "url":
                    unread[name] = value
            else:
                good[name] = value
    return replace(read_sources([good])[0], kind=said["kind"]), unread


def _key(source: Source) -> str:
    return f"{source.kind} {source.name or source.url or source.outlet}"


# ── Writing ──


def written_sources(sources: Iterable[Source], details: Any) -> Iterator[dict[str, Any]]:
    for source in sources:
        yield from _entries(source, source.id, "", details if isinstance(details, Mapping) else {})


def _entries(source: Source, literal: str, above: str, details: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    extras = details.get(_key(source))
    extras = dict(extras) if isinstance(extras, Mapping) else {}
    role = extras.pop("role", source.kind)
    if source.cites and not literal:  # what it cites has to name it
        literal = str(extras.get("literal") or uuid5(NAMESPACE_URL, _key(source)))
    info = [_said(name, value) for name in _PARTS if (value := getattr(source, name))]
    if above:
        info.append(_said(_CITED_BY, above))
    others = extras.pop("contactInfo", [])
    info += others if isinstance(others, list) else []
    said = {"name": source.name, "role": role, "uri": source.url, "literal": literal, "contactInfo": info}
    yield {**extras, **{name: value for name, value in said.items() if value}}
    for number, cited in enumerate(source.cites, 1):
        yield from _entries(cited, f"{literal}/{number}", literal, details)


def _said(role: str, value: Any) -> dict[str, str]:
    return {"type": _TYPE, "role": role, "value": value if isinstance(value, str) else value.isoformat()}


# ── Trust indicators ──


def indicators(sources: Iterable[Source]) -> Iterator[dict[str, str]]:
    """Links to what can be looked up, for readers of ninjs that know no sources of ours."""
    for source in sources:
        for one in source.chain:
            if href := one.archived or one.url:
                yield {"role": CITATION, "title": one.name or one.outlet or href, "href": href}


def is_ours(indicator: Mapping[str, Any], sources: Iterable[Source]) -> bool:
    """Whether a trust indicator says what a source does, and is made of that again."""
    return any(dict(indicator) == ours for ours in indicators(sources))
