"""The theme as a Django app: its templates, tags and static files are found by name."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "dateline.theme"
    label = "theme"
    verbose_name = "Theme"
