from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "dateline.press"
    label = "press"
