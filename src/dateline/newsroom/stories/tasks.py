"""What is done with streams while nobody waits."""

from django.db import transaction
from django_tasks import task

from dateline.newsroom.stories import streams
from dateline.press.outbox import announce


@task()
def renumber(key: str) -> None:
    """Number a stream's pages anew: stories with old dates have made one of them too long."""
    with transaction.atomic():
        changed = streams.repaginate(key)
        if changed:
            announce(changed)
