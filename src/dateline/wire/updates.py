"""Live coverage of a newsroom folder: `live.jsonl`, a line for each story told update by update, in and out."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from dateline.newsroom.live.actions.updates import UpdateError, bring_updates
from dateline.newsroom.live.models import NEWEST, OPEN, ORDERS, STATES, LiveStory, Update
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.models import Person, Story
from dateline.wire import items
from dateline.wire.bodies import blocks_from_html, blocks_to_html
from dateline.wire.imagefiles import MediaError
from dateline.wire.markup import MarkupTooLong
from dateline.wire.media_folder import MediaFolder
from dateline.wire.pictures import PictureIntake
from dateline.wire.story_blocks import item_blocks
from dateline.wire.story_body import raw_block

FILE = "live.jsonl"

#: Characters of one line; five thousand long updates are less.
LONGEST_LINE = 64 * 1024 * 1024


class LiveError(ValueError):
    """A line that cannot be live coverage; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads values of one line, or says which is wrong."""

    where: str
    values: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise LiveError(f"{self.where}{name}: a text is wanted")
        return value

    def one_of(self, name: str, known: dict[str, Any], usual: str) -> str:
        value = self.text(name) or usual
        if value not in known:
            raise LiveError(f"{self.where}{name}: {value!r} is none of {', '.join(known)}")
        return value

    def moment(self, name: str) -> datetime | None:
        said = self.text(name)
        if not said:
            return None
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise LiveError(f"{self.where}{name}: {said!r} is not a time such as 2026-11-23T09:30:00Z") from None
        if moment.tzinfo is None:
            raise LiveError(f"{self.where}{name}: {said!r} lacks its zone, such as Z or +02:00")
        return moment

    def number(self, name: str) -> int:
        value = self.values.get(name) or 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000:
            raise LiveError(f"{self.where}{name}: a whole number is wanted")
        return value


def take_live(root: Path, pictures: PictureIntake, say: Callable[[Path, int, str], None]) -> None:
    """Take in live coverage of stories that are there; a bad line is reported and left out."""
    file = root / FILE
    if not file.is_file():
        return
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                with pictures.tried(), transaction.atomic():
                    _take(line, pictures, lambda note, at=number: say(file, at, note))  # type: ignore[misc]
            except (LiveError, UpdateError, MediaError, MarkupTooLong) as error:
                say(file, number, str(error))


def _take(line: bytes, pictures: PictureIntake, say: Callable[[str], None]) -> None:
    if len(line) > LONGEST_LINE:
        raise LiveError("the line is too long")
    try:
        values = json.loads(line)
    except ValueError as error:
        raise LiveError(f"not JSON: {error}") from None
    if not isinstance(values, dict) or not isinstance(values.get("updates"), list):
        raise LiveError("an object with `story` and `updates` is wanted")
    told = _Reader("", values)
    story = Story.objects.filter(uri=told.text("story")).select_related("edition").first()
    if story is None:
        raise LiveError(f"story: there is no story {told.text('story')!r}")
    live = LiveStory(
        story=story,
        state=told.one_of("state", dict(STATES), OPEN),
        order=told.one_of("order", dict(ORDERS), NEWEST),
        opened_at=told.moment("opened") or story.published or timezone.now(),
        closed_at=told.moment("closed"),
        last=told.number("last"),
    )
    updates = [
        _update(_Reader(f"updates[{at}].", one if isinstance(one, dict) else {}), story, pictures, say)
        for at, one in enumerate(values["updates"])
    ]
    bring_updates(live, updates, pinned=told.number("pinned"))


def _update(told: _Reader, story: Story, pictures: PictureIntake, say: Callable[[str], None]) -> Update:
    at, number = told.moment("at"), told.number("number")
    if at is None or not number:
        raise LiveError(f"{told.where}at and {told.where}number are wanted")

    def find(ref: items.FigureRef) -> Picture | None:
        if not ref.href or ref.href.startswith(("http:", "https:")):
            return None
        try:
            return pictures.take(ref.href, caption=ref.caption, alt=ref.alt, credit=ref.credit)
        except MediaError as error:
            say(f"{told.where}body: a picture was left out: {error}")
            return None

    shown = (raw_block(block, find) for block in blocks_from_html(told.text("body")))
    key = uuid4()
    with suppress(ValueError):
        key = UUID(told.text("key"))
    return Update(
        number=number,
        key=key,
        at=at,
        edited_at=told.moment("edited"),
        title=told.text("title")[:200],
        body=[block for block in shown if block and block[0] in _ALLOWED],
        author=_author(told.text("author"), story),
        source=told.text("source")[:300],
        is_key=bool(told.values.get("key_point")),
    )


_ALLOWED = frozenset({"text", "quote", "picture", "gallery", "related", "embed"})


def _author(slug: str, story: Story) -> Person | None:
    if not slug:
        return None
    clean = slugify(slug, allow_unicode=True)[:120]
    return Person.objects.get_or_create(edition=story.edition, slug=clean, defaults={"name": slug[:160]})[0]


def write_live(out: Path, media: MediaFolder) -> int:
    """Write every live coverage; what was withdrawn stays behind. Returns how many there are."""
    rows = LiveStory.objects.select_related("story", "pinned").order_by("pk")
    if not rows.exists():
        return 0
    count = 0
    with (out / FILE).open("w", encoding="utf-8") as lines:
        for live in rows.iterator(50):
            lines.write(json.dumps(_written(live, media), ensure_ascii=False) + "\n")
            count += 1
    return count


def _written(live: LiveStory, media: MediaFolder) -> dict[str, Any]:
    said = {
        "story": live.story.uri,
        "state": live.state,
        "order": live.order,
        "opened": live.opened_at.isoformat(),
        "closed": live.closed_at.isoformat() if live.closed_at else "",
        "last": live.last,
        "pinned": live.pinned.number if live.pinned else 0,
        "updates": list(_updates(live, media)),
    }
    return {name: value for name, value in said.items() if value not in ("", 0)}


def _updates(live: LiveStory, media: MediaFolder) -> Iterator[dict[str, Any]]:
    rows = Update.objects.filter(live=live, withdrawn_at=None).select_related("author").order_by("number")
    for row in rows.iterator(500):
        said = {
            "number": row.number,
            "key": str(row.key),
            "at": row.at.isoformat(),
            "edited": row.edited_at.isoformat() if row.edited_at else "",
            "title": row.title,
            "body": blocks_to_html(item_blocks(row.body, lambda shown: _figure(shown, media))),
            "author": row.author.slug if row.author else "",
            "source": row.source,
            "key_point": row.is_key,
        }
        yield {name: value for name, value in said.items() if value not in ("", False)}


def _figure(shown: Any, media: MediaFolder) -> items.FigureRef:
    picture, caption = shown["picture"], shown["caption"]
    href = media.href(picture, tell=True)
    return items.FigureRef(
        href=href, caption=caption or picture.caption, alt=picture.description, credit=picture.credit
    )
