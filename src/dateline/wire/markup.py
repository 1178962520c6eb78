"""Untrusted text and HTML, made harmless: plain text cleaned, HTML bounded, sanitised and read as a small tree.

`nh3` decides what is allowed, by the HTML standard's own parsing. Its cost grows with the square of how many elements
are open, so every document is first rewritten with a bounded depth and all tags balanced.
"""

import html as entities
import re
import unicodedata
from collections.abc import Iterator

import nh3

#: Characters of markup that are read; beyond it `MarkupTooLong`.
LONGEST_MARKUP = 5_000_000
#: Elements this deep are opened no more; their text is kept.
DEEPEST = 40
#: Bytes of UTF-8 in a slug; the store's segments hold 230.
LONGEST_SLUG = 200


class MarkupTooLong(ValueError):
    """The text has more than `LONGEST_MARKUP` characters."""


def check_length(text: str) -> None:
    """Refuse text that would take too long or too much memory to read.

    Raises:
        MarkupTooLong: if it has more than `LONGEST_MARKUP` characters.
    """
    if len(text) > LONGEST_MARKUP:
        raise MarkupTooLong(f"the text has {len(text):,} characters; the most is {LONGEST_MARKUP:,}")


# --- plain text -------------------------------------------------------------------------------------------------------

# C0 and C1 controls but tab and line ends, bidi embeddings, overrides and isolates, line separators, byte order mark,
# halves of surrogate pairs, non-characters.
_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
#: White space that is not already a single space.
SPACES = re.compile("[ \t\n\r\f]{2,}|[\t\n\r\f]")


def scrub(text: str) -> str:
    """`text` without control characters and without bidi controls that would reach beyond it: embeddings, overrides,
    unpaired isolates. The marks LRM, RLM and ALM and paired isolates stay; half a surrogate pair becomes U+FFFD."""
    if not _SUSPECT.search(text):
        return text
    unpaired: set[int] = set()
    opened: list[int] = []
    for found in re.finditer("[\u2066-\u2069]", text):
        if found.group() != "\u2069":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            unpaired.add(found.start())
    unpaired.update(opened)

    def harmless(found: re.Match[str]) -> str:
        character = found.group()
        if "\u2066" <= character <= "\u2069":
            return "" if found.start() in unpaired else character
        if character in "\x85\u2028\u2029\x0b\x0c":
            return " "
        return "\ufffd" if "\ud800" <= character <= "\udfff" else ""

    return _SUSPECT.sub(harmless, text)


def clean_text(text: str) -> str:
    """`text` as one line of plain text: scrubbed, white space collapsed, "" if nothing is left to see."""
    line = SPACES.sub(" ", scrub(text)).strip(" ")
    return line if line.strip() else ""


def slug_of(text: str) -> str:
    """A slug in the text's own script: letters, digits and marks in lower case, hyphens between; may be ""."""
    kept = [
        character if unicodedata.category(character)[0] in "LNM" or character in "-_" else "-"
        for character in unicodedata.normalize("NFC", clean_text(text)).lower()
    ]
    slug = re.sub("-{2,}", "-", unicodedata.normalize("NFC", "".join(kept))).strip("-_")
    while len(slug.encode()) > LONGEST_SLUG:
        slug = slug.encode()[:LONGEST_SLUG].decode(errors="ignore").rstrip("-_")
    return slug


# --- bounding ---------------------------------------------------------------------------------------------------------

_VOID = frozenset({"img", "br", "hr", "source"})
_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video",
    "audio",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "span",
    "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip
_UNREAD = frozenset({"script", "style", "template", "title", "noscript", "noembed", "noframes", "iframe"})
#: An element that a like one closes, and the elements between which it may stand again.
_CLOSES = {
    "p": frozenset({"td", "th", "caption"}),
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
    "a": frozenset({"table"}),
}
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|(?!["'])[^\s>]*+))?+(?!\s*+=\s*+["'])"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)[\s/]*+>")
_CUT_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)()[^>]*+>")


def _bounded(html: str) -> str:
    """`html` as balanced tags, no more than `DEEPEST` open at once; comments, scripts and unknown tags are gone.

    One pass, linear in the length. Every tag is closed where it stands, so that whoever reads the result has no open
    formatting to carry from paragraph to paragraph.
    """
    out: list[str] = []
    opened: list[str] = []
    for text, closing, name, attributes in _tokens(html):
        out.append(text.replace("<", "&lt;"))
        if name in _VOID:
            if not closing:
                out.append(f"<{name}{attributes}>")
        elif closing:
            if name in opened:
                _close(out, opened, name)
        elif name == "iframe":
            out.append(f"<iframe{attributes}></iframe>")
        elif name in _BLOCK or name in _INLINE:
            _close_like(out, opened, name)
            if len(opened) < DEEPEST:
                opened.append(name)
                out.append(f"<{name}{attributes}>")
    out.extend(f"</{name}>" for name in reversed(opened))
    return "".join(out)


def _close(out: list[str], opened: list[str], name: str) -> None:
    while opened:
        last = opened.pop()
        out.append(f"</{last}>")
        if last == name:
            return


def _close_like(out: list[str], opened: list[str], name: str) -> None:
    """Close what the start of `name` ends: its own like, and a paragraph before any block."""
    for ended in {name, "p"} if name in _BLOCK else {name}:
        bounds = _CLOSES.get(ended)
        if bounds is None:
            continue
        for other in reversed(opened):
            if other == ended:
                _close(out, opened, ended)
                break
            if other in bounds:
                break


def _tokens(html: str) -> Iterator[tuple[str, bool, str, str]]:
    """(text before the tag, whether it closes, its name, its attributes as written); the last has no name."""
    position = start = 0
    last = html.rfind(">")
    while True:
        start = html.find("<", start)
        if start < 0 or start > last:
            break
        if html.startswith(("<!", "<?"), start):
            end = html.find("-->", start + 4) + 2 if html.startswith("<!--", start) else html.find(">", start)
            yield html[position:start], False, "", ""
            position = start = end + 1 if end > start else len(html)
            continue
        # The second form is for a quote that never ends; there are at most two such quotes in a document.
        tag = _TAG.match(html, start) or _CUT_TAG.match(html, start)
        if tag is None:
            start += 1
            continue
        name = tag[2].lower()
        yield html[position:start], bool(tag[1]), name, tag[3].rstrip("/ ")
        position = start = tag.end()
        if name in _UNREAD and not tag[1]:
            end_tag = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, position)
            position = start = end_tag.start() if end_tag else len(html)
    yield html[position:], False, "", ""


# --- sanitising -------------------------------------------------------------------------------------------------------

_ATTRIBUTES = {
    "*": {"lang", "dir", "class"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "data-src", "data-lazy-src", "data-name", "data-assoc-ref"},
    "figure": {"data-name", "data-assoc-ref", "data-kind", "data-tracker"},
    "iframe": {"src", "title", "data-src"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
    "span": {"data-source"},
    "td": {"colspan"},
    "th": {"colspan", "scope"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_BLOCK | _INLINE | _VOID | {"iframe"}),
    clean_content_tags=set(_UNREAD - {"iframe"}),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "urn", "tag"},
    link_rel=None,
)


class Node:
    """An element of the sanitised tree; `children` are nodes and strings, the strings scrubbed."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    def has_class(self, names: frozenset[str]) -> bool:
        return not names.isdisjoint(self.attributes.get("class", "").lower().split())

    def find(self, *tags: str) -> "Iterator[Node]":
        """The nearest elements below with one of `tags`, in order; what stands inside them is not searched."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find(*tags)


# What nh3 writes: lower-case names, double quotes, `<` nowhere but before a tag.
_WRITTEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_WRITTEN_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_IFRAME = re.compile(r'(<iframe(?: [a-z-]+="[^"]*")*>).*?</iframe>', re.DOTALL)


def tree(html: str) -> Node:
    """The sanitised tree of an HTML fragment or document."""
    clean = _CLEANER.clean(_bounded(scrub(html)))
    if "<iframe" in clean:
        clean = _IFRAME.sub(r"\1</iframe>", clean)  # what stands inside is the frame's own markup, unescaped
    root = Node("", {})
    stack = [root]
    for found in _WRITTEN.finditer(clean):
        closing, name, attributes, text = found.groups()
        if text is not None:
            stack[-1].children.append(scrub(entities.unescape(text) if "&" in text else text))
        elif closing:
            stack.pop()
        else:
            values = (
                {key: scrub(entities.unescape(value)) for key, value in _WRITTEN_ATTRIBUTE.findall(attributes)}
                if attributes
                else {}
            )
            node = Node(name, values)
            deep = len(stack) > DEEPEST and name not in _VOID
            if not deep:
                stack[-1].children.append(node)
            if name not in _VOID:
                stack.append(stack[-1] if deep else node)
    return root


def text_of(node: Node) -> str:
    """The words under `node` as one line; blocks and line breaks count as spaces."""
    parts: list[str] = []

    def gather(node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.tag in _INLINE:
                gather(child)
            else:
                parts.append(" ")
                gather(child)
                parts.append(" ")

    gather(node)
    return clean_text("".join(parts))
