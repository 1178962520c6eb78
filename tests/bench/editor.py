"""An editor at a desk, over HTTP: signs in, opens lists, writes and publishes through the desk's own forms."""

import json
import time
from typing import Any
from uuid import uuid4

import httpx
from lxml import html

from tests.bench.newsrooms import PASSWORD, USER

_PARAGRAPH = "The committee met for the second time this week, and left with a list of things to count."


class Editor:
    """Signed in at the desk on `port`."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120, follow_redirects=False)
        form = _form(self._client.get("/desk/login/").text, "login-form")
        form |= {"username": USER, "password": PASSWORD}
        answer = self._client.post("/desk/login/", data=form)
        if answer.status_code != 302:
            raise RuntimeError(f"The desk did not let {USER} in: {answer.status_code}")

    def close(self) -> None:
        self._client.close()

    def open(self, path: str, **headers: str) -> float:
        """Seconds that a page of the desk takes; raises RuntimeError unless it answers 200."""
        start = time.perf_counter()
        answer = self._client.get(path, headers=headers)
        taken = time.perf_counter() - start
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return taken

    def publish_new(self, shelf: int, section: int, title: str) -> tuple[float, float]:
        """Write a story on a shelf and publish it: seconds to open the form, and from the click to the answer."""
        path = f"/desk/pages/add/stories/story/{shelf}/"
        opened = time.perf_counter()
        form = self._page_form(path)
        opened = time.perf_counter() - opened
        form |= {"title": title, "slug": f"by-hand-{uuid4().hex[:12]}", "section": str(section)}
        form |= {"standfirst": "Written by hand."}
        return opened, self._publish(path, form | _text(_PARAGRAPH))

    def publish_edit(self, story: int, title: str) -> tuple[float, float]:
        """Give a story another headline and publish that; the same two times."""
        path = f"/desk/pages/{story}/edit/"
        opened = time.perf_counter()
        form = self._page_form(path)
        opened = time.perf_counter() - opened
        return opened, self._publish(path, form | {"title": title} | _text(_PARAGRAPH))

    def _page_form(self, path: str) -> dict[str, Any]:
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return _form(answer.text, "page-edit-form")

    def _publish(self, path: str, form: dict[str, Any]) -> float:
        start = time.perf_counter()
        answer = self._client.post(path, data=form | {"action-publish": "action-publish"})
        taken = time.perf_counter() - start
        if answer.status_code != 302:
            said = [e.text_content().strip() for e in html.fromstring(answer.text).cssselect(".error-message")]
            raise RuntimeError(f"{path} answered {answer.status_code} instead of publishing: {said}")
        asked = answer.headers["Location"]
        if not asked.endswith("/checks/"):
            return taken
        # What is asked first is answered; what that click takes is added, the reading is not.
        form = {name: value or "Measured." for name, value in _asked(self._client.get(asked).text).items()}
        start = time.perf_counter()
        answer = self._client.post(asked, data=form)
        taken += time.perf_counter() - start
        if answer.status_code != 302:
            raise RuntimeError(f"{asked} answered {answer.status_code} instead of publishing")
        return taken


def _asked(page: str) -> dict[str, Any]:
    """The form of the page that asks, its answers empty."""
    for form in html.fromstring(page).forms:
        if "revision" in form.fields:
            return dict(form.form_values())
    raise RuntimeError("The page asks nothing")


def _form(page: str, name: str) -> dict[str, Any]:
    """What a browser would send of a form, by its id or class."""
    for form in html.fromstring(page).forms:
        if name in {form.get("id"), *(form.get("class") or "").split()}:
            fields: dict[str, Any] = {}
            for field, value in form.form_values():
                fields.setdefault(field, []).append(value)
            return fields
    raise RuntimeError(f"The page has no form {name!r}")


def _text(paragraph: str) -> dict[str, str]:
    """A body of one block of text, as the desk's script would send it."""
    block = {
        "key": "first",
        "text": paragraph,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps({"blocks": [block], "entityMap": {}}),
    }
