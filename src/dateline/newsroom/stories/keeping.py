"""Keeping what a story said before another text takes its place."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.log_actions import get_active_log_context

from dateline.newsroom.stories.corrections import KINDS
from dateline.newsroom.stories.models import SAID, Said, Story
from dateline.newsroom.stories.versions import PublishedVersion, packed, parts_of


def said_before(story: Story, update_fields: Iterable[str] | None) -> Said | None:
    """What a story's row says before it is written; None where readers never had it, or its text is not written.

    A story that was made of a revision brings it along, so that publishing reads nothing for it.
    """
    if story._state.adding or not (story.digest or story.live):
        return None
    if update_fields is not None and not {"title", "standfirst", "body"} & set(update_fields):
        return None
    said, story.row_said = story.row_said, None
    if said is None:
        row = Story.objects.filter(pk=story.pk).values_list("digest", *SAID).first()
        said = Said(*row) if row else None
    return said


def keep_replaced(story: Story, said: Said | None, notes: Sequence[str]) -> None:
    """Keep what readers had, if the story now says something else.

    Args:
        story: as its row is now; its digest is still that of what readers had.
        notes: kinds of the notes of correction that came with the new text.
    """
    if said is None or not said.digest or content_digest(story) == said.digest:
        return
    if not said.live and content_digest(said) != said.digest:
        return  # a draft over a story that was taken off: nobody read it
    parts = parts_of(said.body.raw_data)
    now = (story.headline, story.standfirst, parts_of(story.body.raw_data))
    if (said.headline, said.standfirst, parts) == now:
        return  # the same words, in blocks that were made anew
    kinds = [kind for kind, _label in KINDS if kind in notes]
    PublishedVersion.objects.create(
        story=story,
        digest=said.digest,
        headline=said.headline,
        standfirst=said.standfirst,
        text=packed(parts),
        why=kinds[0] if kinds else "minor" if story.minor_change else "change",
        by=str(get_active_log_context().user or "")[:200],
    )


def content_digest(story: Story | Said) -> str:
    """A digest of what a reader reads; a change of it is an update."""
    parts: list[Any] = [story.headline, story.standfirst, story.body.get_prep_value() if story.body else []]
    if story.clip_id:
        parts.append(story.clip_id)
    if story.sources:
        parts.append(story.sources.get_prep_value())
    return hashlib.sha256(repr(parts).encode()).hexdigest()
