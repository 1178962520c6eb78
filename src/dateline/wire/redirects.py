"""Old addresses that stories bring along: where they stood before they came here."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, get_resolver

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.stories.views import story
from dateline.press.ingredients import recording
from dateline.press.outbox import announce
from dateline.press.rendering import render
from dateline.store import BadPath, file_for

CHUNK = 500

#: Endings that the stand asks the desk for. Sheets of others are printed at once, since nobody would ask for them.
_ASKED_FOR = (".html", ".xml", ".json", ".txt", "/")


class RedirectError(ValueError):
    """An old address that this site can never answer; the message says why."""


@dataclass(frozen=True, slots=True)
class OldAddress:
    """`value` as an item has it, of the story `page_id`, from this line of this file."""

    value: str
    page_id: int
    file: str
    line: int


def old_path(value: str) -> str:
    """The decoded path that the stand will see when somebody follows the old address.

    Raises:
        RedirectError: it has a query, or is no path that a page can have.
    """
    parts = urlsplit(value)
    if parts.query:
        raise RedirectError("has a query (what follows the question mark), and pages are found by their path alone")
    path = unicodedata.normalize("NFC", unquote(parts.path or "/", errors="replace"))
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    if not path.endswith("/") and "." not in path.rsplit("/", 1)[1]:
        path += "/"  # the stand adds it
    if path.startswith(tuple(settings.PRESS_LEAVES_ALONE)):
        raise RedirectError(f"begins with {path.split('/')[1]!r}, which is not the site's to print")
    if "%" in path or "\ufffd" in path:
        raise RedirectError("is encoded in a way that no browser sends")
    try:
        file_for(path)
    except BadPath as error:
        raise RedirectError(f"cannot be a page's address: {error}") from error
    return path


def take_old_addresses(wanted: Sequence[OldAddress], say: Callable[[OldAddress, str], None]) -> None:
    """Let old addresses lead to their stories. One that is another page's stays that page's, which is said.

    Call it when all stories are in: an address that one of them has now is not free.
    """
    for start in range(0, len(wanted), CHUNK):
        with transaction.atomic():
            _take(wanted[start : start + CHUNK], say)


def _take(wanted: Sequence[OldAddress], say: Callable[[OldAddress, str], None]) -> None:
    paths: dict[OldAddress, str] = {}
    for old in wanted:
        try:
            paths[old] = old_path(old.value)
        except RedirectError as error:
            say(old, str(error))
    known = {row.path: row for row in Address.objects.filter(path__in=paths.values()).select_related("page")}
    made: dict[str, Address] = {}
    for old, path in paths.items():
        row = known.get(path) or made.get(path)
        if row is not None and row.page_id == old.page_id:
            continue
        if row is not None:
            say(old, _whose(row))
        elif _is_a_page(path):
            say(old, "is a page of this site, which keeps it; remove the redirect, or give that page another slug")
        else:
            made[path] = Address(path=path, page_id=old.page_id, current=False)
    Address.objects.bulk_create(made.values())
    if made:
        # Nothing is made of it: it tells the stands to forget that there was nothing at these addresses.
        announce(["addresses"], print_now=[path for path in made if not path.endswith(_ASKED_FOR)])


def _whose(row: Address) -> str:
    if row.page is None:
        return "was the address of a page that is deleted, and is not given to another; remove the redirect"
    state = "is" if row.current else "was once"
    return f"{state} the address of “{row.page.title}”, which keeps it; remove the redirect from one of the two"


def _is_a_page(path: str) -> bool:
    """Whether something that has no row among the addresses is printed there: a home, a feed, a topic's front."""
    try:
        if get_resolver(settings.PRESS_URLCONF).resolve(path).func is story:
            return False  # a story's address has its row
    except Resolver404:
        return False
    with recording():
        return render(path).status_code < 400
