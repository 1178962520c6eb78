"""What is due by the clock: pages to go out and pages to come off, oldest first, whatever becomes of the one before."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from dateline.press.outbox import gathered

logger = logging.getLogger("dateline.worker")

#: Whatever happens later than this after its time is late, and the overview says so.
LATE = timedelta(seconds=5)
#: How long the overview speaks of it.
TOLD_FOR = timedelta(days=1)
#: How many are dealt with before the worker looks at the rest of its work.
AT_ONCE = 50

_failed: set[tuple[str, int]] = set()


def keep_schedule(now: datetime | None = None) -> int:
    """Take off and publish what is due; returns how many pages that were.

    Their sheets are printed together: fronts that they share are printed once.
    """
    moment = now or timezone.now()
    expired = list(
        Page.objects.filter(live=True, expire_at__lte=moment).order_by("expire_at", "pk").values_list("pk", flat=True)
    )
    due = list(
        Revision.objects.filter(approved_go_live_at__lte=moment)
        .order_by("approved_go_live_at", "pk")
        .values_list("pk", flat=True)
    )
    if not expired and not due:
        return 0
    done = 0
    with gathered():
        for kind, pk, act in _work(expired, due):
            try:
                done += act(pk, moment)
                _failed.discard((kind, pk))
            except Exception:
                # It stays due, and is tried again at every look; the log has it once.
                if (kind, pk) not in _failed:
                    _failed.add((kind, pk))
                    logger.exception("%s %s is due and could not be dealt with; it is tried again", kind, pk)
    return done


def next_due() -> datetime | None:
    """When the next page is to go out or come off; None while nothing is scheduled."""
    going = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    coming = Page.objects.filter(live=True, expire_at__isnull=False).order_by("expire_at")
    found = (
        going.values_list("approved_go_live_at", flat=True).first(),
        coming.values_list("expire_at", flat=True).first(),
    )
    return min((moment for moment in found if moment), default=None)


def _work(expired: list[int], due: list[int]) -> Iterator[tuple[str, int, Any]]:
    for pk in expired[:AT_ONCE]:
        yield "page", pk, _take_off
    for pk in due[:AT_ONCE]:
        yield "revision", pk, _publish


def _take_off(pk: int, now: datetime) -> int:
    page = Page.objects.filter(pk=pk, live=True, expire_at__lte=now).first()
    if page is None or page.expire_at is None:
        return 0
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    _tell_late(page, page.expire_at)
    return 1


def _publish(pk: int, now: datetime) -> int:
    revision = Revision.objects.filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None or revision.approved_go_live_at is None:
        return 0
    due = revision.approved_go_live_at
    revision.publish(log_action="wagtail.publish.scheduled")
    found = revision.content_object
    if isinstance(found, Page):
        _tell_late(found, due)
    return 1


def _tell_late(page: Page, due: datetime) -> None:
    late = timezone.now() - due
    if late > LATE:
        log(
            instance=page, action="dateline.late", data={"seconds": round(late.total_seconds()), "due": due.isoformat()}
        )


def late_ones(now: datetime | None = None) -> list[PageLogEntry]:
    """What was done late in the last day, newest first; at most ten."""
    since = (now or timezone.now()) - TOLD_FOR
    entries = PageLogEntry.objects.filter(action="dateline.late", timestamp__gte=since).order_by("-timestamp", "-pk")
    return list(entries[:10])
