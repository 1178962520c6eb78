"""A chart's numbers, dates and description, in an edition's language and digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.stories.charts.figures import Figures
from dateline.newsroom.stories.charts.numerals import Column

#: Numbers from here on are drawn short, 1.2M; the table has them in full.
SHORT_FROM = Decimal(1_000_000)

#: Columns and rows that a description names one by one.
_TOLD = 4

_SKELETONS = {"year": "y", "quarter": "yQQQ", "month": "yMMM", "day": "yMMMd"}


@dataclass(frozen=True)
class Wording:
    """What is said in a chart of an edition whose times and numbers `voice` writes."""

    voice: Voice

    def number(self, value: Decimal, places: int, sign: str = "", *, short: bool = False) -> str:
        """A number with so many decimals; with `short`, large ones in thousands, millions and so on."""
        locale, system = self.voice.locale, self.voice.digits
        pattern = "#,##0" + ("." + "0" * places if places else "")
        if short and abs(value) >= 1000:
            digits = max(0, 2 - (value.copy_abs().adjusted() % 3))
            text = format_compact_decimal(value, locale=locale, fraction_digits=digits, numbering_system=system)
            text = f"{text}\u00a0{sign}" if sign else text
        elif sign == "%":
            ending = locale.percent_formats[None].pattern.partition("%")[0].endswith("\u00a0")
            pattern += "\u00a0%" if ending else "%"
            text = format_percent(value / 100, pattern, locale=locale, numbering_system=system)
        elif sign:
            whole = locale.currency_formats["standard"].pattern.split(";")[0]
            whole = whole.replace("#,##0.00", pattern)
            text = format_currency(value, sign, whole, locale=locale, currency_digits=False, numbering_system=system)
        else:
            text = format_decimal(value, pattern, locale=locale, numbering_system=system)
        return self.voice.numerals(text.replace("-", "−").replace("%", "٪" if self.voice.digits == "arab" else "%"))

    def name(self, name: str) -> str:
        """The name of a column; a year as the edition writes it."""
        return self.voice.numerals(name) if name.isdecimal() else name

    def cell(self, column: Column, row: int, *, short: bool = False) -> str:
        """A number of a column as that writes all of its numbers; "–" where there is none."""
        value = column.numbers[row]
        return "–" if value is None else self.number(value, column.places, column.sign, short=short)

    def moment(self, moment: date, skeleton: str) -> str:
        if skeleton in self.voice.locale.datetime_skeletons:
            return self.voice.numerals(str(format_skeleton(skeleton, moment, locale=self.voice.locale)))
        return self.voice.numerals(format_date(moment, skeleton, locale=self.voice.locale))

    def label(self, figures: Figures, row: int) -> str:
        """What a row is called: its date as the edition writes dates, or its own words."""
        if figures.moments:
            return self.moment(figures.moments[row], _SKELETONS[figures.grain])
        return figures.labels[row]

    def table(self, figures: Figures) -> tuple[tuple[str, ...], ...]:
        """All rows, each with its label first."""
        return tuple(
            (self.label(figures, row), *(self.cell(column, row) for column in figures.columns))
            for row in range(len(figures.labels))
        )

    def description(self, kind: str, figures: Figures) -> str:
        """What the chart shows, for those who cannot see it: ends of lines, the highest and the lowest of bars."""
        parts = [str(_NAMES[kind]())]
        told = figures.columns[:_TOLD]
        for column in told:
            parts.append(self._course(figures, column) if figures.moments else self._extremes(figures, column))
        more = len(figures.columns) - len(told)
        if more:
            text = ngettext("And %(number)s column more.", "And %(number)s columns more.", more)
            parts.append(text % {"number": self.voice.number(more)})
        return " ".join(filter(None, parts))

    def _course(self, figures: Figures, column: Column) -> str:
        rows = [row for row, number in enumerate(column.numbers) if number is not None]
        rows.sort(key=lambda row: figures.moments[row])
        first, last = rows[0], rows[-1]
        return _("%(name)s: from %(first)s in %(start)s to %(last)s in %(end)s.") % {
            "name": self.name(column.name),
            "first": self.cell(column, first),
            "start": self.label(figures, first),
            "last": self.cell(column, last),
            "end": self.label(figures, last),
        }

    def _extremes(self, figures: Figures, column: Column) -> str:
        held = [(number, -row) for row, number in enumerate(column.numbers) if number is not None]
        high, low = -max(held)[1], -min(held)[1]
        if high == low:
            text = _("%(name)s: %(label)s, %(value)s.")
        else:
            text = _("%(name)s: highest %(label)s, %(value)s; lowest %(other)s, %(least)s.")
        return text % {
            "name": self.name(column.name),
            "label": self.label(figures, high),
            "value": self.cell(column, high),
            "other": self.label(figures, low),
            "least": self.cell(column, low),
        }


_NAMES = {
    "line": lambda: _("Line chart."),
    "area": lambda: _("Area chart."),
    "bar": lambda: _("Bar chart."),
    "stacked": lambda: _("Chart of stacked bars."),
    "dot": lambda: _("Chart of dots."),
}


def short_numbers(columns: Sequence[Column]) -> bool:
    """Whether a chart of these columns shows numbers in millions."""
    return any(abs(number) >= SHORT_FROM for column in columns for number in column.numbers if number is not None)
