"""Pictures as pages show them.

Renditions are drawn when a picture comes in: by the importer, or by a task after an upload. A page that is printed
before that draws them itself, so that a publish never waits for the worker.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.images.models import Filter

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.pictures.credentials.embedded import manifest_in
from dateline.newsroom.pictures.credentials.sources import SCHEMA
from dateline.newsroom.pictures.credentials.words import credentials_view, made_with_ai, readable
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.press.ingredients import record, shared
from dateline.theme import components

#: A telephone's width is 720 to 830 of its pixels: the third is for those, and the fourth for what is larger.
WIDTHS = (320, 480, 800, 1280)
SPECS = tuple(f"width-{width}|format-{kind}" for kind in ("avif", "webp") for width in WIDTHS)
#: For Open Graph: some of those who unfurl links still read nothing but JPEG.
SHARE_SPEC = "fill-1200x630|format-jpeg"

#: For infographics, whose small print is read by coming closer.
CLOSE_SPEC = "max-2400x2400|format-webp|webpquality-88"

_FILTERS = {spec: Filter(spec=spec) for spec in (*SPECS, SHARE_SPEC)}


def make_renditions(picture: Picture) -> None:
    """Make every rendition a page may ask for. Slow (seconds for a large picture): at import and in tasks."""
    missing = _missing(picture)
    if missing and picture.file_hash:
        _copy_renditions(picture, missing)
        missing = _missing(picture)
    if missing:
        # Not `get_renditions`, which trusts a cache that another process may have outdated.
        Picture.objects.get(pk=picture.pk).create_renditions(*(_FILTERS[spec] for spec in sorted(missing)))


def _missing(picture: Picture) -> set[str]:
    return _FILTERS.keys() - _fitting(picture, Rendition.objects.filter(image=picture)).keys()


def _copy_renditions(picture: Picture, specs: Iterable[str]) -> None:
    """The same file with other words: its renditions are copied, not drawn again. Each row keeps files of its own."""
    kept = not readable(picture)
    twins = Rendition.objects.filter(image__file_hash=picture.file_hash).exclude(image=picture)
    for spec in specs:
        key = _FILTERS[spec].get_cache_key(picture)
        rendition = twins.filter(filter_spec=spec, focal_point_key=key).first()
        if rendition is None:
            continue
        with rendition.file.open("rb") as source:
            data = source.read()
        if kept and manifest_in(data):  # its twin tells readers what it does not
            continue
        copy = ContentFile(data, name=Path(rendition.file.name).name)
        Rendition.objects.get_or_create(
            image=picture,
            filter_spec=spec,
            focal_point_key=key,
            defaults={"file": copy, "width": rendition.width, "height": rendition.height},
        )


def _fitting(picture: Picture, rows: Iterable[Rendition]) -> dict[str, Rendition]:
    """The renditions of the picture as it now is, by what they were made by; those of an earlier crop are not."""
    return {
        row.filter_spec: row
        for row in rows
        if row.filter_spec in _FILTERS and row.focal_point_key == _FILTERS[row.filter_spec].get_cache_key(picture)
    }


def load_pictures(ids: Iterable[int | None]) -> dict[int, Picture]:
    """Pictures that may be shown, with their renditions, in two queries whatever their number."""
    wanted = {pk for pk in ids if pk}
    known = shared("pictures")
    if missing := wanted - known.keys():
        known.update({p.pk: p for p in Picture.objects.filter(pk__in=missing).prefetch_related("renditions")})
    now = timezone.now()
    found = {}
    for pk in sorted(wanted & known.keys()):
        if known[pk].expired or (known[pk].expires_at and known[pk].expires_at <= now):
            record(f"picture:{pk}")  # it may come back
        else:
            found[pk] = known[pk]
    return found


def picture_view(
    picture: Picture, *, caption: str = "", decorative: bool = False, voice: Voice | None = None
) -> components.Picture:
    """A component of a picture that came from `load_pictures`. A decorative one is not read aloud. With the edition's
    `voice` it tells where the picture comes from."""
    found = _renditions(picture)
    sources = []
    for kind in ("avif", "webp"):
        widths: dict[int, Rendition] = {}
        for width in WIDTHS:
            rendition = found[f"width-{width}|format-{kind}"]
            widths.setdefault(rendition.width, rendition)
        srcset = ", ".join(f"{_url(r)} {width}w" for width, r in sorted(widths.items()))
        sources.append(components.Source(f"image/{kind}", srcset))
    middle = found["width-800|format-webp"]
    return components.Picture(
        src=_url(middle),
        width=picture.width,
        height=picture.height,
        alt="" if decorative else picture.description,
        sources=tuple(sources),
        focus=_focus(picture),
        caption=caption or picture.caption,
        credit=picture.credit,
        large=_url(found["width-1280|format-webp"]),
        credentials=credentials_view(picture, voice, _credentials_url(picture)) if voice else None,
    )


def close_view(picture: Picture, *, caption: str = "", voice: Voice | None = None) -> components.Picture:
    """An infographic that came from `load_pictures`, with a rendition that bears coming closer."""
    key = Filter(spec=CLOSE_SPEC).get_cache_key(picture)
    known = picture.renditions.all()
    close = next((row for row in known if row.filter_spec == CLOSE_SPEC and row.focal_point_key == key), None)
    if close is None:
        close = Picture.objects.get(pk=picture.pk).get_rendition(CLOSE_SPEC)
    said = tuple(part.strip() for part in picture.long_description.split("\n") if part.strip())
    return replace(picture_view(picture, caption=caption, voice=voice), large=_url(close), said=said)


def share_image(picture: Picture) -> tuple[str, int, int]:
    """Absolute address, width and height of the picture other sites show with a link."""
    rendition = _renditions(picture)[SHARE_SPEC]
    return settings.BASE_URL + _url(rendition), rendition.width, rendition.height


def image_object(picture: Picture) -> dict[str, Any] | str:
    """The picture that other sites show, as schema.org has it; an address alone where there is no more to say."""
    url = share_image(picture)[0]
    ai = made_with_ai(picture)
    said = {
        "caption": picture.caption,
        "creditText": picture.credit,
        "copyrightNotice": picture.rights,
        "digitalSourceType": SCHEMA.get(ai, ""),
    }
    said = {name: value for name, value in said.items() if value}
    return {"@type": "ImageObject", "url": url, "contentUrl": url, **said} if said else url


def _renditions(picture: Picture) -> dict[str, Rendition]:
    found = _fitting(picture, picture.renditions.all())
    if found.keys() != _FILTERS.keys():
        make_renditions(picture)
        getattr(picture, "_prefetched_objects_cache", {}).pop("renditions", None)
        prefetch_related_objects([picture], "renditions")
        found = _fitting(picture, picture.renditions.all())
    return found


def _url(rendition: Rendition) -> str:
    return str(settings.MEDIA_URL + rendition.file.name)


def _credentials_url(picture: Picture) -> str:
    return str(settings.MEDIA_URL + picture.credentials_file) if picture.credentials_file else ""


def _focus(picture: Picture) -> str:
    if picture.focal_point_x is None or not picture.width or not picture.height:
        return ""
    across = round(10 * picture.focal_point_x / picture.width)
    down = round(10 * picture.focal_point_y / picture.height)
    return f"fx-{min(10, max(0, across))} fy-{min(10, max(0, down))}"
