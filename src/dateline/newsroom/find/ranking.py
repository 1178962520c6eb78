"""Which match comes first: how well a story tells of what is sought, how new it is, and how urgent it was.

The words are weighed as BM25F does (Zaragoza and others, 2004): a word counts the more the rarer it is, the more where
it stands in the headline, and the less the longer the text. Then what a reader of news expects: stories that hold all
the words, and hold them side by side, come before others, and of two that tell the same the newer one first.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dateline.newsroom.find.query import Sought

#: What a word is worth in headline, names, standfirst and body, and how far a field's length counts.
WEIGHTS = (6.0, 4.0, 2.0, 1.0)
LENGTH_COUNTS = (0.3, 0.3, 0.3, 0.75)
USUAL_LENGTH = (10, 6, 25, 350)
SATURATION = 1.2
#: Letters of a stem and the space after it.
LETTERS = 6

#: What standing side by side adds, in the headline or names, and elsewhere; how much is lost with words that miss.
ADJACENT = (0.5, 0.25)
MISSING = 1.5

#: A story of today counts so much more than one long past, and half of that after so many days.
FRESH, HALF_LIFE_DAYS = 0.25, 180.0
#: Urgency 1 counts so much more than 9.
URGENT = 0.08


@dataclass(frozen=True, slots=True)
class Match:
    """A story that may be shown. Texts are stems with spaces between them."""

    key: int
    story: int
    published: datetime
    urgency: int
    title: str
    names: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Usage:
    """In how many of so many stories a stem is used."""

    stories: int = 0
    stems: Mapping[str, int] = field(default_factory=dict)

    def weight(self, stem: str) -> float:
        """The inverse document frequency of BM25, never negative; 1 for all where nothing is known."""
        if not self.stories:
            return 1.0
        used = self.stems.get(stem, 0)
        return math.log(1 + (self.stories - used + 0.5) / (used + 0.5))


def rank(matches: Iterable[Match], sought: Sought, usage: Usage, now: datetime) -> list[Match]:
    """The matches, best first; of equals the newest."""
    weights = {stem: usage.weight(stem) for stem in sought.stems}
    pairs = list(zip(sought.stems, sought.stems[1:], strict=False))
    scored = [(score(match, weights, pairs, now), match.key, match) for match in matches]
    return [match for _score, _key, match in sorted(scored, key=lambda row: row[:2], reverse=True)]


def score(match: Match, weights: Mapping[str, float], pairs: Sequence[tuple[str, str]], now: datetime) -> float:
    """How well a story answers; only comparable between matches of one query."""
    fields = [f" {text} " for text in (match.title, match.names, match.lead, match.body)]
    lengths = [len(text) / LETTERS for text in fields]
    norms = [
        1 - share + share * length / usual
        for share, length, usual in zip(LENGTH_COUNTS, lengths, USUAL_LENGTH, strict=True)
    ]
    total = found = 0.0
    for stem, weight in weights.items():
        spaced = f" {stem} "
        often = sum(worth * text.count(spaced) / norm for worth, text, norm in zip(WEIGHTS, fields, norms, strict=True))
        if often:
            found += weight
            total += weight * often / (often + SATURATION)
    everything = sum(weights.values())
    if not total or not everything:
        return 0.0
    beside = sum(_beside(first, second, fields) for first, second in pairs) / len(pairs) if pairs else 0.0
    relevance = total / everything * (1 + beside) * (found / everything) ** MISSING
    age = max(0.0, (now - match.published).total_seconds() / 86_400)
    fresh = 1 + FRESH * 0.5 ** (age / HALF_LIFE_DAYS)
    return relevance * fresh * (1 + URGENT * (9 - match.urgency) / 8)


def _beside(first: str, second: str, fields: Sequence[str]) -> float:
    """What it is worth that two words stand side by side as they were typed."""
    both = f" {first} {second} "
    if both in fields[0] or both in fields[1]:
        return ADJACENT[0]
    return ADJACENT[1] if both in fields[2] or both in fields[3] else 0.0
