"""What "most read" means: reads that fade.

A read counts for half as much when half of the span has passed: in the list of an hour after thirty minutes, of a day
after twelve hours, of a week after three and a half days. So nothing drops out at the stroke of the hour, and what is
read now stands before what was read as much before.

A score is kept as the logarithm of what it would be worth at the beginning of 2020 if reads grew instead of fading
(Cormode and others, "Forward decay", 2009). Then only new reads change it, two scores can be compared at any time, and
an index keeps them in order.
"""

import math

#: Seconds after which a read counts for half.
HALF = {"hour": 1800.0, "day": 43_200.0, "week": 302_400.0}

#: Seconds since 1970 at which a score of 0 is worth one read.
LANDMARK = 1_577_836_800.0

#: What a score must be worth now, in reads, to be on a list.
LEAST = 1.0


def added(score: float | None, reads: int, at: float, half: float) -> float:
    """A score with so many reads more, which happened at a moment (seconds since 1970)."""
    new = (at - LANDMARK) / half + math.log2(reads)
    if score is None:
        return new
    high, low = max(score, new), min(score, new)
    return high + math.log2(1 + 2.0 ** (low - high))


def worth(score: float, now: float, half: float) -> float:
    """What a score is worth now, in reads."""
    return 2.0 ** min(1000.0, score - (now - LANDMARK) / half)


def floor(now: float, half: float) -> float:
    """The score that is worth LEAST now."""
    return (now - LANDMARK) / half + math.log2(LEAST)
