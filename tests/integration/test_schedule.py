"""What is due by the clock happens when it is due, and after downtime oldest first."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from dateline.desk import schedule
from dateline.desk.schedule import keep_schedule, late_ones
from dateline.desk.worker import TICK, tick, until_due
from dateline.newsroom.live.actions.alerts import Draft, post_alerts
from dateline.newsroom.stories.models import Story
from dateline.press import outbox
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor
from tests.integration.test_freshness import path_of

pytestmark = pytest.mark.django_db(transaction=True)


def scheduled(newsroom: TestNewsroom, title: str, due: datetime) -> Story:
    """A draft that an editor has scheduled; its hour may have struck while nothing was running."""
    story = newsroom.story(title=title, publish=False)
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision(clean=False).publish(skip_permission_checks=True)
    Revision.objects.filter(object_id=story.pk).update(approved_go_live_at=due)
    revision = story.get_latest_revision()
    revision.content["go_live_at"] = due.isoformat()
    revision.save(update_fields=["content"])
    return Story.objects.get(pk=story.pk)


def test_what_is_due_goes_out_and_what_is_not_stays(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    due = scheduled(newsroom, "Its hour has struck", now - timedelta(seconds=1))
    early = scheduled(newsroom, "Its hour has not", now + timedelta(hours=1))
    tick()
    due.refresh_from_db()
    early.refresh_from_db()
    assert (due.live, early.live) == (True, False)
    assert "Its hour has struck" in body_of("/en/")
    assert "Its hour has struck" in body_of(path_of(due))
    assert keep_schedule() == 0


def test_what_has_expired_comes_off(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="For a day")
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    tick()
    story.refresh_from_db()
    assert (story.live, story.expired) == (False, True)
    assert "For a day" not in body_of("/en/")


def test_after_downtime_all_is_caught_up_oldest_first_and_the_overview_says_how_late(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    second = scheduled(newsroom, "Second", now - timedelta(minutes=20))
    first = scheduled(newsroom, "First", now - timedelta(hours=3))
    third = scheduled(newsroom, "Third", now - timedelta(seconds=1))
    assert keep_schedule() == 3
    went_out = Story.objects.filter(live=True).order_by("last_published_at").values_list("pk", flat=True)
    assert list(went_out) == [first.pk, second.pk, third.pk]
    assert [entry.data["seconds"] // 60 for entry in late_ones()] == [20, 180]
    overview = editor("chief").get("/desk/").content.decode()
    assert "3:00:0" in overview
    assert "Third" not in overview.split("Late</h2>")[1].split("</section>")[0]


def test_fronts_that_several_share_are_printed_once(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    for number in range(4):
        scheduled(newsroom, f"One of four, {number}", now - timedelta(seconds=number + 1))
    outbox.last_report()
    keep_schedule()
    report = outbox.last_report()
    assert report is not None
    assert report.printed.count("/en/") == 1
    assert len([path for path in report.printed if path.startswith("/en/news/politics/2")]) == 4


def test_one_that_cannot_go_out_holds_up_no_other(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    stuck = scheduled(newsroom, "Stuck", now - timedelta(minutes=2))
    other = scheduled(newsroom, "Other", now - timedelta(minutes=1))
    publish = Revision.publish

    def fails(self: Revision, **options: object) -> None:
        if self.object_id == str(stuck.pk):
            raise RuntimeError("no")
        publish(self, **options)

    monkeypatch.setattr(Revision, "publish", fails)
    monkeypatch.setattr(schedule, "_failed", set())
    assert [keep_schedule(), keep_schedule()] == [1, 0]
    other.refresh_from_db()
    assert other.live
    assert len([r for r in caplog.records if "could not be dealt with" in r.message]) == 1
    monkeypatch.setattr(Revision, "publish", publish)
    assert keep_schedule() == 1
    stuck.refresh_from_db()
    assert stuck.live


def test_a_look_with_nothing_due_asks_little(newsroom: TestNewsroom, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        keep_schedule()


def test_the_worker_wakes_when_something_is_due(newsroom: TestNewsroom) -> None:
    now = timezone.now()
    assert until_due(now) == TICK
    scheduled(newsroom, "Soon", now + timedelta(seconds=0.2))
    assert until_due(now) == pytest.approx(0.2)
    assert until_due(now + timedelta(seconds=1)) == TICK  # overdue: it was tried, and waits its turn
    Revision.objects.update(approved_go_live_at=None)
    scheduled(newsroom, "Much later", now + timedelta(days=1))
    post_alerts([Draft(newsroom.editions["en"], "Shortly", now + timedelta(seconds=30))], by=None)
    assert until_due(now) == TICK
    assert until_due(now + timedelta(seconds=29.9)) == pytest.approx(0.1)
