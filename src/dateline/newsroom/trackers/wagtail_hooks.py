"""Registration of trackers at the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from dateline.newsroom.trackers.models import Tracker


class TrackerViewSet(SnippetViewSet):
    model = Tracker
    icon = "order"
    list_display = ("title", "edition", "kind", "due", "live", "closed")
    list_filter = ("edition", "kind", "live", "closed")
    list_per_page = 50
    panels = (
        FieldPanel("edition"),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("question"),
        FieldPanel("summary"),
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("target"), FieldPanel("unit")]),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("due")]),
                FieldPanel("is_aid"),
            ],
            pgettext_lazy("of a tracker", "Goal"),
        ),
        MultiFieldPanel([FieldPanel("proposal")], _("Proposal")),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("coverage"), FieldPanel("regions")], _("Where it belongs")),
        MultiFieldPanel([FieldPanel("live"), FieldPanel("closed")], _("State")),
        FieldPanel("why"),
    )


class TrackerGroup(SnippetViewSetGroup):
    menu_label = _("Trackers")
    menu_icon = "order"
    menu_order = 255
    items = (TrackerViewSet,)


register_snippet(TrackerGroup)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("dateline.tracker_due", _("Fallen due"), _("A promise fell due and was not kept"))
