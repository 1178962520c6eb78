"""Writing at the desk: a story knows its section and edition, and a draft is saved whatever is still missing."""

from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from dateline.newsroom.editions.models import Address, Section
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Story
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor, story_form


def add_page(newsroom: TestNewsroom, section: str = "en/news/politics") -> str:
    shelf = shelf_for(newsroom.sections[section], timezone.now())
    return f"/desk/pages/add/stories/story/{shelf.pk}/"


def test_a_draft_is_saved_with_nothing_but_a_headline(newsroom: TestNewsroom) -> None:
    done = editor("reporter").post(add_page(newsroom), story_form("Begun", standfirst=""))
    assert done.status_code == 302
    story = Story.objects.get()
    assert (story.title, story.live, story.section.slug, story.edition.slug) == ("Begun", False, "politics", "en")


def test_a_story_is_published_in_the_section_it_was_written_in(newsroom: TestNewsroom) -> None:
    section = newsroom.sections["en/news/politics"]
    one = editor("editor")
    assert f'<option value="{section.pk}" selected>' in one.get(add_page(newsroom)).content.decode()
    form = story_form("Written", section=section.pk, **{"action-publish": "1"})
    assert one.post(add_page(newsroom), form).status_code == 302
    assert "Written" in body_of(Address.objects.get(page=Story.objects.get()).path)


def test_a_new_story_has_the_form_of_its_section(newsroom: TestNewsroom) -> None:
    Section.objects.filter(pk=newsroom.sections["en/opinion"].pk).update(form="opinion")
    shown = editor("reporter").get(add_page(newsroom, "en/opinion")).content.decode()
    assert '<option value="opinion" selected>' in shown


def test_the_form_offers_what_the_edition_has(newsroom: TestNewsroom) -> None:
    here, there = newsroom.topic("en", name="Here"), newsroom.topic("ar", name="There")
    reporter = editor("reporter")
    shown = reporter.get(add_page(newsroom)).content.decode()
    assert here.name in shown
    assert there.name not in shown
    section = newsroom.sections["ar/news"]
    assert f'<option value="{section.pk}"' not in shown
    done = reporter.post(add_page(newsroom), story_form("Astray", section=section.pk))
    assert done.context["form"].errors["section"]


def test_an_author_of_another_edition_is_refused(newsroom: TestNewsroom) -> None:
    person = newsroom.person("ar", name="Somebody")
    bylines = inline_formset([{"person": person.pk}])
    done = editor("reporter").post(add_page(newsroom), story_form("Signed", bylines=bylines))
    assert done.status_code == 200
    assert "Choose an author of this edition" in done.content.decode()
    own = newsroom.person(name="Somebody else")
    bylines = inline_formset([{"person": own.pk}])
    assert editor("editor").post(add_page(newsroom), story_form("Signed", bylines=bylines)).status_code == 302


def test_fields_run_in_the_direction_of_what_is_written_in_them(newsroom: TestNewsroom) -> None:
    reporter = editor("reporter")
    arabic = reporter.get(add_page(newsroom, "ar/news")).context["form"]
    english = reporter.get(add_page(newsroom)).context["form"]
    for name in ("title", "kicker", "standfirst"):
        assert 'dir="rtl"' in str(arabic[name])
        assert 'lang="ar"' in str(arabic[name])
        assert 'dir="ltr"' in str(english[name])
    assert "dir=" not in str(arabic["slug"])
