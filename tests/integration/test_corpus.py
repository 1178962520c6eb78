"""The whole corpus taken in by the command, and every story of it read through a stand."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from tests.running import dateline, get, running

_SPACE = re.compile(r"\s+")
_MARKS = {"Cf", "Cc"}


def plain(text: str) -> str:
    """Text as a reader sees it: normal form, no marks that only steer, single spaces."""
    kept = "".join(
        c for c in unicodedata.normalize("NFC", text) if c.isspace() or unicodedata.category(c) not in _MARKS
    )
    return _SPACE.sub(" ", kept).strip()


def items(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted((folder / "stories").glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def addresses(folder: Path) -> dict[str, str]:
    with sqlite3.connect(f"file:{folder / 'newsroom.sqlite3'}?mode=ro", uri=True) as database:
        return dict(
            database.execute(
                "SELECT uri, path FROM stories_story JOIN editions_address ON page_id = page_ptr_id WHERE current"
            ).fetchall()
        )


def faults(item: dict[str, Any], body: bytes) -> list[str]:
    """What a story's page does not show of its item."""
    page = html.fromstring(body.decode())
    found = []
    direction = "rtl" if item["language"] == "ar" else "ltr"
    if (page.get("lang"), page.get("dir")) != (item["language"], direction):
        found.append(f"language {page.get('lang')}, direction {page.get('dir')}")
    headline = plain(item["headlines"][0]["value"])
    if plain(page.xpath("string(//h1)")) != headline:
        found.append(f"headline {page.xpath('string(//h1)')!r} for {headline!r}")
    article = page.xpath("//article")[0]
    for other in article.xpath(".//*[@dir][not(self::bdi)]"):  # a <bdi> is a name or an address in its own script
        if other.get("dir") != direction:
            found.append(f"<{other.tag}> runs {other.get('dir')}")
    text = plain(article.text_content())
    signed = [plain(by["name"]) for by in item.get("bylines", []) if by.get("name")]
    signed = signed or [plain(person["name"]) for person in item.get("people", []) if person.get("name")]
    sources = [plain(source["name"]) for source in item.get("infoSources", []) if source.get("name")]
    if not any(name in text for name in (*signed, *sources)):
        found.append(f"none of {[*signed, *sources]}")
    main = next(body["value"] for body in item["bodies"] if body["role"] == "main")
    paragraphs = html.fragment_fromstring(main, create_parent="div").xpath(".//p")
    first = next((words for p in paragraphs if (words := plain(p.text_content()))), "")
    if first[:60] not in text:
        found.append(f"not the words {first[:60]!r}")
    return found


@pytest.mark.long
def test_every_story_of_the_corpus_is_taken_in_and_reads_as_it_was_written(tmp_path: Path, shared: Path) -> None:
    corpus, folder = shared / "corpus", tmp_path / "n"
    assert dateline("init", folder).returncode == 0
    first = dateline("-C", folder, "import", "--json", corpus)
    told = json.loads(first.stdout)
    wanted = {item["uri"]: item for item in items(corpus)}
    assert (first.returncode, told["created"], told["problems"]) == (0, len(wanted), [])
    again = json.loads(dateline("-C", folder, "import", "--json", corpus).stdout)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, len(wanted))
    paths = addresses(folder)
    assert paths.keys() == wanted.keys()
    wrong: dict[str, list[str]] = {}
    with running(folder) as port:
        for uri, path in paths.items():
            status, _headers, body = get(port, quote(path))
            found = faults(wanted[uri], body) if status == 200 else [f"status {status}"]
            if found:
                wrong[uri] = found
    assert wrong == {}
