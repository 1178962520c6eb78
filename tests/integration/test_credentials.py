"""Content credentials from the upload to readers, and through renditions."""

import importlib.util
import io
import json
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html
from PIL import Image
from wagtail.models import Collection

from dateline.conf.checks import findings
from dateline.conf.options import load_options
from dateline.desk.worker import tick
from dateline.newsroom.pictures.credentials.embedded import manifest_in
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.newsroom.pictures.pages import SHARE_SPEC, SPECS
from dateline.press.printing import print_paths
from dateline.wire.exporter import export_folder
from dateline.wire.importer import import_paths
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor
from tests.integration.test_desk_pictures import fields, work
from tests.integration.test_freshness import path_of
from tests.integration.test_round_trip import empty
from tests.signing import MACHINE, MIXED, Signer, action, created, picture, read_back, signed, signer

pytestmark = pytest.mark.django_db(transaction=True)

_numbers = count()

LARGEST = "width-1280|format-webp"


@pytest.fixture(scope="module")
def agency() -> Signer:
    return signer()


@pytest.fixture(scope="module")
def house() -> Signer:
    return signer("The Harbour Post", "Pictures")


@pytest.fixture
def signing(settings: Any, tmp_path: Path, house: Signer) -> Any:
    """A newsroom whose operator has a certificate."""
    settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY = house.write(tmp_path / "house")
    return settings


def chief() -> Client:
    """Each time somebody else."""
    return editor("chief", name=f"chief{next(_numbers)}")


def uploaded(data: bytes, client: Client | None = None, name: str = "quay.jpg") -> Picture:
    done = (client or chief()).post("/desk/images/add/", fields(SimpleUploadedFile(name, data)))
    assert done.status_code == 302
    return Picture.objects.latest("pk")


def page_of(newsroom: TestNewsroom, shown: Picture, **more: Any) -> str:
    return body_of(path_of(newsroom.story(lead_picture=shown, **more)))


def origin_of(page: str) -> Any:
    """What stands under the picture about where it comes from."""
    found = html.fromstring(page).xpath("//figcaption/*[contains(@class, 'origin')]")
    return found[0] if found else None


def rendition(shown: Picture, spec: str) -> bytes:
    return Path(Rendition.objects.filter(image=shown, filter_spec=spec).latest("pk").file.path).read_bytes()


def panel(shown: Picture) -> Any:
    found = html.fromstring(chief().get(f"/desk/images/{shown.pk}/").content.decode())
    panels = found.xpath("//section[@aria-labelledby='content-credentials']")
    return panels[0] if panels else None


# ── What readers are told ──


def test_readers_are_told_who_signed_a_picture(newsroom: TestNewsroom, agency: Signer) -> None:
    shown = uploaded(signed(picture(), agency, created(), action("cropped")))
    origin = origin_of(page_of(newsroom, shown))
    assert origin.tag == "details"
    assert origin.findtext("summary") == "Content credentials: signed in the name of \u2068Harbour Agency\u2069"
    text = origin.text_content()
    assert "Nobody this newsroom relies on vouches for who signed it." in text
    assert "What was done: created, cropped." in text
    assert "With: \u2068Darkroom 7\u2069." in text


def test_who_is_on_the_operators_list_signs_without_reserve(
    newsroom: TestNewsroom, agency: Signer, settings: Any, tmp_path: Path
) -> None:
    agency.write(tmp_path / "agency")
    settings.TRUSTED_SIGNERS = str(tmp_path / "agency" / "root.pem")
    origin = origin_of(page_of(newsroom, uploaded(signed(picture(), agency))))
    assert origin.findtext("summary") == "Content credentials: signed by \u2068Harbour Agency\u2069"
    assert "Nobody this newsroom" not in origin.text_content()


def test_the_chain_is_told_in_words(newsroom: TestNewsroom, agency: Signer) -> None:
    first = signed(picture(), signer("Camera Works"), created())
    data = signed(picture(), agency, action("edited"), parents=(("raw.jpg", first), ("logo.jpg", picture())))
    text = origin_of(page_of(newsroom, uploaded(data))).text_content()
    assert "Made from \u2068raw.jpg\u2069, signed in the name of \u2068Camera Works\u2069." in text
    assert "Made from \u2068logo.jpg\u2069, which nothing vouches for." in text


@pytest.mark.parametrize(
    ("source", "line"),
    [(MACHINE, "Made with AI, as its file says"), (MIXED, "Made with AI in part, as its file says")],
)
def test_readers_are_told_that_a_machine_made_it(
    newsroom: TestNewsroom, agency: Signer, source: str, line: str
) -> None:
    shown = uploaded(signed(picture(), agency, created(source)))
    page = page_of(newsroom, shown)
    assert origin_of(page).findtext("summary") == line
    data = json.loads(html.fromstring(page).xpath("string(//script[@type='application/ld+json'])"))
    kind = "Trained" if source == MACHINE else "CompositeWithTrained"
    assert data["image"][0]["digitalSourceType"] == f"https://schema.org/{kind}AlgorithmicMediaDigitalSource"


def test_a_gallery_and_the_body_tell_it_too(newsroom: TestNewsroom, agency: Signer) -> None:
    shown = uploaded(signed(picture(), agency, created(MACHINE)))
    body = [
        ("picture", {"picture": shown, "caption": ""}),
        ("gallery", {"pictures": [{"picture": shown, "caption": ""}]}),
    ]
    page = body_of(path_of(newsroom.story(body=body)))
    assert page.count("Made with AI, as its file says") == 2


def test_that_a_machine_made_it_is_told_whatever_becomes_of_the_rest(newsroom: TestNewsroom, agency: Signer) -> None:
    data = bytearray(signed(picture(), agency, created(MACHINE)))
    data[-3000] ^= 0x55
    origin = origin_of(page_of(newsroom, uploaded(bytes(data))))
    assert (origin.tag, origin.text) == ("p", "Made with AI, as its file says")


def test_xmp_alone_says_that_a_machine_made_it(newsroom: TestNewsroom) -> None:
    xmp = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
      Iptc4xmpExt:DigitalSourceType="{MACHINE}"/></rdf:RDF></x:xmpmeta>"""
    out = io.BytesIO()
    Image.new("RGB", (900, 600)).save(out, "JPEG", xmp=xmp.encode())
    assert origin_of(page_of(newsroom, uploaded(out.getvalue()))).text == "Made with AI, as its file says"


def test_readers_are_told_in_their_language(newsroom: TestNewsroom, agency: Signer) -> None:
    shown = uploaded(signed(picture(), agency, created(MACHINE)))
    for code in ("ar", "es"):
        page = page_of(newsroom, shown, language=code)
        assert origin_of(page) is not None
        assert "Made with AI" not in page
        assert "What was done" not in page


def test_a_picture_that_was_changed_shows_nothing(newsroom: TestNewsroom, agency: Signer) -> None:
    data = bytearray(signed(picture(), agency))
    data[-3000] ^= 0x55
    shown = uploaded(bytes(data))
    assert origin_of(page_of(newsroom, shown)) is None
    assert shown.credentials_file == ""


def test_an_ordinary_picture_says_nothing(newsroom: TestNewsroom) -> None:
    shown = uploaded(picture())
    assert shown.content_credentials == {}
    assert origin_of(page_of(newsroom, shown)) is None
    assert panel(shown) is None


def test_text_of_a_manifest_is_text(newsroom: TestNewsroom) -> None:
    evil = "<script>alert(1)</script>"
    loud = signer(f"Org{evil}", f"Name{evil}")
    inner = signed(picture(), loud, created(tool=f"Tool{evil}"), tool=f"Camera{evil}", title=f"In{evil}")
    data = signed(picture(), loud, action("edited"), parents=((f"Parent{evil}", inner),), tool=f"Room{evil}")
    shown = uploaded(data)
    page = page_of(newsroom, shown)
    text = origin_of(page).text_content()
    for word in ("Org", "Camera", "Parent", "Room"):
        assert f"{word}{evil}" in text
    assert evil not in page
    desk = chief().get(f"/desk/images/{shown.pk}/").content.decode()
    assert evil not in desk
    assert f"Org{evil}" in panel(shown).text_content()


# ── The desk ──


def test_the_desk_says_what_is_wrong(newsroom: TestNewsroom, agency: Signer) -> None:
    data = bytearray(signed(picture(), agency, title="x"))
    data[-3000] ^= 0x55
    shown = panel(uploaded(bytes(data)))
    text = shown.text_content()
    assert "help-warning" in shown.get("class")
    assert "does not match its credentials" in text
    assert "The picture was changed after it was signed." in text
    assert "\u2068Harbour Agency\u2069" in text


def test_the_desk_shows_the_chain_and_the_credentials(newsroom: TestNewsroom, agency: Signer) -> None:
    upload = uploaded(signed(picture(), agency, created(MACHINE)))
    shown = panel(upload)
    assert "matches its credentials" in shown.text_content()
    assert "Made with AI, as its file says" in shown.text_content()
    assert shown.xpath(".//a/@href") == [f"/media/{upload.credentials_file}"]


def test_many_at_once_are_read_too(newsroom: TestNewsroom, agency: Signer) -> None:
    data = {"files[]": SimpleUploadedFile("quay.jpg", signed(picture(), agency)), "title": "quay"}
    done = chief().post("/desk/images/multiple/add/", data | {"collection": Collection.get_first_root_node().pk})
    assert json.loads(done.content)["success"] is True
    shown = Picture.objects.get()
    assert shown.content_credentials["state"] == "valid"
    assert default_storage.exists(shown.credentials_file)


def test_a_newsroom_without_the_package_takes_pictures_and_says_so(
    newsroom: TestNewsroom, agency: Signer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "c2pa" else find(name, *rest))
    shown = uploaded(signed(picture(), agency))
    assert shown.content_credentials is None
    assert origin_of(page_of(newsroom, shown)) is None
    work()
    assert "Nobody has looked" in panel(shown).text_content()
    assert any("c2pa-python" in found.what for found in findings(tmp_path, load_options(tmp_path)))


# ── The credentials themselves ──


def test_without_a_certificate_the_originals_own_are_kept_beside_it(newsroom: TestNewsroom, agency: Signer) -> None:
    data = signed(picture(), agency)
    shown = uploaded(data)
    work()
    (link,) = origin_of(page_of(newsroom, shown)).xpath(".//a/@href")
    assert link == f"/media/{shown.credentials_file}"
    assert link.startswith("/media/images/")
    assert link.endswith(".c2pa")
    assert Path(default_storage.path(shown.credentials_file)).read_bytes() == manifest_in(data)
    assert not any(manifest_in(rendition(shown, spec)) for spec in (*SPECS, SHARE_SPEC))
    assert Path(shown.file.path).read_bytes() == data


def test_they_follow_the_file(newsroom: TestNewsroom, agency: Signer) -> None:
    one = chief()
    shown = uploaded(signed(picture(), agency), one)
    old = shown.credentials_file
    again = signed(picture(), agency, title="another")
    one.post(f"/desk/images/{shown.pk}/", fields(SimpleUploadedFile("quay.jpg", again)))
    shown.refresh_from_db()
    assert shown.credentials_file != old
    assert not default_storage.exists(old)
    assert default_storage.exists(shown.credentials_file)
    one.post(f"/desk/images/{shown.pk}/", fields(SimpleUploadedFile("quay.jpg", picture())))
    last = shown.credentials_file
    shown.refresh_from_db()
    assert (shown.credentials_file, shown.content_credentials) == ("", {})
    assert not default_storage.exists(last)


def test_they_go_with_the_picture(newsroom: TestNewsroom, agency: Signer) -> None:
    shown = uploaded(signed(picture(), agency))
    assert default_storage.exists(shown.credentials_file)
    shown.delete()
    assert not default_storage.exists(shown.credentials_file)


def test_they_go_when_rights_end_and_come_back(newsroom: TestNewsroom, agency: Signer) -> None:
    shown = uploaded(signed(picture(), agency))
    name = shown.credentials_file
    shown.expires_at = timezone.now() - timedelta(seconds=1)
    shown.save()
    tick()
    assert not default_storage.exists(name)
    shown = Picture.objects.get()
    assert shown.credentials_file == ""
    shown.expires_at = None
    shown.save()
    assert default_storage.exists(name)
    assert Picture.objects.get().credentials_file == name


def test_those_that_tell_a_place_are_kept_from_readers(newsroom: TestNewsroom, agency: Signer) -> None:
    where = {
        "label": "stds.exif",
        "data": {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "59"},
    }
    one = chief()
    shown = uploaded(signed(picture(), agency, created(), assertions=(where,)), one)
    assert shown.withhold_credentials
    assert shown.credentials_file == ""
    path = path_of(newsroom.story(lead_picture=shown))
    assert origin_of(body_of(path)) is None
    assert "They are kept from readers." in panel(shown).text_content()
    one.post(f"/desk/images/{shown.pk}/", fields(None))
    print_paths([path])
    assert origin_of(body_of(path)) is not None
    assert default_storage.exists(Picture.objects.get().credentials_file)


# ── Signed renditions ──


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_renditions_are_signed_with_the_original_as_what_they_are_made_from(
    newsroom: TestNewsroom, agency: Signer, house: Signer, signing: Any, kind: str
) -> None:
    shown = uploaded(signed(picture(kind), agency, created(MACHINE), kind=kind), name=f"quay.{kind.lower()}")
    work()
    for spec, mime in ((LARGEST, "image/webp"), (SHARE_SPEC, "image/jpeg")):
        told = read_back(rendition(shown, spec), mime, house.root)
        assert told["validation_state"] == "Trusted"
        manifest = told["manifests"][told["active_manifest"]]
        assert manifest["signature_info"]["issuer"] == "The Harbour Post"
        (parent,) = manifest["ingredients"]
        assert parent["relationship"] == "parentOf"
        assert told["manifests"][parent["active_manifest"]]["signature_info"]["issuer"] == "Harbour Agency"
        actions = [one["action"] for entry in manifest["assertions"] for one in entry["data"].get("actions", [])]
        assert actions[0] == "c2pa.opened"
        assert "c2pa.resized" in actions
        assert actions[-1] == "c2pa.published"
        assert ("c2pa.transcoded" in actions) == (mime != f"image/{kind.lower()}")
        assert ("c2pa.cropped" in actions) == (spec == SHARE_SPEC)
    assert not [spec for spec in SPECS if spec != LARGEST and manifest_in(rendition(shown, spec))]


def test_a_page_that_drew_them_first_shows_the_signed_ones_at_the_same_address(
    newsroom: TestNewsroom, agency: Signer, signing: Any
) -> None:
    shown = uploaded(signed(picture(), agency))
    page = page_of(newsroom, shown)
    row = Rendition.objects.get(image=shown, filter_spec=LARGEST)
    assert row.file.name in page
    assert not manifest_in(rendition(shown, LARGEST))
    work()
    assert manifest_in(rendition(shown, LARGEST))
    assert Rendition.objects.get(image=shown, filter_spec=LARGEST).file.name == row.file.name
    once = rendition(shown, LARGEST)
    work()
    assert rendition(shown, LARGEST) == once


def test_a_signature_heavier_than_the_picture_is_left_out(newsroom: TestNewsroom, agency: Signer, signing: Any) -> None:
    heavy = {"label": "org.example.text", "data": {"text": "x" * 90_000}}
    shown = uploaded(signed(picture(), agency, created(), assertions=(heavy,)))
    work()
    assert not manifest_in(rendition(shown, LARGEST))
    assert len(Path(default_storage.path(shown.credentials_file)).read_bytes()) > 90_000


def test_what_does_not_match_is_never_signed(newsroom: TestNewsroom, agency: Signer, signing: Any) -> None:
    signing.SIGN_PICTURES = True
    data = bytearray(signed(picture(), agency))
    data[-3000] ^= 0x55
    shown = uploaded(bytes(data))
    work()
    assert not manifest_in(rendition(shown, LARGEST))


def test_pictures_without_credentials_are_signed_only_if_the_operator_wants_it(
    newsroom: TestNewsroom, house: Signer, signing: Any
) -> None:
    plain = uploaded(picture())
    work()
    assert not manifest_in(rendition(plain, LARGEST))
    signing.SIGN_PICTURES = True
    shown = uploaded(picture())
    work()
    told = read_back(rendition(shown, LARGEST), "image/webp", house.root)
    assert told["validation_state"] == "Trusted"
    assert len(told["manifests"]) == 1


def test_what_is_kept_from_readers_is_in_no_rendition(newsroom: TestNewsroom, agency: Signer, signing: Any) -> None:
    one = chief()
    data = signed(picture(), agency)
    shown = uploaded(data, one)
    path = path_of(newsroom.story(lead_picture=shown))
    work()
    old, sidecar = Rendition.objects.get(image=shown, filter_spec=LARGEST).file.name, shown.credentials_file
    assert manifest_in(rendition(shown, LARGEST))
    # The same file with other words, whose renditions are copied.
    twin = uploaded(data, one)
    one.post(f"/desk/images/{twin.pk}/", fields(None, withhold_credentials="on"))
    work()
    assert not manifest_in(rendition(twin, LARGEST))
    one.post(f"/desk/images/{shown.pk}/", fields(None, withhold_credentials="on"))
    print_paths([path])
    work()
    assert not manifest_in(rendition(shown, LARGEST))
    assert not default_storage.exists(old)
    assert not default_storage.exists(sidecar)
    assert old not in body_of(path)
    one.post(f"/desk/images/{shown.pk}/", fields(None))
    work()
    assert manifest_in(rendition(shown, LARGEST))


def test_a_key_of_somebody_else_signs_nothing_and_is_told_of(
    newsroom: TestNewsroom,
    agency: Signer,
    house: Signer,
    signing: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    signing.SIGNING_KEY = signer().write(tmp_path / "other")[1]
    shown = uploaded(signed(picture(), agency))
    work()
    assert not manifest_in(rendition(shown, LARGEST))
    assert any("does not belong" in found.what for found in findings(tmp_path, load_options(tmp_path)))
    secret = Path(signing.SIGNING_KEY).read_text().splitlines()[1]
    assert secret not in caplog.text
    signing.SIGNING_CERTIFICATE, signing.SIGNING_KEY = house.write(tmp_path / "house")
    assert not any("Signing" in found.what for found in findings(tmp_path, load_options(tmp_path)))


# ── Out and in ──


def test_an_export_keeps_the_file_and_an_import_reads_it(
    newsroom: TestNewsroom, agency: Signer, signing: Any, tmp_path: Path
) -> None:
    where = {
        "label": "stds.exif",
        "data": {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "59"},
    }
    one = chief()
    files = {
        "open": signed(picture(), agency, created(MACHINE)),
        "kept": signed(picture(), agency),
        "placed": signed(picture(), agency, created(), assertions=(where,)),
        "shown": signed(picture(), agency, created(), assertions=(where,)),
    }
    paths = {}
    for name, data in files.items():
        shown = uploaded(data, one)
        withheld = {"withhold_credentials": "on"} if name in ("kept", "placed") else {}
        one.post(f"/desk/images/{shown.pk}/", fields(None, title=name, **withheld))
        paths[name] = path_of(newsroom.story(lead_picture=Picture.objects.get(pk=shown.pk)))
    export_folder(tmp_path / "out", progress=lambda _: None)
    empty(newsroom)
    report = import_paths([tmp_path / "out"])
    assert [str(one) for one in report.problems if "kept and not used" not in one.reason] == []
    for name, data in files.items():
        came = Picture.objects.get(title=name)
        assert Path(came.file.path).read_bytes() == data
        assert came.content_credentials["state"] == "valid"
        assert came.withhold_credentials == (name in ("kept", "placed"))
        assert bool(came.credentials_file) == (name in ("open", "shown"))
        # An import draws and signs at once.
        assert bool(manifest_in(rendition(came, LARGEST))) == (name in ("open", "shown"))
    print_paths([paths["open"]])
    assert "Made with AI, as its file says" in body_of(paths["open"])


def test_a_trial_import_leaves_no_file(newsroom: TestNewsroom, agency: Signer, tmp_path: Path) -> None:
    newsroom.story(lead_picture=uploaded(signed(picture(), agency)))
    export_folder(tmp_path / "out", progress=lambda _: None)
    empty(newsroom)
    images = Path(default_storage.path("images"))
    before = sorted(images.iterdir()) if images.exists() else []
    import_paths([tmp_path / "out"], check=True)
    assert (sorted(images.iterdir()) if images.exists() else []) == before
