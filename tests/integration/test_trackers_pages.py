"""What readers see of trackers: pages, cards in stories and on fronts, frames and files."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import lxml.etree
import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.stories.models import Coverage, Story
from dateline.newsroom.trackers.actions import (
    delete_tracker,
    publish_tracker,
    replace_evidence,
    save_tracker,
    strike_evidence,
    unpublish_tracker,
)
from dateline.newsroom.trackers.claims import claim_of
from dateline.newsroom.trackers.members import Member, Spot, set_places
from dateline.newsroom.trackers.models import Tracker
from dateline.newsroom.trackers.places import places
from dateline.press.ingredients import recording
from dateline.press.printing import print_path, store
from dateline.press.rendering import render
from dateline.wire.bodies import blocks_from_html, blocks_to_html
from dateline.wire.items import TrackerRef
from dateline.wire.story_blocks import item_blocks
from dateline.wire.tracker_files import COLUMNS
from tests.factories import TestNewsroom, body_of, edit
from tests.integration import tracking

pytestmark = pytest.mark.django_db(transaction=True)

PAGE, SEATS = "/en/tracker/flood-centre/", "/en/tracker/seats/"
PROMISED, DUE = date(2026, 3, 14), date(2026, 10, 1)
NASTY = "<script>alert(1)</script>\"'&"


def page(path: str) -> Any:
    return lxml.html.document_fromstring(print_path(path).body.decode())


def texts(path: str, selector: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page(path).cssselect(selector)]


@pytest.fixture
def centre(newsroom: TestNewsroom) -> Tracker:
    """Aldria promised 210 and sent 40 to 95; Benmar kept its word."""
    tracker = tracking.goal(newsroom)
    tracking.join(tracker, Member("aldria", "Aldria", "Upper delta"), Member("benmar", "Benmar"))
    tracking.known(tracker, "announced", PROMISED, 210, party="aldria", due=DUE)
    tracking.known(tracker, "announced", PROMISED, 84, party="benmar", due=DUE)
    tracking.known(tracker, "delivered", date(2026, 5, 2), 40, 95, party="aldria", sources=tracking.CHAIN)
    tracking.known(tracker, "delivered", date(2026, 6, 9), 84, party="benmar")
    return tracker


def test_a_goal_has_a_question_an_answer_and_its_evidence(centre: Tracker) -> None:
    assert texts(PAGE, "h1") == ["Will the flood centre have its 700 people?"]
    assert texts(PAGE, ".tracked__answer")[0].endswith("the total stands at between 124 and 179 of 700 staff.")
    assert texts(PAGE, ".tracked__state .mark") == ["Late"]
    rows = [[cell.text_content().strip() for cell in row] for row in page(PAGE).cssselect(".parties tbody tr")]
    assert rows == [
        ["Aldria Upper delta", "210", "40–95", "Late", "1 Oct 2026", "0 of 1"],
        ["Benmar", "84", "84", "Kept", "1 Oct 2026", "1 of 1"],
    ]
    assert "other outlet: The Maren Post, citing Delta Daily, citing two officials (unnamed person)" in texts(
        PAGE, ".evidence__sources li"
    )
    figures = [[cell.text_content() for cell in row] for row in page(PAGE).cssselect(".chart tbody tr")]
    assert figures == [["9 Jun 2026", "124", "179"], ["2 May 2026", "40", "95"]], "what the drawing is made from"


def test_evidence_is_on_every_page_before_adding_returns(newsroom: TestNewsroom, centre: Tracker) -> None:
    story = newsroom.story(body=[("text", "<p>It begins.</p>"), ("tracker", centre)])
    home = newsroom.editions["en"]
    Front.objects.create(
        page=home, blocks=[("lead", {"stories": []}), ("trackers", {"title": "", "trackers": [centre]})]
    )
    paths = (PAGE, "/en/tracker/", story.get_url_parts()[2], "/en/", f"{PAGE}embed/")
    for path in paths:
        assert "between 124 and 179 of 700" in print_path(path).body.decode(), path
    tracking.known(centre, "delivered", date(2026, 11, 2), 21, party="aldria")
    for path in paths:
        kept = store().read(path)
        shown = kept.body.decode() if kept else print_path(path).body.decode()
        assert "between 145 and 200 of 700" in shown, path
    assert "between 145 and 200 of 700" in body_of(PAGE), "its own page is printed at once"


def test_what_was_struck_no_longer_counts_and_says_why(centre: Tracker) -> None:
    row = centre.evidence.get(says="delivered", party__code="benmar")
    print_path(PAGE)
    strike_evidence(row, by=None, why="They were counted twice.")
    assert "between 40 and 95 of 700" in body_of(PAGE)
    assert [text.rpartition(": ")[2] for text in texts(PAGE, ".evidence__why")] == ["They were counted twice."]
    other = centre.evidence.get(says="delivered", party__code="aldria")
    replace_evidence(other, replace(claim_of(other, "aldria"), low=other.high), by=None, why="A better list.")
    assert "the total stands at 95 of 700" in body_of(PAGE)


def test_a_changed_goal_is_told_with_its_reason(centre: Tracker) -> None:
    centre.due = date(2026, 12, 31)
    save_tracker(centre, by=None, why="The states gave themselves more time.")
    told = texts(PAGE, ".turns li")[0]
    assert "31 Dec 2026 instead of 1 Oct 2026" in told
    assert told.endswith("The states gave themselves more time.")


def test_a_tracker_that_is_not_public_is_nowhere_and_breaks_nothing(newsroom: TestNewsroom, centre: Tracker) -> None:
    body = [("text", "<p>Before it.</p>"), ("tracker", centre), ("text", "<p>After it.</p>")]
    story = newsroom.story(body=body).get_url_parts()[2]
    below = [PAGE, *(PAGE + name for name in ("embed/", "oembed.json", "data.csv", "data.json"))]
    for path in (*below, story, "/en/tracker/"):
        print_path(path)
    unpublish_tracker(centre, by=None, why="Not yet.")
    for path in below:
        assert store().read(path) is None, path
        assert render(path).status_code == 404, path
    for path in (story, "/en/tracker/"):
        assert "700 people for the flood centre" not in print_path(path).body.decode()
    assert texts(story, ".prose > p") == ["Before it.", "After it."]
    publish_tracker(centre, by=None)
    assert "700 people for the flood centre" in print_path(story).body.decode()
    delete_tracker(centre, by=None)
    assert "700 people for the flood centre" not in print_path(story).body.decode()
    assert render(PAGE).status_code == 404


def test_a_new_slug_leaves_no_dead_address(centre: Tracker) -> None:
    centre.slug = "centre"
    save_tracker(centre, by=None)
    for below in ("", "embed/"):
        answer = render(PAGE + below)
        assert answer.status_code in {301, 308}
        assert answer.headers["Location"].endswith(f"/en/tracker/centre/{below}")


def test_queries_do_not_grow_with_evidence_and_parties(newsroom: TestNewsroom, centre: Tracker) -> None:
    story = newsroom.story(body=[("tracker", centre), ("text", "<p>It goes on.</p>")]).get_url_parts()[2]
    paths = (PAGE, "/en/tracker/", story, f"{PAGE}data.json", f"{PAGE}data.csv", f"{PAGE}embed/")

    def cost(path: str) -> int:
        print_path(path)
        with CaptureQueriesContext(connection) as queries:
            print_path(path)
        return len(queries)

    few = {path: cost(path) for path in paths}
    more = [Member(f"p{number}", f"Party {number}") for number in range(20)]
    tracking.join(centre, Member("aldria", "Aldria"), Member("benmar", "Benmar"), *more)
    for number in range(40):
        tracking.known(centre, "delivered", date(2026, 7, 1) + timedelta(number), 1, party=f"p{number % 20}")
    assert {path: cost(path) for path in paths} == few
    assert few[PAGE] <= 25


def test_cards_cost_the_same_however_many_stand_in_a_story(newsroom: TestNewsroom) -> None:
    first, *others = [tracking.goal(newsroom, slug=f"goal-{number}") for number in range(4)]
    for tracker in (first, *others):
        tracking.known(tracker, "observed", date(2026, 6, 1), 10)

    def cost(story: Story) -> int:
        path = story.get_url_parts()[2]
        print_path(path)
        with CaptureQueriesContext(connection) as queries:
            print_path(path)
        return len(queries)

    one = newsroom.story(body=[("tracker", first)])
    four = newsroom.story(body=[("tracker", tracker) for tracker in (first, *others)])
    assert cost(four) == cost(one)


def test_names_and_notes_are_told_and_never_run(newsroom: TestNewsroom, centre: Tracker) -> None:
    tracking.join(centre, Member("aldria", NASTY[:160], NASTY[:120]), Member("benmar", "Benmar"))
    source = [{"kind": "person", "name": NASTY, "quote": NASTY, "url": "https://x.example/?a='1'&b=2"}]
    tracking.known(centre, "sent", date(2026, 6, 1), 3, party="aldria", note=NASTY, conditions=NASTY, sources=source)
    centre.refresh_from_db()
    centre.title = centre.question = NASTY
    centre.unit = "<b>staff"
    save_tracker(centre, by=None, why=NASTY)
    set_places(centre, [Spot(NASTY, NASTY, 10.0, 10.0)], by=None)
    story = newsroom.story(body=[("tracker", centre), ("text", "<p>It.</p>")]).get_url_parts()[2]
    for path in (PAGE, story, "/en/tracker/", f"{PAGE}embed/"):
        body = print_path(path).body.decode()
        assert "<script>alert" not in body, path
        assert "<b>staff" not in body, path
        assert "&lt;script&gt;alert(1)" in body, path
    frame = json.loads(print_path(f"{PAGE}oembed.json").body)["html"]
    assert lxml.html.fragment_fromstring(frame).get("title") == NASTY
    data = lxml.html.document_fromstring(print_path(PAGE).body.decode()).xpath(
        "//script[@class='whatif__facts']/text()"
    )
    assert NASTY in [party["name"] for party in json.loads(data[0])["parties"]]


def test_a_frame_may_stand_in_any_page_and_nothing_else_may(centre: Tracker) -> None:
    answer = render(f"{PAGE}embed/")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    frame = lxml.html.document_fromstring(answer.content.decode())  # type: ignore[attr-defined]
    assert {link.get("target") for link in frame.cssselect("a")} == {"_top"}
    assert not frame.cssselect("script")
    assert "Content-Security-Policy" not in render(PAGE).headers


def test_others_learn_how_to_show_it(centre: Tracker) -> None:
    found = page(PAGE).cssselect('link[type="application/json+oembed"]')
    assert found[0].get("href").endswith(f"{PAGE}oembed.json")
    said = json.loads(print_path(f"{PAGE}oembed.json").body)
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", centre.title)
    frame = lxml.html.fragment_fromstring(said["html"])
    assert frame.tag == "iframe"
    assert frame.get("src").endswith(f"{PAGE}embed/")
    assert (frame.get("width"), frame.get("height")) == (str(said["width"]), str(said["height"]))


def test_search_engines_are_told_of_a_data_set(centre: Tracker) -> None:
    data = json.loads(page(PAGE).xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["@type"] == "Dataset"
    assert data["temporalCoverage"] == "2026-03-14/2026-10-01"
    files = [file["contentUrl"].rpartition("/")[2] for file in data["distribution"]]
    assert files == ["data.csv", "data.json"]
    assert centre.title in data["creditText"]


def test_evidence_is_taken_along_as_csv(centre: Tracker) -> None:
    tracking.known(centre, "sent", date(2026, 6, 1), 3, party="aldria", note="=1+1", conditions="@x")
    response = render(f"{PAGE}data.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = csv.reader(io.StringIO(text))
    assert tuple(head) == COLUMNS
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["says"], one["party"], one["low"], one["high"], one["unit"]) for one in told] == [
        ("announced", "aldria", "210", "210", "staff"),
        ("announced", "benmar", "84", "84", "staff"),
        ("delivered", "aldria", "40", "95", "staff"),
        ("sent", "aldria", "3", "3", "staff"),
        ("delivered", "benmar", "84", "84", "staff"),
    ]
    assert told[2]["sources"] == "The Maren Post <https://post.example/a> ← Delta Daily ← two officials"
    assert (told[3]["note"], told[3]["conditions"]) == ("'=1+1", "'@x"), "no spreadsheet runs them"


def test_evidence_is_taken_along_as_json(centre: Tracker) -> None:
    data = json.loads(print_path(f"{PAGE}data.json").body)
    assert (data["target"], data["unit"], data["due"]) == (700, "staff", "2026-10-01")
    assert data["figures"]["low"] == 124
    assert data["figures"]["high"] == 179
    assert data["figures"]["state"] == "late"
    assert data["answer"] == texts(PAGE, ".tracked__answer")[0].replace("700 staff", "700\u00a0staff")
    assert [one["sources"] for one in data["evidence"] if one["party"] == "aldria"][1] == tracking.CHAIN
    assert render(f"{PAGE}data.json").headers["Access-Control-Allow-Origin"] == "*"


def test_aid_is_taken_along_as_an_iati_activity(newsroom: TestNewsroom) -> None:
    aid = tracking.goal(newsroom, slug="aid", unit="USD", is_aid=True, target=5000)
    tracking.join(aid, Member("aldria", "Aldria & Sons"))
    tracking.known(aid, "announced", PROMISED, 1000, party="aldria", due=DUE)
    tracking.known(aid, "allocated", date(2026, 4, 1), 800, 900, party="aldria")
    tracking.known(aid, "delivered", date(2026, 5, 1), "700.5", party="aldria", unit="EUR")
    tracking.known(aid, "delivered", date(2026, 5, 2), 3, party="aldria", unit="lorries")
    tracking.known(aid, "withdrawn", date(2026, 6, 1), 100, party="aldria")
    path = "/en/tracker/aid/iati.xml"
    root = lxml.etree.fromstring(print_path(path).body)
    assert root.get("version") == "2.03"
    rows = [
        (one.find("transaction-type").get("code"), one.find("value").text, one.find("value").get("currency"))
        for one in root.iter("transaction")
    ]
    assert rows == [("12", "1000", "USD"), ("2", "800", "USD"), ("3", "700.5", "EUR"), ("2", "-100", "USD")]
    ranged = list(root.iter("transaction"))[1]
    assert "800–900 USD" in ranged.findtext("description/narrative")
    order = [child.tag for child in root[0]]
    assert order == sorted(order, key=IATI_ORDER.index), "the standard's schema wants them in this order"
    tracking.goal(newsroom)
    assert render(f"{PAGE}iati.xml").status_code == 404, "it is no aid"


IATI_ORDER = (
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
    "location",
    "transaction",
)


def test_much_evidence_goes_on_on_pages_that_stay(newsroom: TestNewsroom) -> None:
    tracker = tracking.goal(newsroom)
    for number in range(70):
        tracking.known(tracker, "observed", PROMISED + timedelta(number), number, note=f"Count {number}.")
    assert len(page(PAGE).cssselect(".evidence > li")) == 60
    further = page(PAGE).cssselect(".tracked .pager__older")[0].get("href")
    assert further == f"{PAGE}evidence/2/"
    assert texts(further, ".evidence__note") == [f"Count {n}." for n in reversed(range(60, 70))]
    assert texts(f"{PAGE}evidence/1/", ".evidence__note")[0] == "Count 59."
    for number in (0, 3, 10**30):
        assert render(f"{PAGE}evidence/{number}/").status_code == 404


def test_ten_thousand_parties_do_not_make_a_heavy_page(newsroom: TestNewsroom) -> None:
    tracker = tracking.goal(newsroom)
    tracking.join(tracker, *(Member(f"p{number}", f"Party {number}") for number in range(2000)))
    tracking.known(tracker, "announced", PROMISED, 9, party="p1999", due=DUE)
    assert texts(PAGE, ".parties tbody th")[0] == "Party 1999"
    assert len(page(PAGE).cssselect(".parties tbody tr")) == 100
    assert "of 2,000 are shown" in " ".join(texts(PAGE, ".tracked__note"))
    assert len(print_path(PAGE).body) < 150_000


def test_positions_say_who_stands_where_and_who_has_moved(newsroom: TestNewsroom) -> None:
    tracker = tracking.proposal(newsroom)
    names = ("Aldria", "Benmar", "Corvay", "Dessa")
    tracking.join(tracker, *(Member(name.lower(), name) for name in names), Member("group", "Contact group", "", 28))
    today = timezone.now().date()
    for code, stand in (("aldria", "for"), ("benmar", "against"), ("group", "for")):
        tracking.known(tracker, "stance", date(2026, 5, 1), party=code, stand=stand)
    tracking.known(tracker, "stance", date(2026, 5, 2), party="corvay", stand="undecided")
    tracking.known(tracker, "stance", today, party="corvay", stand="conditional")
    assert texts(SEATS, ".tracked__answer") == ["29 of 32 are for, 1 against, 1 for it on conditions and 1 silent."]
    assert texts(SEATS, ".camp > summary") == ["29 for", "1 against", "1 on conditions", "1 nothing known"]
    assert [" ".join(text.split()[:3]) for text in texts(SEATS, ".turns li")] == ["Corvay undecided on"]
    history = texts(SEATS, ".camp__history li")
    assert [text.split(" ")[-1] for text in history] == ["conditions", "undecided"]


def test_a_tracker_of_a_coverage_or_a_topic_stands_on_its_page(newsroom: TestNewsroom, centre: Tracker) -> None:
    coverage = Coverage.objects.create(edition=newsroom.editions["en"], slug="vote", title="The vote")
    topic = newsroom.topic()
    paths = ("/en/coverage/vote/", f"/en/topic/{topic.slug}/")
    for path in paths:
        assert texts(path, ".tracker__title") == []
    centre.coverage = coverage
    centre.topics.set([topic])
    save_tracker(centre, by=None)
    for path in paths:
        assert texts(path, ".tracker__title") == ["700 people for the flood centre"]
        assert len(page(path).cssselect("link[rel=stylesheet]")) == 2, "cards bring their style sheet"
    assert texts(PAGE, ".tags a") == ["The vote", topic.name]


def test_a_page_that_counts_days_is_good_for_a_day(newsroom: TestNewsroom) -> None:
    long_ago, lately = date(2025, 6, 1), timezone.now().date() - timedelta(days=10)
    until = []
    for slug, due in (("long-ago", long_ago), ("lately", lately)):
        tracker = tracking.goal(newsroom, slug=slug, due=due, starts=date(2025, 1, 1))
        tracking.known(tracker, "observed", date(2025, 2, 1), 10)
        with recording() as recipe:
            render(tracker.front)
        until.append(recipe.until)
    assert until[0] is None, "it names no days that pass"
    assert until[1] is not None
    assert until[1] - timezone.now() <= timedelta(days=1, hours=1)


def test_evidence_of_tomorrow_counts_tomorrow(newsroom: TestNewsroom) -> None:
    tracker = tracking.goal(newsroom, due=date(2025, 6, 1), starts=date(2025, 1, 1))
    tracking.known(tracker, "observed", date(2025, 2, 1), 10)
    coming = timezone.now().date() + timedelta(days=3)
    tracking.known(tracker, "observed", coming, 20)
    with recording() as recipe:
        said = render(PAGE).content.decode()  # type: ignore[attr-defined]
    assert "still stands at 10 of 700" in said
    assert recipe.until is not None
    assert recipe.until.date() <= coming


def test_places_are_a_list_and_a_map_where_there_is_one(newsroom: TestNewsroom, centre: Tracker) -> None:
    set_places(centre, [Spot("Maren", "Headquarters", 33.9, 35.5), Spot("Port Orel", "", -31.2, -179.0)], by=None)
    assert texts(PAGE, ".places__list li") == ["Maren Headquarters", "Port Orel"]
    drawn = places(list(centre.places.order_by("pk")), Voice("en", "UTC"), "/static/site/land.svg")
    assert drawn is not None
    west, north, across, tall = map(float, drawn.view_box.split())
    for spot in drawn.spots:
        assert west <= float(spot.x) <= west + across
        assert north <= float(spot.y) <= north + tall


def test_every_edition_speaks_its_own_language(newsroom: TestNewsroom) -> None:
    for language in ("en", "ar", "es"):
        tracker = tracking.goal(newsroom, language, due=date(2025, 6, 1), starts=date(2025, 1, 1))
        tracking.known(tracker, "observed", date(2025, 2, 1), 200, 400)
    said = {language: texts(f"/{language}/tracker/flood-centre/", ".tracked__answer")[0] for language in ("ar", "es")}
    assert said["ar"].startswith("كان موعده ١ حزيران ٢٠٢٥، وما زال المجموع ما بين ٢٠٠ و٤٠٠ من أصل ٧٠٠")
    assert said["es"].startswith("El plazo venció el 1 de junio de 2025 y el total sigue siendo de entre 200 y 400")


def test_a_card_travels_in_a_body_and_comes_back(newsroom: TestNewsroom, centre: Tracker) -> None:
    story = newsroom.story(body=[("text", "<p>It begins.</p>"), ("tracker", centre)])
    blocks = item_blocks(story.body, lambda _value: None)  # type: ignore[arg-type,return-value]
    html = blocks_to_html(blocks)
    assert '<figure class="tracker" data-tracker="flood-centre"><a href="' in html
    back = blocks_from_html(html)
    assert back == blocks
    assert isinstance(back[1], TrackerRef)
    assert edit(story).body.raw_data[1]["value"] == centre.pk
