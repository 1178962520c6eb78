"""From the sanitised tree to blocks: which element is a paragraph, a heading, a picture, a quotation."""

import re
from html import escape
from typing import Literal

from dateline.wire import runs
from dateline.wire.attributes import (
    address,
    embed,
    figure_of,
    is_language,
    language_attributes,
    name_of,
    pictures,
    source_attribute,
)
from dateline.wire.items import (
    Block,
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
from dateline.wire.markup import Node, clean_text, scrub, text_of, tree
from dateline.wire.tables import chart_of, table_of

MOST_NESTED_LISTS = 6

_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_SAME_AS = {"b": "strong", "i": "em", "cite": "em", "tt": "code", "kbd": "code", "samp": "code"}
_MARKS = frozenset({"em", "strong", "sub", "sup", "code"})
_UNMARKED = frozenset({"abbr", "bdo", "del", "ins", "s", "u", "var"})
_PULL = frozenset({"pull", "pullquote", "pull-quote", "wp-block-pullquote"})
_GALLERY = frozenset({"gallery", "wp-block-gallery"})
_TRACKER = frozenset({"tracker"})
_SMILEY = frozenset({"wp-smiley", "emoji"})


class Builder:
    """Walks a tree and gathers blocks.

    Prose is gathered in pieces, the HTML of a paragraph or a list. With `prose`, as in a quotation or a list item,
    headings and links stay in the prose, and what cannot (pictures, tables) is gathered in `blocks` to stand after it.
    `lists` is how many lists are open around; in a list a paragraph's end is a line break.
    """

    def __init__(self, *, prose: bool = False, lists: int = 0) -> None:
        self.prose = prose
        self.lists = lists
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.runs = runs.Runs(one_paragraph=lists > 0)
        self.after: list[Block] = []
        self.attributes = ""  # language and direction of the paragraph being gathered
        self.serial = 0

    def finish(self) -> tuple[Block, ...]:
        self.settle()
        self.end_prose()
        blocks: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Text) and blocks and isinstance(blocks[-1], Text):
                blocks[-1] = Text(blocks[-1].html + block.html)
            else:
                blocks.append(block)
        return tuple(blocks)

    # -- gathering

    def add(self, *blocks: Block) -> None:
        """Put blocks between what stands before and what comes."""
        if blocks:
            self.end_paragraph()
            self.end_prose()
            self.blocks.extend(blocks)

    def end_paragraph(self) -> None:
        if self.lists:
            self.runs.line_break()
        else:
            self.settle()

    def settle(self) -> None:
        """Make pieces, or blocks, of the paragraphs gathered so far."""
        for paragraph in self.runs.finish():
            if not runs.to_text(paragraph).strip():
                continue  # a spacer, <p>&nbsp;</p>
            link = None if self.prose else runs.sole_link(paragraph)
            if link is not None and link.rel:
                title = runs.to_text(paragraph)
                self.end_prose()
                self.blocks.append(RelatedLink(link.href, title) if link.rel == "related" else embed(link.href, title))
            else:
                html = runs.to_html(paragraph)
                self.pieces.append(html if self.lists else f"<p{self.attributes}>{html}</p>")
        if self.after:
            self.end_prose()
            self.blocks.extend(self.after)
            self.after = []

    def end_prose(self) -> None:
        if self.pieces and not self.prose:
            self.blocks.append(Text("".join(self.pieces)))
            self.pieces = []

    # -- walking

    def walk(self, node: Node, marks: runs.Marks) -> None:
        for child in node.children:
            self.visit(child, marks)

    def visit(self, child: Node | str, marks: runs.Marks) -> None:
        if isinstance(child, str):
            self.runs.add(child, marks)
            return
        tag = _SAME_AS.get(child.tag, child.tag)
        if tag in _MARKS or tag in ("a", "span", "bdi"):
            self.walk(child, self.marked(tag, child, marks))
        elif tag in _UNMARKED:
            self.walk(child, marks)
        elif tag == "q":
            self.runs.add("“", marks)
            self.walk(child, marks)
            self.runs.add("”", marks)
        elif tag == "br":
            self.runs.line_break()
        elif tag == "img":
            self.picture(child)
        else:
            self.block(tag, child, marks)

    def block(self, tag: str, node: Node, marks: runs.Marks) -> None:
        if tag in _HEADINGS:
            self.heading(node, marks, 2 if _HEADINGS[tag] == 2 else 3)
        elif tag in ("ul", "ol") and self.lists < MOST_NESTED_LISTS:
            self.listing(tag, node, marks)
        elif tag == "blockquote" or (tag == "aside" and node.has_class(_PULL)):
            self.quote(node, marks, pull=node.has_class(_PULL))
        elif tag == "figure":
            self.figure(node, marks)
        elif tag == "table":
            self.table(node, marks)
        elif tag in ("iframe", "video", "audio"):
            self.frame(node)
        elif node.has_class(_GALLERY):
            self.gallery(node, marks)
        else:
            self.container(tag, node, marks)

    def container(self, tag: str, node: Node, marks: runs.Marks) -> None:
        """A paragraph, or something that only holds others; its language is theirs too."""
        self.end_paragraph()
        outer, self.attributes = self.attributes, language_attributes(node) or self.attributes
        if self.lists:
            marks = self.marked("span", node, marks)
        if tag == "dt":
            marks = self.marked("strong", node, marks)
        if tag == "pre":
            self.lines(node, marks)
        else:
            self.walk(node, marks)
        self.end_paragraph()
        self.attributes = outer

    def lines(self, node: Node, marks: runs.Marks) -> None:
        """Preformatted text keeps its lines."""
        for child in node.children:
            if isinstance(child, str):
                for number, line in enumerate(child.split("\n")):
                    if number:
                        self.runs.line_break()
                    self.runs.add(scrub(line), marks)  # an isolate ends with its line
            elif child.tag in _MARKS or _SAME_AS.get(child.tag) in _MARKS:
                self.lines(child, self.marked(_SAME_AS.get(child.tag, child.tag), child, marks))
            else:
                self.visit(child, marks)

    def marked(self, tag: str, node: Node, marks: runs.Marks) -> runs.Marks:
        """`marks` with the element's own, unless it adds nothing."""
        if len(marks) >= runs.MOST_MARKS:
            return marks
        if tag in _MARKS:
            mark = runs.Mark(tag, f"<{tag}>")
            return marks if mark in marks else (*marks, mark)
        self.serial += 1
        if tag == "bdi":
            return (*marks, runs.Mark(tag, f"<bdi{language_attributes(node)}>", self.serial))
        if tag == "span":
            borne = source_attribute(node)
            attributes = f"{language_attributes(node)}{borne}"
            # Two passages stay two, though the same sources bear them.
            serial = self.serial if borne or "dir=" in attributes else 0
            mark = runs.Mark(tag, f"<span{attributes}>", serial)
            return (*marks, mark) if attributes and mark not in marks else marks
        if any(mark.tag == "a" for mark in marks):
            return marks
        return self.linked(node, marks)

    def linked(self, node: Node, marks: runs.Marks) -> runs.Marks:
        relations = node.attributes.get("rel", "").lower().split()
        rel = next((rel for rel in ("related", "embed") if rel in relations), "")
        href = address(node.attributes.get("href", ""))
        if rel == "embed" and not href.startswith("https://"):
            rel = ""
        in_text = bool(href) and not href.startswith(("urn:", "tag:"))
        if not href or not (in_text or rel):
            return marks
        extra = "".join(
            f' {key}="{value}"' for key in ("hreflang", "lang") if is_language(value := node.attributes.get(key, ""))
        )
        return (*marks, runs.Mark("a", f'<a href="{escape(href)}"{extra}>' if in_text else "", 0, rel, href))

    # -- blocks

    def heading(self, node: Node, marks: runs.Marks, level: Literal[2, 3]) -> None:
        if self.prose:
            self.container("dt", node, marks)
            return
        if text := text_of(node):
            self.add(Heading(text, level))
        self.add(*pictures(node))

    def listing(self, tag: str, node: Node, marks: runs.Marks) -> None:
        items: list[str] = []
        hoisted: list[Block] = []
        for child in node.children:
            inner = Builder(prose=True, lists=self.lists + 1)
            if isinstance(child, Node) and child.tag == "li":
                inner.walk(child, marks)
            else:
                inner.visit(child, marks)
            hoisted.extend(inner.finish())
            if inner.pieces:
                items.append(f"<li>{''.join(inner.pieces)}</li>")
        self.end_paragraph()
        if items:
            self.settle()
            self.pieces.append(f"<{tag}>{''.join(items)}</{tag}>")
        self.add(*hoisted)

    def quote(self, node: Node, marks: runs.Marks, attribution: str = "", *, pull: bool = False) -> None:
        said = Node(node.tag, node.attributes)
        for child in node.children:
            if _is_attribution(child, last=child is node.children[-1]):
                attribution = clean_text(f"{attribution} {_words(child)}")
            else:
                said.children.append(child)
        attribution = re.sub(r"^[\s—–―-]+", "", attribution)
        if self.prose:
            self.container("blockquote", said, marks)
            self.say(attribution)
            return
        inner = Builder(prose=True)
        inner.container("blockquote", said, marks)
        hoisted = inner.finish()
        html = "".join(inner.pieces)
        if not html:
            self.say(attribution)
        elif pull:
            self.add(PullQuote(text_of(tree(html)), attribution))
        else:
            self.add(Quote(html, attribution))
        self.add(*hoisted)

    def say(self, text: str) -> None:
        """A paragraph of plain text."""
        self.end_paragraph()
        self.runs.add(text, ())
        self.end_paragraph()

    def picture(self, image: Node) -> None:
        if image.has_class(_SMILEY):
            self.runs.add(image.attributes.get("alt", ""), ())
            return
        figure = figure_of(image, Node("", {}))
        if figure is None:
            return
        # A picture at the head of a paragraph stands before it, one further in after it.
        if self.runs.blank:
            self.add(figure)
        else:
            self.after.append(figure)

    def figure(self, node: Node, marks: runs.Marks) -> None:
        captions = list(node.find("figcaption"))
        caption = clean_text(" ".join(map(text_of, captions)))
        images = list(node.find("img"))
        others = list(node.find("blockquote", "table", "iframe", "video", "audio", "ul", "ol"))
        chart = chart_of(node, others, caption) if not images else None
        if chart is not None:
            self.add(chart)
        elif node.has_class(_TRACKER) and (slug := clean_text(node.attributes.get("data-tracker", ""))[:120]):
            url = next((address(link.attributes.get("href", "")) for link in node.find("a")), "")
            self.add(TrackerRef(slug, text_of(node), url))
        elif node.has_class(_GALLERY) or len(images) > 1:
            self.gallery(node, marks)
        elif len(images) == 1 and not others:
            self.one_picture(node, images[0], captions)
        elif len(others) == 1 and not images and others[0].tag == "blockquote":
            pull = node.has_class(_PULL) or others[0].has_class(_PULL)
            self.quote(others[0], marks, caption, pull=pull)
        elif len(others) == 1 and not images and others[0].tag == "table":
            self.table(others[0], marks, caption)
        elif len(others) == 1 and not images and others[0].tag not in ("ul", "ol"):
            self.frame(others[0], caption)
        elif not images and not others and (name := name_of(node)):
            self.add(FigureRef(name=name, caption=caption))
        else:
            self.container("figure", node, marks)

    def one_picture(self, node: Node, image: Node, captions: list[Node]) -> None:
        figure = figure_of(image, node)
        credits = [text_of(credit) for caption in captions for credit in caption.find("cite")]
        caption = clean_text(" ".join(text_of(_without(caption, "cite")) for caption in captions))
        beside = text_of(_without(node, "figcaption"))
        credit = clean_text(" ".join([*credits, beside]))
        if figure is None:
            self.say(caption)
            self.say(credit)
        else:
            self.add(FigureRef(figure.name, figure.href, figure.alt, caption, credit))

    def gallery(self, node: Node, marks: runs.Marks) -> None:
        inner = Builder()
        inner.walk(node, marks)
        figures: list[FigureRef] = []
        others: list[Block] = []
        for block in inner.finish():
            if isinstance(block, FigureRef):
                figures.append(block)
            elif isinstance(block, GalleryRef):
                figures.extend(block.figures)
            else:
                others.append(block)
        if figures:
            self.add(GalleryRef(tuple(figures)))
        self.add(*others)

    def table(self, node: Node, marks: runs.Marks, caption: str = "") -> None:
        table = table_of(node)
        if table is None:
            self.container("table", node, marks)
            self.say(caption)
            return
        if table.rows:
            self.add(TableBlock(table.caption or caption, table.head, table.rows, table.row_heads))
        else:
            self.say(table.caption or caption)
        self.add(*pictures(node))

    def frame(self, node: Node, title: str = "") -> None:
        """Something to play: a link to it. What stood inside is for browsers that cannot play it."""
        source = next(iter(node.find("source")), node).attributes
        url = address(node.attributes.get("src") or source.get("src") or node.attributes.get("data-src") or "")
        title = title or clean_text(node.attributes.get("title", ""))
        if url.startswith("https://"):
            self.add(embed(url, title))
        elif url.startswith("http://"):
            self.end_paragraph()
            self.runs.add(title or url, (runs.Mark("a", f'<a href="{escape(url)}">'),))
            self.end_paragraph()
        elif title:
            self.say(title)


def _is_attribution(child: Node | str, *, last: bool) -> bool:
    """Whether a part of a quotation names who said it: a footer, or a `<cite>` that ends it."""
    if isinstance(child, str):
        return False
    if child.tag == "p":
        inside = [inner for inner in child.children if not isinstance(inner, str) or inner.strip()]
        return len(inside) == 1 and _is_attribution(inside[0], last=last)
    return child.tag in ("footer", "figcaption") or (child.tag == "cite" and last)


def _words(child: Node | str) -> str:
    return child if isinstance(child, str) else text_of(child)


def _without(node: Node, tag: str) -> Node:
    copy = Node(node.tag, node.attributes)
    copy.children = [
        child if isinstance(child, str) else _without(child, tag)
        for child in node.children
        if isinstance(child, str) or child.tag != tag
    ]
    return copy
