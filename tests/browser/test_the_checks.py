"""Pages that are broken on purpose: every check of the browser tests sees the fault it is there for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import NEWS
from tests.browser.reader import PHONE, Visit, visit
from tests.browser.site import Site

#: What breaks the page, and the rule of axe-core that it breaks.
BARRIERS = {
    "image-alt": "document.querySelector('main img').removeAttribute('alt')",
    "color-contrast": "document.querySelector('main h1').style.color = '#ccc'",
    "link-name": "document.querySelector('main a[href]').replaceChildren()",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "heading-order": "document.querySelector('main h1').insertAdjacentHTML('afterend', '<h5>Too deep</h5>')",
}


@pytest.fixture
def story(browser: Browser, site: Site) -> Iterator[Visit]:
    with visit(browser, site.base, site.address(NEWS[0]), viewport=PHONE) as made:
        assert made.faults == []
        yield made


@pytest.mark.parametrize("rule", BARRIERS)
def test_axe_sees_a_barrier(rule: str, story: Visit) -> None:
    story.page.evaluate(f"{BARRIERS[rule]}; 0")
    assert any(found.startswith(f"{rule}:") for found in story.violations())


def test_something_too_wide_is_seen(story: Visit) -> None:
    assert story.sticking_out() == []
    story.page.evaluate("document.querySelector('main p').style.inlineSize = '400px'")
    assert story.sticking_out() != []


def test_a_movement_is_seen(story: Visit) -> None:
    assert story.shifts() == []
    story.page.evaluate(
        """async () => {
          document.querySelector('main').style.paddingBlockStart = '200px';
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )
    assert story.shifts() != []


def test_an_error_in_the_console_is_seen(story: Visit) -> None:
    with story.page.expect_console_message():
        story.page.evaluate("console.error('lost')")
    assert story.faults == ["console: lost"]


def test_a_script_that_fails_is_seen(story: Visit) -> None:
    with story.page.expect_event("pageerror"):
        story.page.evaluate("setTimeout(() => { throw new Error('lost') })")
    assert story.faults == ["script: lost"]


def test_a_file_that_is_missing_is_seen(story: Visit) -> None:
    with story.page.expect_response("**/missing.png"):
        story.page.evaluate("new Image().src = '/missing.png'")
    assert any(fault.startswith("404: ") for fault in story.faults)


def test_a_request_to_another_host_is_seen(story: Visit) -> None:
    story.page.route("http://elsewhere.test/**", lambda route: route.abort())
    with story.page.expect_request("http://elsewhere.test/**"):
        # Navigation, since the content policy stops everything less before it is asked for.
        story.page.evaluate("location.href = 'http://elsewhere.test/'; 0")
    assert "another host: http://elsewhere.test/" in story.faults
