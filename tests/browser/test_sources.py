"""A passage is marked at the desk, what is asked is answered, and a reader follows the mark to its source and back."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.publishing import WHY, answer
from tests.browser.reader import PHONE, Visit, visit
from tests.browser.site import Site
from tests.browser.test_desk import TEXT, editor, write

__all__ = ["editor"]

HEADLINE = "Harbour master writes down eleven boats"
SOURCE = "Log of the harbour master"


def add_source(desk: Page, name: str) -> None:
    desk.locator("#sources-root").get_by_role("button", name="Insert a block").click()
    desk.locator("[name='sources-0-value-name']").fill(name)


def select_all(desk: Page) -> None:
    words = desk.get_by_role("region", name="Text").locator("[contenteditable=true]").first
    words.click()
    desk.keyboard.press("Control+a")


def mark(desk: Page) -> None:
    """By keys alone, once the passage is selected."""
    desk.keyboard.press("Control+Alt+f")
    dialog = desk.get_by_role("dialog", name="What does this passage rest on?")
    box = dialog.get_by_role("checkbox", name=re.compile(SOURCE))
    expect(box).to_be_focused()
    desk.keyboard.press("Space")
    expect(box).to_be_checked()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_from_the_editors_mark_to_the_readers_note(editor: Page, browser: Browser, site: Site) -> None:
    write(editor, site, HEADLINE)
    select_all(editor)
    editor.get_by_role("region", name="Text").get_by_role("button", name="Source", exact=True).click()
    dialog = editor.get_by_role("dialog", name="What does this passage rest on?")
    expect(dialog).to_contain_text("List the sources first")
    editor.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    add_source(editor, SOURCE)
    select_all(editor)
    mark(editor)
    expect(editor.locator(".passage")).to_have_text(TEXT)
    expect(editor.locator(".passage")).to_have_attribute("data-places", "1")

    actions = editor.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Publish", exact=True).click()
    asked = editor.get_by_role("heading", name="Before it goes out")
    expect(asked).to_be_visible()
    expect(editor.get_by_role("heading", name="The headline has a number that the text does not have.")).to_be_visible()
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.get_by_role("alert").filter(has_text="Say of each why it stands, or mend it.")).to_be_visible()
    answer(editor)
    expect(editor.get_by_text(re.compile(rf"{HEADLINE}.* published"))).to_be_visible()
    row = editor.get_by_role("row").filter(has_text=HEADLINE)
    row.get_by_role("link", name=re.compile(HEADLINE)).first.click()
    expect(editor.locator(".passage")).to_have_text(TEXT)
    editor.get_by_role("tab", name="Settings").click()
    expect(editor.get_by_text(WHY)).to_be_visible()

    with visit(browser, site.base, f"{site.base}/en/", viewport=PHONE, java_script_enabled=False) as made:
        reader = made.page
        reader.get_by_role("link", name=HEADLINE).first.click()
        expect(reader.locator("article.story")).to_contain_text("One document")
        note = reader.locator("[role=doc-noteref]").and_(reader.get_by_label("Source 1"))
        note.focus()
        reader.keyboard.press("Enter")
        source = reader.locator("#source-1")
        expect(source).to_be_in_viewport()
        expect(source).to_contain_text(SOURCE)
        back = source.locator("[role=doc-backlink]").and_(source.get_by_label("Back to passage 1"))
        back.focus()
        reader.keyboard.press("Enter")
        expect(note).to_be_in_viewport()


#: The demo's story about a centre with few people, by edition; each of its figures has its source.
DEMO = {
    "en": "sarran-flood-centre-opens",
    "ar": "مركز-فيضانات-السران-يفتح-أبوابه",
    "es": "centro-de-inundaciones-abre-con-escritorios-vacios",
}


@pytest.fixture(params=DEMO)
def demo_story(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    path = site.story_paths[DEMO[request.param], request.param]
    with visit(browser, site.base, site.base + quote(path), viewport=PHONE) as made:
        yield made


def test_the_demo_says_how_it_knows(demo_story: Visit) -> None:
    assert demo_story.faults == []
    assert demo_story.violations() == []
    assert demo_story.sticking_out() == []
    page = demo_story.page
    notes = page.locator("[role=doc-noteref]").all()
    assert len(notes) >= 4
    for note in notes:
        target = note.get_attribute("href") or ""
        expect(page.locator(f"li{target}")).to_have_count(1)
        # As large as a finger, or far enough from the next.
        box = note.bounding_box()
        assert box is not None
        assert box["height"] >= 20
    for back in page.locator("[role=doc-backlink]").all():
        expect(page.locator(back.get_attribute("href") or "")).to_have_count(1)
    numbers = [note.inner_text() for note in notes]
    digits = "٠١٢٣٤٥٦٧٨٩" if page.locator("html").get_attribute("class") == "digits-arab" else "0123456789"
    assert all(sign in digits for number in numbers for sign in number)
