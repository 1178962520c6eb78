"""Searching: by keys alone, from right to left, as one types, and with nothing but the form."""

import re
import sqlite3

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import Site


def headline(site: Site, language: str) -> str:
    """A published headline of the edition whose first word is a longer one."""
    with sqlite3.connect(site.folder / "newsroom.sqlite3") as database:
        rows = database.execute(
            "SELECT title FROM wagtailcore_page JOIN editions_address ON page_id = wagtailcore_page.id"
            " JOIN stories_story ON page_ptr_id = wagtailcore_page.id WHERE current AND live AND editions_address.path LIKE ?",
            (f"/{language}/%",),
        ).fetchall()
    return next(str(title) for [title] in rows if len(title.split()[0]) > 5 and len(title) < 80)


def test_a_search_by_keys_alone_in_arabic(browser: Browser, site: Site) -> None:
    wanted = headline(site, "ar")
    with visit(browser, site.base, f"{site.base}/ar/", read=False, viewport=DESKTOP, locale="ar") as made:
        page = made.page
        page.locator(".masthead__search").focus()
        page.keyboard.press("Enter")
        field = page.get_by_role("combobox", name="بحث")
        expect(field).to_be_visible()
        for _ in range(60):
            if page.evaluate("document.activeElement.id") == "q":
                break
            page.keyboard.press("Tab")
        expect(field).to_be_focused()
        # Without hamza and marks, as it is typed in a hurry.
        page.keyboard.insert_text(re.sub("[أإآ]", "ا", wanted.split()[0]))
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_be_visible()
        first = page.locator(".ledger .teaser__title a")
        expect(page.locator(".ledger mark").first).to_be_visible()
        assert wanted in first.all_inner_texts()
        assert made.violations() == []
        assert made.sticking_out() == []
        # The stream of live events ends with the page, and so does a completion under way.
        assert [fault for fault in made.faults if "/live/" not in fault and "/suggest.json" not in fault] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_headlines_come_while_one_types(browser: Browser, site: Site, language: str) -> None:
    wanted = headline(site, language)
    with visit(browser, site.base, f"{site.base}/{language}/search/", read=False, viewport=PHONE) as made:
        page = made.page
        field = page.get_by_role("combobox")
        field.press_sequentially(wanted[:5])
        option = page.get_by_role("option", name=wanted, exact=True)
        expect(option).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        assert made.violations() == []
        assert made.sticking_out() == []
        field.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        expect(chosen).to_have_count(1)
        expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
        field.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_value(wanted[:5])
        field.press_sequentially(wanted[5:9])
        expect(option).to_be_visible()
        while page.locator("[role=option][aria-selected=true]").all_inner_texts() != [wanted]:
            field.press("ArrowDown")
        assert made.faults == []
        field.press("Enter")
        expect(page.locator("h1")).to_contain_text(wanted)


def test_without_a_script_the_form_searches_and_narrows(browser: Browser, site: Site) -> None:
    with visit(browser, site.base, f"{site.base}/es/search/", viewport=PHONE, java_script_enabled=False) as made:
        page = made.page
        page.locator("#q").fill("agua")
        page.get_by_role("button", name="Buscar").click()
        expect(page).to_have_url(re.compile(r"/es/search/\?q=agua&"))
        expect(page.locator(".ledger mark").first).to_have_text(re.compile("agua", re.IGNORECASE))
        many = page.locator(".ledger > li").count()
        page.get_by_text("Acotar la búsqueda").click()
        page.get_by_label("Formato").select_option("opinion")
        page.get_by_role("button", name="Buscar").click()
        expect(page.get_by_label("Formato")).to_be_visible()
        assert page.locator(".ledger > li").count() < many
        assert made.faults == []
