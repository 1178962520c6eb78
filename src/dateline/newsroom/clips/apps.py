from django.apps import AppConfig


class ClipsConfig(AppConfig):
    name = "dateline.newsroom.clips"
    label = "clips"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, pre_delete

        from dateline.newsroom.clips.actions import forget_clip, forget_files
        from dateline.newsroom.clips.models import Clip

        pre_delete.connect(forget_clip, sender=Clip, dispatch_uid="tell of Clip")
        post_delete.connect(forget_files, sender=Clip, dispatch_uid="delete files of Clip")
