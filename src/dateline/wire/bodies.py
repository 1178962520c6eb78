"""A story's body: HTML, plain text or NITF in, blocks out, and back to HTML.

Reading never fails on markup, only on size: what is not understood loses its tags and keeps its words. What is written
holds nothing but the elements named here, whatever the blocks hold, and reads back as the same blocks.
"""

import re
from html import escape

from dateline.wire.items import (
    Block,
    ChartBlock,
    EmbedRef,
    FigureRef,
    GalleryRef,
    Heading,
    PullQuote,
    Quote,
    RelatedLink,
    TableBlock,
    Text,
    TrackerRef,
)
from dateline.wire.markup import check_length, clean_text, tree
from dateline.wire.structure import Builder
from dateline.wire.tables import CHART_WORDS

_NITF_TAG = re.compile(
    r"<(/?)(hl[12]|bq|media|media-(?:reference|caption|producer)|credit|datasource)(?=[\s/>])([^<>]*)>"
)
_NITF_NAMES = {
    "hl1": "h2",
    "hl2": "h3",
    "bq": "blockquote",
    "media": "figure",
    "media-reference": "img",
    "media-caption": "figcaption",
    "media-producer": "cite",
    "credit": "footer",
    "datasource": "p",
}


def blocks_from_html(html: str) -> tuple[Block, ...]:
    """The blocks of an HTML fragment or document.

    Raises:
        MarkupTooLong: beyond `markup.LONGEST_MARKUP` characters.
    """
    check_length(html)
    return _read(html)


def _read(html: str) -> tuple[Block, ...]:
    builder = Builder()
    builder.walk(tree(html), ())
    return builder.finish()


def blocks_from_text(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text: parted by blank lines, or by line ends where it has no blank line.

    Raises:
        MarkupTooLong: beyond `markup.LONGEST_MARKUP` characters.
    """
    check_length(text)
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text).strip().split("\n")
    if all(line.strip() for line in lines):
        paragraphs = lines
    else:
        paragraphs = [""]
        for line in lines:
            if line.strip():
                paragraphs[-1] += " " + line
            elif paragraphs[-1]:
                paragraphs.append("")
    html = "".join(f"<p>{escape(words, quote=False)}</p>" for words in map(clean_text, paragraphs) if words)
    return (Text(html),) if html else ()


def blocks_from_nitf(xml: str) -> tuple[Block, ...]:
    """The blocks of what stands in the `<body.content>` of a NITF document, or in all of it if it has none.

    Raises:
        MarkupTooLong: beyond `markup.LONGEST_MARKUP` characters.
    """
    check_length(xml)
    start, end = xml.find("<body.content"), xml.rfind("</body.content")
    content = xml[xml.find(">", start) + 1 : end] if 0 <= start < end else xml
    first, *others = content.split("<![CDATA[")
    sections = (section.partition("]]>") for section in others)
    content = first + "".join(escape(text) + rest for text, _, rest in sections)
    return blocks_from_html(_NITF_TAG.sub(_as_html, content))


def clean_html(html: str) -> str:
    """`html` sanitised and in the canonical form of bodies.

    Raises:
        MarkupTooLong: beyond `markup.LONGEST_MARKUP` characters.
    """
    check_length(html)
    return _canonical(html)


def _canonical(html: str) -> str:
    return "".join(map(_written, _read(html)))


def blocks_to_html(blocks: tuple[Block, ...]) -> str:
    """The blocks as sanitised HTML. `blocks_from_html` gives back the same blocks if it made them, and in any case what
    is written again from the answer is the same."""
    return _canonical("".join(map(_written, blocks)))


def _as_html(tag: re.Match[str]) -> str:
    """A tag of NITF as the tag of HTML that means the same."""
    closing, name, attributes = tag.groups()
    attributes = attributes.rstrip("/ ")
    if name == "media-reference":
        return "" if closing else f"<img{attributes.replace(' source=', ' src=').replace(' alternate-text=', ' alt=')}>"
    return f"<{closing}{_NITF_NAMES[name]}{attributes if not closing else ''}>"


# --- writing ----------------------------------------------------------------------------------------------------------


def _written(block: Block) -> str:
    match block:
        case Text(html):
            return html
        case Heading(text, level):
            return f"<h{level}>{_text(text)}</h{level}>"
        case Quote(html, attribution):
            return f"<blockquote>{html}{_footer(attribution)}</blockquote>"
        case PullQuote(text, attribution):
            return f'<aside class="pull"><p>{_text(text)}</p>{_footer(attribution)}</aside>'
        case FigureRef():
            return _figure(block)
        case GalleryRef(figures):
            return f'<div class="gallery">{"".join(map(_figure, figures))}</div>'
        case RelatedLink(url, title):
            return f'<p><a rel="related" href="{escape(url)}">{_text(title)}</a></p>'
        case EmbedRef(url, _, title):
            return f'<p><a rel="embed" href="{escape(url)}">{_text(title or url)}</a></p>'
        case TrackerRef(slug, title, url):
            link = f'<a href="{escape(url)}">{_text(title or slug)}</a>' if url else _text(title or slug)
            return f'<figure class="tracker" data-tracker="{escape(slug)}">{link}</figure>'
        case TableBlock():
            return _table(block)
        case ChartBlock():
            return _chart(block)


def _text(text: str) -> str:
    return escape(text, quote=False)


def _footer(attribution: str) -> str:
    return f"<footer>{_text(attribution)}</footer>" if attribution else ""


def _figure(figure: FigureRef) -> str:
    name = f' data-name="{escape(figure.name)}"' if figure.name else ""
    source = f' src="{escape(figure.href)}"' if figure.href else ""
    credit = f"<cite>{_text(figure.credit)}</cite>" if figure.credit else ""
    caption = " ".join(filter(None, (_text(figure.caption), credit)))
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure{name}><img{source} alt="{escape(figure.alt)}">{caption}</figure>'


def _table(table: TableBlock) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in table.head)
    head = f"<thead><tr>{head}</tr></thead>" if head else ""
    rows = []
    for row in table.rows:
        cells = [f"<td>{_text(cell)}</td>" for cell in row]
        if table.row_heads and row:
            cells[0] = f'<th scope="row">{_text(row[0])}</th>'
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{caption}{head}<tbody>{''.join(rows)}</tbody></table>"


def _chart(chart: ChartBlock) -> str:
    """A figure with the table in it: whoever cannot draw shows that."""
    caption = f"<figcaption>{_text(chart.headline)}</figcaption>" if chart.headline else ""
    head = chart.rows[0] if chart.rows else ()
    table = _table(TableBlock("", head, chart.rows[1:], row_heads=True))
    said = {name: getattr(chart, name) for name in CHART_WORDS}
    words = "".join(f'<p class="{name}">{_text(text)}</p>' for name, text in said.items() if text)
    return f'<figure class="chart" data-kind="{escape(chart.kind)}">{caption}{table}{words}</figure>'
