"""Every component in every state, in English and Arabic, with no database: for the pattern page and the tests."""

from dateline.theme.samples.pages import (
    archive_view,
    front_view,
    island_view,
    notice_views,
    story_view,
    story_views,
    text_view,
)
from dateline.theme.samples.patterns import patterns_page
from dateline.theme.samples.shells import sample_head, sample_shell

__all__ = [
    "archive_view",
    "front_view",
    "island_view",
    "notice_views",
    "patterns_page",
    "sample_head",
    "sample_shell",
    "story_view",
    "story_views",
    "text_view",
]
