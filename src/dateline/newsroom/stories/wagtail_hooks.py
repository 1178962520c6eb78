"""Registration of the stories' terms at the desk."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from dateline.newsroom.stories import passages
from dateline.newsroom.stories.models import Coverage, Person, Series, Topic


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ("name", "role", "edition")
    list_filter = ("edition",)
    list_per_page = 50
    panels = (
        FieldPanel("edition"),
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("bio"),
        FieldPanel("photo"),
    )


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ("name", "stands_for", "edition")
    list_filter = ("edition", "stands_for")
    list_per_page = 50
    panels = (
        FieldPanel("edition"),
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("stands_for"),
        FieldPanel("about"),
        FieldPanel("picture"),
        FieldPanel("other_names"),
    )


class CoverageViewSet(SnippetViewSet):
    model = Coverage
    icon = "folder-open-1"
    list_display = ("title", "edition", "closed")
    list_filter = ("edition", "closed")
    panels = (
        FieldPanel("edition"),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        MultiFieldPanel([FieldPanel("in_five"), FieldPanel("in_five_draft")], _("In five")),
        FieldPanel("leading"),
        FieldPanel("key_dates"),
        MultiFieldPanel([FieldPanel("people"), FieldPanel("places")], _("People and places")),
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("closed")], _("Where it belongs")),
    )


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ol"
    list_display = ("title", "edition")
    list_filter = ("edition",)
    panels = (
        FieldPanel("edition"),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("section"),
    )


class TermGroup(SnippetViewSetGroup):
    menu_label = _("Newsroom")
    menu_icon = "tag"
    menu_order = 250
    items = (PersonViewSet, TopicViewSet, CoverageViewSet, SeriesViewSet)


register_snippet(TermGroup)


class Answered(LogFormatter):
    label = _("Answer a check")

    def format_message(self, log_entry: Any) -> str:
        return gettext("%(asked)s It stands, because: %(answer)s") % log_entry.data


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("dateline.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("dateline.merge", _("Merge"), _("Another topic was merged into it"))
    actions.register_action("dateline.check")(Answered)
    actions.register_action("dateline.late", _("Late"), _("Done later than it was scheduled for"))
    actions.register_action("dateline.link_translation", _("Link translation"), _("Linked with its translation"))
    actions.register_action("dateline.unlink_translation", _("Unlink translation"), _("Unlinked from translations"))


@hooks.register("register_rich_text_features")
def rich_text_features(features: Any) -> None:
    passages.register(features)
