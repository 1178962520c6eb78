"""Registration of clips at the desk."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.newsroom.clips import desk_views
from dateline.newsroom.clips.models import READY, Clip


class StatusPanel(Panel):
    """How far a clip's preparation is, and what was made."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clips/status.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            clip = self.instance
            context = super().get_context_data(parent_context)
            return context | {
                "clip": clip,
                "said": desk_views.said_of(clip),
                "status_url": reverse("dateline_clip_status", args=[clip.pk]),
                "again_url": reverse("dateline_clip_again", args=[clip.pk]),
                "play_url": reverse("dateline_clip_play", args=[clip.pk]) if clip.state == READY and clip.key else "",
            }


class StateColumn(Column):
    def get_value(self, instance: Clip) -> str:
        return desk_views.said_of(instance)


class ClipViewSet(SnippetViewSet):
    model = Clip
    icon = "media"
    menu_label = _("Video and audio")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ("title", "kind", StateColumn("state", label=_("State")), "uploaded")
    list_filter = ("kind", "state")
    ordering = ("-uploaded",)
    edit_handler = ObjectList([StatusPanel(heading=_("Preparation")), *Clip.panels])


register_snippet(ClipViewSet)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("clips/upload/", desk_views.upload, name="dateline_clip_upload"),
        path("clips/<int:pk>/status/", desk_views.status, name="dateline_clip_status"),
        path("clips/<int:pk>/again/", desk_views.again, name="dateline_clip_again"),
        path("clips/<int:pk>/play/", desk_views.play, name="dateline_clip_play"),
    ]
