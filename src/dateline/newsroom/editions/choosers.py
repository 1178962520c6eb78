"""What editors pick regions with."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from dateline.newsroom.editions.models import Region

region_chooser = ChooserViewSet(
    "region_chooser",
    model=Region,
    icon="globe",
    choose_one_text=_("Choose a region"),
    choose_another_text=_("Choose another region"),
    per_page=50,
)
