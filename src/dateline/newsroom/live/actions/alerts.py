"""Every write of breaking alerts: the row, its history, the event open pages hear, and what is printed anew."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from dateline.newsroom.editions.drawing import ticker_path
from dateline.newsroom.editions.models import Edition
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.live.models import BREAKING, LONGEST_TEXT, SAID, Alert, AlertNote
from dateline.newsroom.live.pages.ticker import alert_html
from dateline.newsroom.stories.models import Story
from dateline.press.events import record_event
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: A click of the last moment still counts when it arrives.
ON_ITS_WAY = timedelta(seconds=5)
#: Alerts that may stand in one edition at a time: a ticker of more is not read.
MOST_STANDING = 12
#: The longest time an alert may stand.
LONGEST = timedelta(days=7)

#: Characters that change the direction of the text after them, and others that show nothing.
_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"


class AlertError(Exception):
    """An alert that cannot be written so; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an alert is to say in one edition. `until` is a moment in time, with its zone."""

    edition: Edition
    text: str
    until: datetime
    attribution: str = ""
    severity: str = BREAKING
    story: Story | None = None


def post_alerts(
    drafts: Sequence[Draft], *, by: "AbstractBaseUser | None", push: bool = False, at: datetime | None = None
) -> list[Alert]:
    """Post one piece of news in one or more editions, in all of them or in none.

    Raises:
        AlertError: a text is empty or too long, the time is over already, or too many alerts stand.
    """
    now = timezone.now()
    group, posted = uuid4(), []
    if not drafts:
        raise AlertError(gettext("Write the alert in at least one edition."))
    with transaction.atomic():
        # In the order of their names: whoever locks several channels locks them in one order.
        for draft in sorted(drafts, key=lambda draft: draft.edition.slug):
            said = _checked(draft, now)
            standing = Alert.objects.filter(edition=draft.edition, withdrawn_at=None, expired_at=None).count()
            if standing >= MOST_STANDING:
                text = gettext("%(number)s alerts stand in %(edition)s. Withdraw one first.")
                raise AlertError(text % {"number": standing, "edition": draft.edition.title})
            alert = Alert.objects.create(edition=draft.edition, group=group, at=at or now, push=push, **said)
            _tell(alert, "created", "posted", by)
            posted.append(alert)
    return posted


def bring_alert(draft: Draft, *, at: datetime) -> bool:
    """Take in an alert from elsewhere, as it was posted at `at`; one that is known changes nothing.

    Returns whether it is new. One whose time is over enters the history alone.

    Raises:
        AlertError: it cannot be an alert, or it is of a time to come.
    """
    now = timezone.now()
    if at > now:
        raise AlertError(gettext("It is dated in the future. An alert goes out when it is posted."))
    if Alert.objects.filter(edition=draft.edition, at=at, text=_clean(draft.text)).exists():
        return False
    if draft.until > now:
        post_alerts([draft], by=None, at=at)
        return True
    said = _checked(draft, min(at, draft.until - timedelta(seconds=1)))
    with transaction.atomic():
        alert = Alert.objects.create(edition=draft.edition, at=at, expired_at=draft.until, **said)
        AlertNote.objects.create(alert=alert, action="posted", at=at, **alert.said)
    return True


def edit_alert(alert: Alert, draft: Draft, *, by: "AbstractBaseUser | None", seen: int | None = None) -> Alert:
    """Say something else in a standing alert.

    Args:
        seen: id of the last line of its history that the editor had before them; None for whatever it is.

    Raises:
        AlertError: it no longer stands, somebody else has changed it, or what it is to say cannot be said.
    """
    with transaction.atomic():
        alert = _standing(alert)
        last = _last_note(alert)
        if seen is not None and last and last.pk != seen:
            text = gettext("%(name)s has changed this alert meanwhile. It now says: %(text)s")
            raise AlertError(text % {"name": last.by_name or gettext("Somebody"), "text": alert.text})
        _say(alert, _checked(draft, timezone.now()))
        _tell(alert, "edited", "edited", by)
    return alert


def withdraw_alert(alert: Alert, *, by: "AbstractBaseUser | None") -> Alert:
    """Take an alert back: it leaves every page and every open page.

    Raises:
        AlertError: it stands no longer.
    """
    with transaction.atomic():
        alert = _standing(alert)
        alert.withdrawn_at = timezone.now()
        alert.save(update_fields=["withdrawn_at"])
        _tell(alert, "withdrawn", "withdrawn", by)
    return alert


def undo_time() -> timedelta:
    """How long an editor may take back what was just done as if it had not been."""
    return timedelta(seconds=settings.OPTIONS["undo_seconds"])


def undo(alert: Alert, *, by: "AbstractBaseUser | None") -> Alert:
    """Take back the last thing that this editor did to the alert, within `undo_time` of it.

    Raises:
        AlertError: it is too late, or somebody else was last.
    """
    with transaction.atomic():
        alert = Alert.objects.select_for_update(of=("self",)).select_related("edition").get(pk=alert.pk)
        notes = list(alert.notes.order_by("-pk")[:2])
        last, before = (*notes, None, None)[:2]
        late = last is None or timezone.now() - last.at > undo_time() + ON_ITS_WAY
        if late or last is None or last.by_id != getattr(by, "pk", None) or last.action in {"expired", "undone"}:
            raise AlertError(gettext("It is too late to undo this. Edit or withdraw the alert instead."))
        if before is None:
            alert.withdrawn_at = timezone.now()
            alert.save(update_fields=["withdrawn_at"])
            _tell(alert, "withdrawn", "undone", by)
        else:
            alert.withdrawn_at = None
            alert.save(update_fields=["withdrawn_at"])
            _say(alert, before.said)
            _tell(alert, "edited", "undone", by)
    return alert


def expire_alerts(now: datetime | None = None) -> list[Alert]:
    """End all alerts whose time is over, oldest first; returns them."""
    moment = now or timezone.now()
    due = Alert.objects.filter(until__lte=moment, withdrawn_at=None, expired_at=None).order_by("until", "pk")
    ended = []
    for pk in list(due.values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            alert = Alert.objects.select_for_update(of=("self",)).select_related("edition").get(pk=pk)
            if not alert.stands or alert.until > moment:
                continue  # changed meanwhile
            alert.expired_at = moment
            alert.save(update_fields=["expired_at"])
            _tell(alert, "expired", "expired", None)
            ended.append(alert)
    return ended


def next_expiry() -> datetime | None:
    """When the time of the next alert is over; None while none stands."""
    standing = Alert.objects.filter(withdrawn_at=None, expired_at=None).order_by("until")
    return standing.values_list("until", flat=True).first()


def _checked(draft: Draft, now: datetime) -> dict[str, object]:
    text, attribution = _clean(draft.text), _clean(draft.attribution)
    name = draft.edition.title
    if not text:
        raise AlertError(gettext("%(edition)s: the alert says nothing.") % {"edition": name})
    for value, longest in ((text, LONGEST_TEXT), (attribution, 80)):
        if len(value) > longest:
            message = gettext("%(edition)s: %(number)s characters are too many; there is room for %(longest)s.")
            raise AlertError(message % {"edition": name, "number": len(value), "longest": longest})
    if draft.until <= now:
        raise AlertError(gettext("%(edition)s: its time would be over already.") % {"edition": name})
    if draft.until > now + LONGEST:
        raise AlertError(gettext("%(edition)s: an alert stands seven days at most.") % {"edition": name})
    if draft.story is not None and draft.story.edition_id != draft.edition.pk:
        raise AlertError(gettext("%(edition)s: the story belongs to another edition.") % {"edition": name})
    story = draft.story.pk if draft.story else None
    values = (text, attribution, draft.severity, story, draft.until)
    return dict(zip(SAID, values, strict=True))


def _clean(text: str) -> str:
    """One line of text that shows all it holds: no line breaks, no characters that turn what follows around."""
    kept = (" " if c in "\t\n\r\u2028\u2029" else c for c in unicodedata.normalize("NFC", text))
    return " ".join("".join(c for c in kept if c in _JOINERS or unicodedata.category(c) not in _HIDDEN).split())


def _standing(alert: Alert) -> Alert:
    found = Alert.objects.select_for_update(of=("self",)).select_related("edition").get(pk=alert.pk)
    if not found.stands:
        raise AlertError(gettext("This alert has ended. Post another one."))
    return found


def _say(alert: Alert, said: dict[str, object]) -> None:
    for name, value in said.items():
        setattr(alert, name, value)
    alert.save(update_fields=[name.removesuffix("_id") for name in said])


def _last_note(alert: Alert) -> AlertNote | None:
    return alert.notes.order_by("-pk").first()


def _tell(alert: Alert, kind: str, action: str, by: "AbstractBaseUser | None") -> None:
    """History, event and print of one change, inside its transaction."""
    AlertNote.objects.create(
        alert=alert,
        action=action,
        by_id=getattr(by, "pk", None),
        by_name=_name(by),
        at=timezone.now(),
        withdrawn=not alert.stands,
        **alert.said,
    )
    if action != "expired":
        log(instance=alert.edition, action="dateline.alert", user=by, data={"action": action, "text": alert.text})
    edition = editions().by_id.get(alert.edition_id)
    if edition is None:
        return  # an edition that is not on air has no pages
    data: dict[str, object] = {"id": alert.pk}
    if alert.stands:
        data |= {"html": alert_html(alert, edition), "push": alert.push, "severity": alert.severity}
    record_event(edition.slug, f"alert.{kind}", data, about=f"alert:{alert.pk}")
    announce(
        [f"list:alerts:{edition.id}"],
        deep=[] if action == "posted" else [f"alert:{alert.pk}"],
        print_now=_pages(edition),
        withdrawn=not alert.stands and action != "expired",
    )


def _pages(edition: EditionNode) -> Iterable[str]:
    """What shows a new alert at once: the ticker, and with it the home. Other pages are told when they are open."""
    return [ticker_path(edition), edition.home]


def _name(by: "AbstractBaseUser | None") -> str:
    return (by.get_full_name() or by.get_username()) if by else ""  # type: ignore[attr-defined]
