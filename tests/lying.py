"""Whether what is in the store is what a reader would get if it were printed now."""

import re

from dateline.press.printing import store
from dateline.press.rendering import render

_ISLAND = re.compile(r"<dateline-(island|ticker)\b.*?</dateline-\1>", re.DOTALL)


def without_islands(body: bytes) -> str:
    return _ISLAND.sub("", body.decode())


def lies() -> list[str]:
    """Paths of sheets that are not what a reader would get if they were printed now."""
    found = []
    shelf = store()
    state = shelf.state()
    for path in sorted(shelf.walk()):
        kept = shelf.read(path)
        assert kept is not None
        if kept.sheet.generation < state.generation(kept.sheet.shell):
            continue  # known to be old, and on the sweep's list
        fresh = render(path)
        if (kept.sheet.status, kept.sheet.location) != (fresh.status_code, fresh.headers.get("Location", "")):
            found.append(f"{path}: {kept.sheet.status} kept, {fresh.status_code} fresh")
        elif without_islands(kept.body) != without_islands(fresh.content):
            found.append(f"{path}: another body")
    return found
