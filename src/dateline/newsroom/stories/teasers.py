"""Stories as lists show them: loaded in a fixed number of queries, whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from dateline.newsroom.clips.pages import length
from dateline.newsroom.editions.languages import reading_minutes
from dateline.newsroom.editions.models import FORMS
from dateline.newsroom.editions.shell import EditionNode, SectionNode
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.pictures.pages import load_pictures, picture_view
from dateline.newsroom.stories.extensions import extensions
from dateline.newsroom.stories.models import Byline, Story
from dateline.press.ingredients import record, shared
from dateline.theme import components

FORM_LABELS = dict(FORMS)
CALM = frozenset({"feature", "explainer", "analysis", "blog"})


@dataclass(frozen=True, slots=True)
class Told:
    """A story as lists know it: everything a teaser shows and nothing else; a body may weigh a hundred kilobytes."""

    pk: int
    title: str
    form: str
    kicker: str
    standfirst: str
    section_id: int | None
    lead_picture_id: int | None
    published: datetime | None
    updated: datetime | None
    urgency: int
    words: int
    frames: int
    seconds: int
    episode: int | None


_COLUMNS = tuple(column.name for column in fields(Told))


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a story: name, path slug, role, photo."""

    id: int
    name: str
    slug: str
    role: str
    photo_id: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """A story, its address, its authors and its picture."""

    story: Told
    url: str
    authors: tuple[Signed, ...]
    picture: Picture | None
    going_on: bool = False


@dataclass
class Desk:
    """Loads cards for one page: first everything is asked for, then it is fetched at once."""

    edition: EditionNode
    cards: dict[int, Card] = field(init=False)
    pictures: dict[int, Picture] = field(init=False)

    def __post_init__(self) -> None:
        self.cards, self.pictures = shared("cards"), shared("pictures")

    def load(self, ids: Iterable[int]) -> None:
        """Fetch these stories: four queries, however many, and one for each form among them that can go on."""
        wanted = set(ids) - self.cards.keys()
        if not wanted:
            return
        rows = Story.objects.filter(pk__in=wanted, live=True, addresses__current=True)
        told = [(Told(*row), url) for *row, url in rows.values_list(*_COLUMNS, "addresses__path")]
        authors = signed_by(wanted)
        photos = {a.photo_id for signed in authors.values() for a in signed}
        pictures = load_pictures([*(story.lead_picture_id for story, _url in told), *photos])
        self.pictures.update(pictures)
        running = _going_on(story for story, _url in told)
        for story, url in told:
            picture = pictures.get(story.lead_picture_id or 0)
            self.cards[story.pk] = Card(story, url, authors.get(story.pk, ()), picture, story.pk in running)

    def take(self, ids: Sequence[int]) -> list[Card]:
        """The loaded cards among these, in this order."""
        return [self.cards[pk] for pk in ids if pk in self.cards]

    def newest_day(self, cards: Iterable[Card]) -> date | None:
        """The local day of the newest of these stories: its times are shown as clocks."""
        days: list[datetime] = [card.story.published for card in cards if card.story.published]
        return self.edition.voice.day(max(days)) if days else None

    def teaser(
        self, card: Card, *, beside: date | None = None, picture: bool = True, standfirst: bool = True
    ) -> components.Teaser:
        """A teaser, with everything it shows recorded as an ingredient."""
        story, edition = card.story, self.edition
        record(f"story:{story.pk}", *(f"person:{a.id}" for a in card.authors))
        section = edition.section(story.section_id)
        shown = card.picture if picture else None
        if shown:
            record(f"picture:{shown.pk}")
        return components.Teaser(
            url=card.url,
            title=story.title,
            kicker=episode_label(edition, story) or story.kicker or (section.title if section else ""),
            form=story.form,
            form_label=form_label(story, section),
            standfirst=story.standfirst if standfirst else "",
            picture=picture_view(shown, decorative=True) if shown else None,
            byline=names(edition, card.authors),
            time=edition.voice.moment(story.published, beside=beside) if story.published else None,
            minutes=minutes_short(edition, story.words),
            badge=_badge(edition, story),
            calm=story.form in CALM,
            going_on=card.going_on,
        )


def _going_on(stories: Iterable[Told]) -> set[int]:
    by_form: dict[str, list[int]] = {}
    for story in stories:
        if story.form in extensions():
            by_form.setdefault(story.form, []).append(story.pk)
    return {pk for form, ids in by_form.items() for pk in extensions()[form].going_on(ids)}


def latest_line(pk: int, edition: EditionNode) -> components.Latest | None:
    """The newest story as the ticker has it; None where it has no address."""
    desk = Desk(edition)
    desk.load([pk])
    record(f"story:{pk}")
    return next((components.Latest(card.story.pk, card.url, card.story.title) for card in desk.take([pk])), None)


def signed_by(ids: Iterable[int]) -> dict[int, tuple[Signed, ...]]:
    """Who signed each of these stories, in order; one query."""
    found: dict[int, list[Signed]] = {}
    rows = Byline.objects.filter(story_id__in=list(ids)).order_by("story_id", "sort_order", "pk")
    for story, pk, name, slug, role, photo in rows.values_list(
        "story_id", "person_id", "person__name", "person__slug", "person__role", "person__photo_id"
    ):
        found.setdefault(story, []).append(Signed(pk, name, slug, role, photo))
    return {story: tuple(signed) for story, signed in found.items()}


def names(edition: EditionNode, authors: Sequence[Signed]) -> str:
    """Names as the language joins them: A, B and C."""
    from babel.lists import format_list

    return str(format_list([a.name for a in authors], locale=edition.voice.locale)) if authors else ""


def form_label(story: Story | Told, section: SectionNode | None) -> str:
    """The form's name beside the kicker, unless the kicker says it already: a section of opinions holds opinions."""
    if story.form == "news" or (section and section.form == story.form):
        return ""
    label = str(FORM_LABELS[story.form])
    kicker = story.kicker or (section.title if section else "")
    return "" if label == kicker else label


def minutes_short(edition: EditionNode, words: int) -> str:
    if not words:
        return ""
    minutes = reading_minutes(words, edition.code)
    return ngettext("%(number)s min", "%(number)s min", minutes) % {"number": edition.voice.number(minutes)}


def minutes_read(edition: EditionNode, words: int) -> str:
    minutes = reading_minutes(words, edition.code)
    return ngettext("%(number)s min read", "%(number)s min read", minutes) % {"number": edition.voice.number(minutes)}


def episode_label(edition: EditionNode, story: Story | Told) -> str:
    if story.episode is None:
        return ""
    return gettext("Episode %(number)s") % {"number": edition.voice.number(story.episode)}


def _badge(edition: EditionNode, story: Told) -> str:
    if story.form == "gallery" and story.frames:
        text = ngettext("%(number)s picture", "%(number)s pictures", story.frames)
        return text % {"number": edition.voice.number(story.frames)}
    if story.seconds:
        return length(edition, 1000 * story.seconds)
    if story.form == "video":
        return gettext("Video")
    return ""
