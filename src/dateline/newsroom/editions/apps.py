from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_delete


class EditionsConfig(AppConfig):
    name = "dateline.newsroom.editions"
    label = "editions"

    def ready(self) -> None:
        from wagtail.signals import post_page_move

        from dateline.newsroom.editions.actions import (
            AnnouncingMixin,
            TreePageMixin,
            forget_row,
            forget_tree_page,
            settle_moved_page,
        )
        from dateline.newsroom.editions.page_indexes import make_page_indexes

        post_migrate.connect(make_page_indexes, sender=self, dispatch_uid="make_page_indexes")
        post_page_move.connect(settle_moved_page, dispatch_uid="settle_moved_page")
        for model in apps.get_models():
            if issubclass(model, TreePageMixin):
                pre_delete.connect(forget_tree_page, sender=model, dispatch_uid=f"forget {model.__name__}")
            elif issubclass(model, AnnouncingMixin):
                pre_delete.connect(forget_row, sender=model, dispatch_uid=f"forget {model.__name__}")
