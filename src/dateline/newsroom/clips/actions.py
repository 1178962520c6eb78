"""Every write of clips: what is found in a file, its preparation, and who may fetch what was made."""

import hashlib
import logging
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.newsroom.clips.film import ClipError, Facts, probe
from dateline.newsroom.clips.models import FAILED, READY, WAITING, Clip
from dateline.newsroom.clips.paths import MAKING, PUBLIC, WITHHELD, folder
from dateline.newsroom.clips.preparing import POSTER, Given, Prepared, Work
from dateline.newsroom.pictures.models import Picture
from dateline.press.outbox import announce

logger = logging.getLogger("dateline.clips")

#: How often a file is tried, how long who prepares it keeps it from others, and seconds between two notes of how far
#: it is, each of which prolongs that.
TRIES, HOLD, NOTE = 2, timedelta(minutes=10), 2.0

#: Called with a clip that has just become ready, in the transaction of that: apps that show clips register here.
_heard: list[Callable[[Clip], None]] = []


def when_ready(call: Callable[[Clip], None]) -> None:
    _heard.append(call)


def look_at(clip: Clip, facts: Facts) -> None:
    """Write what a new file holds, and ask for its preparation. It does not save."""
    if not clip.key:
        clip.kind, clip.milliseconds, clip.width, clip.height = (
            facts.kind,
            facts.milliseconds,
            facts.width,
            facts.height,
        )
    clip.state, clip.progress, clip.problem, clip.tries = WAITING, 0, "", 0
    clip.asked, clip.held_until, clip.held_by = timezone.now(), None, ""


def prepare_again(clip: Clip) -> None:
    """Try a failed clip once more, or make a ready one anew; until then readers have what there is."""
    Clip.objects.filter(pk=clip.pk).update(
        state=WAITING, progress=0, problem="", tries=0, held_until=None, asked=timezone.now()
    )


def forget_clip(instance: Clip, **_signal: Any) -> None:
    """Before a clip is deleted, in the transaction of that: the pages that show it do without."""
    announce({f"clip:{instance.pk}"}, deep={f"clip:{instance.pk}"}, withdrawn=True)


def forget_files(instance: Clip, **_signal: Any) -> None:
    """After a clip was deleted, when that is certain."""
    transaction.on_commit(partial(_delete_files, instance.key, instance.file.name or ""))


def _delete_files(key: str, upload: str) -> None:
    if key:
        for place in (PUBLIC, WITHHELD):
            shutil.rmtree(folder(place, key), ignore_errors=True)
    if upload and not Clip.objects.filter(file=upload).exists():
        (Path(settings.MEDIA_ROOT) / upload).unlink(missing_ok=True)


# ── Who may fetch it ──


def withhold(clips: Iterable[int], *, show: Iterable[int] = ()) -> None:
    """Let nobody fetch these any more, and everybody those in `show`; in the transaction of what it follows."""
    changed = list(Clip.objects.filter(pk__in=set(clips), withheld=False).values_list("pk", flat=True))
    Clip.objects.filter(pk__in=changed).update(withheld=True)
    shown = list(Clip.objects.filter(pk__in=set(show), withheld=True).values_list("pk", flat=True))
    Clip.objects.filter(pk__in=shown).update(withheld=False)
    if changed or shown:
        announce({f"clip:{pk}" for pk in (*changed, *shown)}, withdrawn=bool(changed))
        transaction.on_commit(partial(place_files, [*changed, *shown]))


def place_files(clips: Iterable[int] | None = None) -> None:
    """Have each clip's files where its row says; what a crash left behind is mended by the studio's start."""
    rows = Clip.objects.exclude(key="")
    for key, withheld in (rows if clips is None else rows.filter(pk__in=list(clips))).values_list("key", "withheld"):
        right, wrong = (WITHHELD, PUBLIC) if withheld else (PUBLIC, WITHHELD)
        if folder(wrong, key).exists():
            folder(right, key).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # another process was quicker
                folder(wrong, key).rename(folder(right, key))


# ── Preparing ──


class CuttingRoom:
    """Prepares what was uploaded, one file after the other, in the order in which they came."""

    def __init__(self) -> None:
        self._work: Work | None = None
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Give up what is at hand; whoever starts next takes it up again."""
        with self._lock:
            self._closed = True
            if self._work is not None:
                self._work.give_up()

    def take_back(self) -> None:
        """Let go of what an earlier process of this machine held when it was ended, and delete what it left."""
        mine = Clip.objects.filter(state=WAITING, held_by=_here())
        mine.filter(tries__gt=0).update(tries=F("tries") - 1)
        mine.update(held_until=None, held_by="", progress=0)
        shutil.rmtree(folder(MAKING, _here()), ignore_errors=True)
        place_files()

    def prepare_next(self) -> bool:
        """Prepare the clip that waits longest; False if none does. What fails says why at the desk."""
        clip = self._take()
        if clip is None:
            return False
        making = folder(MAKING, _here()) / uuid4().hex
        making.mkdir(parents=True)
        try:
            self._prepare(clip, making)
        except Given:
            return False
        except ClipError as problem:
            _failed(clip, str(problem), over=True)
        except OSError as problem:
            logger.exception("Clip %s could not be prepared", clip.pk)
            _failed(clip, problem.strerror or str(problem), over=clip.tries >= TRIES)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return True

    def _take(self) -> Clip | None:
        now = timezone.now()
        free = Q(held_until=None) | Q(held_until__lt=now)
        while True:
            found = Clip.objects.filter(free, state=WAITING).exclude(asked=None).order_by("asked", "pk").first()
            if found is None:
                return None
            mine = Clip.objects.filter(free, pk=found.pk, state=WAITING, asked=found.asked)
            if mine.update(held_until=now + HOLD, held_by=_here(), tries=found.tries + 1):
                found.tries += 1
                return found

    def _prepare(self, clip: Clip, making: Path) -> None:
        file = Path(clip.file.path)
        if not file.exists():
            raise ClipError(_("The uploaded file is not there any more. Upload it again."))
        facts = probe(file)
        told = _Told(clip)
        with self._lock:
            if self._closed:
                raise Given
            self._work = Work(file, facts, making, told)
        try:
            made = self._work.do()
        finally:
            with self._lock:
                self._work = None
        _keep(clip, facts, made, making)


class _Told:
    """Notes how far a preparation is, now and then."""

    def __init__(self, clip: Clip) -> None:
        self._clip, self._last = clip, 0.0

    def __call__(self, percent: int) -> None:
        now = time.monotonic()
        if now - self._last >= NOTE:
            self._last = now
            _mine(self._clip).update(progress=percent, held_until=timezone.now() + HOLD)


def _keep(clip: Clip, facts: Facts, made: Prepared, making: Path) -> None:
    """Put what was made where readers find it, and have the pages that show it printed."""
    key = uuid4().hex
    still = making / POSTER
    poster = still.read_bytes() if still.exists() else b""
    still.unlink(missing_ok=True)
    (making / "ffmpeg.log").unlink(missing_ok=True)
    for file in making.iterdir():
        file.chmod(0o644)
    # The row says at the end of the transaction which folder is the clip's. One that a crash leaves without a row is
    # nobody's, under a name that nobody knows.
    target = folder(WITHHELD if clip.withheld else PUBLIC, key)
    target.parent.mkdir(parents=True, exist_ok=True)
    making.rename(target)
    target.chmod(0o755)
    with transaction.atomic():
        row = Clip.objects.select_for_update().filter(pk=clip.pk, asked=clip.asked, state=WAITING).first()
        if row is None:
            transaction.on_commit(partial(_delete_files, key, ""))
            return
        before, row.key = row.key, key
        row.state, row.progress, row.problem, row.held_until = READY, 100, "", None
        row.kind, row.width, row.height = facts.kind, facts.width, facts.height
        row.milliseconds, row.rungs, row.plain_size = made.milliseconds, made.rungs, made.plain_size
        if poster and row.poster_id is None:
            row.poster = _picture(row, poster)
        row.save()
        for call in _heard:
            call(row)
        if before:
            transaction.on_commit(partial(_delete_files, before, ""))
    place_files([clip.pk])


def _picture(clip: Clip, still: bytes) -> Picture:
    """A frame of the film as a picture like any other: an editor may give it another text, or choose another."""
    picture = Picture(title=clip.title, credit=clip.credit, rights=clip.rights)
    picture.file = ContentFile(still, name=f"{hashlib.sha256(still).hexdigest()[:16]}.jpg")
    picture.file_size, picture.file_hash = len(still), hashlib.sha1(still, usedforsecurity=False).hexdigest()
    picture.save()
    return picture


def _mine(clip: Clip) -> Any:
    return Clip.objects.filter(pk=clip.pk, asked=clip.asked, state=WAITING)


def _failed(clip: Clip, problem: str, *, over: bool) -> None:
    _mine(clip).update(
        state=FAILED if over else WAITING,
        problem=problem[:500],
        progress=0,
        held_until=None if over else timezone.now() + timedelta(seconds=60),
    )


def _here() -> str:
    """This machine's name: a studio that starts knows what its forerunner held."""
    return socket.gethostname()[:80]
