"""Writes the demo newsroom as a newsroom folder: newsroom.toml, stories/*.jsonl in ninjs 3.1, live.jsonl, media/*.jpg.

The package holds the texts, the newsroom's own facts and the drawings as code. Every date is worked out from the
moment of building, so that the newest story of a new demo is always minutes old.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from babel.lists import format_list

from dateline.demo import live, pictures
from dateline.demo.trackers import read_trackers, trackers_toml
from dateline.newsroom.stories.sources import Source, SourceError, read_sources
from dateline.wire.ninjs_sources import written_sources

Progress = Callable[[str], None]
Json = dict[str, Any]

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
NEWSROOM = HERE / "newsroom.toml"

FORMS = frozenset(
    {"news", "opinion", "analysis", "blog", "feature", "explainer", "video", "gallery", "infographic", "live"}
)
NEEDED = ("key", "section", "form", "headline", "standfirst", "by", "hours_ago", "urgency", "body", "slug")
CREDIT = {"en": "Drawn for Dateline", "ar": "رُسمت لديتلاين", "es": "Dibujado para Dateline"}
RIGHTS = {
    "en": "Free to use, with the credit, wherever this demo newsroom is shown.",
    "ar": "يُسمح باستخدامها مع ذكر المصدر حيثما عُرضت غرفة الأخبار التجريبية هذه.",
    "es": "Uso libre, con el crédito, allí donde se muestre esta redacción de demostración.",
}
# The drawings are older than any story but the two from the archive; one date keeps their records equal.
DRAWN = timedelta(days=40)

_MOMENT = re.compile(r'"now(?:([+-]\d+)m)?"')
_GROUP = re.compile(r'^(\w+ = )"group:([\w-]+):([\w-]+)"\n', re.MULTILINE)
_HEAD = re.compile(r"\A(?:#.*\n)+\n*")
_STORY_LINK = re.compile(r'href="(urn:dateline:demo:[^"]*)"')
_FIGURE = re.compile(r"<figure>(.*?)</figure>", re.DOTALL)
_EDITION = "[[editions]]\n"
_MEDIA = re.compile(r'src="media/([\w-]+)\.jpg"')


@dataclass(frozen=True)
class Edition:
    """What the texts of one language may name."""

    language: str
    sections: dict[str, str]  # path to title
    regions: dict[str, str]
    people: dict[str, str]
    coverages: dict[str, str]


@dataclass(frozen=True)
class Text:
    """One line of a text file, with where it stands."""

    path: Path
    line: int
    data: Json

    def fault(self, message: str) -> ValueError:
        """The error to raise about this line."""
        return ValueError(f"{self.path}:{self.line}: {message}")


def build_demo(
    folder: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    texts: Path = TEXTS,
    draw: Iterable[str] | None = None,
) -> None:
    """Write the demo newsroom into `folder`, which is made if need be.

    `now` must carry a time zone; all dates are counted back from it. `texts` is a folder with one `LANG.jsonl` for each
    edition. `draw` names the pictures to draw, by default all. Raises ValueError, naming file and line, when a text
    names a section, person, region, picture, coverage or story that does not exist.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    say = progress or (lambda message: None)
    source = NEWSROOM.read_text(encoding="utf-8")
    stories: dict[str, list[Text]] = {}
    editions = list(read_editions(source))
    for edition in editions:
        stories[edition.language] = read_texts(texts / f"{edition.language}.jsonl", edition)
    toml = add_trackers(fill_newsroom(source, stories, now), editions, now)

    (folder / "stories").mkdir(parents=True, exist_ok=True)
    (folder / "newsroom.toml").write_text(toml, encoding="utf-8")
    for edition in editions:
        lines = [json.dumps(to_ninjs(text, edition, now), ensure_ascii=False) for text in stories[edition.language]]
        (folder / "stories" / f"{edition.language}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        say(f"{len(lines)} stories in {edition.language}")
    (folder / "live.jsonl").write_text("".join(_live(stories, now)), encoding="utf-8")
    pictures.draw_all(folder / "media", names=draw, progress=say)


def _live(stories: dict[str, list[Text]], now: datetime) -> Iterator[str]:
    """Live coverage of every edition that has written its story."""
    key = live.story_key()
    for language, texts in stories.items():
        if any(text.data["key"] == key for text in texts):
            told = live.coverage(language, now, uri=_urn(language, key), credit=CREDIT[language])
            yield json.dumps(told, ensure_ascii=False) + "\n"


def read_editions(source: str) -> Iterator[Edition]:
    """The editions a newsroom.toml describes, with what its stories may name."""
    for entry in tomllib.loads(source)["editions"]:
        sections: dict[str, str] = {}
        for section in entry["sections"]:
            sections[section["slug"]] = section["title"]
            for child in section.get("children", []):
                sections[f"{section['slug']}/{child['slug']}"] = child["title"]
        yield Edition(
            language=entry["language"],
            sections=sections,
            regions={region["slug"]: region["title"] for region in entry["regions"]},
            people={person["slug"]: person["name"] for person in entry["people"]},
            coverages={coverage["slug"]: coverage["title"] for coverage in entry["coverages"]},
        )


def read_texts(path: Path, edition: Edition) -> list[Text]:
    """The texts of one file, each checked; ValueError names the first line that is wrong."""
    texts: list[Text] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{number}: not valid JSON: {error}") from error
        if not isinstance(data, dict):
            raise ValueError(f"{path}:{number}: not a JSON object")
        texts.append(Text(path, number, data))
    keys: set[str] = set()
    slugs: set[str] = set()
    for text in texts:
        for name in NEEDED:
            if text.data.get(name) in (None, "", []):
                raise text.fault(f"{name} is missing")
        for name, seen in (("key", keys), ("slug", slugs)):
            if text.data[name] in seen:
                raise text.fault(f"{name} {text.data[name]!r} is used twice")
            seen.add(text.data[name])
    for text in texts:
        _check(text, edition, keys)
    return texts


def _check(text: Text, edition: Edition, keys: set[str]) -> None:
    """Raise ValueError when something the text names is not there."""
    data = text.data
    if data["form"] not in FORMS:
        raise text.fault(f"unknown form {data['form']!r}")
    if data["urgency"] not in range(1, 10):
        raise text.fault(f"urgency {data['urgency']!r} is not between 1 and 9")
    updated = data.get("updated_hours_ago")
    if updated is not None and updated > data["hours_ago"]:
        raise text.fault("updated before it was published")
    links = {link.removeprefix(_urn(edition.language, "")) for link in _STORY_LINK.findall(data["body"])}
    named: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("section", [data["section"]], edition.sections),
        ("person", data["by"], edition.people),
        ("region", data.get("regions") or [], edition.regions),
        ("coverage", [data["coverage"]] if data.get("coverage") else [], edition.coverages),
        ("picture", [figure["picture"] for figure in _pictures(data)], pictures.SIZES),
        ("picture", _MEDIA.findall(data["body"]), pictures.SIZES),
        ("related story", data.get("related") or [], keys),
        ("story in a link", sorted(links), keys),
    ]
    for what, names, known in named:
        for name in names:
            if name not in known:
                raise text.fault(f"unknown {what} {name!r}")
    for figure in _pictures(data):
        if not figure.get("alt"):
            raise text.fault(f"picture {figure['picture']!r} has no alt text")
    if data["form"] == "gallery" and not data.get("gallery"):
        raise text.fault("a gallery without pictures")


def _pictures(data: Json) -> list[Json]:
    lead = [data["lead"]] if data.get("lead") else []
    return [*lead, *(data.get("gallery") or [])]


def fill_newsroom(source: str, stories: dict[str, list[Text]], now: datetime) -> str:
    """The newsroom.toml with its moments and its stories filled in.

    `"now-90m"` becomes the date and time 90 minutes before now; `"group:en:KEY"` the URI of that edition's story in the
    translation group KEY.
    """
    uris = {
        (language, text.data["group"]): _urn(language, text.data["key"])
        for language, texts in stories.items()
        for text in texts
        if text.data.get("group")
    }

    def moment(found: re.Match[str]) -> str:
        return _stamp(now + timedelta(minutes=int(found[1] or 0)))

    def story(found: re.Match[str]) -> str:
        # A group that an edition has not written leaves the alert without a link, which is allowed.
        uri = uris.get((found[2], found[3]))
        return f"{found[1]}{json.dumps(uri)}\n" if uri else ""

    return _GROUP.sub(story, _MOMENT.sub(moment, _HEAD.sub("", source)))


def add_trackers(toml: str, editions: Iterable[Edition], now: datetime) -> str:
    """The newsroom.toml with the trackers of each edition at the end of what it says of it."""
    head, *parts = toml.split(_EDITION)
    trackers = read_trackers()
    told = [
        f"{part.rstrip()}\n\n{trackers_toml(trackers, edition.language, edition.people, now)}\n"
        for part, edition in zip(parts, editions, strict=True)
    ]
    return _EDITION.join([head, *told]).rstrip() + "\n"


def to_ninjs(text: Text, edition: Edition, now: datetime) -> Json:
    """One text as a ninjs 3.1 object, in the mapping the newsroom folder's format describes."""
    data, language = text.data, edition.language
    first = now - timedelta(hours=data["hours_ago"])
    updated = data.get("updated_hours_ago")
    latest = first if updated is None else now - timedelta(hours=updated)
    names = [edition.people[slug] for slug in data["by"]]
    sources, body = _sources(text, language)
    item: Json = {
        "uri": _urn(language, data["key"]),
        "type": "text",
        "version": "1" if updated is None else "2",
        "firstCreated": _stamp(first),
        "versionCreated": _stamp(latest),
        "pubStatus": "usable",
        "language": language,
        "urgency": data["urgency"],
        "headlines": _roles(main=data["headline"], kicker=data.get("kicker"), short=data.get("short")),
        "descriptions": [*_roles(standfirst=data["standfirst"]), *_corrections(data, now)],
        "bodies": [_body(body)],
        "genres": [{"literal": data["form"], "name": data["form"]}],
        "subjects": list(_subjects(data, edition)),
        "by": format_list(names, locale=language),
        "people": [
            {"rel": "author", "literal": slug, "name": name} for slug, name in zip(data["by"], names, strict=True)
        ],
        "altIds": [{"role": "slug", "value": data["slug"]}],
        "associations": list(_associations(text, edition, now)),
    }
    if data.get("group"):
        item["altIds"].append({"role": "translation-group", "value": data["group"]})
    if data.get("source"):
        item["infoSources"] = [{"role": "source", "name": data["source"]}]
    if sources:
        item["infoSources"] = [*item.get("infoSources", ()), *written_sources(sources, {})]
    if data.get("place"):
        item["located"] = data["place"]
    return item


def _corrections(data: Json, now: datetime) -> Iterator[Json]:
    """What the story had wrong: the newsroom folder has the time of it before the words."""
    for note in data.get("corrections") or []:
        at = _stamp(now - timedelta(hours=note["hours_ago"]))
        yield from _roles(**{note["kind"]: f"{at} {note['text']}"})


def _sources(text: Text, language: str) -> tuple[tuple[Source, ...], str]:
    """What a text rests on, and its body with the marks of that: in the file both have numbers, here identities."""
    data = text.data
    try:
        listed = read_sources(data.get("sources") or [])
    except SourceError as error:
        raise text.fault(str(error)) from error
    ids = {source.id: str(uuid5(NAMESPACE_URL, f"{_urn(language, data['key'])}#{source.id}")) for source in listed}

    def mark(found: re.Match[str]) -> str:
        numbers = found[1].split()
        for number in numbers:
            if number not in ids:
                raise text.fault(f"unknown source {number!r}")
        return f'<span data-source="{" ".join(ids[number] for number in numbers)}">'

    body = re.sub('<span data-source="([^"]*)">', mark, data["body"])
    return tuple(replace(source, id=ids[source.id]) for source in listed), body


def _subjects(data: Json, edition: Edition) -> Iterator[Json]:
    yield {"rel": "section", "literal": data["section"], "name": edition.sections[data["section"]]}
    for slug in data.get("regions") or []:
        yield {"rel": "region", "literal": slug, "name": edition.regions[slug]}
    for slug, name in data.get("topics") or []:
        yield {"rel": "topic", "literal": slug, "name": name}
    if slug := data.get("coverage"):
        yield {"rel": "coverage", "literal": slug, "name": edition.coverages[slug]}


def _associations(text: Text, edition: Edition, now: datetime) -> Iterator[Json]:
    data, language = text.data, edition.language
    if lead := data.get("lead"):
        yield _picture("lead", "lead", lead, language, now)
    for number, figure in enumerate(data.get("gallery") or [], start=1):
        yield _picture("figure", f"gallery-{number}", figure, language, now)
    for number, markup in enumerate(_FIGURE.findall(data["body"]), start=1):
        yield _picture("figure", f"body-{number}", _figure(text, markup), language, now)
    for number, key in enumerate(data.get("related") or [], start=1):
        yield {"rel": "related", "name": f"related-{number}", "type": "text", "uri": _urn(language, key)}


def _figure(text: Text, markup: str) -> Json:
    """The picture, alt text and caption of a figure written in a body."""
    picture = _MEDIA.search(markup)
    if picture is None:
        raise text.fault("a figure without a picture of ours")
    alt = re.search(r'alt="([^"]*)"', markup)
    caption = re.search(r"<figcaption>(.*?)</figcaption>", markup, re.DOTALL)
    return {
        "picture": picture[1],
        "alt": html.unescape(alt[1]) if alt else "",
        "caption": html.unescape(re.sub(r"<[^>]+>", "", caption[1])).strip() if caption else "",
    }


def _picture(rel: str, name: str, figure: Json, language: str, now: datetime) -> Json:
    width, height = pictures.SIZES[figure["picture"]]
    return {
        "rel": rel,
        "name": name,
        "type": "picture",
        "uri": f"urn:dateline:demo:picture:{figure['picture']}",
        "descriptions": _roles(caption=figure.get("caption"), alt=figure.get("alt"), long=figure.get("long")),
        "by": CREDIT[language],
        "usageTerms": RIGHTS[language],
        "contentCreated": _stamp(now - DRAWN),
        "renditions": [
            {
                "name": "main",
                "href": f"media/{figure['picture']}.jpg",
                "contentType": "image/jpeg",
                "width": width,
                "height": height,
            }
        ],
    }


def _roles(**values: str | None) -> list[Json]:
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in values.items() if value]


def _body(markup: str) -> Json:
    words = re.sub(r"<[^>]+>", " ", markup).split()
    return {
        "role": "main",
        "contentType": "text/html",
        "charCount": len(" ".join(words)),
        "wordCount": len(words),
        "value": markup,
    }


def _urn(language: str, key: str) -> str:
    return f"urn:dateline:demo:{language}:{key}"


def _stamp(moment: datetime) -> str:
    """RFC 3339 to the minute, in UTC; also a TOML date and time."""
    return moment.replace(second=0, microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
