"""Registration of curated fronts at the desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.newsroom.fronts.models import Front


class FrontViewSet(SnippetViewSet):
    model = Front
    icon = "view"
    menu_label = _("Fronts")
    menu_order = 240
    add_to_admin_menu = True


register_snippet(FrontViewSet)
