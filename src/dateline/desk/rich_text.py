"""The field that text is written in."""

from typing import Any

from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Wagtail's field, that hands its text to the form at once.

    By default it waits a quarter of a second after the last letter, and whoever saves with the keyboard sooner loses
    what was typed in between.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["stateSaveInterval"] = 0
