"""Every write of channels and schedules: the rows, the event open pages hear, and what is printed anew."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from dateline.newsroom.broadcast.models import ALWAYS, BY_SCHEDULE, Channel, Programme
from dateline.newsroom.broadcast.pages import on_air_link
from dateline.newsroom.broadcast.schedule import Slot, check_apart, day_bounds
from dateline.newsroom.editions.drawing import ticker_path
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.press.events import record_event
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def set_day(channel: Channel, day: date, slots: Sequence[Slot], *, by: "AbstractBaseUser | None") -> None:
    """Let these be the programmes that begin on a local day of the channel's edition.

    Raises:
        ScheduleError: two overlap, or one runs into a programme of another day.
    """
    begins, ends = day_bounds(day, channel.edition.zone)
    with transaction.atomic():
        channel = Channel.objects.select_for_update(of=("self",)).select_related("edition").get(pk=channel.pk)
        mine = channel.programmes.filter(starts__gte=begins, starts__lt=ends)
        before = channel.programmes.filter(starts__lt=begins, ends__gt=begins)
        last = max((slot.ends for slot in slots), default=ends)
        after = channel.programmes.filter(starts__gte=ends, starts__lt=max(last, ends))
        check_apart([*slots, *(_slot(row) for row in [*before, *after])])
        mine.delete()
        Programme.objects.bulk_create(
            Programme(channel=channel, starts=s.starts, ends=s.ends, title=s.title, summary=s.summary) for s in slots
        )
        log(
            instance=channel.edition,
            action="dateline.schedule",
            user=by,
            data={"channel": channel.title, "day": str(day)},
        )
        announce([f"channel:{channel.pk}"], print_now=[channel.front])
        _tell(channel, timezone.now())


def bring_schedule(channel: Channel, slots: Sequence[Slot]) -> bool:
    """Add programmes from elsewhere; those that are here already change nothing. Returns whether any was new.

    Raises:
        ScheduleError: one ends before it starts, or overlaps another; then none goes in.
    """
    with transaction.atomic():
        channel = Channel.objects.select_for_update(of=("self",)).select_related("edition").get(pk=channel.pk)
        here = {_slot(row) for row in channel.programmes.all()}
        new = [slot for slot in slots if slot not in here]
        if not new:
            return False
        check_apart([*here, *new])
        Programme.objects.bulk_create(
            Programme(channel=channel, starts=s.starts, ends=s.ends, title=s.title, summary=s.summary) for s in new
        )
        announce([f"channel:{channel.pk}"], print_now=[channel.front])
        _tell(channel, timezone.now())
    return True


def settle_channel(pk: int) -> bool:
    """After a channel was written: whether it is on air follows, and is returned."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update(of=("self",)).select_related("edition").get(pk=pk)
        _tell(channel, timezone.now())
    return channel.on_air


def keep_air(now: datetime | None = None) -> list[Channel]:
    """Tell open pages which channels came on or went off the air; returns those."""
    moment = now or timezone.now()
    changed = []
    for channel in Channel.objects.select_related("edition").order_by("edition__slug", "pk"):
        if is_on(channel, moment) == channel.on_air:
            continue
        with transaction.atomic():
            held = Channel.objects.select_for_update(of=("self",)).select_related("edition").get(pk=channel.pk)
            if _tell(held, moment):
                changed.append(held)
    return changed


def is_on(channel: Channel, moment: datetime) -> bool:
    if channel.mode == BY_SCHEDULE:
        return channel.programmes.filter(starts__lte=moment, ends__gt=moment).exists()
    return channel.mode == ALWAYS


def next_change(now: datetime | None = None) -> datetime | None:
    """When the next programme begins or ends; None while nothing is scheduled."""
    moment = now or timezone.now()
    starts = Programme.objects.filter(starts__gt=moment).order_by("starts").values_list("starts", flat=True).first()
    ends = (
        Programme.objects.filter(starts__lte=moment, ends__gt=moment)
        .order_by("ends")
        .values_list("ends", flat=True)
        .first()
    )
    return min((found for found in (starts, ends) if found), default=None)


def forget_channel(instance: Channel, **_signal: object) -> None:
    """Before a channel is deleted, in the transaction of that: its page goes, and the marker with it."""
    announce([f"channel:{instance.pk}"], print_now=[instance.front])
    if instance.on_air:
        instance.on_air = False
        Channel.objects.filter(pk=instance.pk).update(on_air=False)
        _say(instance)


def _tell(channel: Channel, moment: datetime) -> bool:
    on = is_on(channel, moment)
    if on == channel.on_air:
        return False
    channel.on_air = on
    Channel.objects.filter(pk=channel.pk).update(on_air=on)
    _say(channel)
    return True


def _say(channel: Channel) -> None:
    """Event and print of a change, inside its transaction."""
    edition = editions().by_id.get(channel.edition_id)
    if edition is None:
        return
    kind = "channel.on" if channel.on_air else "channel.off"
    data = {"id": channel.pk, "html": _marker(edition)}
    record_event(edition.slug, kind, data, about=f"air:{edition.id}")
    air = f"list:air:{edition.id}"
    announce([air, f"channel:{channel.pk}"], deep=[air], print_now=[ticker_path(edition), edition.home, channel.front])


def _marker(edition: EditionNode) -> str:
    link = on_air_link(edition)
    with override(edition.code):
        return render_to_string("theme/parts/on_air.html", {"channel": link}).strip() if link else ""


def _slot(row: Programme) -> Slot:
    return Slot(row.starts, row.ends, row.title, row.summary)
