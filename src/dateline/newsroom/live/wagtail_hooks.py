"""What the desk's logs call the things that are done with alerts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("dateline.alert", _("Breaking alert"), _("Posted, changed or withdrew a breaking alert"))
