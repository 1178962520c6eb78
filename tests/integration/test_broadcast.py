"""Live television: addresses, schedules with clocks that change, and what readers are told of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dateline.desk.worker import TICK, tick, until_due
from dateline.newsroom.broadcast.actions import keep_air, set_day
from dateline.newsroom.broadcast.addresses import check_host, check_stream
from dateline.newsroom.broadcast.models import ALWAYS, NEVER, Channel
from dateline.newsroom.broadcast.schedule import ScheduleError, Slot, day_bounds, read_day, write_day
from dateline.press.printing import print_path
from dateline.store.log import LogEvent, LogReader
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)

LONDON, BEIRUT, BOGOTA = (ZoneInfo(name) for name in ("Europe/London", "Asia/Beirut", "America/Bogota"))
HOUR = timedelta(hours=1)


def channel(newsroom: TestNewsroom, language: str = "en", **values: Any) -> Channel:
    said = {"slug": "one", "title": "Dateline One", "hls": "https://stream.example/one.m3u8"} | values
    made = Channel(edition=newsroom.editions[language], **said)
    made.full_clean()
    made.save()
    return made


def around(moment: datetime, *titles: str) -> list[Slot]:
    """Programmes of an hour each; the first is on at `moment`."""
    first = moment - HOUR / 2
    return [Slot(first + n * HOUR, first + (n + 1) * HOUR, title) for n, title in enumerate(titles)]


def told() -> list[LogEvent]:
    _, events = LogReader(settings.STORE_ROOT, "en").news()
    return [event for event in events if event.kind.startswith("channel.")]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://stream.example/a.m3u8",
        "https://localhost/a.m3u8",
        "https://127.0.0.1/a.m3u8",
        "https://127.1/a.m3u8",
        "https://2130706433/a.m3u8",
        "https://0x7f000001/a.m3u8",
        "https://10.0.0.7/a.m3u8",
        "https://192.168.1.1:8443/a.m3u8",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.m3u8",
        "https://[fd00::1]/a.m3u8",
        "https://[::ffff:10.0.0.1]/a.m3u8",
        "https://camera.local/a.m3u8",
        "https://camera/a.m3u8",
        "https://db.internal/a.m3u8",
        "https://user:secret@stream.example/a.m3u8",
        "https://stream.example:99999/a.m3u8",
        "https://stream.example/a b.m3u8",
        "https://stream.example/'; script-src *",
        "javascript:alert(1)",
        "https://",
        "",
    ],
)
def test_a_stream_that_is_not_on_the_public_net_is_refused(newsroom: TestNewsroom, address: str) -> None:
    with pytest.raises(ValidationError):
        channel(newsroom, hls=address)
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    "host", ["localhost", "10.0.0.1", "a b", "*", "cdn.example;", "https://cdn.example", "x.local"]
)
def test_a_host_that_is_none_is_refused(newsroom: TestNewsroom, host: str) -> None:
    with pytest.raises(ValidationError):
        check_host(host)


def test_public_streams_are_taken() -> None:
    for address in ("https://stream.example/a.m3u8?x=1", "https://203.0.114.9:8443/a.m3u8", "https://ünï.example/a"):
        check_stream(address)
    check_host("*.cdn.example")


def test_a_page_may_load_its_own_stream_and_no_other(newsroom: TestNewsroom) -> None:
    channel(newsroom, more_hosts="cdn.example *.edge.example")
    kept = newsroom.store.read("/en/channel/one/")
    assert kept
    policy = dict(kept.sheet.headers)["content-security-policy"]
    hosts = "https://stream.example https://cdn.example https://*.edge.example"
    assert f"media-src 'self' blob: {hosts};" in policy
    assert "script-src 'self';" in policy


def test_on_air_by_its_schedule_readers_are_told_and_the_marker_stands(newsroom: TestNewsroom) -> None:
    one = channel(newsroom)
    now = timezone.now()
    assert "live-mark" not in body_of("/en/island/ticker.html")
    set_day(one, now.astimezone(LONDON).date(), [Slot(now - HOUR / 60, now + HOUR, "News <b>now</b>")], by=None)
    assert keep_air(now) == []  # told when the schedule was set
    for path in ("/en/", "/en/island/ticker.html"):
        assert 'href="/en/channel/one/"' in body_of(path)
    assert "News &lt;b&gt;now&lt;/b&gt;" in body_of("/en/channel/one/")
    (changed,) = keep_air(now + HOUR + timedelta(seconds=1))
    assert changed.pk == one.pk
    assert "live-mark" not in body_of("/en/")
    assert [event.kind for event in told()] == ["channel.on", "channel.off"]
    assert 'href="/en/channel/one/"' in told()[0].data["html"]
    assert told()[1].data["html"] == ""


def test_an_editor_puts_it_on_and_off_the_air(newsroom: TestNewsroom) -> None:
    one = channel(newsroom, mode=ALWAYS)
    assert "live-mark" in body_of("/en/channel/one/")
    two = channel(newsroom, slug="two", title="Two", mode=ALWAYS)
    one.mode = NEVER
    one.save()
    assert 'href="/en/channel/two/"' in body_of("/en/island/ticker.html")
    two.delete()
    assert "live-mark" not in body_of("/en/island/ticker.html")
    assert print_path("/en/channel/two/").status == 404


def test_the_worker_wakes_at_the_end_of_a_programme(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    assert until_due(now) == TICK
    one = channel(newsroom)
    ends = now + timedelta(seconds=30)
    set_day(one, now.astimezone(LONDON).date(), [Slot(now - HOUR / 60, ends, "News")], by=None)
    assert until_due(ends - timedelta(seconds=0.1)) == pytest.approx(0.1)
    tick()
    assert Channel.objects.get().on_air


def test_now_and_next_and_the_day(newsroom: TestNewsroom) -> None:
    one = channel(newsroom)
    now = timezone.now()
    slots = around(now, "On now", "Comes next", "After that")
    same_day = [
        slot for slot in slots if slot.starts.astimezone(LONDON).date() == slots[0].starts.astimezone(LONDON).date()
    ]
    set_day(one, slots[0].starts.astimezone(LONDON).date(), same_day, by=None)
    body = body_of("/en/channel/one/")
    assert body.count("On now") >= 2
    assert "UTC" in body
    assert "isLiveBroadcast" in body


def test_a_day_costs_the_same_whatever_is_announced(newsroom: TestNewsroom) -> None:
    one = channel(newsroom)
    day = timezone.now().astimezone(LONDON).date()
    begins, _ = day_bounds(day, LONDON)
    costs = []
    for count in (3, 12):
        set_day(one, day, [Slot(begins + n * HOUR, begins + (n + 1) * HOUR, f"P{n}") for n in range(count)], by=None)
        with CaptureQueriesContext(connection) as queries:
            print_path("/en/channel/one/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


# ── Days ──


def test_a_day_is_read_and_written() -> None:
    text = "06:00 Morning\n 9.30 - 10:00  Markets | What they did\n\n٢٠:٠٠ أخبار الثامنة\n23:30-00:30 Late"
    slots = read_day(text, date(2026, 11, 23), BEIRUT)
    assert [slot.title for slot in slots] == ["Morning", "Markets", "أخبار الثامنة", "Late"]
    assert slots[0] == Slot(datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "Morning")
    assert slots[1].summary == "What they did"
    assert slots[3].ends == datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert read_day(write_day(slots, BEIRUT), date(2026, 11, 23), BEIRUT) == slots


def test_clocks_that_go_back_show_an_hour_twice() -> None:
    day = date(2026, 10, 25)
    begins, ends = day_bounds(day, LONDON)
    assert ends - begins == 25 * HOUR
    slots = read_day("00:30 One\n01:30 Two\n01:30 Three\n02:30 Four", day, LONDON)
    starts = [slot.starts.hour * 60 + slot.starts.minute for slot in slots]
    assert starts == [23 * 60 + 30, 30, 90, 150]


def test_an_hour_that_clocks_skip_is_refused() -> None:
    day = date(2026, 3, 29)
    begins, ends = day_bounds(day, LONDON)
    assert ends - begins == 23 * HOUR
    with pytest.raises(ScheduleError, match="skip 01:30"):
        read_day("00:30 One\n01:30 Two", day, LONDON)
    slots = read_day("00:30 One\n02:00 Two", day, LONDON)
    assert slots[0].ends - slots[0].starts == HOUR / 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("News at eight", "no time"),
        ("25:00 News", "no clock"),
        ("10:00 A\n09:00 B", "not later"),
        ("10:00 A\n10:00 B", "not later"),
        ("10:00-11:30 A\n11:00 B", "runs into"),
        ("10:00 |", "no title"),
        ("10:00", "no time"),
    ],
)
def test_a_day_that_cannot_be_is_refused(text: str, says: str) -> None:
    with pytest.raises(ScheduleError, match=says):
        read_day(text, date(2026, 11, 23), BOGOTA)


def test_overlaps_with_the_days_around_are_refused_and_nothing_is_lost(newsroom: TestNewsroom) -> None:
    one = channel(newsroom)
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    set_day(one, monday, read_day("22:00-23:00 A\n23:30-00:30 Late", monday, LONDON), by=None)
    with pytest.raises(ScheduleError, match="Late"):
        set_day(one, tuesday, read_day("00:00 Night", tuesday, LONDON), by=None)
    set_day(one, tuesday, read_day("00:30 Night", tuesday, LONDON), by=None)
    with pytest.raises(ScheduleError, match="Night"):
        set_day(one, monday, read_day("23:30-00:45 Later", monday, LONDON), by=None)
    reversed_ = [Slot(datetime(2026, 11, 25, 10, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC), "Backwards")]
    with pytest.raises(ScheduleError, match="before it starts"):
        set_day(one, date(2026, 11, 25), reversed_, by=None)
    assert list(one.programmes.order_by("starts").values_list("title", flat=True)) == ["A", "Late", "Night"]


# ── At the desk ──


def test_a_producer_sets_a_day_at_the_desk(newsroom: TestNewsroom) -> None:
    one = channel(newsroom, "ar")
    client = editor("producer")
    way = f"/desk/channels/{one.pk}/2026-11-23/"
    assert client.get(way).status_code == 200
    refused = client.post(way, {"text": "10:00 أ\n09:00 ب"})
    assert refused.status_code == 400
    assert "10:00 أ" in refused.content.decode()
    assert client.post(way, {"text": "10:00-11:00 أخبار"}).status_code == 302
    assert "10:00-11:00 أخبار" in client.get(way).content.decode()
    assert "10:00-11:00 أخبار" in client.get(f"/desk/channels/{one.pk}/2026-11-24/?from=2026-11-23").content.decode()
    assert client.get(f"/desk/channels/{one.pk}/2026-13-45/").status_code == 404
    assert editor("reporter").get(way).status_code in {302, 403}
