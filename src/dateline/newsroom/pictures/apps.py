from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "dateline.newsroom.pictures"
    label = "pictures"
