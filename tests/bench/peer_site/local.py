"""Settings of the peer beyond `wagtail start`'s own; becomes its `settings/local.py`."""

import os

from .base import INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "for measuring on this machine alone, where nobody signs in to it"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["news", *INSTALLED_APPS]
# Names without digests: less work for each page than Wagtail's own choice, and nothing to collect.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if os.environ.get("PEER_CACHE"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CACHE_MIDDLEWARE_SECONDS = 600
    MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
