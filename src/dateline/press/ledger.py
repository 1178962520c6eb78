"""The ledger's reads and writes, all under the press's lock."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from dateline.press.ingredients import key_of
from dateline.press.models import Change, Counter, Sheet, SheetIngredient

#: How many values one SQL statement takes; SQLite's oldest limit is 999.
BATCH = 500

_ADVISORY_KEY = 0x44617465


@contextmanager
def press_lock() -> Iterator[None]:
    """A short transaction that no other process's press shares. Nothing renders inside it.

    SQLite's transactions are IMMEDIATE, so they exclude each other by themselves; PostgreSQL takes an advisory lock.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_KEY])
        yield


def counter_value() -> int:
    return Counter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def advance_counter() -> int:
    value = counter_value() + 1
    Counter.objects.update_or_create(pk=1, defaults={"value": value})
    return value


def changed_since(counter: int) -> set[int]:
    """Keys of all ingredients whose change was drained after `counter`; uses the index on `counter`."""
    lists = Change.objects.filter(counter__gt=counter).values_list("ingredients", flat=True)
    return {key_of(ingredient) for ingredients in lists for ingredient in ingredients}


def sheets_made_from(ingredients: Iterable[str], *, weak: bool) -> list[str]:
    """Paths of printed sheets with one of these ingredients; with `weak`, those that show it in an island too."""
    keys = [key_of(i) for i in ingredients]
    paths: set[str] = set()
    for start in range(0, len(keys), BATCH):
        rows = SheetIngredient.objects.filter(key__in=keys[start : start + BATCH])
        if not weak:
            rows = rows.filter(weak=False)
        paths.update(rows.values_list("sheet__path", flat=True))
    return sorted(paths)


@dataclass(frozen=True, slots=True)
class Entry:
    """A print as the ledger keeps it; `keys` are its ingredients', with whether each is weak."""

    path: str
    keys: dict[int, bool]
    shell: str
    generation: int
    status: int
    until: datetime | None
    rank: int


def enter(entries: Sequence[Entry]) -> None:
    """Write down prints, four queries for all; of their ingredients only what differs from what was known."""
    if not entries:
        return
    now = timezone.now()
    sheets = Sheet.objects.bulk_create(
        (
            Sheet(
                path=entry.path,
                shell=entry.shell,
                generation=entry.generation,
                status=entry.status,
                printed=True,
                printed_at=now,
                until=entry.until,
                rank=entry.rank,
            )
            for entry in entries
        ),
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["shell", "generation", "status", "printed", "printed_at", "until", "rank"],
    )
    wanted = {sheet.pk: entry.keys for sheet, entry in zip(sheets, entries, strict=True)}
    known: dict[int, dict[int, bool]] = {pk: {} for pk in wanted}
    gone: list[int] = []
    rows = SheetIngredient.objects.filter(sheet__in=wanted).values_list("pk", "sheet", "key", "weak")
    for pk, sheet, key, weak in rows:
        if wanted[sheet].get(key) is weak:
            known[sheet][key] = weak
        else:
            gone.append(pk)
    for start in range(0, len(gone), BATCH):
        SheetIngredient.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    SheetIngredient.objects.bulk_create(
        SheetIngredient(sheet_id=sheet, key=key, weak=weak)
        for sheet, keys in wanted.items()
        for key, weak in keys.items()
        if key not in known[sheet]
    )


def mark_evicted(paths: list[str]) -> None:
    for start in range(0, len(paths), BATCH):
        Sheet.objects.filter(path__in=paths[start : start + BATCH]).update(printed=False, until=None)


def forget(path: str) -> None:
    """The path answers nothing any more: strike it from the ledger."""
    Sheet.objects.filter(path=path).delete()
