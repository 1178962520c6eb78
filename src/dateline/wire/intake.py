"""An item of a wire as a story of ours: terms and people found or made, pictures taken in, blocks laid out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from textwrap import shorten
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from dateline.newsroom.clips.models import Clip
from dateline.newsroom.editions.models import Edition, Region, Section
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.actions import count_frames, count_words, shelf_for, withdraw_story
from dateline.newsroom.stories.bulk import HangingShelf
from dateline.newsroom.stories.corrections import LONGEST, StoryCorrection
from dateline.newsroom.stories.keeping import content_digest
from dateline.newsroom.stories.models import Byline, Coverage, Person, Series, Shelf, Story, Topic
from dateline.newsroom.trackers.models import Tracker
from dateline.wire import items
from dateline.wire.clips import ClipIntake
from dateline.wire.groups import group_key
from dateline.wire.imagefiles import MediaError
from dateline.wire.items import WITHDRAWAL
from dateline.wire.pictures import PictureIntake
from dateline.wire.redirects import OldAddress
from dateline.wire.sources import sources_field
from dateline.wire.story_body import own_caption, raw_block
from dateline.wire.versions import FIRST_VERSION, version_created

_LONGEST_SLUG = 70

#: Names that say where in an item a picture stands, and nothing of the picture.
_PLACE = re.compile(r"(lead|figure)(-\d+)?")


class IntakeError(ValueError):
    """An item that has no place here; the message says what to mend."""


class Intake:
    """Takes items in below one folder. Remembers terms, people and shelves between items."""

    def __init__(self, pictures: PictureIntake, clips: ClipIntake) -> None:
        self.pictures = pictures
        self.clips = clips
        #: Where stories taken in stood before.
        self.old_addresses: list[OldAddress] = []
        #: Stories that come in withdrawn, until the end of their batch: id, reason, since when.
        self.withdrawn: list[tuple[int, str, datetime]] = []
        #: What was left out of the item just taken in, for the report.
        self.notes: list[str] = []
        self._editions: dict[str, Edition] = {}
        self._terms: dict[tuple[str, int, str], Any] = {}
        self._shelves: dict[tuple[int, str], HangingShelf] = {}
        self._sections: dict[int, Section] = {}
        self._hung = False

    @contextmanager
    def tried(self) -> Iterator[None]:
        """A savepoint: if what is inside fails, rows, files and what is remembered of them are as before."""
        self.notes.clear()
        self._hung = False
        try:
            with self.pictures.tried(), transaction.atomic():
                yield
        except Exception:
            self._terms.clear()
            if self._hung:
                there = Shelf.objects.in_bulk([one.shelf.pk for one in self._shelves.values()])
                self._shelves = {
                    key: HangingShelf.open(there[one.shelf.pk])
                    for key, one in self._shelves.items()
                    if one.shelf.pk in there
                }
            raise

    # ── where it belongs ──

    def edition(self, language: str) -> Edition:
        """The edition in this language, or in its base language."""
        if language not in self._editions:
            every = {e.code.lower(): e for e in Edition.objects.select_related("locale").order_by("path")}
            wanted = language.lower()
            found = every.get(wanted) or every.get(wanted.split("-")[0])
            found = found or next((e for code, e in every.items() if code.split("-")[0] == wanted.split("-")[0]), None)
            if found is None:
                raise IntakeError(f"language: no edition is in {language!r}; editions: {', '.join(sorted(every))}")
            self._editions[language] = found
        return self._editions[language]

    def node(self, edition: Edition) -> EditionNode:
        node = editions().by_id.get(edition.pk)
        if node is None:
            raise IntakeError(f"language: the edition {edition.title!r} is not published")
        return node

    def section(self, edition: Edition, item: items.Item) -> Section:
        node = self.node(edition)
        if item.section:
            found = node.by_path.get(f"{node.home}{item.section.strip('/')}/")
            if found is None:
                known = ", ".join(sorted(s.slug_path for s in node.sections.values()))
                raise IntakeError(
                    f"subjects[rel=section]: no section {item.section!r} in {edition.title}; there are: {known}"
                )
        else:
            candidates = [s for s in node.sections.values() if s.form == item.form] or list(node.sections.values())
            if not candidates:
                raise IntakeError(f"subjects[rel=section]: {edition.title} has no section yet")
            found = candidates[0]
        if found.id not in self._sections:
            self._sections[found.id] = Section.objects.get(pk=found.id)
        return self._sections[found.id]

    def shelf(self, story: Story) -> HangingShelf:
        """The shelf a new story hangs on, open for the rest of the batch."""
        when = story.published or timezone.now()
        if story.section is None:
            raise IntakeError("subjects[rel=section]: the story has no section")
        self._hung = True
        key = (story.section_id, f"{when:%Y-%m}")
        if key not in self._shelves:
            self._shelves[key] = HangingShelf.open(shelf_for(story.section, when))
        return self._shelves[key]

    def close_shelves(self) -> None:
        """At the end of a batch, inside its transaction."""
        for shelf in self._shelves.values():
            shelf.close()
        self._shelves.clear()

    # ── making and filling ──

    def is_older(self, item: items.Item, story: Story) -> bool:
        """Whether the item is not newer than what we have, be it from a wire or from the desk."""
        ours = story.version or FIRST_VERSION
        if ours != item.version and ours.isdigit() and item.version.isdigit():
            return int(ours) > int(item.version)
        return item.version_created is None or version_created(story) >= item.version_created

    def withdrawal_reason(self, item: items.Item) -> str:
        return _told_reason(item) or item.standfirst or "The source has withdrawn it."

    def notice(self, item: items.Item) -> str:
        """What the notice of a canceled item said that readers knew; "" for one that never was here."""
        return _told_reason(item) if item.status == "canceled" and item.headline and item.language else ""

    def withdraw_again(self) -> None:
        """At the end of a batch, inside its transaction: what came in withdrawn is, with its notice as it was."""
        for pk, reason, since in self.withdrawn:
            withdraw_story(Story.objects.get(pk=pk), by=None, reason=reason, at=since)
        self.withdrawn.clear()

    def new_story(self, item: items.Item) -> Story:
        edition = self.edition(item.language)
        story = Story(uri=item.uri, edition=edition, locale=edition.locale)
        self.fill(story, item)
        story.slug = self._slug(item)
        now = timezone.now()
        held = item.embargoed_until and item.embargoed_until > now
        story.live = bool(self.notice(item)) or (item.status == "usable" and not held)
        story.has_unpublished_changes = not story.live
        if held:
            story.go_live_at = item.embargoed_until
        if story.live:
            story.first_published_at = story.last_published_at = story.published
        story.words, story.frames = count_words(story), count_frames(story)
        if story.clip:
            story.seconds = round(story.clip.milliseconds / 1000) if story.clip.ready else 0
            story.shown_clip = story.clip_id if story.live else None
        story.digest = content_digest(story)
        return story

    def _cut(self, name: str, text: str, most: int) -> str:
        if len(text) > most:
            self.notes.append(f"{name}: shortened to {most} characters")
        return text[:most]

    def fill(self, story: Story, item: items.Item) -> None:
        """Everything an item says of a story but its terms and people."""
        edition = story.edition
        section = self.section(edition, item)
        whole = " ".join(item.headline.split())
        story.title = shorten(whole, width=255, placeholder="…") if " " in whole[:254] else whole[:255]
        story.whole_headline = whole if len(whole) > 255 else ""
        story.draft_title = story.title
        story.version = item.version[:100]
        story.section = section
        story.form = item.form
        story.kicker = self._cut("kicker", item.kicker, 120)
        story.short_headline = self._cut("short headline", item.short_headline, 120)
        story.standfirst = item.standfirst
        story.source = self._cut("source", item.source, 500)
        story.place = self._cut("located", item.located, 120)
        story.urgency = item.urgency or 5
        story.published = item.first_created or story.published
        if story.published is None and item.status != "withheld":  # a draft gets its time when it goes out
            story.published = item.published or timezone.now()
        stamp = item.version_created
        story.updated = stamp if stamp and story.published and stamp > story.published else None
        story.embargo = item.embargoed_until
        story.expire_at = item.expires
        story.rights = (item.copyright_notice or item.usage_terms or "")[:500]
        story.translation_key = self._group(item, story)
        pictures = {media.uri or media.name: self._picture(media) for media in item.figures if media.href}
        story.lead_picture = self._picture(item.lead) if item.lead and item.lead.href else None
        story.clip = self._clip(item.clip) if item.clip else None
        if story.clip and story.clip.poster_id and not story.lead_picture:
            story.lead_picture = story.clip.poster
        terms = [
            self._term(Series, edition, term.slug, title=(term.name or term.slug)[:200]) for term in item.series[:1]
        ]
        story.series, story.episode = (terms[0] if terms else None), item.episode
        story.lead_caption = own_caption(item.lead.caption, story.lead_picture) if item.lead else ""
        blocks = (*_gallery(item), *item.body)
        shown = (
            raw_block(
                block, lambda ref: self._shown(item, ref, pictures), lambda ref: self._tracker(story.edition_id, ref)
            )
            for block in blocks
        )
        story.body = [block for block in shown if block]
        story.sources = sources_field(item)
        story.kept = _kept(item)

    def _tracker(self, edition: int, ref: items.TrackerRef) -> Tracker | None:
        found = Tracker.objects.filter(edition_id=edition, slug=ref.slug).first()
        if found is None:
            self.notes.append(f"body: there is no tracker {ref.slug!r}; it was left out")
        return found

    def file_under(self, story: Story, item: items.Item, *, new: bool = False) -> frozenset[str]:
        """Write terms and people of a saved story; returns the keys of the streams it is on."""
        edition = story.edition
        regions = [self._region(edition, term) for term in item.regions]
        topics = [self._term(Topic, edition, term.slug, name=(term.name or term.slug)[:160]) for term in item.topics]
        coverages = [
            self._term(Coverage, edition, term.slug, title=(term.name or term.slug)[:200]) for term in item.coverages
        ]
        people = [self._term(Person, edition, _person_slug(a), name=a.name[:160]) for a in self._authors(item)]
        people = list(dict.fromkeys(people))
        for name, rows in (("regions", regions), ("topics", topics), ("coverages", coverages)):
            _set_links(getattr(Story, name).through, story, name[:-1], rows, new=new)
        if not new:
            Byline.objects.filter(story=story).delete()
        Byline.objects.bulk_create(Byline(story=story, person=p, sort_order=i) for i, p in enumerate(people))
        if item.corrections:
            self._note(story, item, new=new)
        node = self.node(edition)
        keys = {f"edition:{edition.pk}", f"form:{edition.pk}:{story.form}"}
        section = node.section(story.section_id)
        while section:
            keys.add(f"section:{section.id}")
            section = node.section(section.parent)
        if story.series_id:
            keys.add(f"series:{story.series_id}")
        for kind, rows in (("region", regions), ("topic", topics), ("coverage", coverages), ("person", people)):
            keys |= {f"{kind}:{row.pk}" for row in rows}
        return frozenset(keys)

    # ── parts ──

    def _note(self, story: Story, item: items.Item, *, new: bool) -> None:
        """Write an item's notes of correction. One that stands here already, of that kind and time, says what the item
        says; one that the item does not know stays, since readers have been told."""
        now = timezone.now()
        known: dict[Any, list[StoryCorrection]] = {}
        for row in () if new else StoryCorrection.objects.filter(story=story):
            known.setdefault((row.kind, row.at), []).append(row)
        told = item.version_created or item.published
        fresh = []
        for place, note in enumerate(item.corrections):
            at = note.at or (told if story.is_public else None)
            at = min(at, now).replace(second=0, microsecond=0) if at else None
            text = self._cut(note.kind, note.text, LONGEST)
            if rows := known.get((note.kind, at)):
                StoryCorrection.objects.filter(pk=rows.pop(0).pk).update(text=text)
            else:
                fresh.append(StoryCorrection(story=story, kind=note.kind, text=text, at=at, sort_order=place))
        StoryCorrection.objects.bulk_create(fresh)

    def _authors(self, item: items.Item) -> tuple[items.Credit, ...]:
        signed = tuple(credit for credit in item.authors if credit.role is None)
        if signed:
            return signed
        return (items.Credit(item.by),) if item.by else ()

    def _term(self, model: Any, edition: Edition, slug: str, **values: Any) -> Any:
        key = (model.__name__, edition.pk, slug)
        if key not in self._terms:
            clean = slugify(slug, allow_unicode=True)[:120] or uuid4().hex[:12]
            row = model.objects.filter(edition=edition, slug=clean).first() or model.once_at(edition, clean)
            self._terms[key] = row or model.objects.create(edition=edition, slug=clean, **values)
        return self._terms[key]

    def _region(self, edition: Edition, term: items.Term) -> Region:
        key = ("Region", edition.pk, term.slug)
        if key not in self._terms:
            row = Region.objects.filter(edition=edition, slug=term.slug).first()
            if row is None:
                from dateline.newsroom.editions.actions import settle_tree_page

                row = Region.objects.create(
                    edition=edition, slug=term.slug, title=term.name or term.slug, sort_order=99
                )
                settle_tree_page(edition)
            self._terms[key] = row
        return self._terms[key]

    def _picture(self, media: items.Media) -> Picture:
        return self.pictures.take(
            media.href,
            title="" if _PLACE.fullmatch(media.name) else media.name,
            caption=media.caption,
            alt=media.alt,
            long=media.long,
            credit=media.credit,
            rights=media.copyright_notice,
            usage_terms=media.usage_terms,
            taken_at=media.created,
            uri=media.uri,
        )

    def _clip(self, media: items.Media) -> Clip | None:
        """The film of a story. The story comes in without one that cannot be taken."""
        try:
            with transaction.atomic():
                return self.clips.take(media)
        except MediaError as error:
            self.notes.append(f"its video or audio was left out: {error}")
            return None

    def _shown(self, item: items.Item, ref: items.FigureRef, pictures: dict[str, Picture]) -> Picture | None:
        """The picture a place in the body shows: one of the item's own, or a file that only the body names."""
        media = item.medium(ref)
        if media is not None:
            return pictures.get(media.uri or media.name) or (self._picture(media) if media.href else None)
        if not ref.href or ref.href.startswith(("http:", "https:")):
            return None
        try:
            return self.pictures.take(ref.href, caption=ref.caption, alt=ref.alt, credit=ref.credit)
        except MediaError as error:
            self.notes.append(f"a picture in the text was left out: {error}")
            return None

    def _group(self, item: items.Item, story: Story) -> UUID:
        """One key for all translations; a second story of a language in one group stands alone."""
        if not item.translation_group:
            return story.translation_key or uuid4()
        key = group_key(item.translation_group)
        others = Story.objects.filter(translation_key=key, locale=story.locale).exclude(pk=story.pk)
        return key if not others.exists() else (story.translation_key or uuid4())

    def _slug(self, item: items.Item) -> str:
        text = item.slug or item.headline
        slug = slugify(text, allow_unicode=True)
        if len(slug) > _LONGEST_SLUG:
            slug = slug[:_LONGEST_SLUG].rsplit("-", 1)[0] or slug[:_LONGEST_SLUG]
        slug = slug.strip("-_") or "story"
        # A number alone would read like a page's or a month's.
        return f"story-{slug}" if re.fullmatch(r"\d+", slug) else slug


def _set_links(through: Any, story: Story, name: str, rows: list[Any], *, new: bool) -> None:
    column = {"region": "region_id", "topic": "topic_id", "coverage": "coverage_id"}[name]
    wanted = {row.pk for row in rows}
    known = set() if new else set(through.objects.filter(story_id=story.pk).values_list(column, flat=True))
    if known - wanted:
        through.objects.filter(story_id=story.pk, **{f"{column}__in": known - wanted}).delete()
    through.objects.bulk_create(through(story_id=story.pk, **{column: pk}) for pk in sorted(wanted - known))


def _person_slug(credit: items.Credit) -> str:
    if credit.uri and "/author/" in credit.uri:
        return credit.uri.rstrip("/").rsplit("/", 1)[1]
    return slugify(credit.name, allow_unicode=True) or group_key(credit.name).hex[:12]


def _gallery(item: items.Item) -> tuple[items.Block, ...]:
    """The pictures of a gallery that its text does not name, before that text: they are what it shows."""
    if item.form != "gallery":
        return ()
    refs = [
        ref
        for block in item.body
        for ref in (block.figures if isinstance(block, items.GalleryRef) else (block,))
        if isinstance(ref, items.FigureRef)
    ]
    named = {media.name for ref in refs if (media := item.medium(ref))}
    rest = [media for media in item.figures if media.href and media.name not in named]
    figures = tuple(items.FigureRef(name=media.name, caption=media.caption) for media in rest)
    return (items.GalleryRef(figures),) if figures else ()


def _told_reason(item: items.Item) -> str:
    notices = [told for told in item.kept.get("descriptions", ()) if told.get("role") == WITHDRAWAL]
    return str(notices[0].get("value", "")).strip() if notices else ""


def _kept(item: items.Item) -> dict[str, Any]:
    """What the export gives back although no field of a story holds it."""
    kept: dict[str, Any] = {
        "version_created": item.version_created.isoformat() if item.version_created else None,
    }
    for name in ("origin", "translation_group", "usage_terms", "copyright_holder", "copyright_notice", "by"):
        if getattr(item, name):
            kept[name] = getattr(item, name)
    if item.authors:
        kept["authors"] = [{"name": a.name, "uri": a.uri, "role": a.role} for a in item.authors]
    if item.redirects:
        kept["redirects"] = list(item.redirects)
    if item.series[1:]:
        kept["series"] = [{"slug": term.slug, "name": term.name} for term in item.series[1:]]
    if item.related:
        kept["related"] = [{"uri": link.uri, "title": link.title} for link in item.related]
    rest = dict(item.kept)
    if "descriptions" in rest:
        rest["descriptions"] = [told for told in rest["descriptions"] if told.get("role") != WITHDRAWAL]
        rest = {name: value for name, value in rest.items() if value != []}
    if rest:
        kept["item"] = rest
    return kept
