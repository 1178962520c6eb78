"""Entries on their way to an engine beside the database: nothing is lost, and "published" returns after it knows."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from modelsearch.backends import get_search_backend

from dateline.newsroom.find.models import Entry

log = logging.getLogger("dateline.find")

#: How long to wait before trying again, at first and at most.
AGAIN, LONGEST = timedelta(seconds=5), timedelta(minutes=10)

#: Entries sent at once when all of them are.
BATCH = 500


@cache
def engine() -> Any:
    """The backend that entries have to be sent to, or None: the database keeps its own index."""
    backend = get_search_backend("find")
    return backend if getattr(backend, "carries", False) else None


def carry(keys: Iterable[int]) -> None:
    """In a transaction that wrote or deleted these entries: the engine knows of it when the transaction's end returns.

    The task is part of the transaction, so a process that ends in between leaves it to the worker.
    """
    wanted = sorted(set(keys))
    if engine() is None or not wanted:
        return
    kept = carry_late.using(run_after=timezone.now() + AGAIN).enqueue(wanted)

    def at_once() -> None:
        if send(wanted):
            kept_row(kept.id).delete()

    transaction.on_commit(at_once)


def kept_row(number: Any) -> Any:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(pk=number, status="READY")


def send(keys: list[int]) -> bool:
    """Let the engine hold what the database now has under these keys; whether it took it."""
    entries = list(Entry.objects.filter(pk__in=keys))
    gone = set(keys) - {entry.pk for entry in entries}
    try:
        engine().carry(Entry, entries, sorted(gone))
    except Exception as error:  # whatever the client's transport raises: a story is published without it
        log.warning("the search engine took nothing of %d entries: %s", len(keys), error)
        return False
    return True


@task()
def carry_late(keys: list[int], tries: int = 1) -> None:
    """What the worker does with entries that could not be sent at once: again, ever later, until they are taken."""
    if engine() is not None and not send(keys):
        wait = min(AGAIN * 2**tries, LONGEST)
        carry_late.using(run_after=timezone.now() + wait).enqueue(keys, tries + 1)


def carry_all() -> int:
    """Make the engine's index anew from all entries, oldest first; returns how many, 0 where there is no engine."""
    backend = engine()
    if backend is None:
        return 0
    index = backend.get_index_for_model(Entry)
    index.reset()
    index.add_model(Entry)
    done, last = 0, 0
    while batch := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        backend.carry(Entry, batch, ())
        done, last = done + len(batch), batch[-1].pk
    return done
