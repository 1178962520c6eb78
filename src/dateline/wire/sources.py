"""A story's sources on their way in and out."""

import json
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.source_blocks import raw_sources, sources_from
from dateline.newsroom.stories.sources import MOST, Source
from dateline.wire.items import Item


def sources_field(item: Item) -> str:
    """The sources of an item as the story's field holds them. What names no identity gets one by its place."""
    return json.dumps(raw_sources(item.sources[:MOST], seed=item.uri))


def exported_sources(story: Story) -> tuple[Source, ...]:
    """The story's sources; an identity that `sources_field` would give again is left out."""
    found = []
    for number, source in enumerate(sources_from(story.sources.raw_data), 1):
        given = source.id == str(uuid5(NAMESPACE_URL, f"{story.uri}#{number}")) and not source.cites
        found.append(replace(source, id="") if given else source)
    return tuple(found)
