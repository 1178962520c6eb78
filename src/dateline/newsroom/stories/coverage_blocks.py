"""What editors write of a coverage besides its stories: key dates, cards of "In five", stories that lead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, TextBlock

from dateline.newsroom.stories.key_dates import day_of

#: Cards of "In five", and letters of one: all five are heard in less than five minutes.
CARDS, CARD_TITLE, CARD_TEXT = 5, 90, 600


class WhenBlock(CharBlock):
    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        try:
            day_of(value)
        except ValueError:
            raise ValidationError(_("Write a year, a month or a day like this: 2026, 2026-03, 2026-03-14.")) from None
        return value


class KeyDateBlock(StructBlock):
    when = WhenBlock(max_length=10, label=_("When"), help_text=_("2026, 2026-03 or 2026-03-14"))
    text = TextBlock(max_length=400, label=_("What happened"))
    story = PageChooserBlock("stories.Story", required=False, label=_("Story"))

    class Meta:
        icon = "date"
        label = _("Key date")


class CardBlock(StructBlock):
    title = CharBlock(max_length=CARD_TITLE, label=_("Title"))
    text = TextBlock(max_length=CARD_TEXT, label=_("Text"))

    class Meta:
        icon = "form"
        label = _("Card")


KEY_DATE_BLOCKS = [("date", KeyDateBlock())]
CARD_BLOCKS = [("card", CardBlock())]
LEADING_BLOCKS = [("story", PageChooserBlock("stories.Story", label=_("Story")))]
