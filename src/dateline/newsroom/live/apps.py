from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "dateline.newsroom.live"
    label = "live"
