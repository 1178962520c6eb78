"""Working at the desk in tests: somebody signed in, and the forms that a browser would send."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from dateline.desk.roles import make_roles


def editor(role: str, name: str = "") -> Client:
    """A browser in which somebody of this role is signed in. The chief is a superuser, as `createuser` makes them."""
    make_roles()
    user = get_user_model().objects.create_user(name or role, f"{name or role}@newsroom.test", "a long password")
    user.groups.set([Group.objects.get(name=role)])
    if role == "chief":
        user.is_superuser = True
        user.save()
    client = Client(HTTP_HOST="newsroom.test")
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
