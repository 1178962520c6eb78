"""A picture, video or sound that a ninjs item is associated with."""

from typing import Any

from dateline.wire.fields import Fields, ItemError, brief, kept_value
from dateline.wire.items import Media
from dateline.wire.ninjs_names import TYPES, check_type
from dateline.wire.ninjs_writing import DETAILS

#: What says nothing, and is not kept.
EMPTY: tuple[object, ...] = (None, "", [])
#: Characters of a caption, a notice, a standfirst.
LONG = 10_000

_MODELLED_OF_MEDIA = frozenset({
    "uri", "name", "rel", "type", "descriptions", "by", "copyrightNotice", "usageTerms", "contentCreated", "renditions",
})  # fmt: skip


def keep_rest(fields: Fields, kept: dict[str, Any], modelled: frozenset[str]) -> None:
    """Put into `kept` what is not modelled.

    Raises:
        ItemError: for a value of the standard's own with a wrong type, and for what is no JSON.
    """
    for name, value in fields.data.items():
        if not isinstance(name, str):
            raise ItemError(fields.path, f"has a name that is {brief(name)}, not text")
        if name in modelled or name == DETAILS or value is None:
            continue
        check_type(name, value, fields.at(name))
        if value in EMPTY:
            continue
        kept[name] = kept_value(value, fields.at(name))


def read_media(entry: Fields, item_uri: str, fallback: str) -> Media:
    """The medium of an association; `fallback` is its name, and the end of its URI, if it has none.

    Raises:
        ItemError: naming the first thing that is wrong.
    """
    kept: dict[str, Any] = {}
    keep_rest(entry, kept, _MODELLED_OF_MEDIA)
    texts: dict[str, str] = {}
    for description in entry.entries("descriptions"):
        role = description.text("role").lower()
        text = description.words("value", LONG)
        if role in ("caption", "alt", "long") and role not in texts:
            if text:
                texts[role] = text
        else:
            kept.setdefault("descriptions", []).append(kept_value(description.data, description.path))
    renditions = list(entry.entries("renditions"))
    shown = [rendition for rendition in renditions if rendition.text("href", 4000)]
    main = next((one for one in shown if one.text("name") == "main"), None) or next(iter(shown), None)
    for rendition in renditions:
        if rendition is not main:
            kept.setdefault("renditions", []).append(kept_value(rendition.data, rendition.path))
    file = main or Fields({})
    extras = {
        key: value
        for key, value in file.data.items()
        if key not in ("name", "href", "contentType", "width", "height") and value not in EMPTY
    }
    if extras:
        kept[DETAILS] = {"main": kept_value(extras, file.path)}
    content_type = file.text("contentType", 200)
    kind = entry.text("type") or content_type.partition("/")[0].replace("image", "picture")
    if entry.text("type"):
        check_type("type", kind, entry.at("type"))
    return Media(
        uri=entry.text("uri", 2000) or f"{item_uri}#{fallback}",
        name=entry.text("name") or fallback,
        type=kind if kind in TYPES else "picture",
        href=file.text("href", 4000),
        width=file.number("width", 1, 1_000_000),
        height=file.number("height", 1, 1_000_000),
        content_type=content_type,
        caption=texts.get("caption", ""),
        alt=texts.get("alt", ""),
        long=texts.get("long", ""),
        credit=entry.text("by"),
        copyright_notice=entry.text("copyrightNotice", LONG),
        usage_terms=entry.text("usageTerms", LONG),
        created=entry.moment("contentCreated"),
        kept=kept,
    )
