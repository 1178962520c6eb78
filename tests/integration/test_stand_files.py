"""Pictures and static files."""

import gzip
import os
from email.utils import formatdate
from pathlib import Path

import brotli
import pytest

from tests.integration.test_stand_site import Site

pytest_plugins = ["tests.integration.test_stand_site"]

DATA = bytes(range(256)) * 2000
LASTING = "public, max-age=31536000, immutable"
MODIFIED = 1_700_000_000


def put(root: Path, name: str, data: bytes = DATA) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (MODIFIED, MODIFIED))
    return file


def test_renditions_are_public_and_last(site: Site) -> None:
    put(site.config.media_root, "images/a.width-800.webp")
    got = site.get("/media/images/a.width-800.webp")
    assert (got.status, got.body == DATA) == (200, True)
    assert got["content-type"] == "image/webp"
    assert got["content-length"] == str(len(DATA))
    assert got["cache-control"] == LASTING
    assert got["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert got["accept-ranges"] == "bytes"
    assert got["x-content-type-options"] == "nosniff"
    assert got["etag"].startswith('"') and got["etag"].endswith('"')
    assert site.get("/media/images/a.width-800.webp?v=1").status == 200


def test_nothing_else_in_media_is_public(site: Site) -> None:
    put(site.config.media_root, "original_images/secret.jpg")
    put(site.config.media_root, "documents/secret.pdf")
    put(site.config.media_root, "secret.jpg")
    put(site.config.media_root, "images/.hidden.jpg")
    for path in (
        "/media/original_images/secret.jpg",
        "/media/documents/secret.pdf",
        "/media/secret.jpg",
        "/media/images/.hidden.jpg",
        "/media/images/",
        "/media/images",
        "/media/",
        "/media/images/../secret.jpg",
        "/media/images/%2e%2e/secret.jpg",
        "/media/images//secret.jpg",
        "/media/images/absent.jpg",
    ):
        assert site.get(path).status == 404, path
    assert site.desk.asked == []


def test_links_do_not_lead_out_of_the_folder(site: Site) -> None:
    secret = put(site.config.media_root.parent, "secret/key.txt", b"secret")
    images, static = site.config.media_root / "images", site.config.static_root
    put(static, "real/file.txt", b"public")
    for root in (images, static):
        (root / "link.txt").symlink_to(secret)
        (root / "folder").symlink_to(secret.parent)
    (static / "inside.txt").symlink_to(static / "real" / "file.txt")
    os.mkfifo(static / "pipe.txt")
    for path in ("link.txt", "folder/key.txt"):
        assert site.get(f"/media/images/{path}").status == 404
        assert site.get(f"/static/{path}").status == 404
    assert site.get("/static/pipe.txt").status == 404
    assert site.get("/static/inside.txt").body == b"public"


@pytest.mark.parametrize(
    ("name", "kind", "cache"),
    [
        ("site/theme.css", "text/css; charset=utf-8", LASTING),
        ("site/islands.js", "text/javascript; charset=utf-8", LASTING),
        ("site/font.woff2", "font/woff2", LASTING),
        ("wagtailadmin/core.css", "text/css; charset=utf-8", "public, max-age=300"),
        ("wagtailadmin/names with spaces é.png", "image/png", "public, max-age=300"),
    ],
)
def test_static_files(site: Site, name: str, kind: str, cache: str) -> None:
    put(site.config.static_root, name)
    got = site.get("/static/" + name.replace(" ", "%20"))
    assert (got.status, got["content-type"], got["cache-control"]) == (200, kind, cache)


def test_a_drawing_cannot_run_anything(site: Site) -> None:
    put(site.config.static_root, "site/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    got = site.get("/static/site/a.svg")
    assert got["content-type"] == "image/svg+xml"
    assert "sandbox" in got["content-security-policy"]
    assert "default-src 'none'" in got["content-security-policy"]


def test_content_credentials_are_named_as_what_they_are(site: Site) -> None:
    put(site.config.media_root, "images/a.0123456789abcdef.c2pa")
    got = site.get("/media/images/a.0123456789abcdef.c2pa")
    assert (got.status, got["content-type"], got["x-content-type-options"]) == (200, "application/c2pa", "nosniff")


@pytest.mark.parametrize("name", ["a.html", "a.exe", "a", "a.php", "a.svgz"])
def test_unknown_kinds_are_downloads(site: Site, name: str) -> None:
    put(site.config.static_root, f"odd/{name}")
    got = site.get(f"/static/odd/{name}")
    assert (got.status, got["content-type"]) == (200, "application/octet-stream")
    assert got["content-disposition"] == "attachment"


def test_compressed_siblings(site: Site) -> None:
    text = b"body { color: black }\n" * 1000
    root = site.config.static_root
    put(root, "site/c.css", text)
    put(root, "site/c.css.br", brotli.compress(text))
    put(root, "site/c.css.gz", gzip.compress(text))
    tags = set()
    for accepted, coding, opened in (
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", "", bytes),
    ):
        got = site.get("/static/site/c.css", headers={"Accept-Encoding": accepted})
        assert (got["content-encoding"], opened(got.body)) == (coding, text)
        assert got["content-type"] == "text/css; charset=utf-8"
        assert got["content-length"] == str(len(got.body))
        assert got["vary"] == "Accept-Encoding"
        tags.add(got["etag"])
    assert len(tags) == 3
    part = site.get("/static/site/c.css", headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert (part.status, part.body, part["content-encoding"]) == (206, text[:10], "")
    put(root, "site/c.css", text + b"/* newer */")
    os.utime(root / "site/c.css", (MODIFIED + 60, MODIFIED + 60))
    newer = site.get("/static/site/c.css", headers={"Accept-Encoding": "br, gzip"})
    assert newer["content-encoding"] == "", "an older sibling belongs to an older file"
    assert newer.body.endswith(b"/* newer */")


def test_files_that_did_not_change(site: Site) -> None:
    put(site.config.static_root, "site/same.js")
    tag = site.get("/static/site/same.js")["etag"]
    at, before = formatdate(MODIFIED, usegmt=True), formatdate(MODIFIED - 1, usegmt=True)
    for headers, status in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'W/{tag}, "x"'}, 304),
        ({"If-None-Match": '"x"'}, 200),
        ({"If-Modified-Since": at}, 304),
        ({"If-Modified-Since": before}, 200),
        ({"If-None-Match": '"x"', "If-Modified-Since": at}, 200),
        ({"If-None-Match": tag, "Range": "bytes=0-1"}, 304),
    ):
        got = site.get("/static/site/same.js", headers=headers)
        assert got.status == status, headers
        assert got["etag"] == tag
        assert got["cache-control"] == LASTING
    put(site.config.static_root, "site/same.js", b"changed")
    assert site.get("/static/site/same.js", headers={"If-None-Match": tag}).status == 200


def test_head_of_a_file(site: Site) -> None:
    put(site.config.static_root, "site/head.js")
    for path in ("/static/site/head.js",):
        got, head = site.get(path), site.get(path, method="HEAD", headers={"Range": "bytes=0-1"})
        assert head.body == b""
        assert [h for h in head.headers if h[0] != "date"] == [h for h in got.headers if h[0] != "date"]


def test_an_empty_file(site: Site) -> None:
    put(site.config.static_root, "site/empty.css", b"")
    got = site.get("/static/site/empty.css")
    assert (got.status, got.body, got["content-length"]) == (200, b"", "0")
    assert site.get("/static/site/empty.css", headers={"Range": "bytes=0-"}).status == 416


@pytest.mark.parametrize(
    ("wanted", "status", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=0-499", 206, 0, 500),
        ("bytes=500-", 206, 500, len(DATA)),
        ("bytes=-500", 206, len(DATA) - 500, len(DATA)),
        ("bytes=511999-", 206, 511_999, 512_000),
        ("bytes=100-99999999", 206, 100, len(DATA)),
        ("bytes=-99999999", 206, 0, len(DATA)),
        ("bytes=512000-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, len(DATA)),
        ("bytes=5-2", 200, 0, len(DATA)),
        ("bytes=a-b", 200, 0, len(DATA)),
        ("lines=0-1", 200, 0, len(DATA)),
        ("bytes=0-1-2", 200, 0, len(DATA)),
    ],
)
def test_ranges(site: Site, wanted: str, status: int, start: int, end: int) -> None:
    put(site.config.media_root, "images/range.mp4")
    got = site.get("/media/images/range.mp4", headers={"Range": wanted})
    assert got.status == status
    assert got.body == DATA[start:end]
    assert got["content-length"] == str(end - start)
    expected = {206: f"bytes {start}-{end - 1}/{len(DATA)}", 416: f"bytes */{len(DATA)}", 200: ""}
    assert got["content-range"] == expected[status]


def test_a_range_of_another_version_is_the_whole_file(site: Site) -> None:
    put(site.config.media_root, "images/version.mp4")
    tag = site.get("/media/images/version.mp4")["etag"]
    at, later = formatdate(MODIFIED, usegmt=True), formatdate(MODIFIED + 1, usegmt=True)
    for condition, status in ((tag, 206), (at, 206), (f"W/{tag}", 200), ('"x"', 200), (later, 200), ("never", 200)):
        headers = {"Range": "bytes=0-9", "If-Range": condition}
        assert site.get("/media/images/version.mp4", headers=headers).status == status, condition
