"""What was answered to the checks, in the story's form."""

from typing import Any

from wagtail.admin.panels import Panel

from dateline.newsroom.stories.checking.models import CheckAnswer


class AnswersPanel(Panel):
    """Shown once there is an answer."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "stories/panels/answers.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and bool(self._answers())

        def _answers(self) -> list[CheckAnswer]:
            if not hasattr(self, "_found"):
                rows = CheckAnswer.objects.filter(story_id=self.instance.pk).select_related("by")
                self._found = list(rows.order_by("at"))
            return self._found

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"answers": self._answers()}
