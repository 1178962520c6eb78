"""Publishing by clicking, as an editor does it."""

import re

from playwright.sync_api import Page, expect

WHY = "It was looked at by two people."


def publish(desk: Page, headline: str) -> None:
    """Publish the story that is open at the desk, answer what is asked first, and wait until it is said to be public.

    Wagtail asks now and then whether somebody else has saved; asked in the moment in which this window saves a draft by
    itself, the answer is that another window has. Then the editor says Publish once more.
    """
    actions = desk.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Publish", exact=True).click()
    said = desk.get_by_text(re.compile(rf"{re.escape(headline)}.* published"))
    again = desk.get_by_role("dialog", name="You saved a new version").get_by_role("button", name="Publish")
    asked = desk.get_by_role("heading", name="Before it goes out")
    expect(said.or_(again).or_(asked).first).to_be_visible()
    if again.is_visible():
        again.click()
        expect(said.or_(asked).first).to_be_visible()
    if asked.is_visible():
        answer(desk)
    expect(said).to_be_visible()


def answer(desk: Page) -> None:
    """Say of everything that is asked why it stands, and let the story go out.

    A draft that a busy desk was still saving by itself when it was to be published has changed meanwhile; the editor is
    told so, and says it once more.
    """
    for field in desk.get_by_label("It stands, because…").all():
        field.fill(WHY)
    go = desk.get_by_role("button", name=re.compile("^(Publish|Schedule|Approve) now$"))
    go.click()
    changed = desk.get_by_text("The draft was changed meanwhile.")
    done = desk.get_by_text(re.compile(r"has been (published|scheduled|approved)"))
    expect(changed.or_(done).first).to_be_visible()
    if changed.is_visible():
        go.click()
