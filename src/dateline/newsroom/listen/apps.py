from django.apps import AppConfig
from django.db.models.signals import pre_delete


class ListenConfig(AppConfig):
    name = "dateline.newsroom.listen"
    label = "listen"

    def ready(self) -> None:
        from dateline.newsroom.listen.actions import ask_for_cards, follow_stories, forget_sound
        from dateline.newsroom.listen.briefings import bar_of
        from dateline.newsroom.listen.pages import with_listening
        from dateline.newsroom.stories.extensions import Addition, Reader, add, read_by
        from dateline.newsroom.stories.models import Story

        add(Addition(complete=with_listening, settled=follow_stories))
        read_by(Reader(ask=ask_for_cards, bar=bar_of))
        pre_delete.connect(forget_sound, sender=Story, dispatch_uid="silence Story")
