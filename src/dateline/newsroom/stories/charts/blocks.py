"""A chart as an editor makes it: pasted figures, a kind, and what stands around."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, FieldBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from dateline.newsroom.stories.charts.cells import MOST_CHARACTERS, ChartError, read_cells
from dateline.newsroom.stories.charts.figures import check_table, read_figures

KINDS = [
    ("line", _("Lines")),
    ("area", _("Areas")),
    ("bar", _("Bars")),
    ("stacked", _("Stacked bars")),
    ("dot", _("Dots")),
    ("table", _("Table")),
]


class DataInput(forms.Textarea):
    """A text field for data, with a button that reads a file into it."""

    template_name = "stories/widgets/chart_data.html"

    class Media:
        js = ("desk/chart.js",)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, "dir": "auto", "spellcheck": "false", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "most": MOST_CHARACTERS}


class DataBlock(FieldBlock):
    """CSV as it was pasted. Its cells are found by the desk's search as those of a table are."""

    def __init__(self, required: bool = True, help_text: Any = None, **options: Any) -> None:
        # Not stripped: a tab at the end of a row is an empty cell.
        self.field = forms.CharField(required=required, help_text=help_text, strip=False, widget=DataInput())
        super().__init__(**options)

    def get_searchable_content(self, value: str) -> list[str]:
        try:
            cells = read_cells(value or "")
        except ChartError:
            return []
        return [cell for row in (cells.head, *cells.rows) for cell in row if cell]


class ChartBlock(StructBlock):
    headline = CharBlock(max_length=250, label=_("Headline"))
    kind = ChoiceBlock(choices=KINDS, default="line", label=_("Kind"))
    data = DataBlock(
        label=_("Data"),
        help_text=_(
            "Paste from a spreadsheet, or upload CSV. The first row names the columns, the first column names the rows"
            " or dates them (2026, 2026-Q4, 2026-11 or 2026-11-23). An empty cell is a gap."
        ),
    )
    unit = CharBlock(
        max_length=120,
        required=False,
        label=_("Unit"),
        help_text=_("Such as million tonnes, or cubic metres a second."),
    )
    note = TextBlock(max_length=600, required=False, label=_("Note"), rows=2)
    source = CharBlock(max_length=250, required=False, label=_("Source"))
    description = TextBlock(
        max_length=1000,
        required=False,
        label=_("Description"),
        rows=2,
        help_text=_("What it shows in words, for those who cannot see it. Empty: the figures in short."),
    )

    class Meta:
        icon = "order"
        label = _("Chart")

    def clean(self, value: Any) -> Any:
        """Raises StructBlockValidationError: all that is wrong at once, each error at its field."""
        errors: dict[str, Any] = {}
        try:
            value = super().clean(value)
        except StructBlockValidationError as error:
            errors = dict(error.block_errors)
        # A draft is kept with what is still wrong in its data.
        if "data" not in errors and not self.is_deferred_validation:
            try:
                _check(value["kind"], value["data"])
            except ChartError as error:
                errors["data"] = ValidationError(str(error))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


def _check(kind: str, data: str) -> None:
    cells = read_cells(data)
    if kind == "table":
        check_table(cells)
    else:
        read_figures(cells, kind)
