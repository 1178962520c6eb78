from django.apps import AppConfig
from django.db.models.signals import pre_delete


class StoriesConfig(AppConfig):
    name = "dateline.newsroom.stories"
    label = "stories"

    def ready(self) -> None:
        from dateline.newsroom.stories.actions import forget_story
        from dateline.newsroom.stories.models import Story

        pre_delete.connect(forget_story, sender=Story, dispatch_uid="forget Story")
