"""What newsroom.toml says of coverages beyond their words: what they name, stories and each other, is in by then."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.stories.models import Coverage, Story
from dateline.wire.front_blocks import bare
from dateline.wire.toml_entries import CoverageToml, KeyDateToml, NewsroomToml

Say = Callable[[str], None]


def write_dossiers(toml: NewsroomToml, say: Say) -> None:
    """Give coverages their key dates, leading stories and larger ones. What is not here is said and left out."""
    for part in toml.editions:
        edition = Edition.objects.filter(slug=part.path).first()
        if edition is None:
            continue
        known = {coverage.slug: coverage for coverage in Coverage.objects.filter(edition=edition)}
        uris = {uri for told in part.coverages for uri in (*told.leading, *(d.story for d in told.key_dates)) if uri}
        stories = dict(Story.objects.filter(edition=edition, uri__in=uris).values_list("uri", "pk"))
        for told in part.coverages:
            if coverage := known.get(told.slug):
                _write(coverage, told, known, stories, partial(_say, say, f"{part.path}.{told.slug}"))


def _say(say: Say, where: str, text: str) -> None:
    say(f"{where}: {text}")


def _write(
    coverage: Coverage, told: CoverageToml, known: dict[str, Coverage], stories: dict[str, int], say: Say
) -> None:
    for uri in {*told.leading, *(date.story for date in told.key_dates)} - stories.keys() - {""}:
        say(f"there is no story {uri!r} in this edition; it is left out")
    parent = known.get(told.parent)
    if told.parent and (parent is None or parent is coverage or parent.parent_id):
        say(f"{told.parent!r} is no coverage that another can be part of; it is left out")
        parent = None
    leading = [{"type": "story", "value": stories[uri]} for uri in told.leading if uri in stories]
    dates = [
        {"type": "date", "value": {"when": one.when, "text": one.text, "story": stories.get(one.story)}}
        for one in told.key_dates
    ]
    before = [bare(coverage.leading.get_prep_value()), bare(coverage.key_dates.get_prep_value()), coverage.parent_id]
    if before != [leading, dates, parent.pk if parent else None]:
        coverage.leading, coverage.key_dates, coverage.parent = json.dumps(leading), json.dumps(dates), parent
        coverage.save()


def dossier_as_toml(coverage: Coverage, uris: dict[int, str]) -> dict[str, Any]:
    """What `write_dossiers` and the tree read of a coverage, beside its words."""
    return {
        "in_five_draft": coverage.in_five_draft,
        "closed": coverage.closed,
        "people": coverage.people,
        "places": coverage.places,
        "parent": coverage.parent.slug if coverage.parent else "",
        "leading": tuple(uris[pk] for pk in named(coverage.leading) if pk in uris),
        "key_dates": tuple(
            KeyDateToml(one["value"]["when"], one["value"]["text"], uris.get(int(one["value"].get("story") or 0), ""))
            for one in coverage.key_dates.raw_data
        ),
    }


def named(blocks: Any) -> list[int]:
    """Ids of the stories that a coverage's blocks name."""
    values = [block["value"] for block in blocks.raw_data]
    return [int(pk) for value in values if (pk := value.get("story") if isinstance(value, dict) else value)]
