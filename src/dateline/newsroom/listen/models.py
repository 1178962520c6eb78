"""What is read aloud: who reads in an edition, how words are said there, and the sound of each story."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable

from dateline.newsroom.editions.choices import EditionChoiceForm
from dateline.newsroom.editions.models import Edition
from dateline.newsroom.listen.voices import find_voice, voices

WAITING, READY, FAILED = "waiting", "ready", "failed"
STATES = [(WAITING, _("waiting")), (READY, _("ready")), (FAILED, _("failed"))]


class NarratorForm(EditionChoiceForm):
    """The voices that this machine has, in place of a name to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from django import forms

        field = self.fields.get("voice")
        if field is not None:
            shown: list[tuple[str, Any]] = [("", _("The language's own"))]
            shown += [(voice.id, f"{voice.label} ({', '.join(voice.languages)})") for voice in voices()]
            known = {choice for choice, _label in shown}
            if self.instance.voice and self.instance.voice not in known:
                shown.append(
                    (self.instance.voice, _("%(voice)s (not on this machine)") % {"voice": self.instance.voice})
                )
            self.fields["voice"] = forms.ChoiceField(
                choices=shown, required=False, label=field.label, help_text=field.help_text
            )


class Narrator(ClusterableModel):
    """Whether and how an edition's stories are read aloud. Without one its language's own voice reads it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    speaks = models.BooleanField(
        _("stories are read aloud"),
        default=True,
        help_text=_("Off: no new story is read."),
    )
    voice = models.CharField(_("voice"), max_length=200, blank=True)

    base_form_class = NarratorForm
    panels: ClassVar = [
        FieldPanel("edition"),
        FieldPanel("speaks"),
        FieldPanel("voice"),
        HelpPanel(
            content=_(
                "A word is said as it is written in the second field. Stories in which one changes are read again when "
                "they are next published."
            )
        ),
        InlinePanel("pronunciations", heading=_("Pronunciation"), label=_("Word")),
    ]

    class Meta:
        verbose_name = _("reading aloud")
        verbose_name_plural = _("reading aloud")

    def __str__(self) -> str:
        return str(self.edition)


class Pronunciation(Orderable):
    """How a word or a name is said in one edition, written as that language would write what is heard."""

    narrator = ParentalKey(Narrator, on_delete=models.CASCADE, related_name="pronunciations")
    word = models.CharField(_("word"), max_length=120, help_text=_("With capitals: only where it is written so."))
    spoken = models.CharField(_("say"), max_length=250)

    class Meta(Orderable.Meta):
        verbose_name = _("pronunciation")
        verbose_name_plural = _("pronunciations")

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        if not any(letter.isalnum() for letter in self.word):
            raise ValidationError({"word": _("A word has at least one letter or digit.")})


class _Sound(models.Model):
    """A sound, or the wish for it: the rows that wait are the queue, the newest first.

    `key` is a digest of all that is heard (words as spoken, voice, pauses): it names the files, and an equal key is an
    equal sound. `marks` are, for each sentence, its first and last millisecond and its text as the page shows it.
    """

    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    #: Of the text that is spoken or is to be.
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    voice = models.CharField(max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    marks = models.JSONField(default=list, blank=True)
    opus_size = models.PositiveBigIntegerField(default=0)
    mp3_size = models.PositiveBigIntegerField(default=0)
    published = models.DateTimeField()
    asked = models.DateTimeField()
    made = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Who speaks it now holds it until then.
    held_until = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        default_permissions: ClassVar[tuple[str, ...]] = ()


class Recording(_Sound):
    """The sound of one story."""

    story = models.OneToOneField("stories.Story", on_delete=models.CASCADE, related_name="+")

    class Meta(_Sound.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        indexes = [
            models.Index(fields=["-published"], name="recording_waits", condition=Q(state=WAITING)),
            models.Index(fields=["-asked"], name="recording_failed", condition=Q(state=FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.state}"


class Briefing(_Sound):
    """The sound of five cards: a coverage told in five, or the five stories of a morning. Its words are its own."""

    #: Such as `coverage:9` or `morning:3`.
    subject = models.CharField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    #: Where it is heard: the page that the transcript hangs on, then others.
    pages = models.JSONField(default=list)
    title = models.TextField()
    #: Heading and text of each card.
    cards = models.JSONField(default=list)

    class Meta(_Sound.Meta):
        verbose_name = _("recording of In five")
        verbose_name_plural = _("recordings of In five")
        indexes = [models.Index(fields=["-published"], name="briefing_waits", condition=Q(state=WAITING))]

    def __str__(self) -> str:
        return f"{self.subject}: {self.state}"


class Leftover(models.Model):
    """Files whose sound nobody may hear any more, written down in the transaction that took it away."""

    key = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.key


__all__ = ["FAILED", "READY", "WAITING", "Briefing", "Leftover", "Narrator", "Pronunciation", "Recording", "find_voice"]
