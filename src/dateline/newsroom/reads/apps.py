from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "dateline.newsroom.reads"
    label = "reads"
