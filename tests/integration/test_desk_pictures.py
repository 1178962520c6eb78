"""Pictures at the desk: what is taken, what is refused and why, and when renditions are drawn."""

import io
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image
from wagtail.models import Collection

from dateline.newsroom.editions.models import Address
from dateline.newsroom.pictures.models import Picture, Rendition
from dateline.newsroom.pictures.pages import SHARE_SPEC, SPECS
from dateline.press.printing import print_paths
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor


def jpeg(width: int = 900, height: int = 600, colour: tuple[int, int, int] = (20, 90, 120)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG that says it is 30,000 pixels square, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def wide() -> bytes:
    """A true PNG of 50,000 × 2,000 pixels, all of one colour."""
    out = io.BytesIO()
    Image.new("1", (50_000, 2_000)).save(out, "PNG")
    return out.getvalue()


def fields(file: SimpleUploadedFile | None, **values: Any) -> dict[str, Any]:
    base = {"title": "The quay", "description": "Boats at a quay", "collection": Collection.get_first_root_node().pk}
    base |= dict.fromkeys(("tags", "caption", "credit", "rights", "usage_terms", "taken_at"), "")
    base |= {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    return base | ({"file": file} if file else {}) | values


def upload(client: Client, data: bytes, name: str = "quay.jpg") -> Any:
    return client.post("/desk/images/add/", fields(SimpleUploadedFile(name, data)))


def work() -> None:
    """Let the worker do everything that is in the queue."""
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def specs(picture: Picture) -> list[str]:
    wanted = {*SPECS, SHARE_SPEC}
    return sorted(
        set(Rendition.objects.filter(image=picture, filter_spec__in=wanted).values_list("filter_spec", flat=True))
    )


def test_an_upload_has_its_renditions_drawn_by_the_worker(newsroom: TestNewsroom) -> None:
    assert upload(editor("chief"), jpeg()).status_code == 302
    picture = Picture.objects.get()
    assert specs(picture) == []
    work()
    assert specs(picture) == sorted({*SPECS, SHARE_SPEC})


def test_many_uploads_at_once_are_drawn_too(newsroom: TestNewsroom) -> None:
    data = {"files[]": SimpleUploadedFile("quay.jpg", jpeg()), "title": "quay"}
    done = editor("chief").post(
        "/desk/images/multiple/add/", data | {"collection": Collection.get_first_root_node().pk}
    )
    assert json.loads(done.content)["success"] is True
    work()
    assert specs(Picture.objects.get()) == sorted({*SPECS, SHARE_SPEC})


def test_a_publish_that_comes_first_draws_them_itself(newsroom: TestNewsroom) -> None:
    upload(editor("chief"), jpeg())
    picture = Picture.objects.get()
    story = newsroom.story(lead_picture=picture)
    page = body_of(Address.objects.get(page=story).path)
    drawn = {r.filter_spec: r.file.name for r in Rendition.objects.filter(image=picture)}
    assert drawn.keys() >= {*SPECS, SHARE_SPEC}
    assert f"/media/{drawn[SPECS[0]]}" in page
    work()
    assert {r.filter_spec: r.file.name for r in Rendition.objects.filter(image=picture)} == drawn


def test_a_picture_that_is_deleted_before_its_turn_stops_nothing(newsroom: TestNewsroom) -> None:
    one = editor("chief")
    upload(one, jpeg())
    Picture.objects.get().delete()
    upload(one, jpeg(colour=(200, 10, 10)))
    work()
    assert specs(Picture.objects.get()) == sorted({*SPECS, SHARE_SPEC})


def test_a_new_file_is_on_the_page_with_renditions_of_its_own(newsroom: TestNewsroom) -> None:
    one = editor("chief")
    upload(one, jpeg())
    picture = Picture.objects.get()
    path = Address.objects.get(page=newsroom.story(lead_picture=picture)).path
    work()
    before = {r.file.name for r in Rendition.objects.filter(image=picture)}
    done = one.post(f"/desk/images/{picture.pk}/", fields(SimpleUploadedFile("other.jpg", jpeg(colour=(9, 9, 9)))))
    assert done.status_code == 302
    print_paths([path])
    page = body_of(path)
    after = {r.file.name for r in Rendition.objects.filter(image=picture)}
    assert not before & after
    assert not [name for name in before if f"/media/{name}" in page]
    assert [name for name in after if f"/media/{name}" in page]


def test_another_crop_is_what_other_sites_show(newsroom: TestNewsroom) -> None:
    one = editor("chief")
    upload(one, jpeg(900, 900))
    picture = Picture.objects.get()
    path = Address.objects.get(page=newsroom.story(lead_picture=picture)).path
    old = Rendition.objects.get(image=picture, filter_spec=SHARE_SPEC)
    assert old.file.name in body_of(path)
    crop = {"focal_point_x": 450, "focal_point_y": 60, "focal_point_width": 40, "focal_point_height": 40}
    assert one.post(f"/desk/images/{picture.pk}/", fields(None, **crop)).status_code == 302
    print_paths([path])
    new = Rendition.objects.filter(image=picture, filter_spec=SHARE_SPEC).exclude(pk=old.pk).get()
    assert new.file.name in body_of(path)
    assert old.file.name not in body_of(path)


REFUSED = {
    "a text": (b"Dear editor, the picture follows.", "quay.jpg", "not a picture that can be read"),
    "nothing": (b"", "quay.jpg", "empty"),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>', "quay.svg", "SVG is not"),
    "an SVG by another name": (
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "quay.png",
        "SVG is not",
    ),
    "a bomb": (bomb(), "quay.png", "more than 80 megapixels"),
    "fifty thousand pixels wide": (wide(), "quay.png", "more than 80 megapixels"),
    "half a picture": (jpeg(2000, 2000)[:9000], "quay.jpg", "cut off or broken"),
    "the wrong ending": (jpeg(), "quay.png", "extension does not match"),
    "a Photoshop file": (b"8BPS\0\x01" + b"\0" * 60, "quay.jpg", "not a picture that can be read"),
}


def test_what_hides_in_a_picture_does_not_reach_readers(newsroom: TestNewsroom) -> None:
    hidden = b"<script>alert(1)</script>"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.js", hidden)
    page = b"\xff\xfe\x01\x00<!--" + hidden + b"-->"
    marker = b"\xff\xe1" + struct.pack(">H", len(page) + 2) + page
    whole = jpeg(900, 600)
    polyglot = whole[:2] + marker + whole[2:] + hidden + archive.getvalue()
    assert upload(editor("chief"), polyglot).status_code == 302
    work()
    picture = Picture.objects.get()
    assert specs(picture) == sorted({*SPECS, SHARE_SPEC})
    for rendition in Rendition.objects.filter(image=picture):
        with rendition.file.open("rb") as file:
            data = file.read()
        assert b"script" not in data
        assert b"run.js" not in data
    # The file as it came in stays with the desk: the stand knows no way to it.
    assert not picture.file.name.startswith(("images/", "listen/", "clips/"))


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("way", ["one", "many"])
def test_what_is_no_picture_is_refused_with_the_reason(newsroom: TestNewsroom, what: str, way: str) -> None:
    data, name, reason = REFUSED[what]
    one = editor("chief")
    if way == "one":
        done = upload(one, data, name)
        assert done.status_code == 200
        said = str(done.context["form"].errors["file"])
    else:
        sent = {"files[]": SimpleUploadedFile(name, data), "collection": Collection.get_first_root_node().pk}
        said = json.loads(one.post("/desk/images/multiple/add/", sent).content)["error_message"]
    assert reason in said
    assert not Picture.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(newsroom: TestNewsroom, settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 2000
    done = upload(editor("chief"), bomb() + b"\0" * 3000, "quay.png")
    said = str(done.context["form"].errors["file"])
    assert "too big" in said
    assert "megapixels" not in said
