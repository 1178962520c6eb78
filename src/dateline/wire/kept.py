"""Values of TOML that are kept in the database, which knows JSON alone, and come out as they went in."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

#: A table with this name alone holds a value that JSON has no type for: what it is, and its text.
_MARK = "toml:value"

_READ: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "float": float,
}


def to_json(value: Any) -> Any:
    """A TOML value as JSON can hold it. NUL characters, which databases refuse, are left out."""
    match value:
        case Mapping():
            return {key.replace("\0", ""): to_json(inner) for key, inner in value.items()}
        case list() | tuple():
            return [to_json(inner) for inner in value]
        case str():
            return value.replace("\0", "")
        case float() if not math.isfinite(value):
            return {_MARK: ["float", repr(value)]}
        case datetime():
            return {_MARK: ["datetime", value.isoformat()]}
        case date():
            return {_MARK: ["date", value.isoformat()]}
        case time():
            return {_MARK: ["time", value.isoformat()]}
    return value


def from_json(value: Any) -> Any:
    """The TOML value that `to_json` was given."""
    if isinstance(value, list):
        return [from_json(inner) for inner in value]
    if isinstance(value, dict):
        if value.keys() == {_MARK}:
            kind, text = value[_MARK]
            return _READ[kind](text)
        return {key: from_json(inner) for key, inner in value.items()}
    return value
