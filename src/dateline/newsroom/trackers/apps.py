from django.apps import AppConfig


class TrackersConfig(AppConfig):
    name = "dateline.newsroom.trackers"
    label = "trackers"
