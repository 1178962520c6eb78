"""Registration of channels at the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.newsroom.broadcast.models import Channel


class ChannelViewSet(SnippetViewSet):
    model = Channel
    icon = "media"
    menu_label = _("Channels")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ("title", "edition", "mode", "on_air")
    list_filter = ("edition",)
    panels = (
        FieldPanel("edition"),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("hls"),
        FieldPanel("more_hosts"),
        FieldPanel("poster"),
        FieldPanel("mode"),
    )


register_snippet(ChannelViewSet)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("dateline.schedule", _("Schedule"), _("Changed a channel’s schedule"))
