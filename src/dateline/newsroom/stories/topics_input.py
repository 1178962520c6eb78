"""The field for a story's topics: it holds those that are chosen, and asks for the others as they are needed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.newsroom.stories.terms import MergedTopic, Topic


class TopicsInput(forms.SelectMultiple):
    """A list that does not grow with an edition's topics. Its script finds others by typing and in the story's text."""

    template_name = "stories/widgets/topics_input.html"

    class Media:
        js = ("desk/topics.js",)
        css: ClassVar = {"all": ("desk/topics.css",)}

    def __init__(self, edition: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.edition = edition

    def optgroups(self, name: str, value: Sequence[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The chosen alone."""
        chosen = [int(pk) for pk in value if str(pk).isdecimal()]
        topics = Topic.objects.filter(edition_id=self.edition, pk__in=chosen).order_by("name", "pk")
        return [
            (None, [self.create_option(name, topic.pk, str(topic), True, at)], at) for at, topic in enumerate(topics)
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen; a topic that has become part of another since then is that."""
        chosen = super().value_from_datadict(data, files, name)
        numbers = [int(pk) for pk in chosen or () if str(pk).isdecimal()]
        moved = MergedTopic.now(numbers) if numbers else {}
        return list(dict.fromkeys(str(moved.get(int(pk), pk)) if pk.isdecimal() else pk for pk in chosen or ()))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["data"] = {
            "find": reverse("dateline_topics_find", args=[self.edition]),
            "name": reverse("dateline_topics_name", args=[self.edition]),
            "make": reverse("dateline_topics_make", args=[self.edition]),
            "said-find": _("Find a topic by its first letters"),
            "said-make": _("Make the topic “{name}”"),
            "said-remove": _("Remove {name}"),
            "said-add": _("Add {name}"),
            "said-added": _("{name} is added."),
            "said-removed": _("{name} is removed."),
            "said-named": _("Named in the text"),
            "said-failed": _("The desk does not answer. Try again in a moment."),
        }
        return context
