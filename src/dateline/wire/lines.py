"""JSON Lines read one at a time: a line that cannot be read is reported, and reading goes on after it.

Memory is bounded by the limit on a line, whatever the file holds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Never

#: Bytes of the longest line that is read.
LONGEST_LINE = 8 * 1024 * 1024

_CHUNK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_LARGEST_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `number` counts from 1, blank lines included; exactly one of `data` and `error` is not
    None; `digest` is 32 hexadecimal digits, BLAKE2b of the line's bytes without byte order mark and line end."""

    number: int
    data: dict[str, Any] | None
    error: str | None
    digest: str


def read_lines(path: Path, *, limit: int = LONGEST_LINE) -> Iterator[Line]:
    """The lines of the file, in order, blank ones left out.

    Raises:
        OSError: if the file cannot be opened or read.
    """
    with path.open("rb") as file:
        number = 0
        most = limit + 16  # room for a byte order mark and a line end
        while raw := file.readline(most):
            number += 1
            whole = len(raw) < most or raw.endswith(b"\n")
            if number == 1:
                if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
                    yield Line(1, None, "the file is UTF-16; save it as UTF-8", _digest(raw))
                    return
                raw = raw.removeprefix(_BOM)
            line = raw.rstrip(b"\r\n")
            if not whole or len(line) > limit:
                length, digest = _skip(file, raw)
                yield Line(number, None, f"the line has {length:,} bytes; the most is {limit:,}", digest)
            elif line.strip():
                data, error = _parsed(line)
                yield Line(number, data, error, _digest(line))


def _digest(line: bytes) -> str:
    return blake2b(line, digest_size=16).hexdigest()


def _skip(file: IO[bytes], start: bytes) -> tuple[int, str]:
    """Read on to the line's end; returns its length in bytes and its digest, as if it had been held whole."""
    digest = blake2b(digest_size=16)
    length = 0
    held = start
    while not held.endswith(b"\n") and (more := file.readline(_CHUNK)):
        # What may belong to the line end is not hashed before the next part is seen.
        body = held.rstrip(b"\r")
        digest.update(body)
        length += len(body)
        held = held[len(body) :] + more
    body = held.rstrip(b"\r\n")
    digest.update(body)
    return length + len(body), digest.hexdigest()


class _NotPlain(ValueError):
    """JSON that Python reads and others do not."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotPlain(f"the name {twice[:100]!r} stands twice in one object")
    return found


def _constant(name: str) -> Never:
    raise _NotPlain(f"{name} is no JSON number")


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(number := int(digits)) > _LARGEST_INTEGER:
        raise _NotPlain(f"the number {digits[:20]}… is too large" if len(digits) > 20 else f"{digits} is too large")
    return number


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _NotPlain(f"the number {digits[:20]} is too large")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_integer, parse_float=_float)


def _parsed(line: bytes) -> tuple[dict[str, Any] | None, str | None]:
    try:
        data = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, f"byte {error.start + 1} is not UTF-8 (0x{line[error.start]:02x})"
    except json.JSONDecodeError as error:
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            return None, f"the JSON is cut off: {error.msg} at character {error.pos + 1}"
        return None, f"not JSON: {error.msg} at character {error.pos + 1}"
    except _NotPlain as error:
        return None, f"not plain JSON: {error}"
    except RecursionError:
        return None, "the JSON is nested too deeply"
    if not isinstance(data, dict):
        return None, "a line must hold one JSON object, { … }"
    return data, None
