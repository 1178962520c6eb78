"""How a story is known, in words: the panel at its end, the marks in its text, and what search engines are told."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time
from html import escape, unescape
from typing import Any

from babel.lists import format_list
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.source_blocks import sources_from
from dateline.newsroom.stories.sources import KINDS, Source
from dateline.theme import components as c

#: A name inside a sentence keeps its own direction.
_ISOLATE, _END = "\u2068", "\u2069"

_SPAN = re.compile(r"<(/?)span\b([^>]*)>")
_NAMED = re.compile(r'\bdata-source="([^"]*)"')
_LINK_BETWEEN = re.compile(r"(?:\s*<a\b[^>]*>[^<]*</a>)?\s*")


def known_view(sources: Sequence[Source], voice: Voice, notes: "Notes") -> c.Known | None:
    """The panel; None for a story that names no source. It runs in the edition's language."""
    if not sources:
        return None
    every = [one for source in sources for one in source.chain]
    own = any(one.kind == "own" for one in sources)
    rests = not own and all(source.kind == "outlet" for source in sources)
    return c.Known(
        summary=summary(sources, voice),
        sources=tuple(_shown(source, number, voice, notes) for number, source in enumerate(sources, 1)),
        note=_("This story rests on reports of others alone.") if rests and every else "",
    )


# ── Words ──


def summary(sources: Sequence[Source], voice: Voice) -> str:
    """How many sources there are of which kind: "Two documents and one unnamed person; own reporting"."""
    counts = Counter(source.kind for source in sources)
    parts = [_counted(kind, counts[kind], voice) for kind, _name in KINDS if counts[kind] and kind != "own"]
    said = format_list(parts, locale=voice.locale) if parts else ""
    if counts["own"]:
        own = pgettext("kind of source", "own reporting")
        said = _("%(sources)s; own reporting") % {"sources": said} if said else own
    return said[:1].upper() + said[1:]


def _counted(kind: str, number: int, voice: Voice) -> str:
    said: dict[str, Callable[[], str]] = {
        "document": lambda: ngettext("one document", "%(number)s documents", number),
        "official": lambda: ngettext("one official statement", "%(number)s official statements", number),
        "person": lambda: ngettext("one named person", "%(number)s named people", number),
        "unnamed": lambda: ngettext("one unnamed person", "%(number)s unnamed people", number),
        "outlet": lambda: ngettext("one other outlet", "%(number)s other outlets", number),
        "data": lambda: ngettext("one set of data", "%(number)s sets of data", number),
    }
    text = said[kind]()
    return text % {"number": _number(number, voice)} if "%(" in text else text


def _number(number: int, voice: Voice) -> str:
    """Small numbers in words, where the language has one word for each whatever is counted."""
    words = (
        pgettext("how many", "two"),
        pgettext("how many", "three"),
        pgettext("how many", "four"),
        pgettext("how many", "five"),
        pgettext("how many", "six"),
        pgettext("how many", "seven"),
        pgettext("how many", "eight"),
        pgettext("how many", "nine"),
    )
    return voice.numerals(words[number - 2]) if 2 <= number <= 9 else voice.number(number)


def chain_in_words(source: Source) -> str:
    """ "Outlet, citing Newspaper, citing unnamed officials"; "" for a source that cites nothing."""
    if not source.cites:
        return ""
    names = [f"{_ISOLATE}{called(one)}{_END}" for one in source.chain]
    said = names[-1]
    for name in reversed(names[:-1]):
        said = _("%(source)s, citing %(cited)s") % {"source": name, "cited": said}
    return said


def called(source: Source) -> str:
    """The shortest that says which source it is."""
    return source.name or source.outlet or _kind(source)


def _kind(source: Source) -> str:
    return str(dict(KINDS)[source.kind])


def _shown(source: Source, number: int, voice: Voice, notes: "Notes") -> c.KnownSource:
    day = voice.calendar(datetime.combine(source.on, time(12), voice.zone)) if source.on else ""
    outlet = source.outlet if source.name else ""
    kind = _kind(source)
    title = source.name or source.outlet or _host(source.url)
    passages = [
        c.Link(_("Back to passage %(number)s") % {"number": voice.number(at)}, f"#{anchor}")
        for at, anchor in enumerate(notes.anchors.get(number, ()), 1)
    ]
    return c.KnownSource(
        number=number,
        kind=kind if title else "",
        title=title or kind,
        url=source.url,
        archived=source.archived,
        facts=tuple(filter(None, (source.role, outlet, day))),
        quote=source.quote,
        chain=chain_in_words(source),
        passages=tuple(passages),
    )


def _host(url: str) -> str:
    return url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


# ── Marks in the text ──


class Notes:
    """Sets a mark after each passage that rests on sources, and remembers where: `anchors` by number of source."""

    def __init__(self, sources: Sequence[Source], voice: Voice) -> None:
        self._numbers = {source.id: number for number, source in enumerate(sources, 1) if source.id}
        self._voice = voice
        self._count = 0
        self.anchors: dict[int, list[str]] = {}

    def mark(self, html: str) -> str:
        """`html` with its passages marked. What names no source of the list is shown as if it were not marked."""
        if "data-source" not in html:
            return html
        out: list[str] = []
        opened: list[list[int] | None] = []
        position = 0
        for tag in _SPAN.finditer(html):
            out.append(html[position : tag.start()])
            position = tag.end()
            if not tag[1]:
                named = _NAMED.search(tag[2])
                opened.append(self._known(named[1]) if named else None)
                if not named:
                    out.append(tag[0])
                continue
            numbers = opened.pop() if opened else None
            if numbers is None:
                out.append(tag[0])
            elif not self._goes_on(html, position, numbers):
                out.extend(self._note(number) for number in numbers)
        out.append(html[position:])
        return "".join(out)

    def _known(self, named: str) -> list[int]:
        return sorted({self._numbers[one] for one in unescape(named).split() if one in self._numbers})

    def _goes_on(self, html: str, position: int, numbers: list[int]) -> bool:
        """Whether the same sources bear what follows: a link parts a passage in two."""
        between = _LINK_BETWEEN.match(html, position)
        following = _SPAN.match(html, between.end() if between else position)
        named = _NAMED.search(following[2]) if following and not following[1] else None
        return bool(named and numbers and self._known(named[1]) == numbers)

    def _note(self, number: int) -> str:
        self._count += 1
        anchor = f"noted-{self._count}"
        self.anchors.setdefault(number, []).append(anchor)
        place = self._voice.number(number)
        said = escape(_("Source %(number)s") % {"number": place})
        return (
            f'<sup class="note"><a href="#source-{number}" id="{anchor}" role="doc-noteref" aria-label="{said}">'
            f"{escape(place)}</a></sup>"
        )


def notes_of(raw: Any, voice: Voice) -> tuple[tuple[Source, ...], Notes]:
    """The sources of a story's field, given as raw blocks, and what marks its text with them."""
    sources = sources_from(raw)
    return sources, Notes(sources, voice)


# ── What search engines are told ──

#: What schema.org calls a source.
_WORKS = {"document": "CreativeWork", "official": "CreativeWork", "outlet": "NewsArticle", "data": "Dataset"}


def cited_works(sources: Sequence[Source]) -> dict[str, Any]:
    """`citation` and `isBasedOn` of a story (https://schema.org/citation), as far as there is something to name."""
    works = [work for source in sources if (work := _work(source))]
    based = [source.url for source in sources if source.kind == "outlet" and source.url]
    return ({"citation": works} if works else {}) | ({"isBasedOn": based} if based else {})


def _work(source: Source) -> dict[str, Any] | None:
    if source.kind in {"own", "unnamed"} or (source.kind == "person" and not source.quote):
        return None
    work: dict[str, Any]
    if source.kind == "person":
        work = {"@type": "Quotation", "text": source.quote, "creator": {"@type": "Person", "name": source.name}}
    else:
        work = {"@type": _WORKS[source.kind], "name": Truncator(called(source)).chars(200)}
    if source.outlet and source.outlet != work.get("name"):
        work["publisher"] = {"@type": "Organization", "name": source.outlet}
    if source.url:
        work["url"] = source.url
    if source.archived:
        work["archivedAt"] = source.archived
    if source.on:
        work["datePublished"] = source.on.isoformat()
    return work
