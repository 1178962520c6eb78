"""The whole site as files, printed anew where it has to be."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from dateline.newsroom.broadcast.models import Channel
from dateline.newsroom.broadcast.pages import channel_path
from dateline.newsroom.clips.paths import PUBLIC
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.drawing import most_read_path, newest_path, ticker_path
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.fronts.calendar import archive_paths
from dateline.newsroom.fronts.dossiers import all_coverages_path, in_five_path
from dateline.newsroom.listen.pages import transcripts
from dateline.newsroom.listen.paths import SOUNDS, latest_path, podcast_path
from dateline.newsroom.live.pages import updates
from dateline.newsroom.stories.corrections_pages import months
from dateline.newsroom.stories.coverage_blocks import CARDS
from dateline.newsroom.stories.models import Coverage, Person, Series, Stream, StreamEntry, Topic
from dateline.newsroom.stories.paths import corrections_feed, corrections_path
from dateline.newsroom.stories.views import all_versions, captions_paths
from dateline.newsroom.trackers.pages import all_paths as tracker_paths
from dateline.press.models import Sheet
from dateline.press.printing import print_paths, store

BATCH = 50


def all_paths() -> Iterator[str]:
    """Every public path: fronts first, then pages and stories, then what hangs on lists."""
    yield from ("/", "/robots.txt", "/sitemap.xml")
    for edition in editions().editions.values():
        yield edition.home
        for name in ("404.html", "rss.xml", "podcast.xml", "sitemap-news.xml", "sitemap-fronts.xml"):
            yield edition.home + name
        yield latest_path(edition)
        yield from (newest_path(edition), ticker_path(edition))
        for section in edition.sections.values():
            yield section.path
            yield f"{section.path}rss.xml"
            yield podcast_path(section.path)
        yield from (in_five_path(edition), all_coverages_path(edition), most_read_path(edition))
        yield from (corrections_path(edition), corrections_feed(edition), *months(edition))
        yield from archive_paths(edition)
        yield from tracker_paths(edition)
        yield from _fronts(edition)
    skip = {e.home for e in editions().editions.values()} | {
        s.path for e in editions().editions.values() for s in e.sections.values()
    }
    for path in Address.objects.order_by("pk").values_list("path", flat=True).iterator(chunk_size=2000):
        if path not in skip:
            yield path
    yield from updates.all_pages()
    yield from transcripts()
    yield from captions_paths()
    yield from all_versions()
    yield from _stream_pages()


def _fronts(edition: EditionNode) -> Iterator[str]:
    for slug, _title in edition.regions.values():
        yield f"{edition.home}region/{slug}/"
    for model, kind in ((Topic, "topic"), (Person, "author"), (Coverage, "coverage"), (Series, "series")):
        for slug in model.objects.filter(edition_id=edition.id).order_by("pk").values_list("slug", flat=True):
            yield f"{edition.home}{kind}/{slug}/"
    for slug in _in_five(edition):
        yield f"{edition.home}coverage/{slug}/in-five/"
    for slug in Channel.objects.filter(edition=edition.id).order_by("pk").values_list("slug", flat=True):
        yield channel_path(edition, slug)
    from dateline.wire.sitemaps import parts

    yield from parts(edition)


def _in_five(edition: EditionNode) -> Iterator[str]:
    """Slugs of the coverages that are told in five."""
    for coverage in Coverage.objects.filter(edition_id=edition.id, in_five_draft=False).order_by("pk"):
        if len(coverage.in_five) == CARDS:
            yield coverage.slug


def _stream_pages() -> Iterator[str]:
    """The pages of every stream that has a front, by path."""
    fronts: dict[str, str] = {}
    for edition in editions().editions.values():
        fronts |= {f"section:{s.id}": s.path for s in edition.sections.values()}
        fronts |= {f"region:{pk}": f"{edition.home}region/{slug}/" for pk, (slug, _t) in edition.regions.items()}
        for model, kind, key in (
            (Topic, "topic", "topic"),
            (Person, "author", "person"),
            (Coverage, "coverage", "coverage"),
            (Series, "series", "series"),
        ):
            rows = model.objects.filter(edition_id=edition.id).values_list("pk", "slug")
            fronts |= {f"{key}:{pk}": f"{edition.home}{kind}/{slug}/" for pk, slug in rows}
    for pk, key in Stream.objects.order_by("pk").values_list("pk", "key"):
        if key in fronts:
            pages = StreamEntry.objects.filter(stream=pk).order_by("page").values_list("page", flat=True).distinct()
            for number in pages:
                yield f"{fronts[key]}page/{number}/"


def print_missing(*, progress: Callable[[str], None]) -> dict[str, str]:
    """Print every page that is not in the store or wears an old shell; returns what would not print (path: error)."""
    shelf = store()
    shells = shelf.state()
    failed: dict[str, str] = {}
    waiting: list[str] = []
    count = 0

    def flush() -> None:
        nonlocal count
        for printed in print_paths(waiting):
            if printed.error:
                failed[printed.path] = printed.error
        count += len(waiting)
        waiting.clear()
        progress(f"{count} printed")

    for path in all_paths():
        kept = shelf.read(path)
        if kept is None or kept.sheet.generation < shells.generation(kept.sheet.shell):
            waiting.append(path)
        if len(waiting) >= BATCH:
            flush()
    if waiting:
        flush()
    return failed


def export_static(out: Path, *, progress: Callable[[str], None]) -> tuple[int, dict[str, str]]:
    """Write the site to `out` as any web server can serve it: pages, feeds, pictures, style.

    Returns how many pages were written, and what would not print.
    """
    failed = print_missing(progress=progress)
    out.mkdir(parents=True, exist_ok=True)
    root = Path(settings.STORE_ROOT)
    count = 0
    for path in store().walk():
        file = Path(store().stat_file(path).removesuffix(".meta"))
        target = out / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        for ending in ("", ".br", ".gz"):
            source = Path(f"{file}{ending}")
            if source.exists():
                shutil.copyfile(source, f"{target}{ending}")
        count += 1
    for name, inner in (
        ("media/images", Path(settings.MEDIA_ROOT) / "images"),
        (f"media/{SOUNDS}", Path(settings.MEDIA_ROOT) / SOUNDS),
        (f"media/{PUBLIC}", Path(settings.MEDIA_ROOT) / PUBLIC),
        ("static/site", Path(settings.STATIC_ROOT) / "site"),
    ):
        if inner.exists():
            shutil.copytree(inner, out / name, dirs_exist_ok=True)
    default = editions().default
    if default and (out / default.slug / "404.html").exists():
        shutil.copyfile(out / default.slug / "404.html", out / "404.html")
    return count, failed


def stale_count() -> int:
    """Sheets that wear an older shell than their edition does now."""
    return sum(
        Sheet.objects.filter(shell=shell, generation__lt=generation, printed=True).count()
        for shell, generation in store().state().shells.items()
    )
