"""The newsroom's tree as newsroom.toml has it: editions, sections, people, fronts."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from dateline.newsroom.editions.models import Edition, InfoPage, Section, the_newsroom
from dateline.newsroom.stories.models import Coverage, Person, Series, Story, Topic
from dateline.newsroom.trackers.models import Tracker
from dateline.wire.alerts import alerts_as_toml
from dateline.wire.aloud import narrator_as_toml
from dateline.wire.channels import channels_as_toml
from dateline.wire.dossiers import dossier_as_toml, named
from dateline.wire.front_blocks import fronts_of
from dateline.wire.kept import from_json
from dateline.wire.media_folder import MediaFolder
from dateline.wire.toml_entries import (
    BarToml,
    CardToml,
    CoverageToml,
    EditionToml,
    LinkToml,
    NewsroomToml,
    PageToml,
    PersonToml,
    RegionToml,
    SectionToml,
    SeriesToml,
    TopicToml,
)
from dateline.wire.trackers import trackers_as_toml


def newsroom_as_toml(media: MediaFolder) -> NewsroomToml:
    """Everything but the stories and what `media` tells of pictures in the end."""
    newsroom = the_newsroom()
    editions = list(Edition.objects.select_related("locale").order_by("path"))
    groups = _Groups.of(editions)
    return NewsroomToml(
        name=newsroom.name,
        legal=newsroom.legal,
        about=newsroom.about,
        accent=newsroom.accent,
        logo=media.file(newsroom.logo),
        editions=tuple(_edition(edition, media, groups) for edition in editions),
        kept=from_json(newsroom.kept),
    )


@dataclass
class _Groups:
    """Which sections and footer pages are translations of each other, where equal slugs do not say it."""

    paths: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    path_of: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, editions: list[Edition]) -> "_Groups":
        groups = cls()
        for edition in editions:
            for model in (Section, InfoPage):
                for page in model.objects.descendant_of(edition):
                    path = page.url_path.removeprefix(edition.url_path).strip("/")
                    groups.path_of[page.pk] = path
                    place = f"{model.__name__} {path}"
                    groups.paths[page.translation_key].add(place)
                    groups.keys[place].add(page.translation_key)
        return groups

    def name(self, page: Any) -> str:
        """What the group has to be called, or "" where equal slugs make the same of it."""
        places = self.paths[page.translation_key]
        plain = len(places) == 1 and len(self.keys[next(iter(places))]) == 1
        return "" if plain else str(page.translation_key)


def _edition(edition: Edition, media: MediaFolder, groups: _Groups) -> EditionToml:
    sections = Section.objects.child_of(edition).order_by("path")
    people = Person.objects.filter(edition=edition).select_related("photo").order_by("pk")
    # The others are made by the stories that name them.
    plain = Q(stands_for="subject", about="", picture=None, other_names="")
    told_of = Topic.objects.exclude(plain & ~Q(pk__in=Tracker.topics.through.objects.values("topic")))
    topics = told_of.filter(edition=edition).select_related("picture").order_by("pk")
    coverages = list(Coverage.objects.filter(edition=edition).select_related("picture", "parent").order_by("pk"))
    told = {pk for coverage in coverages for pk in (*named(coverage.leading), *named(coverage.key_dates))}
    uris = dict(Story.objects.filter(pk__in=told).values_list("pk", "uri"))
    inside = Section.objects.descendant_of(edition).values_list("pk", flat=True)
    return EditionToml(
        language=edition.code,
        path=edition.slug,
        name=edition.title,
        slogan=edition.slogan,
        timezone=edition.timezone,
        default=edition.is_default,
        digits=edition.digits,
        public_versions=edition.public_versions,
        about=edition.about,
        legal=edition.legal,
        social=tuple(LinkToml(b.value["name"], b.value["url"]) for b in edition.social),
        apps=tuple(LinkToml(b.value["name"], b.value["url"]) for b in edition.apps),
        sections=tuple(_section(section, groups) for section in sections),
        regions=tuple(RegionToml(r.slug, r.title) for r in edition.regions.order_by("sort_order", "pk")),
        pages=tuple(
            PageToml(page.slug, page.title, page.body, groups.name(page))
            for page in InfoPage.objects.child_of(edition).order_by("path")
        ),
        people=tuple(PersonToml(p.slug, p.name, p.role, p.bio, media.href(p.photo, tell=True)) for p in people),
        topics=tuple(
            TopicToml(t.slug, t.name, t.stands_for, t.about, media.href(t.picture, tell=True), t.other_names.strip())
            for t in topics
        ),
        coverages=tuple(
            CoverageToml(
                c.slug,
                c.title,
                c.summary,
                media.href(c.picture, tell=True),
                tuple(CardToml(card.value["title"], card.value["text"]) for card in c.in_five),
                **dossier_as_toml(c, uris),
            )
            for c in coverages
        ),
        series=tuple(
            SeriesToml(
                s.slug, s.title, s.summary, media.href(s.picture, tell=True), groups.path_of.get(s.section_id or 0, "")
            )
            for s in Series.objects.filter(edition=edition).select_related("picture").order_by("pk")
        ),
        navigation=tuple(entry for block in edition.navigation if (entry := _bar(block, groups))),
        fronts=fronts_of(edition, {pk: groups.path_of[pk] for pk in inside}),
        breaking=alerts_as_toml(edition),
        channels=channels_as_toml(edition, media),
        aloud=narrator_as_toml(edition),
        trackers=trackers_as_toml(edition),
        kept={name: value for name, value in from_json(edition.kept).items() if name != "trackers"},
    )


def _section(section: Section, groups: _Groups) -> SectionToml:
    children = Section.objects.child_of(section).order_by("path")
    return SectionToml(
        slug=section.slug,
        title=section.title,
        description=section.description,
        form=section.form,
        children=tuple(_section(child, groups) for child in children),
        group=groups.name(section),
    )


def _bar(block: Any, groups: _Groups) -> BarToml | None:
    """An entry of the row under the masthead; None for one whose page or region is gone."""
    value = block.value
    match block.block_type:
        case "rule":
            return BarToml(rule=True)
        case "link":
            return BarToml(name=value["name"], url=value["url"])
        case "region":
            return BarToml(region=value.slug) if value else None
    path = groups.path_of.get(value.pk, "") if value else ""
    if not path:
        return None
    return BarToml(section=path) if issubclass(value.specific_class, Section) else BarToml(page=path)
