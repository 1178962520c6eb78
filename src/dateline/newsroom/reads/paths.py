"""Where the most read is."""

from dateline.newsroom.editions.shell import EditionNode


def most_read_path(edition: EditionNode) -> str:
    return f"{edition.home}most-read/"
