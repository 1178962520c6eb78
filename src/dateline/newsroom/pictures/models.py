"""Pictures with their words and rights."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from dateline.newsroom.editions.actions import AnnouncingMixin


class Picture(AnnouncingMixin, AbstractImage):
    """A picture. `title` is what the desk calls it; `description` is its alt text."""

    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=250, blank=True)
    rights = models.CharField(_("rights"), max_length=250, blank=True, help_text=_("Who owns it."))
    usage_terms = models.TextField(_("terms of use"), blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    uri = models.CharField(_("identity"), max_length=500, blank=True, db_index=True, editable=False)
    #: Whether saving a new row leaves its renditions to the worker. Whoever draws them at once says no.
    draws_later = True

    admin_form_fields: ClassVar = (
        *Image.admin_form_fields,
        "caption",
        "credit",
        "rights",
        "usage_terms",
        "taken_at",
    )
    search_fields: ClassVar = [*AbstractImage.search_fields, index.SearchField("caption"), index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    def announcement(self) -> dict[str, Any]:
        return {"ingredients": [f"picture:{self.pk}"]}

    def save(self, *args: Any, **kwargs: Any) -> None:
        from dateline.newsroom.pictures.tasks import draw_renditions

        new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if new and self.draws_later:
                draw_renditions.enqueue(self.pk)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
