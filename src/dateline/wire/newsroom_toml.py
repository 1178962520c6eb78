"""newsroom.toml: a newsroom's editions, sections, people and pages, read, checked and written.

Reading reports everything that is wrong at once and goes on with the rest: a value that cannot be is replaced by what
stands when it is missing, an entry without which nothing can be made is left out.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from dateline.wire.fields import kind_of
from dateline.wire.items import FORMS
from dateline.wire.toml_text import toml_text
from dateline.wire.toml_values import LONGEST_TEXT, TomlProblem, Values, is_web_address

LARGEST_FILE = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LinkToml:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SectionToml:
    """`form` is one of `items.FORMS` or "": what stories in it usually are."""

    slug: str
    title: str
    description: str = ""
    form: str = ""
    children: "tuple[SectionToml, ...]" = ()


@dataclass(frozen=True, slots=True)
class RegionToml:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class PageToml:
    """`body` is HTML as the file has it, not sanitised."""

    slug: str
    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class PersonToml:
    """`photo` is a path in the folder."""

    slug: str
    name: str
    role: str = ""
    bio: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class CardToml:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CoverageToml:
    """`picture` is a path in the folder; `in_five` are the cards of "In five"."""

    slug: str
    title: str
    summary: str = ""
    picture: str = ""
    in_five: tuple[CardToml, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionToml:
    """`kept` holds what is not modelled here under its own name, as TOML's own values: series, channels, breaking,
    trackers and names that are not known."""

    language: str
    path: str
    name: str
    slogan: str = ""
    timezone: str = "UTC"
    default: bool = False
    digits: str = "latn"
    about: str = ""
    legal: str = ""
    social: tuple[LinkToml, ...] = ()
    apps: tuple[LinkToml, ...] = ()
    sections: tuple[SectionToml, ...] = ()
    regions: tuple[RegionToml, ...] = ()
    pages: tuple[PageToml, ...] = ()
    people: tuple[PersonToml, ...] = ()
    coverages: tuple[CoverageToml, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewsroomToml:
    """`accent` is `#rrggbb` or ""; `logo` a path in the folder or ""; `kept` what `[newsroom]` says beyond this."""

    name: str
    legal: str = ""
    about: str = ""
    accent: str = ""
    logo: str = ""
    editions: tuple[EditionToml, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)


#: Lists of tables that are taken as they are.
_KEPT_LISTS = ("series", "channels", "breaking", "trackers")


def read_newsroom(path: Path) -> tuple[NewsroomToml | None, list[TomlProblem]]:
    """What the file says, and everything that is wrong with it; None if it cannot be read or has no edition.

    Raises:
        OSError: if the file cannot be opened.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return None, [TomlProblem("", f"{size:,} bytes; the most is {LARGEST_FILE:,}")]
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return None, [TomlProblem("", f"byte {error.start + 1} is not UTF-8")]
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).rstrip(")").partition(" (at ")
        line, _, column = place.partition(", ")
        if not line.startswith("line"):
            line = "the end"
        return None, [TomlProblem(line, f"not TOML: {message}{f' ({column})' if column else ''}")]
    except RecursionError:
        return None, [TomlProblem("", "nested too deeply")]
    reader = _Reader()
    return reader.newsroom(data), reader.problems


class _Reader(Values):
    def unknown(self, table: dict[str, Any], where: str, known: type) -> dict[str, Any]:
        """What no field of `known` models; names that are not known at all are reported."""
        kept = {}
        names = {one.name for one in fields(known)}
        for name, value in table.items():
            if name in names and name != "kept":
                continue
            kept[name] = value
            if name not in _KEPT_LISTS or known is not EditionToml:
                self.wrong(f"{where}.{name}", "is not a name that is known; it is kept and not used")
        return kept

    # -- entries

    def newsroom(self, data: dict[str, Any]) -> NewsroomToml | None:
        for name in data.keys() - {"newsroom", "editions"}:
            self.wrong(name, "is not a name that is known; it is left out")
        newsroom = self.head(data.get("newsroom", {}))
        editions = self.editions({"": data.get("editions", [])})
        if not editions:
            self.wrong("editions", "there is none that can be made; write [[editions]] with language, path and name")
            return None
        return replace(newsroom, editions=editions)

    def head(self, table: Any) -> NewsroomToml:
        if not isinstance(table, dict):
            self.wrong("newsroom", f"is {kind_of(table)}; write a table, [newsroom]")
            return NewsroomToml("")
        if "editions" in table:
            self.wrong("newsroom.editions", "does not stand here; write [[editions]]")
        accent = self.text(table, "accent", "newsroom")
        if accent and not re.fullmatch("#[0-9a-fA-F]{6}", accent):
            self.wrong("newsroom.accent", f"{accent!r} is no colour; write one such as #0b6e4f")
            accent = ""
        return NewsroomToml(
            name=self.required(table, "name", "newsroom"),
            legal=self.text(table, "legal", "newsroom", LONGEST_TEXT),
            about=self.text(table, "about", "newsroom", LONGEST_TEXT),
            accent=accent,
            logo=self.file(table, "logo", "newsroom"),
            kept=self.unknown(table, "newsroom", NewsroomToml),
        )

    def editions(self, data: dict[str, Any]) -> tuple[EditionToml, ...]:
        paths: dict[str, str] = {}
        languages: dict[str, str] = {}
        default = ""
        found: list[EditionToml] = []
        for table, place in self.tables({"editions": data[""]}, "editions", ""):
            where = place.removeprefix(".")
            edition = self.edition(table, where)
            if edition is None:
                continue
            if edition.path in paths:
                self.wrong(f"{where}.path", f"{edition.path!r} is the path of {paths[edition.path]} already")
                continue
            if edition.language.lower() in languages:
                other = languages[edition.language.lower()]
                self.wrong(f"{where}.language", f"{edition.language!r} is the language of {other} already")
                continue
            if edition.default and default:
                self.wrong(f"{where}.default", f"{default} is the default already; only one can be")
                edition = replace(edition, default=False)
            paths[edition.path] = languages[edition.language.lower()] = where
            default = where if edition.default else default
            found.append(edition)
        if found and not default:
            found[0] = replace(found[0], default=True)
        return tuple(found)

    def edition(self, table: dict[str, Any], where: str) -> EditionToml | None:
        language = self.language(table, where)
        path = self.slug(table, "path", where)
        name = self.required(table, "name", where)
        zone = self.text(table, "timezone", where) or "UTC"
        if zone not in available_timezones():
            self.wrong(f"{where}.timezone", f"{zone!r} is no time zone; write one such as Europe/London")
            zone = "UTC"
        default = table.get("default", False)
        if not isinstance(default, bool):
            self.wrong(f"{where}.default", f"is {kind_of(default)}; write true or false")
            default = False
        edition = EditionToml(
            language=language,
            path=path,
            name=name,
            slogan=self.text(table, "slogan", where),
            timezone=zone,
            default=default,
            digits=self.choice(table, "digits", where, ("latn", "arab"), "latn"),
            about=self.text(table, "about", where, LONGEST_TEXT),
            legal=self.text(table, "legal", where, LONGEST_TEXT),
            social=self.entries(table, "social", where, self.link, "url"),
            apps=self.entries(table, "apps", where, self.link, "url"),
            sections=self.entries(table, "sections", where, self.section),
            regions=self.entries(table, "regions", where, self.region),
            pages=self.entries(table, "pages", where, self.page),
            people=self.entries(table, "people", where, self.person),
            coverages=self.entries(table, "coverages", where, self.coverage),
            kept=self.kept(table, where),
        )
        return edition if language and path and name else None

    def language(self, table: dict[str, Any], where: str) -> str:
        language = self.required(table, "language", where)
        if not language:
            return ""
        try:
            Locale.parse(language, sep="-")
        except (ValueError, UnknownLocaleError):
            hint = f"; write {language.replace('_', '-')}" if "_" in language else "; write a tag such as en or pt-BR"
            self.wrong(f"{where}.language", f"{language!r} is no language that is known{hint}")
            return ""
        return language

    def link(self, table: dict[str, Any], where: str) -> LinkToml | None:
        self.unknown(table, where, LinkToml)
        name = self.required(table, "name", where)
        url = self.required(table, "url", where)
        if url and not is_web_address(url):
            self.wrong(f"{where}.url", f"{url!r} is no address; write one that begins with https://")
            return None
        return LinkToml(name, url) if name and url else None

    def section(self, table: dict[str, Any], where: str, level: int = 1) -> SectionToml | None:
        self.unknown(table, where, SectionToml)
        slug = self.slug(table, "slug", where)
        title = self.required(table, "title", where)
        children: tuple[SectionToml, ...] = ()
        if level == 2 and table.get("children"):
            self.wrong(f"{where}.children", "sections have two levels at most; these are left out")
        elif level == 1:
            children = self.entries(table, "children", where, lambda child, place: self.section(child, place, 2))
        if not (slug and title):
            return None
        form = self.choice(table, "form", where, FORMS, "")
        return SectionToml(slug, title, self.text(table, "description", where, 10_000), form, children)

    def region(self, table: dict[str, Any], where: str) -> RegionToml | None:
        self.unknown(table, where, RegionToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        return RegionToml(slug, title) if slug and title else None

    def page(self, table: dict[str, Any], where: str) -> PageToml | None:
        self.unknown(table, where, PageToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        body = self.raw(table, "body", where)
        return PageToml(slug, title, body) if slug and title else None

    def person(self, table: dict[str, Any], where: str) -> PersonToml | None:
        self.unknown(table, where, PersonToml)
        slug, name = self.slug(table, "slug", where), self.required(table, "name", where)
        role, bio = self.text(table, "role", where), self.text(table, "bio", where, 10_000)
        photo = self.file(table, "photo", where)
        return PersonToml(slug, name, role, bio, photo) if slug and name else None

    def coverage(self, table: dict[str, Any], where: str) -> CoverageToml | None:
        self.unknown(table, where, CoverageToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        summary = self.text(table, "summary", where, 10_000)
        picture = self.file(table, "picture", where)
        cards = [self.card(card, place) for card, place in self.tables(table, "in_five", where)]
        in_five = tuple(card for card in cards if card)
        return CoverageToml(slug, title, summary, picture, in_five) if slug and title else None

    def card(self, table: dict[str, Any], where: str) -> CardToml | None:
        self.unknown(table, where, CardToml)
        title, text = self.required(table, "title", where), self.text(table, "text", where, 10_000)
        return CardToml(title, text) if title else None

    def kept(self, table: dict[str, Any], where: str) -> dict[str, Any]:
        """What is kept of an edition: names not known as they are, of the lists what can be told apart and shown."""
        kept = self.unknown(table, where, EditionToml)
        for name in _KEPT_LISTS:
            if name not in table:
                continue
            entries: list[dict[str, Any]] = []
            slugs: dict[str, str] = {}
            for entry, place in self.tables(table, name, where):
                stream = entry.get("hls")
                if stream is not None and not (isinstance(stream, str) and is_web_address(stream)):
                    self.wrong(f"{place}.hls", f"{stream!r} is no address; write one that begins with https://")
                    continue
                if name != "breaking":
                    slug = self.slug(entry, "slug", place)
                    if slug in slugs:
                        self.wrong(f"{place}.slug", f"{slug!r} stands at {slugs[slug]} already")
                    if not slug or slug in slugs:
                        continue
                    slugs[slug] = place
                entries.append(entry)
            kept[name] = entries
        return {name: value for name, value in kept.items() if value != []}


# --- writing ----------------------------------------------------------------------------------------------------------


def write_newsroom(newsroom: NewsroomToml) -> str:
    """The newsroom as TOML; what has its default is left out. `read_newsroom` gives back an equal one."""
    head = _plain(newsroom)
    editions = head.pop("editions", [])
    return toml_text({"newsroom": head, "editions": editions})


def _plain(entry: Any) -> dict[str, Any]:
    """An entry as a table of its fields, what is empty left out, what was kept beside them."""
    table: dict[str, Any] = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if one.name == "kept" or value in ("", (), False):
            continue
        table[one.name] = [_plain(inner) for inner in value] if isinstance(value, tuple) else value
    return {**table, **getattr(entry, "kept", {})}
