"""Stories as translations of each other: a draft in another edition, linking and unlinking."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, Region, Section
from dateline.newsroom.editions.translations import TranslationError, join_groups, leave_group, sister_in
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Byline, Coverage, Person, Story, Topic
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: What a translation starts with. Times, identity and state are its own.
_COPIED = (
    "title",
    "form",
    "kicker",
    "short_headline",
    "standfirst",
    "source",
    "place",
    "lead_picture_id",
    "lead_caption",
    "urgency",
    "embargo",
    "expire_at",
    "rights",
    "search_description",
)

_PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


@dataclass(frozen=True, slots=True)
class Translation:
    """A new draft, and the names of authors, topics, coverages and regions that its edition does not have."""

    story: Story
    left_out: tuple[str, ...] = ()


def translate_story(story: Story, section: Section, *, by: "AbstractBaseUser | None") -> Translation:
    """Make a draft of a story in the edition of `section`, for a translator to write over.

    It is made from what readers see, or from the latest draft of a story that is not published. Authors and terms are
    those of the same slug there; an embargo holds for it as well.

    Raises:
        TranslationError: the edition has a translation of it already, or is the story's own.
    """
    edition = Edition.objects.select_related("locale").ancestor_of(section).get()
    if edition.pk == story.edition_id:
        raise TranslationError(gettext("Choose a section of another edition."))
    known = sister_in(story, edition.locale)
    if known:
        raise TranslationError(
            gettext("%(edition)s has a translation already: “%(headline)s”.")
            % {"edition": edition.title, "headline": known.title}
        )
    source = story if story.live else story.get_latest_revision_as_object()
    copy = Story(
        **{name: getattr(source, name) for name in _COPIED},
        body=_body_for(source, edition.locale),
        edition=edition,
        section=section,
        locale=edition.locale,
        translation_key=story.translation_key,
        kept={"sources": source.kept["sources"]} if source.kept.get("sources") else {},
        owner=by,
        live=False,
        has_unpublished_changes=True,
    )
    try:
        with transaction.atomic():
            shelf = shelf_for(section, timezone.now())
            copy.slug = find_available_slug(shelf, source.slug)
            shelf.add_child(instance=copy)
            left_out = _file_like(copy, source)
            copy.save_revision(user=by, clean=False)
            log(instance=copy, action="wagtail.copy_for_translation", user=by, data=_origin(story))
    except IntegrityError as error:
        if sister_in(story, edition.locale) is None:
            raise
        raise TranslationError(gettext("Somebody else has just begun this translation.")) from error
    return Translation(copy, left_out)


def link_stories(story: Story, other: Story, *, by: "AbstractBaseUser | None") -> None:
    """Make two stories, and the translations of either, translations of each other; their pages say so at once.

    Raises:
        TranslationError: they are in one edition, or an edition would have two of the group.
    """
    with transaction.atomic():
        keys = join_groups(story, other)
        if keys:
            announce_groups(keys)
            log(instance=story, action="dateline.link_translation", user=by, data={"title": other.title})


def unlink_story(story: Story, *, by: "AbstractBaseUser | None") -> None:
    """Take a story out of its group of translations; the others stay together."""
    with transaction.atomic():
        keys = leave_group(story)
        if keys:
            announce_groups(keys)
            log(instance=story, action="dateline.unlink_translation", user=by)


def announce_groups(keys: Iterable[UUID]) -> None:
    """Say that the members of these groups are no longer what they were: every page that links to one is printed."""
    keys = list(keys)
    members = Story.objects.filter(translation_key__in=keys, live=True).values("pk")
    addresses = Address.objects.filter(current=True, page_id__in=members).order_by("path")
    announce([f"group:{key}" for key in keys], print_now=addresses.values_list("path", flat=True))


def _origin(story: Story) -> dict[str, Any]:
    return {
        "source": {"id": story.pk, "title": story.title},
        "source_locale": {"id": story.locale_id, "language_code": story.locale.language_code},
    }


def _file_like(copy: Story, source: Story) -> tuple[str, ...]:
    """Give a translation the authors and terms of its original, as far as its edition has them."""
    left_out: list[str] = []

    def same(model: Any, rows: Iterable[Any]) -> list[Any]:
        there = {row.slug: row for row in model.objects.filter(edition=copy.edition, slug__in=[r.slug for r in rows])}
        left_out.extend(str(row) for row in rows if row.slug not in there)
        return [there[row.slug] for row in rows if row.slug in there]

    authors = same(Person, [byline.person for byline in source.bylines.all()])
    copy.bylines = [Byline(person=person, sort_order=i) for i, person in enumerate(authors)]
    copy.regions = same(Region, list(source.regions.all()))
    copy.topics = same(Topic, list(source.topics.all()))
    copy.coverages = same(Coverage, list(source.coverages.all()))
    copy.save()
    return tuple(left_out)


def _body_for(source: Story, locale: Locale) -> str:
    """The body, as JSON, with its links to stories led to their translations, where there are some."""
    raw = source.body.get_prep_value()
    linked = {int(pk) for text in _rich_texts(raw) for tag in _PAGE_LINK.findall(text) for pk in _ID.findall(tag)}
    linked |= {part["value"]["story"] for part in raw if part["type"] == "related" and part["value"].get("story")}
    sisters = {story.pk: twin.pk for story in Story.objects.filter(pk__in=linked) if (twin := sister_in(story, locale))}

    def lead_on(text: str) -> str:
        def tag(found: re.Match[str]) -> str:
            return _ID.sub(lambda pk: f'id="{sisters.get(int(pk[1]), pk[1])}"', found[0])

        return _PAGE_LINK.sub(tag, text)

    for part in raw:
        value = part["value"]
        if part["type"] == "text":
            part["value"] = lead_on(value)
        elif part["type"] == "quote":
            value["text"] = lead_on(value["text"])
        elif part["type"] == "related" and value.get("story"):
            value["story"] = sisters.get(value["story"], value["story"])
        part.pop("id", None)
    return json.dumps(raw)


def _rich_texts(raw: Iterable[Any]) -> Iterable[str]:
    for part in raw:
        if part["type"] == "text":
            yield part["value"]
        elif part["type"] == "quote":
            yield part["value"]["text"]
