"""What the desk calls its models, fields, blocks and panels follows the language of whoever sits at it."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import Panel
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.fields import StreamField

#: Rows that editors never meet by name.
HIDDEN = {
    "Address",
    "ChartDrawing",
    "CheckAnswer",
    "CorrectionEntry",
    "FormerPath",
    "MergedTopic",
    "Morning",
    "OutsideLink",
    "PublishedVersion",
    "Rendition",
    "Stream",
    "StreamEntry",
    "Withdrawal",
}


def desk_models() -> list[type[Model]]:
    rooms = {"editions", "stories", "pictures", "fronts"}
    return [m for m in apps.get_models() if m._meta.app_label in rooms and m.__name__ not in HIDDEN]


def inner_blocks(block: Block, place: str) -> Iterator[tuple[str, Block]]:
    """Named blocks at any depth, with where they stand."""
    if isinstance(block, BaseStreamBlock | BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield f"{place}.{name}", child
            yield from inner_blocks(child, f"{place}.{name}")
    elif isinstance(block, ListBlock):
        yield from inner_blocks(block.child_block, place)


def inner_panels(panels: Any) -> Iterator[Panel]:
    for panel in panels:
        if isinstance(panel, Panel):
            yield panel
            yield from inner_panels(getattr(panel, "children", []))


def spoken(value: Any) -> bool:
    """Whether a text follows the editor's language; one without letters needs no translation."""
    return isinstance(value, Promise) or not re.search("[A-Za-z]", str(value or ""))


def texts_of(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """What the desk says of a model: where, and the text."""
    own = model._meta
    yield "name", own.verbose_name
    if not issubclass(model, BaseGenericSetting):
        # Where it is not given, it is the singular and an s, in any language.
        yield "plural", own.original_attrs.get("verbose_name_plural", "none")
    bases = [base for base in model.__mro__ if hasattr(base, "_meta") and not base.__module__.startswith("dateline.")]
    theirs = {field.name for base in bases for field in base._meta.get_fields()}
    for field in own.local_fields + own.local_many_to_many:
        if not field.editable or field.auto_created or field.name in theirs:
            continue
        if isinstance(field, ParentalKey) or (field.remote_field and getattr(field.remote_field, "parent_link", False)):
            continue  # no editor fills these
        yield field.name, field.verbose_name
        yield f"help of {field.name}", field.help_text
        yield from ((f"choice of {field.name}", label) for _value, label in field.choices or [])
        if isinstance(field, StreamField):
            for place, block in inner_blocks(field.stream_block, field.name):
                yield place, block.meta.label or "none"
                yield f"help of {place}", getattr(block.meta, "help_text", "")
    for name in ("content_panels", "promote_panels", "settings_panels", "panels"):
        for panel in inner_panels(getattr(model, name, [])):
            yield name, panel.heading
            yield name, panel.help_text


def test_editors_read_every_field_block_and_panel_in_their_language() -> None:
    texts = [(model.__name__, where, text) for model in desk_models() for where, text in texts_of(model)]
    assert len(texts) > 200
    assert not [(model, where, str(text)) for model, where, text in texts if not spoken(text)]
    assert not spoken("Words")
    assert not spoken("none")
