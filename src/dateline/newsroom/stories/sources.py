"""What a report rests on: sources, each of a kind, and what they cite in turn.

The same shape everywhere: in a story's list of sources, under a tracker's evidence, in the newsroom folder. As plain
data a source is a mapping; `read_sources` makes `Source` objects of what comes from outside, and `as_data` writes them
down again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

#: What a source can be.
KINDS = (
    ("document", pgettext_lazy("kind of source", "document")),
    ("official", pgettext_lazy("kind of source", "official statement")),
    ("person", pgettext_lazy("kind of source", "named person")),
    ("unnamed", pgettext_lazy("kind of source", "unnamed person")),
    ("outlet", pgettext_lazy("kind of source", "other outlet")),
    ("own", pgettext_lazy("kind of source", "own reporting")),
    ("data", pgettext_lazy("kind of source", "data")),
)

#: How many sources one thing may have, how far a chain may go, and how long each text may be.
MOST, DEEPEST, LONGEST = 100, 5, 2000

_TEXTS = ("name", "role", "outlet", "quote")
_ADDRESSES = ("url", "archived")


class SourceError(ValueError):
    """Sources that cannot be used; says which one, what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `id` is what it is known by within its list ("" for none); `on` is the day of what it says.

    Attributes:
        kind: one of `KINDS`.
        name: of a person, body, document or data set; of an unnamed person what may be said of them.
        outlet: the newspaper, agency or station.
        url: where it is; `archived` is a copy that stays.
        quote: its own words.
        cites: what it rests on in turn.
    """

    kind: str
    name: str = ""
    role: str = ""
    outlet: str = ""
    url: str = ""
    archived: str = ""
    on: date | None = None
    quote: str = ""
    id: str = ""
    cites: tuple["Source", ...] = ()

    @property
    def chain(self) -> Iterator["Source"]:
        """Itself, and all that it rests on, the nearest first."""
        yield self
        for cited in self.cites:
            yield from cited.chain


def read_sources(items: Iterable[Any]) -> tuple[Source, ...]:
    """Sources from plain data: a list of addresses (texts) and mappings with the names of `Source`'s attributes.

    `cites` holds mappings, or ids of other sources of the same list.

    Raises:
        SourceError: the first that cannot be used, counted from 1.
    """
    listed = list(items) if not isinstance(items, str | Mapping) else [items]
    if len(listed) > MOST:
        raise SourceError(_("There are %(number)s sources; at most %(most)s are kept.") % _n(len(listed), MOST))
    plain = [_plain(item, number) for number, item in enumerate(listed, 1)]
    by_id: dict[str, Mapping[str, Any]] = {}
    for number, item in enumerate(plain, 1):
        known = str(item.get("id") or "")
        if known and known in by_id:
            raise SourceError(_("Source %(at)s: the id “%(id)s” is another source's.") % {"at": number, "id": known})
        if known:
            by_id[known] = item
    return tuple(_read(item, str(number), by_id, ()) for number, item in enumerate(plain, 1))


def as_data(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Sources as plain data, empty values left out; `read_sources` makes the same of it."""
    return [_written(source) for source in sources]


def _n(number: int, most: int) -> dict[str, int]:
    return {"number": number, "most": most}


def _plain(item: Any, at: int) -> Mapping[str, Any]:
    if isinstance(item, str):
        text = item.strip()
        return {"kind": "document", "url": text} if "://" in text else {"kind": "document", "name": text}
    if isinstance(item, Mapping):
        return item
    raise SourceError(_("Source %(at)s is neither an address nor a table of its parts.") % {"at": at})


def _read(item: Mapping[str, Any], at: str, by_id: Mapping[str, Mapping[str, Any]], above: Sequence[int]) -> Source:
    kind = str(item.get("kind") or "document")
    if kind not in dict(KINDS):
        known = ", ".join(dict(KINDS))
        raise SourceError(
            _("Source %(at)s: “%(kind)s” is no kind of source. Kinds: %(known)s.")
            % {"at": at, "kind": kind, "known": known}
        )
    if id(item) in above:
        raise SourceError(_("Source %(at)s cites itself, directly or by way of others.") % {"at": at})
    if len(above) >= DEEPEST:
        raise SourceError(
            _("Source %(at)s: a chain goes on for at most %(most)s sources.") % {"at": at, "most": DEEPEST}
        )
    texts = {name: _text(item, name, at) for name in _TEXTS}
    addresses = {name: _address(item, name, at) for name in _ADDRESSES}
    if not any((*texts.values(), *addresses.values())) and kind not in {"own", "unnamed"}:
        raise SourceError(_("Source %(at)s has neither a name nor an address.") % {"at": at})
    return Source(
        kind=kind,
        on=_day(item.get("on") or item.get("date"), at),
        id=str(item.get("id") or "")[:64],
        cites=tuple(
            _read(_cited(one, at, by_id), f"{at}.{number}", by_id, (*above, id(item)))
            for number, one in enumerate(_list(item.get("cites")), 1)
        ),
        **texts,
        **addresses,
    )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value)[:MOST] if isinstance(value, list | tuple) else [value]


def _cited(one: Any, at: str, by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if isinstance(one, Mapping):
        return one
    if isinstance(one, str) and one in by_id:
        return by_id[one]
    if isinstance(one, str) and "://" in one:
        return _plain(one, 0)
    raise SourceError(_("Source %(at)s cites “%(one)s”, which is not in this list.") % {"at": at, "one": one})


def _text(item: Mapping[str, Any], name: str, at: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise SourceError(_("Source %(at)s: “%(name)s” should be a text.") % {"at": at, "name": name})
    text = " ".join(str(value).replace("\0", "").split())
    if len(text) > LONGEST:
        raise SourceError(
            _("Source %(at)s: “%(name)s” has more than %(most)s characters.")
            % {"at": at, "name": name, "most": LONGEST}
        )
    return text


def _address(item: Mapping[str, Any], name: str, at: str) -> str:
    text = _text(item, name, at)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() or c in '<>"' for c in text):
        raise SourceError(
            _("Source %(at)s: “%(text)s” is no address of the web; it begins with https:// or http://.")
            % {"at": at, "text": text[:80]}
        )
    return text


def _day(value: Any, at: str) -> date | None:
    if not value:
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise SourceError(
            _("Source %(at)s: “%(text)s” is no date; write it as 2026-03-14.") % {"at": at, "text": str(value)[:40]}
        ) from None


def _written(source: Source) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": source.kind}
    said |= {name: value for name in (*_TEXTS, *_ADDRESSES, "id") if (value := getattr(source, name))}
    if source.on:
        said["on"] = source.on.isoformat()
    if source.cites:
        said["cites"] = [_written(replace(cited, id="")) for cited in source.cites]
    return said
