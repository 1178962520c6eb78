"""The pages the stand makes itself."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from dateline.stand.notices import choose_language, notice

VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """Fails on a tag that is not closed in order; collects attributes and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.text: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.setdefault(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.text[self.open[-1]] = self.text.get(self.open[-1], "") + data


@pytest.mark.parametrize("status", [400, 404, 405, 408, 410, 414, 431, 500, 501, 502, 503, 504])
@pytest.mark.parametrize(("path", "direction"), [("/en/", "ltr"), ("/ar/x", "rtl"), ("/es", "ltr")])
def test_notices_are_whole_pages_that_load_nothing(status: int, path: str, direction: str) -> None:
    reply = notice(status, path)
    page = Outline()
    page.feed(reply.body.decode())
    page.close()
    assert page.open == []
    assert reply.status == status
    assert (page.attributes["html"]["lang"], page.attributes["html"]["dir"]) == (path[1:3], direction)
    assert page.text["title"].strip() == page.text["h1"].strip() != ""
    assert page.text["p"].strip()
    assert "prefers-color-scheme:dark" in page.text["style"]
    assert not re.search(rb"https?:|src=|<script|url\(", reply.body)
    assert len(reply.body) < 2048
    allowed = base64.b64encode(hashlib.sha256(page.text["style"].encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in dict(reply.headers)["content-security-policy"]


def test_headers() -> None:
    assert dict(notice(503, retry_after=7).headers)["retry-after"] == "7"
    assert "retry-after" not in dict(notice(404).headers)
    assert dict(notice(405).headers)["allow"] == "GET, HEAD"
    assert dict(notice(500).headers)["cache-control"] == "no-store"
    assert "vary" not in dict(notice(404, "/ar/").headers)
    assert dict(notice(404, "/x/", "ar").headers)["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("ar", "ar"),
        ("ar-EG,ar;q=0.9", "ar"),
        ("ES-mx", "es"),
        ("de, fr;q=0.9", "en"),
        ("de, es;q=0.3, ar;q=0.8", "ar"),
        ("es;q=0, ar;q=0.1", "ar"),
        ("es;q=abc, ar;q=0.1", "ar"),
        ("es;q=nan", "en"),
        (";;,,;q=", "en"),
    ],
)
def test_language_by_header(header: str | None, language: str) -> None:
    assert choose_language(header) == language
