"""Trackers for tests: one of a goal, one of positions, with evidence that is added as the desk does it."""

from datetime import date
from decimal import Decimal
from typing import Any

from dateline.newsroom.stories.sources import read_sources
from dateline.newsroom.trackers.actions import add_evidence
from dateline.newsroom.trackers.claims import Claim
from dateline.newsroom.trackers.members import Member, set_parties
from dateline.newsroom.trackers.models import Evidence, Tracker
from tests.factories import TestNewsroom, make_tracker

#: A chain: a report that cites a newspaper that cites people without a name.
CHAIN = [
    {
        "kind": "outlet",
        "name": "The Maren Post",
        "url": "https://post.example/a",
        "cites": [{"kind": "outlet", "name": "Delta Daily", "cites": [{"kind": "unnamed", "name": "two officials"}]}],
    }
]
LISTS = [{"kind": "document", "name": "Arrival lists", "url": "https://lists.example/1"}]


def goal(newsroom: TestNewsroom, language: str = "en", **values: Any) -> Tracker:
    said = {
        "slug": "flood-centre",
        "title": "700 people for the flood centre",
        "question": "Will the flood centre have its 700 people?",
        "starts": date(2026, 3, 14),
        "due": date(2026, 10, 1),
    }
    return make_tracker(newsroom, language, **(said | values))


def proposal(newsroom: TestNewsroom, language: str = "en", **values: Any) -> Tracker:
    said = {
        "slug": "seats",
        "kind": "positions",
        "title": "The new seats of the council",
        "question": "Who wants new seats in the council?",
        "proposal": "Ten more seats, none of them permanent.",
    }
    return make_tracker(newsroom, language, **(said | values))


def join(tracker: Tracker, *members: Member) -> None:
    set_parties(tracker, list(members), by=None)


def known(
    tracker: Tracker, says: str, on: date, low: int | str | None = None, high: int | str | None = None, **values: Any
) -> Evidence:
    sources = read_sources(values.pop("sources", LISTS))
    least = None if low is None else Decimal(low)
    most = least if high is None else Decimal(high)
    return add_evidence(tracker, Claim(says, on, low=least, high=most, sources=sources, **values), by=None)
