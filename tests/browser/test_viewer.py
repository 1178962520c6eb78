"""Pictures over the whole screen: by click, key, finger and address, the way the language runs; and closer still."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import DESKTOP, PHONE, visit
from tests.browser.site import Site
from tests.browser.test_channel import holds

GALLERIES = {"en": "bread-in-pictures", "ar": "bread-in-pictures"}


def story_of(site: Site, language: str, group: str) -> str:
    """The path of the demo's story of a translation group."""
    import sqlite3

    with sqlite3.connect(site.folder / "newsroom.sqlite3") as database:
        rows = database.execute(
            "SELECT path FROM editions_address JOIN stories_story ON page_ptr_id = page_id"
            " WHERE current AND uri = ? AND path LIKE ?",
            (f"urn:dateline:demo:{language}:{group}", f"/{language}/%"),
        ).fetchall()
    assert len(rows) == 1, rows
    return str(rows[0][0])


@contextmanager
def opened(browser: Browser, site: Site, path: str, **context: object) -> Iterator[Page]:
    context.setdefault("viewport", DESKTOP)
    with visit(browser, site.base, site.base + path, read=False, **context) as made:
        yield made.page
        assert made.faults == []


@pytest.fixture(scope="module", params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def gallery(site: Site, language: str) -> str:
    return story_of(site, language, "bread-in-pictures")


COUNTS = {"en": ("1 / 6", "2 / 6", "3 / 6", "6 / 6"), "ar": ("١ / ٦", "٢ / ٦", "٣ / ٦", "٦ / ٦")}


def shown(page: Page) -> None:
    """The picture that is counted stands in the middle of the screen."""
    holds(
        page,
        """() => {
          const track = document.querySelector('.viewer__track');
          const place = location.hash.replace('#picture-', '') - 1;
          const box = track.children[place].getBoundingClientRect();
          return Math.abs(box.left) < 2 && Math.abs(box.width - innerWidth) < 2
            && track.children[place].querySelector('img').naturalWidth > 0;
        }""",
    )


def test_a_gallery_is_gone_through_by_keys(browser: Browser, site: Site, gallery: str, language: str) -> None:
    first, second, _third, last = COUNTS[language]
    forward, back = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    with opened(browser, site, gallery) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        links = page.locator(".gallery .opens")
        expect(links).to_have_count(6)
        links.first.focus()
        page.keyboard.press("Enter")
        count = page.locator(".viewer__count")
        expect(count).to_have_text(first)
        shown(page)
        assert len([url for url in asked if "/media/images/" in url]) <= 6
        page.keyboard.press(back)
        expect(count).to_have_text(first)
        page.keyboard.press(forward)
        expect(count).to_have_text(second)
        shown(page)
        assert page.url.endswith("#picture-2")
        page.keyboard.press("End")
        expect(count).to_have_text(last)
        shown(page)
        expect(page.locator(".viewer li").last.locator("figcaption")).not_to_be_empty()
        page.keyboard.press("Home")
        expect(count).to_have_text(first)
        page.keyboard.press(forward)
        page.keyboard.press("Escape")
        expect(page.locator(".viewer")).to_be_hidden()
        expect(links.nth(1)).to_be_focused()
        holds(page, "() => !location.hash")


def test_a_finger_moves_it_the_way_the_language_runs(browser: Browser, site: Site, gallery: str, language: str) -> None:
    first, second, *_rest = COUNTS[language]
    with opened(browser, site, gallery, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.locator(".gallery .opens").first.tap()
        count = page.locator(".viewer__count")
        expect(count).to_have_text(first)
        shown(page)
        touch = page.context.new_cdp_session(page)
        near, far = (30, 330) if language == "ar" else (330, 30)
        swipe(touch, near, far)
        expect(count).to_have_text(second)
        shown(page)
        swipe(touch, far, near)
        expect(count).to_have_text(first)


def swipe(touch: object, start: int, end: int) -> None:
    """Over more than half of the screen: then it is a turn, however slowly a busy machine moves the finger."""

    def send(kind: str, points: list[dict[str, float]]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # type: ignore[attr-defined]

    send("touchStart", [{"x": start, "y": 300}])
    for step in range(1, 13):
        send("touchMove", [{"x": start + (end - start) * step / 12, "y": 300}])
    send("touchEnd", [])


def test_an_address_names_a_picture_and_going_back_closes(
    browser: Browser, site: Site, gallery: str, language: str
) -> None:
    with opened(browser, site, f"{gallery}#picture-3") as page:
        expect(page.locator(".viewer__count")).to_have_text(COUNTS[language][2])
        shown(page)
        page.locator(".viewer__close").click()
        expect(page.locator(".viewer")).to_be_hidden()
        expect(page.locator(".gallery .opens").nth(2)).to_be_focused()
        holds(page, "() => !location.hash")
        page.locator(".gallery .opens").nth(1).click()
        shown(page)
        page.go_back()
        expect(page.locator(".viewer")).to_be_hidden()
        assert page.url.endswith(gallery.rsplit("/", 2)[1] + "/") or "%" in page.url


def test_buttons_lead_on_and_are_not_there_where_nothing_follows(browser: Browser, site: Site, gallery: str) -> None:
    with opened(browser, site, gallery) as page:
        page.locator(".gallery .opens").first.click()
        back, forward = page.locator(".viewer__turn").all()
        expect(back).to_be_hidden()
        box, middle = forward.bounding_box(), DESKTOP["width"] / 2
        assert box is not None
        rtl = page.evaluate("document.documentElement.dir") == "rtl"
        assert (box["x"] < middle) == rtl
        forward.click()
        expect(back).to_be_visible()
        for _ in range(4):
            forward.click()
        expect(forward).to_be_hidden()
        shown(page)


def test_it_is_clean_in_the_light_and_in_the_dark_and_moves_nothing(browser: Browser, site: Site, gallery: str) -> None:
    for scheme in ("light", "dark"):
        with visit(browser, site.base, site.base + gallery, viewport=PHONE, color_scheme=scheme) as made:
            assert made.violations() == []
            made.page.locator(".gallery .opens").first.click()
            shown(made.page)
            assert made.violations() == []
            assert made.shifts() == []
            assert made.sticking_out() == []


def test_without_a_script_the_address_scrolls_and_a_link_leads_to_the_large_one(
    browser: Browser, site: Site, gallery: str
) -> None:
    with visit(
        browser, site.base, f"{site.base}{gallery}#picture-3", viewport=PHONE, java_script_enabled=False
    ) as made:
        third = made.page.locator("#picture-3")
        expect(third).to_be_in_viewport()
        with made.page.expect_response("**/media/images/**") as answer:
            third.locator(".opens").click()
        assert answer.value.status == 200


# ── An infographic ──


@pytest.fixture(scope="module")
def infographic(site: Site, language: str) -> str:
    return story_of(site, language, "compact-in-numbers")


def scale(page: Page) -> float:
    return float(page.evaluate("new DOMMatrix(getComputedStyle(document.querySelector('.viewer img')).transform).a"))


def covers(page: Page) -> bool:
    """Whether the picture's frame still covers the pane: it is never pushed out of sight."""
    return bool(
        page.evaluate(
            """() => {
              const [image, pane] = ['.viewer img', '.viewer picture'].map(
                (name) => document.querySelector(name).getBoundingClientRect());
              return image.left <= pane.left + 1 && image.right >= pane.right - 1
                && image.top <= pane.top + 1 && image.bottom >= pane.bottom - 1;
            }"""
        )
    )


def test_an_infographic_can_be_come_close_to(browser: Browser, site: Site, infographic: str) -> None:
    with opened(browser, site, infographic) as page:
        page.locator(".shot--lead .opens").click()
        holds(page, "() => document.querySelector('.viewer img').naturalWidth > 1200")
        assert scale(page) == 1
        page.keyboard.press("+")
        assert scale(page) == pytest.approx(1.5)
        for _ in range(30):
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowDown")
        assert covers(page)
        page.keyboard.press("0")
        assert scale(page) == 1
        page.mouse.move(300, 400)
        page.mouse.wheel(0, -400)
        holds(page, "() => new DOMMatrix(getComputedStyle(document.querySelector('.viewer img')).transform).a > 2")
        page.mouse.down()
        page.mouse.move(1200, 800, steps=5)
        page.mouse.up()
        assert covers(page)
        page.locator("[data-zoom=out]").click()
        page.locator("[data-zoom=whole]").click()
        assert scale(page) == 1
        page.locator(".viewer img").dblclick()
        assert scale(page) == pytest.approx(2.5)
        for _ in range(20):
            page.keyboard.press("+")
        assert scale(page) == 8
        page.keyboard.press("Escape")
        expect(page.locator(".viewer")).to_be_hidden()
        expect(page.locator(".shot--lead .opens")).to_be_focused()


def test_two_fingers_bring_it_closer(browser: Browser, site: Site, infographic: str) -> None:
    with opened(browser, site, infographic, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.locator(".shot--lead .opens").tap()
        holds(page, "() => document.querySelector('.viewer img').naturalWidth > 0")
        touch = page.context.new_cdp_session(page)
        for step in range(6):
            points = [{"x": 180 - 20 - 20 * step, "y": 300, "id": 0}, {"x": 180 + 20 + 20 * step, "y": 300, "id": 1}]
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert scale(page) > 3
        assert covers(page)


def test_an_infographic_is_told_in_words_and_can_be_kept(browser: Browser, site: Site, infographic: str) -> None:
    with visit(browser, site.base, site.base + infographic, viewport=PHONE, java_script_enabled=False) as made:
        page = made.page
        figure = page.locator(".shot--lead")
        expect(figure).to_have_attribute("aria-describedby", "said")
        words = page.locator("#said")
        words.locator("summary").click()
        assert len(words.inner_text()) > 300
        with page.expect_response("**/media/images/**") as answer:
            figure.locator(".opens").click()
        assert answer.value.status == 200
    with visit(browser, site.base, site.base + infographic, viewport=PHONE) as made:
        with made.page.expect_download() as kept:
            made.page.locator("p.closer a").click()
        assert kept.value.path().stat().st_size > 20_000
        made.page.locator(".shot--lead .opens").click()
        assert made.violations() == []
