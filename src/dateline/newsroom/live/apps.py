from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "dateline.newsroom.live"
    label = "live"

    def ready(self) -> None:
        from dateline.newsroom.live.actions.updates import begin
        from dateline.newsroom.live.pages.updates import going_on, live_view
        from dateline.newsroom.stories.extensions import Extension, extend

        extend("live", Extension(live_view, going_on, begin))
