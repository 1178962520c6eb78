"""Writes of curated fronts."""

from dateline.newsroom.editions.addresses import Address
from dateline.press.outbox import announce


def announce_front(page_id: int) -> None:
    """The front of this page is curated otherwise than it was."""
    path = Address.objects.filter(page_id=page_id, current=True).values_list("path", flat=True).first()
    announce([f"front:{page_id}"], print_now=[path] if path else [])
