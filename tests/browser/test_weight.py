"""What a story of about 600 words costs a reader's line, pictures aside."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import MEASURED, DemoPage
from tests.browser.reader import PHONE, visit
from tests.browser.site import Site

KILOBYTE = 1024


def sent(site: Site, path: str) -> tuple[int, str]:
    """Bytes on the wire of one file as a browser asks for it, and its text."""
    import http.client

    import brotli

    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"})
        response = connection.getresponse()
        body = response.read()
        assert response.status == 200
        assert response.getheader("Content-Encoding") == "br"
        return len(body), brotli.decompress(body).decode()
    finally:
        connection.close()


@pytest.mark.parametrize("story", MEASURED, ids=str)
def test_story_keeps_to_its_budget(story: DemoPage, site: Site) -> None:
    page, markup = sent(site, urlsplit(site.address(story)).path)
    styles = [sent(site, path)[0] for path in re.findall(r'<link rel="stylesheet" href="([^"]+)"', markup)]
    scripts = [sent(site, path)[0] for path in re.findall(r'<script[^>]* src="([^"]+)"', markup)]
    assert styles
    assert scripts
    assert page <= 14 * KILOBYTE
    assert sum(styles) <= 12 * KILOBYTE
    assert sum(scripts) <= 10 * KILOBYTE


@pytest.mark.parametrize("story", MEASURED, ids=str)
def test_story_brings_no_fonts_and_asks_nobody_else(story: DemoPage, site: Site, browser: Browser) -> None:
    kinds: list[str] = []
    window = browser.new_context(viewport=PHONE)
    try:
        page = window.new_page()
        page.on("request", lambda request: kinds.append(request.resource_type))
        page.goto(site.address(story), wait_until="load")
        assert window.cookies() == []
    finally:
        window.close()
    assert "font" not in kinds
    assert set(kinds) <= {"document", "stylesheet", "script", "image", "fetch", "eventsource", "other"}


@pytest.mark.parametrize("story", MEASURED, ids=str)
def test_story_runs_the_scripts_that_are_counted(story: DemoPage, site: Site, browser: Browser) -> None:
    with visit(browser, site.base, site.address(story), viewport=PHONE) as made:
        loaded = made.page.evaluate(
            "performance.getEntriesByType('resource').filter(e => e.initiatorType === 'script').map(e => e.name)"
        )
    _, markup = sent(site, urlsplit(site.address(story)).path)
    assert {urlsplit(url).path for url in loaded} == set(re.findall(r'<script[^>]* src="([^"]+)"', markup))
