"""Indexes that Wagtail's page table lacks for what the desk and every publish ask of it.

The tree's root is looked for by depth on every page of the desk, aliases of a page at every publish, and what has
expired twice a second. Nearly all pages have no alias, no lock and no expiry, so plain indexes on those columns tell a
planner nothing, and it reads the whole table.
"""

from typing import Any

from django.db import connections

INDEXES = {
    "dateline_page_depth": "(depth, path)",
    "dateline_page_alias": "(alias_of_id) WHERE alias_of_id IS NOT NULL",
    "dateline_page_lock": "(locked_by_id) WHERE locked_by_id IS NOT NULL",
    "dateline_page_expiry": "(expire_at) WHERE expire_at IS NOT NULL",
}


def make_page_indexes(using: str = "default", **_signal: Any) -> None:
    """After every migration, for one of Wagtail's own may make the table anew, without them."""
    with connections[using].cursor() as cursor:
        for name, what in INDEXES.items():
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON wagtailcore_page {what}")
