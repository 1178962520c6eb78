"""What the stand does when a page is not printed: who is asked, how often, and what readers see meanwhile."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.integration.test_stand_site import Asked, Got, Site, html, open_site, wait_until

pytest_plugins = ["tests.integration.test_stand_site"]

Reader = Callable[[str], "Future[Got]"]


@pytest.fixture
def read(site: Site):  # type: ignore[no-untyped-def]  # a generator of a function
    """Starts a reader that goes on by itself."""
    with ThreadPoolExecutor(64) as readers:
        yield lambda path, **options: readers.submit(site.get, path, **options)
        site.desk.release()


def test_a_page_is_printed_once_however_many_ask(site: Site, read: Reader) -> None:
    site.prints("/en/once/", "once")
    site.desk.hold()
    reading = [read("/en/once/") for _ in range(50)]
    wait_until(lambda: site.desk.count("/en/once/"), "the first ask")
    site.desk.release()
    assert {(r.result().status, r.result().body) for r in reading} == {(200, html("once"))}
    assert site.desk.count("/en/once/") == 1


def test_what_the_desk_is_told(site: Site) -> None:
    site.prints("/en/café/told/", "told")
    sent = {"Host": "evil.example", "Cookie": "sessionid=1", "X-Forwarded-For": "9.9.9.9", "X-Dateline-Ask": "no"}
    got = site.get("/en/café/told/?next=%2Fx", headers=sent)
    assert got.status == 200
    (asked,) = site.desk.asked
    assert (asked.method, asked.target) == ("GET", "/en/caf%C3%A9/told/")
    assert asked["x-dateline-ask"] == "the-token"
    assert asked["host"] == asked["x-forwarded-host"] == "news.example", "a reader's Host is never printed for"
    assert asked["x-forwarded-proto"] == "http"
    assert asked["cookie"] == asked["x-forwarded-for"] == ""


def test_head_prints_too(site: Site) -> None:
    site.prints("/en/head-first/", "head first")
    got = site.get("/en/head-first/", method="HEAD")
    assert (got.status, got.body, got["content-length"]) == (200, b"", str(len(html("head first"))))
    assert site.desk.asked[0].method == "GET"


def test_a_folder_without_its_slash_is_printed_before_it_is_promised(site: Site) -> None:
    site.prints("/en/unprinted/", "there")
    assert site.get("/en/unprinted")["location"] == "/en/unprinted/"
    assert site.get("/en/nowhere").status == 404


def test_an_answer_that_is_no_sheet_is_passed_on(site: Site) -> None:
    site.desk.answer["/en/loose/"] = (
        200,
        {"Content-Type": "text/plain", "Set-Cookie": "a=b", "X-Debug": "1", "Content-Language": "en"},
        b"loose",
    )
    site.desk.answer["/en/aside/"] = (302, {"Location": "/en/"}, b"")
    got = site.get("/en/loose/")
    assert (got.status, got.body, got["content-type"], got["content-language"]) == (200, b"loose", "text/plain", "en")
    assert got["cache-control"] == "no-store"
    assert got["set-cookie"] == got["x-debug"] == ""
    assert got["x-content-type-options"] == "nosniff"
    aside = site.get("/en/aside/")
    assert (aside.status, aside["location"]) == (302, "/en/")


def test_an_error_of_the_desk_is_a_calm_page(site: Site) -> None:
    site.desk.answer["/en/error/"] = (500, {"Content-Type": "text/html"}, b"Traceback (most recent call last)")
    got = site.get("/en/error/")
    assert got.status == 503
    assert b"Traceback" not in got.body
    assert int(got["retry-after"]) > 0


# ── old copies ──


def evict(site: Site, path: str, body: str) -> None:
    site.print(path, body)
    site.store.evict(path)


def test_an_old_copy_is_served_while_the_desk_takes_its_time(site: Site, read: Reader) -> None:
    evict(site, "/en/slow/", "old")
    site.prints("/en/slow/", "new")
    site.desk.hold()
    started = time.monotonic()
    got = site.get("/en/slow/")
    waited = time.monotonic() - started
    assert html("old") == got.body
    assert 0.25 < waited < 5
    assert (got.status, got["cache-control"], got["warning"]) == (200, "public, max-age=0", "")
    assert got["etag"]
    site.get("/en/slow/")
    assert site.desk.count("/en/slow/") == 1, "the first request to print goes on"
    site.desk.release()
    wait_until(lambda: site.store.has("/en/slow/"), "the print")
    assert site.get("/en/slow/").body == html("new")
    assert site.desk.count("/en/slow/") == 1


def test_a_quick_desk_makes_nobody_see_an_old_copy(site: Site) -> None:
    evict(site, "/en/quick/", "old")
    site.prints("/en/quick/", "new")
    assert site.get("/en/quick/").body == html("new")


def test_a_copy_withdrawn_while_a_reader_waits_is_not_handed_out(site: Site, read: Reader) -> None:
    evict(site, "/en/secret/", "secret")
    site.desk.hold()
    reading = read("/en/secret/")
    wait_until(lambda: site.desk.count("/en/secret/"), "the ask")
    site.store.remove("/en/secret/")
    got = reading.result()
    assert got.status == 504
    assert b"secret" not in got.body


def test_old_copies_outlive_the_desk(site: Site) -> None:
    evict(site, "/en/kept/", "kept")
    site.desk.die()
    got = site.get("/en/kept/", headers={"Accept-Encoding": "br, gzip"})
    assert (got.status, got.body, got["content-encoding"]) == (200, html("kept"), "")
    assert site.get("/en/kept/", headers={"If-None-Match": got["etag"]}).status == 304


def test_what_the_desk_calls_gone_has_no_old_copy(site: Site) -> None:
    evict(site, "/en/went/", "old")
    got = site.get("/en/went/")
    assert got.status == 404
    assert b"old" not in got.body


# ── a desk that is down ──


@pytest.mark.parametrize(
    ("path", "accepted", "language", "says"),
    [
        ("/en/down/", "es", "en", "One moment"),
        ("/ar/down/", "", "ar", "لحظة"),
        ("/es/down/", "ar", "es", "Un momento"),
        ("/fr/down/", "fr, es;q=0.8, ar;q=0.9", "ar", "لحظة"),
        ("/down/", "de", "en", "One moment"),
    ],
)
def test_without_desk_and_copy_there_is_a_calm_page(
    site: Site, path: str, accepted: str, language: str, says: str
) -> None:
    site.desk.die()
    got = site.get(path, headers={"Accept-Language": accepted})
    assert got.status == 503
    assert int(got["retry-after"]) > 0
    assert got["cache-control"] == "no-store"
    assert got["content-language"] == language
    assert says in got.body.decode()


def test_hits_need_no_desk(site: Site) -> None:
    stored = site.print("/en/alive/", "alive")
    site.desk.die()
    assert site.get("/en/alive/").body == stored.body


def test_the_desk_is_asked_again_once_it_is_back(site: Site) -> None:
    site.desk.die()
    assert site.get("/en/back/").status == 503
    site.prints("/en/back/", "back")
    site.desk.start()
    got = wait_until(lambda: (got := site.get("/en/back/")).status == 200 and got, "the desk's return")
    assert got.body == html("back")


def test_a_desk_that_breaks_off_is_left_alone_for_a_while(tmp_path: Path) -> None:
    async def break_off(asked: Asked, reader: object, writer: object) -> None:
        """Close without a word."""

    with open_site(tmp_path, ask_rest=60.0) as opened:
        opened.desk.serve = break_off
        statuses = {opened.get(f"/en/{n}/").status for n in range(30)}
        assert statuses == {503}
        assert len(opened.desk.asked) <= 2, "one request and its repetition, then none"


def test_a_desk_that_never_answers_costs_a_bounded_wait(tmp_path: Path) -> None:
    with open_site(tmp_path, ask_timeout=0.3) as opened:
        opened.desk.hold()
        got = opened.get("/en/")
        assert got.status == 504
        assert int(got["retry-after"]) > 0
        opened.desk.release()


def test_a_stand_without_a_desk_serves_its_store(tmp_path: Path) -> None:
    with open_site(tmp_path, desk_url="") as opened:
        evict(opened, "/en/old/", "old")
        opened.print("/en/404.html", "nothing here", status=404)
        opened.print("/en/", "front")
        assert opened.get("/en/").status == 200
        assert opened.get("/en/old/").body == html("old")
        got = opened.get("/en/absent/")
        assert got.status == 404
        assert b"nothing here" in got.body
        assert opened.get("/desk/").status == 404


# ── many pages at once ──


def test_requests_to_print_are_few_at_a_time_and_the_rest_is_told_to_come_back(tmp_path: Path) -> None:
    with open_site(tmp_path, miss_concurrency=3, miss_queue=10) as opened, ThreadPoolExecutor(40) as readers:
        opened.print("/en/ready/", "ready")
        evict(opened, "/en/stale/", "stale")
        opened.desk.hold()
        reading = [readers.submit(opened.get, f"/en/{n}/") for n in range(40)]
        turned_away = wait_until(lambda: [r for r in reading if r.done()][26:], "the queue to be full")
        assert len(turned_away) == 1
        assert opened.get("/en/ready/").status == 200, "what is printed is served all the while"
        assert opened.get("/en/stale/").body == html("stale")
        opened.desk.release()
        statuses = sorted(r.result().status for r in reading)
        assert statuses == [404] * 13 + [503] * 27
        assert {r.result()["retry-after"] for r in reading if r.result().status == 503} == {"2"}
        assert opened.desk.most_at_once == 3


# ── sheets of an older shell ──


def test_a_sheet_of_an_older_shell_is_served_and_printed_in_the_background(site: Site) -> None:
    generation = site.store.advance("gl").generation("gl")
    site.print("/gl/worn/", "old shell", shell="gl", generation=generation - 1)
    site.prints("/gl/worn/", "new shell", shell="gl", generation=generation)
    site.desk.hold()
    for _ in range(20):
        assert site.get("/gl/worn/").body == html("old shell")
    wait_until(lambda: site.desk.count("/gl/worn/"), "the background ask")
    site.desk.release()
    wait_until(lambda: site.get("/gl/worn/").body == html("new shell"), "the new print")
    assert site.desk.count("/gl/worn/") == 1


def test_background_prints_leave_room_for_readers(tmp_path: Path) -> None:
    with open_site(tmp_path, miss_concurrency=8, ask_wait=5.0) as opened:
        opened.store.advance("en")
        for n in range(20):
            opened.print(f"/en/{n}/", "old", shell="en", generation=0)
        opened.desk.hold()
        for n in range(20):
            assert opened.get(f"/en/{n}/").body == html("old")
        wait_until(lambda: len(opened.desk.asked) == 2, "background asks")
        for n in range(20):
            opened.get(f"/en/{n}/")
        assert len(opened.desk.asked) == 2
        opened.desk.release()


def test_a_sheet_of_the_present_shell_is_left_alone(site: Site) -> None:
    generation = site.store.advance("pt").generation("pt")
    site.print("/pt/fresh/", "fresh", shell="pt", generation=generation)
    site.print("/pt/plain/", "plain")
    for path in ("/pt/fresh/", "/pt/plain/"):
        assert site.get(path).status == 200
    assert site.desk.asked == []


# ── addresses with nothing ──


def test_the_desk_is_asked_once_for_an_absent_page(site: Site) -> None:
    paths = [f"/en/absent/{n}/" for n in range(40)]
    for _ in range(3):
        assert {site.get(path).status for path in paths} == {404}
    assert len(site.desk.asked) == len(paths)


def test_what_was_absent_is_looked_for_again_after_a_change(site: Site) -> None:
    assert site.get("/en/later/").status == 404
    site.prints("/en/later/", "later")
    assert site.get("/en/later/").status == 404
    site.store.advance()
    assert site.get("/en/later/").body == html("later")


def test_an_absent_page_that_is_printed_without_a_change_is_served(site: Site) -> None:
    assert site.get("/en/printed-since/").status == 404
    site.print("/en/printed-since/", "here")
    assert site.get("/en/printed-since/").status == 200


def test_an_answer_from_before_a_change_is_not_remembered(site: Site, read: Reader) -> None:
    site.desk.hold()
    reading = read("/en/overtaken/")
    wait_until(lambda: site.desk.count("/en/overtaken/"), "the ask")
    site.store.advance()
    site.desk.release()
    assert reading.result().status == 404
    assert site.desk.count("/en/overtaken/") == 2, "the answer was older than the change: the desk is asked again"


def test_memory_of_absent_pages_is_bounded(tmp_path: Path) -> None:
    with open_site(tmp_path, not_found_memory=50) as opened:
        for n in range(100):
            assert opened.get(f"/en/{n}/").status == 404
        assert len(opened.desk.asked) == 100
        for n in range(50, 100):
            opened.get(f"/en/{n}/")
        assert len(opened.desk.asked) == 100, "the last fifty are remembered"
        opened.get("/en/0/")
        assert len(opened.desk.asked) == 101, "the oldest is forgotten"


def test_the_edition_tells_its_readers_that_nothing_is_there(site: Site) -> None:
    site.print("/it/", "front")
    site.print("/it/404.html", "niente", status=404, keys=("shell:it",))
    for path in ("/it/x/", "/it/x/", "/it/y.php", "/it/.git/config", "/it//"):
        got = site.get(path, headers={"Accept-Encoding": "gzip"})
        assert got.status == 404, path
        assert got["content-encoding"] == "gzip"
        assert got["etag"] == got["last-modified"] == "", "an absent page has no version"
        assert got["surrogate-key"] == "shell:it"
    got = site.get("/it/x/", headers={"If-None-Match": "*"})
    assert (got.status, html("niente")) == (404, got.body)
    assert site.desk.count("/it/x/") == 1


def test_an_editions_page_for_nothing_is_printed_when_it_is_needed(site: Site) -> None:
    site.print("/ca/", "front")
    site.prints("/ca/404.html", "res", status=404)
    assert b"res" in site.get("/ca/x/").body
    assert [asked.target for asked in site.desk.asked] == ["/ca/x/", "/ca/404.html"]


def test_random_editions_cost_one_request_each(site: Site) -> None:
    for n in range(20):
        got = site.get(f"/no-edition-{n}/x/")
        assert got.status == 404
        assert b"<h1>Page not found</h1>" in got.body
    assert len(site.desk.asked) == 20


def test_the_desks_own_page_for_nothing_is_kept(site: Site) -> None:
    site.desk.answer["/eu/a/"] = (404, {"Content-Type": "text/html"}, b"<p>the desk has nothing</p>")
    for path in ("/eu/a/", "/eu/a/", "/eu/b.php"):
        got = site.get(path)
        assert (got.status, got.body) == (404, b"<p>the desk has nothing</p>")
    assert len(site.desk.asked) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/en/wp-admin/setup.asp",
        "/.env",
        "/.git/config",
        "/en/.well-known/",
        "/backup.sql",
        "/en/index.html.br",
        "/en/page.meta",
        "/a//b/",
        "/media/x",
        "/static/x",
        "/en/x.tar.gz",
    ],
)
def test_what_no_site_prints_is_never_asked_for(site: Site, path: str) -> None:
    assert site.get(path).status == 404
    assert site.desk.asked == []


def test_a_printed_file_of_any_ending_is_served(site: Site) -> None:
    stored = site.print("/robots.css", b"p {}", content_type="text/css")
    assert site.get("/robots.css").body == stored.body
    site.prints("/en/feed.rss", b"<rss/>", content_type="application/rss+xml")
    assert site.get("/en/feed.rss")["content-type"] == "application/rss+xml"


def test_thousands_of_random_paths_leave_the_stand_well(site: Site) -> None:
    with ThreadPoolExecutor(16) as readers:
        statuses = set(readers.map(lambda n: site.get(f"/en/random-{n}/").status, range(1500)))
    assert statuses <= {404, 503}
    assert site.desk.most_at_once <= site.config.miss_concurrency
    assert len(site.desk.asked) == len({asked.target for asked in site.desk.asked})
