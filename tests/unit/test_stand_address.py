"""Which decoded paths can name a sheet."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stand.address import Address, Kind, edition_of, href, may_be_printed, read_address
from dateline.store import file_for


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/en/politics/2026/11/a-story/",
        "/en/rss.xml",
        "/robots.txt",
        "/ar/أخبار/",
        "/zh/新闻/",
        "/en/a b/",
        "/en/a:b@c!$&'()*+,;=~/",
        "/en/v1.2/notes/",
        "/en/x.php",
    ],
)
def test_paths_that_may_be_sheets(path: str) -> None:
    assert read_address(path, 2048) == Address(Kind.SHEET, path)


@pytest.mark.parametrize(
    ("path", "kind", "leads_to"),
    [
        ("/en", Kind.FOLDER, "/en/"),
        ("/en/politics", Kind.FOLDER, "/en/politics/"),
        ("/en/v1.2/notes", Kind.FOLDER, "/en/v1.2/notes/"),
        ("/index.html", Kind.MOVED, "/"),
        ("/en/index.html", Kind.MOVED, "/en/"),
        ("/en/cafe\u0301/", Kind.MOVED, "/en/caf\u00e9/"),
        ("/en/cafe\u0301", Kind.MOVED, "/en/caf\u00e9/"),
        ("/ko/\u1112\u1161\u11ab/", Kind.MOVED, "/ko/\ud55c/"),
    ],
)
def test_paths_that_lead_elsewhere(path: str, kind: Kind, leads_to: str) -> None:
    assert read_address(path, 2048) == Address(kind, leads_to)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 400),
        ("*", 400),
        ("en/", 400),
        ("/en/\ufffd/", 400),
        ("/en/\ud800/", 400),
        ("/en/100%/", 400),
        ("/en/%2e/", 400),
        ("/en/\\/", 400),
        ("/en/\x00/", 400),
        ("/en/\r\n/", 400),
        ("/en/\x7f/", 400),
        ("//", 404),
        ("/en//", 404),
        ("/./", 404),
        ("/../", 404),
        ("/en/..", 404),
        ("/.git", 404),
        ("/en/.x/", 404),
        ("/en/x.meta", 404),
        ("/en/x.html.br", 404),
        ("/en/x.tmp", 404),
        ("/en/a\u202eb/", 404),
        ("/en/a\u200fb/", 404),
        ("/en/" + "a" * 231 + "/", 404),
        ("/" + "a/" * 1023 + "a", 404),
        ("/" + "a" * 2048, 414),
        ("/" + "é" * 1024, 414),
    ],
)
def test_paths_that_are_refused(path: str, status: int) -> None:
    assert read_address(path, 2048) == Address(Kind.REFUSED, status=status)


@given(st.text(max_size=60).map(lambda text: "/" + text))
def test_whatever_is_not_refused_has_one_canonical_file(path: str) -> None:
    address = read_address(path, 2048)
    if address.kind is Kind.REFUSED:
        assert address.status in (400, 404, 414)
        return
    assert ".." not in file_for(address.path).split("/")
    assert unicodedata.is_normalized("NFC", address.path)
    assert read_address(address.path, 2048) == Address(Kind.SHEET, address.path), "a redirect leads to its end"
    assert unquote(href(address.path)) == address.path
    assert href(address.path).isascii()
    assert not href(address.path).startswith("//")


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("/", True),
        ("/en/", True),
        ("/en/x.php/", True),
        ("/en/rss.xml", True),
        ("/en/sitemap-2026-11.xml", True),
        ("/en/feed.json", True),
        ("/app.webmanifest", True),
        ("/en/calendar.ics", True),
        ("/x.php", False),
        ("/x.PHP", False),
        ("/x.xml.bak", False),
        ("/en/a.", False),
        ("/en/a.zip", False),
    ],
)
def test_what_the_desk_is_asked_for(path: str, *, printed: bool) -> None:
    assert may_be_printed(path) is printed


def test_editions() -> None:
    assert [edition_of(p) for p in ("/en/", "/en", "/en/a/b/", "/", "/404.html")] == ["en", "en", "en", "", "404.html"]
