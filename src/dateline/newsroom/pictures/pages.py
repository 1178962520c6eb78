"""Pictures as pages show them: renditions that were made when the picture came in, never while a reader waits."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.press.ingredients import shared
from dateline.theme import components

WIDTHS = (320, 640, 1280)
SPECS = tuple(f"width-{width}|format-{kind}" for kind in ("avif", "webp") for width in WIDTHS)
#: For Open Graph: some of those who unfurl links still read nothing but JPEG.
SHARE_SPEC = "fill-1200x630|format-jpeg"


def make_renditions(picture: Picture) -> None:
    """Make every rendition a page may ask for. Slow (seconds for a large picture): at import, upload and in tasks."""
    twin = (
        Picture.objects.filter(file_hash=picture.file_hash, focal_point_x=None, renditions__filter_spec=SHARE_SPEC)
        .exclude(pk=picture.pk)
        .first()
    )
    if twin and picture.file_hash and picture.focal_point_x is None:
        _copy_renditions(twin, picture)
    picture.get_renditions(*SPECS, SHARE_SPEC)


def _copy_renditions(twin: Picture, picture: Picture) -> None:
    """The same file with other words: its renditions are copied, not drawn again. Each row keeps files of its own."""
    for rendition in Rendition.objects.filter(image=twin, focal_point_key=""):
        with rendition.file.open("rb") as source:
            copy = ContentFile(source.read(), name=Path(rendition.file.name).name)
        Rendition.objects.get_or_create(
            image=picture,
            filter_spec=rendition.filter_spec,
            focal_point_key="",
            defaults={"file": copy, "width": rendition.width, "height": rendition.height},
        )


def load_pictures(ids: Iterable[int | None]) -> dict[int, Picture]:
    """Pictures with their renditions, in two queries whatever their number."""
    wanted = {pk for pk in ids if pk}
    known = shared("pictures")
    if missing := wanted - known.keys():
        known.update({p.pk: p for p in Picture.objects.filter(pk__in=missing).prefetch_related("renditions")})
    return {pk: known[pk] for pk in sorted(wanted) if pk in known}


def picture_view(picture: Picture, *, caption: str = "", decorative: bool = False) -> components.Picture:
    """A component of a picture that came from `load_pictures`. A decorative one is not read aloud."""
    found = _renditions(picture)
    sources = []
    for kind in ("avif", "webp"):
        widths: dict[int, Rendition] = {}
        for width in WIDTHS:
            rendition = found[f"width-{width}|format-{kind}"]
            widths.setdefault(rendition.width, rendition)
        srcset = ", ".join(f"{_url(r)} {width}w" for width, r in sorted(widths.items()))
        sources.append(components.Source(f"image/{kind}", srcset))
    middle = found["width-640|format-webp"]
    return components.Picture(
        src=_url(middle),
        width=picture.width,
        height=picture.height,
        alt="" if decorative else picture.description,
        sources=tuple(sources),
        focus=_focus(picture),
        caption=caption or picture.caption,
        credit=picture.credit,
    )


def share_image(picture: Picture) -> tuple[str, int, int]:
    """Absolute address, width and height of the picture other sites show with a link."""
    rendition = _renditions(picture)[SHARE_SPEC]
    return settings.BASE_URL + _url(rendition), rendition.width, rendition.height


def _renditions(picture: Picture) -> dict[str, Rendition]:
    found = {rendition.filter_spec: rendition for rendition in picture.renditions.all()}
    if not {*SPECS, SHARE_SPEC} <= found.keys():
        make_renditions(picture)
        found = {r.filter_spec: r for r in Rendition.objects.filter(image=picture)}
    return found


def _url(rendition: Rendition) -> str:
    return str(settings.MEDIA_URL + rendition.file.name)


def _focus(picture: Picture) -> str:
    if picture.focal_point_x is None or not picture.width or not picture.height:
        return ""
    across = round(10 * picture.focal_point_x / picture.width)
    down = round(10 * picture.focal_point_y / picture.height)
    return f"fx-{min(10, max(0, across))} fy-{min(10, max(0, down))}"
