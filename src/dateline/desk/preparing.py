"""Films and recordings that are being prepared, or could not be, told on the overview."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from dateline.newsroom.clips.desk_views import said_of
from dateline.newsroom.clips.models import FAILED, WAITING, Clip

#: Clips that the overview names.
MOST = 10


class PreparingPanel(Component):
    """What waits and what failed, the newest first."""

    name = "preparing"
    order = 25
    template_name = "desk/preparing.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = Clip.objects.filter(state__in=(WAITING, FAILED)).order_by("-asked")[:MOST]
        return {
            "clips": [
                {
                    "title": clip.title,
                    "edit": reverse("wagtailsnippets_clips_clip:edit", args=[clip.pk]),
                    "said": said_of(clip),
                    "failed": clip.state == FAILED,
                }
                for clip in rows
            ]
        }
