"""Row 13: what Lighthouse, with its preset for telephones, says of the demo newsroom's pages."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.load import MissingTool, program
from tests.bench.plan import Run, say
from tests.bench.table import Line
from tests.browser.demo_pages import PAGES
from tests.browser.site import Site
from tests.running import dateline, environment, get, running

FOLDER = Path(__file__).resolve().parents[1] / "lighthouse"

#: Pages by their kinds, and the edition that each is read in.
ASKED = (
    ("home", "en"),
    ("section", "ar"),
    ("news", "es"),
    ("news", "ar"),
    ("live", "en"),
    ("channel", "en"),
)

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PERFORMANCE, PAINT = 0.99, 1.2

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True, slots=True)
class Rating:
    """One run. `scores` of 0 to 1 by category, `paint` the largest contentful paint in seconds, `shift` a plain number.

    `short` names the audits that took a point from a category other than performance.
    """

    scores: dict[str, float]
    paint: float
    shift: float
    blocked: float
    short: tuple[str, ...]


def lighthouse_program() -> Path:
    """Raises MissingTool where it is not installed."""
    found = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not found.exists():
        raise MissingTool(f"lighthouse is missing; `make bench` installs it, or: npm ci --prefix {FOLDER.name}")
    return found


def ratings(run: Run) -> list[Line]:
    newsroom = run.folder / "lighthouse"
    made = dateline("init", newsroom, "--demo", env=environment())
    if made.returncode:
        raise RuntimeError(made.stdout + made.stderr)
    with running(newsroom, private_streams="true") as port:
        site = Site(port, newsroom)
        addresses = {(page.kind, page.edition): site.address(page) for page in PAGES}
        for asked in ASKED:
            # The first reader's wait for the press is not what is rated.
            status, _, _ = get(port, addresses[asked].removeprefix(site.base))
            assert status == 200, addresses[asked]
        found: dict[tuple[str, str], list[Rating]] = {asked: [] for asked in ASKED}
        rounds = {asked: lambda asked=asked: found[asked].append(rate(addresses[asked])) for asked in ASKED}
        run.alternating(run.amounts.ratings, rounds)
    return [_line(f"{kind}, {edition}", found[kind, edition]) for kind, edition in ASKED]


def rate(address: str) -> Rating:
    """One run of Lighthouse, which starts a browser of its own."""
    command = [lighthouse_program(), address, "--output=json", "--quiet", f"--chrome-flags={_FLAGS}"]
    env = os.environ | {"CHROME_PATH": program("chromium", "chromium")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=180, check=False)
    if done.returncode:
        raise RuntimeError(f"Lighthouse could not rate {address}: {done.stderr.strip()}")
    return read_report(json.loads(done.stdout))


def read_report(report: dict[str, Any]) -> Rating:
    """What counts here of a report."""
    audits, categories = report["audits"], report["categories"]
    lost = [
        ref["id"]
        for name in CATEGORIES[1:]
        for ref in categories[name]["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1 and audits[ref["id"]]["score"] is not None
    ]
    return Rating(
        {name: categories[name]["score"] for name in CATEGORIES},
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-blocking-time"]["numericValue"] / 1000,
        tuple(lost),
    )


def _line(what: str, found: list[Rating]) -> Line:
    scores = {name: median(each.scores[name] for each in found) for name in CATEGORIES}
    paint, shift = median(each.paint for each in found), max(each.shift for each in found)
    short = sorted({name for each in found for name in each.short})
    for name in short:
        say(f"{what} loses points by {name}")
    whole = all(scores[name] == 1 for name in CATEGORIES[1:])
    return Line(
        13,
        f"{what}: performance, accessibility, best practice, SEO",
        " · ".join(f"{scores[name] * 100:.0f}" for name in CATEGORIES),
        f"LCP {paint:.2f} s, CLS {shift:.3g}, blocked {median(each.blocked for each in found) * 1000:.0f} ms",
        "",
        "99 · 100 · 100 · 100, LCP 1.2 s, CLS 0",
        whole and scores["performance"] >= PERFORMANCE and paint <= PAINT and shift == 0,
        {"scores": scores, "lcp": [each.paint for each in found], "cls": shift, "short": short},
    )
