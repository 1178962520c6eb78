"""Evidence as a table: CSV that spreadsheets write and open."""

import re

#: What a spreadsheet takes for the beginning of something to work out, marked as text already or not.
RUN = re.compile(r"'*[=+\-@\t\r]")

#: The columns, in the order in which they are written.
COLUMNS = (
    "key",
    "what",
    "party",
    "quantity",
    "low",
    "high",
    "unit",
    "position",
    "on",
    "due",
    "conditions",
    "note",
    "source_kind",
    "source_name",
    "source_outlet",
    "source_url",
    "source_date",
    "sources",
)

#: What some call them.
ALIASES = {
    "says": "what",
    "event": "what",
    "amount": "quantity",
    "stance": "position",
    "date": "on",
    "notes": "note",
    "condition": "conditions",
}
