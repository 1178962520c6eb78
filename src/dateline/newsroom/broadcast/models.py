"""Live television: channels and what is on."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dateline.newsroom.broadcast.addresses import check_host, check_stream
from dateline.newsroom.editions.actions import AnnouncingMixin
from dateline.newsroom.editions.choices import EditionChoiceForm
from dateline.newsroom.editions.models import Edition

BY_SCHEDULE, ALWAYS, NEVER = "schedule", "on", "off"
MODES = [
    (BY_SCHEDULE, _("while something is scheduled")),
    (ALWAYS, _("on air")),
    (NEVER, _("off air")),
]


class Channel(AnnouncingMixin):
    """A live television channel of one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    slug = models.SlugField(_("slug"), max_length=80, allow_unicode=True)
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("about"), blank=True)
    hls = models.CharField(
        _("stream"),
        max_length=1000,
        validators=[check_stream],
        help_text=_("The address of an HLS playlist, such as https://stream.example/live.m3u8"),
    )
    more_hosts = models.CharField(
        _("further hosts"),
        max_length=500,
        blank=True,
        help_text=_("Names of other hosts that its pieces come from, with spaces between them."),
    )
    poster = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    mode = models.CharField(_("on air"), max_length=10, choices=MODES, default=BY_SCHEDULE)
    #: What readers were told last.
    on_air = models.BooleanField(default=False, editable=False)

    base_form_class = EditionChoiceForm

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="channel_slug_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def front(self) -> str:
        """The path of its page."""
        return f"/{self.edition.slug}/channel/{self.slug}/"

    def clean(self) -> None:
        super().clean()
        for host in self.more_hosts.split():
            try:
                check_host(host)
            except ValidationError as error:
                raise ValidationError({"more_hosts": error.messages}) from None

    def announcement(self) -> dict[str, Any]:
        return {"ingredients": [f"channel:{self.pk}", f"list:channels:{self.edition_id}"], "print_now": [self.front]}

    def save(self, *args: Any, **kwargs: Any) -> None:
        from dateline.newsroom.broadcast.actions import settle_channel

        with transaction.atomic():
            if self.pk:
                # Whether readers were told that it is on air is known by the row alone.
                self.on_air = bool(Channel.objects.filter(pk=self.pk).values_list("on_air", flat=True).first())
            super().save(*args, **kwargs)
            self.on_air = settle_channel(self.pk)


class Programme(models.Model):
    """What is on a channel from one moment to another."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="programmes", verbose_name=_("channel"))
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("to"))
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("about"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="programme_ends_after_start")]
        indexes = [
            models.Index(fields=["channel", "starts"], name="programme_by_start"),
            models.Index(fields=["starts"], name="programme_next"),
            models.Index(fields=["ends"], name="programme_over"),
        ]

    def __str__(self) -> str:
        return self.title
