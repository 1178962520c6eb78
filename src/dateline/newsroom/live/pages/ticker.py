"""The ticker, ready to show: alerts that stand, else the newest story."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.broadcast.pages import on_air_link
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.live.models import BREAKING, Alert
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.teasers import latest_line
from dateline.press.events import position
from dateline.press.ingredients import fresh_until, record
from dateline.theme import components as c

#: Alerts that the ticker takes turns with.
SHOWN = 5


def standing(edition_id: int) -> list[Alert]:
    """The alerts an edition's readers see now, newest first, in one query on index alert_standing."""
    rows = Alert.objects.filter(edition=edition_id, withdrawn_at=None, expired_at=None, until__gt=timezone.now())
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def ticker_view(edition: EditionNode) -> c.TickerView:
    """The island under every masthead. Its position is read first, so that open pages miss nothing after it."""
    at = position(edition.slug)
    record(f"list:alerts:{edition.id}", f"list:edition:{edition.id}", f"list:air:{edition.id}")
    alerts = standing(edition.id)
    record(*(f"alert:{alert.pk}" for alert in alerts))
    for alert in alerts:
        fresh_until(alert.until)
    newest = streams.newest([f"edition:{edition.id}"], 1)[f"edition:{edition.id}"]
    with override(edition.code):
        paths = _paths([alert.story_id for alert in alerts if alert.story_id])
        return c.TickerView(
            shell=edition.shell,
            live=f"/live/{edition.slug}",
            at=at,
            alerts=tuple(alert_view(alert, edition, paths.get(alert.story_id or 0, "")) for alert in alerts),
            latest=latest_line(newest[0], edition) if newest else None,
            on_air=on_air_link(edition),
        )


def alert_view(alert: Alert, edition: EditionNode, url: str) -> c.Alert:
    labels = {BREAKING: _("Breaking")}
    return c.Alert(
        id=alert.pk,
        text=alert.text,
        severity=alert.severity,
        label=labels.get(alert.severity, _("Developing")),
        time=edition.voice.moment(alert.at, beside=edition.voice.day(alert.at)),
        until=alert.until.isoformat(timespec="seconds"),
        attribution=alert.attribution,
        url=url,
    )


def alert_html(alert: Alert, edition: EditionNode) -> str:
    """One alert as the ticker has it: what open pages put in."""
    url = _paths([alert.story_id]).get(alert.story_id, "") if alert.story_id else ""
    with override(edition.code):
        return render_to_string("theme/parts/alert.html", {"alert": alert_view(alert, edition, url)}).strip()


def _paths(stories: list[int]) -> dict[int, str]:
    """Where these stories are; one that is not public leads nowhere."""
    record(*(f"story:{pk}" for pk in stories))
    rows = Address.objects.filter(page_id__in=stories, current=True, page__live=True)
    return {int(pk): path for pk, path in rows.values_list("page_id", "path")}
