"""Passages of a text and what bears them: `<span data-source="ID ID">` in the database, an entity in the editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from dateline.newsroom.stories.source_blocks import IDENTITY

_TYPE = "SOURCE"


def named(text: Any) -> str:
    """The ids in an attribute, without what could be none."""
    return " ".join(dict.fromkeys(filter(IDENTITY.fullmatch, str(text or "").split())))


class PassageHandler(InlineEntityElementHandler):
    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"sources": named(attrs.get("data-source"))}


def passage(props: dict[str, Any]) -> Any:
    ids = named(props.get("sources"))
    return DOM.create_element("span", {"data-source": ids}, props["children"]) if ids else props["children"]


def register(features: Any) -> None:
    """Make the feature `source` of rich text known."""
    control = {
        "type": _TYPE,
        "icon": "clipboard-list",
        "description": _("Source"),
        "attributes": ["sources"],
        "allowlist": {"data-source": True},
        "said": {
            "ask": _("What does this passage rest on?"),
            "none": _("List the sources first, under “How we know this”."),
            "select": _("Select the passage first."),
            "mark": _("Mark"),
            "cancel": _("Cancel"),
            "unnamed": _("Source without a name"),
        },
    }
    files = {"js": ["desk/passages.js"], "css": {"all": ["desk/passages.css"]}}
    features.register_editor_plugin("draftail", "source", EntityFeature(control, **files))
    features.register_converter_rule(
        "contentstate",
        "source",
        {
            "from_database_format": {"span[data-source]": PassageHandler(_TYPE)},
            "to_database_format": {"entity_decorators": {_TYPE: passage}},
        },
    )
