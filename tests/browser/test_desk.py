"""An editor at the desk and a reader at home: what is published or withdrawn here is so there at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.publishing import answer, publish
from tests.browser.reader import DESKTOP, PHONE
from tests.browser.site import CHIEF, PASSWORD, Site
from tests.running import wait_until

HEADLINE = "Harbour master counts nine boats before breakfast"
TEXT = "Nine boats came in on the morning tide."
REASON = "The boats were counted twice."


@pytest.fixture
def editor(browser: Browser, site: Site) -> Iterator[Page]:
    """A chief who has just signed in."""
    window = browser.new_context(viewport=DESKTOP)
    page = window.new_page()
    page.goto(f"{site.base}/desk/")
    page.get_by_label("Username").fill(CHIEF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.base}/desk/")
    yield page
    window.close()


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody else, with the home page open."""
    window = browser.new_context(viewport=PHONE)
    page = window.new_page()
    page.goto(f"{site.base}/en/")
    yield page
    window.close()


def test_a_story_is_written_published_and_withdrawn_by_clicking(editor: Page, reader: Page, site: Site) -> None:
    on_front = reader.get_by_role("link", name=HEADLINE)
    expect(on_front).to_have_count(0)

    write(editor, site)
    publish(editor, HEADLINE)
    reader.reload()
    expect(on_front.first).to_be_visible()
    on_front.first.click()
    expect(reader.get_by_role("heading", level=1, name=HEADLINE)).to_be_visible()
    expect(reader.locator("article.story")).to_contain_text(TEXT)

    withdraw(editor)
    gone = reader.reload()
    assert gone is not None
    assert gone.status == 410
    expect(reader.locator("main")).to_contain_text(REASON)
    expect(reader.locator("main")).not_to_contain_text(TEXT)
    reader.goto(f"{site.base}/en/")
    expect(on_front).to_have_count(0)


def write(editor: Page, site: Site, headline: str = HEADLINE) -> None:
    """From the list of pages to a story in the section Politics, ready to publish."""
    editor.goto(f"{site.base}/desk/pages/")
    for place in ("Dateline", "News"):
        editor.get_by_role("link", name=re.compile(rf"Explore child pages of '{place}'")).click()
    editor.get_by_role("row").filter(has_text="Politics").get_by_role("link", name="Write a story here").click()
    editor.get_by_role("textbox", name=re.compile("^Headline")).fill(headline)
    editor.get_by_role("textbox", name="Standfirst").fill("All of them were back by noon.")
    editor.locator("#body-root").get_by_role("button", name="Insert a block").click()
    editor.get_by_role("option", name="Text").click()
    words = editor.get_by_role("region", name="Text").locator("[contenteditable=true]")
    words.click()
    expect(words).to_be_focused()
    editor.keyboard.insert_text(TEXT)
    expect(words).to_contain_text(TEXT)


def withdraw(editor: Page) -> None:
    """With the button in the list where publishing leaves the editor."""
    row = editor.get_by_role("row").filter(has_text=HEADLINE)
    row.get_by_role("link", name="Withdraw…").click()
    editor.get_by_label("Reason, as readers will see it").fill(REASON)
    editor.get_by_role("button", name="Withdraw now").click()
    expect(editor.get_by_text("is withdrawn everywhere")).to_be_visible()


def test_what_is_published_while_a_draft_is_being_saved_is_one_story(editor: Page, site: Site) -> None:
    headline = "A tenth boat comes in at night"
    saved: list[Route] = []
    posted: list[str] = []

    def late(route: Route) -> None:
        """The first draft is long on its way to the desk."""
        asked = route.request
        if asked.method == "POST" and asked.headers.get("accept") == "application/json" and not saved:
            saved.append(route)
            return
        if asked.method == "POST" and asked.is_navigation_request():
            posted.append(asked.url)
        route.continue_()

    editor.route(re.compile(r"/desk/pages/(add/|\d+/edit/)"), late)
    write(editor, site, headline)
    editor.evaluate(
        """() => document.querySelector('form[data-edit-form]').dispatchEvent(
          new CustomEvent('w-unsaved:add', { bubbles: true, cancelable: true, detail: { type: 'edits' } }))"""
    )
    wait_until(lambda: editor.title() and saved, what="a draft is on its way")
    actions = editor.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Publish", exact=True).click()
    assert posted == []
    saved[0].continue_()
    expect(editor.get_by_role("heading", name="Before it goes out")).to_be_visible()
    answer(editor)
    expect(editor.get_by_text(re.compile(rf"{headline}.* published"))).to_be_visible()
    assert [re.sub(r"\d+", "N", url.removeprefix(site.base)) for url in posted] == ["/desk/pages/N/edit/"]


def test_what_is_typed_last_is_saved_with_the_rest(editor: Page, site: Site) -> None:
    write(editor, site)
    with editor.expect_navigation():
        editor.evaluate(
            """text => {
              document.execCommand('insertText', false, text);
              setTimeout(() => document.querySelector('form[data-edit-form]').requestSubmit());
            }""",
            " And a tenth.",
        )
    expect(editor.get_by_role("region", name="Text").locator("[contenteditable=true]")).to_contain_text("a tenth.")


def test_topics_are_offered_found_and_made_while_a_story_is_written(editor: Page, site: Site) -> None:
    """By keys alone, and from the names in the text."""
    known = "Fish market of Old Maren"
    editor.goto(f"{site.base}/desk/snippets/stories/topic/add/")
    editor.get_by_role("combobox", name=re.compile("^Edition")).select_option(label="Dateline · English")
    editor.locator("#id_name").fill(known)
    editor.locator("#id_slug").fill("fish-market")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("created", exact=False).first).to_be_visible()

    write(editor, site, headline="Rain over the fish market of old Maren")
    offer = editor.get_by_role("button", name=f"Add {known}")
    expect(offer).to_be_visible()
    offer.click()
    chip = editor.get_by_role("button", name=f"Remove {known}")
    expect(chip).to_be_visible()
    expect(offer).to_have_count(0)
    field = editor.get_by_role("combobox", name="Find a topic by its first letters")
    expect(field).to_be_focused()
    chip.focus()
    editor.keyboard.press("Enter")
    expect(chip).to_have_count(0)

    field.fill("old mar")
    expect(editor.get_by_role("option", name=known)).to_have_attribute("aria-selected", "true")
    editor.keyboard.press("Enter")
    expect(chip).to_be_visible()
    field.fill("Nets and lines")
    expect(editor.get_by_role("option", name="Make the topic “Nets and lines”")).to_be_visible()
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("button", name="Remove Nets and lines")).to_be_visible()

    headline = "Rain over the fish market"
    editor.get_by_role("textbox", name=re.compile("^Headline")).fill(headline)
    publish(editor, headline)
    editor.goto(f"{site.base}/en/topic/fish-market/")
    expect(editor.get_by_role("link", name=headline).first).to_be_visible()
    editor.goto(f"{site.base}/en/topic/nets-and-lines/")
    expect(editor.get_by_role("link", name=headline).first).to_be_visible()
