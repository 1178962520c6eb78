"""The contract between the press, which writes sheets, and whoever serves them.

A sheet is one printed URL. It is kept as plain files, so that any web server can serve the folder:

    HOST/en/index.html            the body of /en/
    HOST/en/index.html.br  .gz    the same, compressed ahead of time
    HOST/en/index.html.meta       JSON: status, headers, lengths, digest (see `Sheet`)
    HOST/en/index.html.stale      the last body of a sheet that was evicted, kept for when nobody can print it anew
    HOST/en/index.html.stale.meta
    HOST/.state                   JSON: {"epoch": N, "shells": {"en": N}}
    HOST/.live/en.jsonl           what has happened in an edition, for open pages (see `log`)
    HOST/.reads/*.json            how often stories were read, from a stand to the desk (see `reads`)

`.meta` is written last and removed first: a sheet is in the store exactly when its `.meta` is, and its digests say
which bodies belong to it. Every file is written under a temporary name and renamed.

The *epoch* counts changes of any kind: what was remembered about absent paths holds only as long as it stands still. A
*shell* is what stands on every page of an edition (navigation, footer, templates); a sheet printed under an older shell
is still served while it waits to be printed anew.
"""

from dateline.store.local import LocalStore, State
from dateline.store.paths import BadPath, file_for, path_for
from dateline.store.sheets import REVALIDATE, Sheet, StoredSheet, make_sheet

__all__ = ["REVALIDATE", "BadPath", "LocalStore", "Sheet", "State", "StoredSheet", "file_for", "make_sheet", "path_for"]
