"""In five, read aloud: its cards are asked for when they change, and offered where there is a sound of them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.fronts.models import Morning
from dateline.newsroom.stories.coverage_blocks import CARDS
from dateline.newsroom.stories.extensions import Cards, readers
from dateline.newsroom.stories.models import Coverage, Story
from dateline.theme import components as c


def deck_title(language: str, subject: str) -> str:
    with override(language):
        return _("In five: %(subject)s") % {"subject": subject}


def cards_of(coverage: Coverage) -> Cards:
    """A coverage's five cards, heading and text, if there are five and an editor has accepted them."""
    values = [block["value"] for block in coverage.in_five.raw_data]
    if coverage.in_five_draft or len(values) != CARDS:
        return ()
    return [(str(value["title"]), str(value["text"])) for value in values]


def morning_title(edition: EditionNode, morning: Morning) -> str:
    return deck_title(edition.code, edition.voice.dated(morning.day, 3))


def bar(subject: str, edition: EditionNode, page: str, title: str, cards: Cards) -> c.Listen | None:
    """What a page of cards offers to hear."""
    return next((found for reader in readers() if (found := reader.bar(subject, edition, page, title, cards))), None)


def ask_for_coverage(instance: Coverage, **_signal: object) -> None:
    """After a coverage is saved, in the transaction of that."""
    title = deck_title(instance.edition.code, instance.title)
    pages = [instance.five_front, instance.front]
    _ask(f"coverage:{instance.pk}", instance.edition_id, pages, title, cards_of(instance))


def ask_for_all(edition_id: int | None = None) -> None:
    """Have every coverage that is told in five read, and every morning, where that has not been asked for."""
    coverages = Coverage.objects.select_related("edition__locale")
    for coverage in coverages.filter(edition=edition_id) if edition_id else coverages:
        with transaction.atomic():
            ask_for_coverage(coverage)
    for edition in editions().editions.values():
        morning = Morning.objects.filter(edition=edition.id).order_by("-day").first()
        if morning and edition_id in {None, edition.id}:
            with transaction.atomic():
                ask_for_morning(edition, morning)


def forget_coverage(instance: Coverage, **_signal: object) -> None:
    """Before a coverage is deleted, in the transaction of that."""
    _ask(f"coverage:{instance.pk}", instance.edition_id, [], "", ())


def ask_for_morning(edition: EditionNode, morning: Morning, *, without: int = 0) -> None:
    """When a morning is gathered, or one of its stories changes, in the transaction of that."""
    stories = Story.objects.filter(pk__in=morning.ids, live=True, withdrawn_at=None)
    told = {pk: (title, standfirst) for pk, title, standfirst in stories.values_list("pk", "title", "standfirst")}
    cards = [told[pk] for pk in morning.ids if pk in told and pk != without]
    pages = [f"{edition.home}in-five/"]
    _ask(f"morning:{edition.id}", edition.id, pages, morning_title(edition, morning), cards)


def follow_stories(stories: Sequence[Story]) -> set[str]:
    """After stories were settled, in the transaction of that: a morning that tells of one of them is read anew."""
    everyone = editions().by_id
    for pk in {story.edition_id for story in stories}:
        morning = Morning.objects.filter(edition=pk).order_by("-day").first()
        edition = everyone.get(pk)
        if edition and morning and any(story.pk in morning.ids for story in stories):
            ask_for_morning(edition, morning)
    return set()


def forget_from_morning(instance: Story, **_signal: object) -> None:
    """Before a story is deleted, in the transaction of that."""
    edition = editions().by_id.get(instance.edition_id)
    morning = Morning.objects.filter(edition=instance.edition_id).order_by("-day").first()
    if edition and morning and instance.pk in morning.ids:
        ask_for_morning(edition, morning, without=instance.pk)


def _ask(subject: str, edition: int, pages: Sequence[str], title: str, cards: Cards) -> None:
    for reader in readers():
        reader.ask(subject, edition, pages, title, cards)
