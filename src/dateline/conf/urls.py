"""The desk's addresses. Public ones are in `public_urls`; the press alone asks for them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [path("desk/", include(wagtailadmin_urls))]
