"""The published versions of a story: each text that readers had, kept when another one takes its place.

A version is kept as compressed JSON (zlib, UTF-8): `{"v": 1, "parts": [[KIND, TEXT], …]}`. A part is a paragraph as
plain text, in the order of the page; its kind is `p` (a paragraph), `li` (a line of a list), `h2`, `h3` or `h4` (a
heading), `quote`, `pull_quote`, `caption` (of a picture), `table` and `chart` (a row, its cells parted by ` | `),
`related` or `embed` (their titles). `v` is the number of this form; another form will have another.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from lxml import html as markup

FORM = 1

#: What came of a version: why it was replaced.
REASONS = [
    ("change", pgettext_lazy("version", "Changed")),
    ("minor", _("Minor change")),
    ("correction", _("Correction")),
    ("clarification", _("Clarification")),
    ("update", pgettext_lazy("note", "Update")),
]

Parts = list[tuple[str, str]]

_BLOCKS = ("p", "li", "h2", "h3", "h4", "blockquote")


class PublishedVersion(models.Model):
    """A text that a story had while it was public, and when, why and by whom it was replaced. Rows are added and never
    changed: a version's number is its place among its story's, from 1; what readers have now is the one after the last.
    """

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="replaced")
    digest = models.CharField(max_length=64)
    headline = models.TextField()
    standfirst = models.TextField(blank=True)
    text = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=13, choices=REASONS, default="change")
    by = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.story_id} until {self.at:%Y-%m-%d %H:%M}"


def has_versions(story: models.Model) -> bool:
    """Whether a story ever said something else."""
    return PublishedVersion.objects.filter(story=story.pk).exists()


def packed(parts: Iterable[tuple[str, str]]) -> bytes:
    told = {"v": FORM, "parts": [list(part) for part in parts]}
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpacked(data: bytes | memoryview) -> Parts:
    """The parts of a version.

    Raises:
        ValueError: it is of a form that this Dateline does not know.
    """
    told = json.loads(zlib.decompress(bytes(data)))
    if told["v"] != FORM:
        raise ValueError(f"a version of form {told['v']}")
    return [(str(kind), str(text)) for kind, text in told["parts"]]


def parts_of(raw: Iterable[Any]) -> Parts:
    """The parts of a story's body, from its raw blocks; what has no words is left out."""
    return [(kind, tidy) for block in raw for kind, text in _parts(block) if (tidy := " ".join(text.split()))]


def _parts(block: Any) -> Iterator[tuple[str, str]]:
    kind, value = block["type"], block["value"]
    match kind:
        case "text":
            yield from _paragraphs(value)
        case "heading":
            yield f"h{int(value.get('level') or 2)}", value["text"]
        case "quote":
            yield from (("quote", text) for _kind, text in _paragraphs(value["text"]))
            yield "quote", value.get("attribution") or ""
        case "pull_quote":
            yield "pull_quote", value["text"]
            yield "pull_quote", value.get("attribution") or ""
        case "picture":
            yield "caption", value.get("caption") or ""
        case "gallery":
            for item in value["pictures"]:
                inner = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
                yield "caption", inner.get("caption") or ""
        case "table":
            yield "table", (value or {}).get("table_caption") or ""
            yield from (("table", _cells(row)) for row in (value or {}).get("data") or ())
        case "chart":
            yield from (("chart", str(value.get(name) or "")) for name in ("headline", "unit", "note", "source"))
            yield from (("chart", line) for line in str(value.get("data") or "").splitlines())
        case "related" | "embed":
            yield kind, value.get("title") or value.get("url") or ""


def _cells(row: Iterable[Any]) -> str:
    return " | ".join("" if cell is None else str(cell) for cell in row)


def _paragraphs(html: str) -> Iterator[tuple[str, str]]:
    """The paragraphs and lines of a piece of rich text."""
    if not html.strip():
        return
    root = markup.fragment_fromstring(html, create_parent="div")
    for br in root.iter("br"):
        br.tail = f" {br.tail or ''}"
    for node in root.iter("div", *_BLOCKS):
        yield ("p" if node.tag in {"div", "blockquote"} else str(node.tag)), _own_text(node)


def _own_text(node: Any) -> str:
    """An element's text without that of the paragraphs and lists inside it, which speak for themselves."""
    found = [node.text or ""]
    for child in node:
        if child.tag not in {*_BLOCKS, "ul", "ol", "div"}:
            found.append(str(child.text_content()))
        found.append(child.tail or "")
    return "".join(found)
