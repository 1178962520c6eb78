"""Large files, sent in pieces: a line that breaks costs one piece, and no request holds the desk for long."""

import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

#: Bytes of the largest piece that is taken, and how long an unfinished upload is kept.
PIECE, KEEP = 8 * 1024 * 1024, timedelta(days=2)

#: Unfinished uploads that one editor may have.
MOST = 20


class UploadError(Exception):
    """A piece that cannot be taken; `received` is how much is there."""

    def __init__(self, text: str, *, received: int = 0) -> None:
        super().__init__(text)
        self.received = received


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # it takes no argument at run time
    """An uploaded file that has come in whole; saving it moves it."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        super().__init__(path.open("rb"), name, "application/octet-stream", path.stat().st_size)

    def temporary_file_path(self) -> str:
        return str(self._path)


def begin_upload(*, user: Any, name: str, size: int) -> str:
    """Make room for a file; returns its token.

    Raises:
        UploadError: it is empty, too large, or the editor has too many unfinished ones.
    """
    from dateline.newsroom.clips.models import Upload

    limit = settings.OPTIONS["clip_limit"]
    if size < 1:
        raise UploadError(_("This file is empty."))
    if size > limit * 1024 * 1024:
        raise UploadError(
            _("This file has %(size)s MB; at most %(most)s are taken.") % {"size": size // 1024 // 1024, "most": limit}
        )
    clear_uploads()
    if Upload.objects.filter(user=user).count() >= MOST:
        raise UploadError(_("Too many of your uploads are unfinished. Finish one, or wait two days."))
    plain = re.sub(r"[\x00-\x1f/\\]", "", name).strip()[-200:] or "clip"
    upload = Upload.objects.create(token=secrets.token_hex(16), user=user, name=plain, size=size)
    file = Path(upload.file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    return upload.token


def add_piece(token: str, *, user: Any, offset: int, data: bytes) -> int:
    """Append a piece; returns how many bytes are there.

    Raises:
        UploadError: no such upload of this editor, or the piece does not follow what is there.
    """
    upload, file = _find(token, user)
    received = file.stat().st_size
    if offset != received:
        raise UploadError(_("A piece is missing."), received=received)
    if len(data) > PIECE or received + len(data) > upload.size:
        raise UploadError(_("This is more than was announced."), received=received)
    with file.open("ab") as opened:
        opened.write(data)
    return received + len(data)


def received(token: str, *, user: Any) -> int:
    """How many bytes of an upload are there. Raises UploadError if there is none."""
    return _find(token, user)[1].stat().st_size


def take_upload(token: str, *, user: Any) -> ReceivedFile:
    """The file of a finished upload. Raises ValidationError."""
    try:
        upload, file = _find(token, user)
    except UploadError as problem:
        raise ValidationError(str(problem)) from problem
    if file.stat().st_size != upload.size:
        raise ValidationError(_("The upload is not finished: wait for it, or choose the file again."))
    return ReceivedFile(file, upload.name)


def clear_uploads() -> None:
    """Delete what nobody finished, and rows whose file has been taken."""
    from dateline.newsroom.clips.models import Upload

    for upload in Upload.objects.all()[:500]:
        file = Path(upload.file)
        if not file.exists() or upload.begun < timezone.now() - KEEP:
            file.unlink(missing_ok=True)
            upload.delete()


def _find(token: str, user: Any) -> tuple[Any, Path]:
    from dateline.newsroom.clips.models import Upload

    upload = Upload.objects.filter(token=token, user=user).first() if user is not None else None
    file = Path(upload.file) if upload else None
    if upload is None or file is None or not file.exists():
        raise UploadError(_("This upload is not known any more. Choose the file again."))
    return upload, file
