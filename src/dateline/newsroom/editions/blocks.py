"""Blocks of an edition's own fields."""

from typing import Any

from django.db.models import Model
from django.utils.functional import cached_property
from wagtail.blocks.field_block import ChooserBlock


class RegionChooserBlock(ChooserBlock):
    """A region of an edition. Model and chooser are looked up when they are needed: the models import this."""

    @cached_property
    def target_model(self) -> type[Model]:
        from dateline.newsroom.editions.models import Region

        return Region

    @cached_property
    def widget(self) -> Any:
        from dateline.newsroom.editions.choosers import region_chooser

        return region_chooser.widget_class()

    class Meta:
        icon = "globe"
