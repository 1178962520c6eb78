"""A reader's browser: what it is started with, what it notes while a page loads, and what it can measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
NODE = Path(__file__).resolve().parents[2] / "node_modules"

_WATCH_SHIFTS = """
window.shifts = [];
window.shiftObserver = new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry);
});
window.shiftObserver.observe({type: 'layout-shift', buffered: true});
"""

#: Goes down the whole page as a reader does, until every picture on the way has come, and back to the top.
_READ_THROUGH = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  await document.fonts.ready;
  const step = Math.max(innerHeight / 2, document.documentElement.scrollHeight / 20);
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) { scrollTo(0, y); await frame(); }
  await Promise.all([...document.images].filter(image => image.checkVisibility() && !image.complete).map(
    image => new Promise(done => { image.onload = image.onerror = done; })));
  scrollTo(0, 0);
  await frame();
  await frame();
}"""

_SHIFTED = """() => {
  const all = [...window.shifts, ...window.shiftObserver.takeRecords().filter(entry => !entry.hadRecentInput)];
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  return all.map(entry => [entry.value, entry.sources.map(({ node, previousRect, currentRect }) =>
    `${(node?.outerHTML ?? node?.textContent)?.slice(0, 80)}: ${box(previousRect)} to ${box(currentRect)}`)]);
}"""

#: Elements that stick out of the window sideways, unless something round them scrolls or cuts them off.
_STICKING_OUT = """() => {
  const held = element => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (/auto|scroll|hidden|clip/.test(style.overflowX) || style.position === 'fixed') return true;
      if (around.matches('.skip, .visually-hidden')) return true;
    }
    return false;
  };
  const found = document.documentElement.scrollWidth > innerWidth
    ? [`the page: ${document.documentElement.scrollWidth} px in ${innerWidth}`] : [];
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width && box.height && (box.right > innerWidth + 1 || box.left < -1) && !held(element))
      found.push(`${element.outerHTML.slice(0, 120)}: ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  return found.slice(0, 5);
}"""


@dataclass
class Visit:
    """A page that has loaded, and what went wrong meanwhile."""

    page: Page
    base: str
    status: int = 0
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports the page's own 404 or 410 as an error; the tests know which status to expect.
        if message.type == "error" and message.location["url"] != self.page.url:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")

    def shifts(self) -> list[Any]:
        """Size and place of every movement that the reader did not cause."""
        return list(self.page.evaluate(_SHIFTED))

    def sticking_out(self) -> list[str]:
        return list(self.page.evaluate(_STICKING_OUT))

    def violations(self) -> list[str]:
        """What axe-core finds, one line each."""
        self.page.evaluate((NODE / "axe-core" / "axe.min.js").read_text("utf-8") + "; 0")
        found = self.page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for rule in found
            for node in rule["nodes"]
        ]


@contextmanager
def visit(browser: Browser, base: str, url: str, *, read: bool = True, **context: Any) -> Iterator[Visit]:
    """Open `url` in a window of its own and, with `read`, go through the page once; `context` is as in `new_context`.

    With JavaScript off, requests to other hosts are noted and held back.
    """
    window = browser.new_context(**context)
    window.set_default_timeout(30_000)
    scripted = context.get("java_script_enabled", True)
    if scripted:
        window.add_init_script(_WATCH_SHIFTS)
    else:
        window.route(lambda asked: not asked.startswith((base + "/", "data:")), lambda route: route.abort())
    made = Visit(window.new_page(), base)
    made.listen()
    try:
        response = made.page.goto(url, wait_until="load")
        made.status = response.status if response else 0
        if read and scripted:
            made.page.evaluate(_READ_THROUGH)
        yield made
    finally:
        window.close()
