"""Finding the sheet of an address: on the shelf, in the store, from the desk, or what there is instead of it."""

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict

from dateline.stand.address import edition_of, may_be_printed
from dateline.stand.asking import Answer, Asker, Failure, Outcome
from dateline.stand.config import StandConfig
from dateline.stand.memory import Absences, StateWatch
from dateline.stand.shelf import FileStamp, Shelf, Shelved
from dateline.store import BadPath, LocalStore, StoredSheet

#: Seconds between two background requests for a sheet that stays old.
ASK_AGAIN = 30.0
#: The desk's own pages for absent addresses, kept for this many editions and up to this many bytes each.
KEPT_ABSENT_PAGES = 16
LONGEST_ABSENT_PAGE = 64 * 1024

_NO_STAMP = FileStamp(0, 0, 0)

log = logging.getLogger("dateline.stand")

#: A sheet; the desk's answer; why there is neither; or None where nothing is known to be.
Found = Shelved | Answer | Failure | None


class Pages:
    """The sheets of one store. Every path given is one that `store.file_for` takes."""

    def __init__(self, config: StandConfig) -> None:
        self.shelf = Shelf(config.memory_bytes)
        self._config = config
        self._security = list(config.security_headers)
        self._store = LocalStore(config.store_root)
        self._watch = StateWatch(self._store)
        self._absences = Absences(config.not_found_memory)
        self._absent_pages: OrderedDict[str, Answer] = OrderedDict()
        self._asker = Asker(config, self.epoch)
        self._loading: dict[tuple[str, FileStamp], asyncio.Task[Shelved | None]] = {}

    async def close(self) -> None:
        await self._asker.close()

    def epoch(self) -> int:
        """The store's counter of changes, as it is."""
        return self._watch.now().epoch

    # ── what lies ready ──

    def freshen(self, shelved: Shelved) -> None:
        """Have a sheet printed again, in the background, if it wears an older shell than the store's."""
        if self._watch.recent().generation(shelved.shell) <= shelved.generation:
            return
        now = time.monotonic()
        if now - shelved.asked_at >= ASK_AGAIN and self._asker.ask_when_idle(shelved.path):
            shelved.asked_at = now

    async def in_store(self, path: str) -> Shelved | None:
        """The sheet at `path`, if it is printed."""
        file = self._store.stat_file(path)
        stamp = FileStamp.of(file)
        shelved = self.shelf.find(path)
        if shelved is not None:
            if stamp == shelved.stamp:
                return shelved
            self.shelf.drop(path)
        if stamp is None:
            return None
        # Readers share a load only if it began with the file that is there now: an earlier one may bring older bytes.
        key = (path, stamp)
        loading = self._loading.get(key)
        if loading is None:
            loading = self._loading[key] = asyncio.create_task(self._load(path, file))
            loading.add_done_callback(lambda _: self._loading.pop(key, None))
        return await asyncio.shield(loading)

    async def _load(self, path: str, file: str) -> Shelved | None:
        stamp, stored = await asyncio.to_thread(self._read, path, file)
        if stored is None:
            return None
        # Without a stamp the sheet changed while it was read: good for this reader, not for the shelf.
        shelved = Shelved(path, file, stamp or _NO_STAMP, stored, self._security)
        if stamp:
            self.shelf.put(shelved)
        return shelved

    def _read(self, path: str, file: str) -> tuple[FileStamp | None, StoredSheet | None]:
        stored = None
        for _ in range(3):
            before = FileStamp.of(file)
            stored = self._read_store(path)
            if before == FileStamp.of(file):
                return before, stored
        return None, stored

    def _read_store(self, path: str, *, stale: bool = False) -> StoredSheet | None:
        try:
            return self._store.read(path, stale=stale)
        except (ValueError, KeyError, TypeError) as error:
            log.error("the sheet of %a cannot be read and is printed anew: %r", path, error)
            return None

    async def _stale(self, path: str) -> Shelved | None:
        stored = await asyncio.to_thread(self._read_store, path, stale=True)
        return Shelved(path, "", _NO_STAMP, stored, self._security) if stored else None

    # ── what has to be asked for ──

    async def obtain(self, path: str) -> Found:
        """The sheet at `path`: from the store, else printed now, else the copy of an evicted one."""
        for _ in range(2):
            shelved = await self.in_store(path)
            if shelved is not None:
                return shelved
            if not may_be_printed(path) or self._absences.holds(path, self._watch.now().epoch):
                return None
            outcome = await self._ask(path)
            if not isinstance(outcome, Answer) or outcome.epoch == self._watch.now().epoch:
                break
            # Something changed while the desk was at it: its answer may be older than the change.
        shelved = await self.in_store(path)
        if shelved is not None:
            return shelved
        if isinstance(outcome, Answer):
            if outcome.status == 404:
                self._remember_absent(path, outcome)
                return None
            if outcome.status < 500:
                return outcome
        # Read only now: what was withdrawn while the reader waited must not be handed out.
        stale = await self._stale(path)
        if stale is not None:
            return stale
        return None if outcome is Failure.NO_DESK else outcome

    async def _ask(self, path: str) -> Outcome:
        # Looked for before the desk is asked: a copy that is withdrawn meanwhile shortens no wait, and lengthens none.
        held = await self._stale(path) is not None
        flight = self._asker.ask(path)
        if isinstance(flight, Failure):
            return flight
        if not held:
            return await asyncio.shield(flight)
        done, _ = await asyncio.wait((flight,), timeout=self._config.ask_wait)
        return flight.result() if done else Failure.SLOW

    # ── what is not there ──

    def _remember_absent(self, path: str, answer: Answer) -> None:
        self._absences.remember(path, answer.epoch)
        if 0 < len(answer.body) <= LONGEST_ABSENT_PAGE:
            edition = edition_of(path)
            self._absent_pages[edition] = answer
            self._absent_pages.move_to_end(edition)
            while len(self._absent_pages) > KEPT_ABSENT_PAGES:
                self._absent_pages.popitem(last=False)

    async def absent_page(self, path: str) -> Shelved | Answer | None:
        """What to show at an address with nothing: its edition's 404 page, the site's, or what the desk showed last."""
        edition = edition_of(path)
        with contextlib.suppress(BadPath):  # a refused path may have no edition
            # Only an edition with a front has a page worth asking for: random first segments cost the desk nothing.
            if await self.in_store(f"/{edition}/") is not None:
                found = await self.obtain(f"/{edition}/404.html")
                if isinstance(found, Shelved):
                    return found
        return await self.in_store("/404.html") or self._absent_pages.get(edition)
