"""Chapters of a film: a line for each, `0:00 How it begins`."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

#: Most of them.
MOST = 60

# Digits of any script: int() reads them.
_LINE = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\s*[-–—]?\s*(\S.*)$")


class ChaptersError(ValueError):
    """A list of chapters that cannot be read; the message says which line."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where it begins, in seconds."""

    seconds: int
    title: str


def read_chapters(text: str) -> tuple[Chapter, ...]:
    """The chapters of a text, one a line, each later than the one before.

    Raises:
        ChaptersError: a line has no time or no title, or is not in order.
    """
    found: list[Chapter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        if match is None or int(match[3]) > 59 or (match[1] and int(match[2]) > 59):
            raise ChaptersError(
                _("Line %(line)s: write a time and a title, as in 1:30 The harbour.") % {"line": number}
            )
        seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        if found and seconds <= found[-1].seconds:
            raise ChaptersError(_("Line %(line)s begins before the line above it.") % {"line": number})
        found.append(Chapter(seconds, match[4].strip()[:200]))
    if len(found) > MOST:
        raise ChaptersError(_("These are more than %(most)s chapters.") % {"most": MOST})
    return tuple(found)
