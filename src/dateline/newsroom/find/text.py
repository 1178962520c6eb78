"""A story as text: what of it is sought, and what of it is shown among results."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

_TAG = re.compile(r"<[^>]*>")
#: What marks a part of a sentence, or of a word.
_SPAN = re.compile(r"</?span\b[^>]*>")
_SPACE = re.compile(r"\s+")

#: Words of a body that are indexed: of a book no more than its first chapters.
MOST_WORDS = 20_000


def body_text(raw: Iterable[Any]) -> str:
    """Everything readers read in a body, given as raw blocks: paragraphs, headings, quotes, captions, tables."""
    return _SPACE.sub(" ", " ".join(_pieces(raw))).strip()


def shorten(stems: str) -> str:
    """At most MOST_WORDS of them."""
    parts = stems.split(" ", MOST_WORDS)
    return " ".join(parts[:MOST_WORDS])


def _pieces(raw: Iterable[Any]) -> Iterator[str]:
    for block in raw:
        kind, value = block["type"], block["value"]
        if kind == "text":
            yield _stripped(value)
        elif kind == "heading":
            yield value["text"]
        elif kind in {"quote", "pull_quote"}:
            if kind == "quote":  # a pull quote says again what is said
                yield _stripped(value["text"])
            yield value.get("attribution") or ""
        elif kind == "picture":
            yield value.get("caption") or ""
        elif kind == "gallery":
            for item in value["pictures"]:
                inner = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
                yield inner.get("caption") or ""
        elif kind == "table":
            for row in (value or {}).get("data") or []:
                yield from (str(cell) for cell in row if cell is not None)
        elif kind == "chart":
            yield from (str(value.get(name) or "") for name in ("title", "description"))


def _stripped(markup: str) -> str:
    return html.unescape(_TAG.sub(" ", _SPAN.sub("", markup)))
