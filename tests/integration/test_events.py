"""The event log: written with the change it tells of, once and in order in the log that stands follow."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dateline.press import events
from dateline.press.models import Channel, Event
from dateline.store import log as store_log
from dateline.store.log import EventLog, LogEvent, LogReader
from tests.factories import TestNewsroom

pytestmark = pytest.mark.django_db(transaction=True)


def tell(kind: str = "a", channel: str = "en", **options: str) -> int:
    with transaction.atomic():
        return events.record_event(channel, kind, {"x": 1}, **options)


def logged(channel: str = "en") -> list[tuple[int, str]]:
    _, found = LogReader(settings.STORE_ROOT, channel).news()
    return [(event.number, event.kind) for event in found]


def test_an_event_is_in_the_log_when_its_change_has_committed(newsroom: TestNewsroom) -> None:
    with transaction.atomic():
        assert events.record_event("en", "a", {"text": "خبر"}, topic="7") == 1
        assert logged() == []
    _, (event,) = LogReader(settings.STORE_ROOT, "en").news()
    assert (event.number, event.kind, event.topic, event.data) == (1, "a", "7", {"text": "خبر"})
    assert abs((datetime.now(UTC) - datetime.fromisoformat(event.at)).total_seconds()) < 60
    assert events.position("en").endswith(".0"), "a story's own events do not move the edition's position"
    tell()
    assert events.position("en").endswith(".2")
    assert events.position("ar") == ""


def test_a_change_that_rolls_back_tells_nothing_and_uses_no_number(newsroom: TestNewsroom) -> None:
    tell("a")
    with pytest.raises(RuntimeError), transaction.atomic():
        events.record_event("en", "b", {})
        raise RuntimeError
    tell("c")
    assert logged() == [(1, "a"), (2, "c")]


def test_an_event_without_a_transaction_is_refused(newsroom: TestNewsroom) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        events.record_event("en", "a", {})


def test_each_edition_counts_for_itself(newsroom: TestNewsroom) -> None:
    tell("a"), tell("b", channel="ar"), tell("c")
    assert logged("en") == [(1, "a"), (2, "c")]
    assert logged("ar") == [(1, "b")]


def test_many_writers_share_one_order_and_each_event_is_logged_once(newsroom: TestNewsroom) -> None:
    def write(writer: int) -> None:
        try:
            for number in range(10):
                tell(f"w{writer}.{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = logged()
    assert [number for number, _ in found] == list(range(1, 41))
    assert found == list(Event.objects.order_by("number").values_list("number", "kind"))
    for writer in range(4):
        mine = [kind for _, kind in found if kind.startswith(f"w{writer}.")]
        assert mine == [f"w{writer}.{number}" for number in range(10)]


def test_what_a_killed_process_left_out_is_relayed_by_the_next(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("a")
    with monkeypatch.context() as patched:
        patched.setattr(events, "relay", lambda channel: 0)
        tell("b"), tell("c")
    assert logged() == [(1, "a")]
    assert events.relay_all() == 2
    assert events.relay_all() == 0
    assert logged() == [(1, "a"), (2, "b"), (3, "c")]


def test_a_line_that_a_crash_cut_off_is_written_again(newsroom: TestNewsroom) -> None:
    tell("a")
    file = Path(settings.STORE_ROOT) / ".live" / "en.jsonl"
    with file.open("ab") as handle:
        handle.write(b'{"n":2,"kind":"b","to')
    tell("b")
    assert logged() == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    "damage", [b"", b"not json\n", b'{"generation": "x"}\n', b'{"generation": "x", "after": "y"}\n']
)
def test_a_log_that_is_lost_or_damaged_is_written_anew(newsroom: TestNewsroom, damage: bytes) -> None:
    tell("a"), tell("b")
    file = Path(settings.STORE_ROOT) / ".live" / "en.jsonl"
    if damage:
        file.write_bytes(damage)
    else:
        file.unlink()
    tell("c")
    assert logged() == [(1, "a"), (2, "b"), (3, "c")]


def test_a_database_from_a_backup_begins_another_count(newsroom: TestNewsroom) -> None:
    tell("a"), tell("b"), tell("c")
    before = Channel.objects.get(name="en").generation
    Event.objects.filter(number=3).delete()
    Channel.objects.filter(name="en").update(last=2, last_shared=2)
    events.relay_all()
    row = Channel.objects.get(name="en")
    assert row.generation != before
    assert events.position("en") == f"{row.generation}.2"
    reader = LogReader(settings.STORE_ROOT, "en")
    _, found = reader.news()
    assert (reader.generation, [event.number for event in found]) == (row.generation, [1, 2])


def test_the_log_and_the_table_keep_so_many_and_no_more(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_log, "KEEP_EVENTS", 8)
    monkeypatch.setattr(events, "KEEP_EVENTS", 8)
    for _ in range(60):
        tell()
    reader = LogReader(settings.STORE_ROOT, "en")
    _, found = reader.news()
    assert 8 <= len(found) <= 18
    assert [event.number for event in found] == list(range(reader.after + 1, 61))
    events.forget_events()
    assert list(Event.objects.order_by("number").values_list("number", flat=True)) == list(range(45, 61))
    (Path(settings.STORE_ROOT) / ".live" / "en.jsonl").unlink()
    events.relay_all()
    reader = LogReader(settings.STORE_ROOT, "en")
    _, found = reader.news()
    assert (reader.after, len(found)) == (44, 16)


def test_a_log_is_cut_by_bytes_too(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_log, "KEEP_BYTES", 5000)
    with EventLog(settings.STORE_ROOT, "en").locked() as writer:
        writer.begin("g", 0)
        for number in range(1, 30):
            writer.append([LogEvent(number, "a", "", "", {"text": "x" * 1000})])
    reader = LogReader(settings.STORE_ROOT, "en")
    _, found = reader.news()
    assert found[-1].number == 29
    assert 4 <= len(found) <= 10
    assert reader.after == found[0].number - 1


def test_telling_takes_the_same_number_of_queries_however_much_was_told(
    newsroom: TestNewsroom,
) -> None:
    tell(), tell()
    counted = []
    for rounds in (1, 50):
        for _ in range(rounds):
            tell()
        with CaptureQueriesContext(connection) as queries:
            tell()
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 9
