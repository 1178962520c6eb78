"""What is read of a picture's content credentials, from files that the library itself signs."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from PIL import Image

from dateline.newsroom.pictures.credentials.certificate import certificate_problem
from dateline.newsroom.pictures.credentials.embedded import MOST_BYTES, manifest_in
from dateline.newsroom.pictures.credentials.reading import NoAnswer, ask, credentials_of, read_credentials
from dateline.newsroom.pictures.credentials.sources import machine
from tests.signing import CAMERA, MACHINE, MIXED, Signer, action, created, picture, signed, signer


@pytest.fixture(scope="module")
def agency() -> Signer:
    return signer()


@pytest.fixture(scope="module")
def photograph(agency: Signer) -> bytes:
    return signed(picture(), agency, created(), action("color_adjustments"))


def test_what_a_camera_signed_is_read(photograph: bytes) -> None:
    told = credentials_of(photograph)
    assert (told["state"], told["problems"]) == ("valid", [])
    assert (told["organisation"], told["name"], told["tool"]) == ("Harbour Agency", "Picture desk", "Darkroom 7")
    assert [one["what"] for one in told["actions"]] == ["c2pa.created", "c2pa.color_adjustments"]
    assert (told["actions"][0]["source"], told["actions"][0]["tool"]) == ("digitalCapture", "Camera 3")
    assert (told["title"], told["ai"], told["places"], told["ingredients"]) == ("quay.jpg", "", False, [])


def test_an_open_file_is_left_at_its_beginning(photograph: bytes) -> None:
    file = io.BytesIO(photograph)
    file.seek(99)
    told = read_credentials(file)
    assert told
    assert told["state"] == "valid"
    assert file.tell() == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_manifest_is_found_in_every_kind_of_file(agency: Signer, kind: str) -> None:
    data = signed(picture(kind), agency, kind=kind)
    assert credentials_of(data)["state"] == "valid"
    manifest = manifest_in(data)
    assert (manifest[4:8], int.from_bytes(manifest[:4], "big")) == (b"jumb", len(manifest))
    assert manifest_in(picture(kind)) == b""
    assert credentials_of(picture(kind)) == {}


def test_a_manifest_of_many_segments_is_put_together(agency: Signer) -> None:
    text = {"label": "org.example.text", "data": {"text": "x" * 200_000}}
    data = signed(picture(), agency, created(), assertions=(text,))
    manifest = manifest_in(data)
    assert len(manifest) > 200_000
    assert int.from_bytes(manifest[:4], "big") == len(manifest)
    assert credentials_of(data)["state"] == "valid"


def test_whose_authority_is_on_the_list_is_trusted(
    agency: Signer, photograph: bytes, settings: Any, tmp_path: Path
) -> None:
    assert credentials_of(photograph)["state"] == "valid"
    agency.write(tmp_path / "agency")
    settings.TRUSTED_SIGNERS = str(tmp_path / "agency" / "root.pem")
    assert credentials_of(photograph)["state"] == "trusted"
    other = signed(picture(), signer("Harbour Agency"), created())
    assert credentials_of(other)["state"] == "valid"
    settings.TRUSTED_SIGNERS = str(tmp_path / "missing.pem")
    assert credentials_of(photograph)["state"] == "valid"


@pytest.mark.parametrize(
    ("actions", "ai"),
    [
        ([created(CAMERA)], ""),
        ([created(MACHINE)], "made"),
        ([created(MIXED)], "part"),
        ([created(CAMERA), action("edited", digitalSourceType=MIXED)], "part"),
        ([created(CAMERA), action("edited", digitalSourceType=MACHINE)], "part"),
    ],
)
def test_what_a_machine_made_is_known(agency: Signer, actions: list[dict[str, Any]], ai: str) -> None:
    assert credentials_of(signed(picture(), agency, *actions))["ai"] == ai


@pytest.mark.parametrize(
    ("said", "ai"),
    [
        (MACHINE, "made"),
        ("https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", "part"),
        ("digsrctype:trainedAlgorithmicMedia", "made"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", ""),
        ("trainedAlgorithmicMedia of sorts", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_names_of_sources(said: Any, ai: str) -> None:
    assert machine(said) == ai


def test_a_chain_is_followed_to_its_beginning(agency: Signer) -> None:
    first = signed(picture(), signer("Camera Works"), created(MACHINE), title="raw.jpg", tool="Camera")
    second = signed(picture(), signer("Darkroom Ltd"), action("edited"), parents=(("raw.jpg", first),), title="2.jpg")
    plain = picture()
    third = signed(picture(), agency, action("cropped"), parents=(("2.jpg", second), ("logo.jpg", plain)))
    told = credentials_of(third)
    parent, part = told["ingredients"]
    assert (parent["title"], parent["relation"], parent["organisation"]) == ("2.jpg", "parentOf", "Darkroom Ltd")
    assert parent["sound"]
    assert parent["ingredients"][0]["organisation"] == "Camera Works"
    assert (part["title"], part["relation"], part["sound"]) == ("logo.jpg", "componentOf", False)
    assert told["ai"] == "made"


def test_a_part_that_a_machine_made_makes_it_so_in_part(agency: Signer) -> None:
    drawn = signed(picture(), agency, created(MACHINE))
    told = credentials_of(
        signed(picture(), agency, action("edited"), parents=(("street.jpg", picture()), ("sky.jpg", drawn)))
    )
    assert told["ai"] == "part"


def test_a_long_chain_is_cut(agency: Signer) -> None:
    data = signed(picture(size=(60, 40)), agency, created())
    for number in range(8):
        data = signed(picture(size=(60, 40)), agency, action("edited"), parents=((f"{number}.jpg", data),))
    told, depth = credentials_of(data), 0
    assert told["state"] == "valid"
    while told["ingredients"]:
        told, depth = told["ingredients"][0], depth + 1
    assert depth == 4


def test_a_place_is_noticed(agency: Signer) -> None:
    where = {
        "label": "stds.exif",
        "data": {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "59"},
    }
    assert credentials_of(signed(picture(), agency, created(), assertions=(where,)))["places"]


# ── What is wrong ──


def test_a_picture_that_was_changed_does_not_match(photograph: bytes) -> None:
    data = bytearray(photograph)
    data[-3000] ^= 0x55
    told = credentials_of(bytes(data))
    assert (told["state"], told["problems"]) == ("invalid", ["assertion.dataHash.mismatch"])
    assert told["organisation"] == "Harbour Agency"


def test_credentials_that_were_changed_do_not_match(photograph: bytes) -> None:
    told = credentials_of(photograph.replace(b"Camera 3", b"Camera 4"))
    assert told["state"] == "invalid"
    assert "assertion.hashedURI.mismatch" in told["problems"]


def test_credentials_of_another_picture_do_not_match(photograph: bytes) -> None:
    segments = photograph[: photograph.index(b"\xff\xdb")]
    other = picture()
    forged = segments + other[other.index(b"\xff\xdb") :]
    Image.open(io.BytesIO(forged)).load()
    assert credentials_of(forged)["state"] == "invalid"


def test_stripped_credentials_are_none(photograph: bytes) -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(photograph)).save(out, "JPEG")
    assert credentials_of(out.getvalue()) == {}


@pytest.mark.parametrize("left", [40, 400, 1500, 2500])
def test_a_manifest_that_is_cut_off_is_told_as_broken(photograph: bytes, left: int) -> None:
    start = photograph.index(b"\xff\xebJP"[:2], 2)
    (length,) = struct.unpack_from(">H", photograph, start + 2)
    cut = photograph[:start] + b"\xff\xeb" + struct.pack(">H", left) + photograph[start + 4 : start + 2 + left]
    data = cut + photograph[start + 2 + length :]
    Image.open(io.BytesIO(data)).load()
    told = credentials_of(data)
    assert (told["state"], told["problems"]) == ("unreadable", ["broken"])


@pytest.mark.parametrize("noise", [b"\0" * 300, b"\xff" * 300, b"\0\0\0\1jumb" + b"\xff" * 300])
def test_noise_in_place_of_a_manifest_harms_nothing(noise: bytes) -> None:
    data = picture("PNG")
    box = struct.pack(">I4s", 45 + len(noise), b"jumb") + struct.pack(">I4s", 37, b"jumd") + b"c2pa\0"
    chunk = box + noise
    spoilt = data[:33] + struct.pack(">I4s", len(chunk), b"caBX") + chunk + b"\0\0\0\0" + data[33:]
    told = credentials_of(spoilt)
    assert told["state"] == "unreadable"


def test_an_enormous_manifest_is_not_read() -> None:
    data = picture("PNG")
    chunk = b"\0" * (MOST_BYTES + 1)
    grown = data[:33] + struct.pack(">I4s", len(chunk), b"caBX") + chunk + b"\0\0\0\0" + data[33:]
    assert credentials_of(grown) == {"state": "unreadable", "problems": ["large"]}


def test_a_file_of_two_kinds_vouches_for_neither(photograph: bytes) -> None:
    """A picture with an archive behind it whose manifest is a good one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("META-INF/content_credential.c2pa", manifest_in(photograph))
    told = credentials_of(picture() + packed.getvalue())
    assert told.get("state") not in ("trusted", "valid")
    assert credentials_of(photograph + packed.getvalue())["state"] == "invalid"


def test_words_of_a_manifest_are_short_and_plain(agency: Signer) -> None:
    title = "<script>alert(1)</script>\u202eevil\u0000\n" + "x" * 5000
    data = signed(picture(), agency, created(tool="<b>\u2066tool" * 90), title=title)
    told = credentials_of(data)
    assert told["title"].startswith("<script>alert(1)</script> evil")
    assert len(told["title"]) == 200
    assert "\u2066" not in told["actions"][0]["tool"]
    assert len(told["actions"][0]["tool"]) == 200


def test_a_thousand_actions_are_cut(agency: Signer) -> None:
    told = credentials_of(signed(picture(), agency, created(), *(action("edited") for _ in range(1000))))
    assert len(told["actions"]) == 20


# ── Nothing is fetched ──


@pytest.fixture
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine, and what has been asked there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_credentials_kept_elsewhere_are_not_fetched(listening: tuple[str, list[bytes]]) -> None:
    address, heard = listening
    xmp = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{address}quay.c2pa"/>
      </rdf:RDF></x:xmpmeta>"""
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", xmp=xmp.encode())
    assert credentials_of(out.getvalue()) == {"state": "elsewhere", "problems": []}
    assert heard == []
    # Asked past all that looks at the file before it, the process fetches nothing either.
    answer, _ = ask({"do": "read", "type": "image/jpeg", "anchors": ""}, [out.getvalue()])
    assert (answer["found"], answer.get("elsewhere")) == (False, True)
    assert heard == []


def test_a_process_that_breaks_says_so() -> None:
    with pytest.raises(NoAnswer):
        ask({"do": "read", "type": "image/jpeg", "anchors": ""}, [])


# ── The operator's certificate ──


def test_a_good_certificate_has_no_problem(tmp_path: Path) -> None:
    assert certificate_problem(*signer().write(tmp_path / "one")) == ""
    assert certificate_problem("", "") == ""


@pytest.mark.parametrize("kind", ["P-256", "P-384", "Ed25519", "RSA"])
def test_every_kind_of_key_signs(tmp_path: Path, kind: str) -> None:
    assert certificate_problem(*signer(kind=kind).write(tmp_path / "one")) == ""


def pem(key: Any, password: bytes = b"") -> bytes:
    lock: Any = BestAvailableEncryption(password)
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))


def test_what_is_wrong_with_a_certificate_is_said(tmp_path: Path) -> None:
    chain, key = signer().write(tmp_path / "one")
    _, other = signer().write(tmp_path / "two")
    assert certificate_problem(chain, "") == "signing_certificate is given without signing_key"
    assert certificate_problem("", key) == "signing_key is given without signing_certificate"
    assert "does not belong" in certificate_problem(chain, other)
    assert "expired on" in certificate_problem(*signer(days=-3).write(tmp_path / "past"))
    assert "expires on" in certificate_problem(*signer(days=9).write(tmp_path / "soon"))
    assert "cannot be read" in certificate_problem(str(tmp_path / "none.pem"), key)
    assert "cannot be read" in certificate_problem(chain, str(tmp_path / "none.pem"))
    assert "holds no certificate" in certificate_problem(key, key)
    assert "holds no private key" in certificate_problem(chain, chain)
    locked = tmp_path / "locked.pem"
    locked.write_bytes(pem(ec.generate_private_key(ec.SECP256R1()), b"secret"))
    assert "locked with a password" in certificate_problem(chain, str(locked))


def test_a_certificate_for_something_else_is_found_by_trying(tmp_path: Path) -> None:
    chain, key = signer().write(tmp_path / "one")
    # The authority's own certificate signs certificates, no pictures.
    authority = signer(own_authority=True).write(tmp_path / "authority")
    assert certificate_problem(chain, key) == ""
    assert "cannot sign pictures" in certificate_problem(*authority)
