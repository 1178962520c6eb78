"""Live television of newsroom.toml, in and out."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from dateline.newsroom.broadcast.actions import bring_schedule
from dateline.newsroom.broadcast.models import BY_SCHEDULE, Channel
from dateline.newsroom.broadcast.schedule import ScheduleError, Slot
from dateline.newsroom.editions.models import Edition
from dateline.wire.imagefiles import MediaError
from dateline.wire.media_folder import MediaFolder
from dateline.wire.pictures import PictureIntake
from dateline.wire.toml_entries import ChannelToml, NewsroomToml, ProgrammeToml


def take_channels(newsroom: NewsroomToml, pictures: PictureIntake, say: Callable[[str], None]) -> None:
    """Take in channels and what is announced for them; one that is here is changed to what the file says."""
    for part in newsroom.editions:
        edition = Edition.objects.filter(slug=part.path).select_related("locale").first()
        for entry in part.channels if edition else ():
            where = f"editions[{part.path}].channels[{entry.slug}]"
            try:
                channel = _channel(edition, entry, pictures)
            except ValidationError as error:
                say(f"{where}: {' '.join(error.messages)}")
                continue
            except MediaError as error:
                say(f"{where}.picture: {error}")
                continue
            try:
                bring_schedule(channel, [Slot(p.start, p.end, p.title, p.summary) for p in entry.schedule])
            except ScheduleError as error:
                say(f"{where}.schedule: {error} None of its programmes was taken in.")


def _channel(edition: Edition, entry: ChannelToml, pictures: PictureIntake) -> Channel:
    known = Channel.objects.filter(edition=edition, slug=entry.slug).first()
    channel = known or Channel(edition=edition, slug=entry.slug)
    said = {
        "title": entry.title[:120],
        "summary": entry.summary,
        "hls": entry.hls,
        "more_hosts": " ".join(entry.hosts),
        "poster": pictures.take(entry.picture) if entry.picture else None,
        "mode": entry.air or BY_SCHEDULE,
    }
    if known and all(getattr(known, name) == value for name, value in said.items()):
        return known
    for name, value in said.items():
        setattr(channel, name, value)
    channel.full_clean(validate_unique=False)
    channel.save()
    return channel


def channels_as_toml(edition: Edition, media: MediaFolder) -> tuple[ChannelToml, ...]:
    """Every channel with all that is announced for it."""
    rows = Channel.objects.filter(edition=edition).select_related("poster").order_by("slug")
    return tuple(
        ChannelToml(
            row.slug,
            row.title,
            row.hls,
            row.summary,
            media.href(row.poster, tell=True),
            tuple(row.more_hosts.split()),
            "" if row.mode == BY_SCHEDULE else row.mode,
            tuple(ProgrammeToml(p.starts, p.ends, p.title, p.summary) for p in row.programmes.order_by("starts")),
        )
        for row in rows
    )
