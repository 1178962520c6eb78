"""ninjs, IPTC's news in JSON: an object read as an item, and an item written as ninjs 3.1.

Reading takes version 3 and version 2. What Dateline does not model goes into `Item.kept` under its own name and is
written again; the other renderings of a body are dropped, since they would contradict it after an edit. Of what is
modelled, additions such as a topic's `uri` are kept under `DETAILS`.
"""

import re
from typing import Any, cast

from dateline.newsroom.stories.sources import Source
from dateline.wire.bodies import blocks_from_html, blocks_from_nitf, blocks_from_text
from dateline.wire.fields import Fields, ItemError, brief, kept_value
from dateline.wire.imagefiles import path_problem
from dateline.wire.items import (
    FORMS,
    FORMS_WITHOUT_BODY,
    Block,
    Credit,
    Form,
    Heading,
    Item,
    Media,
    Related,
    Status,
    Term,
)
from dateline.wire.markup import MarkupTooLong, clean_text, slug_of
from dateline.wire.ninjs_media import EMPTY, LONG, keep_rest, read_media
from dateline.wire.ninjs_names import check_type, current_names
from dateline.wire.ninjs_sources import SourceReader, is_ours
from dateline.wire.ninjs_writing import BYLINE_ROLES, DETAILS, plain_type, write_item
from dateline.wire.notes import read_note

__all__ = ["ItemError", "read_item", "write_item"]

_MODELLED = frozenset({
    "standard", "uri", "version", "versionCreated", "firstCreated", "contentCreated", "pubStatus", "embargoedUntil",
    "expires", "language", "headlines", "descriptions", "bodies", "genres", "subjects", "people", "by", "infoSources",
    "trustIndicators", "located", "associations", "altIds", "urgency", "usageTerms", "copyrightHolder",
    "copyrightNotice",
})  # fmt: skip
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_STANDFIRST = ("standfirst", "lead", "summary")
_TERMS = {"region": "regions", "topic": "topics", "coverage": "coverages", "series": "series"}
_SINGLE_IDS = ("translation-group", "slug", "origin", "episode")


def read_item(data: object) -> Item:
    """The item that a ninjs object describes. A canceled item needs nothing but its `uri`, so that a withdrawal never
    fails on a detail.

    Raises:
        ItemError: naming the first thing that is wrong.
    """
    if not isinstance(data, dict):
        raise ItemError("", f"an item must be a JSON object, not {brief(data)}")
    fields = Fields(current_names(data))
    uri = fields.text("uri", 2000)
    if not uri:
        raise ItemError("uri", "is missing; give every item one that never changes, such as urn:example:story:42")
    if not _URI.fullmatch(uri):
        raise ItemError("uri", f"{brief(uri)} is no URI; write one such as urn:example:story:42")
    status = fields.data.get("pubStatus")
    if status is None:
        status = "usable"
    check_type("pubStatus", status, "pubStatus")
    if status != "canceled":
        return _Reader(fields, uri, cast("Status", status)).item()
    try:
        return _Reader(fields, uri, "canceled").item()
    except ItemError:
        return Item(uri, _version(fields), fields.moment("versionCreated"), status="canceled")


def _version(fields: Fields) -> str:
    version = fields.data.get("version")
    if isinstance(version, int) and not isinstance(version, bool):
        return str(version)
    return fields.text("version", 100) or "1"


class _Reader:
    """Reads one item; what is not modelled gathers in `kept`."""

    def __init__(self, fields: Fields, uri: str, status: Status) -> None:
        self.fields = fields
        self.uri = uri
        self.status = status
        self.kept: dict[str, Any] = {}

    def item(self) -> Item:
        fields = self.fields
        headlines = self.headlines()
        form = self.form()
        language = self.language()
        terms = self.terms()
        ids, redirects = self.alternative_ids()
        source, sources = self.sources()
        lead, clip, figures, related = self.associations()
        item = Item(
            uri=self.uri,
            version=_version(fields),
            version_created=fields.moment("versionCreated"),
            first_created=fields.moment("firstCreated"),
            content_created=fields.moment("contentCreated"),
            status=self.status,
            embargoed_until=fields.moment("embargoedUntil"),
            expires=fields.moment("expires"),
            language=language,
            headline=headlines.get("main", ""),
            kicker=headlines.get("kicker", ""),
            short_headline=headlines.get("short", ""),
            standfirst=self.standfirst(),
            body=self.body(headlines.get("main", ""), form),
            form=form,
            section=self.section(),
            regions=terms["regions"],
            topics=terms["topics"],
            coverages=terms["coverages"],
            series=terms["series"],
            authors=self.authors(),
            by=fields.text("by"),
            source=source,
            sources=sources,
            located=fields.text("located", 500),
            lead=lead,
            clip=clip,
            episode=int(ids["episode"]) if "episode" in ids else None,
            figures=figures,
            related=related,
            translation_group=ids.get("translation-group", ""),
            slug=ids.get("slug", ""),
            redirects=redirects,
            corrections=tuple(note for e in fields.entries("descriptions") if (note := read_note(e))),
            origin=ids.get("origin", ""),
            urgency=fields.number("urgency", 1, 9),
            usage_terms=fields.text("usageTerms", LONG),
            copyright_holder=fields.text("copyrightHolder"),
            copyright_notice=fields.text("copyrightNotice", LONG),
            kept=self.kept,
        )
        keep_rest(fields, self.kept, _MODELLED)
        if self.kept.get("type") == plain_type(item):
            del self.kept["type"]
        return item

    # -- what is kept

    def keep(self, name: str, entry: Fields) -> None:
        self.kept.setdefault(name, []).append(kept_value(entry.data, entry.path))

    def keep_details(self, name: str, key: str, entry: Fields, modelled: tuple[str, ...]) -> None:
        """Keep what an entry says beyond the names that are modelled, to be found again by `key`."""
        extras = {key: value for key, value in entry.data.items() if key not in modelled and value not in EMPTY}
        if extras:
            found = self.kept.setdefault(DETAILS, {}).setdefault(name, {})
            found.setdefault(key, kept_value(extras, entry.path))

    # -- words

    def required(self, name: str, message: str) -> None:
        if self.status != "canceled":
            raise ItemError(name, message)

    def language(self) -> str:
        language = self.fields.text("language", 100)
        if not language:
            self.required("language", "is missing; write the language's tag, such as en or ar")
        elif not _LANGUAGE.fullmatch(language):
            raise ItemError("language", f"{brief(language)} is no language tag; write one such as en or pt-BR")
        return language

    def headlines(self) -> dict[str, str]:
        """Headlines by role: main, kicker, short."""
        found: dict[str, str] = {}
        spare: list[Fields] = []
        for entry in self.fields.entries("headlines"):
            role = entry.text("role").lower()
            text = entry.words("value")
            if role in ("main", "kicker", "short") and role not in found and text:
                found[role] = text
            else:
                spare.append(entry)
        if "main" not in found:
            unnamed = next((e for e in spare if e.text("role").lower() in ("", "headline", "title")), None)
            first = unnamed or next(iter(spare), None)
            if first is not None and (text := first.words("value")):
                found["main"] = text
                spare.remove(first)
        for entry in spare:
            self.keep("headlines", entry)
        if "main" not in found:
            hint = "; this looks like ninjs 1, which is not read" if "headline" in self.fields.data else ""
            where = "headlines[0].value" if self.fields.data.get("headlines") else "headlines"
            self.required(where, f'is missing or empty; write [{{"role": "main", "value": "…"}}]{hint}')
        return found

    def standfirst(self) -> str:
        entries = [entry for entry in self.fields.entries("descriptions") if read_note(entry) is None]
        texts = [(entry, entry.text("role").lower(), entry.words("value", LONG)) for entry in entries]
        ranked = [
            (_STANDFIRST.index(role), n) for n, (_, role, text) in enumerate(texts) if role in _STANDFIRST and text
        ]
        chosen = min(ranked)[1] if ranked else None
        for number, entry in enumerate(entries):
            if number != chosen:
                self.keep("descriptions", entry)
        return texts[chosen][2] if chosen is not None else ""

    def body(self, headline: str, form: Form) -> tuple[Block, ...]:
        bodies = list(self.fields.entries("bodies"))
        ranked = sorted(range(len(bodies)), key=lambda n: (_rank(bodies[n]), bodies[n].data.get("role") != "main", n))
        blocks: tuple[Block, ...] = ()
        chosen = None
        for number in ranked:
            blocks = _blocks(bodies[number])
            if blocks and isinstance(blocks[0], Heading) and blocks[0].text == headline:
                blocks = blocks[1:]
            if blocks:
                chosen = bodies[number]
                break
        if chosen is not None and _rank(chosen) == 0:
            for entry in bodies:
                if entry is not chosen and _rank(entry) == 0 and entry.data.get("role") not in (None, "main"):
                    self.keep("bodies", entry)
        blocks = blocks or self.told_by_description()
        if not blocks and form not in FORMS_WITHOUT_BODY:
            hint = "; this looks like ninjs 1, which is not read" if "body_html" in self.fields.data else ""
            where = "bodies[0].value" if bodies else "bodies"
            self.required(where, f'has no words; write [{{"contentType": "text/html", "value": "<p>…</p>"}}]{hint}')
        return blocks

    def told_by_description(self) -> tuple[Block, ...]:
        """Agencies send short items whose words stand in a description of the role `text`, and no body."""
        for entry in self.fields.entries("descriptions"):
            if entry.text("role").lower() == "text" and (words := entry.words("value", LONG)):
                return blocks_from_text(words)
        return ()

    # -- what it is about

    def form(self) -> Form:
        """The first genre that is a form of ours; else what a video is, or news."""
        form: str = ""
        for entry in self.fields.entries("genres"):
            literal = entry.text("literal")
            if not form and literal.lower() in FORMS:
                form = literal.lower()
                self.keep_details("genres", form, entry, ("literal",))
            else:
                self.keep("genres", entry)
        return cast("Form", form or ("video" if self.fields.data.get("type") == "video" else "news"))

    def section(self) -> str:
        section = ""
        for entry in self.fields.entries("subjects"):
            rel = entry.text("rel")
            if rel == "section" and not section:
                steps = [slug_of(step) for step in entry.text("literal").split("/") if step.strip()]
                if not steps or not all(steps):
                    raise entry.error(
                        "literal", "is missing or no path; write the section's slugs, such as news/politics"
                    )
                if len(steps) > 2:
                    raise entry.error("literal", f"has {len(steps)} parts; a section's path has two at most")
                section = "/".join(steps)
                self.keep_details("subjects", f"section {section}", entry, ("rel", "literal"))
            elif rel not in _TERMS:
                self.keep("subjects", entry)
        return section

    def terms(self) -> dict[str, tuple[Term, ...]]:
        found: dict[str, dict[str, Term]] = {name: {} for name in _TERMS.values()}
        for entry in self.fields.entries("subjects"):
            rel = entry.text("rel")
            if rel in _TERMS:
                name = entry.text("name")
                slug = slug_of(entry.text("literal") or name)
                if not slug:
                    raise entry.error("literal", "is missing, and so is a name to make it from")
                if slug not in found[_TERMS[rel]]:
                    found[_TERMS[rel]][slug] = Term(slug, name)
                    self.keep_details("subjects", f"{rel} {slug}", entry, ("rel", "literal", "name"))
        return {name: tuple(terms.values()) for name, terms in found.items()}

    # -- who made it

    def authors(self) -> tuple[Credit, ...]:
        authors: list[Credit] = []
        for entry in self.fields.entries("people"):
            rel = entry.text("rel")
            if rel.lower() not in BYLINE_ROLES:
                self.keep("people", entry)
                continue
            name = entry.text("name") or entry.text("literal")
            if not name:
                raise entry.error("name", "is missing; write the author's name")
            role = None if rel.lower() == "author" else rel.lower()
            authors.append(Credit(name, entry.text("uri", 2000) or None, role))
            self.keep_details("people", f"{rel.lower()} {name}", entry, ("rel", "name", "uri"))
        return tuple(authors)

    def sources(self) -> tuple[str, tuple[Source, ...]]:
        """The source line, and what the report rests on."""
        line: list[tuple[str, Fields]] = []
        others = SourceReader()
        for entry in self.fields.entries("infoSources"):
            if entry.text("role") != "source":
                others.take(entry)
                continue
            name = entry.text("name") or entry.text("literal")
            if not name:
                raise entry.error("name", "is missing; write what the source is called")
            line.append((name, entry))
        for key, extras in others.details.items():
            self.kept.setdefault(DETAILS, {}).setdefault("infoSources", {})[key] = extras
        sources = others.finish()
        for entry in self.fields.entries("trustIndicators"):
            if not is_ours(entry.data, sources):
                self.keep("trustIndicators", entry)
        # The line is written as one entry a name again, so each name must come back as it is.
        names = list(filter(None, map(clean_text, "; ".join(name for name, _ in line).split("; "))))
        for name, entry in line:
            if name in names:
                self.keep_details("infoSources", f"source {name}", entry, ("name", "role"))
        return "; ".join(names), sources

    def alternative_ids(self) -> tuple[dict[str, str], tuple[str, ...]]:
        found: dict[str, str] = {}
        redirects: dict[str, None] = {}
        for entry in self.fields.entries("altIds"):
            role = entry.text("role")
            value = entry.text("value", 2000)
            if role == "slug":
                value = slug_of(value)
            if role == "episode" and not re.fullmatch("[0-9]{1,6}", value):
                self.keep("altIds", entry)
            elif role in _SINGLE_IDS and role not in found:
                if value:
                    found[role] = value
            elif role == "redirect":
                if not re.match(r"/|https?://[^/]", value):
                    raise entry.error("value", f"{brief(value)} is no old address; write https://… or a path from /")
                redirects[value] = None
            else:
                self.keep("altIds", entry)
        return found, tuple(redirects)

    # -- what goes with it

    def associations(self) -> tuple[Media | None, Media | None, tuple[Media, ...], tuple[Related, ...]]:
        """Lead picture, film or recording, pictures in the text, related stories."""
        lead: Media | None = None
        clip: Media | None = None
        figures: list[Media] = []
        related: list[Related] = []
        for entry in self.fields.entries("associations"):
            rel = entry.text("rel")
            film = rel == "lead" and _is_clip(entry)
            if film and clip is None:
                clip = read_media(entry, self.uri, "clip")
            elif rel == "lead" and lead is None and not film:
                lead = read_media(entry, self.uri, "lead")
            elif rel in ("lead", "figure"):
                figures.append(read_media(entry, self.uri, f"figure-{len(figures) + 1}"))
            elif rel == "related":
                related.append(self.related(entry))
            else:
                self.keep("associations", entry)
        return lead, clip, tuple(figures), tuple(related)

    def related(self, entry: Fields) -> Related:
        uri = entry.text("uri", 2000)
        if not uri:
            raise entry.error("uri", "is missing; write the related story's uri")
        headline = next(entry.entries("headlines"), None)
        name = entry.text("name")
        title = headline.words("value") if headline else ("" if name in ("related", uri) else name)
        self.keep_details("associations", uri, entry, ("uri", "name", "rel", "headlines"))
        return Related(uri, title)


def _is_clip(entry: Fields) -> bool:
    """Whether an association is a film or a recording in a file beside the story; one that stands elsewhere is not."""
    files = [one for one in entry.entries("renditions") if one.text("href", 4000)]
    main = next((one for one in files if one.text("name") == "main"), None) or next(iter(files), None)
    if main is None or path_problem(main.text("href", 4000)) is not None:
        return False
    kind = entry.text("type") or main.text("contentType", 200).partition("/")[0]
    return kind in ("video", "audio")


def _rank(body: Fields) -> int:
    """Which kind of body is read first: 0 HTML, 1 plain text, 2 NITF, 3 what cannot be read."""
    kind = body.text("contentType").lower()
    value = body.data.get("value")
    start = value[:2000].lstrip() if isinstance(value, str) else ""
    if "nitf" in kind or "<body.content" in start or start.startswith("<nitf"):
        return 2
    if kind.startswith(("text/html", "application/xhtml")):
        return 0
    if kind.startswith("text/plain"):
        return 1
    if not kind:
        return 0 if start.startswith("<") or "</p>" in start else 1
    return 3


def _blocks(body: Fields) -> tuple[Block, ...]:
    value = body.data.get("value")
    if value is None:
        return ()
    if not isinstance(value, str):
        body.text("value")  # says what it is
        return ()
    try:
        match _rank(body):
            case 0:
                return blocks_from_html(value)
            case 1:
                return blocks_from_text(value)
            case 2:
                return blocks_from_nitf(value)
    except MarkupTooLong as error:
        raise body.error("value", str(error)) from error
    return ()
