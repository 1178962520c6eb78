"""Sounds as sheets: transcripts with their times, and the page that plays the newest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from dateline.newsroom.editions.drawing import draw_page
from dateline.newsroom.editions.shell import EditionNode, edition_named
from dateline.newsroom.listen.models import READY, Briefing, Recording
from dateline.newsroom.listen.pages import latest_view
from dateline.newsroom.listen.timings import as_webvtt
from dateline.newsroom.stories.models import Coverage, Story
from dateline.newsroom.stories.views import at_address
from dateline.press.ingredients import record


def transcript(request: HttpRequest, edition: str, path: str) -> HttpResponse:
    """A story's sentences and when each is heard, as WebVTT."""

    def show(node: EditionNode, found: Story) -> HttpResponse:
        record(f"listen:{found.pk}")
        sound = Recording.objects.filter(story=found.pk, state=READY, digest=found.digest).first()
        if sound is None:
            raise Http404
        return _as_webvtt(sound)

    return at_address(request, edition, f"/{edition}/{path}/", show, below="listen.vtt")


def told(request: HttpRequest, edition: str, slug: str = "") -> HttpResponse:
    """The same of five cards: those of a coverage, or of the day."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    coverage = Coverage.objects.filter(edition=node.id, slug=slug).values_list("pk", flat=True).first() if slug else 0
    subject = f"coverage:{coverage}" if slug else f"morning:{node.id}"
    record(f"listen:{subject}")
    found = Briefing.objects.filter(subject=subject, state=READY).first()
    if found is None:
        raise Http404
    return _as_webvtt(found)


def _as_webvtt(sound: Recording | Briefing) -> HttpResponse:
    response = HttpResponse(as_webvtt(sound.marks), content_type="text/vtt; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def latest(request: HttpRequest, edition: str) -> HttpResponse:
    """The newest stories, one after the other."""
    node = edition_named(edition)
    if node is None:
        raise Http404
    with override(node.code):
        view = latest_view(node)
    return draw_page(request, node, view)
