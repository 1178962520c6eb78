"""Choosing a story's topics while it is written: by typing, and from the names that stand in its text."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.find.names import beginning_with, named_in
from dateline.newsroom.stories.models import Topic

#: Topics listed while one types, and offered because the text names them.
LISTED, OFFERED = 10, 8

#: Bytes of a request that carries a text.
LARGEST = 400_000

#: Who makes a topic that there is not yet.
ADD = "stories.add_topic"


@require_GET
def find(request: HttpRequest, edition: int) -> JsonResponse:
    """Topics with a word that begins as `q` does, and whether `q` may become one: `{"topics": […], "new": …}`."""
    node = get_object_or_404(Edition.objects.select_related("locale"), pk=edition)
    typed = request.GET.get("q", "")[:160]
    ids = [pk for _kind, pk in beginning_with(node.pk, node.code, typed, ["topic"], LISTED)]
    topics = _topics(ids)
    same = {name.casefold() for topic in Topic.objects.filter(pk__in=ids) for name in (topic.name, *topic.others)}
    new = bool(slugify(typed, allow_unicode=True)) and typed.strip().casefold() not in same
    return JsonResponse({"topics": topics, "new": new and request.user.has_perm(ADD)})


@require_POST
def name(request: HttpRequest, edition: int) -> JsonResponse:
    """Topics that a text names: `{"topics": […]}` from `{"headline": …, "text": …}`."""
    node = get_object_or_404(Edition.objects.select_related("locale"), pk=edition)
    if len(request.body) > LARGEST:
        return JsonResponse({"error": gettext("This text is too long to be read for names.")}, status=413)
    try:
        said = json.loads(request.body)
        headline, text = str(said.get("headline", "")), str(said.get("text", ""))
    except (ValueError, AttributeError):
        return JsonResponse({"error": "JSON with headline and text is expected."}, status=400)
    found = named_in(node.pk, node.code, headline, text)[:OFFERED]
    return JsonResponse({"topics": _topics([one.topic for one in found])})


@require_POST
def make(request: HttpRequest, edition: int) -> JsonResponse:
    """Make a topic by its name, or return the one that has it: `{"topic": {…}}`, or `{"error": …}`."""
    if not request.user.has_perm(ADD):
        return JsonResponse({"error": gettext("You may not make topics.")}, status=403)
    node = get_object_or_404(Edition.objects.select_related("locale"), pk=edition)
    text = " ".join(request.POST.get("name", "").split())
    topic = Topic.objects.filter(edition=node, name__iexact=text).first()
    if topic is None:
        topic = Topic(edition=node, name=text, slug=_free_slug(node, text))
        try:
            topic.full_clean()
            with transaction.atomic():
                topic.save()
        except ValidationError as refused:
            return JsonResponse({"error": " ".join(refused.messages)}, status=400)
        except IntegrityError:  # somebody made it in this moment
            topic = Topic.objects.get(edition=node, slug=topic.slug)
    return JsonResponse({"topic": _topics([topic.pk])[0]})


def _free_slug(edition: Edition, text: str) -> str:
    slug = slugify(text, allow_unicode=True)[:110]
    taken = set(Topic.objects.filter(edition=edition, slug__startswith=slug).values_list("slug", flat=True))
    number = 1
    while slug and (f"{slug}-{number}" if number > 1 else slug) in taken:
        number += 1
    return f"{slug}-{number}" if number > 1 else slug


def _topics(ids: list[int]) -> list[dict[str, Any]]:
    """As the form shows them, in this order."""
    rows = Topic.objects.in_bulk(ids)
    return [{"id": pk, "name": rows[pk].name, "about": rows[pk].get_stands_for_display()} for pk in ids if pk in rows]
