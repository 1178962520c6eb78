"""Beacons at the stand: what counts, what is refused, and what is left when it is killed."""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store import Sheet, make_sheet
from dateline.store.reads import FOLDER
from tests.integration.test_stand_site import Got, Site, html, open_site, wait_until

pytest_plugins = ["tests.integration.test_stand_site"]

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0"
STORY = "/en/news/2026/11/ferries/"


def print_story(site: Site, path: str = STORY, number: int = 42, status: int = 200) -> None:
    sheet = Sheet(status, "text/html; charset=utf-8", "", 0, headers=(("story", str(number)),))
    site.store.write(path, make_sheet(sheet, html("a story")))


def tell(site: Site, body: bytes | None = None, *, method: str = "POST", **headers: str) -> Got:
    sent = {"User-Agent": AGENT, "Origin": "http://news.example", "Sec-Fetch-Site": "same-origin"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"{STORY}\ndirect".encode() if body is None else body
    return site.get("/-/read", method=method, headers={k: v for k, v in sent.items() if v}, body=body)


def counts(site: Site) -> Counter[tuple[int, str]]:
    """What the stand has written down."""
    found: Counter[tuple[int, str]] = Counter()
    for file in (site.store.root / FOLDER).glob("[0-9]*.json"):
        for story, source, number in json.loads(file.read_text())["reads"]:
            found[story, source] += number
    return found


def stop(site: Site, how: int = signal.SIGTERM) -> None:
    site.process.send_signal(how)
    site.process.wait(20)


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, reads_flush=0.3) as site:
        print_story(site)
        yield site


def test_a_read_is_counted_once_and_answered_with_nothing(stand: Site) -> None:
    got = tell(stand)
    assert (got.status, got.body, got["cache-control"], got["set-cookie"]) == (204, b"", "no-store", "")
    assert tell(stand).status == tell(stand, f"{STORY}\nsearch".encode()).status == 204
    assert tell(stand, User_Agent=AGENT.replace("126", "127")).status == 204
    assert wait_until(lambda: counts(stand), "the first flush") == {(42, "direct"): 2}
    assert stand.desk.asked == []


def test_the_path_may_be_as_the_browser_spells_it_and_readers_are_not_sent_the_number(stand: Site) -> None:
    arabic = "/ar/news/2026/11/العبّارات/"
    print_story(stand, arabic, 43)
    spelt = "/ar/news/2026/11/%D8%A7%D9%84%D8%B9%D8%A8%D9%91%D8%A7%D8%B1%D8%A7%D8%AA/"
    assert tell(stand, f"{spelt}\nsearch".encode()).status == 204
    assert wait_until(lambda: counts(stand), "the flush") == {(43, "search"): 1}
    assert stand.get(STORY)["story"] == ""


NO_READS = [
    b"",
    b"\n",
    b"/\ndirect",
    STORY.encode(),
    f"{STORY}\n".encode(),
    f"{STORY}\nDIRECT".encode(),
    f"{STORY}\nhttps://elsewhere.example/secret".encode(),
    f"{STORY}\ndirect\nmore".encode(),
    b"/en/news/2026/11/nothing-here/\ndirect",
    b"/en/news/2026/11/gone/\ndirect",
    b"/en/\ndirect",
    b"/../../etc/passwd\ndirect",
    b"/en/..%2f..%2f.state\ndirect",
    b"\x00\x00\ndirect",
    STORY.encode() + b"\x00\ndirect",
    b"\xff\xfe\ndirect",
    "/en/\u202enews/\ndirect".encode(),
    b"http://news.example" + STORY.encode() + b"\ndirect",
    b'{"story": 42}',
    b"/" + b"a/" * 1000 + b"\ndirect",
]


def test_what_is_no_read_of_a_printed_story_is_answered_and_not_counted(stand: Site) -> None:
    print_story(stand, "/en/news/2026/11/gone/", 44, status=410)
    stand.print("/en/", "the home")
    for number, body in enumerate(NO_READS):
        sent = {"Content_Length": str(len(body))}
        assert tell(stand, body, User_Agent=f"{AGENT} {number}", **sent).status == 204, body
    # A real one after them: what comes of the flush is that alone.
    tell(stand)
    assert wait_until(lambda: counts(stand), "the flush") == {(42, "direct"): 1}
    assert stand.desk.asked == []


OTHERS = [
    ({"Origin": "https://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Sec_Fetch_Site": "cross-site"}, 403),
    ({"Sec_Fetch_Site": "same-site"}, 403),
    ({"Sec_Purpose": "prefetch;prerender"}, 204),
    ({"Purpose": "prefetch"}, 204),
    ({"User_Agent": "curl/8.5.0"}, 204),
    ({"User_Agent": ""}, 204),
    ({"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, 204),
]


def test_others_pages_bots_and_prefetches_do_not_count(stand: Site) -> None:
    for headers, status in OTHERS:
        assert tell(stand, **headers).status == status, headers
    tell(stand, f"{STORY}\nsearch".encode())
    assert wait_until(lambda: counts(stand), "the flush") == {(42, "search"): 1}


def test_methods_and_lengths_that_are_refused(stand: Site) -> None:
    assert [tell(stand, b"", method=method).status for method in ("GET", "PUT", "DELETE")] == [405, 405, 405]
    assert tell(stand, b"x" * 10_000).status == 413
    assert tell(stand, b"", Content_Length="").status == 411
    assert tell(stand, b"", Content_Length="-1").status in (400, 411)
    assert stand.get("/-/health").status == 200


def test_a_stand_that_is_told_not_to_counts_nothing(tmp_path: Path) -> None:
    with open_site(tmp_path, count_reads=False) as site:
        print_story(site)
        assert tell(site).status == 204
        stop(site)
        assert not (site.store.root / FOLDER).exists()


def test_what_was_counted_is_written_down_at_the_end(tmp_path: Path) -> None:
    with open_site(tmp_path) as site:
        print_story(site)
        assert tell(site).status == 204
        stop(site)
        assert counts(site) == {(42, "direct"): 1}


def test_nothing_before_the_last_flush_is_lost_when_a_stand_is_killed(tmp_path: Path) -> None:
    with open_site(tmp_path, reads_flush=0.3) as site:
        print_story(site)
        for number in range(30):
            assert tell(site, User_Agent=f"{AGENT} {number}").status == 204
        assert wait_until(lambda: counts(site), "the flush") == {(42, "direct"): 30}
        tell(site, User_Agent=f"{AGENT} late")
        stop(site, signal.SIGKILL)
        assert counts(site) in ({(42, "direct"): 30}, {(42, "direct"): 31})
        assert not [file for file in (site.store.root / FOLDER).glob("*") if file.suffix != ".json"]


def test_no_file_names_the_reader(stand: Site) -> None:
    tell(stand)
    wait_until(lambda: counts(stand), "the flush")
    for file in (stand.store.root / FOLDER).iterdir():
        text = file.read_text()
        assert "127.0.0.1" not in text
        assert "Mozilla" not in text
