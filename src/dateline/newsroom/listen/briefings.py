"""In five, heard: what is asked for, and what its page offers."""

import hashlib
import json
from collections.abc import Sequence

from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.listen.models import READY, Briefing
from dateline.newsroom.listen.pages import listen_bar
from dateline.press.ingredients import record
from dateline.theme import components as c

#: Milliseconds that five cards may last.
LIMIT = 300_000

#: Words of each card's text that are read: fewer where that lasts longer than LIMIT.
PARTS = (90, 50, 25)


def digest_of(title: str, cards: Sequence[Sequence[str]]) -> str:
    """Of everything that is heard of cards."""
    said = [title, [list(card) for card in cards]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def bar_of(
    subject: str, edition: EditionNode, page: str, title: str, cards: Sequence[tuple[str, str]]
) -> c.Listen | None:
    """What the page of cards offers to hear, if there is a sound of just these words. One query."""
    record(f"listen:{subject}")
    found = Briefing.objects.filter(subject=subject, state=READY, digest=digest_of(title, cards)).defer("marks").first()
    return listen_bar(found, edition, page, title) if found else None
