"""Curated fronts, from newsroom.toml and for it. They name stories, so they are written after all stories are in."""

import json
from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from dateline.newsroom.editions.models import Edition, Section
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.stories.models import Coverage, Story
from dateline.newsroom.trackers.models import Tracker
from dateline.wire.toml_entries import FrontBlockToml, FrontToml, NewsroomToml
from dateline.wire.tree import tree_page

Say = Callable[[str], None]


def write_fronts(toml: NewsroomToml, say: Say) -> None:
    """Curate the fronts as the file says. What a front names and is not here is said and left out."""
    for part in toml.editions:
        edition = Edition.objects.filter(slug=part.path).first()
        if edition is None:
            continue
        for index, front in enumerate(part.fronts):
            where = f"{part.path}.fronts[{index}]"
            page = tree_page(edition, front.page, Section) if front.page else edition
            if page is None:
                say(f"{where}: there is no section {front.page!r}; the front is left out")
                continue
            _curate(page.page_ptr, _raw(edition, front, where, say))


def _curate(page: Page, blocks: list[dict[str, Any]]) -> None:
    front = Front.objects.filter(page=page).first() or Front(page=page)
    before = bare(front.blocks.get_prep_value()) if front.pk else None
    front.blocks = json.dumps(blocks)
    if before != bare(front.blocks.get_prep_value()):
        front.save()


def bare(value: Any) -> Any:
    """Blocks without the identities that the editor gives them."""
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key != "id"}
    return value


def _raw(edition: Edition, front: FrontToml, where: str, say: Say) -> list[dict[str, Any]]:
    uris = {uri for block in front.blocks for uri in block.stories}
    stories = dict(Story.objects.filter(edition=edition, uri__in=uris).values_list("uri", "pk"))
    blocks = []
    for index, block in enumerate(front.blocks):
        place = f"{where}.blocks[{index}]"
        for uri in block.stories:
            if uri not in stories:
                say(f"{place}: there is no story {uri!r} in this edition; its place is left to the newest")
        value = _value(edition, block, [stories[uri] for uri in block.stories if uri in stories])
        if value is None:
            what = f"section {block.section!r}" if block.section else f"coverage {block.coverage!r}"
            if block.trackers:
                what = f"tracker {', '.join(map(repr, block.trackers))}"
            say(f"{place}: there is no {what}; the block is left out")
        else:
            blocks.append({"type": block.block, "value": value})
    return blocks


def _value(edition: Edition, block: FrontBlockToml, stories: list[int]) -> dict[str, Any] | None:
    match block.block:
        case "lead":
            return {"stories": stories}
        case "river":
            return {"title": block.title}
        case "strip":
            section = tree_page(edition, block.section, Section)
            return section and {"title": block.title, "section": section.pk, "stories": stories, "led": block.led}
        case "form":
            return {"title": block.title, "look": block.look, "form": block.form, "stories": stories}
        case "trackers":
            found = dict(Tracker.objects.filter(edition=edition, slug__in=block.trackers).values_list("slug", "pk"))
            followed = [found[slug] for slug in block.trackers if slug in found]
            return {"title": block.title, "trackers": followed} if followed else None
    coverage = Coverage.objects.filter(edition=edition, slug=block.coverage).first()
    return {"coverage": coverage.pk} if coverage else None


def fronts_of(edition: Edition, paths: dict[int, str]) -> tuple[FrontToml, ...]:
    """The edition's curated fronts, but those without blocks; `paths` are its sections' by their ids."""
    rows = Front.objects.filter(page_id__in=[edition.pk, *paths]).order_by("page__path")
    fronts = (FrontToml(paths.get(row.page_id, ""), tuple(_told(b, paths) for b in row.blocks)) for row in rows)
    return tuple(front for front in fronts if front.blocks)


def _told(block: Any, paths: dict[int, str]) -> FrontBlockToml:
    value = block.value
    section, coverage = value.get("section"), value.get("coverage")
    return FrontBlockToml(
        block.block_type,
        title=value.get("title") or "",
        section=paths.get(section.pk, "") if section else "",
        form=value.get("form") or "",
        look=value.get("look") or "",
        coverage=coverage.slug if coverage else "",
        led=bool(value.get("led")),
        stories=tuple(story.specific.uri for story in value.get("stories") or () if story),
        trackers=tuple(tracker.slug for tracker in value.get("trackers") or () if tracker),
    )
