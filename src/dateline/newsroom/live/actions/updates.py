"""Every write of live coverage: the row, its history, the event open pages hear, and what is printed anew."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext
from wagtail.log_actions import log

from dateline.newsroom.editions.addresses import Address
from dateline.newsroom.editions.shell import EditionNode, editions
from dateline.newsroom.live.models import CLOSED, OPEN, ORDERS, STATES, LiveStory, Update, UpdateNote
from dateline.newsroom.live.pages import updates as pages
from dateline.newsroom.stories.models import Person, Story
from dateline.press.events import record_event
from dateline.press.outbox import announce

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Characters of one update, its text and titles together: a story of its own is longer.
LONGEST_UPDATE = 20_000


#: A story older than this does not go live by being published: it comes from elsewhere.
LATEST_BEGIN = timedelta(days=2)


class UpdateError(Exception):
    """An update that cannot be written so; the message is for the editor."""


class UpdateConflict(UpdateError):
    """Somebody else has changed the update meanwhile; `theirs` is how it now stands."""

    def __init__(self, message: str, theirs: Update) -> None:
        super().__init__(message)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Words:
    """What an update is to say. `body` is a list of blocks as (type, value), or a stream value."""

    title: str = ""
    body: Any = field(default_factory=list)
    author: Person | None = None
    source: str = ""
    is_key: bool = False


def begin(story: Story) -> None:
    """Open live coverage of a story that has just gone out. One that was published days ago is not live."""
    if story.published and timezone.now() - story.published < LATEST_BEGIN:
        LiveStory.objects.get_or_create(story=story, defaults={"opened_at": story.published})


def post_update(story: Story, words: Words, *, by: "AbstractBaseUser | None", key: UUID | None = None) -> Update:
    """Add an update.

    Args:
        key: of the attempt; posted again after a connection broke, it adds nothing and the update is returned.

    Raises:
        UpdateError: it says nothing or too much, or the coverage is not open.
    """
    with transaction.atomic():
        live = _locked(story)
        if known := Update.objects.filter(key=key).first() if key else None:
            return known
        if live.state != OPEN:
            text = gettext("This coverage is %(state)s. Open it to post.")
            raise UpdateError(text % {"state": str(dict(STATES)[live.state]).lower()})
        live.last += 1
        update = Update(live=live, number=live.last, key=key or uuid4(), at=timezone.now())
        _say(update, words)
        update.save()
        live.save(update_fields=["last"])
        _tell(live, update, "created", "posted", by)
    return update


def bring_updates(live: LiveStory, updates: Sequence[Update], *, pinned: int = 0) -> bool:
    """Take in live coverage from elsewhere, as it stood there; what is known already changes nothing.

    Args:
        pinned: number of the update that stands on top; 0 for none.

    Returns whether anything changed.

    Raises:
        UpdateError: two updates of one number, or one that cannot be said so.
    """
    numbers = [update.number for update in updates]
    if len(set(numbers)) < len(numbers):
        raise UpdateError(gettext("Two updates have the same number."))
    with transaction.atomic():
        known = LiveStory.objects.select_for_update(of=("self",)).filter(pk=live.story.pk).first()
        here = {row.number: row for row in Update.objects.filter(live=live.story.pk)} if known else {}
        live.last = max([live.last, *(known.last for known in [known] if known), *numbers, 0])
        live.changes, live.pinned = (known.changes if known else 0), None
        live.save(force_insert=known is None)
        changed = [row for row in updates if _brought(row, live, here.get(row.number))]
        live.pinned = Update.objects.filter(live=live, number=pinned, withdrawn_at=None).first() if pinned else None
        same = known is not None and all(getattr(known, name) == getattr(live, name) for name in _ARRANGED)
        if same and not changed:
            return False
        live.changes += 1
        live.save()
        touched = {f"updates:{live.pk}/{pages.page_of(row.number)}" for row in changed}
        announce([f"live:{live.pk}", f"story:{live.pk}", *touched], print_now=_address(live.story))
    return True


#: What two states of one coverage are compared by.
_ARRANGED = ("state", "order", "opened_at", "closed_at", "last", "pinned_id")
_COMPARED = ("at", "edited_at", "title", "author_id", "source", "is_key")


def _brought(update: Update, live: LiveStory, here: Update | None) -> bool:
    """Write an update that comes in, unless it says what is here already."""
    words = Words(update.title, update.body, update.author, update.source, update.is_key)
    _say(update, words)
    update.live = live
    if here is not None:
        same = all(getattr(update, name) == getattr(here, name) for name in _COMPARED)
        if not here.stands or (same and _without_ids(update) == _without_ids(here)):
            return False
        update.pk, update.key, update.version = here.pk, here.key, here.version + 1
    elif Update.objects.filter(key=update.key).exists():
        update.key = uuid4()
    update.save()
    _note(update, "posted" if here is None else "edited", None, at=update.edited_at or update.at)
    return True


def _without_ids(update: Update) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in update.body.get_prep_value()]


def edit_update(update: Update, words: Words, *, by: "AbstractBaseUser | None", seen: int | None = None) -> Update:
    """Say something else in an update.

    Args:
        seen: the version the editor had before them; None for whatever it is.

    Raises:
        UpdateConflict: it is not that version any more.
        UpdateError: it is withdrawn, says nothing or too much.
    """
    with transaction.atomic():
        live = _locked(update.live.story)
        update = _standing(update)
        if seen is not None and seen != update.version:
            last = update.notes.order_by("-pk").first()
            text = gettext("%(name)s has changed this update meanwhile. Their text stands below; yours is still here.")
            raise UpdateConflict(text % {"name": (last and last.by_name) or gettext("Somebody")}, update)
        was_key = update.is_key
        _say(update, words)
        update.version += 1
        update.edited_at = timezone.now()
        update.save()
        _tell(live, update, "edited", "edited", by, key_points=was_key or update.is_key)
    return update


def withdraw_update(update: Update, *, by: "AbstractBaseUser | None") -> Update:
    """Take an update back: it leaves every page and every open page. It can be put back.

    Raises:
        UpdateError: it is withdrawn already.
    """
    with transaction.atomic():
        live = _locked(update.live.story)
        update = _standing(update)
        update.withdrawn_at = timezone.now()
        update.save(update_fields=["withdrawn_at"])
        if live.pinned_id == update.pk:
            live.pinned = None
            live.save(update_fields=["pinned"])
        _tell(live, update, "withdrawn", "withdrawn", by)
    return update


def restore_update(update: Update, *, by: "AbstractBaseUser | None") -> Update:
    """Put a withdrawn update back where it was.

    Raises:
        UpdateError: it is not withdrawn.
    """
    with transaction.atomic():
        live = _locked(update.live.story)
        update = Update.objects.select_related("live__story").get(pk=update.pk)
        if update.stands:
            raise UpdateError(gettext("This update is not withdrawn."))
        update.withdrawn_at = None
        update.save(update_fields=["withdrawn_at"])
        _tell(live, update, "edited", "restored", by)
    return update


def pin_update(story: Story, update: Update | None, *, by: "AbstractBaseUser | None") -> LiveStory:
    """Let an update stand on top of all others; None: no one does.

    Raises:
        UpdateError: it is withdrawn, or of another story.
    """
    with transaction.atomic():
        live = _locked(story)
        if update is not None:
            update = _standing(update)
            if update.live_id != live.pk:
                raise UpdateError(gettext("This update is of another story."))
        live.pinned = update
        live.save(update_fields=["pinned"])
        log(instance=story, action="dateline.update", user=by, data={"action": "pinned" if update else "unpinned"})
        _changed(live)
        edition = _edition(story)
        if edition is not None:
            shown = pages.update_html(update, live, edition, pinned=True) if update else ""
            data = {"id": update.number if update else 0, "html": shown}
            record_event(edition.slug, "update.pinned", data, about=f"pinned:{story.pk}", topic=str(story.pk))
            announce([f"live:{story.pk}"], print_now=_address(story))
    return live


def change_coverage(
    story: Story, *, by: "AbstractBaseUser | None", state: str | None = None, order: str | None = None
) -> LiveStory:
    """Open, pause or close live coverage, or turn its order round.

    Raises:
        UpdateError: there is no such state or order.
    """
    with transaction.atomic():
        live = _locked(story)
        before = (live.state, live.order)
        if (state and state not in dict(STATES)) or (order and order not in dict(ORDERS)):
            raise UpdateError(gettext("There is no such state."))
        live.state, live.order = state or live.state, order or live.order
        if (live.state, live.order) == before:
            return live
        if live.state == CLOSED and before[0] != CLOSED:
            live.closed_at = timezone.now()
        elif live.state != CLOSED:
            live.closed_at = None
        live.save(update_fields=["state", "order", "closed_at"])
        data = {"action": live.state if live.state != before[0] else live.order}
        log(instance=story, action="dateline.update", user=by, data=data)
        _changed(live)
        edition = _edition(story)
        if edition is not None:
            shown = {"state": live.state, "html": pages.status_html(live, edition), "order": live.order}
            record_event(edition.slug, "coverage.changed", shown, about=f"coverage:{story.pk}", topic=str(story.pk))
            # Lists show whether a story goes on, as they show its headline.
            announce([f"live:{story.pk}", f"story:{story.pk}"], print_now=[*_address(story), edition.home])
    return live


def _locked(story: Story) -> LiveStory:
    """The row that all writers of one story queue up for."""
    _live, new = LiveStory.objects.get_or_create(story=story, defaults={"opened_at": timezone.now()})
    if new and (edition := _edition(story)):
        announce([f"story:{story.pk}"], print_now=[*_address(story), edition.home])
    return LiveStory.objects.select_for_update(of=("self",)).select_related("story", "pinned").get(pk=story.pk)


def _standing(update: Update) -> Update:
    found = Update.objects.select_related("live__story", "author").get(pk=update.pk)
    if not found.stands:
        raise UpdateError(gettext("This update is withdrawn. Put it back first."))
    return found


def _say(update: Update, words: Words) -> None:
    update.title = " ".join(words.title.split())
    update.body = words.body
    update.author, update.source, update.is_key = words.author, words.source.strip(), words.is_key
    said = json.dumps(update.body.get_prep_value(), ensure_ascii=False)
    shown = strip_tags("".join(str(value) for value in _strings(update.body.get_prep_value())))
    if not update.title and not shown.strip():
        raise UpdateError(gettext("The update says nothing."))
    if len(update.title) > 200:
        raise UpdateError(gettext("The title has room for 200 characters."))
    if len(said) + len(update.source) > LONGEST_UPDATE:
        text = gettext("%(number)s characters are too many for one update; there is room for %(longest)s.")
        raise UpdateError(text % {"number": len(said), "longest": LONGEST_UPDATE})
    if update.is_key and not update.title:
        raise UpdateError(gettext("A key point needs a title: it is what the list shows."))


def _strings(value: Any) -> Iterable[str]:
    """All that a stream's raw value shows: its texts, and that there is a picture."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "picture" and item:
                yield "picture"
            elif name not in {"type", "id"}:
                yield from _strings(item)


def _tell(
    live: LiveStory,
    update: Update,
    kind: str,
    action: str,
    by: "AbstractBaseUser | None",
    *,
    key_points: bool | None = None,
) -> None:
    """History, event and print of one change, inside its transaction."""
    story = live.story
    _note(update, action, by)
    _changed(live)
    edition = _edition(story)
    if edition is None:
        return  # it goes out with the story
    data: dict[str, object] = {"id": update.number, "page": pages.page_of(update.number)}
    if update.stands:
        data["html"] = pages.update_html(update, live, edition)
        if live.pinned_id == update.pk:
            data["pinned"] = pages.update_html(update, live, edition, pinned=True)
    if key_points or (key_points is None and update.is_key):
        data["points"] = pages.key_points_html(live, edition)
    record_event(edition.slug, f"update.{kind}", data, about=f"update:{update.pk}", topic=str(story.pk))
    announce(
        pages.made_from(live, update, new=kind == "created"), print_now=_address(story), withdrawn=not update.stands
    )


def _note(update: Update, action: str, by: "AbstractBaseUser | None", *, at: datetime | None = None) -> None:
    UpdateNote.objects.create(
        update=update,
        action=action,
        by_id=getattr(by, "pk", None),
        by_name=(by.get_full_name() or by.get_username()) if by else "",  # type: ignore[attr-defined]
        at=at or timezone.now(),
        version=update.version,
        said={
            "title": update.title,
            "body": update.body.get_prep_value(),
            "author": update.author.name if update.author else "",
            "source": update.source,
            "key": update.is_key,
        },
    )


def _changed(live: LiveStory) -> None:
    live.changes += 1
    live.save(update_fields=["changes"])


def _edition(story: Story) -> EditionNode | None:
    """The edition of a story that readers can open; None as long as they cannot."""
    return editions().by_id.get(story.edition_id) if story.is_public else None


def _address(story: Story) -> list[str]:
    return list(Address.objects.filter(page_id=story.pk, current=True).values_list("path", flat=True))
