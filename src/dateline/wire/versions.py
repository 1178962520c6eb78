"""Which version of a story a newsroom has: what an export says, and what an import is measured against."""

from datetime import UTC, datetime

from dateline.newsroom.stories.models import Story

#: The version of a story that no wire has numbered.
FIRST_VERSION = "1"


def version_created(story: Story) -> datetime:
    """When the story became what it is: on the wire it came from, or by a change at the desk since."""
    told = story.kept.get("version_created")
    changes = [story.withdrawn_at, story.updated, datetime.fromisoformat(told) if told else None]
    newest = max((one for one in changes if one), default=None)
    return newest or story.published or story.latest_revision_created_at or datetime.min.replace(tzinfo=UTC)
