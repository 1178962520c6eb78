from django.apps import AppConfig
from django.db.models.signals import pre_delete


class TrackersConfig(AppConfig):
    name = "dateline.newsroom.trackers"
    label = "trackers"

    def ready(self) -> None:
        from dateline.newsroom.stories.extensions import Drawer, draw_with
        from dateline.newsroom.trackers.actions import forget_tracker
        from dateline.newsroom.trackers.cards import draw_cards
        from dateline.newsroom.trackers.models import Tracker

        draw_with("tracker", Drawer(draw_cards))
        pre_delete.connect(forget_tracker, sender=Tracker, dispatch_uid="forget Tracker at once")
