"""Which stories a reader of one may want next: pure functions over search entries.

Two stories are akin by their words, weighed by how often they stand where and how rare they are (the cosine of two
tf-idf vectors), and by what both are filed under. Of kin the newer ones come first, and those of the same days.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from modelsearch.query import SearchQuery

from dateline.newsroom.find.ranking import Usage

#: What a stem is worth in headline, names, standfirst, and the beginning of the body.
WORTH = (3.0, 2.0, 1.5, 0.5)

#: What it adds to be part of one coverage, to share topics (the first, each other), a series, an author, a section.
COVERAGE, TOPICS, SERIES, PERSON, SECTION = 0.3, (0.14, 0.07), 0.1, 0.03, 0.02

#: How much of a story's worth is left when it is neither new nor of the same days, and after how many days half of the
#: rest is gone.
OLD, NEW_DAYS, BESIDE_DAYS = 0.5, 45.0, 60.0

#: Less than this is nothing in common; from CLOSE on, both tell of the same running story.
LEAST, CLOSE = 0.06, 0.3

#: Two texts more alike than this are the same story told again.
SAME = 0.8

#: Stems a story is sought by, the most telling first, and how many of them in pairs.
TELLING, PAIRED = 12, 4

#: A stem in a larger share of all stories tells nothing, unless these are few.
COMMON, FEW = 0.1, 20


@dataclass(frozen=True)
class Kin(SearchQuery):
    """What a story's kin is sought by: telling stems, marks, and the story's own key."""

    stems: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    key: int = 0
    first: int = 0
    last: int = 2**63 - 1

    def __repr__(self) -> str:
        return f"<Kin of {self.key}>"

    def __bool__(self) -> bool:
        return bool(self.stems or self.marks)


@dataclass(frozen=True)
class Profile:
    """A story as it is compared with others. Texts are stems with spaces between them."""

    key: int
    story: int
    published: datetime
    title: str
    names: str
    lead: str
    beginning: str
    marks: str

    @cached_property
    def stems(self) -> dict[str, float]:
        """What each stem is worth where it stands, once for each time."""
        found: dict[str, float] = {}
        for worth, text in zip(WORTH, (self.title, self.names, self.lead, self.beginning), strict=True):
            for stem in text.split():
                found[stem] = found.get(stem, 0.0) + worth
        return found

    @cached_property
    def filed(self) -> frozenset[str]:
        return frozenset(self.marks.split())


def telling(profile: Profile, usage: Usage, idle: Collection[str]) -> tuple[str, ...]:
    """The stems that tell most of what a story is about, the most telling first."""
    most = max(FEW, COMMON * usage.stories)
    weights = {
        stem: weight
        for stem, weight in vector(profile, usage.weight).items()
        if stem not in idle and usage.stems.get(stem, 0) <= most and len(stem) > 1
    }
    return tuple(sorted(weights, key=lambda stem: (-weights[stem], stem))[:TELLING])


def vector(profile: Profile, weight: Callable[[str], float]) -> dict[str, float]:
    """A story as weights of stems."""
    return {stem: math.log1p(worth) * weight(stem) for stem, worth in profile.stems.items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """0 for nothing in common to 1 for the same."""
    if len(other) < len(one):
        one, other = other, one
    common = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return common / lengths if lengths else 0.0


def filed_together(one: frozenset[str], other: frozenset[str]) -> float:
    """What it adds that both are filed under the same."""
    both = Counter(_kind(mark) for mark in one & other)
    topics = both["topic"]
    return (
        COVERAGE * bool(both["coverage"])
        + (TOPICS[0] + TOPICS[1] * min(topics - 1, 3) if topics else 0.0)
        + SERIES * bool(both["series"])
        + PERSON * bool(both["person"])
        + SECTION * bool(both["section"])
    )


def _kind(mark: str) -> str:
    return mark.removeprefix("zq").rstrip("0123456789")


def nearness(own: datetime, other: datetime, now: datetime) -> float:
    """What is left of a story's worth by its age and by the days between the two: OLD to 1."""
    age = max(0.0, (now - other).total_seconds() / 86_400)
    apart = abs((own - other).total_seconds()) / 86_400
    rest = (1 - OLD) / 2
    return OLD + rest * 0.5 ** (age / NEW_DAYS) + rest * 0.5 ** (apart / BESIDE_DAYS)


def choose(own: Profile, others: Iterable[Profile], usage: Usage, now: datetime, most: int) -> dict[int, float]:
    """The stories most akin, best first, and how near of kin each is.

    Never the story itself, and none that tells the same as one before.
    """
    weight = cache(usage.weight)
    mine = vector(own, weight)
    scored: list[tuple[float, int, float, Profile, dict[str, float]]] = []
    for other in others:
        if other.story == own.story:
            continue
        theirs = vector(other, weight)
        kin = cosine(mine, theirs) + filed_together(own.filed, other.filed)
        if kin >= LEAST:
            scored.append((kin * nearness(own.published, other.published, now), other.key, kin, other, theirs))
    scored.sort(key=lambda row: row[:2], reverse=True)
    chosen: dict[int, float] = {}
    taken = [mine]
    for _score, _key, kin, other, theirs in scored:
        if all(cosine(theirs, one) < SAME for one in taken):
            chosen[other.story] = kin
            taken.append(theirs)
        if len(chosen) == most:
            break
    return chosen


def with_new(chosen: Iterable[int], fresh: Collection[int], newest: Sequence[int], shown: int, most: int) -> list[int]:
    """What is chosen, filled up with the newest, of which at least one stands among the first that are shown.

    Args:
        chosen: the most akin, best first.
        fresh: those of them that are new.
        newest: the newest stories of the section.
        shown: how many are shown if all of them are still there.
        most: how many are kept.
    """
    found = list(chosen)[:most]
    others = [pk for pk in newest if pk not in found]
    if len(found) >= shown and others and not any(pk in fresh for pk in found[:shown]):
        found.insert(shown - 1, others.pop(0))
    return [*found, *others][:most]
