"""What pages offer to hear: the bar on a story, and the newest in one go."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.newsroom.clips.models import Clip
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode, languages
from dateline.newsroom.listen.models import READY, Briefing, Recording
from dateline.newsroom.listen.paths import EPISODES, latest_path, mp3_name, opus_name, podcast_path, transcript_path
from dateline.newsroom.listen.voices import voices
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.teasers import Desk
from dateline.press.ingredients import record
from dateline.theme import components as c
from dateline.theme.bundle import page_script

OPUS_TYPE, MP3_TYPE = "audio/ogg; codecs=opus", "audio/mpeg"


def with_listening(story: Story, edition: EditionNode, url: str, view: c.StoryView) -> c.StoryView:
    """The story's page with its sound, if there is one of the text as it is. One query."""
    record(f"listen:{story.pk}")
    sound = Recording.objects.filter(story=story.pk, state=READY, digest=story.digest).defer("marks").first()
    if sound is None:
        return view
    return replace(view, listen=listen_bar(sound, edition, url, story.headline))


def listen_bar(sound: Recording | Briefing, edition: EditionNode, url: str, title: str) -> c.Listen:
    """The bar of what is at `url`. Its words say how long it takes before anything is loaded."""
    minutes = max(1, round(sound.milliseconds / 60_000))
    label = ngettext("Listen · %(number)s min", "Listen · %(number)s min", minutes)
    return c.Listen(
        label=label % {"number": edition.voice.number(minutes)},
        seconds=round(sound.milliseconds / 1000),
        opus=settings.MEDIA_URL + opus_name(sound.key),
        mp3=settings.MEDIA_URL + mp3_name(sound.key),
        transcript=transcript_path(url),
        language=edition.code,
        voice=_("Read by a synthetic voice: %(voice)s") % {"voice": voice_label(sound.voice)},
        script=page_script("listen").url,
        nought=edition.voice.numerals("0:00"),
        title=title,
        source=edition.name,
    )


def voice_label(voice: str) -> str:
    """What readers are told a voice is, whether this machine still has it or not."""
    known = {found.id: found.label for found in voices()}
    names = {"espeak": "eSpeak NG", "piper": "Piper", "hibari": "hibari"}
    return known.get(voice) or names.get(voice.partition("/")[0], voice)


def transcripts() -> Iterator[str]:
    """The path of every transcript."""
    ready = Recording.objects.filter(state=READY).values_list("story_id", flat=True)
    rows = Address.objects.filter(current=True, page_id__in=ready).order_by("pk").values_list("path", flat=True)
    yield from (transcript_path(path) for path in rows.iterator(chunk_size=2000))
    told = Briefing.objects.filter(state=READY).order_by("pk").values_list("pages", flat=True)
    yield from (transcript_path(pages[0]) for pages in told)


def episodes(key: str) -> list[tuple[int, Recording | Clip]]:
    """The newest stories of an edition or a section (`edition:3`, `section:9`) that can be heard, each with what is
    heard: a voice that reads it, or its own recording. Three queries."""
    record(f"sounds:{key}", f"list:{key}")
    stories = Story.objects.filter(entries__stream__key=key).order_by("-entries__published", "-pk")
    # A few more than are shown: not every story has a sound.
    told = list(stories.values_list("pk", "shown_clip")[: EPISODES * 4])
    ids = [pk for pk, _clip in told]
    rows = {row.story_id: row for row in Recording.objects.filter(story__in=ids, state=READY).defer("marks")}
    own = own_recordings(clip for _pk, clip in told)
    found: list[tuple[int, Recording | Clip]] = []
    for pk, clip in told:
        sound = own.get(clip or 0) or rows.get(pk)
        if sound is not None:
            found.append((pk, sound))
    return found[:EPISODES]


def own_recordings(ids: Iterable[int | None]) -> dict[int, Clip]:
    """Those of these clips that are heard and not seen, if they are ready."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    record(*(f"clip:{pk}" for pk in wanted))
    return Clip.objects.filter(kind="audio", withheld=False).exclude(key="").in_bulk(wanted)


def heard(key: str) -> list[Recording]:
    """The newest stories that a voice has read."""
    return [sound for _pk, sound in episodes(key) if isinstance(sound, Recording)]


def latest_view(edition: EditionNode) -> c.ListenView:
    """The newest stories of an edition, to be heard one after the other."""
    path = latest_path(edition)
    rows = heard(f"edition:{edition.id}")[:20]
    desk = Desk(edition)
    ids = [row.story_id for row in rows]
    desk.load(ids)
    cards = {card.story.pk: card for card in desk.take(ids)}
    record(*(f"story:{pk}" for pk in cards))
    episodes = tuple(
        c.Episode(
            desk.teaser(cards[row.story_id], picture=False),
            listen_bar(row, edition, cards[row.story_id].url, cards[row.story_id].story.title),
        )
        for row in rows
        if row.story_id in cards
    )
    minutes = max(1, round(sum(row.milliseconds for row in rows) / 60_000))
    total = ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": edition.voice.number(minutes)}
    heading = _("The latest, in one go")
    return c.ListenView(
        head=c.Head(
            title=f"{heading} | {edition.name}",
            canonical=settings.BASE_URL + path,
            description=_("The newest stories from %(name)s, read aloud one after the other.") % {"name": edition.name},
            languages=languages(edition, {edition.slug: path}),
        ),
        shell=edition.shell,
        heading=heading,
        total=total if rows else "",
        episodes=episodes,
        podcast=podcast_path(edition.home),
        script=page_script("listen").url,
    )
