"""Video and audio: what an editor uploads, what is made of it, and the words that go with it."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from dateline.newsroom.clips.chapters import ChaptersError, read_chapters
from dateline.newsroom.clips.forms import ClipForm
from dateline.newsroom.editions.actions import AnnouncingMixin

WAITING, READY, FAILED = "waiting", "ready", "failed"

#: Longest description, as others that show films take it.
LONGEST = 5000


class Clip(AnnouncingMixin, index.Indexed, ClusterableModel):
    """A film or a recording. The file stays as it came in; readers get what is prepared from it."""

    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(_("file"), upload_to="uploads/clips", max_length=255)
    description = models.TextField(
        _("description"), blank=True, max_length=LONGEST, help_text=_("What it shows or says, in a few sentences.")
    )
    credit = models.CharField(_("credit"), max_length=250, blank=True)
    rights = models.CharField(_("rights"), max_length=250, blank=True, help_text=_("Who owns it."))
    poster = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("poster"),
        help_text=_("What stands there before it plays. Empty: a frame of the film."),
    )
    chapters = models.TextField(
        _("chapters"), blank=True, max_length=LONGEST, help_text=_("A line for each: 0:00 How it begins")
    )
    uri = models.CharField(max_length=500, blank=True, db_index=True, editable=False)
    file_hash = models.CharField(max_length=64, blank=True, editable=False)
    uploaded = models.DateTimeField(_("uploaded"), auto_now_add=True)
    # What was found in the file.
    kind = models.CharField(max_length=5, choices=[("video", _("Video")), ("audio", _("Audio"))], default="video")
    milliseconds = models.PositiveBigIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    # Its preparation; the row is the queue.
    state = models.CharField(
        max_length=8,
        choices=[(WAITING, _("Being prepared")), (READY, _("Ready")), (FAILED, _("Failed"))],
        default=WAITING,
        editable=False,
    )
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=500, blank=True, editable=False)
    asked = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    held_until = models.DateTimeField(null=True, editable=False)
    held_by = models.CharField(max_length=80, blank=True, editable=False)
    #: Folder of what was made, the rungs of the ladder in it, and what else it holds; "" before it is ready.
    key = models.CharField(max_length=32, blank=True, editable=False)
    rungs = models.JSONField(default=list, blank=True, editable=False)
    plain_size = models.PositiveBigIntegerField(default=0, editable=False)
    #: Whether every story that showed it was taken back: then nobody may fetch it.
    withheld = models.BooleanField(default=False, editable=False)

    base_form_class = ClipForm
    search_fields: ClassVar = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("description"),
    ]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("poster"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("credit"), FieldPanel("rights")], _("Where it comes from")),
        InlinePanel("captions", heading=_("Captions"), label=_("Captions")),
        FieldPanel("chapters"),
    ]

    class Meta:
        verbose_name = _("video or audio")
        verbose_name_plural = _("video and audio")
        indexes = [
            models.Index(fields=["asked"], name="clip_waiting", condition=models.Q(state=WAITING)),
            models.Index(fields=["file_hash"], name="clip_by_file"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ready(self) -> bool:
        """Whether there is something for readers; they keep it while another file is prepared."""
        return bool(self.key)

    def clean(self) -> None:
        super().clean()
        try:
            read_chapters(self.chapters)
        except ChaptersError as error:
            raise ValidationError({"chapters": str(error)}) from error

    def announcement(self) -> dict[str, Any]:
        return {"ingredients": [f"clip:{self.pk}"]}


def _languages() -> list[tuple[str, str]]:
    return sorted(((code, str(name)) for code, name in settings.LANGUAGES), key=lambda one: one[1])


class Captions(models.Model):
    """What is said, as text with times, in one language."""

    clip = ParentalKey(Clip, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=20, choices=_languages)
    file = models.FileField(
        _("file"), upload_to="uploads/captions", blank=True, help_text=_("WebVTT or SRT, as UTF-8.")
    )
    #: As they were read from the file: first and last millisecond and the text of each.
    cues = models.JSONField(default=list, blank=True, editable=False)

    panels: ClassVar = [FieldPanel("language"), FieldPanel("file")]

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [models.UniqueConstraint(fields=["clip", "language"], name="captions_once")]

    def __str__(self) -> str:
        return self.language


class Upload(models.Model):
    """A file that is coming in piece by piece."""

    token = models.CharField(max_length=32, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    begun = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> str:
        """Its path in the storage."""
        return default_storage.path(f"uploads/parts/{self.token}")
