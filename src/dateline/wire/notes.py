"""Notes of correction as ninjs carries them: descriptions whose value begins with a time.

ninjs 3.1 has no property for them. A description of the role `correction`, `clarification` or `update` has the note,
and before it when it was told: `2026-11-23T14:05:00Z An earlier version …`.
"""

from dateline.wire.fields import Fields, moment, moment_text
from dateline.wire.items import NOTE_KINDS, Note

#: Letters of a note that is read; a story takes fewer.
_LONG = 10_000


def read_note(entry: Fields) -> Note | None:
    """The note that a description is, or None. An update is one only with its time: agencies call much by that name."""
    kind = entry.text("role").lower()
    if kind not in NOTE_KINDS:
        return None
    words = entry.words("value", _LONG)
    first, _space, rest = words.partition(" ")
    try:
        at = moment(first)
    except ValueError:
        return Note(kind, words) if words and kind != "update" else None
    return Note(kind, rest, at) if rest else None


def note_value(note: Note) -> str:
    return f"{moment_text(note.at)} {note.text}" if note.at else note.text
