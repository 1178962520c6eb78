"""A chart's two drawings: made once by the process that draws, and kept by a digest of all that makes them."""

import hashlib
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from dateline.newsroom.editions.languages import direction_of
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.charts import rows, upright
from dateline.newsroom.stories.charts.canvas import Canvas
from dateline.newsroom.stories.charts.engine import EngineError, paint
from dateline.newsroom.stories.charts.figures import Figures
from dateline.newsroom.stories.charts.models import ChartDrawing
from dateline.newsroom.stories.charts.size import sizes
from dateline.newsroom.stories.charts.tidy import TidyError, tidy
from dateline.newsroom.stories.charts.wording import Wording
from dateline.press.ingredients import fresh_until

logger = logging.getLogger("dateline.charts")

#: Another number draws every chart anew: how they are drawn has changed.
EDITION_OF_DRAWINGS = 1

#: What could not be drawn is tried again after this long.
RETRY = timedelta(minutes=10)

#: A drawing that no page has asked for this long is forgotten, so many at a time. It can always be made again.
UNUSED = timedelta(days=180)
FORGOTTEN_AT_ONCE = 200

_FIELDS = ("narrow", "narrow_height", "wide", "wide_height", "made", "used")


@dataclass(frozen=True)
class Asked:
    """A chart to be drawn: its kind, its figures, and the edition's way of writing."""

    kind: str
    figures: Figures
    voice: Voice

    @cached_property
    def digest(self) -> str:
        columns = [(c.name, [str(number) for number in c.numbers], c.places, c.sign) for c in self.figures.columns]
        labels = [str(moment) for moment in self.figures.moments] or self.figures.labels
        voice = (self.voice.code, str(self.voice.locale), self.voice.digits)
        said = [EDITION_OF_DRAWINGS, self.kind, self.figures.grain, labels, columns, voice]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def mirrored(self) -> bool:
        return direction_of(self.voice.code) == "rtl"

    def canvases(self) -> tuple[Canvas, Canvas]:
        """The narrow drawing and the wide one."""
        wording = Wording(self.voice)
        lies = not self.figures.moments and self.kind in ("bar", "stacked", "dot")
        draw = rows.draw if lies else upright.draw
        narrow, wide = (
            draw(self.figures, self.kind, size, wording, mirrored=self.mirrored) for size in sizes(self.voice.code)
        )
        return narrow, wide


def drawings(asked: Sequence[Asked]) -> Mapping[str, ChartDrawing]:
    """The drawings of these charts by their digests, in one query; what is missing is drawn and kept.

    A chart that cannot be drawn is not among them; the page that asks is good until it is tried again.
    """
    wanted = {one.digest: one for one in asked}
    if not wanted:
        return {}
    now = timezone.now()
    found = {row.digest: row for row in ChartDrawing.objects.filter(digest__in=list(wanted))}
    missing = [one for digest, one in wanted.items() if digest not in found or _is_due(found[digest], now - RETRY)]
    if missing:
        made = _made(missing)
        ChartDrawing.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["digest"], update_fields=list(_FIELDS)
        )
        _forget()
        found |= {row.digest: row for row in made}
    _keep_in_use(found.values())
    for row in found.values():
        if not row.wide:
            fresh_until(row.made + RETRY)
    return {digest: row for digest, row in found.items() if row.wide}


def _is_due(row: ChartDrawing, before: datetime) -> bool:
    return not row.wide and row.made <= before


def _made(asked: Sequence[Asked]) -> list[ChartDrawing]:
    """The drawings of these, in one process; if that fails, each alone, so that one does not spoil the others."""
    try:
        return draw_all(asked)
    except (EngineError, TidyError) as error:
        logger.warning("A chart could not be drawn, its table is shown instead: %s", error)
        if len(asked) == 1:
            return [ChartDrawing(digest=asked[0].digest)]
        return [row for one in asked for row in _made([one])]


def draw_all(asked: Sequence[Asked]) -> list[ChartDrawing]:
    """The drawings of these charts, made by one process and not kept.

    Raises:
        EngineError: the process that draws failed.
        TidyError: it drew what no page should hold.
    """
    canvases = [canvas for one in asked for canvas in one.canvases()]
    insides = [
        tidy(svg, mirrored=canvas.mirrored)
        for canvas, svg in zip(canvases, paint([canvas.spec() for canvas in canvases]), strict=True)
    ]
    return [
        ChartDrawing(
            digest=one.digest,
            narrow=insides[2 * at],
            narrow_height=round(canvases[2 * at].height),
            wide=insides[2 * at + 1],
            wide_height=round(canvases[2 * at + 1].height),
        )
        for at, one in enumerate(asked)
    ]


def _keep_in_use(shown: Collection[ChartDrawing]) -> None:
    today = timezone.localdate()
    stale = [row.digest for row in shown if row.used <= today - timedelta(days=30)]
    if stale:
        ChartDrawing.objects.filter(digest__in=stale).update(used=today)


def _forget() -> None:
    """Where drawings are added, old ones go: so they never pile up, and nobody has to remember to sweep."""
    old = ChartDrawing.objects.filter(used__lt=timezone.localdate() - UNUSED).order_by("used")
    keys = list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    if keys:
        ChartDrawing.objects.filter(pk__in=keys).delete()
