"""The clip's form at the desk: it looks at a file before it is taken, and takes it piece by piece."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.newsroom.clips.captions import CaptionsError, read_captions
from dateline.newsroom.clips.film import ClipError, probe
from dateline.newsroom.clips.uploads import ReceivedFile, take_upload

#: What the file chooser offers first.
ACCEPT = "video/*,audio/*,.mkv,.mxf,.ts"


class PiecewiseInput(forms.ClearableFileInput):
    """A file input that the page's script sends in pieces; without a script it is an ordinary one."""

    template_name = "clips/piecewise_input.html"
    initial_text = ""

    class Media:
        js = ("clips/upload.js",)
        css = {"all": ("clips/upload.css",)}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        from django.urls import reverse

        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["upload"] = reverse("dateline_clip_upload")
        context["widget"]["most"] = settings.OPTIONS["clip_limit"] * 1024 * 1024
        context["widget"]["token"] = getattr(self, "token", "")
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.token = str(data.get(f"{name}-upload") or "")[:40]
        return files.get(name) or (self.token or None)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-upload" not in data


class ClipFileField(forms.FileField):
    """A file, or the token of one that came in piece by piece."""

    widget = PiecewiseInput

    def to_python(self, data: Any) -> Any:
        if isinstance(data, str):
            return data
        return super().to_python(data)

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data if isinstance(data, str) and data else super().clean(data, initial)


class ClipForm(WagtailAdminModelForm):
    """A file is read once before it is taken, so that what is wrong with it is said at once."""

    received: ReceivedFile | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = ClipFileField(label=old.label, required=old.required, help_text=old.help_text)

    def clean_file(self) -> Any:
        given = self.cleaned_data.get("file")
        if not given or ("file" not in self.changed_data and not isinstance(given, str)):
            return given
        if isinstance(given, str):
            given = self.received = take_upload(given, user=self.for_user)
        limit = settings.OPTIONS["clip_limit"]
        if given.size > limit * 1024 * 1024:
            raise ValidationError(
                _("This file has %(size)s MB; at most %(most)s are taken.")
                % {"size": given.size // 1024 // 1024, "most": limit}
            )
        try:
            self.facts = probe(_on_disk(given))
        except ClipError as problem:
            raise ValidationError(str(problem)) from problem
        return given

    def is_valid(self) -> bool:
        # Captions are read with their form's own language, after both are clean.
        valid = super().is_valid()
        captions = self.formsets.get("captions")
        sound = bool(valid and (captions is None or all(_read(form) for form in captions.forms)))
        if not sound:
            self._close()
        return sound

    def save(self, commit: bool = True) -> Any:
        from dateline.newsroom.clips.actions import look_at

        new = "file" in self.changed_data
        if new:
            look_at(self.instance, self.facts)
        clip = super().save(commit=commit)
        if commit:
            self._close()
        return clip

    def _close(self) -> None:
        """Of a file that came in piece by piece, whoever opened it closes it."""
        if self.received is not None:
            self.received.close()
            self.received = None


def _read(form: Any) -> bool:
    """Read a captions form's file into its row; False, with an error at the field, if that fails."""
    if form.errors or not getattr(form, "cleaned_data", None) or form.cleaned_data.get("DELETE"):
        return not form.errors
    given = form.cleaned_data.get("file")
    if not isinstance(given, UploadedFile):
        if not form.instance.cues and form.has_changed():
            form.add_error("file", _("Give a file."))
            return False
        return True
    if form.instance.cues and getattr(form, "_read", False):
        return True
    try:
        given.seek(0)
        form.instance.cues = read_captions(given.read(), form.cleaned_data.get("language") or "en")
        given.seek(0)
    except CaptionsError as problem:
        form.add_error("file", str(problem))
        return False
    form._read = True
    return True


def _on_disk(given: Any) -> Path:
    """Where an uploaded file is, put there if it was small enough to stay in memory."""
    if hasattr(given, "temporary_file_path"):
        return Path(given.temporary_file_path())
    kept = TemporaryUploadedFile(given.name or "clip", given.content_type or "", given.size or 0, None)
    for piece in given.chunks():
        kept.write(piece)
    kept.flush()
    given.kept = kept  # it is deleted with what it was copied from
    given.seek(0)
    return Path(kept.temporary_file_path())
