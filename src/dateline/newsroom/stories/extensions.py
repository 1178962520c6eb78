"""What apps and forms add to stories. Apps that build on stories register here; stories know none of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.editions.voice import Voice
from dateline.theme import components as c

if TYPE_CHECKING:
    from dateline.newsroom.stories.models import Story


@dataclass(frozen=True, slots=True)
class Extension:
    """Of one form.

    Attributes:
        complete: the story's page with what the form shows on it, from the story, its edition and its path; it runs in
            the edition's language.
        going_on: which of these stories (by key) are going on now; a query, whatever their number.
        published: called when a story becomes public, in the transaction of that.
    """

    complete: Callable[["Story", EditionNode, str, c.StoryView], c.StoryView]
    going_on: Callable[[Iterable[int]], set[int]]
    published: Callable[["Story"], None]


@dataclass(frozen=True, slots=True)
class Addition:
    """To stories of every form.

    Attributes:
        complete: the story's page with what is added to it, from the story, its edition and its path; it runs in the
            edition's language.
        settled: called with stories that have just been settled, public or not, in the transaction of that; returns
            ingredients that changed besides the stories.
    """

    complete: Callable[["Story", EditionNode, str, c.StoryView], c.StoryView]
    settled: Callable[[Sequence["Story"]], set[str]]


#: Heading and text of short texts that belong together.
Cards = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads aloud what is no story.

    Attributes:
        ask: have cards read, in the transaction of their change: what they are of, the edition's id, the paths of their
            pages, a title, and the cards; without cards nothing of them is heard any more.
        bar: what their page offers to hear: what they are of, the edition, the first page, the title and the cards.
            None while there is no sound of just these words.
    """

    ask: Callable[[str, int, Sequence[str], str, Cards], None]
    bar: Callable[[str, EditionNode, str, str, Cards], c.Listen | None]


@dataclass(frozen=True, slots=True)
class Drawer:
    """What draws a block of bodies that holds the key of something stories know nothing of.

    Attributes:
        draw: what is shown of these, by key, in the same few queries whatever their number; what is gone or not public
            is left out. It runs in the edition's language, records what it shows, and is given the edition's voice.
    """

    draw: Callable[[Iterable[int], Voice], Mapping[int, c.BodyPart]]


_readers: list[Reader] = []
_additions: list[Addition] = []
_by_form: dict[str, Extension] = {}
_drawers: dict[str, Drawer] = {}


def extend(form: str, extension: Extension) -> None:
    """Let an app add to the stories of a form; called when the app is ready."""
    _by_form[form] = extension


def add(addition: Addition) -> None:
    """Let an app add to stories of every form; called when the app is ready."""
    _additions.append(addition)


def read_by(reader: Reader) -> None:
    """Let an app read aloud; called when the app is ready."""
    _readers.append(reader)


def draw_with(block: str, drawer: Drawer) -> None:
    """Let an app draw a block of stories' bodies, by its name; called when the app is ready."""
    _drawers[block] = drawer


def drawers() -> Mapping[str, Drawer]:
    return _drawers


def readers() -> Sequence[Reader]:
    return _readers


def additions() -> Sequence[Addition]:
    return _additions


def extensions() -> Mapping[str, Extension]:
    return _by_form
