"""URL paths of what hangs on stories."""

from datetime import datetime

from dateline.newsroom.editions.shell import EditionNode, SectionNode


def story_path(edition: EditionNode, section: SectionNode, published: datetime, slug: str) -> str:
    """`/en/news/politics/2026/11/slug/`: the month keeps every folder of the store small and is the edition's own."""
    day = edition.voice.day(published)
    return f"{section.path}{day.year:04}/{day.month:02}/{slug}/"


def topic_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}topic/{slug}/"


def author_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}author/{slug}/"


def coverage_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}coverage/{slug}/"


def region_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}region/{slug}/"


def month_sitemap_path(edition: EditionNode, published: datetime) -> str:
    day = edition.voice.day(published)
    return f"{edition.home}sitemap-{day.year:04}-{day.month:02}.xml"
