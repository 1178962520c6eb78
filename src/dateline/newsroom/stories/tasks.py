"""What is done with streams and charts while nobody waits."""

import json

from django.db import transaction
from django_tasks import task
from wagtail.models import Revision

from dateline.newsroom.editions.shell import editions
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.charts.pages import load_plates
from dateline.press.outbox import announce


@task()
def renumber(key: str) -> None:
    """Number a stream's pages anew: stories with old dates have made one of them too long."""
    with transaction.atomic():
        changed = streams.repaginate(key)
        if changed:
            announce(changed)


@task()
def draw_charts(revision: int) -> None:
    """Draw the charts of a draft, so that they are there when it is previewed or published."""
    draft = Revision.objects.filter(pk=revision).first()
    edition = editions().by_id.get(draft.content.get("edition")) if draft else None
    if draft and edition:
        blocks = json.loads(draft.content.get("body") or "[]")
        load_plates([block["value"] for block in blocks if block["type"] == "chart"], edition.voice)
