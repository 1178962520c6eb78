"""The dash of a dateline in a story's body: after the place, before the first word, and after the last word."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import format_html

from dateline.theme.components import BodyPart, Prose

_OPENING = re.compile(r"<p(?:\s[^>]*)?>")
_END = '<span class="end"></span>'


def with_dateline_and_end(body: Sequence[BodyPart], place: str) -> tuple[BodyPart, ...]:
    """The body with `place` set before its first paragraph and the end mark inside its last.

    The HTML of a Prose is sanitised, so its tags are well formed; the place is plain text and is escaped here. A body
    without paragraphs stays as it is.
    """
    parts = list(body)
    prose = [at for at, part in enumerate(parts) if isinstance(part, Prose) and _OPENING.search(part.html)]
    if not prose:
        return tuple(parts)
    if place:
        parts[prose[0]] = _opened(parts[prose[0]], place)
    parts[prose[-1]] = _ended(parts[prose[-1]])
    return tuple(parts)


def _opened(part: BodyPart, place: str) -> BodyPart:
    assert isinstance(part, Prose)
    mark = format_html('<bdi class="dateline">{}</bdi> ', place)
    return replace(part, html=_OPENING.sub(lambda found: found.group() + mark, part.html, count=1))


def _ended(part: BodyPart) -> BodyPart:
    assert isinstance(part, Prose)
    before, closing, after = part.html.rpartition("</p>")
    return replace(part, html=f"{before}{_END}{closing}{after}") if closing else part
