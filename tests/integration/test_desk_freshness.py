"""What an editor's clicks do to the printed pages: each of the desk's own ways of writing leaves none that lies."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from dateline.newsroom.editions.models import Address, Section
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Person, Story
from dateline.press.models import Change
from dateline.press.printing import print_path, store
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor, story_form


def write(newsroom: TestNewsroom, one: Client, title: str = "Written", **values: object) -> Story:
    section = newsroom.sections["en/news/politics"]
    form = story_form(title, section=section.pk, **values)
    done = one.post(f"/desk/pages/add/stories/story/{shelf_for(section, timezone.now()).pk}/", form)
    assert done.status_code == 302, done.context["form"].errors
    return Story.objects.order_by("-pk")[0]


def change(one: Client, story: Story, title: str, **values: object) -> Story:
    form = story_form(title, section=story.section_id, **values)
    done = one.post(f"/desk/pages/{story.pk}/edit/", form)
    assert done.status_code == 302, done.context["form"].errors
    return Story.objects.get(pk=story.pk)


def path_of(story: Story) -> str:
    return str(Address.objects.get(page_id=story.pk, current=True).path)


PUBLISH = {"action-publish": "1"}


def test_a_draft_that_is_published_later_has_its_page_and_stands_on_its_fronts(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Begun")
    assert not story.live
    story = change(one, story, "Finished", **PUBLISH)
    assert story.is_public
    for path in (path_of(story), "/en/", "/en/news/", "/en/news/politics/", "/en/rss.xml"):
        assert "Finished" in body_of(path), path


def test_a_correction_is_everywhere_when_the_desk_answers(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Before", **PUBLISH)
    before = story.published
    story = change(one, story, "After", **PUBLISH)
    assert (story.published, story.updated is not None) == (before, True)
    for path in (path_of(story), "/en/", "/en/news/politics/"):
        assert "After" in body_of(path)
        assert "Before" not in body_of(path)
    again = change(one, story, "Afterwards", **PUBLISH)
    assert again.published == before
    assert again.updated is not None
    assert story.updated is not None
    assert again.updated > story.updated


def test_a_minor_change_is_no_update_and_holds_for_once(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "A comma", **PUBLISH)
    story = change(one, story, "A, comma", minor_change="on", **PUBLISH)
    assert story.updated is None
    shown = one.get(f"/desk/pages/{story.pk}/edit/").context["form"]
    assert not shown["minor_change"].value()
    assert change(one, story, "Another thing", **PUBLISH).updated is not None


def test_a_draft_of_a_published_story_changes_nothing_that_is_public(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Public", **PUBLISH)
    body = body_of(path_of(story))
    change(one, story, "Not yet")
    assert body_of(path_of(story)) == body
    assert "Not yet" not in body_of("/en/")


def test_unpublishing_takes_it_off_every_page(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Taken off", **PUBLISH)
    path = path_of(story)
    assert one.post(f"/desk/pages/{story.pk}/unpublish/").status_code == 302
    assert store().read(path) is None
    assert print_path(path).status == 404
    for front in ("/en/", "/en/news/politics/", "/en/rss.xml"):
        assert "Taken off" not in print_path(front).body.decode()


def test_a_deleted_story_leaves_a_notice(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    story = write(newsroom, chief, "Deleted", **PUBLISH)
    path = path_of(story)
    assert chief.post(f"/desk/pages/{story.pk}/delete/").status_code == 302
    assert print_path(path).status == 410
    assert "Deleted" not in print_path("/en/").body.decode()


def test_a_section_that_is_moved_takes_its_front_along(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    economy, opinion = newsroom.sections["en/news/economy"], newsroom.sections["en/opinion"]
    assert chief.post(f"/desk/pages/{economy.pk}/move/{opinion.pk}/confirm/").status_code == 302
    moved = print_path("/en/news/economy/")
    assert (moved.status, moved.stored.sheet.location if moved.stored else "") == (301, "/en/opinion/economy/")
    assert 'http-equiv="refresh" content="0; url=/en/opinion/economy/"' in moved.body.decode()
    assert 'href="/en/opinion/economy/"' in print_path("/en/").body.decode()


def test_a_renamed_section_has_its_name_in_every_masthead(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    section = newsroom.sections["en/news/economy"]
    form = story_form("Money")  # a superset of the section's form
    form |= {"slug": "economy", "description": "", **PUBLISH}
    assert chief.post(f"/desk/pages/{section.pk}/edit/", form).status_code == 302
    assert Section.objects.get(pk=section.pk).title == "Money"
    assert "Money" in body_of("/en/")


def test_an_embargo_schedules_what_is_published_before_its_end(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    end = timezone.now() + timedelta(hours=2)
    embargo = f"{localtime(end):%Y-%m-%d %H:%M}"
    drafted = change(one, write(newsroom, one, "Drafted"), "Held back", embargo=embargo, **PUBLISH)
    written = write(newsroom, one, "Held at once", slug="at-once", embargo=embargo, **PUBLISH)
    for story in (drafted, written):
        assert not story.live
        assert story.get_latest_revision().approved_go_live_at is not None
    assert "Held" not in print_path("/en/").body.decode()


def test_terms_and_pictures_deleted_in_bulk_leave_the_pages(newsroom: TestNewsroom) -> None:
    picture = newsroom.picture(width=64, height=40)
    photo = newsroom.picture(width=64, height=40)
    person = newsroom.person(name="Ana Somebody")
    Person.objects.filter(pk=person.pk).update(photo=photo)
    story = newsroom.story(people=(person,), lead_picture=picture, title="Illustrated")
    author = f"/en/author/{person.slug}/"
    assert "<picture" in print_path(path_of(story)).body.decode()
    assert "<picture" in print_path(author).body.decode()
    Picture.objects.filter(pk__in=[picture.pk, photo.pk]).delete()
    assert "<picture" not in print_path(path_of(story)).body.decode()
    assert "<picture" not in print_path(author).body.decode()
    assert "<picture" not in print_path("/en/").body.decode()


def test_a_change_is_printed_once_and_a_draft_not_at_all(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Said", **PUBLISH)
    counted = Change.objects.count()

    change(one, story, "Drafted")
    assert Change.objects.count() == counted
    change(one, story, "Said better", **PUBLISH)
    assert Change.objects.count() == counted + 1


def test_a_form_that_knows_no_seconds_moves_nothing_within_its_minute(newsroom: TestNewsroom) -> None:
    one = editor("editor")
    story = write(newsroom, one, "Said", **PUBLISH)
    assert story.published is not None
    Story.objects.filter(pk=story.pk).update(published=story.published.replace(second=42))
    shown = f"{localtime(story.published):%Y-%m-%d %H:%M}"
    assert change(one, story, "Said better", published=shown, **PUBLISH).published == story.published.replace(second=42)
