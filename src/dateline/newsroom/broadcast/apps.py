from django.apps import AppConfig
from django.db.models.signals import pre_delete


class BroadcastConfig(AppConfig):
    name = "dateline.newsroom.broadcast"
    label = "broadcast"

    def ready(self) -> None:
        from dateline.newsroom.broadcast.actions import forget_channel
        from dateline.newsroom.broadcast.models import Channel

        pre_delete.connect(forget_channel, sender=Channel, dispatch_uid="take Channel off the air")
