from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "dateline.newsroom.editions"
    label = "editions"
