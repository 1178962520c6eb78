"""A small newsroom for tests, made through the same actions an editor's clicks run."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from dateline.newsroom.editions.actions import settle_tree_page
from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.models import Edition, Region, Section
from dateline.newsroom.editions.shell import forget_shells
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.actions import shelf_for
from dateline.newsroom.stories.models import Byline, Person, Story, Topic
from dateline.newsroom.stories.sources import read_sources
from dateline.newsroom.trackers.actions import add_evidence, save_tracker
from dateline.newsroom.trackers.claims import Claim
from dateline.newsroom.trackers.members import Member, set_parties
from dateline.newsroom.trackers.models import Evidence, Tracker
from dateline.press.outbox import gathered
from dateline.press.printing import store
from dateline.store import LocalStore
from tests.snapshots import put_back

_numbers = count(1)

#: The first story's time; each later one is a minute younger.
START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@dataclass
class TestNewsroom:
    __test__ = False

    editions: dict[str, Edition]
    sections: dict[str, Section]
    settings: Any

    @classmethod
    def make(cls, settings: Any, folder: Path) -> "TestNewsroom":
        settings.STORE_ROOT = folder / "store"
        settings.MEDIA_ROOT = str(folder / "media")
        forget_shells()
        put_back("newsroom", folder / "store", lambda: cls({}, {}, settings)._found())
        forget_shells()
        made = cls({}, {}, settings)
        made._find()
        return made

    def _find(self) -> None:
        for edition in Edition.objects.order_by("path"):
            self.editions[edition.slug] = edition
        paths = Address.objects.filter(current=True).values_list("page_id", "path")
        places = {pk: path.strip("/") for pk, path in paths}
        for section in Section.objects.order_by("path"):
            self.sections[places[section.pk]] = section

    def _found(self) -> None:
        root = Page.objects.filter(depth=1).first()
        if root is None:
            kind = ContentType.objects.get_for_model(Page)
            locale, _ = Locale.objects.get_or_create(language_code="en")
            root = Page.add_root(instance=Page(title="Root", slug="root", content_type=kind, locale=locale))
        for page in root.get_children():
            Site.objects.filter(root_page=page).delete()
            page.delete()
        if not Collection.objects.exists():
            Collection.add_root(name="Root")
        names = (("en", "Test", "Europe/London"), ("ar", "اختبار", "Asia/Beirut"), ("es", "Prueba", "America/Bogota"))
        with gathered():
            self._open(root, names)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "newsroom.test", "root_page": self.editions["en"]}
        )

    def _open(self, root: Page, names: tuple[tuple[str, str, str], ...]) -> None:
        first = None
        for language, name, zone in names:
            locale, _ = Locale.objects.get_or_create(language_code=language)
            edition = Edition(title=name, slug=language, locale=locale, timezone=zone, is_default=language == "en")
            if language == "ar":
                edition.digits = "arab"
            if first:
                edition.translation_key = first.translation_key
            Page.objects.get(pk=root.pk).add_child(instance=edition)
            first = first or edition
            settle(edition)
            self.editions[language] = edition
            for path in ("news", "news/politics", "news/economy", "opinion"):
                self.add_section(language, path)

    def close(self) -> None:
        forget_shells()

    @property
    def store(self) -> LocalStore:
        return store()

    def add_section(self, language: str, path: str) -> Section:
        parent_path, _, slug = path.rpartition("/")
        parent: Page = self.sections[f"{language}/{parent_path}"] if parent_path else self.editions[language]
        section = Section(title=slug.title(), slug=slug, locale=self.editions[language].locale)
        twin = self.sections.get(f"en/{path}")
        if twin:
            section.translation_key = twin.translation_key
        Page.objects.get(pk=parent.pk).add_child(instance=section)
        settle(section)
        self.sections[f"{language}/{path}"] = section
        return section

    def story(
        self,
        language: str = "en",
        section: str = "news/politics",
        *,
        title: str = "",
        publish: bool = True,
        people: tuple[Person, ...] = (),
        topics: tuple[Topic, ...] = (),
        regions: tuple[Region, ...] = (),
        **values: Any,
    ) -> Story:
        """A story written and, unless told otherwise, published as the desk does it."""
        number = next(_numbers)
        title = title or f"Story number {number}"
        edition, where = self.editions[language], self.sections[f"{language}/{section}"]
        values.setdefault("published", START + timedelta(minutes=number))
        values.setdefault("body", [("text", "<p>The first paragraph of it.</p><p>And a second.</p>")])
        values.setdefault("slug", f"story-{number}")
        story = Story(title=title, locale=edition.locale, edition=edition, section=where, live=False, **values)
        shelf_for(where, values["published"]).add_child(instance=story)
        for person in people:
            Byline.objects.create(story=story, person=person)
        story.topics = list(topics)
        story.regions = list(regions)
        story.save()
        if publish:
            publish_draft(story)
        return Story.objects.get(pk=story.pk)

    def person(self, language: str = "en", name: str = "") -> Person:
        number = next(_numbers)
        return Person.objects.create(
            edition=self.editions[language], slug=f"person-{number}", name=name or f"Person {number}"
        )

    def topic(self, language: str = "en", name: str = "") -> Topic:
        number = next(_numbers)
        return Topic.objects.create(
            edition=self.editions[language], slug=f"topic-{number}", name=name or f"Topic {number}"
        )

    def picture(self, *, width: int = 640, height: int = 400, **values: Any) -> Picture:
        number = next(_numbers)
        out = io.BytesIO()
        Image.new("RGB", (width, height), (number * 40 % 255, 90, 120)).save(out, "JPEG")
        out.seek(0)
        values.setdefault("description", f"A plain field of colour, number {number}")
        return Picture.objects.create(title=f"Picture {number}", file=ImageFile(out, name=f"p{number}.jpg"), **values)


def settle(page: Page) -> None:
    with transaction.atomic():
        settle_tree_page(page)


def publish_draft(story: Story) -> None:
    """Save a revision of the object as it is, and publish it."""
    story.save_revision(clean=False).publish(skip_permission_checks=True)


def edit(story: Story, **values: Any) -> Story:
    """Change a published story and publish the change."""
    fresh = Story.objects.get(pk=story.pk)
    latest: Story = fresh.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(latest, name, value)
    latest.save_revision(clean=False).publish(skip_permission_checks=True)
    return Story.objects.get(pk=story.pk)


def body_of(path: str) -> str:
    """The printed body at a path of the newsroom's store; fails when it is not in the store."""
    kept = store().read(path)
    assert kept is not None, f"{path} is not in the store"
    return kept.body.decode()


REPORT = {"kind": "document", "name": "A report", "url": "https://news.example/report"}


def make_tracker(
    newsroom: TestNewsroom, language: str = "en", *, parties: Sequence[str] = (), **values: Any
) -> Tracker:
    """A public tracker of a goal: 700 staff, promised on 1 March 2026 and due on 30 September."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "slug": f"tracker-{number}",
        "title": f"Tracker {number}",
        "question": "Will they come?",
        "unit": "staff",
        "target": Decimal(700),
        "starts": date(2026, 3, 1),
        "due": date(2026, 9, 30),
        "live": True,
    } | values
    if said.get("kind") == "positions":
        said |= {"unit": "", "target": None, "starts": None, "due": None}
    tracker = Tracker(edition=newsroom.editions[language], **said)
    tracker.full_clean()
    save_tracker(tracker, by=None)
    if parties:
        set_parties(tracker, [Member(code, f"Party {code}") for code in parties], by=None)
    return tracker


def known(
    tracker: Tracker, says: str = "announced", amount: int | tuple[int, int] | None = None, **values: Any
) -> Evidence:
    """Evidence from one report, added as the desk does it."""
    low, high = amount if isinstance(amount, tuple) else (amount, amount)
    said: dict[str, Any] = {"on": date(2026, 4, 1), "sources": read_sources([REPORT])} | values
    return add_evidence(tracker, Claim(says, low=_decimal(low), high=_decimal(high), **said), by=None)


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
