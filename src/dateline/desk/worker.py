"""The worker: what is due by the clock, what is left in the outbox, and the queue of tasks."""

import logging
import signal
import threading
import time
from datetime import datetime, timedelta
from types import FrameType

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from dateline.desk.schedule import keep_schedule, next_due
from dateline.newsroom.broadcast.actions import keep_air, next_change
from dateline.newsroom.find.actions import learn_all
from dateline.newsroom.fronts.mornings import gather_due
from dateline.newsroom.live.actions.alerts import expire_alerts, next_expiry
from dateline.newsroom.pictures.actions import expire_pictures, next_rights_end
from dateline.newsroom.reads.actions import rank_anew, take_in
from dateline.newsroom.trackers.due import tell_due
from dateline.press import events, outbox

logger = logging.getLogger("dateline.worker")

#: Seconds between two looks at the clock.
TICK = 0.5

#: Seconds between two looks at what a search knows.
LEARN = 60.0
_learn_again = 0.0

#: Seconds between two looks at what stands have counted, and at what is most read.
COUNT, RANK = 5.0, 30.0
_count_again = _rank_again = 0.0

#: Seconds between two looks at whether it is morning somewhere.
DAWN = 20.0
_dawn_again = 0.0

#: Seconds between two looks at what was promised.
PROMISES = 60.0
_promises_again = 0.0

#: Changes younger than this are still being printed by whoever made them.
YOUNG = timedelta(seconds=5)


def tick() -> None:
    """One look: publish and expire what is due, drain the outbox, print what time made untrue, sweep a little."""
    expire_alerts()
    keep_air()
    expire_pictures()
    keep_schedule()
    events.relay_all()
    outbox.drain(older_than=YOUNG)
    outbox.reprint_due()
    learn_sometimes()
    count_sometimes()
    gather_sometimes()
    tell_due_sometimes()
    outbox.sweep(max(1, round(settings.OPTIONS["sweep_rate"] * TICK)))


def learn_sometimes() -> None:
    """What a search knows of words, looked after now and then."""
    global _learn_again
    if time.monotonic() >= _learn_again:
        _learn_again = time.monotonic() + LEARN
        learn_all()


def count_sometimes() -> None:
    """Reads taken in, and the most read ranked anew."""
    global _count_again, _rank_again
    now = time.monotonic()
    if now >= _count_again:
        _count_again = now + COUNT
        take_in()
    if now >= _rank_again:
        _rank_again = now + RANK
        rank_anew()


def gather_sometimes() -> None:
    """The day's five stories, where it is six in the morning."""
    global _dawn_again
    if time.monotonic() >= _dawn_again:
        _dawn_again = time.monotonic() + DAWN
        gather_due()


def tell_due_sometimes() -> None:
    """Promises whose day has passed, told to editors."""
    global _promises_again
    if time.monotonic() >= _promises_again:
        _promises_again = time.monotonic() + PROMISES
        tell_due()


def run() -> None:
    """Work until SIGTERM or SIGINT. A failing tick is logged and tried again: the clock never stops."""
    stop = threading.Event()
    outbox.drain()
    events.relay_all()
    events.forget_events()
    queue = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
        excluded_queue_names=[],
    )

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        queue.running = False
        if not queue.running_task:
            raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    clock = threading.Thread(target=_keep_time, args=(stop,), name="clock")
    clock.start()
    try:
        queue.run()
    finally:
        stop.set()
        clock.join(timeout=30)


def _keep_time(stop: threading.Event) -> None:
    pause = TICK
    while not stop.wait(pause):
        pause = TICK
        try:
            tick()
            pause = until_due()
        except Exception:
            logger.exception("A look at the clock failed; the next follows")
        finally:
            close_old_connections()


def until_due(now: datetime | None = None) -> float:
    """Seconds until the next look: half a second, or less if something is due before."""
    due = [moment for moment in (next_expiry(), next_due(), next_change(), next_rights_end()) if moment]
    if not due:
        return TICK
    left = (min(due) - (now or timezone.now())).total_seconds()
    # What is overdue has just been tried, and is not tried without a pause.
    return left if 0 < left < TICK else TICK
