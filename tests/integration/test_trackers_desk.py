"""Trackers at the desk: who adds what is known, how it is struck and replaced, and what is told on the way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from dateline.desk.tracker_due import body_of, draft_story
from dateline.desk.worker import tick
from dateline.newsroom.stories.models import FormerPath, Story
from dateline.newsroom.stories.sources import read_sources
from dateline.newsroom.trackers.actions import (
    add_evidence,
    delete_tracker,
    publish_tracker,
    replace_evidence,
    save_tracker,
    strike_evidence,
    unpublish_tracker,
)
from dateline.newsroom.trackers.claims import Claim, TrackerError
from dateline.newsroom.trackers.due import tell_due
from dateline.newsroom.trackers.facts import facts_of
from dateline.newsroom.trackers.lines import read_parties, read_places
from dateline.newsroom.trackers.members import Member, add_party, set_parties
from dateline.newsroom.trackers.models import Evidence, FallenDue, Tracker
from dateline.press.models import Change
from dateline.press.printing import print_path
from dateline.wire.static_site import all_paths
from tests.factories import REPORT, TestNewsroom, known, make_tracker
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)


def typed(sources: list[dict[str, Any]] | None = None, **values: Any) -> dict[str, Any]:
    """What the form sends of 40 staff that DE announced."""
    listed = [REPORT] if sources is None else sources
    said = {"says": "announced", "party": "DE", "low": "40", "high": "", "unit": "", "on": "2026-04-01", "due": ""}
    data: dict[str, Any] = said | {"conditions": "", "note": ""} | values
    data |= {"sources-TOTAL_FORMS": str(len(listed) + 1), "sources-INITIAL_FORMS": "0"}
    for at, source in enumerate([*listed, {}]):
        data |= {f"sources-{at}-kind": "document"} | {f"sources-{at}-{name}": value for name, value in source.items()}
    return data


def where(tracker: Tracker, rest: str = "") -> str:
    return f"/desk/trackers/{tracker.pk}/{rest}"


def announced(since: int = 0) -> set[str]:
    return {one for change in Change.objects.filter(pk__gt=since) for one in change.ingredients}


def test_a_reporter_adds_what_is_known_and_the_tracker_is_printed(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    since = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    reporter = editor("reporter")
    answer = reporter.post(where(tracker), typed(low="٢٠٠", high="1,400.5", note="A <b>few</b>\r\nhundred"))
    assert answer.status_code == 302, answer.content.decode()
    row = tracker.evidence.get()
    assert (row.low, row.high, row.by_name, row.note) == (200, Decimal("1400.5"), "reporter", "A <b>few</b>\nhundred")
    assert row.sources == [{"kind": "document", "name": "A report", "url": "https://news.example/report"}]
    assert {f"tracker:{tracker.pk}", f"trackers:{tracker.edition_id}"} <= announced(since)
    page = reporter.get(where(tracker)).content.decode()
    assert "A &lt;b&gt;few&lt;/b&gt;" in page
    assert "200–1400.5" in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"low": "-5"}, "not below zero"),
        ({"low": "400", "high": "200"}, "from the smaller number to the larger"),
        ({"low": "lots"}, "not a number"),
        ({"low": "1.234"}, "two ways"),
        ({"low": "9" * 16}, "too large"),
        ({"low": "0.00001"}, "digits stand after the point"),
        ({"low": ""}, "Say how much"),
        ({"party": "XX"}, "no such party"),
        ({"party": ""}, "a promise and a position have a party"),
        ({"on": "2999-01-01"}, "not come yet"),
        ({"on": "31 of May"}, "Enter a valid date"),
        ({"due": "2026-01-01"}, "before it was promised"),
        ({"says": "observed", "due": "2026-05-01"}, "Only a promise falls due"),
        ({"sources": []}, "at least one source"),
        ({"sources": [{"kind": "outlet", "url": "javascript:alert(1)"}]}, "no address of the web"),
        ({"note": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_what_cannot_be_evidence_is_refused_and_kept_on_the_form(
    newsroom: TestNewsroom, values: dict[str, Any], said: str
) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    answer = editor("editor").post(where(tracker), typed(**values | {"unit": "tonnes & more"}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "tonnes &amp; more" in page
    assert not tracker.evidence.exists()


def test_one_more_source_keeps_what_was_typed(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    answer = editor("editor").post(where(tracker), typed(note="so far", low="") | {"more": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "sources-2-name" in page
    assert "so far" in page
    assert "Say how much" not in page
    assert "This field is required" not in page


def test_replacing_keeps_both_and_the_sources_chain(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    deep = {
        "kind": "outlet",
        "outlet": "A paper",
        "cites": [{"kind": "official", "name": "A minister", "role": "of war", "cites": [REPORT]}, REPORT],
    }
    row = known(tracker, amount=40, party="DE", sources=read_sources([deep]))
    chief = editor("chief")
    page = chief.get(where(tracker, f"{row.pk}/replace/"))
    form, formset = page.context["form"], page.context["sources"]
    data = typed([], **form.initial)
    for one in formset.initial_forms:
        data |= {one.add_prefix(name): "" if value is None else value for name, value in one.initial.items()}
    data |= {"sources-TOTAL_FORMS": "2", "sources-INITIAL_FORMS": "1", "low": "45", "why": "They corrected it."}
    data |= {"due": "", "sources-1-kind": "document"}
    answer = chief.post(where(tracker, f"{row.pk}/replace/"), data)
    assert answer.status_code == 302, [answer.context["form"].errors, answer.context["sources"].errors]
    new = tracker.evidence.get(struck_at=None)
    assert (new.low, new.replaces_id, new.sources) == (45, row.pk, row.sources)
    row.refresh_from_db()
    assert (row.struck_by, row.struck_why, row.low) == ("chief", "They corrected it.", 40)
    assert [c.amount.low for c in facts_of(tracker, date(2026, 12, 1)).commitments] == [45]
    history = chief.get(where(tracker, "history/")).content.decode()
    assert history.count("They corrected it.") == 2


def test_striking_needs_a_reason_and_happens_once(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    row = known(tracker, amount=40, party="DE")
    client = editor("editor")
    assert client.post(where(tracker, f"{row.pk}/strike/"), {"why": " "}).status_code == 400
    assert client.post(where(tracker, f"{row.pk}/strike/"), {"why": "No."}).status_code == 302
    assert facts_of(tracker, date(2026, 12, 1)).commitments == ()
    with pytest.raises(TrackerError, match="meanwhile"):
        strike_evidence(row, by=None, why="Again.")
    with pytest.raises(TrackerError, match="meanwhile"):
        replace_evidence(row, Claim("announced", date(2026, 4, 1)), by=None, why="Again.")
    # Struck by mistake, it can be added again.
    assert known(tracker, amount=40, party="DE").key != row.key


def test_what_is_known_is_not_added_twice(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    known(tracker, amount=40, party="DE")
    with pytest.raises(TrackerError, match="known already"):
        known(tracker, amount=40, party="DE")
    with pytest.raises(TrackerError, match="not positions"):
        known(tracker, "stance", party="DE", stand="for")


def test_who_may_do_what(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    by_all = known(tracker, amount=40, party="DE")
    translator, reporter = editor("translator"), editor("reporter")
    assert translator.get(where(tracker)).status_code == 200
    assert_refused(translator.post(where(tracker), typed(low="41")))
    assert_refused(translator.get(where(tracker, "table/")))
    assert_refused(reporter.post(where(tracker, "parties/"), {"lines": "FR; France"}))
    assert_refused(reporter.get(where(tracker, f"{by_all.pk}/strike/")))
    assert reporter.post(where(tracker), typed(low="42")).status_code == 302
    own = tracker.evidence.get(low=42)
    assert reporter.post(where(tracker, f"{own.pk}/strike/"), {"why": "My mistake."}).status_code == 302
    assert_refused(reporter.get(f"/desk/snippets/trackers/tracker/edit/{tracker.pk}/"))
    assert tracker.evidence.count() == 2
    assert list(tracker.parties.values_list("code", flat=True)) == ["DE"]
    assert editor("producer").get(where(tracker)).status_code == 200


def assert_refused(answer: Any) -> None:
    """Wagtail sends those away who may not, with a message."""
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/desk/")


def snippet(tracker: Tracker, **values: Any) -> dict[str, Any]:
    said = {
        "edition": tracker.edition_id,
        "title": tracker.title,
        "slug": tracker.slug,
        "question": tracker.question,
        "summary": "",
        "kind": tracker.kind,
        "target": "700",
        "unit": "staff",
        "starts": "2026-03-01",
        "due": "2026-09-30",
        "proposal": "",
        "topics": [],
        "coverage": "",
        "regions": [],
        "live": "on",
        "why": "",
    }
    return said | values


def test_a_goals_change_needs_a_reason_and_enters_the_history(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom)
    client = editor("editor")
    edit = f"/desk/snippets/trackers/tracker/edit/{tracker.pk}/"
    assert "Why it changes" in client.get(edit).content.decode()
    refused = client.post(edit, snippet(tracker, due="2026-12-31"))
    assert "Say why the goal changes" in refused.content.decode()
    topic = newsroom.topic("en", "Staff")
    answer = client.post(edit, snippet(tracker, due="2026-12-31", why="It was put off.", topics=[topic.pk]))
    assert answer.status_code == 302, answer.content.decode()
    tracker.refresh_from_db()
    note = tracker.history.get()
    assert (tracker.due, note.by_name, note.why) == (date(2026, 12, 31), "editor", "It was put off.")
    assert note.what == {"due": ["2026-09-30", "2026-12-31"]}
    assert list(tracker.topics.all()) == [topic]
    assert "2026-12-31" in client.get(where(tracker, "history/")).content.decode()


def test_goals_that_cannot_be(newsroom: TestNewsroom) -> None:
    for values in ({"target": Decimal(0)}, {"due": date(2026, 2, 1)}, {"unit": ""}, {"starts": None}):
        with pytest.raises(ValidationError):
            make_tracker(newsroom, **values)
    tracker = make_tracker(newsroom, parties=["DE"])
    known(tracker, amount=40, party="DE")
    tracker.kind = "positions"
    with pytest.raises(TrackerError, match="evidence here already"):
        save_tracker(tracker, by=None, why="Why not.")


def test_a_renamed_tracker_keeps_its_old_address(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, slug="old")
    tracker.slug = "new"
    save_tracker(tracker, by=None)
    assert Tracker.once_at(newsroom.editions["en"], "old") == tracker
    assert {"/en/tracker/old/", "/en/tracker/new/"} <= set(tracker.announcement()["print_now"])
    with pytest.raises(ValidationError, match="once was the address"):
        make_tracker(newsroom, slug="old")
    tracker.slug = "old"
    save_tracker(tracker, by=None)
    assert list(FormerPath.objects.filter(kind="tracker").values_list("path", flat=True)) == ["/en/tracker/new/"]


def test_taken_off_or_deleted_it_is_gone_at_once(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    known(tracker, amount=1, party="DE")
    assert not Change.objects.filter(withdrawn=True).exists()
    assert f"/en/tracker/{tracker.slug}/data.csv" in list(all_paths())
    unpublish_tracker(tracker, by=None)
    assert f"tracker:{tracker.pk}" in {one for c in Change.objects.filter(withdrawn=True) for one in c.ingredients}
    assert not any("/tracker/" in path for path in all_paths())
    publish_tracker(tracker, by=None)
    assert f"http://newsroom.test/en/tracker/{tracker.slug}/" in print_path("/en/sitemap-fronts.xml").body.decode()
    Change.objects.all().delete()
    pk = tracker.pk
    delete_tracker(tracker, by=None)
    assert f"tracker:{pk}" in {one for c in Change.objects.filter(withdrawn=True) for one in c.ingredients}
    assert not Evidence.objects.exists()


def test_parties_and_places_as_lines(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom)
    client = editor("editor")
    lines = "DE; Germany; Europe\n\ncg; Contact <i>group</i>; ; 50"
    assert client.post(where(tracker, "parties/"), {"lines": lines, "why": "They joined."}).status_code == 302
    assert list(tracker.parties.order_by("pk").values_list("code", "name", "group", "members")) == [
        ("DE", "Germany", "Europe", 1),
        ("cg", "Contact <i>group</i>", "", 50),
    ]
    page = client.get(where(tracker, "parties/")).content.decode()
    assert "cg; Contact &lt;i&gt;group&lt;/i&gt;; ; 50" in page
    assert tracker.history.get().why == "They joined."
    known(tracker, amount=4, party="DE")
    refused = client.post(where(tracker, "parties/"), {"lines": "cg; Contact group"})
    assert refused.status_code == 400
    assert "evidence rests on it" in refused.content.decode()
    assert client.post(where(tracker, "places/"), {"lines": "Cairo; logistics; ٣٠٫٠٤; 31.24"}).status_code == 302
    assert (tracker.places.get().lat, tracker.places.get().lon) == (30.04, 31.24)
    refused = client.post(where(tracker, "places/"), {"lines": "Cairo; logistics; 300; 31.24"})
    assert "Line 1" in refused.content.decode()
    add_party(tracker, Member("FR", "France"), by=None)
    with pytest.raises(TrackerError, match="another party"):
        add_party(tracker, Member("FR", "France"), by=None)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("DE", "Line 1: write a code and a name"),
        ("DE; Germany\nDE; Deutschland", "Line 2: “DE” is the code of line 1"),
        ("DE; Germany; Europe; many", "Line 1: “many” is not how many"),
        ("DE; Germany; Europe; 0", "Line 1: “0” is not how many"),
        (f"DE; {'x' * 161}", "Line 1: a code has"),
        ("a; b; c; 1; e", "Line 1 has 5 parts"),
    ],
)
def test_lines_that_are_no_parties_are_named(lines: str, said: str) -> None:
    with pytest.raises(TrackerError, match=said):
        read_parties(lines)


def test_nul_and_direction_marks_leave_the_lines() -> None:
    assert read_parties("D\0E; Ger\u202emany")[0] == Member("DE", "Germany")
    assert read_places("Ḥajja; ; -33,9; 18.4")[0].lat == -33.9


def test_ten_thousand_parties(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom)
    lines = "\n".join(f"p{number}; Party {number}" for number in range(10_000))
    set_parties(tracker, read_parties(lines), by=None)
    assert tracker.parties.count() == 10_000
    with pytest.raises(TrackerError, match="at most 10000"):
        set_parties(tracker, read_parties(f"{lines}\nx; X"), by=None)
    client = editor("editor")
    assert client.get(where(tracker)).content.count(b'">Party ') == 500
    assert client.get(where(tracker, "parties/")).status_code == 200


def test_the_screens_ask_no_more_of_more_evidence(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE", "FR"])
    client = editor("editor")
    counts: list[list[int]] = []
    for number in (3, 12):
        for at in range(number):
            row = known(tracker, amount=number * 100 + at, party="DE" if at % 2 else "FR")
            if at % 3 == 0:
                strike_evidence(row, by=None, why="No.")
        counts.append([queries(client, where(tracker, rest)) for rest in ("", "history/", "parties/")])
    assert counts[0] == counts[1]


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_lists_go_on_by_key_and_show_each_row_once(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE"])
    for number in range(70):
        known(tracker, amount=number, party="DE", on=date(2026, 4, 1) + timedelta(days=number % 5))
    client = editor("editor")
    first = client.get(where(tracker)).context
    second = client.get(where(tracker), {"before": first["older"]}).context
    shown = [row.pk for context in (first, second) for row, _changeable in context["rows"]]
    assert len(shown) == len(set(shown)) == 70
    assert second["older"] == ""
    strike_evidence(tracker.evidence.get(low=3), by=None, why="No.")
    first = client.get(where(tracker, "history/")).context
    second = client.get(where(tracker, "history/"), {"before": first["older"]}).context
    places = [entry.place for context in (first, second) for entry in context["entries"]]
    assert places == sorted(places, reverse=True)
    assert len(places) == len(set(places)) == 72  # with the party that was added
    assert client.get(where(tracker), {"before": "2026-99-99.x"}).status_code == 200
    assert client.get(where(tracker, "history/"), {"before": "no_9_x"}).status_code == 200


# -- what falls due


def test_what_falls_due_unkept_is_told_once(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE", "FR", "ES"])
    now = datetime(2026, 10, 1, 12, tzinfo=UTC)
    late = known(tracker, amount=40, party="DE", due=date(2026, 9, 30))
    kept = known(tracker, amount=30, party="FR", due=date(2026, 9, 30))
    known(tracker, "delivered", 30, party="FR", on=date(2026, 9, 1))
    known(tracker, amount=10, party="ES", due=date(2026, 10, 1))
    assert tell_due(datetime(2026, 9, 30, 22, 30, tzinfo=UTC)) == 0  # in London it is 23:30 of that day
    assert not FallenDue.objects.exists()
    assert tell_due(now) == 1
    assert dict(FallenDue.objects.values_list("evidence", "late")) == {late.pk: True, kept.pk: False}
    assert tell_due(now) == 0
    (entry,) = ModelLogEntry.objects.filter(action="dateline.tracker_due")
    assert entry.data == {"promises": 1}
    tick()


def test_the_overview_says_what_falls_due_and_what_turned_late(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, parties=["DE", "FR"], starts=date(2020, 1, 1), due=date(2030, 1, 1))
    day = timezone.now().date()
    known(tracker, amount=41, party="DE", on=day - timedelta(days=40), due=day - timedelta(days=3))
    known(tracker, amount=42, party="FR", on=day - timedelta(days=40), due=day + timedelta(days=3))
    known(tracker, amount=43, party="FR", on=day - timedelta(days=40), due=day + timedelta(days=30))
    tell_due()
    client = editor("editor")
    page = client.get("/desk/").content.decode()
    assert "Due and late" in page
    assert page.index("41 staff") < page.index("42 staff")
    assert "43 staff" not in page
    assert where(tracker, "story/") in page
    before = queries(client, "/desk/")
    for number in range(12):
        known(tracker, amount=100 + number, party="DE", on=day, due=day + timedelta(days=2))
    assert queries(client, "/desk/") == before


def test_a_story_about_it_with_one_button(newsroom: TestNewsroom) -> None:
    tracker = make_tracker(newsroom, title="The command centre")
    topic = newsroom.topic("en", "Staff")
    tracker.topics.add(topic)
    client = editor("reporter")
    form = client.get(where(tracker, "story/")).context["form"]
    section = newsroom.sections["en/news/economy"]
    data = {"section": section.pk, "title": form.initial["title"]}
    answer = client.post(where(tracker, "story/"), data)
    story = Story.objects.get()
    assert answer.headers["Location"] == f"/desk/pages/{story.pk}/edit/"
    assert (story.live, story.section_id, list(story.topics.all())) == (False, section.pk, [topic])
    assert story.title == "The command centre: the day has passed"
    assert body_of(tracker) == [{"type": "tracker", "value": tracker.pk}]
    again = draft_story(tracker, section, story.title, by=get_user_model().objects.get())
    assert again.slug == f"{story.slug}-2"


def test_a_claim_for_another_tracker_is_refused(newsroom: TestNewsroom) -> None:
    positions = make_tracker(newsroom, kind="positions", parties=["DE"])
    with pytest.raises(TrackerError, match="not amounts"):
        known(positions, amount=4, party="DE")
    row = known(positions, "stance", party="DE", stand="conditional", conditions="if others do")
    assert facts_of(positions, date(2026, 5, 1)).stances[0].id == row.pk
    for values, said in (({"stand": "maybe"}, "no position"), ({"stand": "for", "low": Decimal(1)}, "no amount")):
        claim = Claim("stance", date(2026, 4, 2), "DE", sources=read_sources([REPORT]), **values)
        with pytest.raises(TrackerError, match=said):
            add_evidence(positions, claim, by=None)
