"""Which stories stand where on a front: curated slots first, the newest after them, none twice.

A layout is a list of slots. All streams the slots may draw on are read in one query, all stories in a few more; then
the slots are filled in order from what is not yet shown. Queries do not grow with slots or stories.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dateline.newsroom.editions.shell import EditionNode, SectionNode
from dateline.newsroom.fronts.models import Front
from dateline.newsroom.pictures.pages import picture_view
from dateline.newsroom.stories import paths, streams
from dateline.newsroom.stories.body import gallery_pictures
from dateline.newsroom.stories.models import Coverage, Story
from dateline.newsroom.stories.teasers import FORM_LABELS, Card, Desk
from dateline.newsroom.trackers.cards import cards_on, newest_trackers, row_of
from dateline.press.ingredients import record
from dateline.theme import components as c

#: A story may lead a front for its urgency only while it is among this many newest.
LEADERS = 12

#: The highest urgency, as a number, that lifts a story over newer ones.
URGENT = 2

#: A light table wants this many pictures.
FRAMES = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One block to fill: its look, where its stories come from, how many, and which come first."""

    kind: str
    stream: str = ""
    most: int = 4
    pinned: tuple[int, ...] = ()
    title: str = ""
    more: c.Link | None = None
    led: bool = False
    least: int = 1
    coverage: int = 0
    trackers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides whether a story stands in a slot."""

    pk: int
    urgency: int
    pictured: bool
    frames: int


@dataclass
class Filling:
    """The state of filling one front: who may stand, who stands already."""

    candidates: dict[int, Candidate]
    ids: dict[str, list[int]]
    coverages: dict[int, Coverage]
    shown: set[int] = field(default_factory=set)

    def choose(self, slot: Slot) -> list[int]:
        """The stories of a slot, pinned ones first, none shown before; empty where it finds too few."""
        chosen = self._chosen(slot)
        if len(chosen) < slot.least:
            return []
        self.shown.update(chosen)
        return chosen

    def _chosen(self, slot: Slot) -> list[int]:
        match slot.kind:
            case "lead" if not slot.pinned:
                return self._led(slot)
            case "light_table":
                return [pk for pk in self._take(slot, slot.most)[:1] if self.candidates[pk].frames >= FRAMES]
            case "dossier" if slot.coverage not in self.coverages:
                return []
        taken = self._take(slot, slot.most, pictured=slot.kind == "screening")
        if slot.led and not slot.pinned:
            # Half the room goes to the first: to one with a picture, if there is one.
            first = next((pk for pk in taken if self.candidates[pk].pictured), None)
            taken.sort(key=lambda pk: pk != first)
        return taken

    def _led(self, slot: Slot) -> list[int]:
        """The most urgent of the newest first, and one with a picture beside it, where there is a choice."""
        wide = [self.candidates[pk] for pk in self._take(slot, LEADERS)]
        if not wide:
            return []
        best = min(wide, key=lambda story: (story.urgency > URGENT, not story.pictured, story.urgency))
        others = [story for story in wide if story.pk != best.pk][: slot.most - 1]
        beside = next((story for story in others if story.pictured), None)
        return [best.pk, *(story.pk for story in sorted(others, key=lambda story: story is not beside))]

    def _take(self, slot: Slot, most: int, *, pictured: bool = False) -> list[int]:
        free: list[int] = []
        for pk in dict.fromkeys([*slot.pinned, *self.ids.get(slot.stream, [])]):
            story = self.candidates.get(pk)
            if story is None or pk in self.shown or (pictured and not story.pictured and pk not in slot.pinned):
                continue
            free.append(pk)
            if len(free) == most:
                break
        return free


def fill(edition: EditionNode, slots: Sequence[Slot]) -> tuple[c.Block, ...]:
    """The blocks of a front; a slot that finds fewer stories than it needs is left out.

    First the stories are chosen from a few columns of all candidates, then those chosen are loaded as teasers.
    """
    keys = sorted({slot.stream for slot in slots if slot.stream})
    pinned = {pk for slot in slots for pk in slot.pinned}
    record(*(f"list:{key}" for key in keys), *(f"story:{pk}" for pk in pinned))
    ids = streams.newest(keys, streams.AHEAD)
    coverages = Coverage.objects.in_bulk([slot.coverage for slot in slots if slot.coverage])
    filling = Filling(_candidates({*pinned, *(pk for found in ids.values() for pk in found)}), ids, coverages)
    chosen = [(slot, filling.choose(slot)) for slot in slots]
    desk = Desk(edition)
    desk.load(pk for _slot, pks in chosen for pk in pks)
    followed = {card.key: card for card in cards_on(edition, sorted({pk for slot in slots for pk in slot.trackers}))}
    blocks: list[c.Block | None] = []
    for slot, pks in chosen:
        if slot.trackers:
            shown = tuple(followed[pk] for pk in slot.trackers if pk in followed)
            blocks.append(row_of(edition, shown, slot.title))
        elif cards := desk.take(pks):
            blocks.append(_block(slot, cards, filling, desk))
    return _paired([block for block in blocks if block is not None])


def _candidates(ids: set[int]) -> dict[int, Candidate]:
    rows = Story.objects.filter(pk__in=ids, live=True, withdrawn_at=None)
    return {
        pk: Candidate(pk, urgency, picture is not None, frames)
        for pk, urgency, picture, frames in rows.values_list("pk", "urgency", "lead_picture_id", "frames")
    }


def _paired(blocks: list[c.Block]) -> tuple[c.Block, ...]:
    """A river stands beside the block before it when that can share its row."""
    paired: list[c.Block] = []
    for block in blocks:
        before = paired[-1] if paired else None
        if isinstance(block, c.River) and isinstance(before, c.Strip | c.Dossier):
            paired[-1] = c.Pair(before, block)
        else:
            paired.append(block)
    return tuple(paired)


def _block(slot: Slot, cards: list[Card], filling: Filling, desk: Desk) -> c.Block | None:
    beside = desk.newest_day(cards)
    match slot.kind:
        case "lead":
            return _lead(cards, desk)
        case "light_table":
            return _light_table(slot, cards[0], desk)
        case "dossier":
            return _dossier(filling.coverages[slot.coverage], cards, desk)
        case "river":
            teasers = tuple(desk.teaser(card, beside=beside, picture=False, standfirst=False) for card in cards)
            return c.River(slot.title, teasers, slot.more)
        case "opinions":
            return c.Opinions(slot.title, tuple(_opinion(desk, card) for card in cards), slot.more)
        case "screening":
            shown = [desk.teaser(card, beside=beside) for card in cards]
            return c.Screening(slot.title, shown[0], tuple(shown[1:]), slot.more)
    return c.Strip(slot.title, tuple(desk.teaser(card, beside=beside) for card in cards), slot.more, led=slot.led)


def _lead(cards: list[Card], desk: Desk) -> c.Lead:
    beside = desk.newest_day(cards)
    main, side, lines = cards[0], cards[1:3], cards[3:6]
    return c.Lead(
        desk.teaser(main, beside=beside),
        tuple(desk.teaser(card, beside=beside, picture=i == 0) for i, card in enumerate(side)),
        tuple(desk.teaser(card, beside=beside, picture=False, standfirst=False) for card in lines),
    )


def _opinion(desk: Desk, card: Card) -> c.Opinion:
    record(f"story:{card.story.pk}", *(f"person:{a.id}" for a in card.authors))
    first = card.authors[0] if card.authors else None
    photo = desk.pictures.get(first.photo_id or 0) if first else None
    if photo:
        record(f"picture:{photo.pk}")
    return c.Opinion(
        card.url,
        card.story.title,
        first.name if first else card.story.kicker,
        first.role if first else "",
        picture_view(photo, decorative=True) if photo else None,
    )


def _light_table(slot: Slot, card: Card, desk: Desk) -> c.LightTable | None:
    story = Story.objects.filter(pk=card.story.pk).first()
    pictures = gallery_pictures(story)[:7] if story else ()
    record(f"story:{card.story.pk}")
    if len(pictures) < FRAMES:
        return None  # some of its pictures were deleted since it was published
    credits = list(dict.fromkeys(p.credit for p in pictures if p.credit))
    more = c.Link(desk.teaser(card, picture=False).badge, card.url)
    return c.LightTable(
        f"{slot.title}: {card.story.title}" if slot.title else card.story.title,
        tuple(c.Frame(card.url, picture) for picture in pictures),
        note=card.story.standfirst,
        credit=" · ".join(credits),
        more=more,
    )


def _dossier(coverage: Coverage, cards: list[Card], desk: Desk) -> c.Dossier:
    record(f"coverage:{coverage.pk}")
    beside = desk.newest_day(cards)
    return c.Dossier(
        _("Coverage"),
        coverage.title,
        paths.coverage_path(desk.edition, coverage.slug),
        coverage.summary,
        newest=tuple(desk.teaser(card, beside=beside, picture=False, standfirst=False) for card in cards),
    )


# ── Layouts ──


def curated(edition: EditionNode, front: Front) -> list[Slot]:
    """The slots an editor chose."""
    record(f"front:{front.page_id}")
    slots = []
    for block in front.blocks.raw_data:
        slot = _curated_slot(edition, block["type"], block["value"])
        if slot:
            slots.append(slot)
    return slots


def _curated_slot(edition: EditionNode, kind: str, value: Any) -> Slot | None:
    title = value.get("title") or ""
    pinned = tuple(pk for item in value.get("stories") or [] if (pk := _pk(item)))
    everything = f"edition:{edition.id}"
    match kind:
        case "lead":
            return Slot("lead", everything, 6, pinned)
        case "river":
            return Slot("river", everything, 8, title=title or _("Newest"))
        case "strip":
            node = edition.section(value["section"])
            return _strip(node, title=title, pinned=pinned, led=bool(value.get("led"))) if node else None
        case "form":
            label = title or str(FORM_LABELS.get(value["form"], ""))
            most = 5 if value["look"] == "screening" else 4
            return Slot(value["look"], f"form:{edition.id}:{value['form']}", most, pinned, label)
        case "dossier":
            return Slot("dossier", f"coverage:{value['coverage']}", 3, coverage=value["coverage"])
        case "trackers":
            chosen = tuple(dict.fromkeys(pk for item in value["trackers"] or [] if (pk := _pk(item))))
            return Slot("trackers", most=0, least=0, title=title, trackers=chosen) if chosen else None
    return None


def _pk(item: Any) -> int | None:
    value = item["value"] if isinstance(item, dict) else item
    return int(value) if value else None


def _strip(
    node: SectionNode, *, title: str = "", pinned: tuple[int, ...] = (), led: bool = False, least: int = 2
) -> Slot:
    more = c.Link(_("All %(section)s") % {"section": node.title}, node.path)
    return Slot("strip", f"section:{node.id}", 4, pinned, title or node.title, more, led=led, least=least)


def home_by_rule(edition: EditionNode) -> list[Slot]:
    """The home page nobody has curated: the day's story, the newest, then section by section with the forms and what is
    followed between."""
    record(f"front:{edition.id}")
    everything = f"edition:{edition.id}"
    leaves = [node for node in edition.sections.values() if not node.children and not node.form]
    strips = [_strip(node, led=i % 3 == 0) for i, node in enumerate(leaves)]
    coverage = Coverage.objects.filter(edition_id=edition.id).order_by("pk").values_list("pk", flat=True).first()

    def form(kind: str, look: str, most: int, least: int) -> Slot:
        node = next((n for n in edition.sections.values() if n.form == kind), None)
        more = c.Link(_("All %(section)s") % {"section": node.title}, node.path) if node else None
        return Slot(look, f"form:{edition.id}:{kind}", most, title=_form_title(kind), more=more, least=least)

    slots = [Slot("lead", everything, 6)]
    if coverage:
        slots.append(Slot("dossier", f"coverage:{coverage}", 3, coverage=coverage))
    slots += strips[:1]
    slots.append(Slot("river", everything, 8, title=_("Newest")))
    slots.append(form("opinion", "opinions", 4, 2))
    slots.append(form("video", "screening", 5, 3))
    slots += strips[1:3]
    if followed := newest_trackers(edition):
        slots.append(Slot("trackers", most=0, least=0, trackers=followed))
    slots.append(form("gallery", "light_table", 5, 1))
    slots += strips[3:]
    slots.append(form("feature", "strip", 4, 2))
    return slots


def _form_title(kind: str) -> str:
    return {
        "opinion": _("Opinion"),
        "video": _("Screening room"),
        "gallery": _("In pictures"),
        "feature": _("Features"),
    }[kind]


def section_by_rule(edition: EditionNode, node: SectionNode) -> list[Slot]:
    record(f"front:{node.id}")
    if node.form == "opinion":
        return [Slot("opinions", f"section:{node.id}", 8, title=""), *_rest(f"section:{node.id}")]
    slots = [Slot("lead", f"section:{node.id}", 6)]
    slots += [_strip(edition.sections[child], led=i % 2 == 0) for i, child in enumerate(node.children)]
    return [*slots, *_rest(f"section:{node.id}")]


def stream_by_rule(key: str) -> list[Slot]:
    """The front of a region, a topic, an author or a coverage."""
    return [Slot("lead", key, 6), *_rest(key)]


def _rest(key: str) -> list[Slot]:
    return [Slot("strip", key, 4), Slot("strip", key, 4), Slot("river", key, 24, title=_("Newest"))]
