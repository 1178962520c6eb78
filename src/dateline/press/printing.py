"""Prints sheets: render, check that nothing changed meanwhile, write ledger and store."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase

from dateline.press import ledger
from dateline.press.ingredients import Recipe, batch, key_of, recording
from dateline.press.rendering import render
from dateline.store import REVALIDATE, BadPath, LocalStore, Sheet, State, StoredSheet, file_for, make_sheet

logger = logging.getLogger("dateline.press")

#: Statuses that are kept as sheets. A view may print another one by setting `response.printable = True`.
PRINTABLE = frozenset({200, 301, 410})

#: How often a rendering that was overtaken by a change is done again before the change's own print is left to win.
ATTEMPTS = 5

#: Sheets that are rendered together, share what they read, and enter the ledger in one transaction.
BATCH = 40

#: Surrogate keys a cache in front can purge by; a header has its limits.
MOST_KEYS = 64

_flights: dict[str, threading.Lock] = {}
_flights_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of one path. `stored` is None when the answer is not one to keep; then `status` and `body` tell it."""

    path: str
    status: int
    body: bytes
    content_type: str
    stored: StoredSheet | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    path: str
    recipe: Recipe
    response: HttpResponseBase
    body: bytes
    counter: int
    generation: int
    stored: StoredSheet | None

    def keys(self) -> set[int]:
        return {key_of(ingredient) for ingredient in self.recipe.ingredients}

    def entry(self) -> ledger.Entry:
        return ledger.Entry(
            self.path,
            dict.fromkeys(self.recipe.weak, True) | dict.fromkeys(self.keys(), False),
            shell=self.recipe.shell,
            generation=self.generation,
            status=self.response.status_code,
            until=self.recipe.until,
            rank=int(getattr(self.response, "rank", 5)),
        )


def store() -> LocalStore:
    """The store of this newsroom's public host."""
    return LocalStore(settings.STORE_ROOT)


def print_path(path: str) -> Printed:
    """Print one sheet for somebody who waits; however many ask in this process, one prints and all get its bytes."""
    with _flights_lock:
        flight = _flights.get(path)
        leads = flight is None
        if flight is None:
            flight = _flights[path] = threading.Lock()
            flight.acquire()
    if leads:
        try:
            return print_paths([path])[0]
        finally:
            with _flights_lock:
                del _flights[path]
            flight.release()
    with flight:
        kept = store().read(path)
    if kept is None:
        return print_paths([path])[0]
    return Printed(path, kept.sheet.status, kept.body, kept.sheet.content_type, kept)


def print_paths(paths: Iterable[str]) -> list[Printed]:
    """Print these sheets. A path whose view fails keeps its old sheet and comes back with `error`.

    Rendering and compressing happen outside of any transaction; ledger and store are written under the press's lock,
    and only if no ingredient changed since the rendering began.
    """
    done: dict[str, Printed] = {}
    wanted = list(dict.fromkeys(paths))
    for start in range(0, len(wanted), BATCH):
        waiting = wanted[start : start + BATCH]
        for attempt in range(ATTEMPTS):
            waiting = _keep(_drafts(waiting, done), done, final=attempt == ATTEMPTS - 1)
            if not waiting:
                break
    return list(done.values())


def _drafts(paths: list[str], done: dict[str, Printed]) -> list[_Draft]:
    """Render these; they may share what they read, since all are checked against changes after the first read."""
    drafts: list[_Draft] = []
    counter = ledger.counter_value()
    state = store().state()
    with batch():
        for path in paths:
            try:
                drafts.append(_draft(path, counter, state))
            except BadPath:
                done[path] = Printed(path, 404, b"", "text/plain; charset=utf-8")
            except Exception as error:
                logger.exception("%s could not be printed; its old sheet stays", path)
                done[path] = Printed(
                    path, 500, b"", "text/plain; charset=utf-8", error=f"{type(error).__name__}: {error}"
                )
    return drafts


def _draft(path: str, counter: int, state: State) -> _Draft:
    file_for(path)
    with recording() as recipe:
        response = render(path)
    body = bytes(response.content) if isinstance(response, HttpResponse) else b""
    generation = state.generation(recipe.shell)
    stored = None
    if response.status_code in PRINTABLE or getattr(response, "printable", False):
        keys = tuple(sorted(recipe.ingredients)[:MOST_KEYS])
        hidden = {"content-type", "cache-control", "location", "content-length"}
        sheet = Sheet(
            status=response.status_code,
            content_type=response.headers.get("Content-Type", "text/html; charset=utf-8"),
            digest="",
            modified=0,
            cache=response.headers.get("Cache-Control", REVALIDATE),
            keys=keys,
            headers=tuple((k.lower(), v) for k, v in response.headers.items() if k.lower() not in hidden),
            location=response.headers.get("Location", ""),
            shell=recipe.shell,
            generation=generation,
        )
        stored = make_sheet(sheet, body)
    return _Draft(path, recipe, response, body, counter, generation, stored)


def _keep(drafts: list[_Draft], done: dict[str, Printed], *, final: bool) -> list[str]:
    """Write the drafts that are still true; return the paths of those that are to be rendered again."""
    if not drafts:
        return []
    overtaken: list[str] = []
    shelf = store()
    with ledger.press_lock():
        changed = ledger.changed_since(drafts[0].counter)
        prints: list[_Draft] = []
        for draft in drafts:
            untrue = not (draft.keys() | draft.recipe.weak).isdisjoint(changed)
            if untrue and not final:
                overtaken.append(draft.path)
                continue
            if draft.stored is None:
                shelf.remove(draft.path)
                ledger.forget(draft.path)
            elif not untrue:  # else changes keep coming: show the bytes, keep nothing that may be untrue
                prints.append(draft)
            content_type = draft.response.headers.get("Content-Type", "")
            done[draft.path] = Printed(draft.path, draft.response.status_code, draft.body, content_type, draft.stored)
        ledger.enter([draft.entry() for draft in prints])
        for draft in prints:
            if draft.stored is not None:
                shelf.write(draft.path, draft.stored)
    return overtaken
