"""Registration of what editions need at the desk."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from dateline.newsroom.editions.actions import AddressTaken, TreePageMixin, claim
from dateline.newsroom.editions.choosers import region_chooser
from dateline.newsroom.editions.models import with_addresses


@hooks.register("register_admin_viewset")
def region_choosers() -> Any:
    return region_chooser


@hooks.register("before_move_page")
def addresses_are_free(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """A section that would take another page's address stays where it is, and the editor reads why."""
    if request.method != "POST" or not isinstance(page.specific, TreePageMixin):
        return None
    try:
        claim(destination, page.slug, page.pk)
    except AddressTaken as taken:
        messages.error(request, str(taken))
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


@hooks.register("construct_explorer_page_queryset")
def explorer_with_addresses(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return with_addresses(pages)


@hooks.register("construct_page_chooser_queryset")
def chooser_with_addresses(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return with_addresses(pages)
