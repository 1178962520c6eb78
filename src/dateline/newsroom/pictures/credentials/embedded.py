"""Where in a picture's file its content credentials lie: the bytes of the manifest store, found without parsing them.

C2PA Technical Specification, appendix A (https://spec.c2pa.org/): a JPEG's APP11 segments, PNG's `caBX`, WebP's
`C2PA` chunk, a `uuid` box of AVIF. GIF is not looked into.
"""

import struct
from collections.abc import Iterator

#: Bytes of the largest manifest store that is read. Those of cameras have 10 to 100 KB, long chains a few hundred.
MOST_BYTES = 4 * 2**20

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}

#: The beginning of every manifest store, after the lengths of its two boxes: it is a JUMBF box with the label c2pa.
_LABEL = b"c2pa\0"
_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def file_kind(data: bytes) -> str:
    """JPEG, PNG, WEBP or AVIF, as the first bytes have it; "" for anything else."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and (b"avif" in data[8:40] or b"avis" in data[8:40]):
        return "AVIF"
    return ""


def manifest_in(data: bytes) -> bytes:
    """The manifest store in a picture's file; b"" if there is none. Of a broken file, what there is of it."""
    find = {"JPEG": _in_jpeg, "PNG": _in_png, "WEBP": _in_webp, "AVIF": _in_avif}.get(file_kind(data))
    try:
        return find(data) if find else b""
    except (struct.error, IndexError):
        return b""


def lies_elsewhere(data: bytes) -> bool:
    """Whether the file's XMP names an address where its credentials are. Nothing is ever fetched from there."""
    start = data.find(b"dcterms:provenance")
    return start >= 0 and b"http" in data[start : start + 40]


def _in_jpeg(data: bytes) -> bytes:
    stores: dict[bytes, bytearray] = {}
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        kind = data[place + 1]
        if kind == 0xFF:  # filling
            place += 1
            continue
        if kind == 0xDA:  # the picture itself
            break
        if kind in range(0xD0, 0xDA) or kind == 0x01:  # without a length
            place += 2
            continue
        (length,) = struct.unpack_from(">H", data, place + 2)
        segment = data[place + 4 : place + 2 + length]
        place += 2 + max(2, length)
        if kind == 0xEB and segment[:2] == b"JP" and segment[12:16] == b"jumb":
            box, long = segment[2:4], segment[8:12] == b"\0\0\0\1"
            # Each further segment of a box repeats the box's own head.
            if box in stores:
                stores[box] += segment[24 if long else 16 :]
            else:
                stores[box] = bytearray(segment[8:])
    return next((bytes(store) for store in stores.values() if _LABEL in store[:64]), b"")


def _in_png(data: bytes) -> bytes:
    place = 8
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind == b"caBX":
            return data[place + 8 : place + 8 + length]
        place += 12 + length
    return b""


def _in_webp(data: bytes) -> bytes:
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        if kind == b"C2PA":
            return data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
    return b""


def _in_avif(data: bytes) -> bytes:
    for kind, inner in _boxes(data):
        if kind == b"uuid" and inner[:16] == _UUID:
            purpose, _, rest = inner[20:].partition(b"\0")
            if purpose in (b"manifest", b"original"):
                return rest[8:]  # after the place of further boxes
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, place + 8)
            head = 16
        elif length == 0:
            length = len(data) - place
        if length < head:
            return
        yield kind, data[place + head : place + length]
        place += length
