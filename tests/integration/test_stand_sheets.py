"""Printed pages as readers get them."""

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path

import brotli
import pytest

from tests.integration.test_stand_site import Site, fetch, open_site

pytest_plugins = ["tests.integration.test_stand_site"]

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(
    ("accepted", "coding", "tag"),
    [
        ("gzip, deflate, br", "br", "-br"),
        ("gzip", "gzip", "-gz"),
        ("br;q=0.1, gzip;q=0.9", "gzip", "-gz"),
        ("zstd", "", ""),
        ("", "", ""),
        ("*", "br", "-br"),
        ("identity;q=0", "", ""),
    ],
)
def test_each_coding_has_its_own_bytes_and_tag(site: Site, accepted: str, coding: str, tag: str) -> None:
    stored = site.print("/en/codings/", "codings", keys=("story:1", "list:en"))
    got = site.get("/en/codings/", headers={"Accept-Encoding": accepted})
    assert got.status == 200
    assert OPENED[coding](got.body) == stored.body
    assert got["content-encoding"] == coding
    assert got["etag"] == f'"{stored.sheet.digest}{tag}"'
    assert got["content-length"] == str(len(got.body))
    assert got["vary"] == "Accept-Encoding"
    assert site.desk.asked == []


def test_headers_come_from_the_sheet_and_the_security_policy(site: Site) -> None:
    stored = site.print(
        "/en/headers/",
        "headers",
        cache="public, max-age=60",
        keys=("story:1", "list:en"),
        modified=1_700_000_000,
        headers=(
            ("x-frame-options", "SAMEORIGIN"),
            ("link", '</rss.xml>; rel="alternate"'),
            ("set-cookie", "a=b"),
            ("vary", "X-Other"),
        ),
    )
    got = site.get("/en/headers/")
    assert got["content-type"] == stored.sheet.content_type
    assert got["cache-control"] == "public, max-age=60"
    assert got["surrogate-key"] == "story:1 list:en"
    assert got["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert got["link"] == '</rss.xml>; rel="alternate"'
    assert got["vary"] == "Accept-Encoding, X-Other"
    assert got["set-cookie"] == "", "a page that everybody gets sets no cookie"
    assert got["x-frame-options"] == "SAMEORIGIN", "a sheet's own header takes precedence"
    assert got["content-security-policy"].startswith("default-src 'none'")
    assert got["x-content-type-options"] == "nosniff"
    assert got["referrer-policy"] and got["permissions-policy"]


def test_not_modified_by_tag_and_by_date(site: Site) -> None:
    stored = site.print("/en/unchanged/", "unchanged", modified=1_700_000_000, keys=("story:1",))
    plain, tag = f'"{stored.sheet.digest}"', f'"{stored.sheet.digest}-gz"'
    at, later, before = (formatdate(1_700_000_000 + s, usegmt=True) for s in (0, 60, -60))
    cases: list[tuple[dict[str, str], int]] = [
        ({"If-None-Match": tag, "Accept-Encoding": "gzip"}, 304),
        ({"If-None-Match": f"W/{tag}", "Accept-Encoding": "gzip"}, 304),
        ({"If-None-Match": f'"x", {tag}', "Accept-Encoding": "gzip"}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": tag}, 200),
        ({"If-None-Match": plain}, 304),
        ({"If-None-Match": '"x"', "If-Modified-Since": later}, 200),
        ({"If-Modified-Since": at}, 304),
        ({"If-Modified-Since": later}, 304),
        ({"If-Modified-Since": before}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ]
    for headers, status in cases:
        for _ in range(2):  # read from the store, then from the shelf
            assert site.get("/en/unchanged/", headers=headers).status == status, headers
    got = site.get("/en/unchanged/", headers={"If-None-Match": "*"})
    assert got.body == b""
    assert got["etag"] == plain
    assert got["surrogate-key"] == "story:1"
    assert got["vary"] == "Accept-Encoding"
    assert got["cache-control"] and got["last-modified"]


def test_head_has_the_headers_of_get_and_no_body(site: Site) -> None:
    site.print("/en/head/", "head")
    for headers in ({}, {"Accept-Encoding": "br"}):
        got, head = site.get("/en/head/", headers=headers), site.get("/en/head/", method="HEAD", headers=headers)
        assert head.body == b""
        assert [h for h in head.headers if h[0] != "date"] == [h for h in got.headers if h[0] != "date"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_readers_may_only_read(site: Site, method: str) -> None:
    site.print("/en/read-only/", "read only")
    for path in ("/en/read-only/", "/en/absent/", "/static/a.css", "/-/health"):
        got = site.get(path, method=method)
        assert got.status == 405
        assert got["allow"] == "GET, HEAD"
    assert site.get("/en/read-only/", method="BREW").status == 501
    assert site.desk.asked == []


def test_other_statuses_come_from_the_sheet(site: Site) -> None:
    site.print("/en/moved/", b"", status=301, location="/en/new/")
    site.print("/en/gone/", "withdrawn", status=410)
    site.print("/en/odd/", "odd", status=404)
    moved, gone = site.get("/en/moved/"), site.get("/en/gone/")
    assert (moved.status, moved["location"], moved.body) == (301, "/en/new/", b"")
    assert gone.status == 410
    assert b"withdrawn" in gone.body
    assert site.get("/en/odd/").status == 404
    tagged = site.get("/en/gone/", headers={"If-None-Match": gone["etag"]})
    assert tagged.status == 410, "a condition applies to what would be a 200"


def test_any_query_is_the_same_sheet_and_no_work_for_the_desk(site: Site) -> None:
    stored = site.print("/en/query/", "query")
    targets = [f"/en/query/?utm_source={n}&x=%ff%00{'a' * (n % 50)}" for n in range(2000)]
    with ThreadPoolExecutor(8) as readers:
        bodies = set(readers.map(lambda target: site.get(target).body, targets))
    assert bodies == {stored.body}
    assert site.desk.asked == []


@pytest.mark.parametrize(
    "written",
    ["/en/café/", "/en/caf%C3%A9/", "/en/caf%c3%a9/", "/%65n/caf%C3%A9/", "/en/caf%C3%A9/?x=1", "/en/café/#top"],
)
def test_every_spelling_of_a_path_is_the_same_sheet(site: Site, written: str) -> None:
    stored = site.print("/en/café/", "coffee")
    assert site.get(written).body == stored.body


def test_arabic_paths(site: Site) -> None:
    stored = site.print("/ar/أخبار/", "news")
    assert site.get("/ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/").body == stored.body
    assert site.get("/ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1")["location"] == "/ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/"


def test_readers_are_sent_to_the_one_address_of_a_sheet(site: Site) -> None:
    site.print("/en/café/", "coffee")
    site.print("/en/folder/", "folder")
    cases = {
        "/en/folder": "/en/folder/",
        "/en/folder?a=b": "/en/folder/",
        "/en/folder/index.html": "/en/folder/",
        "/en/cafe%CC%81/": "/en/caf%C3%A9/",
        "/en/cafe%CC%81": "/en/caf%C3%A9/",
    }
    for path, location in cases.items():
        got = site.get(path)
        assert (got.status, got["location"]) == (301, location), path
        assert got.body == b""
    assert site.desk.asked == []


def test_a_new_print_is_served_at_once(site: Site) -> None:
    for n in range(30):
        stored = site.print("/en/reprinted/", f"print {n}", headers=(("x-print", str(n)),))
        got = site.get("/en/reprinted/", headers={"Accept-Encoding": "br"})
        assert brotli.decompress(got.body) == stored.body
        assert got["x-print"] == str(n)


def test_a_removed_sheet_is_gone_at_once(site: Site) -> None:
    site.print("/en/withdrawn/", "secret")
    assert site.get("/en/withdrawn/").status == 200
    site.store.remove("/en/withdrawn/")
    got = site.get("/en/withdrawn/")
    assert got.status == 404
    assert b"secret" not in got.body


def test_readers_see_whole_prints_while_the_press_writes(site: Site) -> None:
    """Whatever the moment, body, tag and headers belong to one print."""
    prints = {site.print("/en/busy/", f"print {n}").sheet.etag: f"print {n}" for n in range(2)}

    def read(_: int) -> None:
        got = fetch(site.port, "/en/busy/")
        assert prints[got["etag"]].encode() in got.body

    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read, n) for n in range(200)]
        for n in range(100):
            site.print("/en/busy/", f"print {n % 2}")
        for done in reading:
            done.result()
    # A writer that is held up between two renames, on a busy machine, sends a reader to the desk.
    assert len(site.desk.asked) <= 5


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"status": 200', b"\xff\xfe"])
def test_a_damaged_sheet_is_printed_anew(site: Site, damage: bytes) -> None:
    site.print("/en/damaged/", "old")
    site.prints("/en/damaged/", "new")
    Path(site.store.stat_file("/en/damaged/")).write_bytes(damage)
    assert b"new" in site.get("/en/damaged/").body


def test_a_body_that_is_not_the_sheets_own_is_never_sent(site: Site) -> None:
    site.print("/en/cut/", "whole")
    body = Path(site.store.stat_file("/en/cut/")).with_suffix("")
    body.write_bytes(body.read_bytes()[:100])
    site.prints("/en/cut/", "printed anew")
    assert b"printed anew" in site.get("/en/cut/").body


def test_every_worker_serves(tmp_path: Path) -> None:
    run = "import sys; from dateline.stand import config, serve; "
    run += "serve.serve(config.StandConfig.from_env(), '127.0.0.1', int(sys.argv[1]), workers=2)"
    with open_site(tmp_path, run=run) as opened:
        for n in range(20):
            stored = opened.print("/en/", f"print {n}")
            assert opened.get("/en/").body == stored.body


def test_more_sheets_than_fit_in_memory(tmp_path: Path) -> None:
    with open_site(tmp_path, memory_bytes=1024 * 1024) as opened:
        paths = [f"/en/{n}/" for n in range(60)]
        for path in paths:
            opened.print(path, os.urandom(60_000).hex().encode())
        for path in [*paths, *reversed(paths)]:
            assert opened.get(path).status == 200
        assert opened.desk.asked == []
