"""The studio: a process that reads stories aloud and prepares films, and stands back for everything else."""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

from django.conf import settings
from django.db import close_old_connections

from dateline.newsroom.clips.actions import CuttingRoom
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
    studio, room = Studio(), CuttingRoom()
    lanes = []
    if settings.OPTIONS["speak"]:
        studio.take_back()
        count = max(1, settings.OPTIONS["studio_lanes"] or os.cpu_count() or 1)
        lanes = [_lane(f"lane {number}", partial(_speak, studio), stop) for number in range(count)]
    if settings.OPTIONS["clips"]:
        room.take_back()
        lanes.append(_lane("cutting room", room.prepare_next, stop))
    for lane in lanes:
        lane.start()
    while not stop.wait(PAUSE):
        if time.monotonic() - studio.worked > IDLE:
            studio.rest()
    room.close()
    studio.close()
    for lane in lanes:
        lane.join(PATIENCE)


def _lane(name: str, work: Callable[[], bool], stop: threading.Event) -> threading.Thread:
    return threading.Thread(target=_work, args=(work, stop), name=name, daemon=True)


def _speak(studio: Studio) -> bool:
    clear_leftovers()
    return studio.speak_next()


def _work(work: Callable[[], bool], stop: threading.Event) -> None:
    """One lane: while a voice speaks for one, another encodes what it has, and a film is prepared beside them."""
    while not stop.is_set():
        try:
            busy = work()
        except Exception:
            if stop.is_set():
                return
            logger.exception("A lane of the studio failed; it goes on with the next one")
            stop.wait(PATIENCE)
            continue
        finally:
            close_old_connections()
        if not busy:
            stop.wait(PAUSE)
