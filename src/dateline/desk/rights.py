"""Pictures whose rights end or have ended, told on the overview."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from dateline.newsroom.pictures.models import Picture

#: How far back and ahead the overview looks, and how many pictures it names.
AROUND, MOST = timedelta(days=7), 10


class RightsPanel(Component):
    """The soonest first: those that are off the pages, then those that will be."""

    name = "rights"
    order = 30
    template_name = "desk/rights.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        rows = Picture.objects.filter(expires_at__gte=now - AROUND, expires_at__lte=now + AROUND)
        found = list(rows.order_by("expires_at").values_list("pk", "title", "expires_at")[:MOST])
        return {
            "pictures": [
                {
                    "title": title,
                    "edit": reverse("wagtailimages:edit", args=[pk]),
                    "ends": ends,
                    "over": ends is not None and ends <= now,
                }
                for pk, title, ends in found
            ]
        }
