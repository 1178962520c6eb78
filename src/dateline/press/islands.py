"""Islands: small sheets that are put into pages as they are printed, and that browsers refresh by themselves."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.safestring import SafeString, mark_safe

from dateline.press.ingredients import record_island
from dateline.press.models import SheetIngredient
from dateline.press.printing import print_path, store


@dataclass(frozen=True, slots=True)
class Island:
    """An island as it is put into a page. `printed` is ISO 8601, UTC."""

    url: str
    html: SafeString
    printed: str


_keys: dict[tuple[str, str], frozenset[int]] = {}


def island(path: str) -> Island | None:
    """The island printed at `path`; None when it cannot be printed, for a page is better without than not at all."""
    kept = store().read(path)
    if kept is None:
        kept = print_path(path).stored
    if kept is None or kept.sheet.status != 200:
        return None
    mark = (path, kept.sheet.digest)
    if mark not in _keys:
        if len(_keys) > 500:
            _keys.clear()
        _keys[mark] = frozenset(SheetIngredient.objects.filter(sheet__path=path).values_list("key", flat=True))
    record_island(_keys[mark])
    printed = datetime.fromtimestamp(kept.sheet.modified, UTC).isoformat()
    # Bytes this press rendered from an autoescaping template.
    return Island(path, mark_safe(kept.body.decode()), printed)
