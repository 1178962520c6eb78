from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class StoriesConfig(AppConfig):
    name = "dateline.newsroom.stories"
    label = "stories"

    def ready(self) -> None:
        from wagtail.models import Revision

        from dateline.newsroom.clips.actions import when_ready
        from dateline.newsroom.clips.models import Clip
        from dateline.newsroom.stories.actions import draw_ahead, fit_clip, forget_story, lose_clip
        from dateline.newsroom.stories.checking.actions import try_ahead
        from dateline.newsroom.stories.models import Story

        pre_delete.connect(forget_story, sender=Story, dispatch_uid="forget Story")
        pre_delete.connect(lose_clip, sender=Clip, dispatch_uid="lose Clip")
        post_save.connect(draw_ahead, sender=Revision, dispatch_uid="draw charts")
        post_save.connect(try_ahead, sender=Revision, dispatch_uid="try links")
        when_ready(fit_clip)
