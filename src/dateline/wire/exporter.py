"""The newsroom as a newsroom folder: what `import` reads, with nothing lost between the two."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.models import Story
from dateline.wire import items
from dateline.wire.clips import clip_media, clips_as_toml
from dateline.wire.groups import group_name
from dateline.wire.media_folder import MediaFolder, picture_uri
from dateline.wire.newsroom_toml import write_newsroom
from dateline.wire.ninjs import write_item
from dateline.wire.redirects import RedirectError, old_path
from dateline.wire.sources import exported_sources
from dateline.wire.story_blocks import item_blocks
from dateline.wire.tree_export import newsroom_as_toml
from dateline.wire.updates import write_live
from dateline.wire.versions import FIRST_VERSION, version_created

CHUNK = 200


def export_folder(out: Path, *, progress: Callable[[str], None]) -> int:
    """Write newsroom.toml, stories/*.jsonl, live.jsonl and media/ below `out`; returns how many stories there are."""
    (out / "stories").mkdir(parents=True)
    (out / "media").mkdir()
    media = MediaFolder(out)
    newsroom = newsroom_as_toml(media)
    count = 0
    for edition in Edition.objects.order_by("path"):
        with (out / "stories" / f"{edition.slug}.jsonl").open("w", encoding="utf-8") as lines:
            for story in _stories(edition):
                lines.write(json.dumps(write_item(item_of(story, media)), ensure_ascii=False) + "\n")
                count += 1
                if count % 500 == 0:
                    progress(f"{count} stories")
    write_live(out, media)
    clips = clips_as_toml(media)
    told = replace(newsroom, pictures=media.told(), clips=clips)
    (out / "newsroom.toml").write_text(write_newsroom(told), encoding="utf-8")
    return count


def _stories(edition: Edition) -> Any:
    rows = Story.objects.filter(edition=edition).select_related(
        "section", "lead_picture", "clip", "series", "locale", "edition"
    )
    return (
        rows.prefetch_related("regions", "topics", "coverages", "bylines__person", "corrections")
        .order_by("pk")
        .iterator(CHUNK)
    )


def item_of(story: Story, media: MediaFolder) -> items.Item:
    """The story as an item of a wire."""
    kept = story.kept
    status: items.Status = "canceled" if story.withdrawn_at else ("usable" if story.live else "withheld")
    blocks, figures = _body(story, media)
    authors = _authors(story)
    rest = dict(kept.get("item", {}))
    if story.withdrawn_at:
        notice = {"role": items.WITHDRAWAL, "contentType": "text/plain", "value": story.withdrawn_reason}
        rest["descriptions"] = [*rest.get("descriptions", ()), notice]
    return items.Item(
        uri=story.uri,
        version=story.version or FIRST_VERSION,
        version_created=version_created(story),
        first_created=story.published,
        status=status,
        embargoed_until=story.embargo,
        expires=story.expire_at,
        language=story.locale.language_code,
        headline=story.headline,
        kicker=story.kicker,
        short_headline=story.short_headline,
        standfirst=story.standfirst,
        body=blocks,
        form=cast(items.Form, story.form),
        section=_section_path(story),
        regions=tuple(items.Term(r.slug, r.title) for r in story.regions.all()),
        topics=tuple(items.Term(t.slug, t.name) for t in story.topics.all()),
        coverages=tuple(items.Term(c.slug, c.title) for c in story.coverages.all()),
        series=(
            *([items.Term(story.series.slug, story.series.title)] if story.series else []),
            *(items.Term(t["slug"], t["name"]) for t in kept.get("series", [])),
        ),
        episode=story.episode,
        clip=clip_media(story.clip, media) if story.clip else None,
        authors=authors,
        by=kept.get("by", ""),
        source=story.source,
        sources=exported_sources(story),
        located=story.place,
        lead=_media(story.lead_picture, "lead", media, caption=story.lead_caption) if story.lead_picture else None,
        figures=figures,
        related=tuple(items.Related(r["uri"], r["title"]) for r in kept.get("related", [])),
        translation_group=group_name(story.translation_key, kept.get("translation_group", "")),
        slug=story.slug,
        redirects=_old_addresses(story),
        corrections=tuple(items.Note(note.kind, note.text, note.at) for note in story.corrections.all()),
        origin=kept.get("origin", ""),
        urgency=story.urgency,
        usage_terms=kept.get("usage_terms", ""),
        copyright_holder=kept.get("copyright_holder", ""),
        copyright_notice=kept.get("copyright_notice", ""),
        kept=rest,
    )


def _old_addresses(story: Story) -> tuple[str, ...]:
    """Where it stood before: as it came here first, then what was left here since."""
    told = list(story.kept.get("redirects", []))
    known = set()
    for value in told:
        with suppress(RedirectError):
            known.add(old_path(value))
    old = Address.objects.filter(page_id=story.pk, current=False).order_by("pk").values_list("path", flat=True)
    return (*told, *(path for path in old if path not in known))


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


def _media(picture: Picture, name: str, media: MediaFolder, *, caption: str = "") -> items.Media:
    """The picture as a story shows it, under a caption of its own if it has one."""
    return items.Media(
        uri=picture_uri(picture),
        name=name,
        href=media.href(picture, tell=bool(caption)),
        width=picture.width,
        height=picture.height,
        caption=caption or picture.caption,
        alt=picture.description,
        long=picture.long_description,
        credit=picture.credit,
        copyright_notice=picture.rights,
        usage_terms=picture.usage_terms,
        created=picture.taken_at,
    )


def _body(story: Story, media: MediaFolder) -> tuple[tuple[items.Block, ...], tuple[items.Media, ...]]:
    figures: dict[str, items.Media] = {}
    names: dict[int, str] = {}

    def figure(shown: Any) -> items.FigureRef:
        picture, caption = shown["picture"], shown["caption"]
        name = names.setdefault(picture.pk, f"figure-{len(names) + 1}")
        figures.setdefault(name, _media(picture, name, media))
        if caption:
            media.href(picture, tell=True)
        return items.FigureRef(name=name, caption=caption)

    blocks = item_blocks(story.body, figure)
    return blocks, tuple(figures.values())
