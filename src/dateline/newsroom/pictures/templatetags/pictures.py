from typing import Any

from django import template
from django.utils.translation import get_language

from dateline.newsroom.editions.voice import Voice
from dateline.newsroom.pictures.credentials.report import desk_report
from dateline.newsroom.pictures.models import Picture

register = template.Library()


@register.inclusion_tag("pictures/credentials.html")
def content_credentials(picture: Picture) -> dict[str, Any]:
    """What the desk is told of a picture's content credentials."""
    return {"report": desk_report(picture, Voice(get_language() or "en", "UTC"))}
