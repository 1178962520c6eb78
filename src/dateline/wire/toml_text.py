"""Plain values written as TOML 1.0. Tables come last and in full, what stands inside lists goes inline."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r", "\n": "\\n"}
_CONTROL = re.compile('[\\\\"\x00-\x1f\x7f]')
_WIDE = 110
#: Names of tables that stand on a line each.
_SHORT = frozenset(
    {"slug", "title", "name", "url", "description", "form", "children", "group", "section", "page", "region", "rule"}
)


def toml_text(document: Mapping[str, Any], *, under: tuple[str, ...] = ()) -> str:
    """The document. Lists of tables directly under a table are written as `[[…]]`, everything deeper inline; None is
    left out. `under` names the tables it goes on from, for text that is put after theirs.

    Raises:
        TypeError: for a value that TOML has no type for.
    """
    return "\n".join(_table(document, under)).lstrip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    below: list[tuple[str, Any]] = []
    for name, value in table.items():
        if value is None:
            continue
        if isinstance(value, Mapping) or (len(path) < 2 and _is_tables(value) and not _reads_better_inline(value)):
            below.append((name, value))
        else:
            yield f"{_key(name)} = {_value(value)}"
    for name, value in below:
        inner = (*path, name)
        head = ".".join(map(_key, inner))
        for one in [value] if isinstance(value, Mapping) else value:
            yield f"\n[{head}]" if isinstance(value, Mapping) else f"\n[[{head}]]"
            yield from _table(one, inner)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _reads_better_inline(tables: list[Mapping[str, Any]]) -> bool:
    """Short tables of short texts, such as sections and links."""
    return all(set(table) <= _SHORT for table in tables)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name, lines=False)


def _value(value: Any, indent: str = "", *, inline: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(value)
        case str():
            return _string(value, lines=not inline)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple():
            return _list(value, indent)
        case Mapping():
            inner = ", ".join(
                f"{_key(name)} = {_value(one, indent, inline=True)}" for name, one in value.items() if one is not None
            )
            return f"{{ {inner} }}" if inner else "{}"
    raise TypeError(f"TOML has no {type(value).__name__}")


def _list(values: list[Any] | tuple[Any, ...], indent: str) -> str:
    """On one line if it is short, else one entry a line; TOML allows that inside an inline table too."""
    deeper = f"{indent}  "
    written = [_value(value, deeper, inline=True) for value in values]
    one_line = f"[{', '.join(written)}]"
    if len(one_line) <= _WIDE and "\n" not in one_line:
        return one_line
    lines = "".join(f"{deeper}{value},\n" for value in written)
    return f"[\n{lines}{indent}]"


def _string(text: str, *, lines: bool) -> str:
    def escaped(found: re.Match[str]) -> str:
        character = found.group()
        if lines and character == "\n":
            return "\n"
        return _ESCAPED.get(character) or f"\\u{ord(character):04x}"

    lines = lines and "\n" in text
    body = _CONTROL.sub(escaped, text)
    return f'"""\n{body}"""' if lines else f'"{body}"'
