"""What falls due, and what turned late: marked once by the worker, so that editors are told once."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from dateline.newsroom.trackers.facts import facts_of
from dateline.newsroom.trackers.figures.keeping import Status, promises
from dateline.newsroom.trackers.models import COMMITTED, Evidence, FallenDue, Tracker

#: A day that passed longer ago than this is no news any more, as when an archive comes in.
NEWS = timedelta(days=31)
#: How many are looked at before the worker turns to the rest of its work.
AT_ONCE = 500

_PROMISED = COMMITTED[:3]
_MISSED = {Status.LATE, Status.BROKEN}


def tell_due(now: datetime | None = None) -> int:
    """Mark promises whose day has passed in their edition; returns how many of them turned late.

    It can be missed for days, and run twice: each is marked once, and of those that turned late the log tells.
    """
    moment = now or timezone.now()
    by_tracker: dict[int, list[Evidence]] = defaultdict(list)
    # By the index `evidence_due`. Somewhere it is tomorrow already.
    passed = Evidence.objects.filter(
        struck_at=None, due__lt=(moment + timedelta(hours=14)).date(), due__gte=moment.date() - NEWS
    )
    rows = passed.filter(says__in=_PROMISED, fallen_due=None, tracker__closed=False).order_by("due", "pk")
    for row in rows.select_related("tracker__edition")[:AT_ONCE]:
        if row.due and row.due < today(row.tracker, moment):
            by_tracker[row.tracker_id].append(row)
    return sum(_tell(found[0].tracker, found, moment) for found in by_tracker.values())


def today(tracker: Tracker, now: datetime) -> date:
    """The day it is where the tracker's edition is."""
    return now.astimezone(tracker.edition.zone).date()


def _tell(tracker: Tracker, rows: list[Evidence], now: datetime) -> int:
    missed = {promise.id for promise in promises(facts_of(tracker, today(tracker, now))) if promise.status in _MISSED}
    with transaction.atomic():
        marks = [FallenDue(evidence=row, at=now, late=row.pk in missed) for row in rows]
        FallenDue.objects.bulk_create(marks, ignore_conflicts=True)
        late = sum(mark.late for mark in marks)
        if late:
            log(instance=tracker, action="dateline.tracker_due", data={"promises": late})
    return late


def coming_due(now: datetime, ahead: timedelta, most: int) -> list[Evidence]:
    """Promises that fall due between today and then, soonest first; by `evidence_due`."""
    rows = Evidence.objects.filter(
        struck_at=None,
        due__gte=now.date(),
        due__lte=(now + ahead).date(),
        says__in=_PROMISED,
        tracker__closed=False,
    )
    return list(rows.select_related("tracker", "party").order_by("due", "pk")[:most])


def turned_late(now: datetime, back: timedelta, most: int) -> list[FallenDue]:
    """Promises that were found late since then, newest first."""
    rows = FallenDue.objects.filter(late=True, at__gte=now - back, evidence__struck_at=None)
    return list(rows.select_related("evidence__tracker", "evidence__party").order_by("-at", "-pk")[:most])
