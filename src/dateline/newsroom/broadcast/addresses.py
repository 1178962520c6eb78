"""Addresses of streams: what may stand in a page for readers to play."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Names that mean something inside a network alone.
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "home")


def check_stream(url: str) -> None:
    """See whether readers can be sent to a stream: `https`, and a host of the public net.

    Nothing of the address is fetched here. With the option `private_streams` a network of one's own is allowed, and
    plain `http` in it.

    Raises:
        ValidationError: it is not such an address; the message says why.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValidationError(_("This is not an address.")) from None
    allowed = ("https", "http") if settings.OPTIONS["private_streams"] else ("https",)
    if parts.scheme not in allowed:
        raise ValidationError(_("A stream’s address begins with https://"))
    if parts.username or parts.password:
        raise ValidationError(_("Leave names and passwords out: every reader could see them."))
    if not parts.hostname or port == 0 or any(c.isspace() or ord(c) < 32 or c in "\\'\";," for c in url):
        raise ValidationError(_("This is not an address."))
    if not settings.OPTIONS["private_streams"] and _is_private(parts.hostname):
        raise ValidationError(
            _("%(host)s is not on the public net: readers cannot reach it.") % {"host": parts.hostname}
        )


def check_host(host: str) -> None:
    """See whether a name such as `cdn.example` or `*.cdn.example` can be one that segments come from.

    Raises:
        ValidationError: it cannot.
    """
    name = host.removeprefix("*.")
    labels = name.split(".")
    if not all(label and label.replace("-", "").isalnum() and label.isascii() for label in labels) or len(name) > 250:
        raise ValidationError(_("%(host)s is not a host’s name, such as cdn.example") % {"host": host})
    if _is_private(name):
        raise ValidationError(_("%(host)s is not on the public net: readers cannot reach it.") % {"host": host})


def _is_private(host: str) -> bool:
    name = host.rstrip(".").lower()
    try:
        return not ipaddress.ip_address(name.strip("[]").split("%")[0]).is_global
    except ValueError:
        pass
    if name.replace(".", "").replace("x", "").isalnum() and name.split(".")[-1][:1].isdigit():
        return True  # 127.1, 0x7f.1 and 2130706433: browsers read them as addresses
    return "." not in name or any(name == inside or name.endswith(f".{inside}") for inside in _INSIDE)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as a content security policy names it; "" for none."""
    parts: SplitResult = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
