"""Registration at the desk: reading aloud, edition by edition."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.newsroom.listen.models import Narrator


class NarratorViewSet(SnippetViewSet):
    model = Narrator
    icon = "openquote"
    menu_label = _("Reading aloud")
    add_to_settings_menu = True
    menu_order = 400
    list_display = ["edition", "speaks", "voice"]
    inspect_view_enabled = False


register_snippet(NarratorViewSet)
