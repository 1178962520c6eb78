"""Working at the desk in tests: somebody signed in, and the forms that a browser would send."""

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from lxml import html as markup
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from dateline.desk.roles import make_roles

#: Where an editor is asked what the checks found.
ASKED = re.compile(r"/desk/stories/\d+/checks/")
WHY = "It was looked at by two people."


class Editor(Client):
    """A browser of somebody who answers what is asked before a story goes out, unless `answers` is false."""

    answers = True

    def post(self, path: Any, *args: Any, **kwargs: Any) -> Any:
        done = super().post(path, *args, **kwargs)
        where = done.headers.get("Location", "")
        if self.answers and ASKED.fullmatch(where):
            return super().post(where, answers(self.get(where)))
        return done


def answers(page: Any, why: str = WHY) -> dict[str, str]:
    """What a browser sends of the page that asks, with one answer to everything."""
    (form,) = [form for form in markup.document_fromstring(page.content).forms if "revision" in form.fields]
    return {name: why if name.startswith("answer-") else value for name, value in form.form_values()}


def editor(role: str, name: str = "") -> Editor:
    """A browser in which somebody of this role is signed in. The chief is a superuser, as `createuser` makes them."""
    make_roles()
    user = get_user_model().objects.create_user(name or role, f"{name or role}@newsroom.test", "a long password")
    user.groups.set([Group.objects.get(name=role)])
    if role == "chief":
        user.is_superuser = True
        user.save()
    client = Editor(HTTP_HOST="newsroom.test")
    client.force_login(user)
    return client


def story_form(title: str = "A story", **values: Any) -> dict[str, Any]:
    """What the story's form sends, for `post`."""
    fields: dict[str, Any] = {
        "title": title,
        "slug": "a-story",
        "kicker": "",
        "short_headline": "",
        "standfirst": "What it says.",
        "bylines": inline_formset([]),
        "corrections": inline_formset([]),
        "lead_picture": "",
        "lead_caption": "",
        "body": streamfield([("text", rich_text("<p>Some words.</p>"))]),
        "sources": streamfield([]),
        "form": "news",
        "section": "",  # empty: where it is written
        "source": "",
        "place": "",
        "urgency": "5",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "published": "",
        "embargo": "",
        "comments": inline_formset([]),
    }
    return dict(nested_form_data(fields | values))
