from django.apps import AppConfig


class FrontsConfig(AppConfig):
    name = "dateline.newsroom.fronts"
    label = "fronts"
