"""A first draft of a coverage's "In five", from the stories' own sentences."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dateline.desk.digest import STORIES, Told, drafted
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.find.query import IDLE
from dateline.newsroom.find.related import cosine
from dateline.newsroom.find.search import known
from dateline.newsroom.find.text import body_text
from dateline.newsroom.find.words import words_of
from dateline.newsroom.stories import streams
from dateline.newsroom.stories.coverage_blocks import CARD_TEXT, CARD_TITLE, CARDS
from dateline.newsroom.stories.models import Coverage, Story

PERMISSION = "stories.change_coverage"


def draft_cards(coverage: Coverage, edition: EditionNode) -> list[dict[str, str]]:
    """Cards from the newest stories of a coverage; fewer than five where its stories say too little."""
    key = f"coverage:{coverage.pk}"
    ids = streams.newest([key], STORIES)[key]
    stories = {story.pk: story for story in Story.objects.filter(pk__in=ids, live=True)}
    told = [
        Told(
            stories[pk].short_headline or stories[pk].headline,
            f"{stories[pk].standfirst}\n{body_text(stories[pk].body.raw_data)}",
            stories[pk].published or stories[pk].first_published_at,
        )
        for pk in ids
        if pk in stories
    ]
    cards = drafted(told, CARDS, weigh=_weigh(edition), alike=cosine)
    return [
        {"title": Truncator(title).chars(CARD_TITLE), "text": Truncator(text).chars(CARD_TEXT)} for title, text in cards
    ]


def _weigh(edition: EditionNode) -> Callable[[str], dict[str, float]]:
    usage, code = known(edition).usage, edition.code
    idle = IDLE.get(code.partition("-")[0], frozenset())

    def weigh(text: str) -> dict[str, float]:
        return {word.stem: usage.weight(word.stem) for word in words_of(text, code) if word.plain not in idle}

    return weigh


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be drafted; by POST, write it as a draft that readers are not shown."""
    coverage = get_object_or_404(Coverage.objects.select_related("edition"), pk=pk)
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    edition = editions().by_id.get(coverage.edition_id)
    cards = draft_cards(coverage, edition) if edition else []
    where = reverse("wagtailsnippets_stories_coverage:edit", args=[pk])
    if request.method == "POST" and cards:
        coverage.in_five = [("card", card) for card in cards]
        coverage.in_five_draft = True
        coverage.save()
        messages.success(request, _("The draft is taken. Rewrite it, then untick “a draft” and save."))
        return redirect(where)
    context: dict[str, Any] = {
        "coverage": coverage,
        "cards": cards,
        "where": where,
        "accepted": bool(coverage.in_five) and not coverage.in_five_draft,
    }
    return draw(request, "desk/draft_five.html", context)
