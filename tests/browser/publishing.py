"""Publishing by clicking, as an editor does it."""

import re

from playwright.sync_api import Page, expect


def publish(desk: Page, headline: str) -> None:
    """Publish the story that is open at the desk, and wait until that is said.

    Wagtail asks now and then whether somebody else has saved; asked in the moment in which this window saves a draft by
    itself, the answer is that another window has. Then the editor says Publish once more.
    """
    actions = desk.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="More actions").click()
    actions.get_by_role("button", name="Publish", exact=True).click()
    said = desk.get_by_text(re.compile(rf"{re.escape(headline)}.* published"))
    again = desk.get_by_role("dialog", name="You saved a new version").get_by_role("button", name="Publish")
    expect(said.or_(again).first).to_be_visible()
    if again.is_visible():
        again.click()
    expect(said).to_be_visible()
