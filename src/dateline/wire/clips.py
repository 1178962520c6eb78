"""Films and recordings that come in with a newsroom folder, and go out with one."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from dateline.newsroom.clips.actions import look_at
from dateline.newsroom.clips.captions import CaptionsError, as_webvtt, read_captions
from dateline.newsroom.clips.film import ClipError, probe
from dateline.newsroom.clips.models import Captions, Clip
from dateline.wire.imagefiles import MediaError, check_media_path
from dateline.wire.items import Media
from dateline.wire.media_folder import MediaFolder
from dateline.wire.pictures import PictureIntake
from dateline.wire.toml_entries import ClipCaptionsToml, ClipToml


class ClipIntake:
    """Takes in films below one folder; the studio prepares them afterwards.

    Args:
        told: what newsroom.toml says of them; of these it is believed before any story.
    """

    def __init__(self, pictures: PictureIntake, *, told: Iterable[ClipToml] = ()) -> None:
        self.pictures = pictures
        self.told = {one.file: one for one in told}
        self._by_uri = {one.uri: one for one in self.told.values() if one.uri}
        self._known: dict[str, int] = {}

    def take_all(self, say: Callable[[str], None]) -> None:
        """Every film that newsroom.toml names, shown by a story or not."""
        for told in self.told.values():
            try:
                with transaction.atomic():
                    self._take(told)
            except MediaError as error:
                say(str(error))

    def take(self, media: Media) -> Clip:
        """The film that a story shows. Raises MediaError."""
        told = self.told.get(media.href) or self._by_uri.get(media.uri)
        return self._take(
            told
            or ClipToml(
                media.href, media.name, media.uri, media.caption, media.credit, media.copyright_notice, "", "", ()
            )
        )

    def _take(self, told: ClipToml) -> Clip:
        if told.file in self._known:
            known = Clip.objects.filter(pk=self._known[told.file]).first()
            if known:
                return known
        root = self.pictures.root
        file = check_media_path(root, told.file, largest=settings.OPTIONS["clip_limit"] * 2**20)
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        clip = Clip.objects.filter(file_hash=digest, title=self._title(told, file)).first()
        if clip is None:
            clip = self._made(told, file, digest)
        self._known[told.file] = clip.pk
        return clip

    def _title(self, told: ClipToml, file: Path) -> str:
        return (told.title or file.stem)[:255]

    def _made(self, told: ClipToml, file: Path, digest: str) -> Clip:
        clip = Clip(
            title=self._title(told, file),
            uri=told.uri[:500],
            description=told.description,
            credit=told.credit[:250],
            rights=told.rights[:250],
            chapters=told.chapters,
            file_hash=digest,
        )
        if told.poster:
            clip.poster = self.pictures.take(told.poster, title=clip.title)
        try:
            look_at(clip, probe(file))
        except ClipError as error:
            raise MediaError(f"{told.file!r}: {error}") from error
        if self.pictures.keep_files:
            with file.open("rb") as handle:
                clip.file.save(file.name, File(handle), save=False)
            self.pictures.made(clip.file.name or "")
        else:
            clip.file.name = f"uploads/clips/{file.name}"
        clip.save()
        for captions in told.captions:
            self._caption(clip, captions)
        return clip

    def _caption(self, clip: Clip, told: ClipCaptionsToml) -> None:
        file = check_media_path(self.pictures.root, told.file)
        try:
            cues = read_captions(file.read_bytes(), told.language)
        except CaptionsError as error:
            raise MediaError(f"{told.file!r}: {error}") from error
        Captions.objects.create(clip=clip, language=told.language, cues=cues)


def clip_uri(clip: Clip) -> str:
    return clip.uri or f"urn:dateline:clip:{clip.pk}"


def clip_media(clip: Clip, media: MediaFolder) -> Media | None:
    """A film as the story that shows it names it; None where its file is gone."""
    href = media.file(clip.file.name or "")
    if not href:
        return None
    return Media(
        uri=clip_uri(clip),
        name=clip.title,
        type=clip.kind,
        href=href,
        caption=clip.description,
        credit=clip.credit,
        copyright_notice=clip.rights,
    )


def clips_as_toml(media: MediaFolder) -> tuple[ClipToml, ...]:
    """Every film, its file and its captions written into the folder."""
    found = []
    for clip in Clip.objects.select_related("poster").prefetch_related("captions").order_by("pk").iterator(200):
        href = media.file(clip.file.name or "")
        if not href:
            continue
        captions = []
        for one in sorted(clip.captions.all(), key=lambda one: one.language):
            name = f"{Path(href).stem}.{one.language}.vtt"
            (media.out / "media" / name).write_text(as_webvtt([tuple(cue) for cue in one.cues]), encoding="utf-8")
            captions.append(ClipCaptionsToml(one.language, f"media/{name}"))
        found.append(
            ClipToml(
                href,
                clip.title,
                clip_uri(clip),
                clip.description,
                clip.credit,
                clip.rights,
                media.href(clip.poster, tell=True),
                clip.chapters,
                tuple(captions),
            )
        )
    return tuple(found)
