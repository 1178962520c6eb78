"""Blocks of an item as a story's body holds them."""

from collections.abc import Callable
from typing import Any

from wagtail.rich_text import RichText

from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.charts.cells import written
from dateline.newsroom.trackers.models import Tracker
from dateline.wire import items


def raw_block(
    block: items.Block,
    find: Callable[[items.FigureRef], Picture | None],
    tracker: Callable[[items.TrackerRef], Tracker | None] = lambda _ref: None,
) -> tuple[str, Any] | None:
    """A block as the story's body holds it; `find` and `tracker` know what it points at."""
    match block:
        case items.Text(html):
            return ("text", RichText(html))
        case items.Heading(text, level):
            return ("heading", {"text": text[:250], "level": str(level)})
        case items.Quote(html, attribution):
            return ("quote", {"text": RichText(html), "attribution": attribution[:250]})
        case items.PullQuote(text, attribution):
            return ("pull_quote", {"text": text[:600], "attribution": attribution[:250]})
        case items.FigureRef():
            picture = find(block)
            return (
                ("picture", {"picture": picture, "caption": own_caption(block.caption, picture)}) if picture else None
            )
        case items.GalleryRef(figures):
            pictured = [(picture, ref) for ref in figures if (picture := find(ref))]
            shown = [{"picture": picture, "caption": own_caption(ref.caption, picture)} for picture, ref in pictured]
            return ("gallery", {"pictures": shown}) if pictured else None
        case items.RelatedLink(url, title):
            outside = url.startswith(("http:", "https:"))
            where = {"url": url, "uri": ""} if outside else {"url": "", "uri": url[:500]}
            return ("related", {"story": None, "title": title[:300], **where})
        case items.TableBlock():
            data = [list(block.head), *map(list, block.rows)] if block.head else [list(row) for row in block.rows]
            return (
                "table",
                {
                    "data": data,
                    "table_caption": block.caption,
                    "first_row_is_table_header": bool(block.head),
                    "first_col_is_header": block.row_heads,
                },
            )
        case items.ChartBlock():
            return (
                "chart",
                {
                    "headline": block.headline[:250],
                    "kind": block.kind,
                    "data": written(block.rows),
                    "unit": block.unit[:120],
                    "note": block.note[:600],
                    "source": block.source[:250],
                    "description": block.description[:1000],
                },
            )
        case items.EmbedRef(url, provider, title):
            return ("embed", {"url": url, "provider": provider[:80], "title": title[:300]})
        case items.TrackerRef():
            found = tracker(block)
            return ("tracker", found) if found else None
    return None


def own_caption(caption: str, picture: Picture | None) -> str:
    """What a story says under a picture, when that is not what the picture says of itself."""
    return caption if picture and caption != picture.caption else ""
