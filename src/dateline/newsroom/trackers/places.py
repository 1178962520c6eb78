"""Where a tracker's promises are kept: places in a list, and on a map where there is one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.trackers.models import Place
from dateline.theme import trackers as t

#: Places that a page shows.
MOST = 60

#: Degrees across of the smallest map: the outlines tell no more of a smaller one.
LEAST = 50.0

#: A map's height to its width, and the room round its places, of its width.
SHAPE, ROOM = 0.56, 0.16


def places(rows: Sequence[Place], voice: Voice, land: str) -> t.Map | None:
    """The places, numbered as they come. `land` is the address of the outlines, "" for none."""
    if not rows:
        return None
    west, north, across = _part(rows)
    spots = tuple(
        t.Spot(voice.number(at), row.name, row.role, f"{row.lon + 180:.2f}", f"{90 - row.lat:.2f}")
        for at, row in enumerate(rows, 1)
    )
    return t.Map(
        spots,
        land,
        f"{west + 180:.2f} {90 - north:.2f} {across:.2f} {across * SHAPE:.2f}",
        size=f"{across / 42:.2f}",
        letter=f"{across / 30:.2f}",
        drop=f"{across / 90:.2f}",
        label=_("Map of the places in the list"),
    )


def _part(rows: Sequence[Place]) -> tuple[float, float, float]:
    """West, north and width in degrees of the part of the world that holds these."""
    lons, lats = [row.lon for row in rows], [row.lat for row in rows]
    wide, high = max(lons) - min(lons), max(lats) - min(lats)
    across = min(360.0, max(LEAST, wide * (1 + 2 * ROOM), high * (1 + 2 * ROOM) / SHAPE))
    tall = across * SHAPE
    west = min(max((max(lons) + min(lons) - across) / 2, -180.0), 180.0 - across)
    north = max(min((max(lats) + min(lats) + tall) / 2, 90.0), tall - 90.0)
    return west, north, across
