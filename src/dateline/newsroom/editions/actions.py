"""Writes of the tree: editions, sections, footer pages. What they change stands on every page of an edition."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext
from wagtail.models import Page

from dateline.newsroom.editions.addresses import Address
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


def _settle_address(page: Page) -> list[str]:
    old = Address.objects.filter(page_id=page.pk, current=True).first()
    if not page.live:
        return [old.path] if old else []
    path = path_of_tree_page(page)
    if old and old.path == path:
        return [path]
    known = Address.objects.filter(path=path).first()
    if known and known.page_id != page.pk:
        text = gettext("%(path)s is, or once was, the address of another page. Choose another slug.")
        raise AddressTaken(text % {"path": path})
    Address.objects.filter(page_id=page.pk, current=True).update(current=False)
    Address.objects.update_or_create(path=path, defaults={"page_id": page.pk, "current": True})
    return [path, *([old.path] if old else [])]


class TreePageMixin:
    """A page of the tree whose writes settle addresses and shell in their own transaction."""

    def publish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().publish(*args, **kwargs)  # type: ignore[misc]
            settle_tree_page(self)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().unpublish(*args, **kwargs)  # type: ignore[misc]
            settle_tree_page(self)

    def move(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().move(*args, **kwargs)  # type: ignore[misc]
            settle_tree_page(self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        page: Any = self
        with transaction.atomic():
            paths = list(Address.objects.filter(page_id=page.pk).values_list("path", flat=True))
            edition = _edition_slug(page)
            announce(
                [f"page:{page.pk}", f"group:{page.translation_key}"], print_now=paths, shells=_shells(page, edition)
            )
            return super().delete(*args, **kwargs)  # type: ignore[misc]


class AnnouncingMixin(models.Model):
    """A row that pages show: saving or deleting it announces it, in one transaction with the write."""

    class Meta:
        abstract = True

    def announcement(self) -> dict[str, Any]:
        """Arguments for `announce`."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            announce(**self.announcement())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            announce(**self.announcement())
            return super().delete(*args, **kwargs)
