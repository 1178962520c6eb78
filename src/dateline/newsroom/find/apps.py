from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class FindConfig(AppConfig):
    name = "dateline.newsroom.find"
    label = "find"

    def ready(self) -> None:
        from dateline.newsroom.editions.models import Region
        from dateline.newsroom.find.actions import follow_names, forget_entry, settle
        from dateline.newsroom.find.names import forget_name, learn_saved
        from dateline.newsroom.find.nexts import show_next
        from dateline.newsroom.stories.extensions import Addition, add
        from dateline.newsroom.stories.models import Coverage, Person, Story, Topic

        add(Addition(complete=show_next, settled=settle))
        pre_delete.connect(forget_entry, sender=Story, dispatch_uid="forget entry of Story")
        for model in (Topic, Person, Coverage):
            post_save.connect(learn_saved, sender=model, dispatch_uid=f"learn the name of {model.__name__}")
            pre_delete.connect(forget_name, sender=model, dispatch_uid=f"forget the name of {model.__name__}")
        for model in (Topic, Person, Coverage, Region):
            post_save.connect(follow_names, sender=model, dispatch_uid=f"follow names of {model.__name__}")
