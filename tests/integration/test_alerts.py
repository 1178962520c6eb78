"""Breaking alerts: what is said reaches the ticker, open pages and every printed page, and so does its end."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from dateline.desk.worker import tick
from dateline.newsroom.live.actions import alerts as actions
from dateline.newsroom.live.actions.alerts import (
    AlertError,
    Draft,
    edit_alert,
    expire_alerts,
    post_alerts,
    undo,
    withdraw_alert,
)
from dateline.newsroom.live.models import LONGEST_TEXT, Alert
from dateline.newsroom.stories.actions import withdraw_story
from dateline.press.printing import print_path
from dateline.store.log import LogEvent, LogReader
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor
from tests.integration.test_freshness import path_of

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)


def draft(newsroom: TestNewsroom, text: str = "The dam holds", language: str = "en", **values: Any) -> Draft:
    values.setdefault("until", timezone.now() + HOUR)
    return Draft(newsroom.editions[language], text, **values)


def post(newsroom: TestNewsroom, text: str = "The dam holds", **values: Any) -> Alert:
    return post_alerts([draft(newsroom, text, **values)], by=None)[0]


def told(channel: str = "en") -> list[LogEvent]:
    _, events = LogReader(settings.STORE_ROOT, channel).news()
    return [event for event in events if event.kind.startswith("alert.")]


def everywhere(newsroom: TestNewsroom) -> str:
    """All bytes that any sheet of the store holds, the kept old copies among them."""
    found = []
    for path in newsroom.store.walk():
        found.append(body_of(path))
        if stale := newsroom.store.read(path, stale=True):
            found.append(stale.body.decode())
    return "\n".join(found)


def test_an_alert_stands_in_the_ticker_and_on_the_home_and_open_pages_are_told(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="A dam under strain")
    alert = post(newsroom, "The dam <b>holds</b>", attribution="Civil defence", story=story)
    for path in ("/en/", "/en/island/ticker.html"):
        body = body_of(path)
        assert "The dam &lt;b&gt;holds&lt;/b&gt;" in body
        assert "Civil defence" in body
        assert f'href="{path_of(story)}"' in body
    (event,) = told()
    assert (event.kind, event.about, event.data["id"]) == ("alert.created", f"alert:{alert.pk}", alert.pk)
    assert event.data["html"] in body_of("/en/island/ticker.html")
    assert 'data-position="0.0"' not in body_of("/en/island/ticker.html")
    assert told("ar") == []


def test_one_form_posts_in_every_edition_or_in_none(newsroom: TestNewsroom) -> None:
    both = [draft(newsroom, "One"), draft(newsroom, "واحد", "ar")]
    posted = post_alerts(both, by=None)
    assert {alert.edition.slug for alert in posted} == {"en", "ar"}
    assert len({alert.group for alert in posted}) == 1
    assert "واحد" in body_of("/ar/")
    with pytest.raises(AlertError, match="says nothing"):
        post_alerts([draft(newsroom, "Two"), draft(newsroom, " \u202e ", "ar")], by=None)
    assert Alert.objects.count() == 2
    assert len(told()) == 1


def test_an_edited_alert_leaves_every_page_that_showed_what_it_said(newsroom: TestNewsroom) -> None:
    alert = post(newsroom, "Ninety are missing")
    page = path_of(newsroom.story())
    assert "Ninety are missing" in body_of(page)
    edit_alert(alert, draft(newsroom, "Nine are missing"), by=None)
    assert "Ninety are missing" not in everywhere(newsroom).replace("Nine are missing", "")
    assert "Nine are missing" in body_of("/en/")
    assert b"Nine are missing" in print_path(page).body
    assert [event.kind for event in told()] == ["alert.created", "alert.edited"]


def test_a_withdrawn_alert_is_gone_everywhere(newsroom: TestNewsroom) -> None:
    body = [("text", "<p>Of waiting, and of quiet.</p>")]
    before = path_of(newsroom.story(title="Patience", body=body))
    alert = post(newsroom, "It never happened")
    page = path_of(newsroom.story())
    print_path("/en/news/politics/")
    withdraw_alert(alert, by=None)
    assert "It never happened" not in everywhere(newsroom)
    assert newsroom.store.has(before), "a page that never showed it is left alone"
    assert b"It never happened" not in print_path(page).body
    event = told()[-1]
    assert (event.kind, event.data) == ("alert.withdrawn", {"id": alert.pk})
    with pytest.raises(AlertError, match="has ended"):
        withdraw_alert(alert, by=None)


def test_alerts_end_when_their_time_is_over_oldest_first(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    late = post(newsroom, "The second to end", until=now + timedelta(minutes=2))
    early = post(newsroom, "The first to end", until=now + timedelta(minutes=1))
    post(newsroom, "Stands longer", until=now + HOUR)
    assert expire_alerts(now) == []
    ended = expire_alerts(now + timedelta(minutes=3))
    assert [alert.pk for alert in ended] == [early.pk, late.pk]
    assert [event.data["id"] for event in told() if event.kind == "alert.expired"] == [early.pk, late.pk]
    assert "to end" not in body_of("/en/")
    assert "Stands longer" in body_of("/en/")
    assert expire_alerts(now + timedelta(minutes=3)) == []


def test_the_worker_ends_alerts(newsroom: TestNewsroom) -> None:
    alert = post(newsroom)
    Alert.objects.update(until=timezone.now())
    tick()
    alert.refresh_from_db()
    assert alert.expired_at is not None
    assert "The dam holds" not in everywhere(newsroom)


def test_undo_takes_back_a_post_an_edit_and_a_withdrawal(newsroom: TestNewsroom) -> None:
    editor("chief", "ana")
    from dateline.desk.models import User

    ana = User.objects.get(username="ana")
    alert = post_alerts([draft(newsroom, "First")], by=ana)[0]
    edit_alert(alert, draft(newsroom, "Second"), by=ana)
    undo(alert, by=ana)
    assert "First" in body_of("/en/island/ticker.html")
    withdraw_alert(alert, by=ana)
    assert "First" not in body_of("/en/island/ticker.html")
    undo(alert, by=ana)
    assert "First" in body_of("/en/island/ticker.html")
    other = post_alerts([draft(newsroom, "A slip")], by=ana)[0]
    undo(other, by=ana)
    assert "A slip" not in everywhere(newsroom)
    kinds = [event.kind for event in told()]
    assert kinds[-2:] == ["alert.created", "alert.withdrawn"]
    assert [note.action for note in alert.notes.order_by("pk")] == ["posted", "edited", "undone", "withdrawn", "undone"]
    assert [note.by_name for note in alert.notes.all()] == ["ana"] * 5


def test_undo_is_for_whoever_did_it_and_for_ten_seconds(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("chief", "ana"), editor("chief", "omar")
    from dateline.desk.models import User

    ana, omar = (User.objects.get(username=name) for name in ("ana", "omar"))
    alert = post_alerts([draft(newsroom)], by=ana)[0]
    with pytest.raises(AlertError, match="too late"):
        undo(alert, by=omar)
    assert settings.OPTIONS["undo_seconds"] == 10
    monkeypatch.setitem(settings.OPTIONS, "undo_seconds", 0)
    monkeypatch.setattr(actions, "ON_ITS_WAY", timedelta(0))
    with pytest.raises(AlertError, match="too late"):
        undo(alert, by=ana)


def test_two_editors_do_not_write_over_each_other(newsroom: TestNewsroom) -> None:
    alert = post(newsroom, "One")
    seen = alert.notes.get().pk
    edit_alert(alert, draft(newsroom, "Two"), by=None, seen=seen)
    with pytest.raises(AlertError, match="It now says: Two"):
        edit_alert(alert, draft(newsroom, "Three"), by=None, seen=seen)
    alert.refresh_from_db()
    assert alert.text == "Two"


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("x" * (LONGEST_TEXT + 1), {}, "too many"),
        ("x" * 1_000_000, {}, "too many"),
        ("", {}, "says nothing"),
        ("\u202e\u2066\x00 ", {}, "says nothing"),
        ("Over", {"until": timezone.now() - HOUR}, "over already"),
        ("For ever", {"until": timezone.now() + timedelta(days=400)}, "seven days"),
        ("By whom", {"attribution": "x" * 81}, "too many"),
    ],
)
def test_what_cannot_be_an_alert_is_refused_with_a_reason(
    newsroom: TestNewsroom, text: str, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(AlertError, match=said):
        post(newsroom, text, **values)
    assert (Alert.objects.count(), told()) == (0, [])


def test_characters_that_turn_text_around_are_left_out(newsroom: TestNewsroom) -> None:
    alert = post(newsroom, "Safe\u202e gnp.exe\u2069\nand one line\u200b", attribution="\ufeffWho")
    assert (alert.text, alert.attribution) == ("Safe gnp.exe and one line", "Who")
    assert post(newsroom, "می\u200cخواهم").text == "می\u200cخواهم"


def test_a_story_of_another_edition_and_one_alert_too_many_are_refused(newsroom: TestNewsroom) -> None:
    with pytest.raises(AlertError, match="another edition"):
        post(newsroom, story=newsroom.story("ar"))
    for number in range(actions.MOST_STANDING):
        post(newsroom, f"Alert {number}")
    with pytest.raises(AlertError, match="Withdraw one first"):
        post(newsroom)


def test_an_alert_leads_nowhere_when_its_story_goes(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    post(newsroom, story=story)
    path = path_of(story)
    assert path in body_of("/en/island/ticker.html")
    withdraw_story(story, by=None, reason="Wrong.")
    body = body_of("/en/island/ticker.html")
    assert "The dam holds" in body
    assert path not in body


def test_the_ticker_shows_the_newest_story_when_nothing_is_breaking(newsroom: TestNewsroom) -> None:
    first = newsroom.story(title="The first of them")
    assert "The first of them" in body_of("/en/island/ticker.html")
    second = newsroom.story(title="The second of them")
    assert "The second of them" in body_of("/en/island/ticker.html")
    _, events = LogReader(settings.STORE_ROOT, "en").news()
    assert [(event.kind, event.data["id"]) for event in events] == [
        ("story.published", first.pk),
        ("story.published", second.pk),
    ]
    withdraw_story(second, by=None, reason="Wrong.")
    assert "The first of them" in body_of("/en/island/ticker.html")
    _, events = LogReader(settings.STORE_ROOT, "en").news()
    assert (events[-1].kind, events[-1].about) == ("story.withdrawn", f"story:{second.pk}")


# ── at the desk ──


def form(**values: str) -> dict[str, str]:
    return {"severity": "breaking", "minutes": "60", **values}


def test_a_chief_posts_edits_and_withdraws_in_the_composer(newsroom: TestNewsroom) -> None:
    client = editor("chief")
    page = client.get("/desk/breaking/").content.decode()
    assert 'name="ar-text"' in page
    assert 'dir="rtl"' in page
    sent = form(**{"en-text": "Bridge closed", "en-attribution": "Police", "ar-text": "إغلاق الجسر"})
    assert client.post("/desk/breaking/", sent).status_code == 302
    assert "Bridge closed" in body_of("/en/")
    assert "إغلاق الجسر" in body_of("/ar/")
    listed = client.get("/desk/breaking/").content.decode()
    assert "Undo" in listed
    alert = Alert.objects.get(edition=newsroom.editions["en"])
    page = client.get(f"/desk/breaking/{alert.pk}/").content.decode()
    assert "Bridge closed" in page
    seen = str(alert.notes.get().pk)
    sent = form(**{"en-text": "Bridge open", "minutes": "0", "seen": seen})
    assert client.post(f"/desk/breaking/{alert.pk}/", sent).status_code == 302
    assert "Bridge open" in body_of("/en/")
    before = alert.until
    alert.refresh_from_db()
    assert alert.until == before
    assert client.post(f"/desk/breaking/{alert.pk}/withdraw/").status_code == 302
    assert "Bridge" not in body_of("/en/")
    history = client.get("/desk/breaking/").content.decode()
    assert [word for word in ("Posted", "Edited", "Withdrawn") if word in history] == ["Posted", "Edited", "Withdrawn"]


def test_what_is_wrong_is_said_and_what_was_typed_stays(newsroom: TestNewsroom) -> None:
    client = editor("chief")
    answer = client.post("/desk/breaking/", form(**{"en-text": "x" * 500, "ar-text": "نص"}))
    assert answer.status_code == 400
    body = answer.content.decode()
    assert "x" * 500 in body
    assert "نص" in body
    answer = client.post("/desk/breaking/", form())
    assert (answer.status_code, Alert.objects.count()) == (400, 0)
    assert "at least one edition" in answer.content.decode()


def test_alerts_are_posted_by_those_who_may(newsroom: TestNewsroom) -> None:
    alert = post(newsroom)
    for role in ("reporter", "translator"):
        client = editor(role)
        assert "/desk/breaking/" not in client.get("/desk/").content.decode()
        for path in ("", f"{alert.pk}/", f"{alert.pk}/withdraw/"):
            assert client.post(f"/desk/breaking/{path}", form(**{"en-text": "No"})).status_code in {302, 403}
    for role in ("producer", "editor"):
        client = editor(role)
        assert "/desk/breaking/" in client.get("/desk/").content.decode()
        assert client.get("/desk/breaking/").status_code == 200
    assert Alert.objects.count() == 1
    alert.refresh_from_db()
    assert alert.stands


def test_the_composer_takes_the_same_queries_for_few_alerts_and_for_many(newsroom: TestNewsroom) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = editor("chief")
    counted = []
    for number in (1, 8):
        for _ in range(number):
            post(newsroom)
        client.get("/desk/breaking/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/breaking/")
        counted.append(len(queries))
    assert counted[0] == counted[1], counted


# ── What nobody should send ──


def test_an_alert_of_a_megabyte_is_refused_and_the_form_keeps_what_was_typed(newsroom: TestNewsroom) -> None:
    with pytest.raises(AlertError, match="are too many"):
        post(newsroom, "x" * 1_000_000)
    client = editor("chief")
    form = {"en-text": "x" * 1_000_000, "en-attribution": "", "severity": "breaking", "minutes": "60"}
    answer = client.post("/desk/breaking/", form)
    assert answer.status_code in {400, 413}
    shorter = client.post("/desk/breaking/", form | {"en-text": "y" * 5_000})
    assert shorter.status_code == 400
    assert "y" * 5_000 in shorter.content.decode()
    assert not Alert.objects.exists()
    assert told() == []


def test_an_alert_for_an_edition_that_is_not_there_is_refused(newsroom: TestNewsroom) -> None:
    client = editor("chief")
    form = {"xx-text": "Nobody reads this", "severity": "breaking", "minutes": "60"}
    answer = client.post("/desk/breaking/", form)
    assert answer.status_code == 400
    assert "at least one edition" in answer.content.decode()
    assert not Alert.objects.exists()


def test_a_clock_set_back_loses_and_reorders_nothing(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    first = post(newsroom, "Before the clock went back")
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() - 3 * HOUR)
    second = post(newsroom, "After the clock went back", until=real() - 2 * HOUR)
    tick()
    assert [event.data["id"] for event in told()] == [first.pk, second.pk]
    for text in ("Before the clock went back", "After the clock went back"):
        assert text in body_of("/en/")
    with pytest.raises(AlertError, match="would be over"):
        post(newsroom, "Over already", until=real() - 4 * HOUR)
    monkeypatch.setattr(timezone, "now", real)
    tick()
    assert "After the clock went back" not in body_of("/en/")
    assert "Before the clock went back" in body_of("/en/")
