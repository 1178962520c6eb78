"""Pages on a slow line: what is on the screen stays where it is while the rest of the page arrives."""

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import HOMES, DemoPage
from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import Site

#: Takes what follows the masthead away, then the masthead's parts from the last to the first; names those in sight that
#: stand elsewhere then. Only where a part begins counts, since it may grow.
_MOVED = """() => {
  const all = [...document.querySelectorAll('.masthead *')].filter(part => !part.closest('.menu__panel'));
  const seen = part => part.checkVisibility({ visibilityProperty: true }) && part.textContent.trim();
  const start = document.dir === 'rtl' ? 'right' : 'left';
  const place = part => { const at = part.getBoundingClientRect(); return `${at[start]} ${at.y}`; };
  const places = new Map(all.filter(part => seen(part) && part.matches('a, summary, dateline-today'))
    .map(part => [part, place(part)]));
  const moved = new Set();
  while (document.body.lastElementChild.tagName !== 'HEADER') document.body.lastElementChild.remove();
  for (const gone of all.toReversed()) {
    gone.remove();
    for (const [part, at] of places) if (part.isConnected && seen(part) && place(part) !== at) moved.add(part.outerHTML);
  }
  return [places.size, [...moved]];
}"""


@pytest.mark.parametrize("home", HOMES, ids=str)
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_masthead_stands_still_while_it_arrives(
    screen: dict[str, int], home: DemoPage, browser: Browser, site: Site
) -> None:
    with visit(browser, site.base, site.address(home), viewport=screen, read=False) as made:
        parts, moved = made.page.evaluate(_MOVED)
    assert parts > 10
    assert moved == []
