from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "dateline.newsroom.stories"
    label = "stories"
