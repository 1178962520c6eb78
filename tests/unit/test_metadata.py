"""What a picture's file says of itself is read as agencies write it; a file that lies about itself says nothing."""

import io
import struct
from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from dateline.newsroom.pictures.metadata import PictureFacts, read_metadata

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
 photoshop:Headline="The bridge" photoshop:Credit="Basin Pool" photoshop:Source="River Agency"
 photoshop:City="Maren" photoshop:Country="Sarran" photoshop:DateCreated="2026-03-04T05:06:07+02:00"
 photoshop:ExpirationDate="2027-01-01">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The bridge at dawn, with Zoë.</rdf:li>
<rdf:li xml:lang="ar">الجسر</rdf:li></rdf:Alt></dc:description>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© River Agency</rdf:li></rdf:Alt></dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Not for resale.</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A long bridge</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"""


def jpeg(**save: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "#345").save(written, "JPEG", **save)
    return written.getvalue()


def with_iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """A JPEG whose Photoshop segment holds these datasets of IIM."""
    block = b"".join(
        b"\x1c" + struct.pack(">BBH", record, number, len(value)) + value for record, number, value in datasets
    )
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(block)) + block + b"\x00" * (len(block) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    plain = jpeg()
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def test_xmp_is_read() -> None:
    assert read_metadata(io.BytesIO(jpeg(xmp=XMP.encode()))) == PictureFacts(
        headline="The bridge",
        alt="A long bridge",
        caption="The bridge at dawn, with Zoë.",
        credit="Basin Pool",
        source="River Agency",
        rights="© River Agency",
        terms="Not for resale.",
        place="Maren, Sarran",
        taken=datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC),
        expires=datetime(2027, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(("utf8", "coding"), [(True, "utf-8"), (False, "latin-1")])
def test_iim_is_read_in_either_coding(utf8: bool, coding: str) -> None:
    sets = [(1, 90, b"\x1b%G")] if utf8 else []
    sets += [
        (2, 120, "Zoë am Fluß".encode(coding)),
        (2, 80, b"Ana Ruiz"),
        (2, 115, b"Pool"),
        (2, 116, b"All rights"),
        (2, 90, b"Maren"),
        (2, 55, b"20260304"),
        (2, 60, b"050607+0200"),
        (2, 37, b"20270101"),
    ]
    facts = read_metadata(io.BytesIO(with_iim(*sets)))
    assert facts.caption == "Zoë am Fluß"
    assert (facts.credit, facts.source, facts.rights, facts.place) == ("Ana Ruiz", "Pool", "All rights", "Maren")
    assert facts.taken == datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)
    assert facts.expires == datetime(2027, 1, 1, tzinfo=UTC)


def test_exif_is_read_where_nothing_else_is_said() -> None:
    exif = Image.Exif()
    names = {name: tag for tag, name in ExifTags.TAGS.items()}
    exif[names["Artist"]] = "Ana Ruiz"
    exif[names["Copyright"]] = "Ana Ruiz 2026"
    exif.get_ifd(ExifTags.IFD.Exif)[names["DateTimeOriginal"]] = "2026:03:04 05:06:07"
    facts = read_metadata(io.BytesIO(jpeg(exif=exif)))
    assert (facts.credit, facts.rights) == ("Ana Ruiz", "Ana Ruiz 2026")
    assert facts.taken == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    both = read_metadata(io.BytesIO(jpeg(exif=exif, xmp=XMP.encode())))
    assert both.credit == "Basin Pool"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no picture",
        jpeg()[:40],
        jpeg(xmp=b"<x:xmpmeta"),
        jpeg(xmp=b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        jpeg(xmp=b"<a>" * 3000 + b"</a>" * 3000),
        jpeg(exif=b"Exif\x00\x00garbage"),
        with_iim((2, 55, b"99999999"), (2, 120, b"")),
    ],
)
def test_a_file_that_lies_says_nothing(body: bytes) -> None:
    facts = read_metadata(io.BytesIO(body))
    assert facts.caption == ""
    assert "root:" not in str(facts.said())


def test_what_it_says_is_bounded_and_plain() -> None:
    facts = read_metadata(io.BytesIO(with_iim((2, 120, b"x" * 9000), (2, 80, b"a\x00\x07  b\r\nc"))))
    assert len(facts.caption) == 4000
    assert facts.credit == "a b\nc"
    assert facts.said()["credit"] == "a b\nc"
