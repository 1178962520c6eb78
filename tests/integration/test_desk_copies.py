"""Copies made at the desk: a copied story is a new story, and never a public page without an address."""

from dateline.newsroom.editions.models import Address
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_path
from tests.factories import TestNewsroom
from tests.integration.desk import editor


def copied(newsroom: TestNewsroom, story: Story, **values: object) -> Story:
    form = {"new_title": "The copy", "new_slug": "the-copy", "new_parent_page": story.get_parent().pk, **values}
    done = editor("chief").post(f"/desk/pages/{story.pk}/copy/", form)
    assert done.status_code == 302, done.context["form"].errors
    return Story.objects.exclude(pk=story.pk).get()


def test_a_copied_story_is_a_draft_with_an_identity_of_its_own(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The original")
    copy = copied(newsroom, story)
    assert (copy.title, copy.live, copy.published) == ("The copy", False, None)
    assert copy.uri != story.uri
    assert copy.translation_key != story.translation_key
    assert not Address.objects.filter(page=copy).exists()


def test_a_copy_that_is_published_has_its_page(newsroom: TestNewsroom) -> None:
    copy = copied(newsroom, newsroom.story(), publish_copies="on")
    assert print_path(Address.objects.get(page=copy, current=True).path).status == 200


def test_a_copy_in_another_section_belongs_there(newsroom: TestNewsroom) -> None:
    there = newsroom.story(section="opinion").get_parent()
    Story.objects.all().delete()
    story = newsroom.story()
    copy = copied(newsroom, story, new_parent_page=there.pk)
    assert copy.section_id == newsroom.sections["en/opinion"].pk


def test_sections_and_aliases_are_not_copied(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    chief = editor("chief")
    section = newsroom.sections["en/news/politics"]
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": section.get_parent().pk, "copy_subpages": "on"}
    for page, more in ((section, {}), (story.get_parent(), {}), (story, {"alias": "on"})):
        done = chief.post(f"/desk/pages/{page.pk}/copy/", form | {"new_parent_page": page.get_parent().pk} | more)
        assert done.status_code == 302
    assert Story.objects.count() == 1
    assert section.get_siblings().filter(slug="copy").count() == 0
