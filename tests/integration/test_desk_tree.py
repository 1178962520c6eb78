"""Editions and sections at the desk."""

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, Region, Section
from tests.factories import TestNewsroom, body_of
from tests.integration.desk import editor


def section_form(title: str, slug: str) -> dict[str, object]:
    fields = {"title": title, "slug": slug, "description": "", "form": "", "search_description": "", "seo_title": ""}
    return fields | {
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "1",
        **nested_form_data({"comments": inline_formset([])}),
    }


def test_an_editions_page_opens_and_its_row_takes_a_region(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["en"]
    region = Region.objects.create(edition=edition, slug="europe", title="Europe")
    chief = editor("chief")
    assert chief.get(f"/desk/pages/{edition.pk}/edit/").status_code == 200
    fields = {
        "title": edition.title,
        "slug": "en",
        "slogan": "",
        "timezone": "Europe/London",
        "digits": "latn",
        "is_default": "on",
        "navigation": streamfield([("region", str(region.pk))]),
        "regions": inline_formset([{"id": region.pk, "title": "Europe", "slug": "europe"}], initial=1),
        "about": "",
        "legal": "",
        "social": streamfield([]),
        "apps": streamfield([]),
        "comments": inline_formset([]),
        "search_description": "",
        "seo_title": "",
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "1",
    }
    answer = chief.post(f"/desk/pages/{edition.pk}/edit/", nested_form_data(fields))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Edition.objects.get(pk=edition.pk).navigation[0].value == region
    assert 'href="/en/region/europe/"' in body_of("/en/")


def test_regions_are_chosen_from_a_list(newsroom: TestNewsroom) -> None:
    Region.objects.create(edition=newsroom.editions["en"], slug="europe", title="Europe")
    answer = editor("chief").get("/desk/region_chooser/")
    assert "Europe" in answer.json()["html"]


def test_an_address_that_was_another_pages_is_refused_at_the_slug(newsroom: TestNewsroom) -> None:
    old = newsroom.add_section("en", "money")
    Page.objects.get(pk=old.pk).specific.delete()
    assert Address.objects.filter(path="/en/money/").exists()
    chief = editor("chief")
    answer = chief.post(
        f"/desk/pages/add/editions/section/{newsroom.editions['en'].pk}/", section_form("Money", "money")
    )
    assert answer.status_code == 200
    assert "/en/money/" in str(answer.context["form"].errors["slug"])
    assert not Section.objects.filter(slug="money").exists()


def test_a_move_onto_another_pages_address_is_refused_with_the_reason(newsroom: TestNewsroom) -> None:
    old = newsroom.add_section("en", "opinion/economy")
    Page.objects.get(pk=old.pk).specific.delete()
    economy = newsroom.sections["en/news/economy"]
    opinion = newsroom.sections["en/opinion"]
    chief = editor("chief")
    answer = chief.post(f"/desk/pages/{economy.pk}/move/{opinion.pk}/confirm/", follow=True)
    assert "/en/opinion/economy/" in answer.content.decode()
    assert Section.objects.get(pk=economy.pk).get_parent().pk == newsroom.sections["en/news"].pk
