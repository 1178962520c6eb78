"""Pictures with their words and rights."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from dateline.newsroom.editions.actions import AnnouncingMixin


class Picture(AnnouncingMixin, AbstractImage):
    """A picture. `title` is what the desk calls it; `description` is its alt text."""

    caption = models.TextField(_("caption"), blank=True)
    long_description = models.TextField(
        _("long description"), blank=True, help_text=_("For infographics: all that it says, in words.")
    )
    credit = models.CharField(_("credit"), max_length=250, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True, help_text=_("Who it came from."))
    rights = models.CharField(_("rights"), max_length=250, blank=True, help_text=_("Who owns it."))
    usage_terms = models.TextField(_("terms of use"), blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True, help_text=_("Where it was taken."))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    expires_at = models.DateTimeField(
        _("rights end"), null=True, blank=True, help_text=_("From then on no page shows it. Empty: never.")
    )
    #: Whether pages were told that its rights have ended.
    expired = models.BooleanField(default=False, editable=False)
    #: What the file's own metadata said when it came in.
    said_by_file = models.JSONField(default=dict, blank=True, editable=False)
    #: What its content credentials say (credentials/reading.py); {} if it has none, None if nobody has looked.
    content_credentials = models.JSONField(null=True, blank=True, editable=False)
    withhold_credentials = models.BooleanField(
        _("keep content credentials from readers"),
        default=False,
        help_text=_(
            "For credentials that tell what nobody should know, such as where a source lives. That a picture was made "
            "with AI is told in any case."
        ),
    )
    #: The credentials as the file has them, for readers; "" while there is nothing to give.
    credentials_file = models.CharField(max_length=250, blank=True, editable=False)
    uri = models.CharField(_("identity"), max_length=500, blank=True, db_index=True, editable=False)
    #: Whether saving a new row leaves its renditions to the worker. Whoever draws them at once says no.
    draws_later = True

    admin_form_fields: ClassVar = (
        *Image.admin_form_fields,
        "caption",
        "long_description",
        "credit",
        "source",
        "rights",
        "usage_terms",
        "place",
        "taken_at",
        "expires_at",
        "withhold_credentials",
    )
    search_fields: ClassVar = [*AbstractImage.search_fields, index.SearchField("caption"), index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        indexes = [
            models.Index(
                fields=["expires_at"], name="picture_rights_end", condition=models.Q(expires_at__isnull=False)
            ),
        ]

    def announcement(self) -> dict[str, Any]:
        return {"ingredients": [f"picture:{self.pk}"]}

    def save(self, *args: Any, **kwargs: Any) -> None:
        from dateline.newsroom.pictures.credentials.keeping import settle_sidecar
        from dateline.newsroom.pictures.tasks import draw_renditions

        new = self._state.adding
        # Rights that were prolonged, or whose end was a slip, bring it back.
        self.expired = bool(self.expired and self.expires_at and self.expires_at <= timezone.now())
        with transaction.atomic():
            super().save(*args, **kwargs)
            settle_sidecar(self)
            if new and self.draws_later:
                draw_renditions.enqueue(self.pk)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
