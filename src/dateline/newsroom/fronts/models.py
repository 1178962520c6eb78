"""Curated fronts: which blocks a front is made of, and which stories stand in them before any other."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, ListBlock, PageChooserBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from dateline.newsroom.editions.models import FORMS


def _pinned(most: int) -> ListBlock:
    return ListBlock(
        PageChooserBlock("stories.Story", label=_("Story")),
        label=_("Stories first"),
        help_text=_("In this order. What they leave open is filled with the newest."),
        default=[],
        max_num=most,
    )


class _FrontBlock(StructBlock):
    title = CharBlock(max_length=120, required=False, label=_("Title"), help_text=_("Empty: the block's own."))


class LeadFrontBlock(StructBlock):
    stories = _pinned(6)

    class Meta:
        icon = "pick"
        label = _("Lead: one big, two beside, three lines")


class RiverFrontBlock(_FrontBlock):
    class Meta:
        icon = "list-ul"
        label = _("River: the newest by time")


class StripFrontBlock(_FrontBlock):
    section = PageChooserBlock("editions.Section", label=_("Section"))
    stories = _pinned(4)
    led = BooleanBlock(required=False, label=_("The first story leads"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Strip: a section and four stories")


class FormFrontBlock(_FrontBlock):
    look = ChoiceBlock(
        choices=[
            ("strip", _("Strip")),
            ("opinions", _("Opinion row")),
            ("screening", _("Screening room")),
            ("light_table", _("Light table")),
        ],
        label=_("Look"),
    )
    form = ChoiceBlock(choices=FORMS, label=_("Form"))
    stories = _pinned(5)

    class Meta:
        icon = "view"
        label = _("Stories of one form")


class DossierFrontBlock(StructBlock):
    coverage = SnippetChooserBlock("stories.Coverage", label=_("Coverage"))

    class Meta:
        icon = "folder-open-1"
        label = _("Dossier: a coverage")


class TrackersFrontBlock(_FrontBlock):
    trackers = ListBlock(
        SnippetChooserBlock("trackers.Tracker", label=_("Tracker")), label=_("Trackers"), default=[], max_num=4
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Trackers: up to four in a row")


FRONT_BLOCKS = [
    ("lead", LeadFrontBlock()),
    ("river", RiverFrontBlock()),
    ("strip", StripFrontBlock()),
    ("form", FormFrontBlock()),
    ("dossier", DossierFrontBlock()),
    ("trackers", TrackersFrontBlock()),
]


class Morning(models.Model):
    """The five stories that an edition gathered one morning."""

    edition = models.ForeignKey("editions.Edition", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    ids = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "day"], name="morning_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.day}"


class Front(models.Model):
    """The curated front of an edition or a section. A front that has none is made by rule."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="front", verbose_name=_("home page or section")
    )
    blocks = StreamField(FRONT_BLOCKS, verbose_name=_("blocks"), blank=True)

    panels: ClassVar = [
        FieldPanel("page"),
        FieldPanel("blocks"),
    ]

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")

    def __str__(self) -> str:
        return str(self.page)

    def save(self, *args: Any, **kwargs: Any) -> None:
        from django.db import transaction

        from dateline.newsroom.fronts.actions import announce_front

        with transaction.atomic():
            super().save(*args, **kwargs)
            announce_front(self.page_id)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        from django.db import transaction

        from dateline.newsroom.fronts.actions import announce_front

        with transaction.atomic():
            announce_front(self.page_id)
            return super().delete(*args, **kwargs)
