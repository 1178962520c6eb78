from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "dateline.newsroom.pictures"
    label = "pictures"

    def ready(self) -> None:
        from dateline.newsroom.pictures.encoding import install

        install()
