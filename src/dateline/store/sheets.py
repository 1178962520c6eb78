"""What a sheet is made of."""

import gzip
import hashlib
import json
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from zlib import crc32

import brotli

#: A sheet may change at any moment, so whoever keeps it asks again; the answer is mostly 304.
REVALIDATE = "public, max-age=0, must-revalidate"

#: Below this many bytes compression does not pay.
WORTH_COMPRESSING = 256


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed URL, before it is written or after it is read; what `.meta` holds, without the bodies.

    Attributes:
        status: 200, 301 (with `location`), 404 or 410.
        content_type: as sent, e.g. `text/html; charset=utf-8`.
        digest: hex SHA-256 of the identity body, first 32 characters; its strong ETag is made from it.
        modified: seconds since 1970, whole, when these bytes were first printed.
        cache: the `Cache-Control` header.
        keys: surrogate keys, by which a cache in front purges it.
        headers: further headers, name and value, lower-case names.
        location: where a redirect leads, else "".
        shell: name of the shell the sheet wears, "" for none.
        generation: the shell's generation when it was printed.
        length, br, gz: bytes of each body; 0 where a variant does not exist.
        br_sum, gz_sum: CRC-32 of the variants, by which a reader knows that they belong to this print.
    """

    status: int
    content_type: str
    digest: str
    modified: int
    cache: str = REVALIDATE
    keys: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    location: str = ""
    shell: str = ""
    generation: int = 0
    length: int = 0
    br: int = 0
    gz: int = 0
    br_sum: int = 0
    gz_sum: int = 0

    @property
    def etag(self) -> str:
        """Strong, for the identity body; a variant's is the same with `-br` or `-gz` before the closing quote."""
        return f'"{self.digest}"'

    def describes(self, body: bytes, br: bytes, gz: bytes, *, variants: bool = True) -> bool:
        """Whether these bodies are the ones this was written with."""
        return digest_of(body) == self.digest and (
            not variants or (len(br), len(gz), crc32(br), crc32(gz)) == (self.br, self.gz, self.br_sum, self.gz_sum)
        )

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "Sheet":
        data: dict[str, Any] = json.loads(raw)
        data["keys"] = tuple(data["keys"])
        data["headers"] = tuple((name, value) for name, value in data["headers"])
        return cls(**data)


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet with its bodies; `br` and `gz` are empty where the variant does not exist."""

    sheet: Sheet
    body: bytes = field(repr=False)
    br: bytes = field(repr=False, default=b"")
    gz: bytes = field(repr=False, default=b"")
    stale: bool = False


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def make_sheet(sheet: Sheet, body: bytes, *, compress: bool = True) -> StoredSheet:
    """Fill in lengths and digest and make the compressed variants (brotli 5, gzip 6: a print must not wait)."""
    br = gz = b""
    if compress and len(body) >= WORTH_COMPRESSING:
        br = brotli.compress(body, quality=5)
        gz = gzip.compress(body, compresslevel=6, mtime=0)
        br, gz = (v if len(v) < len(body) else b"" for v in (br, gz))
    whole = replace(
        sheet,
        digest=digest_of(body),
        modified=sheet.modified or int(time.time()),
        length=len(body),
        br=len(br),
        gz=len(gz),
        br_sum=crc32(br),
        gz_sum=crc32(gz),
    )
    return StoredSheet(whole, body, br, gz)
