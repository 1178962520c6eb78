"""Which pages of different editions are translations of each other: those that share one translation key."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Locale, Page

from dateline.newsroom.editions.actions import settle_tree_page


class TranslationError(Exception):
    """Two pages that cannot be translations of each other; the message is for the editor."""


def join_groups(page: Page, other: Page) -> set[UUID]:
    """Make two pages, and whatever is a translation of either, translations of each other.

    Returns the keys that pages had before and have now. It announces nothing: that is for whoever knows what stands on
    the pages.

    Raises:
        TranslationError: they are one page, differ in kind, or an edition would have two of the group.
    """
    if page.specific_class is not other.specific_class:
        raise TranslationError(gettext("A translation is a page of the same kind: a story of a story."))
    if page.pk == other.pk:
        raise TranslationError(gettext("A page is not a translation of itself."))
    if page.translation_key == other.translation_key:
        return set()
    with transaction.atomic():
        both = Page.objects.select_for_update(of=("self",)).filter(
            translation_key__in=[page.translation_key, other.translation_key]
        )
        taken: dict[int, Page] = {}
        for one in both.order_by("pk"):
            if one.locale_id in taken:
                text = gettext("“%(one)s” and “%(two)s” are in the same language. Unlink one of them first.")
                raise TranslationError(text % {"one": taken[one.locale_id].title, "two": one.title})
            taken[one.locale_id] = one
        keys = {page.translation_key, other.translation_key}
        Page.objects.filter(translation_key=page.translation_key).update(translation_key=other.translation_key)
    page.translation_key = other.translation_key
    return keys


def leave_group(page: Page) -> set[UUID]:
    """Make a page stand alone; returns the keys it had and has, or nothing when it stood alone already."""
    if not page.get_translations().exists():
        return set()
    before = page.translation_key
    page.translation_key = uuid4()
    Page.objects.filter(pk=page.pk).update(translation_key=page.translation_key)
    return {before, page.translation_key}


def link_tree_pages(page: Page, other: Page) -> None:
    """Join two sections or two footer pages.

    Raises:
        TranslationError: see `join_groups`.
    """
    with transaction.atomic():
        if join_groups(page, other):
            _settle_group(page.translation_key)


def unlink_tree_page(page: Page) -> None:
    """Take a section or a footer page out of its group."""
    with transaction.atomic():
        before = page.translation_key
        if leave_group(page):
            _settle_group(before)
            settle_tree_page(page)


def _settle_group(key: UUID) -> None:
    for one in Page.objects.filter(translation_key=key):
        settle_tree_page(one)


def sister_in(page: Page, locale: Locale) -> Page | None:
    """The page's translation in a language."""
    return Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
