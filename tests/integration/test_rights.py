"""A picture whose rights end leaves every page on time, and its file says at upload what nobody has typed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dateline.desk.worker import tick, until_due
from dateline.newsroom.pictures.actions import expire_pictures, next_rights_end
from dateline.newsroom.pictures.models import Picture, Rendition
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor
from tests.integration.test_freshness import path_of
from tests.unit.test_metadata import XMP, jpeg

pytestmark = pytest.mark.django_db(transaction=True)


def ends(picture: Picture, moment: datetime | None) -> None:
    fresh = Picture.objects.get(pk=picture.pk)
    fresh.expires_at = moment
    fresh.save()


def test_a_picture_leaves_every_page_when_its_rights_end_and_comes_back_when_they_are_prolonged(
    newsroom: TestNewsroom,
) -> None:
    picture = newsroom.picture()
    body = [("text", "<p>Words.</p>"), ("picture", {"picture": picture, "caption": ""})]
    story = newsroom.story(title="With a picture", lead_picture=picture, urgency=1, body=body)
    pages = ["/en/", "/en/news/", path_of(story)]
    names = list(Rendition.objects.filter(image=picture).values_list("file", flat=True))
    assert names
    stem = names[0].rsplit("/", 1)[1].split(".")[0]
    assert [stem in body_of(page) for page in pages] == [True, True, True]
    ends(picture, timezone.now() - timedelta(seconds=1))
    tick()
    assert [stem in body_of(page) for page in pages if newsroom.store.read(page)].count(True) == 0
    assert Picture.objects.get(pk=picture.pk).expired
    assert not any(default_storage.exists(name) for name in names)
    assert default_storage.exists(picture.file.name)
    assert expire_pictures() == 0
    ends(picture, timezone.now() + timedelta(days=1))
    from dateline.press.printing import print_paths

    print_paths(pages)
    assert not Picture.objects.get(pk=picture.pk).expired
    assert [stem in body_of(page) for page in pages] == [True, True, True]


def test_the_worker_wakes_when_rights_end(newsroom: TestNewsroom) -> None:
    assert next_rights_end() is None
    soon = timezone.now() + timedelta(seconds=0.2)
    ends(newsroom.picture(), soon)
    assert next_rights_end() == soon
    assert until_due() <= 0.2


def test_the_overview_names_what_ends_and_what_has_ended(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    assert "Picture rights" not in chief.get(reverse("wagtailadmin_home")).content.decode()
    over, later, far = newsroom.picture(), newsroom.picture(), newsroom.picture()
    for picture, days, title in ((over, -1, "Was ours"), (later, 2, "Still ours"), (far, 60, "Long ours")):
        Picture.objects.filter(pk=picture.pk).update(title=title)
        ends(picture, timezone.now() + timedelta(days=days))
    page = chief.get(reverse("wagtailadmin_home")).content.decode()
    assert "Was ours" in page
    assert "off the pages" in page
    assert "Still ours" in page
    assert "Long ours" not in page


def test_an_upload_says_what_its_file_says_and_what_was_typed_stays(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    file = SimpleUploadedFile("bridge.jpg", jpeg(xmp=XMP.encode()), content_type="image/jpeg")
    form = {"title": "Bridge", "description": "", "credit": "Typed by us", "tags": "", "collection": 1}
    done = chief.post(reverse("wagtailimages:add"), {**form, "file": file})
    assert done.status_code == 302, done.content.decode()[:2000]
    made = Picture.objects.get()
    assert (made.title, made.credit) == ("Bridge", "Typed by us")
    assert (made.description, made.caption) == ("A long bridge", "The bridge at dawn, with Zoë.")
    assert (made.source, made.place, made.usage_terms) == ("River Agency", "Maren, Sarran", "Not for resale.")
    assert made.taken_at == datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)
    assert made.expires_at == datetime(2027, 1, 1, tzinfo=UTC)
    assert made.said_by_file["credit"] == "Basin Pool"
