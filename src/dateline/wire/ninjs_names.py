"""What ninjs 3.1 calls things, and of what type they are: for checking what is kept and for writing only what is valid.

The standard: https://iptc.org/std/ninjs/ . Version 2 has the same things under names in lower case.
"""

from collections.abc import Mapping
from typing import Any

from dateline.wire.fields import ItemError, brief, kind_of

VERSION = "3.1"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"

_TEXTS = frozenset({
    "uri", "profile", "version", "firstCreated", "versionCreated", "contentCreated", "embargoedUntil", "expires",
    "copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language", "title", "by", "slugline", "located",
})  # fmt: skip
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "type": ("text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"),
    "representationType": ("full", "partial"),
    "pubStatus": ("usable", "withheld", "canceled"),
}
TYPES = _CHOICES["type"]
_NAMED = ("name", "rel", "uri", "literal")
#: Lists of objects, and the names that an object in each may hold.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "headlines": ("role", "contentType", "value"),
    "descriptions": ("role", "contentType", "value"),
    "bodies": ("role", "contentType", "charCount", "wordCount", "value"),
    "people": (*_NAMED, "contactInfo"),
    "organisations": (*_NAMED, "symbols", "contactInfo"),
    "places": (*_NAMED, "contactInfo", "geoJSON"),
    "subjects": (*_NAMED, "creator", "relevance", "confidence"),
    "events": ("id", *_NAMED),
    "objects": _NAMED,
    "infoSources": ("name", "role", "uri", "literal", "contactInfo"),
    "genres": ("name", "uri", "literal"),
    "altIds": ("role", "value"),
    "trustIndicators": ("role", "title", "href"),
    "renditions": (
        "name", "href", "contentType", "title", "width", "height", "sizeInBytes", "duration", "format", "aspectRatio",
        "videoCodec", "frameRate", "poi", "transportProtocol", "scanType", "bitrate",
    ),
    "associations": (),
    "plannedCoverage": (),
}  # fmt: skip
_REQUIRED = {"headlines": "value", "descriptions": "value", "bodies": "value", "renditions": "name"}
_OBJECTS = frozenset({"eventDetails", "rightsInfo", "digitalSourceType"})
_INNER_TYPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("charCount", "wordCount", "relevance", "confidence", "width", "height", "sizeInBytes"), int),
    **dict.fromkeys(("duration", "frameRate"), (int, float)),
    **dict.fromkeys(("contactInfo", "symbols"), list),
    **dict.fromkeys(("geoJSON", "poi"), dict),
}

_RENAMED = {
    name.lower(): name
    for name in (
        "altIds", "charCount", "contactInfo", "contentCreated", "contentType", "copyrightHolder", "copyrightNotice",
        "edNote", "encodedRights", "firstCreated", "geoJSON", "infoSources", "langId", "linkedRights", "postalCode",
        "pubStatus", "representationType", "rightsInfo", "sizeInBytes", "symbolType", "trustIndicators", "usageTerms",
        "versionCreated", "wordCount",
    )
} | {"embargoed": "embargoedUntil", "ticker": "symbol"}  # fmt: skip


def current_names(data: dict[str, Any]) -> dict[str, Any]:
    """`data` under the names of version 3, if it uses those of version 2."""
    standard = data.get("standard")
    version = standard.get("version") if isinstance(standard, dict) else None
    if (isinstance(version, str) and version.startswith("2.")) or not _RENAMED.keys().isdisjoint(data):
        renamed: dict[str, Any] = _renamed(data, 0)
        return renamed
    return data


def _renamed(value: Any, depth: int) -> Any:
    if depth > 40:
        return value
    if isinstance(value, dict):
        return {_RENAMED.get(name, name): _renamed(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, depth + 1) for inner in value]
    return value


def check_type(name: str, value: Any, path: str) -> None:
    """Refuse a value of the standard's own that has the wrong type.

    Raises:
        ItemError: naming it.
    """
    if value is None:
        return
    if name in _TEXTS and not isinstance(value, str):
        raise ItemError(path, f"is {kind_of(value)}; write text")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise ItemError(path, f"is {brief(value)}; it can be {', '.join(_CHOICES[name])}")
    if name in _OBJECTS and not isinstance(value, dict):
        raise ItemError(path, f"is {kind_of(value)}; write an object")
    if name in _LISTS:
        if not isinstance(value, list):
            raise ItemError(path, f"is {kind_of(value)}; write a list of objects")
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                raise ItemError(f"{path}[{index}]", f"is {kind_of(entry)}; write an object")


def conforming(data: Mapping[str, Any], *, association: bool = False) -> dict[str, Any]:
    """What of `data` the schema of an item knows, with types as it wants them; deeper objects as they are."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in _LISTS and isinstance(value, list):
            entries = [entry for inner in value if (entry := _entry(name, inner))]
            if entries:
                found[name] = entries
        elif (
            (name in _TEXTS and isinstance(value, str))
            or (name in _CHOICES and value in _CHOICES[name])
            or (name in _OBJECTS and isinstance(value, dict))
            or (name == "urgency" and isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9)
            or (association and name in ("name", "rel") and isinstance(value, str))
        ):
            found[name] = value
    return found


def _entry(name: str, value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    if name == "plannedCoverage":
        return value
    if name == "associations":
        entry = conforming(value, association=True)
        return {"name": entry.get("rel", "association"), **entry} if "uri" in entry else None
    entry = {key: inner for key in _LISTS[name] if key in value and _fits(key, inner := value[key])}
    return entry if _REQUIRED.get(name, "") in entry or name not in _REQUIRED else None


def _fits(key: str, value: Any) -> bool:
    if key in ("relevance", "confidence") and isinstance(value, int) and not 0 <= value <= 100:
        return False
    if key == "scanType":
        return value in ("progressive", "interlaced")
    return isinstance(value, _INNER_TYPES.get(key, str)) and not isinstance(value, bool)
