"""The parts of a story's body."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from dateline.newsroom.stories.charts.blocks import ChartBlock

#: What running text may hold; the importer's sanitiser keeps the same.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "superscript", "subscript"]
#: The same, where passages can be marked with the sources that bear them.
BORNE_FEATURES = [*TEXT_FEATURES, "source"]


class HeadingBlock(StructBlock):
    text = CharBlock(max_length=250, label=_("Heading"))
    level = ChoiceBlock(choices=[("2", _("Heading")), ("3", _("Smaller heading"))], default="2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(StructBlock):
    text = RichTextBlock(features=TEXT_FEATURES, label=_("Quote"))
    attribution = CharBlock(max_length=250, required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class BorneQuoteBlock(QuoteBlock):
    text = RichTextBlock(features=BORNE_FEATURES, label=_("Quote"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PullQuoteBlock(StructBlock):
    text = TextBlock(max_length=600, label=_("Words"))
    attribution = CharBlock(max_length=250, required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Pull quote")


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    caption = TextBlock(required=False, label=_("Caption"), help_text=_("Empty: the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(StructBlock):
    pictures = ListBlock(PictureBlock(), label=_("Pictures"))

    class Meta:
        icon = "grip"
        label = _("Gallery")


class RelatedBlock(StructBlock):
    """A link to one of our stories, or to an address elsewhere with its title."""

    story = PageChooserBlock("stories.Story", required=False, label=_("Story"))
    title = CharBlock(max_length=300, required=False, label=_("Title"), help_text=_("Empty: the story's headline."))
    url = URLBlock(required=False, label=_("Address"))
    #: The identity of a story that is not here yet, from an import.
    uri = CharBlock(required=False, label=_("Identity"), max_length=500)

    class Meta:
        icon = "link"
        label = _("Read more")

    def clean(self, value: Any) -> Any:
        from django.core.exceptions import ValidationError
        from wagtail.blocks.struct_block import StructBlockValidationError

        value = super().clean(value)
        if not value.get("story") and not value.get("uri") and not (value.get("url") and value.get("title")):
            message = _("Choose a story, or give an address and a title.")
            raise StructBlockValidationError(block_errors={"story": ValidationError(message)})
        return value


class EmbedBlock(StructBlock):
    """Something that stands elsewhere. Nothing of it is loaded: readers get a named link."""

    url = URLBlock(label=_("Address"))
    provider = CharBlock(max_length=80, required=False, label=_("Where it stands"))
    title = CharBlock(max_length=300, required=False, label=_("Title"))

    class Meta:
        icon = "media"
        label = _("Embed")


BODY_BLOCKS = [
    ("text", RichTextBlock(features=BORNE_FEATURES, label=_("Text"))),
    ("heading", HeadingBlock()),
    ("quote", BorneQuoteBlock()),
    ("pull_quote", PullQuoteBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("related", RelatedBlock()),
    ("table", TableBlock(label=_("Table"))),
    ("chart", ChartBlock()),
    ("embed", EmbedBlock()),
    # By name: trackers build on stories. They draw it (`extensions.draw_with`).
    ("tracker", SnippetChooserBlock("trackers.Tracker", label=_("Tracker"), icon="clipboard-list")),
]
