"""What a body holds, as blocks of an item."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from dateline.newsroom.stories.charts.cells import ChartError, read_cells
from dateline.wire import items
from dateline.wire.markup import clean_text


def item_blocks(body: Any, figure: Callable[[Any], items.FigureRef]) -> tuple[items.Block, ...]:
    """The blocks of a stream value; `figure` names each picture that is shown, under its caption."""
    blocks: list[items.Block] = []
    for block in body:
        value: Any = block.value
        match block.block_type:
            case "text":
                blocks.append(items.Text(value.source))
            case "heading":
                blocks.append(items.Heading(value["text"], 3 if str(value["level"]) == "3" else 2))
            case "quote":
                blocks.append(items.Quote(value["text"].source, value["attribution"]))
            case "pull_quote":
                blocks.append(items.PullQuote(value["text"], value["attribution"]))
            case "picture" if value["picture"]:
                blocks.append(figure(value))
            case "gallery":
                blocks.append(items.GalleryRef(tuple(figure(one) for one in value["pictures"] if one["picture"])))
            case "related":
                blocks.append(_related(value))
            case "table" if value:
                blocks.append(_table(value))
            case "chart":
                blocks.append(_chart(value))
            case "embed":
                blocks.append(items.EmbedRef(value["url"], value["provider"], value["title"]))
            case "tracker" if value:
                blocks.append(items.TrackerRef(value.slug, clean_text(value.title), settings.BASE_URL + value.front))
    return tuple(blocks)


def _related(value: Any) -> items.RelatedLink:
    story = value["story"]
    if story:
        return items.RelatedLink(story.specific.uri, value["title"] or story.title)
    return items.RelatedLink(value["url"] or value["uri"], value["title"])


def _table(value: Any) -> items.TableBlock:
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in value["data"]]
    headed = bool(value.get("first_row_is_table_header"))
    return items.TableBlock(
        value.get("table_caption") or "",
        rows[0] if headed and rows else (),
        tuple(rows[1:] if headed else rows),
        bool(value.get("first_col_is_header")),
    )


def _chart(value: Any) -> items.ChartBlock | items.TableBlock:
    headline = clean_text(value["headline"])
    try:
        cells = read_cells(value["data"])
    except ChartError:
        lines = (clean_text(line) for line in value["data"].splitlines())
        return items.TableBlock(headline, (), tuple((line,) for line in lines if line))
    return items.ChartBlock(
        value["kind"],
        headline,
        tuple(tuple(map(clean_text, row)) for row in (cells.head, *cells.rows)),
        *(clean_text(value[name] or "") for name in ("unit", "note", "source", "description")),
    )
