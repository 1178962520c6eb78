"""Translations at the desk: a draft in another edition, linking, unlinking, and what readers see of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from dateline.newsroom.editions.models import Address, Edition, Section
from dateline.newsroom.editions.translations import TranslationError
from dateline.newsroom.stories.models import Story
from dateline.newsroom.stories.translations import link_stories, translate_story, unlink_story
from dateline.press.printing import print_paths
from tests.factories import TestNewsroom, body_of, edit, publish_draft
from tests.integration.desk import editor


def path_of(story: Story) -> str:
    return Address.objects.get(page=story, current=True).path


def page_of(story: Story) -> str:
    return f"/desk/translations/{story.pk}/"


def the_arabic(story: Story) -> Story:
    return Story.objects.get(translation_key=story.translation_key, locale__language_code="ar")


def test_translate_opens_a_draft_under_the_section_of_the_same_group(newsroom: TestNewsroom) -> None:
    story = newsroom.story(title="The bridge opens", standfirst="At last.")
    translator = editor("translator")
    shown = translator.get(page_of(story))
    twin = newsroom.sections["ar/news/politics"]
    assert f'<option value="{twin.pk}" selected>' in shown.content.decode()
    done = translator.post(page_of(story), {"action": "translate", "edition": "ar", "section": twin.pk})
    draft = the_arabic(story)
    assert done.headers["Location"] == f"/desk/pages/{draft.pk}/edit/"
    assert translator.get(done.headers["Location"]).status_code == 200
    assert (draft.live, draft.section_id, draft.edition.slug) == (False, twin.pk, "ar")
    assert (draft.title, draft.standfirst) == ("The bridge opens", "At last.")
    assert draft.body.get_prep_value()[0]["value"] == story.body.get_prep_value()[0]["value"]
    assert draft.get_parent().get_parent().pk == twin.pk
    assert (draft.uri != story.uri, draft.published, draft.owner.username) == (True, None, "translator")


def test_a_published_translation_is_linked_on_both_pages(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    translate_story(story, newsroom.sections["ar/news/politics"], by=None)
    draft = the_arabic(story)
    assert "/ar/news/politics/" not in body_of(path_of(story))
    publish_draft(draft.get_latest_revision_as_object())
    assert path_of(draft) in body_of(path_of(story))
    assert path_of(story) in body_of(path_of(draft))


def test_a_section_without_translation_is_asked_for(newsroom: TestNewsroom) -> None:
    section = newsroom.add_section("en", "culture")
    story = newsroom.story(section="culture")
    translator = editor("translator")
    shown = translator.get(page_of(story)).content.decode()
    assert "selected" in shown  # of the three editions' choices none but "Choose a section"
    assert f'<option value="{newsroom.sections["ar/news"].pk}" selected>' not in shown
    done = translator.post(page_of(story), {"action": "translate", "edition": "ar", "section": ""})
    assert done.status_code == 400
    assert "Choose the section" in done.content.decode()
    assert Story.objects.count() == 1
    assert not section.get_translations().exists()


def test_a_section_of_a_third_edition_is_refused(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    done = editor("translator").post(
        page_of(story), {"action": "translate", "edition": "ar", "section": newsroom.sections["es/news"].pk}
    )
    assert done.status_code == 400
    assert Story.objects.count() == 1


def test_one_edition_has_one_translation(newsroom: TestNewsroom) -> None:
    story = newsroom.story()
    translate_story(story, newsroom.sections["ar/news"], by=None)
    with pytest.raises(TranslationError, match="has a translation already"):
        translate_story(story, newsroom.sections["ar/opinion"], by=None)
    with pytest.raises(TranslationError, match="another edition"):
        translate_story(story, newsroom.sections["en/opinion"], by=None)


def test_authors_and_terms_of_the_same_slug_go_along_and_the_rest_is_named(newsroom: TestNewsroom) -> None:
    known, unknown, topic = newsroom.person(), newsroom.person(name="Only in English"), newsroom.topic()
    there = newsroom.person("ar")
    type(there).objects.filter(pk=there.pk).update(slug=known.slug)
    also = newsroom.topic("ar")
    type(also).objects.filter(pk=also.pk).update(slug=topic.slug)
    story = newsroom.story(people=(known, unknown), topics=(topic,))
    made = translate_story(story, newsroom.sections["ar/news"], by=None)
    draft = Story.objects.get(pk=made.story.pk).get_latest_revision_as_object()
    assert [byline.person_id for byline in draft.bylines.all()] == [there.pk]
    assert [one.pk for one in draft.topics.all()] == [also.pk]
    assert made.left_out == ("Only in English",)


def test_links_to_stories_lead_to_their_translations(newsroom: TestNewsroom) -> None:
    target, alone = newsroom.story(), newsroom.story()
    translate_story(target, newsroom.sections["ar/news"], by=None)
    text = f'<p><a id="{target.pk}" linktype="page">One</a> <a linktype="page" id="{alone.pk}">two</a></p>'
    story = newsroom.story(
        body=[("text", text), ("related", {"story": target.page_ptr, "title": "", "url": "", "uri": ""})]
    )
    made = translate_story(story, newsroom.sections["ar/news"], by=None).story
    twin = the_arabic(target)
    raw = Story.objects.get(pk=made.pk).body.get_prep_value()
    assert raw[0]["value"] == (
        f'<p><a id="{twin.pk}" linktype="page">One</a> <a linktype="page" id="{alone.pk}">two</a></p>'
    )
    assert raw[1]["value"]["story"] == twin.pk


def test_an_embargo_holds_for_the_translation(newsroom: TestNewsroom) -> None:
    story = newsroom.story(embargo=timezone.now() + timedelta(days=1), publish=False)
    story.save_revision(clean=False)
    made = translate_story(Story.objects.get(pk=story.pk), newsroom.sections["ar/news"], by=None).story
    publish_draft(Story.objects.get(pk=made.pk).get_latest_revision_as_object())
    assert not Story.objects.get(pk=made.pk).live


def test_linking_is_on_both_pages_before_the_desk_answers(newsroom: TestNewsroom) -> None:
    story, other = newsroom.story(), newsroom.story("ar")
    assert path_of(other) not in body_of(path_of(story))
    chief = editor("editor")
    done = chief.post(page_of(story), {"action": "link", "other": other.pk})
    assert done.status_code == 302
    assert path_of(other) in body_of(path_of(story))
    assert path_of(story) in body_of(path_of(other))
    assert chief.post(page_of(other), {"action": "unlink"}).status_code == 302
    assert path_of(other) not in body_of(path_of(story))
    assert path_of(story) not in body_of(path_of(other))


def test_a_link_outlives_the_next_publishing(newsroom: TestNewsroom) -> None:
    story, other = newsroom.story(), newsroom.story("ar")
    link_stories(story, other, by=None)
    edit(story, title="Another headline")
    assert path_of(other) in body_of(path_of(story))


def test_linking_joins_the_groups_of_both(newsroom: TestNewsroom) -> None:
    english, arabic, spanish = newsroom.story(), newsroom.story("ar"), newsroom.story("es")
    link_stories(english, arabic, by=None)
    link_stories(spanish, Story.objects.get(pk=arabic.pk), by=None)
    for one in (english, arabic, spanish):
        for other in (english, arabic, spanish):
            assert path_of(other) in body_of(path_of(one))
    unlink_story(Story.objects.get(pk=english.pk), by=None)
    assert path_of(spanish) in body_of(path_of(arabic))
    assert path_of(english) not in body_of(path_of(arabic))


def test_two_of_one_language_are_not_linked(newsroom: TestNewsroom) -> None:
    story, other, third = newsroom.story(), newsroom.story("ar"), newsroom.story(title="In the way")
    link_stories(third, other, by=None)
    chief = editor("editor")
    for target in (other, third, story):
        done = chief.post(page_of(story), {"action": "link", "other": target.pk})
        assert done.status_code == 400, target.title
    assert "In the way" in chief.post(page_of(story), {"action": "link", "other": other.pk}).content.decode()
    assert Story.objects.get(pk=story.pk).translation_key == story.translation_key


def test_linking_public_stories_takes_the_right_to_publish(newsroom: TestNewsroom) -> None:
    story, other, third = newsroom.story(), newsroom.story("ar"), newsroom.story("es")
    link_stories(story, third, by=None)
    translator = editor("translator")
    shown = translator.get(page_of(story)).content.decode()
    assert 'value="translate"' in shown
    assert 'value="link"' not in shown
    translator.post(page_of(story), {"action": "link", "other": other.pk})
    translator.post(page_of(story), {"action": "unlink"})
    keys = [one.translation_key for one in Story.objects.filter(pk__in=[story.pk, other.pk, third.pk]).order_by("pk")]
    assert keys == [third.translation_key, other.translation_key, third.translation_key]


def test_drafts_are_linked_by_whoever_may_edit_them(newsroom: TestNewsroom) -> None:
    draft, other = newsroom.story(publish=False), newsroom.story("ar", publish=False)
    assert editor("translator").post(page_of(draft), {"action": "link", "other": other.pk}).status_code == 302
    assert Story.objects.get(pk=draft.pk).translation_key == other.translation_key


def test_somebody_elses_draft_is_not_for_reporters(newsroom: TestNewsroom) -> None:
    draft = newsroom.story(publish=False)
    reporter = editor("reporter")
    assert reporter.get(page_of(draft)).status_code == 302
    values = {"action": "translate", "edition": "ar", "section": newsroom.sections["ar/news"].pk}
    reporter.post(page_of(draft), values)
    assert Story.objects.count() == 1


def test_sections_are_linked_and_their_fronts_say_so(newsroom: TestNewsroom) -> None:
    newsroom.add_section("en", "culture")
    newsroom.add_section("ar", "thaqafa")
    english, arabic = newsroom.sections["en/culture"], newsroom.sections["ar/thaqafa"]
    chief = editor("chief")
    done = chief.post(f"/desk/translations/{english.pk}/", {"action": "link", "other": arabic.pk})
    assert done.status_code == 302
    print_paths(["/en/culture/"])
    assert "/ar/thaqafa/" in body_of("/en/culture/")
    chief.post(f"/desk/translations/{english.pk}/", {"action": "unlink"})
    print_paths(["/en/culture/"])
    assert "/ar/thaqafa/" not in body_of("/en/culture/")


def test_a_chief_opens_an_edition_in_a_new_language(newsroom: TestNewsroom) -> None:
    chief = editor("chief")
    assert chief.get("/desk/locales/").status_code == 200
    assert chief.post("/desk/locales/new/", {"language_code": "fr"}).status_code == 302
    root = newsroom.editions["en"].get_parent()
    fields = {
        "title": "Essai",
        "slug": "fr",
        "slogan": "",
        "timezone": "Europe/Paris",
        "digits": "latn",
        "navigation": streamfield([]),
        "regions": inline_formset([]),
        "about": "",
        "legal": "",
        "social": streamfield([]),
        "apps": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        "action-publish": "1",
        "locale": "fr",
    }
    done = chief.post(f"/desk/pages/add/editions/edition/{root.pk}/", nested_form_data(fields))
    assert done.status_code == 302, done.context["form"].errors
    made = Edition.objects.get(slug="fr")
    assert made.locale.language_code == "fr"
    assert made.translation_key == newsroom.editions["en"].translation_key
    assert 'lang="fr"' in body_of("/fr/")
    assert Section.objects.descendant_of(made).count() == 0
