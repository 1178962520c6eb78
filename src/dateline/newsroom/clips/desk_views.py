"""What the clip's pages at the desk ask: pieces of an upload, how far a preparation is, a look at what was made."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dateline.newsroom.clips.actions import prepare_again
from dateline.newsroom.clips.models import FAILED, READY, Clip
from dateline.newsroom.clips.paths import PUBLIC, WITHHELD, folder
from dateline.newsroom.clips.preparing import MP3, PLAIN
from dateline.newsroom.clips.uploads import PIECE, UploadError, add_piece, begin_upload


def may(user: Any, *actions: str) -> None:
    """Raises PermissionDenied unless the user may do one of these with clips."""
    if not any(user.has_perm(f"clips.{action}_clip") for action in actions):
        raise PermissionDenied


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Begin an upload (`name`, `size`), or take a piece of it (`token`, `offset`, and the piece as body)."""
    may(request.user, "add", "change")
    said = request.GET
    try:
        if "token" not in said:
            token = begin_upload(user=request.user, name=said.get("name", ""), size=_whole(said.get("size")))
            return JsonResponse({"token": token, "received": 0})
        if int(request.headers.get("content-length") or 0) > PIECE:
            return JsonResponse({"error": _("This is more than was announced.")}, status=413)
        piece = request.read(PIECE + 1)
        done = add_piece(said["token"], user=request.user, offset=_whole(said.get("offset")), data=piece)
        return JsonResponse({"received": done})
    except UploadError as problem:
        answer: dict[str, Any] = {"error": str(problem)}
        if problem.received:
            answer["received"] = problem.received
        return JsonResponse(answer, status=409 if problem.received else 400)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a clip's preparation is."""
    may(request.user, "add", "change", "view")
    clip = get_object_or_404(Clip, pk=pk)
    return JsonResponse({"state": clip.state, "progress": clip.progress, "said": said_of(clip)})


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a clip once more."""
    may(request.user, "change")
    prepare_again(get_object_or_404(Clip, pk=pk))
    return redirect(reverse("wagtailsnippets_clips_clip:edit", args=[pk]))


@require_GET
def play(request: HttpRequest, pk: int) -> FileResponse:
    """What was made of a clip, for those who work with it: readers may not have it yet, or not any more."""
    may(request.user, "add", "change", "view")
    clip = get_object_or_404(Clip, pk=pk)
    name = PLAIN if clip.kind == "video" else MP3
    file = folder(WITHHELD if clip.withheld else PUBLIC, clip.key) / name
    if not clip.key or not file.exists():
        raise Http404
    return _ranged(request, file, "video/mp4" if clip.kind == "video" else "audio/mpeg")


def said_of(clip: Clip) -> str:
    if clip.state == READY:
        if clip.kind == "video":
            sizes = ", ".join(f"{rung['name']}p" for rung in clip.rungs)
            return _("Ready: %(sizes)s") % {"sizes": sizes}
        return _("Ready")
    if clip.state == FAILED:
        return clip.problem or _("Failed")
    if clip.progress:
        return _("Being prepared: %(percent)s %%") % {"percent": clip.progress}
    return _("Waits to be prepared")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else -1


def _ranged(request: HttpRequest, file: Path, kind: str) -> FileResponse:
    """A file, from the byte that a player asks for: one range is enough to seek."""
    size = file.stat().st_size
    wanted = request.headers.get("range", "").removeprefix("bytes=").partition("-")
    start = _whole(wanted[0])
    if not 0 < start < size:
        response = FileResponse(file.open("rb"), content_type=kind)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    opened = file.open("rb")
    opened.seek(start)
    response = FileResponse(opened, content_type=kind, status=206)
    response.headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    response.headers["Content-Length"] = str(size - start)
    return response
