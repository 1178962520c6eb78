"""The studio: a process that reads stories aloud while nobody waits, the newest first, at the lowest priority."""

import contextlib
import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import close_old_connections

from dateline.newsroom.listen.actions import Studio, clear_leftovers

logger = logging.getLogger("dateline.studio")

#: Seconds between two looks at the queue when it is empty.
PAUSE = 0.5

#: Seconds without work after which the engines' memory is given back.
IDLE = 120

#: How much everything else on the machine comes first.
NICE = 10


def run() -> None:
    """Work until SIGTERM or SIGINT. What is interrupted is spoken anew after the next start."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        # In the main thread: the story at hand is given up at once, its row waits as before.
        stop.set()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with contextlib.suppress(OSError):
        os.nice(NICE)
    studio = Studio()
    worked = time.monotonic()
    try:
        studio.take_back()
        while not stop.is_set():
            try:
                clear_leftovers()
                busy = studio.speak_next()
            except Exception:
                logger.exception("The studio failed; it goes on with the next story")
                busy = False
                stop.wait(5)
            finally:
                close_old_connections()
            if busy:
                worked = time.monotonic()
                continue
            if time.monotonic() - worked > IDLE:
                studio.close()
            stop.wait(PAUSE)
    finally:
        studio.close()
