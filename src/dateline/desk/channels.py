"""The schedule of a channel at the desk: a day at a time, written as a page of a programme guide is."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.newsroom.broadcast.actions import set_day
from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.broadcast.schedule import ScheduleError, Slot, day_bounds, read_day, write_day

PERMISSION = "broadcast.change_channel"

#: Characters of a day: three hundred programmes with a line about each.
LONGEST_DAY = 200_000


def today(request: HttpRequest, pk: int) -> HttpResponse:
    channel = _channel(request, pk)
    day = timezone.now().astimezone(channel.edition.zone).date()
    return redirect("dateline_schedule", pk, day.isoformat())


def schedule(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Show and set the programmes that begin on a day; `?from=DAY` fills in those of another."""
    channel, on = _channel(request, pk), _day(day)
    status, error = 200, ""
    if request.method == "POST":
        text = request.POST.get("text", "")[:LONGEST_DAY]
        try:
            set_day(channel, on, read_day(text, on, channel.edition.zone), by=_user(request))
        except ScheduleError as refused:
            error, status = str(refused), 400
        else:
            messages.success(request, _("The schedule is set."))
            return redirect("dateline_schedule", pk, on.isoformat())
    else:
        text = write_day(_slots(channel, _day(request.GET.get("from") or day)), channel.edition.zone)
    context = {
        "channel": channel,
        "day": on,
        "before": (on - timedelta(days=1)).isoformat(),
        "after": (on + timedelta(days=1)).isoformat(),
        "text": text,
        "error": error,
        "hours": _hours(on, channel),
    }
    return draw(request, "desk/schedule.html", context, status=status)


def _slots(channel: Channel, day: date) -> list[Slot]:
    begins, ends = day_bounds(day, channel.edition.zone)
    rows = channel.programmes.filter(starts__gte=begins, starts__lt=ends).order_by("starts")
    return [Slot(row.starts, row.ends, row.title, row.summary) for row in rows]


def _hours(day: date, channel: Channel) -> int:
    """How many hours the day has, 0 for the usual 24."""
    begins, ends = day_bounds(day, channel.edition.zone)
    hours = round((ends - begins).total_seconds() / 3600)
    return 0 if hours == 24 else hours


def _channel(request: HttpRequest, pk: int) -> Channel:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return get_object_or_404(Channel.objects.select_related("edition", "edition__locale"), pk=pk)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not 2000 <= found.year <= 2200:
        raise Http404
    return found


def _user(request: HttpRequest) -> Any:
    return request.user
