"""What a story had wrong, as an editor says it, and the same as the edition's page of corrections asks for it."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from dateline.newsroom.editions.models import Edition

#: What a note under a story may be.
KINDS = [
    ("correction", _("Correction")),
    ("clarification", _("Clarification")),
    ("update", pgettext_lazy("note", "Update")),
]

#: Letters of the longest note.
LONGEST = 4000


class StoryCorrection(Orderable):
    """A note under a story: what an earlier version had wrong. It is revisioned with the story.

    `key` is its identity: rows are made anew by publishing. `at` is to the minute; empty until it first goes out.
    """

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="corrections")
    key = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=13, choices=KINDS, default="correction")
    text = models.TextField(
        _("text"),
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("What was wrong, and what is right. Readers see it under the story and among all corrections."),
    )
    at = models.DateTimeField(_("time"), null=True, blank=True, help_text=_("Empty: when it first goes out."))

    panels: ClassVar = [FieldPanel("kind"), FieldPanel("text"), FieldPanel("at")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"

    def clean(self) -> None:
        super().clean()
        self.text = " ".join(self.text.split())
        if not self.text:
            raise ValidationError({"text": _("Say what was wrong, and what is right.")})
        if self.at:
            self.at = self.at.replace(second=0, microsecond=0)
            if self.at > timezone.now():
                raise ValidationError({"at": _("This time is still to come.")})


class CorrectionEntry(models.Model):
    """A note that went out, where lists find it: settled with its story, as streams are.

    `edition` is empty while the story is not public. It outlives that, so that a note keeps its time, and so that one
    that comes back with its story is not taken for a new one.
    """

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="correction_entries")
    key = models.UUIDField()
    edition = models.ForeignKey(Edition, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=13)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="correction_once")]
        indexes = [
            models.Index(
                fields=["edition", "-at", "-id"], name="correction_newest", condition=models.Q(edition__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.text[:80]}"


def known_again(content: Any, rows: Any) -> None:
    """Give the notes of a revision, which may have been written before they went out, the ids and times of their rows.

    Args:
        content: the notes as the revision's story has them.
        rows: a function that fetches the story's rows.
    """
    unknown = [note for note in content if note.pk is None or note.at is None]
    if not unknown:
        return
    by_key = {row.key: row for row in rows()}
    for note in unknown:
        if row := by_key.get(note.key):
            note.pk, note.at = row.pk, note.at or row.at
