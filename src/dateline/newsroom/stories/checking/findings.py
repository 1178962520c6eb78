"""The checks: each reads a story and says what an editor should answer for before readers ask."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dateline.newsroom.stories.checking.numbers import missing
from dateline.newsroom.stories.sources import Source

#: Forms whose stories report: opinions and pictures speak for themselves, live coverage names its sources update by
#: update.
REPORTS = frozenset({"news", "analysis", "feature", "explainer", "infographic"})

_TAG = re.compile(r"<[^>]*>")
_PAGE_LINK = re.compile(r'<a linktype="page" id="(\d+)">(.*?)</a>', re.DOTALL)
_LINK = re.compile(r'<a href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)

#: Where in the form a finding is mended: the ids of panels.
HEADLINE, TEXT, SOURCES, LEAD = "title", "body", "sources", "lead_picture"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to answer for. `subject` is what it is about: when that changes, an old answer is none.

    Attributes:
        code: which check found it.
        text: what it says, in the editor's language.
        where: the field of the form it is mended in.
        passage: the words or the thing it is about, as an editor knows it.
    """

    code: str
    text: str
    where: str
    subject: str
    passage: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.code}\n{self.subject}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture's words, as far as they are asked for."""

    name: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Read:
    """A story as the checks read it.

    Attributes:
        body: raw blocks.
        source: the source line.
        pictures: of the lead and the body, by key.
        lead: key of the lead picture.
        pages: keys of pages that readers can come to, among those that the text links to.
        paths: the same of addresses on this site.
        dead: addresses elsewhere that are known to lead nowhere.
        own: how addresses of this site begin.
    """

    form: str = "news"
    language: str = "en"
    headline: str = ""
    standfirst: str = ""
    body: Sequence[Any] = ()
    source: str = ""
    sources: Sequence[Source] = ()
    pictures: Mapping[int, Shown] = field(default_factory=dict)
    lead: int | None = None
    pages: frozenset[int] = frozenset()
    paths: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    own: str = ""


# ── Sources ──


def no_source(story: Read) -> Iterator[Finding]:
    if story.form in REPORTS and not story.sources and not story.source:
        yield Finding("sources", _("No source is named."), SOURCES, "")


def all_unnamed(story: Read) -> Iterator[Finding]:
    if story.sources and all(source.kind == "unnamed" for source in story.sources):
        about = "\n".join(source.name for source in story.sources)
        yield Finding("unnamed", _("It rests on unnamed people alone."), SOURCES, about)


def one_outlet(story: Read) -> Iterator[Finding]:
    """Whether all of it is another's report, as the source line or the list of sources says."""
    names = {source.outlet or source.name for source in story.sources}
    others = all(source.kind == "outlet" for source in story.sources)
    if not story.sources:
        names = {name for name in story.source.split("; ") if name}
    if len(names) == 1 and others and story.form in REPORTS:
        (name,) = names
        yield Finding("one-outlet", _("It rests on the report of one outlet alone."), SOURCES, name, name)


# ── Quotes and pictures ──


def quote_without_speaker(story: Read) -> Iterator[Finding]:
    for block in story.body:
        if block["type"] == "quote" and not (block["value"].get("attribution") or "").strip():
            words = _text(block["value"]["text"])
            yield Finding("speaker", _("A quote does not say who said it."), TEXT, words, _short(words))


def picture_words(story: Read) -> Iterator[Finding]:
    used = ([(story.lead, LEAD)] if story.lead else []) + [(key, TEXT) for key in pictures_of(story.body)]
    for key, where in dict(reversed(used)).items():
        shown = story.pictures.get(key)
        if shown and not shown.credit.strip():
            yield Finding("credit", _("A picture does not say whose it is."), where, str(key), shown.name)
        if shown and not shown.alt.strip():
            yield Finding("alt", _("A picture has no words for those who cannot see it."), where, str(key), shown.name)


def pictures_of(body: Iterable[Any]) -> Iterator[int]:
    """Keys of the pictures in raw blocks."""
    for block in body:
        if block["type"] == "picture" and block["value"].get("picture"):
            yield block["value"]["picture"]
        elif block["type"] == "gallery":
            for item in block["value"].get("pictures") or []:
                inner = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
                if inner.get("picture"):
                    yield inner["picture"]


# ── Numbers ──


def headline_number(story: Read) -> Iterator[Finding]:
    words = list(text_of(story.body))
    if not words and not story.standfirst:
        return  # told by a film or by pictures
    text = " \n ".join([story.standfirst, *words])
    for said in missing(story.headline, text, story.language):
        about = f"{said.text}\n{story.headline}"
        yield Finding("number", _("The headline has a number that the text does not have."), HEADLINE, about, said.text)


def text_of(body: Iterable[Any]) -> Iterator[str]:
    """What raw blocks say in words and figures."""
    for block in body:
        value = block["value"]
        match block["type"]:
            case "text":
                yield _text(value)
            case "quote" | "pull_quote" | "heading":
                yield _text(value["text"]) if block["type"] == "quote" else value["text"]
            case "picture":
                yield value.get("caption") or ""
            case "table":
                for row in (value or {}).get("data") or []:
                    yield " \n ".join(str(cell) for cell in row if cell is not None)
            case "chart":
                yield from (str(value.get(name) or "") for name in ("headline", "data", "note", "description"))


# ── Links ──


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a text: to a page by its key, or to an address. `words` is what it stands on."""

    words: str
    page: int = 0
    url: str = ""


def links_of(body: Iterable[Any]) -> Iterator[Link]:
    for block in body:
        value = block["value"]
        if block["type"] in {"text", "quote"}:
            html = value if block["type"] == "text" else value["text"]
            yield from (Link(_text(words), page=int(key)) for key, words in _PAGE_LINK.findall(html))
            yield from (Link(_text(words), url=unescape(url)) for url, words in _LINK.findall(html))
        elif block["type"] == "related":
            if value.get("story"):
                yield Link(value.get("title") or "", page=value["story"])
            elif value.get("url"):
                yield Link(value.get("title") or "", url=value["url"])
        elif block["type"] == "embed" and value.get("url"):
            yield Link(value.get("title") or "", url=value["url"])


def path_of(url: str, own: str) -> str:
    """The path of an address on this site, "" for one elsewhere."""
    path = url.removeprefix(own) if own and url.startswith(f"{own}/") else url
    return path.split("#")[0].split("?")[0] if path.startswith("/") and not path.startswith("//") else ""


def dead_link(story: Read) -> Iterator[Finding]:
    listed = [
        Link(one.name or one.outlet, url=url)
        for source in story.sources
        for one in source.chain
        for url in (one.url, one.archived)
        if url
    ]
    for where, links in ((TEXT, links_of(story.body)), (SOURCES, listed)):
        for link in links:
            path = path_of(link.url, story.own)
            gone = (
                (link.page and link.page not in story.pages)
                or (path and path not in story.paths)
                or link.url in story.dead
            )
            if gone:
                about = link.url or str(link.page)
                shown = link.words or link.url
                yield Finding("link", _("A link leads nowhere."), where, about, _short(shown))


#: By code; the options say which are asked.
CHECKS: Mapping[str, Callable[[Read], Iterator[Finding]]] = {
    "sources": no_source,
    "unnamed": all_unnamed,
    "one-outlet": one_outlet,
    "speaker": quote_without_speaker,
    "pictures": picture_words,
    "number": headline_number,
    "link": dead_link,
}


def findings(story: Read, checks: Iterable[str] = CHECKS) -> tuple[Finding, ...]:
    """All that is found, each thing once."""
    found = (finding for name in checks if name in CHECKS for finding in CHECKS[name](story))
    return tuple({finding.digest: finding for finding in found}.values())


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _short(text: str) -> str:
    return Truncator(text).chars(90)
