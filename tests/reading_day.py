"""A day of reads with a known truth: readers with tastes, bots, floods, reloads, households and offices.

`python -m tests.reading_day` runs it at full size, two million reads by a hundred thousand readers, and prints what
came of it.
"""

import json
import random
import sys
import time
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.stand.counting import Counter

STORIES = 2000
AGENTS = [
    f"Mozilla/5.0 (Linux; Android {version}; K) AppleWebKit/537.36 (KHTML, like Gecko)"
    f" Chrome/{chrome}.0.0.0 Mobile Safari/537.36"
    for version in range(9, 15)
    for chrome in range(110, 131)
]
BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36",
    "",
]


@dataclass(frozen=True, slots=True)
class Read:
    """`true` says whether it is one that a fair count would hold."""

    at: float
    story: int
    source: str
    address: str
    agent: str
    true: bool


@dataclass
class Outcome:
    """What was counted of a day, beside the truth."""

    truth: Tally[int] = field(default_factory=Tally)
    counted: Tally[int] = field(default_factory=Tally)
    reads: int = 0
    false: int = 0
    memory: int = 0
    seconds: float = 0.0

    def top(self, number: int = 10) -> tuple[list[int], list[int]]:
        """The stories most read in truth, and as counted."""
        return tuple([story for story, _n in tally.most_common(number)] for tally in (self.truth, self.counted))  # type: ignore[return-value]


def day(reads: int, readers: int, seed: int = 1) -> Iterator[Read]:
    """The reads of a day in order of time: a tenth by bots, a tenth reloads, and floods for three unread stories."""
    chance = random.Random(seed)
    # A twentieth of the readers sit behind a shared address: offices, schools, parts of a telephone network.
    addresses = [
        f"10.{n % 7}.{n % 11}.{n % 13}" if n % 20 == 0 else f"{20 + n % 90}.{n // 90 % 250}.{n // 22500}.{n % 250}"
        for n in range(readers)
    ]
    agents = [chance.choice(AGENTS) for _ in range(readers)]
    # Zipf's law, so that neighbours among the first ten differ by a tenth and more.
    weights = [1 / (rank + 1) for rank in range(STORIES)]
    stories = chance.choices(range(STORIES), weights, k=reads)
    seen: set[tuple[int, int]] = set()
    bots, again, flood = reads // 10, reads // 10, reads // 20
    kinds = ["bot"] * bots + ["again"] * again + ["flood"] * flood + ["reader"] * (reads - bots - again - flood)
    chance.shuffle(kinds)
    last: tuple[int, int] | None = None
    for number, (kind, story) in enumerate(zip(kinds, stories, strict=True)):
        at = 86_400 * number / reads
        source = chance.choice(["direct", "search", "social", "internal"])
        if kind == "bot":
            yield Read(at, STORIES - 1 - story, source, f"66.249.{story % 250}.1", chance.choice(BOTS), False)
        elif kind == "flood":
            # A few machines that want three stories read, under ever other names of browsers.
            at_story = STORIES - 1 - number % 3
            agent = f"{AGENTS[number % len(AGENTS)]} Build/{number}"
            yield Read(at, at_story, source, f"203.0.113.{number % 5}", agent, False)
        elif kind == "again" and last:
            yield Read(at, last[1], source, addresses[last[0]], agents[last[0]], False)
        else:
            reader = chance.randrange(readers)
            new = (reader, story) not in seen
            seen.add((reader, story))
            last = (reader, story)
            yield Read(at, story, source, addresses[reader], agents[reader], new)


def simulate(reads: int, readers: int, **sizes: int) -> Outcome:
    """Let a counter live through a day."""
    counter, outcome = Counter(0.0, **sizes), Outcome()
    spent = 0.0
    for read in day(reads, readers):
        outcome.reads += 1
        outcome.truth[read.story] += read.true
        before = time.process_time()
        counts = counter.count(read.story, read.source, read.address, read.agent, read.at)
        spent += time.process_time() - before
        outcome.counted[read.story] += counts
        outcome.false += counts and not read.true
        if outcome.reads % 10_000 == 0:
            counter.take()
    outcome.memory, outcome.seconds = counter.memory, spent
    return outcome


def main() -> None:
    outcome = simulate(*(int(size) for size in sys.argv[1:3] or (2_000_000, 100_000)))
    truth, counted = outcome.top()
    right = sum(outcome.truth.values())
    print(
        json.dumps(
            {
                "reads": outcome.reads,
                "true": right,
                "counted": sum(outcome.counted.values()),
                "false": outcome.false,
                "top ten": truth == counted,
                "MB": round(outcome.memory / 2**20, 1),
                "microseconds a read": round(1e6 * outcome.seconds / outcome.reads, 1),
                "truth": truth,
                "found": counted,
            }
        )
    )


if __name__ == "__main__":
    main()
