"""The pages that the browser tests open: one of every kind in every edition of the demo newsroom.

They are chosen from the demo's own sources, so that each has a name before there is a newsroom to open it in.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from dateline.demo.build import FORMS, NEWSROOM, TEXTS

Json = dict[str, Any]


@dataclass(frozen=True)
class DemoPage:
    """One page: `path` as a reader asks for it, or the `slug` of a story whose path the sitemaps know."""

    edition: str
    kind: str
    path: str = ""
    slug: str = ""
    status: int = 200
    text: str = ""  # a story's body, as HTML
    below: str = ""  # the rest of the path, for a page below a story's own
    query: str = ""  # what is asked of it, encoded

    def __str__(self) -> str:
        return f"{self.edition}-{self.kind}"

    @property
    def direction(self) -> str:
        return "rtl" if self.edition == "ar" else "ltr"


def _stories(language: str) -> list[Json]:
    lines = (TEXTS / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _commonest(stories: list[Json], name: str) -> str:
    """The slug that most stories name: its front is the fullest."""
    found = Counter(
        term if isinstance(term, str) else term[0] for story in stories for term in story.get(name) or [] if term
    )
    return found.most_common(1)[0][0]


def _story(edition: str, kind: str, story: Json) -> DemoPage:
    return DemoPage(edition, kind, slug=story["slug"], text=story["body"])


def words(text: str) -> list[str]:
    """The words of a piece of HTML, block by block."""
    return re.sub(r"<[^>]+>", " ", text).split()


def passages(text: str) -> list[str]:
    """What each block of a body says, with plain spaces; one with marks of sources in the pieces between these."""
    # A chart's figures are behind it, in a table that is opened.
    body = html.fragment_fromstring(text, create_parent="div")
    for figures in body.xpath(".//figure[@class='chart']/table"):
        figures.drop_tree()
    for marked in body.xpath(".//span[@data-source]"):
        marked.tail = f"\u241f{marked.tail or ''}"
    blocks = body.xpath(".//p | .//h2 | .//h3 | .//li | .//td | .//th")
    pieces = (" ".join(piece.split()) for block in blocks for piece in block.text_content().split("\u241f"))
    return [piece for piece in pieces if piece]


def _spare(stories: list[Json]) -> Json:
    """A story that can be withdrawn: nothing else in the demo leans on it."""
    named = {key for story in stories for key in story.get("related") or []}
    linked = " ".join(story["body"] for story in stories)
    return next(
        story
        for story in reversed(stories)
        if story["form"] == "news"
        and not story.get("group")
        and story["key"] not in named
        and f":{story['key']}" not in linked
    )


def _branches(sections: list[Json], above: str = "") -> Iterator[tuple[str, Json]]:
    """Every section of a tree with its path of slugs."""
    for section in sections:
        yield f"{above}{section['slug']}", section
        yield from _branches(section.get("children", []), f"{above}{section['slug']}/")


def pages_of_form(stories: list[Json], form: str) -> str:
    """The slug of a story in this form."""
    return str(next(story["slug"] for story in stories if story["form"] == form))


#: A word that many of an edition's stories use.
SOUGHT = {"en": "water", "ar": "%D9%85%D8%A7%D8%A1", "es": "agua"}


def _edition_pages(edition: Json) -> list[DemoPage]:
    code, home = edition["language"], f"/{edition['path']}/"
    stories = _stories(code)
    parent = next(section for section in edition["sections"] if section.get("children"))
    child = parent["children"][0]["slug"]
    by_form = {branch["form"]: path for path, branch in _branches(edition["sections"]) if branch.get("form")}
    fronts = {
        "home": home,
        "section": f"{home}{parent['slug']}/",
        "sub-section": f"{home}{parent['slug']}/{child}/",
        "opinion-section": f"{home}{by_form['opinion']}/",
        "gallery-section": f"{home}{by_form['gallery']}/",
        "region": f"{home}region/{_commonest(stories, 'regions')}/",
        "topic": f"{home}topic/{_commonest(stories, 'topics')}/",
        "author": f"{home}author/{_commonest(stories, 'by')}/",
        "coverage": f"{home}coverage/{edition['coverages'][0]['slug']}/",
        "in-five": f"{home}coverage/{edition['coverages'][0]['slug']}/in-five/",
        "coverages": f"{home}coverage/",
        "morning": f"{home}in-five/",
        "years": f"{home}archive/",
        "archive": f"{home}{parent['slug']}/page/1/",
        "topic-archive": f"{home}topic/{_commonest(stories, 'topics')}/page/1/",
        "footer-page": f"{home}{edition['pages'][0]['slug']}/",
        "channel": f"{home}channel/{edition['channels'][0]['slug']}/",
        "search": f"{home}search/",
        "most-read": f"{home}most-read/",
        "corrections": f"{home}corrections/",
    }
    pages = [DemoPage(code, kind, path=path) for kind, path in fronts.items()]
    pages.append(DemoPage(code, "found", path=f"{home}search/", query=f"q={SOUGHT[code]}"))
    pages.append(DemoPage(code, "nothing-found", path=f"{home}search/", query=f"q=%D9%82qx&section={parent['slug']}"))
    for form in sorted(FORMS):
        written = [story for story in stories if story["form"] == form]
        pages.append(_story(code, form, max(written, key=lambda story: len(story["body"]))))
    pages.append(DemoPage(code, "updates", slug=pages_of_form(stories, "live"), below="updates/2/"))
    pages.append(DemoPage(code, "not-found", path=f"{home}nothing-is-here/", status=404))
    pages.append(DemoPage(code, "withdrawn", slug=_spare(stories)["slug"], status=410))
    return pages


_NEWSROOM = tomllib.loads(NEWSROOM.read_text("utf-8"))
EDITIONS = [edition["language"] for edition in _NEWSROOM["editions"]]

PAGES = [page for edition in _NEWSROOM["editions"] for page in _edition_pages(edition)]
PAGES.append(DemoPage("en", "patterns", path="/patterns/"))

HOMES = [page for page in PAGES if page.kind == "home"]
STORIES = [page for page in PAGES if page.text]
NEWS = [page for page in PAGES if page.kind == "news"]

#: What each edition's story of about 600 words weighs is held against the budget.
MEASURED = [
    _story(code, "600-words", min(_stories(code), key=lambda story: abs(600 - len(words(story["body"])))))
    for code in EDITIONS
]

#: The URI of each edition's story to withdraw.
WITHDRAWN = [f"urn:dateline:demo:{code}:{_spare(_stories(code))['key']}" for code in EDITIONS]
