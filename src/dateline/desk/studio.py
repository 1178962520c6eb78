"""The studio: a process that reads stories aloud, the newest first, and stands back for everything else."""

import contextlib
import logging
import os
import signal
import threading
import time
from types import FrameType

from django.conf import settings
from django.db import close_old_connections

from dateline.newsroom.listen.actions import Studio, clear_leftovers

logger = logging.getLogger("dateline.studio")

#: Seconds between two looks at the queue when it is empty.
PAUSE = 0.5

#: Seconds without work after which the engines' memory is given back.
IDLE = 120

#: Seconds that a story at hand may take to be given up when the studio ends.
PATIENCE = 10


def run() -> None:
    """Work until SIGTERM or SIGINT. What is interrupted is spoken anew after the next start."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    # Before the lanes begin: they and the engines inherit it.
    with contextlib.suppress(OSError):
        os.nice(max(0, min(19, settings.OPTIONS["studio_nice"])))
    studio = Studio()
    studio.take_back()
    count = settings.OPTIONS["studio_lanes"] or os.cpu_count() or 1
    lanes = [
        threading.Thread(target=_work, args=(studio, stop), name=f"lane {number}", daemon=True)
        for number in range(max(1, count))
    ]
    for lane in lanes:
        lane.start()
    while not stop.wait(PAUSE):
        if time.monotonic() - studio.worked > IDLE:
            studio.rest()
    studio.close()
    for lane in lanes:
        lane.join(PATIENCE)


def _work(studio: Studio, stop: threading.Event) -> None:
    """One lane: while a voice speaks for one, another encodes what it has."""
    while not stop.is_set():
        try:
            clear_leftovers()
            busy = studio.speak_next()
        except Exception:
            if stop.is_set():
                return
            logger.exception("A lane of the studio failed; it goes on with the next story")
            stop.wait(PATIENCE)
            continue
        finally:
            close_old_connections()
        if not busy:
            stop.wait(PAUSE)
