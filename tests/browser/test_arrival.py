"""Pages on a slow line: what is on the screen stays where it is while the rest of the page arrives."""

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import Site

#: One page of each layout, from the left and from the right.
ARRIVING = [
    page
    for page in PAGES
    if page.edition in {"en", "ar"} and page.kind in {"home", "section", "author", "opinion-section", "news"}
]

#: Writes the page again, the head and then the rest a few lines at a time, and has each of them drawn.
_WRITE_SLOWLY = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const markup = await (await fetch(location.href)).text();
  const start = markup.indexOf('<header class="masthead"');
  document.open();
  document.write(markup.slice(0, start));
  while (!document.styleSheets.length) await frame();
  await frame();
  window.shifts = [];
  for (let at = start, end; at < markup.length; at = end) {
    end = markup.indexOf('\\n', at + 300) + 1 || markup.length;
    document.write(markup.slice(at, end));
    if (at < start + 15000) await frame();
  }
  document.close();
  await frame();
}"""


@pytest.mark.parametrize("arriving", ARRIVING, ids=str)
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_what_is_there_stands_still_while_the_rest_arrives(
    screen: dict[str, int], arriving: DemoPage, browser: Browser, site: Site
) -> None:
    with visit(browser, site.base, site.address(arriving), viewport=screen, read=False) as made:
        made.page.evaluate(_WRITE_SLOWLY)
        assert made.page.locator("footer.foot").count() == 1
        assert made.shifts() == []
