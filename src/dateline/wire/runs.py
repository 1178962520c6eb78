"""The words of a paragraph in one canonical form: runs of text under marks, white space settled between them.

Two pieces of markup that read the same give the same runs, so that text written out and read back does not change.
"""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from dateline.wire.markup import SPACES

#: Marks nested deeper than this are dropped; their text stays.
MOST_MARKS = 8


class Mark(NamedTuple):
    """An inline element that is open. `start` is its tag as written, "" for a link that only its paragraph can use;
    `serial` keeps neighbours apart that must not merge; `rel` and `href` are a link's."""

    tag: str
    start: str
    serial: int = 0
    rel: str = ""
    href: str = ""


Marks = tuple[Mark, ...]


@dataclass(slots=True)
class Run:
    """Text under the same marks; a line break is a run of its own, "\\n"."""

    marks: Marks
    text: str


Paragraph = list[Run]

_NOTHING, _SPACE, _BREAK, _NEW_PARAGRAPH = range(4)


class Runs:
    """Collects the runs of one paragraph; two line breaks in a row begin another, unless it is to stay one."""

    def __init__(self, *, one_paragraph: bool = False) -> None:
        self._last_pending = _BREAK if one_paragraph else _NEW_PARAGRAPH
        self._done: list[Paragraph] = []
        self._runs: Paragraph = []
        self._pending = _NOTHING

    @property
    def blank(self) -> bool:
        return not self._runs and not self._done

    def add(self, text: str, marks: Marks) -> None:
        """Add `text`, whose white space is still as the source had it."""
        words = SPACES.sub(" ", text)
        core = words.strip(" ")
        if not core:
            if words:
                self._pending = max(self._pending, _SPACE)
            return
        if words[0] == " ":
            self._pending = max(self._pending, _SPACE)
        self._settle(marks)
        self._append(core, marks)
        self._pending = _SPACE if words[-1] == " " else _NOTHING

    def line_break(self) -> None:
        self._pending = _BREAK if self._pending < _BREAK else self._last_pending

    def finish(self) -> list[Paragraph]:
        """The paragraphs collected so far; what follows begins anew."""
        if self._runs:
            self._done.append(self._runs)
        done, self._done, self._runs, self._pending = self._done, [], [], _NOTHING
        return done

    def _settle(self, marks: Marks) -> None:
        """Write the white space before a run under `marks`, which belongs to neither side's own marks."""
        if not self._runs or self._pending == _NOTHING:
            return
        if self._pending == _NEW_PARAGRAPH:
            self._done.append(self._runs)
            self._runs = []
            return
        shared = _common(self._runs[-1].marks, marks)
        if self._pending == _BREAK:
            self._runs.append(Run(shared, "\n"))
        else:
            self._append(" ", shared)

    def _append(self, text: str, marks: Marks) -> None:
        last = self._runs[-1] if self._runs else None
        if last is not None and last.marks == marks and last.text != "\n":
            last.text += text
        else:
            self._runs.append(Run(marks, text))


def _common(one: Marks, other: Marks) -> Marks:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return one[:shared]


def to_html(paragraph: Paragraph) -> str:
    """The runs as inline HTML, every tag closed."""
    if any(mark.rel for run in paragraph for mark in run.marks):
        paragraph = _without_relations(paragraph)
    out: list[str] = []
    opened: Marks = ()
    for run in paragraph:
        shared = len(_common(opened, run.marks))
        out.extend(f"</{mark.tag}>" for mark in reversed(opened[shared:]))
        out.extend(mark.start for mark in run.marks[shared:])
        opened = run.marks
        out.append("<br>" if run.text == "\n" else escape(run.text, quote=False))
    out.extend(f"</{mark.tag}>" for mark in reversed(opened))
    return "".join(out)


def _without_relations(paragraph: Paragraph) -> Paragraph:
    """The same words with every link an ordinary one; a link that cannot be one is gone, and its neighbours meet."""
    runs = Runs()
    for run in paragraph:
        if run.text == "\n":
            runs.line_break()
        else:
            runs.add(run.text, tuple(mark._replace(rel="") for mark in run.marks if mark.start))
    return runs.finish()[0]


def to_text(paragraph: Paragraph) -> str:
    return "".join(" " if run.text == "\n" else run.text for run in paragraph)


def sole_link(paragraph: Paragraph) -> Mark | None:
    """The link under which the whole paragraph stands, if there is one."""
    for mark in paragraph[0].marks:
        if mark.tag == "a" and all(mark in run.marks for run in paragraph):
            return mark
    return None
