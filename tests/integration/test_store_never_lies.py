"""Freshness contract 6: after any sequence of desk actions every sheet in the store equals a fresh rendering.

Islands aside: they have sheets of their own, which are compared like any other, and what a page carried of them when it
was printed is cut out on both sides.
"""

import atexit
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.signals import setting_changed
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dateline.newsroom.editions.models import Edition, Section
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.fronts.mornings import gather_due
from dateline.newsroom.listen.actions import Studio
from dateline.newsroom.listen.models import Briefing, Recording
from dateline.newsroom.listen.paths import mp3_name, opus_name
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.reads.actions import rank_anew, take_in
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.merging import merge_topic, move_stories
from dateline.newsroom.stories.models import Coverage, Person, Story, StoryCorrection, Topic
from dateline.press import outbox
from dateline.press.printing import print_paths
from dateline.store.reads import write_tally
from dateline.wire.static_site import all_paths
from tests.factories import TestNewsroom, edit, publish_draft, settle
from tests.lying import lies
from tests.snapshots import empty

STUDIO = Studio()
atexit.register(STUDIO.close)

PLACES = ["news/politics", "news/economy", "opinion"]


class Desk(RuleBasedStateMachine):
    """An editor who does anything, in any order, while readers open pages."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="dateline-desk-")
        self.newsroom = TestNewsroom.make(django_settings, Path(self.folder.name))
        # The storage remembers its folder until it hears of another.
        setting_changed.send(Desk, setting="MEDIA_ROOT", value=django_settings.MEDIA_ROOT, enter=True)
        assert default_storage.location == django_settings.MEDIA_ROOT
        self.people = [self.newsroom.person(), self.newsroom.person()]
        self.picture = self.newsroom.picture(width=32, height=20)
        self.newsroom.topic()

    def teardown(self) -> None:
        self.newsroom.close()
        empty()
        self.folder.cleanup()

    def _public(self) -> list[Story]:
        return list(Story.objects.filter(live=True).order_by("pk"))

    def _one(self, number: int) -> Story | None:
        stories = self._public()
        return stories[number % len(stories)] if stories else None

    @rule(place=st.sampled_from(PLACES), person=st.integers(0, 1), urgent=st.booleans(), pictured=st.booleans())
    def publish(self, place: str, person: int, urgent: bool, pictured: bool) -> None:
        self.newsroom.story(
            "en",
            place,
            people=(self.people[person],),
            topics=tuple(Topic.objects.order_by("pk")[:1]),
            urgency=1 if urgent else 5,
            lead_picture=self.picture if pictured else None,
        )

    @rule(number=st.integers(0, 9), words=st.sampled_from(["A", "B", "C"]))
    def edit(self, number: int, words: str) -> None:
        story = self._one(number)
        if story:
            edit(story, title=f"{words} {story.pk}", standfirst=words * 3)

    @rule(number=st.integers(0, 9), words=st.sampled_from(["A", "B"]), month=st.integers(1, 12) | st.none())
    def correct(self, number: int, words: str, month: int | None) -> None:
        """A note is added, now or in the name of another month, or the notes of a story are taken out."""
        story = self._one(number)
        if story:
            at = datetime(2026, month, 1, tzinfo=UTC) if month and month < 11 else None
            latest: Any = story.get_latest_revision_as_object()
            notes = list(latest.corrections.all())
            edit(story, corrections=[*notes, StoryCorrection(text=words, at=at)] if month != 12 else notes[1:])

    @rule(language=st.sampled_from(["en", "ar"]))
    def open_or_close_versions(self, language: str) -> None:
        edition = Edition.objects.get(pk=self.newsroom.editions[language].pk)
        edition.public_versions = not edition.public_versions
        edition.save()
        settle(edition)

    @rule(number=st.integers(0, 9), words=st.sampled_from(["x", "y"]))
    def change_slug(self, number: int, words: str) -> None:
        story = self._one(number)
        if story:
            edit(story, slug=f"{words}-{story.pk}")

    @rule(number=st.integers(0, 9), place=st.sampled_from(PLACES))
    def move_section(self, number: int, place: str) -> None:
        story = self._one(number)
        if story:
            language = story.locale.language_code
            edit(story, section=Section.objects.get(pk=self.newsroom.sections[f"{language}/{place}"].pk))

    @rule(number=st.integers(0, 9), language=st.sampled_from(["ar", "es"]))
    def translate(self, number: int, language: str) -> None:
        story = self._one(number)
        key = story.translation_key if story else None
        if key and not Story.objects.filter(translation_key=key, locale__language_code=language).exists():
            self.newsroom.story(language, "news/politics", translation_key=key)

    @rule(number=st.integers(0, 9))
    def unpublish(self, number: int) -> None:
        story = self._one(number)
        if story:
            story.unpublish()

    @rule(number=st.integers(0, 9))
    def publish_again(self, number: int) -> None:
        drafts = list(Story.objects.filter(live=False).order_by("pk"))
        if drafts:
            publish_draft(drafts[number % len(drafts)])

    @rule(number=st.integers(0, 9))
    def withdraw(self, number: int) -> None:
        story = self._one(number)
        if story:
            withdraw_story(story, by=None, reason="It was wrong.")

    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        story = self._one(number)
        if story:
            story.delete()

    @rule(number=st.integers(0, 1), name=st.sampled_from(["Ana", "Omar"]))
    def rename_person(self, number: int, name: str) -> None:
        person = Person.objects.get(pk=self.people[number].pk)
        person.name = name
        person.save()

    @rule(words=st.sampled_from(["one", "two"]))
    def change_picture(self, words: str) -> None:
        picture = Picture.objects.get(pk=self.picture.pk)
        picture.caption, picture.description = words, words
        picture.save()

    @rule(title=st.sampled_from(["Money", "Economy"]))
    def rename_section(self, title: str) -> None:
        section = Section.objects.get(pk=self.newsroom.sections["en/news/economy"].pk)
        section.title = title
        section.save()
        settle(section)

    @rule(names=st.lists(st.sampled_from(["one", "two"]), max_size=2))
    def change_navigation(self, names: list[str]) -> None:
        edition = Edition.objects.get(pk=self.newsroom.editions["en"].pk)
        edition.navigation = [("link", {"name": name, "url": "https://example.org/"}) for name in names]
        edition.save()
        settle(edition)

    @rule(number=st.integers(0, 9), second=st.integers(0, 9), home=st.booleans())
    def curate(self, number: int, second: int, home: bool) -> None:
        page: Any = self.newsroom.editions["en"] if home else self.newsroom.sections["en/news"]
        chosen = [s for s in (self._one(number), self._one(second)) if s]
        front = Front.objects.filter(page_id=page.pk).first() or Front(page_id=page.pk)
        front.blocks = [("lead", {"stories": [s.page_ptr for s in chosen]}), ("river", {"title": "Newest"})]
        front.save()

    @rule(number=st.integers(0, 9), words=st.sampled_from(["A", "B"]), closed=st.booleans(), five=st.booleans())
    def cover(self, number: int, words: str, closed: bool, five: bool) -> None:
        """A coverage changes, and a story comes to it or leaves it."""
        edition = self.newsroom.editions["en"]
        coverage = Coverage.objects.filter(slug="c").first() or Coverage(edition=edition, slug="c")
        coverage.title, coverage.closed = f"Coverage {words}", closed
        coverage.in_five = [("card", {"title": f"{words}{n}", "text": words}) for n in range(5 if five else 3)]
        story = self._one(number)
        coverage.key_dates = [("date", {"when": "2026", "text": words, "story": story and story.page_ptr})]
        coverage.save()
        if story and story.edition_id == edition.pk:  # the form offers those of a story's own edition
            edit(story, coverages=[] if story.coverages.exists() else [coverage])

    @rule(number=st.integers(0, 9), about=st.sampled_from(["", "What it is."]), merged=st.booleans())
    def file_under(self, number: int, about: str, merged: bool) -> None:
        """A story comes under a new topic as well, which may then become part of the first."""
        first, topic, story = Topic.objects.order_by("pk")[0], self.newsroom.topic(), self._one(number)
        if story:
            edit(story, topics=[*story.topics.all(), topic])
        topic.about = about
        topic.save()
        if merged:
            merge_topic(topic, first, by=None)
            move_stories.call(topic.pk)

    @rule(number=st.integers(0, 9), reads=st.integers(1, 9))
    def read(self, number: int, reads: int) -> None:
        if story := self._one(number):
            write_tally(Path(django_settings.STORE_ROOT), time.time(), {(story.pk, "direct"): reads})
            take_in()
            rank_anew()

    @rule()
    def morning(self) -> None:
        gather_due()

    @rule(number=st.integers(0, 199))
    def readers_open_pages(self, number: int) -> None:
        paths = list(all_paths())
        print_paths(paths[number % len(paths) :: 7])

    @rule()
    def speak(self) -> None:
        STUDIO.speak_next()

    @rule()
    def sweep(self) -> None:
        outbox.sweep(1000)

    @precondition(lambda self: hasattr(self, "newsroom"))
    @invariant()
    def no_sheet_lies(self) -> None:
        assert lies() == []

    @precondition(lambda self: hasattr(self, "newsroom"))
    @invariant()
    def what_is_heard_is_what_may_be(self) -> None:
        sounds = [of.objects.exclude(made=None).values_list("key", flat=True) for of in (Recording, Briefing)]
        keys = {key for found in sounds for key in found}
        kept = {path.name for path in Path(default_storage.location).glob("listen/*/*")}
        assert kept == {Path(name(key)).name for key in keys for name in (opus_name, mp3_name)}
        public = Story.objects.filter(live=True).count()
        assert Recording.objects.count() == Recording.objects.filter(story__live=True).count() <= public


def _run(examples: int) -> None:
    profile = settings(
        max_examples=examples,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=True,
        derandomize=bool(os.environ.get("CI")),
    )
    run_state_machine_as_test(Desk, settings=profile)


def test_the_store_never_lies(transactional_db: None) -> None:
    _run(int(os.environ.get("DATELINE_SEQUENCES", "50")))


@pytest.mark.long
def test_the_store_never_lies_in_the_long_run(transactional_db: None) -> None:
    _run(500)
