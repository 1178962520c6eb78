from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "dateline.newsroom.pictures"
    label = "pictures"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from dateline.newsroom.pictures.credentials.keeping import sidecar_deleted
        from dateline.newsroom.pictures.encoding import install
        from dateline.newsroom.pictures.models import Picture

        install()
        post_delete.connect(sidecar_deleted, sender=Picture)
