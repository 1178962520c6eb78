"""Changes: announced inside a transaction, drained when it has committed."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dateline.press import ledger
from dateline.press.models import Change, Sheet
from dateline.press.printing import Printed, print_paths, store

logger = logging.getLogger("dateline.press")

#: What the path of every island holds.
ISLAND = "/island/"

#: Done changes are kept this long: longer than any rendering that might have been overtaken by them.
KEPT = timedelta(minutes=10)

#: A failed print is tried again after this long, doubled each time, an hour at most.
FIRST_RETRY = timedelta(seconds=5)


@dataclass(slots=True)
class Report:
    """What a drain did: how many sheets it evicted, which it printed, and which would not print (path: error)."""

    evicted: int = 0
    printed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Gathered:
    ingredients: set[str] = field(default_factory=set)
    deep: set[str] = field(default_factory=set)
    shells: set[str] = field(default_factory=set)
    print_now: dict[str, None] = field(default_factory=dict)
    withdrawn: bool = False


_gathering: ContextVar[_Gathered | None] = ContextVar("gathering", default=None)
_last: ContextVar[Report | None] = ContextVar("last_report", default=None)


def announce(
    ingredients: Iterable[str],
    *,
    print_now: Iterable[str] = (),
    shells: Iterable[str] = (),
    deep: Iterable[str] = (),
    withdrawn: bool = False,
) -> None:
    """Say that these ingredients are no longer what they were; call it inside the transaction of the change.

    When the transaction commits, and before the caller goes on, every sheet made from one of them is evicted and the
    paths in `print_now` are printed anew. `shells` names what stands on every page of an edition: its sheets are
    served on while a sweep prints them. `deep` names ingredients that must leave the islands inside other sheets as
    well: it costs as many evictions as there were prints while an island showed them. With `withdrawn` no old bytes of
    any of these sheets are served meanwhile.
    """
    gathered = _gathering.get()
    if gathered is not None:
        gathered.ingredients.update(ingredients)
        gathered.deep.update(deep)
        gathered.shells.update(shells)
        gathered.print_now.update(dict.fromkeys(print_now))
        gathered.withdrawn |= withdrawn
        return
    Change.objects.create(
        ingredients=sorted({*ingredients, *deep}),
        deep=sorted(set(deep)),
        shells=sorted(set(shells)),
        print_now=list(dict.fromkeys(print_now)),
        withdrawn=withdrawn,
    )
    transaction.on_commit(drain)


@contextmanager
def gathered() -> Iterator[None]:
    """Make one change of all that is announced inside. The caller holds no transaction; each must commit by itself.

    The gathered change is written even when the block fails, since what was committed before did change.
    """
    mine = _Gathered()
    token = _gathering.set(mine)
    try:
        yield
    finally:
        _gathering.reset(token)
        if mine.ingredients or mine.deep or mine.shells or mine.print_now:
            with transaction.atomic():
                announce(
                    mine.ingredients,
                    deep=mine.deep,
                    print_now=mine.print_now,
                    shells=mine.shells,
                    withdrawn=mine.withdrawn,
                )


def last_report() -> Report | None:
    """The report of the last drain in this request, once; then None."""
    report = _last.get()
    _last.set(None)
    return report


def drain(*, older_than: timedelta = timedelta(0)) -> Report:
    """Evict and print what the outbox asks for. What fails to print keeps its job and its old sheet.

    Args:
        older_than: leave changes younger than this to whoever made them.
    """
    report = Report()
    now = timezone.now()
    due = Q(next_try__isnull=True, created_at__lte=now - older_than) | Q(next_try__lte=now)
    if Change.objects.filter(counter=None).exists():
        with ledger.press_lock():
            _evict(list(Change.objects.filter(counter=None).order_by("id")), report)
    changes = list(Change.objects.filter(due, done_at=None).exclude(counter=None).order_by("id"))
    if changes:
        wanted = list(dict.fromkeys(path for change in changes for path in change.print_now))
        # Islands first: the pages printed after them carry them.
        islands = [path for path in wanted if ISLAND in path]
        printed_now = [*print_paths(islands), *print_paths(path for path in wanted if ISLAND not in path)]
        results = {printed.path: printed for printed in printed_now}
        report.printed = [path for path, printed in results.items() if not printed.error]
        report.failed = {path: printed.error for path, printed in results.items() if printed.error}
        with transaction.atomic():
            _settle(changes, results)
    _last.set(report)
    return report


def _evict(changes: list[Change], report: Report) -> None:
    """Take every touched sheet out. Files go first: if the process dies here, the outbox still holds the change."""
    shelf = store()
    counter = ledger.advance_counter()
    shells: set[str] = set()
    kept: set[str] = {path for change in changes if not change.withdrawn for path in change.print_now}
    for change in changes:
        paths = ledger.sheets_made_from(change.ingredients, weak=False)
        if change.deep:
            paths = sorted({*paths, *ledger.sheets_made_from(change.deep, weak=True)})
        shells.update(change.shells)
        gone: list[str] = []
        for path in paths:
            if change.withdrawn:
                shelf.remove(path)
            elif path in kept:
                continue  # printed in a moment; readers keep the old bytes until then
            else:
                shelf.evict(path)
            gone.append(path)
        ledger.mark_evicted(gone)
        report.evicted += len(gone)
        change.counter = counter
        if not change.print_now:
            change.done_at = timezone.now()
    shelf.advance(*shells)
    Change.objects.bulk_update(changes, ["counter", "done_at"], batch_size=100)


def _settle(changes: list[Change], results: dict[str, Printed]) -> None:
    now = timezone.now()
    for change in changes:
        errors = {path: results[path].error for path in change.print_now if results[path].error}
        change.errors = errors
        change.attempts += 1
        if errors:
            change.print_now = list(errors)
            change.next_try = now + min(FIRST_RETRY * 2 ** min(change.attempts - 1, 10), timedelta(hours=1))
        else:
            change.done_at = now
    Change.objects.bulk_update(changes, ["errors", "attempts", "print_now", "next_try", "done_at"], batch_size=100)
    Change.objects.filter(done_at__lt=now - KEPT).exclude(counter=None).delete()


def reprint_due(limit: int = 200) -> int:
    """Print anew the sheets that time alone has made untrue; returns how many."""
    paths = list(
        Sheet.objects.filter(until__lte=timezone.now()).order_by("until").values_list("path", flat=True)[:limit]
    )
    if paths:
        print_paths(paths)
    return len(paths)


def sweep(limit: int = 40) -> int:
    """Print anew up to `limit` sheets that wear an old shell, those that readers meet first before others."""
    state = store().state()
    done = 0
    for shell, generation in state.shells.items():
        if done >= limit:
            break
        old = Sheet.objects.filter(shell=shell, generation__lt=generation, printed=True).order_by("rank", "-pk")
        paths = list(old.values_list("path", flat=True)[: limit - done])
        done += len(print_paths(paths))
    return done


def failures() -> list[Change]:
    """Changes whose sheets would not print, oldest first."""
    return list(Change.objects.filter(done_at=None).exclude(errors={}).order_by("id")[:50])
