"""A first draft of "In five": the sentences of a coverage's stories that say most of what all of them say.

LexRank (Erkan and Radev, 2004): sentences are compared by the cosine of their words, and the one that most others are
like stands in the middle of the story. Sumy and the other packages that do this come with NLTK and its downloads, and
know no Arabic; what is needed of them is one page.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

#: Stories of a coverage that are read, the newest, and sentences of each.
STORIES, SENTENCES = 30, 8

#: Letters of a sentence that can stand on a card.
SHORTEST, LONGEST = 40, 420

#: Two sentences are alike from here on; and from here on they say the same.
ALIKE, SAME = 0.1, 0.75

#: Steps of the power method, and its damping.
STEPS, DAMPING = 30, 0.85

_ENDS = re.compile(r"(?<=[.!?؟…])[\"”»’')\]]*\s+(?=[^\sa-z])")


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its headline, its text, and when it went out."""

    headline: str
    text: str
    published: datetime


@dataclass(frozen=True, slots=True)
class _Sentence:
    story: int
    place: int
    text: str
    words: dict[str, float]


def drafted(
    stories: Sequence[Told],
    most: int,
    *,
    weigh: Callable[[str], dict[str, float]],
    alike: Callable[[dict[str, float], dict[str, float]], float],
) -> list[tuple[str, str]]:
    """Headlines and sentences for so many cards, the oldest first; the same for the same stories.

    Args:
        stories: the newest first.
        weigh: a text as weights of its words.
        alike: how much two such have in common, 0 to 1.
    """
    sentences = [
        _Sentence(number, place, text, weigh(text))
        for number, story in enumerate(stories[:STORIES])
        for place, text in enumerate(_sentences(story.text)[:SENTENCES])
    ]
    ranks = _ranks(sentences, alike)
    ranked = sorted(zip(ranks, sentences, strict=True), key=lambda row: (-row[0], row[1].story, row[1].place))
    chosen: list[_Sentence] = []
    for again in (False, True):  # a story a second time only where there are too few
        for _rank, one in ranked:
            if len(chosen) == most:
                break
            told = {other.story for other in chosen}
            if one in chosen or (one.story in told and not again):
                continue
            if all(alike(one.words, other.words) < SAME for other in chosen):
                chosen.append(one)
    chosen.sort(key=lambda one: (stories[one.story].published, one.place))
    return [(stories[one.story].headline, one.text) for one in chosen]


def _sentences(text: str) -> list[str]:
    found = (" ".join(piece.split()) for line in text.splitlines() for piece in _ENDS.split(line))
    return [sentence for sentence in found if SHORTEST <= len(sentence) <= LONGEST]


def _ranks(sentences: Sequence[_Sentence], alike: Callable[[dict[str, float], dict[str, float]], float]) -> list[float]:
    """How much each stands in the middle: the share of a walk from like to like that is spent on it."""
    count = len(sentences)
    beside: list[list[int]] = [[] for _ in range(count)]
    for one in range(count):
        for other in range(one):
            if alike(sentences[one].words, sentences[other].words) >= ALIKE:
                beside[one].append(other)
                beside[other].append(one)
    ranks = [1 / max(1, count)] * count
    for _ in range(STEPS if count else 0):
        shares = [rank / len(near) if near else 0.0 for rank, near in zip(ranks, beside, strict=True)]
        ranks = [(1 - DAMPING) / count + DAMPING * sum(shares[other] for other in near) for near in beside]
    return ranks
