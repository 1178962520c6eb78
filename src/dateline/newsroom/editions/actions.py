"""Writes of the tree: editions, sections, footer pages. What they change stands on every page of an edition."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext
from wagtail.models import COMMENTS_RELATION_NAME, Page

from dateline.newsroom.editions.addresses import Address
from dateline.press.ledger import sheets_made_from
from dateline.press.outbox import announce


class AddressTaken(Exception):
    """The path is, or once was, another page's."""


def settle_tree_page(page: Page) -> None:
    """After an edition, a section or a footer page was published, moved or taken off: addresses and shell follow.

    Stories keep the addresses they were published under; only the section's own front moves, with a redirect.
    """
    page = Page.objects.get(pk=page.pk)
    changed = {f"page:{page.pk}", f"group:{page.translation_key}"}
    now: list[str] = []
    for each in [page, *_inner_pages(page)]:
        now += _settle_address(each)
        changed.add(f"page:{each.pk}")
    edition = _edition_slug(page)
    home = [f"/{edition}/"]
    announce(changed, print_now=[*home, *now], shells=_shells(page, edition))
    if page.depth == 2:
        _close_versions(page)


def _close_versions(edition: Page) -> None:
    """Where an edition's versions are no longer public, no part of the site hands one out."""
    from dateline.newsroom.editions.models import Edition

    pages = [f"versions:{edition.pk}"]
    open_ = Edition.objects.live().filter(pk=edition.pk, public_versions=True).exists()
    if not open_ and sheets_made_from(pages, weak=False):
        announce(pages, withdrawn=True)


def _shells(page: Page, edition: str) -> list[str]:
    """Language switch and hreflang of the other editions name this one and its translations: all shells move."""
    from dateline.newsroom.editions.models import Edition

    return sorted({edition, *Edition.objects.live().values_list("slug", flat=True)})


def _inner_pages(page: Page) -> list[Page]:
    """Sections below this one; an edition's children have been settled by themselves."""
    if page.depth <= 2:
        return []
    inner = page.get_descendants().filter(content_type__app_label="editions")
    return list(inner)


def _edition_slug(page: Page) -> str:
    return str(page.slug if page.depth == 2 else page.get_ancestors().get(depth=2).slug)


def path_of_tree_page(page: Page) -> str:
    """`/en/news/politics/` from the slugs of the tree below the root."""
    slugs = [*page.get_ancestors().filter(depth__gte=2).order_by("depth").values_list("slug", flat=True), page.slug]
    return "/" + "/".join(slugs) + "/"


def claim(parent: Page, slug: str, pk: int | None) -> None:
    """See whether the page `pk` (None: a new one) may stand below `parent` with this slug.

    Raises:
        AddressTaken: the path is, or once was, another page's; the message is for the editor.
    """
    _refuse_taken((path_of_tree_page(parent) if parent.depth > 1 else "/") + f"{slug}/", pk)


def _refuse_taken(path: str, pk: int | None) -> None:
    known = Address.objects.filter(path=path).first()
    if known and (known.page_id is None or known.page_id != pk):
        text = gettext("%(path)s is, or once was, the address of another page. Choose another slug.")
        raise AddressTaken(text % {"path": path})


def _settle_address(page: Page) -> list[str]:
    old = Address.objects.filter(page_id=page.pk, current=True).first()
    if not page.live:
        return [old.path] if old else []
    path = path_of_tree_page(page)
    if old and old.path == path:
        return [path]
    _refuse_taken(path, page.pk)
    Address.objects.filter(page_id=page.pk, current=True).update(current=False)
    Address.objects.update_or_create(path=path, defaults={"page_id": page.pk, "current": True})
    return [path, *([old.path] if old else [])]


#: Fields of a page that Wagtail writes by themselves and no reader sees. A new revision writes some of them.
BOOKKEEPING = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "alias_of",
        "alias_of_id",
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)


def concerns_readers(page: Page, update_fields: Iterable[str] | None) -> bool:
    """Whether a write of these fields (None: all) of a page may change what is public."""
    if update_fields is not None and BOOKKEEPING.issuperset(update_fields):
        return False
    return page.live or Address.objects.filter(page_id=page.pk).exists()


class TreePageMixin:
    """A page of the tree that settles addresses and shell in the transaction of its own row.

    The row's write is where every way of publishing and taking off meets: the desk calls Wagtail's actions, which
    never call the page's own `publish`, `unpublish`, `move` or `delete`. Moves and deletions are heard by signal.
    """

    def save(self, *args: Any, **kwargs: Any) -> None:
        page: Any = self
        with transaction.atomic():
            super().save(*args, **kwargs)  # type: ignore[misc]
            if concerns_readers(page, kwargs.get("update_fields")):
                settle_tree_page(page)


def settle_moved_page(instance: Page, **_signal: Any) -> None:
    """After a move in the tree."""
    page = instance.specific
    if isinstance(page, TreePageMixin):
        with transaction.atomic():
            settle_tree_page(page)


def forget_tree_page(instance: Page, **_signal: Any) -> None:
    """Before a page of the tree is deleted, in the transaction of that."""
    paths = list(Address.objects.filter(page_id=instance.pk).values_list("path", flat=True))
    announce(
        [f"page:{instance.pk}", f"group:{instance.translation_key}"],
        print_now=paths,
        shells=_shells(instance, _edition_slug(instance)),
    )


def forget_row(instance: "AnnouncingMixin", **_signal: Any) -> None:
    """Before a row that pages show is deleted, alone or with others, in the transaction of that."""
    announce(**instance.announcement())


class AnnouncingMixin(models.Model):
    """A row that pages show: saving it announces it, in one transaction. Its deletion is heard by signal."""

    class Meta:
        abstract = True

    def announcement(self) -> dict[str, Any]:
        """Arguments for `announce`."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            announce(**self.announcement())
