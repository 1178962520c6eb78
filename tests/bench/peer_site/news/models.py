"""Pages as Wagtail's documentation would have them: a front, sections below it, stories below those."""

from typing import Any

from django.db import models
from wagtail.blocks import BlockQuoteBlock, CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

#: How many stories the front shows; set by `fill`.
TEASERS = 40


class FrontPage(Page):
    teasers = models.PositiveIntegerField(default=TEASERS)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pictures = get_image_model().objects.prefetch_renditions("fill-320x213|format-webp")
        stories = StoryPage.objects.descendant_of(self).live().order_by("-first_published_at")
        context["stories"] = stories.prefetch_related(models.Prefetch("lead_picture", pictures))[: self.teasers]
        return context


class SectionPage(Page):
    pass


class StoryPage(Page):
    standfirst = models.TextField()
    byline = models.CharField(max_length=100)
    lead_picture = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(
        [("heading", CharBlock()), ("paragraph", RichTextBlock()), ("quote", BlockQuoteBlock())], blank=True
    )
