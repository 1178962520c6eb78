"""Trying addresses elsewhere: does something answer? Nothing of it is kept but yes or no.

The addresses come from texts, so whoever writes one could point this machine at its own network. Only `http` and
`https` on their usual ports are tried, a name is looked up once, all it leads to must be of the public net, and the
connection goes to the very address that was looked at; every redirection is looked at the same way.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

#: Seconds for each step and for an address as a whole, and how often one may lead to another.
STEP, WHOLE, REDIRECTIONS = 4.0, 10.0, 4

_GONE = frozenset({404, 410})
_NO_HEAD = frozenset({400, 403, 404, 405, 406, 410, 501})

#: Host and port to the one address that may be connected to, "" for none.
Guard = Callable[[str, int], str]


class NoSuchHost(Exception):
    """The name is not known to the net."""


def public_address(host: str, port: int) -> str:
    """An address of a host, if all that it has are of the public net.

    Raises:
        NoSuchHost: the name leads nowhere.
        OSError: it could not be looked up.
    """
    if port not in (80, 443):
        return ""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise NoSuchHost(host) from error
        raise
    except UnicodeError:
        return ""
    found = [str(row[4][0]) for row in rows]
    return found[0] if found and all(_is_public(one) for one in found) else ""


def _is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def leads_somewhere(url: str, guard: Guard = public_address) -> bool | None:
    """Whether an address answers. None when that is not known: it may not be tried, or does not say.

    Raises:
        NoSuchHost: its host's name leads nowhere.
    """
    until = time.monotonic() + WHOLE
    for _ in range(REDIRECTIONS + 1):
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not port:
            return None
        try:
            address = guard(parts.hostname, port)
            if not address:
                return None
            status, further = _ask("HEAD", parts, port, address, until)
            if status in _NO_HEAD:  # many answer HEAD wrongly
                status, further = _ask("GET", parts, port, address, until)
        except (OSError, http.client.HTTPException, ValueError):
            return None
        if status in (301, 302, 303, 307, 308) and further:
            url = urljoin(url, further)
            continue
        if status in _GONE:
            return False
        return True if status < 400 else None
    return None


def _ask(method: str, parts: SplitResult, port: int, address: str, until: float) -> tuple[int, str]:
    """Status, and where it leads on. Of the answer the head alone is read."""
    left = min(STEP, until - time.monotonic())
    if left <= 0:
        raise TimeoutError
    sock = socket.create_connection((address, port), timeout=left)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname or "", port, timeout=left)
        connection.sock = sock
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        target = quote(target, safe="/%:@!$&'()*+,;=~-._?[]")
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in (("User-Agent", "Dateline (trying links)"), ("Accept", "*/*"), ("Connection", "close")):
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        sock.close()
