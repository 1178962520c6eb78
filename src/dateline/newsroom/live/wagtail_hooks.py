"""What the desk's logs call what is done with alerts and live coverage."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("dateline.alert", _("Breaking alert"), _("Posted, changed or withdrew a breaking alert"))
    actions.register_action("dateline.update", _("Live coverage"), _("Opened, closed or arranged live coverage"))
