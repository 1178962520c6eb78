from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class FrontsConfig(AppConfig):
    name = "dateline.newsroom.fronts"
    label = "fronts"

    def ready(self) -> None:
        from dateline.newsroom.fronts.heard import (
            ask_for_coverage,
            follow_stories,
            forget_coverage,
            forget_from_morning,
        )
        from dateline.newsroom.stories.extensions import Addition, add
        from dateline.newsroom.stories.models import Coverage, Story

        add(Addition(complete=lambda _story, _edition, _path, view: view, settled=follow_stories))
        post_save.connect(ask_for_coverage, sender=Coverage, dispatch_uid="have Coverage read aloud")
        pre_delete.connect(forget_coverage, sender=Coverage, dispatch_uid="silence Coverage")
        pre_delete.connect(forget_from_morning, sender=Story, dispatch_uid="silence Story in its morning")
