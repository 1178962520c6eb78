"""Writing evidence as a table that `read_table` reads, and that no spreadsheet runs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.trackers.models import Evidence, Tracker, plain
from dateline.newsroom.trackers.tables import COLUMNS, RUN

_FIRST = {"kind", "name", "outlet", "url", "on"}


def written_table(tracker: Tracker) -> Iterator[str]:
    """The evidence that stands, oldest first, line by line after a head; with a mark that tells it is UTF-8."""
    codes = dict(tracker.parties.values_list("pk", "code"))
    rows = tracker.evidence.filter(struck_at=None).order_by("on", "pk").iterator(chunk_size=2000)
    yield "\ufeff" + _line(COLUMNS)
    for row in rows:
        yield _line(_cells(row, codes))


def template() -> str:
    """An empty table, with two rows as examples: what begins with # is passed over."""
    first = {
        "key": "# " + _("an example"),
        "what": "announced",
        "party": "DE",
        "quantity": "40",
        "on": "2026-03-01",
        "due": "2026-09-30",
        "note": _("Forty officers by the autumn"),
        "source_kind": "official",
        "source_name": _("Ministry of Defence"),
        "source_url": "https://ministry.example/statement",
        "source_date": "2026-03-01",
    }
    second = {
        "key": "# " + _("an example"),
        "what": "observed",
        "low": "200",
        "high": "400",
        "on": "2026-09-30",
        "note": _("“A few hundred”"),
        "source_kind": "outlet",
        "source_outlet": _("A newspaper"),
        "source_url": "https://newspaper.example/report",
        "sources": '[{"kind": "unnamed", "role": "an official"}]',
    }
    rows = ([cells.get(name, "") for name in COLUMNS] for cells in (first, second))
    return "\ufeff" + _line(COLUMNS) + "".join(map(_line, rows))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if RUN.match(cell) else cell for cell in cells])
    return out.getvalue()


def _cells(row: Evidence, codes: Mapping[int, str]) -> list[str]:
    exact = row.low == row.high
    sources: list[dict[str, Any]] = list(row.sources)
    first = sources.pop(0) if sources and set(sources[0]) <= _FIRST else {}
    cells = {
        "key": row.key,
        "what": row.says,
        "party": codes.get(row.party_id or 0, ""),
        "quantity": plain(row.low) if exact else "",
        "low": "" if exact else plain(row.low),
        "high": "" if exact else plain(row.high),
        "unit": row.unit,
        "position": row.stand,
        "on": row.on.isoformat(),
        "due": row.due.isoformat() if row.due else "",
        "conditions": row.conditions,
        "note": row.note,
        "source_kind": first.get("kind", ""),
        "source_name": first.get("name", ""),
        "source_outlet": first.get("outlet", ""),
        "source_url": first.get("url", ""),
        "source_date": first.get("on", ""),
        "sources": json.dumps(sources, ensure_ascii=False) if sources else "",
    }
    return [cells[name] for name in COLUMNS]
