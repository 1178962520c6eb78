"""Row 16: what the parts hold when nobody asks for anything."""

import time

from tests.bench.editor import Editor
from tests.bench.load import wrk
from tests.bench.machine import memory
from tests.bench.plan import Run, say
from tests.bench.table import Line

MEGABYTE = 1024 * 1024
LIMITS = {"stand": 80, "desk": 250, "worker": 200}

#: Seconds that the parts are left alone before they are weighed.
REST = 3


def at_rest(run: Run) -> list[Line]:
    room, inside = run.newsroom("small"), run.inside("small")
    home = inside.call("places")["home"]
    say("weighing the parts at rest")
    with room.part("stand") as stand, room.part("desk") as desk, room.part("worker") as worker:
        wrk(room.port, home, seconds=1, server=stand.pid)
        editor = Editor(room.desk_port)
        editor.open("/desk/")
        editor.open(f"/desk/pages/{inside.call('desk_ids')['shelf']}/")
        editor.close()
        time.sleep(REST)
        found = {name: memory(part.pid) for name, part in (("stand", stand), ("desk", desk), ("worker", worker))}
    lines = []
    for name, held in found.items():
        limit = LIMITS[name] * MEGABYTE
        lines.append(
            Line(
                16,
                f"{name} at rest, all its processes",
                f"RSS {held.rss / MEGABYTE:.0f} MB",
                f"PSS {held.pss / MEGABYTE:.0f}, USS {held.uss / MEGABYTE:.0f} MB",
                f"{held.pss / limit:.2f} ×",
                f"PSS at most {LIMITS[name]} MB",
                held.pss <= limit,
                {"rss": held.rss, "pss": held.pss, "uss": held.uss},
            )
        )
    return lines
