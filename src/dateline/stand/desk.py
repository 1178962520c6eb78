"""How the desk is reached, for requests to print and for editors alike."""

import httpx

from dateline.stand.config import StandConfig


def desk_transport(config: StandConfig, connections: int) -> httpx.AsyncHTTPTransport:
    """A pool of at most `connections` to the desk.

    The bare transport is used, not a client: a client keeps cookies, follows redirects and obeys proxy variables.
    """
    socket = config.desk_url.removeprefix("unix:") if config.desk_url.startswith("unix:") else None
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=4.0)
    return httpx.AsyncHTTPTransport(uds=socket, limits=limits, trust_env=False)


def desk_url(config: StandConfig, target: str) -> httpx.URL:
    """The desk's URL of `target`: a percent-encoded path, with its query if it has one."""
    base = httpx.URL("http://desk" if config.desk_url.startswith("unix:") else config.desk_url)
    return base.copy_with(raw_path=target.encode("ascii"))


def header_text(value: bytes) -> str:
    """A header's value as text; bytes that are not UTF-8 are taken for Latin-1, as HTTP once had it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
