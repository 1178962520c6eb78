"""Row 8: how long after its hour a scheduled story has been printed, by a real clock and a real worker."""

import time
from statistics import median

from tests.bench.plan import Run, say
from tests.bench.table import Line, ms

#: Seconds until the first is due, and between two of them.
FIRST, APART = 4.0, 1.3
LIMIT = 1.0


def lateness(run: Run) -> list[Line]:
    room, inside = run.newsroom("small"), run.inside("small")
    count = run.amounts.scheduled
    inside.call("rehearse")
    with room.part("worker"):
        time.sleep(FIRST)  # it has to be at work before the first is due
        due = inside.call("schedule_stories", count=count, first=FIRST, apart=APART)
        say(f"waiting for {count} scheduled stories")
        time.sleep(FIRST + APART * count + 2)
        late = inside.call("printed_after", due=due)
    return [
        Line(
            8,
            "a scheduled story is printed after its hour",
            f"p50 {ms(median(late))}, max {ms(max(late))}",
            f"{count} stories",
            f"{max(late) / LIMIT:.2f} ×",
            "max 1 s",
            max(late) <= LIMIT,
            {"late": late},
        )
    ]
