"""Clips as pages show them."""

from collections.abc import Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import gettext as _

from dateline.newsroom.clips.captions import transcript
from dateline.newsroom.clips.chapters import read_chapters
from dateline.newsroom.clips.models import Captions, Clip
from dateline.newsroom.clips.paths import opus_url, plain_url, stream_url
from dateline.newsroom.editions.shell import EditionNode
from dateline.press.ingredients import record
from dateline.theme import components as c
from dateline.theme.bundle import page_script, vendor_script


def load_clip(pk: int | None) -> Clip | None:
    """A clip that readers may see, with its captions, in two queries; None while it is not ready, or withheld."""
    if pk is None:
        return None
    record(f"clip:{pk}")
    clip = Clip.objects.filter(pk=pk).prefetch_related("captions").first()
    return clip if clip is not None and clip.ready and not clip.withheld else None


def clip_view(clip: Clip, edition: EditionNode, url: str, *, poster: c.Picture | None) -> c.Clip:
    """A clip that came from `load_clip`, on the page of a story at `url`."""
    tracks = [_track(one, edition, url) for one in _captions(clip, edition)]
    spoken = next(
        (one for one in _captions(clip, edition) if one.language.split("-")[0] == edition.code.split("-")[0]), None
    )
    player = vendor_script("hls") if clip.kind == "video" else None
    return c.Clip(
        kind=clip.kind,
        title=clip.title,
        stream=stream_url(clip) if clip.kind == "video" else "",
        plain=plain_url(clip),
        opus=opus_url(clip) if clip.kind == "audio" else "",
        width=clip.width,
        height=clip.height,
        length=length(edition, clip.milliseconds),
        weight=_weight(edition, clip.plain_size),
        poster=poster,
        credit=clip.credit,
        description=clip.description,
        tracks=tuple(tracks),
        chapters=tuple(
            c.Chapter(length(edition, chapter.seconds * 1000), chapter.seconds, chapter.title)
            for chapter in read_chapters(clip.chapters)
        ),
        transcript=tuple(transcript([tuple(cue) for cue in spoken.cues])) if spoken else (),
        player=player.url if player else "",
        script=page_script("clip").url,
    )


def captions_path(url: str, language: str) -> str:
    """Captions below the path of the story that shows them."""
    return f"{url}captions-{language}.vtt"


def length(edition: EditionNode, milliseconds: int) -> str:
    """12:40, or 1:02:40, in the edition's digits."""
    seconds = round(milliseconds / 1000)
    hours, rest = divmod(seconds, 3600)
    text = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return edition.voice.numerals(text)


def iso_length(milliseconds: int) -> str:
    """As ISO 8601 has it, such as PT12M40S."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{seconds}S"


def clip_object(
    clip: Clip, edition: EditionNode, url: str, *, headline: str, text: str, image: str, published: str
) -> dict[str, Any]:
    """schema.org's VideoObject or AudioObject (https://schema.org/VideoObject)."""
    base = settings.BASE_URL
    said: dict[str, Any] = {
        "@type": "VideoObject" if clip.kind == "video" else "AudioObject",
        "name": headline,
        "description": clip.description or text or headline,
        "uploadDate": published,
        "duration": iso_length(clip.milliseconds),
        "contentUrl": base + plain_url(clip),
        "encodingFormat": "video/mp4" if clip.kind == "video" else "audio/mpeg",
        "inLanguage": edition.code,
        "isAccessibleForFree": True,
    }
    if image:
        said["thumbnailUrl"] = [image]
    chapters = read_chapters(clip.chapters)
    if chapters and clip.kind == "video":
        ends = [
            *(chapter.seconds for chapter in chapters[1:]),
            max(round(clip.milliseconds / 1000), chapters[-1].seconds + 1),
        ]
        said["hasPart"] = [
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": chapter.seconds,
                "endOffset": end,
                "url": f"{base}{url}#t={chapter.seconds}",
            }
            for chapter, end in zip(chapters, ends, strict=True)
        ]
    mine = next(
        (one for one in _captions(clip, edition) if one.language.split("-")[0] == edition.code.split("-")[0]), None
    )
    if mine:
        said["transcript"] = " ".join(transcript([tuple(cue) for cue in mine.cues]))[:20_000]
    return said


def _captions(clip: Clip, edition: EditionNode) -> Sequence[Captions]:
    """The edition's own language first."""
    mine = edition.code.split("-")[0]
    return sorted(clip.captions.all(), key=lambda one: (one.language.split("-")[0] != mine, one.language))


def _track(captions: Captions, edition: EditionNode, url: str) -> c.Track:
    name = language_name(captions.language)
    own = captions.language.split("-")[0] == edition.code.split("-")[0]
    return c.Track(captions_path(url, captions.language), captions.language, name, own)


def language_name(code: str) -> str:
    """A language in its own words, where they are known."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def _weight(edition: EditionNode, size: int) -> str:
    megabytes = max(1, round(size / 1_000_000))
    return _("%(number)s MB") % {"number": edition.voice.number(megabytes)}
