"""Tables of a body as plain rows, those that only lay out a page told apart, and those that are drawn as charts."""

from typing import NamedTuple

from dateline.newsroom.stories.charts.cells import ChartError, read_cells, written
from dateline.wire.items import ChartBlock
from dateline.wire.markup import Node, clean_text, text_of

#: Cells beyond this many in a row are joined into the last.
MOST_COLUMNS = 100
#: A table that would have more cells than this, filled up to its widest row, is read cell by cell as paragraphs.
MOST_CELLS = 50_000

#: What stands in a chart's figure beside its headline and its table: paragraphs of these classes.
CHART_WORDS = ("unit", "note", "source", "description")
CHART_KINDS = frozenset({"line", "area", "bar", "stacked", "dot", "table"})

_CHART = frozenset({"chart"})
_BLOCKS = ("p", "div", "section", "ul", "ol", "table", "img", "figure", "blockquote", "h1", "h2", "h3", "h4")


class Table(NamedTuple):
    """`head` is empty or as long as every one of `rows`; no rows means that no cell had words."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool


class _Row(NamedTuple):
    cells: list[str]
    heads: list[bool]
    in_head: bool


def table_of(node: Node) -> Table | None:
    """The table under a `<table>`, or None if it is one column of blocks, a page's layout, or of no sensible size."""
    sections = [(section.tag == "thead", section) for section in node.find("thead", "tbody", "tfoot")]
    elements = [(in_head, row) for in_head, section in sections or [(False, node)] for row in section.find("tr")]
    rows = [_row(row, in_head) for in_head, row in elements]
    width = max((len(row.cells) for row in rows), default=0)
    if width == 1 and not any(any(row.heads) for row in rows) and _holds_blocks([row for _, row in elements]):
        return None
    rows = [row for row in rows if any(row.cells)]
    width = max((len(row.cells) for row in rows), default=0)
    if width * len(rows) > MOST_CELLS:
        return None
    row_heads = bool(rows) and all(row.heads and row.heads[0] for row in rows if not row.in_head)
    head: tuple[str, ...] = ()
    if len(rows) > 1 and _is_head(rows[0], width, row_heads):
        head = _padded(rows.pop(0).cells, width)
        row_heads = all(row.heads[0] for row in rows)
    elif rows and all(row.in_head for row in rows):
        row_heads = False
    caption = clean_text(" ".join(map(text_of, node.find("caption"))))
    return Table(caption, head, tuple(_padded(row.cells, width) for row in rows), row_heads)


def chart_of(figure: Node, inside: list[Node], caption: str) -> ChartBlock | None:
    """The chart that a `<figure class="chart">` with nothing but a table `inside` stands for. None for any other, and
    for a table that is more than a chart may hold."""
    kind = figure.attributes.get("data-kind", "")
    if kind not in CHART_KINDS or not figure.has_class(_CHART) or [node.tag for node in inside] != ["table"]:
        return None
    table = table_of(inside[0])
    if table is None or not table.head:
        return None
    try:
        cells = read_cells(written([table.head, *table.rows]))
    except ChartError:
        return None
    said = dict.fromkeys(CHART_WORDS, "")
    for paragraph in figure.find("p"):
        name = paragraph.attributes.get("class", "")
        if name in said:
            said[name] = text_of(paragraph)
    return ChartBlock(kind, caption or table.caption, (cells.head, *cells.rows), **said)


def _is_head(row: _Row, width: int, row_heads: bool) -> bool:
    return row.in_head or (all(row.heads) and not (width == 1 and row_heads))


def _row(node: Node, in_head: bool) -> _Row:
    cells: list[str] = []
    heads: list[bool] = []
    for cell in node.find("td", "th"):
        text = text_of(cell)
        if len(cells) >= MOST_COLUMNS:
            cells[-1] = f"{cells[-1]} {text}".strip()
            continue
        cells.append(text)
        heads.append(cell.tag == "th")
        spanned = cell.attributes.get("colspan", "")
        if spanned.isascii() and spanned.isdigit() and len(spanned) < 4:
            more = min(int(spanned), MOST_COLUMNS - len(cells) + 1) - 1
            cells.extend([""] * more)
            heads.extend([cell.tag == "th"] * more)
    return _Row(cells, heads, in_head)


def _padded(cells: list[str], width: int) -> tuple[str, ...]:
    return tuple(cells) + ("",) * (width - len(cells))


def _holds_blocks(rows: list[Node]) -> bool:
    return any(True for row in rows for cell in row.find("td") for _ in cell.find(*_BLOCKS))
