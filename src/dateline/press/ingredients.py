"""What a page is made from, noted while it renders."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any


@dataclass(slots=True)
class Recipe:
    """The notes of one rendering.

    Attributes:
        ingredients: keys such as `story:42` or `list:en/politics`.
        weak: 64-bit keys of what the islands inside show; they matter only to deep changes.
        shell: name of the shell the page wears, "" for none.
        until: when time alone makes the page untrue; None for never.
    """

    ingredients: set[str] = field(default_factory=set)
    weak: set[int] = field(default_factory=set)
    shell: str = ""
    until: datetime | None = None


_current: ContextVar[Recipe | None] = ContextVar("recipe", default=None)
_batch: ContextVar[dict[str, dict[Any, Any]] | None] = ContextVar("batch", default=None)


def key_of(ingredient: str) -> int:
    """The ledger's key: 64 bits, signed as databases want them. Two ingredients that share one only cost a print."""
    return int.from_bytes(blake2b(ingredient.encode(), digest_size=8).digest(), "big", signed=True)


def record(*ingredients: str) -> None:
    """Note that the page being rendered is made from these. Outside of a rendering it does nothing."""
    recipe = _current.get()
    if recipe is not None:
        recipe.ingredients.update(ingredients)


def record_island(keys: frozenset[int]) -> None:
    """Note what an island put into the page shows."""
    recipe = _current.get()
    if recipe is not None:
        recipe.weak.update(keys)


def wear(shell: str) -> None:
    """Note that the page wears this shell: what stands on every page of an edition."""
    recipe = _current.get()
    if recipe is not None:
        recipe.shell = shell


def fresh_until(moment: datetime) -> None:
    """Note that the page is untrue from this moment on; the earliest such moment counts."""
    recipe = _current.get()
    if recipe is not None and (recipe.until is None or moment < recipe.until):
        recipe.until = moment


@contextmanager
def batch() -> Iterator[None]:
    """What is rendered inside may share what it read: all of it counts as read when the batch began."""
    token = _batch.set({})
    try:
        yield
    finally:
        _batch.reset(token)


def shared(kind: str) -> dict[Any, Any]:
    """What renderings of this batch have read so far of one kind; outside of a batch, an empty one of one's own.

    A story that stands on six sheets is read once. Whoever reads writes here, and changes nothing that is here.
    """
    known = _batch.get()
    return {} if known is None else known.setdefault(kind, {})


@contextmanager
def recording() -> Iterator[Recipe]:
    """Collect the notes of what renders inside; a recording inside another keeps its notes to itself."""
    recipe = Recipe()
    token = _current.set(recipe)
    try:
        yield recipe
    finally:
        _current.reset(token)
