"""Addresses of trackers."""

from dateline.newsroom.editions.shell import EditionNode


def trackers_path(edition: EditionNode) -> str:
    return f"{edition.home}tracker/"


def tracker_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}tracker/{slug}/"


def evidence_path(edition: EditionNode, slug: str, number: int) -> str:
    """A page of evidence, counted from the oldest: what is on it stays there."""
    return f"{tracker_path(edition, slug)}evidence/{number}/"


def embed_path(edition: EditionNode, slug: str) -> str:
    return f"{tracker_path(edition, slug)}embed/"


def oembed_path(edition: EditionNode, slug: str) -> str:
    return f"{tracker_path(edition, slug)}oembed.json"


def file_path(edition: EditionNode, slug: str, name: str) -> str:
    """A file to take along: data.csv, data.json, iati.xml."""
    return f"{tracker_path(edition, slug)}{name}"
