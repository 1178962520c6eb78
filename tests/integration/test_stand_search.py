"""Searches at the stand: what is passed to the desk, how often a reader may ask, and what there is without a desk."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from dateline.stand.searching import ADDRESSES, Allowance, is_search, question
from tests.integration.test_stand_site import Asked, Site, html, open_site, wait_until

pytest_plugins = ["tests.integration.test_stand_site"]

HTML = {"Content-Type": "text/html; charset=utf-8", "X-Robots-Tag": "noindex", "Set-Cookie": "a=b"}


@pytest.fixture(autouse=True)
def nothing_kept(site: Site) -> None:
    """The modules' tests share a stand: each begins with a change, after which no answer of another is good."""
    site.store.advance()


def answers_with(site: Site, text: str) -> None:
    site.desk.answer["/en/search/"] = (200, HTML, html(text))


def targets(site: Site) -> list[str]:
    return [asked.target for asked in site.desk.asked]


def test_a_question_is_passed_to_the_desk_with_what_a_search_knows_alone(site: Site) -> None:
    answers_with(site, "found")
    sent = {"Cookie": "sessionid=1", "Host": "evil.example", "X-Dateline-Ask": "no"}
    got = site.get("/en/search/?utm_source=letter&q=caf%C3%A9+%26+tea&page=2&x=1&q=later", headers=sent)
    assert (got.status, got.body) == (200, html("found"))
    assert (got["cache-control"], got["x-robots-tag"], got["set-cookie"]) == ("no-store", "noindex", "")
    assert got["content-security-policy"]
    [asked] = site.desk.asked
    assert asked.target == "/en/search/?page=2&q=caf%C3%A9+%26+tea"
    assert (asked["x-dateline-ask"], asked["host"], asked["cookie"]) == ("the-token", "news.example", "")


def test_the_page_without_a_question_is_a_sheet(site: Site) -> None:
    site.print("/en/search/", "the form")
    for path in ("/en/search/", "/en/search/?utm_source=letter", "/en/search/?q=", "/en/search/?q=++"):
        assert site.get(path).body == html("the form")
    assert site.desk.asked == []
    answers_with(site, "found")
    assert site.get("/en/search/?q=x").body == html("found")
    assert site.get("/en/search/").body == html("the form")


def test_an_answer_is_compressed_for_who_takes_it(site: Site) -> None:
    answers_with(site, "found")
    got = site.get("/en/search/?q=x", headers={"Accept-Encoding": "gzip"})
    assert (got["content-encoding"], gzip.decompress(got.body)) == ("gzip", html("found"))
    got = site.get("/en/search/?q=x", headers={"Accept-Encoding": "br, gzip"})
    assert (got["content-encoding"], brotli.decompress(got.body)) == ("br", html("found"))
    assert site.get("/en/search/?q=x").body == html("found")
    assert "accept-encoding" in got["vary"].lower()
    assert len(site.desk.asked) == 1


def test_what_many_ask_at_once_is_asked_once(site: Site) -> None:
    answers_with(site, "found")
    site.desk.hold()
    with ThreadPoolExecutor(20) as readers:
        reading = [readers.submit(site.get, "/en/search/?q=x") for _ in range(20)]
        wait_until(lambda: site.desk.asked, "the question")
        site.desk.release()
        assert {got.result().status for got in reading} == {200}
    assert len(site.desk.asked) == 1


def test_an_answer_is_not_kept_beyond_a_change(site: Site) -> None:
    answers_with(site, "before")
    site.get("/en/search/?q=x")
    answers_with(site, "after")
    assert site.get("/en/search/?q=x").body == html("before")
    site.store.advance()
    assert site.get("/en/search/?q=x").body == html("after")


def test_an_answer_from_before_a_change_is_not_kept_at_all(site: Site) -> None:
    def changes_meanwhile(_: Asked) -> tuple[int, dict[str, str], bytes]:
        site.store.advance()
        return 200, HTML, html("before")

    site.desk.answer["/en/search/"] = changes_meanwhile
    site.get("/en/search/?q=x")
    answers_with(site, "after")
    assert site.get("/en/search/?q=x").body == html("after")


def test_who_asks_too_often_is_asked_to_wait(tmp_path: Path) -> None:
    with open_site(tmp_path, search_burst=3, search_rate=0.01, trusted_fronts=("127.0.0.9",)) as site:
        answers_with(site, "found")
        statuses = [site.get(f"/en/search/?q={n}", headers={"X-Forwarded-For": f"9.9.9.{n}"}).status for n in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        got = site.get("/ar/search/?q=x")
        assert (got.status, got["content-language"]) == (429, "ar")
        assert int(got["retry-after"]) > 10
        assert "مهلاً" in got.body.decode()
        # Reading goes on.
        site.print("/en/search/", "the form")
        assert site.get("/en/search/").status == 200
        assert len(site.desk.asked) == 3


def test_readers_behind_a_trusted_front_are_told_apart(tmp_path: Path) -> None:
    with open_site(tmp_path, search_burst=1, search_rate=0.01, trusted_fronts=("127.0.0.1",)) as site:
        answers_with(site, "found")
        statuses = [site.get("/en/search/?q=x", headers={"X-Forwarded-For": f"9.9.9.{n}"}).status for n in (1, 2, 1)]
        assert statuses == [200, 200, 429]


def test_no_more_than_a_few_are_asked_at_a_time(tmp_path: Path) -> None:
    with open_site(tmp_path, search_concurrency=2, search_queue=3) as site:
        answers_with(site, "found")
        site.desk.hold()
        with ThreadPoolExecutor(12) as readers:
            reading = [readers.submit(site.get, f"/en/search/?q={n}") for n in range(12)]
            wait_until(lambda: sum(one.done() for one in reading) == 7, "those that are sent away")
            site.desk.release()
            got = [one.result() for one in reading]
        assert sorted(one.status for one in got) == [200] * 5 + [503] * 7
        assert all(one["retry-after"] for one in got if one.status == 503)
        assert site.desk.most_at_once <= 2


def test_without_a_desk_it_says_so_and_the_form_stays(site: Site) -> None:
    site.print("/en/search/", "the form")
    site.desk.die()
    got = site.get("/en/search/?q=x")
    assert (got.status, got["cache-control"]) == (503, "no-store")
    assert got["retry-after"]
    assert site.get("/en/search/").body == html("the form")


def test_a_fault_of_the_desk_is_not_shown(site: Site) -> None:
    site.desk.answer["/en/search/"] = (500, HTML, b"Traceback: secret")
    got = site.get("/en/search/?q=x")
    assert got.status == 503
    assert b"secret" not in got.body


def test_other_ways_of_asking(site: Site) -> None:
    answers_with(site, "found")
    got = site.get("/en/search/?q=x", method="HEAD")
    assert (got.status, got.body, got["content-length"]) == (200, b"", str(len(html("found"))))
    assert site.get("/en/search/?q=x", method="POST").status == 405
    assert site.get("/en/search?q=x").status in (301, 404)


@pytest.mark.parametrize(
    "query",
    [
        b"q=%FF%FE",
        b"q=%00",
        b"q=" + b"x" * 3000,
        b"&".join(b"q%d=1" % n for n in range(100)) + b"&q=x",
        b"q=%zz",
        b"q=a;q=b",
    ],
)
def test_any_query_string_is_answered(site: Site, query: bytes) -> None:
    answers_with(site, "found")
    site.print("/en/search/", "the form")
    assert site.get(b"/en/search/?" + query).status == 200


def test_a_question_is_what_a_search_knows_in_one_order() -> None:
    assert question("sort=newest&q=x&utm=1") == question("q=x&sort=newest") == "q=x&sort=newest"
    assert question("q=" + "é" * 500) == "q=" + "%C3%A9" * 400
    assert question("utm=1") == question("") == question("&".join(["a=1"] * 100)) == ""
    assert is_search("/en/search/", "q=x")
    assert is_search("/en/search/suggest.json", "q=x")
    assert not is_search("/en/news/search/", "q=x")
    assert not is_search("/en/search/", "utm=1")


def test_an_allowance_refills_and_forgets() -> None:
    allowance = Allowance(2, 0.5)
    assert [allowance.take("a", 0.0) for _ in range(3)] == [0.0, 0.0, 2.0]
    assert allowance.take("b", 0.0) == 0.0
    assert allowance.take("a", 1.9) > 0
    assert allowance.take("a", 2.1) == 0.0
    for number in range(ADDRESSES + 50):
        allowance.take(str(number), 3.0)
    assert len(allowance._left) == ADDRESSES
