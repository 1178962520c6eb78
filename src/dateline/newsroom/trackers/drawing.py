"""Progress over time as a drawing: what is known as a band, the target, the day it is due, and where it leads.

Drawn twice, for phones and for wider columns, in whole SVG elements without a style: their looks are the theme's. Words
are set from their middle, so that the direction of the page does not move them; in editions that read from the right,
time runs from there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import escape

from dateline.newsroom.editions.languages import direction_of
from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.charts.measure import STRONG, width
from dateline.newsroom.stories.charts.scales import date_marks, round_values
from dateline.newsroom.stories.charts.size import Size, sizes
from dateline.newsroom.trackers.figures.facts import Amount, Goal
from dateline.newsroom.trackers.figures.forecast import Forecast, Span
from dateline.newsroom.trackers.writing import said
from dateline.theme import components as c

History = Sequence[tuple[date, Amount]]

#: How much longer than what has passed, and is still to pass, a forecast may make the drawing.
AHEAD = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the drawing: at the line of the target, at that of the day it is due."""

    target: str
    due: str


@dataclass
class _Canvas:
    size: Size
    mirrored: bool
    marks: list[str] = field(default_factory=list)

    def x(self, x: float) -> float:
        return self.size.width - x if self.mirrored else x

    def path(self, look: str, points: Iterable[tuple[float, float]], *, closed: bool = False) -> None:
        steps = "L".join(f"{_n(self.x(x))} {_n(y)}" for x, y in points)
        self.marks.append(f'<path class="{look}" d="M{steps}{"z" if closed else ""}"/>')

    def dot(self, look: str, x: float, y: float, radius: float) -> None:
        self.marks.append(f'<circle class="{look}" cx="{_n(self.x(x))}" cy="{_n(y)}" r="{_n(radius)}"/>')

    def word(self, look: str, middle: float, y: float, text: str) -> None:
        self.marks.append(
            f'<text class="{look}" x="{_n(self.x(middle))}" y="{_n(y)}" text-anchor="middle">{escape(text)}</text>'
        )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def draw(
    history: History, goal: Goal, seen: Forecast, today: date, words: Words, voice: Voice
) -> tuple[c.Drawing, c.Drawing]:
    """The narrow drawing and the wide one."""
    mirrored = direction_of(voice.code) == "rtl"
    narrow, wide = (
        _Plot(history, goal, seen, today, words, voice, _Canvas(size, mirrored)) for size in sizes(voice.code)
    )
    return narrow.drawn(), wide.drawn()


@dataclass
class _Plot:
    history: History
    goal: Goal
    seen: Forecast
    today: date
    words: Words
    voice: Voice
    canvas: _Canvas

    def __post_init__(self) -> None:
        size = self.canvas.size
        top = max([self.goal.target, *(level.high for _day, level in self.history)])
        self.values = round_values(Decimal(0), top * Decimal("1.04"), size.values)
        self.labels = [said(self.voice, value) for value in self.values]
        self.start = max(width(label, size.letter) for label in self.labels) + size.letter * 0.6
        self.end = size.width - size.letter * 0.6
        self.floor, self.ceiling = size.tall - 1.6 * size.line, size.line * 1.5
        self.first = min([self.goal.start, *(day for day, _level in self.history[:1])])
        self.last = self._last()

    def _last(self) -> date:
        shown = max(self.goal.due, self.today)
        longest = shown + timedelta(days=round((shown - self.first).days * AHEAD))
        late = self.seen.fifty.late or self.seen.fifty.early if self.seen.fifty else shown
        return max(shown + timedelta(days=max(3, (shown - self.first).days // 20)), min(longest, late))

    def x(self, day: date) -> float:
        return self.start + (self.end - self.start) * (day - self.first).days / max(1, (self.last - self.first).days)

    def y(self, value: Decimal | float) -> float:
        return self.floor - (self.floor - self.ceiling) * float(value) / float(self.values[-1])

    def drawn(self) -> c.Drawing:
        self._scale()
        self._fan()
        self._known()
        self._lines()
        size = self.canvas.size
        return c.Drawing(f"0 0 {size.width} {size.tall}", "".join(self.canvas.marks))

    def _scale(self) -> None:
        canvas, size = self.canvas, self.canvas.size
        for value, label in zip(self.values, self.labels, strict=True):
            y = self.y(value)
            canvas.path("hair", [(self.start, y), (self.end, y)])
            middle = self.start - size.letter * 0.5 - width(label, size.letter) / 2
            canvas.word("tick", middle, y + size.letter * 0.34, label)
        canvas.path("base", [(self.start, self.floor), (self.end, self.floor)])
        self._dates()

    def _dates(self) -> None:
        canvas, size = self.canvas, self.canvas.size
        for most in (size.dates, 5, 4, 3, 2):
            marks, grain = date_marks([self.first, self.last], "day", most)
            named = [(self.x(mark), self._named(mark, grain, at)) for at, mark in enumerate(marks)]
            halves = [width(text, size.letter) / 2 for _x, text in named]
            gaps = zip(named, named[1:], halves, halves[1:], strict=False)
            if all(two[0] - one[0] > half + other + size.letter / 2 for one, two, half, other in gaps):
                break
        for x, text in named:
            canvas.path("base", [(x, self.floor), (x, self.floor + 4)])
            half = width(text, size.letter) / 2
            canvas.word("tick", min(max(x, half), size.width - half), self.floor + size.line * 1.25, text)

    def _named(self, mark: date, grain: str, at: int) -> str:
        skeleton = {"year": "y", "quarter": "yMMM", "month": "MMM", "day": "MMMd"}[grain]
        if grain == "month" and (at == 0 or mark.month == 1):
            skeleton = "yMMM"
        return self.voice.calendar(datetime.combine(mark, time(12), self.voice.zone), skeleton)

    def _fan(self) -> None:
        """From what is known last, to the days between which the target is met in four of five cases, and in half."""
        seen = self.seen
        if not self.history or seen.median is None or seen.fifty is None or seen.eighty is None:
            return
        day, level = self.history[-1]
        middle = float(level.low + level.high) / 2
        for look, span in (("fan", seen.eighty), ("fan fan--half", seen.fifty)):
            self.canvas.path(look, self._wedge(day, middle, span), closed=True)
        self.canvas.path("guess", [(self.x(day), self.y(middle)), self._reached(day, middle, seen.median)])

    def _wedge(self, day: date, middle: float, span: Span) -> list[tuple[float, float]]:
        points = [(self.x(day), self.y(middle)), self._reached(day, middle, span.early)]
        if span.early < self.last and (span.late is None or span.late > self.last):
            points.append((self.x(self.last), self.y(self.goal.target)))
        late = self._reached(day, middle, span.late) if span.late else (self.x(self.last), self.y(middle))
        return [*points, late]

    def _reached(self, day: date, middle: float, when: date) -> tuple[float, float]:
        """Where a line to the target's day ends: there, or at the edge on its way."""
        if when <= self.last:
            return self.x(when), self.y(self.goal.target)
        part = (self.last - day).days / max(1, (when - day).days)
        return self.x(self.last), self.y(middle + (float(self.goal.target) - middle) * part)

    def _known(self) -> None:
        canvas = self.canvas
        points = [(self.x(day), self.y(level.low), self.y(level.high)) for day, level in self.history]
        if not points:
            return
        if len(points) > 1:
            upper = [(x, high) for x, _low, high in points]
            lower = [(x, low) for x, low, _high in points]
            if any(low != high for _x, low, high in points):
                canvas.path("known", [*lower, *reversed(upper)], closed=True)
                canvas.path("edge", upper)
            canvas.path("edge", lower)
        for x, low, high in points if len(points) <= 24 else points[-1:]:
            if low == high:
                canvas.dot("exact", x, low, 3.6)
            else:
                canvas.path("seen", [(x, low), (x, high)])

    def _lines(self) -> None:
        canvas, size = self.canvas, self.canvas.size
        target, due = self.y(self.goal.target), self.x(self.goal.due)
        canvas.path("goal", [(self.start, target), (self.end, target)])
        canvas.path("due", [(due, self.ceiling - size.line * 0.3), (due, self.floor)])
        half = width(self.words.due, size.letter * STRONG) / 2
        canvas.word("name", min(max(due, half), size.width - half), size.letter, self.words.due)
        half = width(self.words.target, size.letter * STRONG) / 2
        canvas.word("name", self.start + half + 4, target + size.line, self.words.target)
