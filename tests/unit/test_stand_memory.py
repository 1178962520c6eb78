"""What the stand keeps in memory, and when it lets go."""

import os
from pathlib import Path

from dateline.stand.memory import Absences, StateWatch
from dateline.stand.shelf import STALE_CACHE, FileStamp, Shelf, Shelved
from dateline.store import LocalStore, Sheet, StoredSheet, make_sheet

STAMP = FileStamp(1, 2, 3)


def shelved(path: str, size: int = 1000, **fields: object) -> Shelved:
    stored = make_sheet(Sheet(200, "text/html", "", 0, **fields), b"x" * size, compress=False)  # type: ignore[arg-type]
    return Shelved(path, path, STAMP, stored, [("x-frame-options", "DENY")])


def test_the_shelf_keeps_what_was_used_last() -> None:
    shelf = Shelf(100_000)
    for n in range(8):
        shelf.put(shelved(f"/{n}/", 10_000))
    kept = [n for n in range(8) if shelf.find(f"/{n}/")]
    assert 4 < len(kept) < 8
    assert kept == list(range(8 - len(kept), 8))
    assert shelf.used <= 100_000
    oldest = kept[0]
    shelf.touch(f"/{oldest}/")
    shelf.put(shelved("/new/", 10_000))
    assert shelf.find(f"/{oldest}/")
    assert not shelf.find(f"/{kept[1]}/")


def test_the_shelf_counts_what_it_holds() -> None:
    shelf = Shelf(1_000_000)
    for _ in range(3):
        shelf.put(shelved("/same/"))
    once = shelf.used
    shelf.put(shelved("/other/"))
    shelf.drop("/other/")
    shelf.drop("/never/")
    assert shelf.used == once > 1000
    shelf.drop("/same/")
    assert shelf.used == 0


def test_one_huge_sheet_does_not_clear_the_shelf() -> None:
    shelf = Shelf(100_000)
    shelf.put(shelved("/small/"))
    shelf.put(shelved("/huge/", 30_000))
    assert shelf.find("/small/")
    assert not shelf.find("/huge/")


def test_a_variant_for_every_preference() -> None:
    stored = make_sheet(Sheet(200, "text/html", "", 1000), b"text " * 1000)
    sheet = Shelved("/", "/", STAMP, stored, [])
    for preference, body, coding in (
        ("bgi", stored.br, "br"),
        ("gi", stored.gz, "gzip"),
        ("ib", stored.body, None),
        ("i", stored.body, None),
    ):
        for _ in range(2):
            variant = sheet.variant(preference)
            assert variant.body == body
            assert dict(variant.headers).get("content-encoding") == coding
    plain = Shelved("/", "/", STAMP, StoredSheet(stored.sheet, stored.body), [])
    assert plain.variant("bgi").body == stored.body


def test_an_old_copy_is_not_to_be_kept() -> None:
    stored = make_sheet(Sheet(200, "text/html", "", 1000, cache="public, max-age=600"), b"text")
    old = Shelved("/", "", STAMP, StoredSheet(stored.sheet, stored.body, stale=True), [])
    assert dict(old.variant("i").headers)["cache-control"] == STALE_CACHE


def test_absences_hold_for_one_epoch() -> None:
    absences = Absences(10)
    absences.remember("/a/", 1)
    assert absences.holds("/a/", 1)
    assert not absences.holds("/a/", 2)
    assert not absences.holds("/a/", 1), "what a change made doubtful is forgotten"
    assert not absences.holds("/b/", 1)


def test_absences_are_bounded_and_the_oldest_goes_first() -> None:
    absences = Absences(3)
    for path in "abc":
        absences.remember(path, 1)
    absences.holds("a", 1)
    absences.remember("d", 1)
    assert [path for path in "abcd" if absences.holds(path, 1)] == ["a", "c", "d"]
    assert len(absences) == 3


def test_counters_are_read_when_their_file_changes(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    watch = StateWatch(store)
    assert watch.now().epoch == 0
    for n in range(1, 20):
        store.advance("en")
        assert (watch.now().epoch, watch.now().generation("en")) == (n, n)
    (tmp_path / ".state").unlink()
    assert watch.now().epoch == 0


def test_a_glance_may_be_a_moment_old(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    watch = StateWatch(store)
    before = watch.now()
    store.advance()
    assert watch.recent() == before
    assert watch.now().epoch == 1
    assert watch.recent().epoch == 1


def test_stamps_tell_files_apart(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert FileStamp.of(str(file)) is None
    assert FileStamp.of(str(file / "b")) is None
    file.write_bytes(b"1")
    assert FileStamp.of(str(file / "b")) is None, "a file is no folder"
    first = FileStamp.of(str(file))
    other = tmp_path / "b"
    other.write_bytes(b"1")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert first is not None
    assert FileStamp.of(str(file)) != first, "the same size and time, but another file"
