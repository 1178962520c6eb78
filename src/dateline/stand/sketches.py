"""Sets and counts of a fixed size, for more things than could be remembered one by one.

Bloom (1970) and Cormode and Muthukrishnan (2005): both err to one side alone, and how often follows from their size.
"""

from hashlib import blake2b


def places(key: bytes, secret: bytes, number: int, size: int) -> list[int]:
    """So many places for a key among `size`, a power of two; nobody without the secret can aim at another's."""
    digest = int.from_bytes(blake2b(key, key=secret, digest_size=16).digest())
    first, second = digest & 0xFFFFFFFFFFFFFFFF, (digest >> 64) | 1
    return [(first + turn * second) & (size - 1) for turn in range(number)]


class Seen:
    """Which keys have been seen: never forgets one, and takes one in a hundred new ones for old when it is full.

    `bits` is a power of two; it holds a tenth as many keys.
    """

    _HASHES = 7

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._field = bytearray(bits // 8)

    def add(self, key: bytes, secret: bytes) -> bool:
        """Whether the key is new."""
        field, new = self._field, False
        for place in places(key, secret, self._HASHES, self._bits):
            at, bit = place >> 3, 1 << (place & 7)
            if not field[at] & bit:
                field[at] |= bit
                new = True
        return new

    def holds(self, key: bytes, secret: bytes) -> bool:
        return all(
            self._field[place >> 3] & 1 << (place & 7) for place in places(key, secret, self._HASHES, self._bits)
        )

    @property
    def memory(self) -> int:
        """Bytes."""
        return len(self._field)


class Often:
    """How often each key has been counted, up to 255: never too little, seldom too much. `cells` is a power of two."""

    _ROWS = 4

    def __init__(self, cells: int) -> None:
        self._cells = cells
        self._rows = [bytearray(cells) for _ in range(self._ROWS)]

    def add(self, key: bytes, secret: bytes) -> int:
        """Count the key once more; how often it has been by now."""
        at = places(key, secret, self._ROWS, self._cells)
        least = min(row[place] for row, place in zip(self._rows, at, strict=True))
        if least < 255:
            for row, place in zip(self._rows, at, strict=True):
                row[place] = max(row[place], least + 1)
        return min(least + 1, 255)

    @property
    def memory(self) -> int:
        """Bytes."""
        return self._ROWS * self._cells
