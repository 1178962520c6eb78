"""A channel's page: the stream, what is on now and next, and the day's schedule."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.newsroom.broadcast.addresses import origin_of
from dateline.newsroom.broadcast.models import Channel, Programme
from dateline.newsroom.broadcast.schedule import day_bounds
from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.pictures.pages import load_pictures, picture_view, share_image
from dateline.newsroom.stories.pages import json_ld
from dateline.press.ingredients import fresh_until, record
from dateline.theme import components as c
from dateline.theme.bundle import vendor_script

#: Programmes that the day's schedule lists: a day of five-minute bulletins.
MOST_LISTED = 300


def channel_path(edition: EditionNode, slug: str) -> str:
    return f"{edition.home}channel/{slug}/"


def on_air_link(edition: EditionNode) -> c.Link | None:
    """The channel that the marker in the masthead leads to: the first that is on air."""
    row = Channel.objects.filter(edition=edition.id, on_air=True).order_by("pk").values_list("title", "slug").first()
    return c.Link(row[0], channel_path(edition, row[1])) if row else None


def channel_view(channel: Channel, edition: EditionNode) -> c.ChannelView:
    """The page in about six queries. It is printed anew when what is on changes, and at midnight of the edition."""
    record(f"channel:{channel.pk}")
    now = timezone.now()
    begins, ends = day_bounds(edition.voice.day(now), edition.voice.zone)
    rows = list(channel.programmes.filter(ends__gt=min(begins, now), starts__lt=ends).order_by("starts")[:MOST_LISTED])
    following = channel.programmes.filter(starts__gte=ends).order_by("starts").first()
    current = next((row for row in rows if row.starts <= now < row.ends), None)
    coming = next((row for row in rows if row.starts > now), following)
    for moment in (ends, current and current.ends, coming and coming.starts):
        if moment:
            fresh_until(moment)
    pictures = load_pictures([channel.poster_id])
    record(*(f"picture:{pk}" for pk in pictures))
    poster = pictures.get(channel.poster_id or 0)
    return c.ChannelView(
        head=_head(channel, edition, poster, current),
        shell=edition.shell,
        title=channel.title,
        summary=channel.summary,
        stream=channel.hls,
        player=found.url if (found := vendor_script("hls")) else "",
        on_air=channel.on_air,
        poster=picture_view(poster, decorative=True) if poster else None,
        now=_slot(current, edition, now) if current else None,
        next=_slot(coming, edition, now) if coming else None,
        day=edition.voice.calendar(now, "EEEEyMMMd"),
        schedule=tuple(_slot(row, edition, now) for row in rows),
        zone=_zone(edition, now),
    )


def policy(channel: Channel) -> str:
    """The page's content security policy: that of all pages, and the hosts its stream comes from."""
    hosts = " ".join([origin_of(channel.hls), *(f"https://{host}" for host in channel.more_hosts.split())])
    return (
        f"default-src 'none'; base-uri 'none'; connect-src 'self' {hosts}; font-src 'self'; form-action 'self'; "
        f"frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; media-src 'self' blob: {hosts}; "
        "script-src 'self'; style-src 'self'; worker-src 'self'"
    )


def _slot(row: Programme, edition: EditionNode, now: datetime) -> c.Programme:
    day = edition.voice.day(now)
    return c.Programme(
        title=row.title,
        summary=row.summary,
        starts=edition.voice.minute(row.starts, beside=day),
        ends=edition.voice.minute(row.ends, beside=day),
        state="now" if row.starts <= now < row.ends else ("over" if row.ends <= now else ""),
    )


def _zone(edition: EditionNode, now: datetime) -> str:
    """What the clocks are: the zone's place, and how far it is from UTC today."""
    offset = now.astimezone(edition.voice.zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "−" if minutes < 0 else "+"
    shown = edition.voice.numerals(f"{sign}{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else ""))
    place = edition.voice.place
    return _("Times of %(place)s (UTC%(offset)s)") % {"place": place, "offset": shown if minutes else ""}


def _head(channel: Channel, edition: EditionNode, poster: Any, current: Programme | None) -> c.Head:
    canonical = settings.BASE_URL + channel_path(edition, channel.slug)
    image, width, height = share_image(poster) if poster else ("", 0, 0)
    video: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BroadcastService",
        "name": channel.title,
        "broadcastDisplayName": channel.title,
        "url": canonical,
        "inLanguage": edition.code,
        "broadcaster": {"@type": "NewsMediaOrganization", "name": edition.organisation},
    }
    if current:
        video["hasBroadcastEvent"] = {
            "@type": "BroadcastEvent",
            "name": current.title,
            "isLiveBroadcast": True,
            "startDate": current.starts.isoformat(),
            "endDate": current.ends.isoformat(),
        }
    twins = Channel.objects.filter(slug=channel.slug).exclude(pk=channel.pk).select_related("edition")
    urls = {edition.slug: channel_path(edition, channel.slug)} | {twin.edition.slug: twin.front for twin in twins}
    return c.Head(
        title=f"{channel.title} | {edition.name}",
        canonical=canonical,
        description=channel.summary[:300],
        languages=languages(edition, urls),
        image=image,
        image_width=width,
        image_height=height,
        json_ld=json_ld(video),
    )
