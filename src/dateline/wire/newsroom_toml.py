"""newsroom.toml: a newsroom's editions, sections, people and pages, read, checked and written.

Reading reports everything that is wrong at once and goes on with the rest: a value that cannot be is replaced by what
stands when it is missing, an entry without which nothing can be made is left out.
"""

import re
import tomllib
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from dateline.newsroom.stories.key_dates import day_of
from dateline.wire.fields import kind_of
from dateline.wire.items import FORMS
from dateline.wire.toml_clips import ClipValues
from dateline.wire.toml_entries import (
    STANDS_FOR,
    AlertToml,
    AloudToml,
    CardToml,
    ChannelToml,
    CoverageToml,
    EditionToml,
    KeyDateToml,
    LinkToml,
    NewsroomToml,
    PageToml,
    PersonToml,
    PictureToml,
    ProgrammeToml,
    RegionToml,
    SayToml,
    SectionToml,
    TopicToml,
)
from dateline.wire.toml_text import toml_text
from dateline.wire.toml_trackers import TrackerValues, number
from dateline.wire.toml_values import LONGEST_TEXT, TomlProblem, is_web_address

LARGEST_FILE = 20 * 1024 * 1024


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


class _Reader(ClipValues, TrackerValues):
    # -- entries

    def newsroom(self, data: dict[str, Any]) -> NewsroomToml | None:
        for name in data.keys() - {"newsroom", "editions", "pictures", "clips"}:
            self.wrong(name, "is not a name that is known; it is left out")
        newsroom = replace(
            self.head(data.get("newsroom", {})),
            pictures=self.entries(data, "pictures", "", self.picture, "file"),
            clips=self.entries(data, "clips", "", self.clip, "file"),
        )
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
            kept=self.unknown(table, "newsroom", NewsroomToml, kept=True),
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
        default, public_versions = (self.truth(table, name, where) for name in ("default", "public_versions"))
        edition = EditionToml(
            language=language,
            path=path,
            name=name,
            slogan=self.text(table, "slogan", where),
            timezone=zone,
            default=default,
            digits=self.choice(table, "digits", where, ("latn", "arab"), "latn"),
            public_versions=public_versions,
            about=self.text(table, "about", where, LONGEST_TEXT),
            legal=self.text(table, "legal", where, LONGEST_TEXT),
            social=self.entries(table, "social", where, self.link, "url"),
            apps=self.entries(table, "apps", where, self.link, "url"),
            sections=self.entries(table, "sections", where, self.section),
            regions=self.entries(table, "regions", where, self.region),
            pages=self.entries(table, "pages", where, self.page),
            people=self.entries(table, "people", where, self.person),
            topics=self.entries(table, "topics", where, self.topic),
            coverages=self.entries(table, "coverages", where, self.coverage),
            series=self.entries(table, "series", where, self.one_series),
            navigation=self.navigation(table, where),
            fronts=self.entries(table, "fronts", where, self.front, "page"),
            breaking=self.entries(table, "breaking", where, self.alert, "key"),
            channels=self.entries(table, "channels", where, self.channel),
            trackers=self.entries(table, "trackers", where, self.tracker),
            aloud=self.aloud(table, where),
            kept=self.unknown(table, where, EditionToml, kept=True),
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
        description, group = self.text(table, "description", where, 10_000), self.text(table, "group", where)
        return SectionToml(slug, title, description, form, children, group)

    def region(self, table: dict[str, Any], where: str) -> RegionToml | None:
        self.unknown(table, where, RegionToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        return RegionToml(slug, title) if slug and title else None

    def page(self, table: dict[str, Any], where: str) -> PageToml | None:
        self.unknown(table, where, PageToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        body = self.raw(table, "body", where)
        return PageToml(slug, title, body, self.text(table, "group", where)) if slug and title else None

    def person(self, table: dict[str, Any], where: str) -> PersonToml | None:
        self.unknown(table, where, PersonToml)
        slug, name = self.slug(table, "slug", where), self.required(table, "name", where)
        role, bio = self.text(table, "role", where), self.text(table, "bio", where, 10_000)
        photo = self.file(table, "photo", where)
        return PersonToml(slug, name, role, bio, photo) if slug and name else None

    def topic(self, table: dict[str, Any], where: str) -> TopicToml | None:
        self.unknown(table, where, TopicToml)
        slug, name = self.slug(table, "slug", where), self.required(table, "name", where)
        topic = TopicToml(
            slug,
            name,
            self.choice(table, "stands_for", where, STANDS_FOR, "subject"),
            self.text(table, "about", where, 10_000),
            self.file(table, "picture", where),
            self.raw(table, "other_names", where).strip(),
        )
        return topic if slug and name else None

    def coverage(self, table: dict[str, Any], where: str) -> CoverageToml | None:
        self.unknown(table, where, CoverageToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        summary = self.text(table, "summary", where, 10_000)
        picture = self.file(table, "picture", where)
        cards = [self.card(card, place) for card, place in self.tables(table, "in_five", where)]
        dates = [self.key_date(date, place) for date, place in self.tables(table, "key_dates", where)]
        coverage = CoverageToml(
            slug,
            title,
            summary,
            picture,
            tuple(card for card in cards if card),
            in_five_draft=self.truth(table, "in_five_draft", where),
            closed=self.truth(table, "closed", where),
            parent=self.text(table, "parent", where),
            people=self.raw(table, "people", where).strip(),
            places=self.raw(table, "places", where).strip(),
            leading=self.texts(table, "leading", where),
            key_dates=tuple(date for date in dates if date),
        )
        return coverage if slug and title else None

    def key_date(self, table: dict[str, Any], where: str) -> KeyDateToml | None:
        self.unknown(table, where, KeyDateToml)
        when, text = self.required(table, "when", where), self.required(table, "text", where)
        try:
            day_of(when)
        except ValueError:
            if when:
                self.wrong(f"{where}.when", f"{when!r} is no date; write 2026, 2026-03 or 2026-03-14")
            return None
        return KeyDateToml(when, text, self.text(table, "story", where)) if text else None

    def card(self, table: dict[str, Any], where: str) -> CardToml | None:
        self.unknown(table, where, CardToml)
        title, text = self.required(table, "title", where), self.text(table, "text", where, 10_000)
        return CardToml(title, text) if title else None

    def alert(self, table: dict[str, Any], where: str) -> AlertToml | None:
        self.unknown(table, where, AlertToml)
        text, at = self.required(table, "text", where), self.moment(table, "at", where)
        if at is None and table.get("at") is None:
            self.wrong(f"{where}.at", "is missing")
        if not text or at is None:
            return None
        severity = self.choice(table, "severity", where, ("breaking", "developing"), "")
        return AlertToml(
            text,
            at,
            self.moment(table, "until", where),
            self.text(table, "attribution", where),
            self.text(table, "story", where),
            "" if severity == "breaking" else severity,
        )

    def channel(self, table: dict[str, Any], where: str) -> ChannelToml | None:
        self.unknown(table, where, ChannelToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        stream = table.get("hls")
        if not (isinstance(stream, str) and is_web_address(stream)):
            self.wrong(f"{where}.hls", f"{stream!r} is no address; write one that begins with https://")
            return None
        hosts = table.get("hosts", [])
        if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
            self.wrong(f"{where}.hosts", 'is not a list of names such as ["cdn.example"]')
            hosts = []
        if not slug or not title:
            return None
        return ChannelToml(
            slug,
            title,
            stream,
            self.text(table, "summary", where, LONGEST_TEXT),
            self.file(table, "picture", where),
            tuple(hosts),
            self.choice(table, "air", where, ("on", "off"), ""),
            self.entries(table, "schedule", where, self.programme, "key"),
        )

    def aloud(self, table: dict[str, Any], where: str) -> AloudToml | None:
        found = table.get("aloud")
        if found is None:
            return None
        where = f"{where}.aloud"
        if not isinstance(found, dict):
            self.wrong(where, f"is {kind_of(found)}; write a table such as aloud = {{ silent = true }}")
            return None
        self.unknown(found, where, AloudToml)
        silent = found.get("silent", False)
        if not isinstance(silent, bool):
            self.wrong(f"{where}.silent", f"is {kind_of(silent)}; write true or false")
            silent = False
        return AloudToml(
            silent, self.text(found, "voice", where), self.entries(found, "words", where, self.said, "word")
        )

    def said(self, table: dict[str, Any], where: str) -> SayToml | None:
        self.unknown(table, where, SayToml)
        word, said = self.required(table, "word", where), self.required(table, "say", where)
        return SayToml(word, said) if word and said else None

    def programme(self, table: dict[str, Any], where: str) -> ProgrammeToml | None:
        self.unknown(table, where, ProgrammeToml)
        title = self.required(table, "title", where)
        start, end = self.moment(table, "start", where), self.moment(table, "end", where)
        for name, found in (("start", start), ("end", end)):
            if found is None and table.get(name) is None:
                self.wrong(f"{where}.{name}", "is missing")
        if not title or start is None or end is None:
            return None
        return ProgrammeToml(start, end, title, self.text(table, "summary", where))

    def picture(self, table: dict[str, Any], where: str) -> PictureToml | None:
        self.unknown(table, where, PictureToml)
        file = self.file(table, "file", where)
        if not file:
            if not table.get("file"):
                self.wrong(f"{where}.file", "is missing")
            return None
        taken = self.moment(table, "taken", where)
        focus = table.get("focus", [])
        if focus and not (
            isinstance(focus, list) and len(focus) == 4 and all(type(one) is int and 0 <= one < 10**6 for one in focus)
        ):
            self.wrong(f"{where}.focus", "is not four whole numbers: x, y, width and height in pixels")
            focus = []
        credentials = self.text(table, "credentials", where)
        if credentials not in ("", "withheld", "shown"):
            self.wrong(f"{where}.credentials", "is neither withheld nor shown")
            credentials = "withheld"
        return PictureToml(
            file,
            title=self.text(table, "title", where),
            alt=self.text(table, "alt", where, 10_000),
            caption=self.raw(table, "caption", where, 10_000),
            credit=self.text(table, "credit", where),
            rights=self.text(table, "rights", where),
            terms=self.raw(table, "terms", where, 10_000),
            taken=taken,
            uri=self.text(table, "uri", where),
            focus=tuple(focus),
            source=self.text(table, "source", where),
            place=self.text(table, "place", where),
            expires=self.moment(table, "expires", where),
            long=self.raw(table, "long", where, 10_000),
            credentials=credentials,
        )


# --- writing ----------------------------------------------------------------------------------------------------------


def write_newsroom(newsroom: NewsroomToml) -> str:
    """The newsroom as TOML; what has its default is left out. `read_newsroom` gives back an equal one."""
    head = _plain(newsroom)
    lists = {name: head.pop(name, []) for name in ("pictures", "clips", "editions")}
    return toml_text({"newsroom": head, **lists})


def _plain(entry: Any) -> dict[str, Any]:
    """An entry as a table of its fields, what is empty left out, what was kept beside them."""
    table: dict[str, Any] = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if isinstance(value, Decimal | float):  # nothing at all is a number, too
            table[one.name] = number(value) if isinstance(value, Decimal) else value
            continue
        if one.name == "kept" or value in ("", (), {}, False, None):
            continue
        if isinstance(value, tuple):
            table[one.name] = [_plain(part) if is_dataclass(part) else part for part in value]
        else:
            table[one.name] = _plain(value) if is_dataclass(value) else value
    return {**table, **getattr(entry, "kept", {})}
