"""Which reads count: no bots, nobody twice in a while, no address as a crowd. What it remembers cannot be read back.

Of a reader nothing is kept but bits at places that a keyed hash of address, browser and story points to. The key is
drawn at random, is never written anywhere, and is forgotten with the bits after half a day or a day.
"""

import re
import secrets
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from dateline.stand.searching import Allowance
from dateline.stand.sketches import Often, Seen
from dateline.store.reads import SOURCES

#: Seconds after which the older half of what is remembered is forgotten: a reader counts again after one or two turns.
TURN = 12 * 3600

#: Of one half: bits for reads seen, and cells for how often one address has read one story.
BITS, CELLS = 1 << 24, 1 << 20

#: Reads of one story by one address that count in a turn: a household, an office, a part of a telephone network.
CROWD = 30

#: Reads by one address that count at once, and then so many a second.
BURST, RATE = 200, 0.5

#: Stories and sources counted between two flushes; what is beyond them counts no more until the next.
MOST = 50_000

_BOTS = re.compile(
    r"bot\b|bot[/;)_-]|crawl|spider|slurp|archiver|preview|fetch|scan|monitor|check|validat|lighthouse|headless|phantom|puppeteer|"
    r"playwright|selenium|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node|scrapy|facebookexternalhit|"
    r"embedly|feed|rss|http://|https://|gpt|claude|perplexity|bytespider",
    re.IGNORECASE,
)


def is_bot(agent: str) -> bool:
    """Whether a User-Agent is none of a browser that somebody reads with."""
    return len(agent) < 20 or "Mozilla/" not in agent or bool(_BOTS.search(agent))


def network(address: str) -> str:
    """The part of an address that belongs to one customer: all of IPv4, half of IPv6 (RFC 6177)."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(known)


@dataclass(slots=True)
class _Half:
    secret: bytes
    seen: Seen
    crowds: Often


class Counter:
    """Reads of stories by class of referrer since the last flush, and what is remembered of who has read what.

    Memory is bounded: `memory` bytes for what is remembered, twenty thousand addresses' allowances, and MOST counts.
    """

    def __init__(self, now: float, *, bits: int = BITS, cells: int = CELLS) -> None:
        self._bits, self._cells = bits, cells
        self._old, self._new = self._half(), self._half()
        self._turned = now
        self._allowance = Allowance(BURST, RATE)
        self._counts: dict[tuple[int, str], int] = {}

    def _half(self) -> _Half:
        return _Half(secrets.token_bytes(32), Seen(self._bits), Often(self._cells))

    @property
    def memory(self) -> int:
        """Bytes of what is remembered of readers; it does not grow."""
        return sum(half.seen.memory + half.crowds.memory for half in (self._old, self._new))

    def count(self, story: int, source: str, address: str, agent: str, now: float) -> bool:
        """Count a read, if it counts. `now` is in seconds, of a clock that does not go back."""
        if source not in SOURCES or is_bot(agent):
            return False
        self._turn(now)
        place = network(address)
        if self._allowance.take(place, now):
            return False
        read = f"{place}\n{agent}\n{story}".encode("utf-8", "surrogatepass")
        if self._old.seen.holds(read, self._old.secret) or not self._new.seen.add(read, self._new.secret):
            return False
        if self._new.crowds.add(f"{place}\n{story}".encode("utf-8", "surrogatepass"), self._new.secret) > CROWD:
            return False
        key = (story, source)
        if key not in self._counts and len(self._counts) >= MOST:
            return False
        self._counts[key] = self._counts.get(key, 0) + 1
        return True

    def take(self) -> dict[tuple[int, str], int]:
        """What was counted since it was last taken."""
        counts, self._counts = self._counts, {}
        return counts

    def _turn(self, now: float) -> None:
        if now - self._turned < TURN:
            return
        # After a night without readers both halves are old.
        self._old = self._half() if now - self._turned >= 2 * TURN else self._new
        self._new = self._half()
        self._turned = now
