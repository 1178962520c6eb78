"""URL paths of what hangs on stories."""

from collections.abc import Iterable
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


def series_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}series/{slug}/"


def region_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}region/{slug}/"


def corrections_path(edition: EditionNode, *month: int) -> str:
    """`/en/corrections/`, or `/en/corrections/2026/11/` for a year and a month."""
    return f"{edition.home}corrections/" + (f"{month[0]:04}/{month[1]:02}/" if month else "")


def corrections_feed(edition: EditionNode) -> str:
    return f"{edition.home}corrections.xml"


#: Pages of an edition's stream that one sitemap lists.
PAGES_IN_SITEMAP = 20


def sitemap_path(edition: EditionNode, number: int) -> str:
    """The sitemap of PAGES_IN_SITEMAP pages; sitemaps are counted from the oldest, as pages are."""
    return f"{edition.home}sitemap-{number}.xml"


def sitemaps_of(edition: EditionNode, ingredients: Iterable[str]) -> list[str]:
    """The sitemaps that list one of the edition's pages among these ingredients; the index if it has changed."""
    start = f"list:edition:{edition.id}/"
    ends = {ingredient.removeprefix(start) for ingredient in ingredients if ingredient.startswith(start)}
    numbers = {(int(end) - 1) // PAGES_IN_SITEMAP + 1 for end in ends if end.isdigit()}
    found = [sitemap_path(edition, number) for number in sorted(numbers)]
    return [*found, "/sitemap.xml"] if "pages" in ends else found
