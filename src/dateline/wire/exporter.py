"""The newsroom as a newsroom folder: what `import` reads, with nothing lost between the two."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, InfoPage, Section, the_newsroom
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.models import Coverage, Person, Story
from dateline.wire import items
from dateline.wire import newsroom_toml as toml
from dateline.wire.ninjs import write_item

CHUNK = 200


def export_folder(out: Path, *, progress: Callable[[str], None]) -> int:
    """Write newsroom.toml, stories/*.jsonl and media/ below `out`; returns how many stories there are."""
    (out / "stories").mkdir(parents=True)
    (out / "media").mkdir()
    media = _Media(out)
    editions = list(Edition.objects.select_related("locale").order_by("path"))
    newsroom = the_newsroom()
    told = toml.NewsroomToml(
        name=newsroom.name,
        legal=newsroom.legal,
        about=newsroom.about,
        accent=newsroom.accent,
        logo=newsroom.logo,
        editions=tuple(_edition(edition, media) for edition in editions),
    )
    (out / "newsroom.toml").write_text(toml.write_newsroom(told), encoding="utf-8")
    count = 0
    for edition in editions:
        with (out / "stories" / f"{edition.slug}.jsonl").open("w", encoding="utf-8") as lines:
            for story in _stories(edition):
                lines.write(json.dumps(write_item(item_of(story, media)), ensure_ascii=False) + "\n")
                count += 1
                if count % 500 == 0:
                    progress(f"{count} stories")
    return count


def _stories(edition: Edition) -> Any:
    rows = Story.objects.filter(edition=edition).select_related("section", "lead_picture", "locale", "edition")
    return rows.prefetch_related("regions", "topics", "coverages", "bylines__person").order_by("pk").iterator(CHUNK)


class _Media:
    """Copies originals once each and names them."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._names: dict[str, str] = {}
        self._used: set[str] = set()

    def href(self, picture: Picture | None) -> str:
        """`media/NAME` of a picture's original in the folder; "" for none."""
        if picture is None or not picture.file:
            return ""
        stored = picture.file.name
        if stored not in self._names:
            source = Path(settings.MEDIA_ROOT) / stored
            name, number = source.name, 1
            while name in self._used:
                number += 1
                name = f"{source.stem}-{number}{source.suffix}"
            if not source.exists():
                return ""
            shutil.copyfile(source, self.out / "media" / name)
            self._used.add(name)
            self._names[stored] = f"media/{name}"
        return self._names[stored]


def _edition(edition: Edition, media: _Media) -> toml.EditionToml:
    sections = Section.objects.child_of(edition).order_by("path")
    return toml.EditionToml(
        language=edition.code,
        path=edition.slug,
        name=edition.title,
        slogan=edition.slogan,
        timezone=edition.timezone,
        default=edition.is_default,
        digits=edition.digits,
        about=edition.about,
        legal=edition.legal,
        social=tuple(toml.LinkToml(b.value["name"], b.value["url"]) for b in edition.social),
        apps=tuple(toml.LinkToml(b.value["name"], b.value["url"]) for b in edition.apps),
        sections=tuple(_section(section) for section in sections),
        regions=tuple(toml.RegionToml(r.slug, r.title) for r in edition.regions.order_by("sort_order", "pk")),
        pages=tuple(
            toml.PageToml(p.slug, p.title, p.body) for p in InfoPage.objects.child_of(edition).order_by("path")
        ),
        people=tuple(
            toml.PersonToml(p.slug, p.name, p.role, p.bio, media.href(p.photo))
            for p in Person.objects.filter(edition=edition).select_related("photo").order_by("pk")
        ),
        coverages=tuple(
            toml.CoverageToml(
                c.slug,
                c.title,
                c.summary,
                media.href(c.picture),
                tuple(toml.CardToml(card["title"], card["text"]) for card in c.in_five),
            )
            for c in Coverage.objects.filter(edition=edition).select_related("picture").order_by("pk")
        ),
        kept=edition.kept,
    )


def _section(section: Section) -> toml.SectionToml:
    children = Section.objects.child_of(section).order_by("path")
    return toml.SectionToml(
        slug=section.slug,
        title=section.title,
        description=section.description,
        form=section.form,
        children=tuple(_section(child) for child in children),
    )


def item_of(story: Story, media: "_Media") -> items.Item:
    """The story as an item of a wire."""
    kept = story.kept
    status: items.Status = "canceled" if story.withdrawn_at else ("usable" if story.live else "withheld")
    blocks, figures = _body(story, media)
    authors = _authors(story)
    current = Address.objects.filter(page_id=story.pk).order_by("pk")
    old = [a.path for a in current if not a.current]
    return items.Item(
        uri=story.uri,
        version=story.version or "1",
        version_created=_when(kept.get("version_created"))
        or story.updated
        or story.published
        or story.latest_revision_created_at,
        first_created=story.published,
        status=status,
        embargoed_until=story.embargo,
        expires=story.expire_at,
        language=story.locale.language_code,
        headline=story.title,
        kicker=story.kicker,
        short_headline=story.short_headline,
        standfirst=story.standfirst,
        body=blocks,
        form=cast(items.Form, story.form),
        section=_section_path(story),
        regions=tuple(items.Term(r.slug, r.title) for r in story.regions.all()),
        topics=tuple(items.Term(t.slug, t.name) for t in story.topics.all()),
        coverages=tuple(items.Term(c.slug, c.title) for c in story.coverages.all()),
        series=tuple(items.Term(t["slug"], t["name"]) for t in kept.get("series", [])),
        authors=authors,
        by=kept.get("by", ""),
        source=story.source,
        other_sources=tuple(items.SourceNote(n["name"], n["role"]) for n in kept.get("sources", [])),
        located=story.place,
        lead=_media(story.lead_picture, "lead", media) if story.lead_picture else None,
        figures=figures,
        related=tuple(items.Related(r["uri"], r["title"]) for r in kept.get("related", [])),
        translation_group=kept.get("translation_group", "") or str(story.translation_key),
        slug=story.slug,
        redirects=tuple(dict.fromkeys([*kept.get("redirects", []), *old])),
        origin=kept.get("origin", ""),
        urgency=story.urgency,
        usage_terms=kept.get("usage_terms", ""),
        copyright_holder=kept.get("copyright_holder", ""),
        copyright_notice=kept.get("copyright_notice", ""),
        kept=kept.get("item", {}),
    )


def _section_path(story: Story) -> str:
    if story.section is None:
        return ""
    above = story.section.get_ancestors(inclusive=True).filter(depth__gte=3).order_by("depth")
    return "/".join(above.values_list("slug", flat=True))


def _authors(story: Story) -> tuple[items.Credit, ...]:
    known = {a["name"]: a for a in story.kept.get("authors", [])}
    signed = [
        items.Credit(b.person.name, (known.get(b.person.name) or {}).get("uri") or f"/author/{b.person.slug}")
        for b in story.bylines.all()
    ]
    others = [items.Credit(a["name"], a["uri"], a["role"]) for a in known.values() if a["role"]]
    return (*signed, *others)


def _media(picture: Picture, name: str, media: _Media) -> items.Media:
    return items.Media(
        uri=picture.uri or f"urn:dateline:picture:{picture.pk}",
        name=name,
        href=media.href(picture),
        width=picture.width,
        height=picture.height,
        caption=picture.caption,
        alt=picture.description,
        credit=picture.credit,
        copyright_notice=picture.rights,
        usage_terms=picture.usage_terms,
        created=picture.taken_at,
    )


def _body(story: Story, media: _Media) -> tuple[tuple[items.Block, ...], tuple[items.Media, ...]]:
    blocks: list[items.Block] = []
    figures: dict[str, items.Media] = {}

    def figure(picture: Picture) -> items.FigureRef:
        name = f"figure-{picture.pk}"
        figures.setdefault(name, _media(picture, name, media))
        return items.FigureRef(name=name)

    for block in story.body:
        value: Any = block.value
        match block.block_type:
            case "text":
                blocks.append(items.Text(value.source))
            case "heading":
                blocks.append(items.Heading(value["text"], 3 if str(value["level"]) == "3" else 2))
            case "quote":
                blocks.append(items.Quote(value["text"].source, value["attribution"]))
            case "pull_quote":
                blocks.append(items.PullQuote(value["text"], value["attribution"]))
            case "picture" if value["picture"]:
                blocks.append(figure(value["picture"]))
            case "gallery":
                blocks.append(items.GalleryRef(tuple(figure(p["picture"]) for p in value["pictures"] if p["picture"])))
            case "related":
                blocks.append(_related(value))
            case "table" if value:
                blocks.append(_table(value))
            case "embed":
                blocks.append(items.EmbedRef(value["url"], value["provider"], value["title"]))
    return tuple(blocks), tuple(figures.values())


def _related(value: Any) -> items.RelatedLink:
    story = value["story"]
    if story:
        return items.RelatedLink(story.specific.uri, value["title"] or story.title)
    return items.RelatedLink(value["url"] or value["uri"], value["title"])


def _table(value: Any) -> items.TableBlock:
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in value["data"]]
    headed = bool(value.get("first_row_is_table_header"))
    return items.TableBlock(
        value.get("table_caption") or "",
        rows[0] if headed and rows else (),
        tuple(rows[1:] if headed else rows),
        bool(value.get("first_col_is_header")),
    )


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
