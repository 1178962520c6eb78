"""The store: what is written is read, whole or not at all."""

import threading
from pathlib import Path

import pytest

from dateline.store import BadPath, LocalStore, Sheet, file_for, make_sheet, path_for


def sheet(body: bytes = b"<p>words</p>" * 100, **values: object):
    return make_sheet(Sheet(200, "text/html; charset=utf-8", "", 0, **values), body)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/en/rss.xml", "en/rss.xml"),
        ("/ar/أخبار/2026/11/خبر/", "ar/أخبار/2026/11/خبر/index.html"),
    ],
)
def test_paths_have_files(path: str, file: str) -> None:
    assert file_for(path) == file
    assert path_for(file) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "en/", "/en", "/../x/", "/en/../", "/.state", "/en/.hidden/", "//", "/en//x/", "/en/\x00/", "/en\\x/",
        "/en/index.html.meta", "/en/index.html.br", "/en/index.html.stale", "/" + "x" * 300 + "/", "/" + "x/" * 2000,
        "/en/e\u0301/", "/en/\u202e/", "/en/\ud800/",
    ],
)  # fmt: skip
def test_impossible_paths_are_refused(path: str) -> None:
    with pytest.raises(BadPath):
        file_for(path)


def test_a_sheet_is_read_as_it_was_written(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    written = sheet(keys=("story:1",), headers=(("x-robots-tag", "noindex"),))
    store.write("/en/", written)
    assert store.read("/en/") == written
    assert store.has("/en/")
    assert list(store.walk()) == ["/en/"]
    assert written.br
    assert written.gz


def test_an_evicted_sheet_is_gone_and_its_last_bytes_are_kept(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.write("/en/", sheet())
    store.evict("/en/")
    assert store.read("/en/") is None
    assert list(store.walk()) == []
    kept = store.read("/en/", stale=True)
    assert kept is not None
    assert kept.body == sheet().body
    store.write("/en/", sheet(b"new"))
    assert store.read("/en/", stale=True) is None


def test_a_removed_sheet_leaves_nothing(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.write("/en/", sheet())
    store.evict("/en/")
    store.write("/en/", sheet())
    store.remove("/en/")
    assert [f for f in tmp_path.rglob("*") if f.is_file()] == []


def test_evicting_what_is_not_there_does_nothing(tmp_path: Path) -> None:
    LocalStore(tmp_path).evict("/en/nothing/")
    LocalStore(tmp_path).remove("/en/nothing/")


def test_a_reader_never_sees_parts_of_two_prints(tmp_path: Path) -> None:
    """A writer replaces a sheet over and over with bodies of the same length; every read is one of them, whole."""
    store = LocalStore(tmp_path)
    prints = [sheet(bytes([65 + n]) * 4000) for n in range(8)]
    store.write("/en/", prints[0])
    done = threading.Event()

    def write() -> None:
        for n in range(300):
            store.write("/en/", prints[n % 8])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    reads = 0
    while not done.is_set():
        kept = store.read("/en/")
        if kept is not None:
            reads += 1
            assert kept.sheet.describes(kept.body, kept.br, kept.gz)
            assert len(set(kept.body)) == 1
    writer.join()
    assert reads > 10


def test_counters_advance_without_losing_one(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    threads = [threading.Thread(target=lambda: [store.advance("en") for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.state().epoch, store.state().generation("en"), store.state().generation("ar")) == (100, 100, 0)
