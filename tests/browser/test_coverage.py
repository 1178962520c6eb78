"""A coverage: In five by key, by finger and without a script, and what is new since the last visit."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import Site

COVERAGE = "coverage/sarran-compact/"
OF = {"en": ["1 of 5", "2 of 5", "5 of 5"], "ar": ["١ من ٥", "٢ من ٥", "٥ من ٥"]}
ON, BACK = {"en": "ArrowRight", "ar": "ArrowLeft"}, {"en": "ArrowLeft", "ar": "ArrowRight"}


def first_in_view(page: Page) -> int:
    """Which card stands at the beginning of the deck, once the deck has come to rest."""
    found = page.evaluate(
        """async () => {
          const deck = document.querySelector(".five__deck");
          const rtl = getComputedStyle(deck).direction === "rtl";
          const box = deck.getBoundingClientRect();
          let last;
          while (last !== deck.scrollLeft) {
            last = deck.scrollLeft;
            await new Promise((done) => setTimeout(done, 250));
          }
          return [...deck.children].findIndex((card) => {
            const own = card.getBoundingClientRect();
            return Math.abs(rtl ? own.right - box.right : own.left - box.left) < 3;
          });
        }"""
    )
    return int(found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_five_cards_by_key_and_by_button_the_way_the_language_runs(browser: Browser, site: Site, language: str) -> None:
    url = f"{site.base}/{language}/{COVERAGE}"
    with visit(browser, site.base, url, viewport=PHONE) as made:
        page = made.page
        deck, said = page.locator(".five__deck"), page.locator(".five__said")
        deck.focus()
        expect(said).to_have_text(OF[language][0])
        page.keyboard.press(ON[language])
        expect(said).to_have_text(OF[language][1])
        assert first_in_view(page) == 1
        page.keyboard.press(BACK[language])
        expect(said).to_have_text(OF[language][0])
        assert first_in_view(page) == 0
        page.keyboard.press("End")
        expect(said).to_have_text(OF[language][2])
        assert first_in_view(page) == 4
        buttons = page.locator(".five__steps button")
        expect(buttons.last).to_be_disabled()
        page.keyboard.press("Home")
        expect(buttons.first).to_be_disabled()
        buttons.last.click()
        expect(said).to_have_text(OF[language][1])
        assert made.violations() == []
        assert made.sticking_out() == []
        assert [fault for fault in made.faults if "/live/" not in fault] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_five_cards_by_finger(browser: Browser, site: Site, language: str) -> None:
    url = f"{site.base}/{language}/{COVERAGE}in-five/"
    with visit(browser, site.base, url, viewport=PHONE, has_touch=True, is_mobile=True) as made:
        page = made.page
        deck, said = page.locator(".five__deck"), page.locator(".five__said")
        deck.scroll_into_view_if_needed()
        box = deck.bounding_box()
        assert box
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        client = page.context.new_cdp_session(page)
        reach = box["width"] * (0.35 if language == "ar" else -0.35)
        start, end = middle[0] - reach, middle[0] + reach
        client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": middle[1]}]})
        for step in range(1, 13):
            point = {"x": start + (end - start) * step / 12, "y": middle[1]}
            client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert first_in_view(page) == 1
        expect(said).to_have_text(OF[language][1])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_a_script_the_cards_the_dates_and_the_stories_are_there(
    browser: Browser, site: Site, language: str
) -> None:
    url = f"{site.base}/{language}/{COVERAGE}"
    with visit(browser, site.base, url, viewport=PHONE, java_script_enabled=False) as made:
        page = made.page
        expect(page.locator(".five__card")).to_have_count(5)
        expect(page.locator(".five__steps")).to_be_hidden()
        expect(page.locator(".dates > li")).to_have_count(5)
        expect(page.locator(".whowhere li")).to_have_count(4)
        assert page.locator(".lead a").count() > 0
        page.locator(".front__eyebrow a").click()
        expect(page.locator(".coverages > li")).to_have_count(2)


def test_what_is_new_since_the_last_visit_is_marked_and_known_to_this_browser_alone(
    browser: Browser, site: Site
) -> None:
    url = f"{site.base}/en/{COVERAGE}"
    with visit(browser, site.base, url, viewport=DESKTOP) as made:
        page = made.page
        expect(page.locator(".coverage__new")).to_have_count(0)
        page.evaluate("localStorage.setItem('seen:' + location.pathname, 1)")
        page.reload()
        expect(page.locator(".coverage__new").first).to_have_text("New")
        assert page.locator(".coverage__new").count() > 2
        page.reload()
        expect(page.locator(".coverage__new")).to_have_count(0)
        assert page.context.cookies() == []
