"""Where the search is."""

from dateline.newsroom.editions.shell import EditionNode


def search_path(edition: EditionNode) -> str:
    return f"{edition.home}search/"


def suggest_path(edition: EditionNode) -> str:
    """What completes a query while it is typed."""
    return f"{edition.home}search/suggest.json"
