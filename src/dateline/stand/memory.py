"""What a stand remembers about a store: its counters, and which addresses had nothing."""

import time
from collections import OrderedDict

from dateline.stand.shelf import FileStamp
from dateline.store import LocalStore, State

#: Seconds for which a reader's hit trusts the counters without looking at the file.
GLANCE = 0.25


class StateWatch:
    """The store's counters, read again only when their file changed."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._file = str(store.root / ".state")
        self._stamp: FileStamp | None = None
        self._state = State()
        self._look_again = float("-inf")

    def now(self) -> State:
        """The counters as they are."""
        self._look_again = time.monotonic() + GLANCE
        stamp = FileStamp.of(self._file)
        if stamp != self._stamp:
            # The stamp is older than what is read, so a change in between is read again, never missed.
            self._state = self._store.state()
            self._stamp = stamp
        return self._state

    def recent(self) -> State:
        """The counters as they were at most `GLANCE` seconds ago."""
        return self._state if time.monotonic() < self._look_again else self.now()


class Absences:
    """Addresses the desk said have nothing, each with the epoch in which it said so; the oldest are forgotten first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._epochs: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._epochs)

    def holds(self, path: str, epoch: int) -> bool:
        """Whether `path` is known to be absent in this epoch."""
        known = self._epochs.get(path)
        if known is None:
            return False
        if known != epoch:
            del self._epochs[path]
            return False
        self._epochs.move_to_end(path)
        return True

    def remember(self, path: str, epoch: int) -> None:
        self._epochs[path] = epoch
        self._epochs.move_to_end(path)
        while len(self._epochs) > self._size:
            self._epochs.popitem(last=False)
