"""What a tracker's pages show: as `components`, for these pages alone."""

from dataclasses import dataclass

from dateline.theme.components import Chart, Head, Link, Mark, Shell, TrackerCard


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of a goal. The texts are as they are shown, `keys` what a script sorts by, column by column."""

    name: str
    group: str
    promised: str
    there: str
    mark: Mark
    due: str
    kept: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyTable:
    """The parties of a goal, the largest first; `rest` says that there are more, and where; `more` opens those that are
    not among the first."""

    rows: tuple[PartyRow, ...]
    unit: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a party stood from a day on."""

    iso: str
    day: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Holder:
    """A party that takes a position: since when, and where it stood before, the newest first."""

    name: str
    note: str
    since: str
    history: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Camp:
    """All who stand in one place; `count` in the edition's digits."""

    mark: Mark
    look: str
    count: str
    holders: tuple[Holder, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A party that stands elsewhere than a week ago."""

    name: str
    before: str
    after: Mark
    day: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source in a chain: what kind it is in words, how it is called, and where it is; `unnamed` where the kind must
    be said beside the name."""

    kind: str
    name: str
    unnamed: bool = False
    url: str = ""
    archived: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of evidence. `chains` are its sources, each with what it cites, and what those cite in turn; `struck`
    says when and why it no longer counts."""

    id: str
    iso: str
    day: str
    mark: Mark
    party: str = ""
    amount: str = ""
    due: str = ""
    conditions: str = ""
    note: str = ""
    chains: tuple[tuple[tuple[Cited, ...], ...], ...] = ()
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """The goal was another before: what changed, and why."""

    iso: str
    day: str
    what: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its number on the map, and where that stands there, in the map's units."""

    number: str
    name: str
    role: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Map:
    """Where it happens. `land` is the address of the land's outlines, "" for a list without a map; `view_box` is the
    part that is shown, in degrees; `size` that of a marker."""

    spots: tuple[Spot, ...]
    land: str = ""
    view_box: str = ""
    size: str = ""
    letter: str = ""
    drop: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the browser works out by itself: `payload` is JSON, safe inside a script element; `parties` are code and
    name of those that can leave or slow down; `words` are the answers' texts, by name."""

    payload: str
    parties: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Insight:
    """A figure and what it says."""

    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    url: str
    says: str


@dataclass(frozen=True, slots=True)
class TrackerView:
    """A tracker: its question, the answer, and all that it rests on. `card` is what stands of it elsewhere; `asof` says
    until when evidence is known; `method` how the figures are made, paragraph by paragraph."""

    head: Head
    shell: Shell
    eyebrow: Link
    heading: str
    card: TrackerCard
    script: str = ""
    summary: str = ""
    asof: str = ""
    closed: str = ""
    ticks: tuple[str, ...] = ()
    chart: Chart | None = None
    forecast: str = ""
    insights: tuple[Insight, ...] = ()
    table: PartyTable | None = None
    changed: tuple[Turn, ...] = ()
    unchanged: str = ""
    camps: tuple[Camp, ...] = ()
    what_if: WhatIf | None = None
    map: Map | None = None
    events: tuple[Event, ...] = ()
    comma: str = ", "
    older: Link | None = None
    changes: tuple[Changed, ...] = ()
    method: tuple[str, ...] = ()
    downloads: tuple[Download, ...] = ()
    cite: str = ""
    embed: str = ""
    oembed: str = ""
    links: tuple[Link, ...] = ()
    template: str = "theme/pages/tracker.html"


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Older evidence of a tracker, a page of it."""

    head: Head
    shell: Shell
    heading: str
    front: Link
    page: str
    events: tuple[Event, ...]
    comma: str = ", "
    newer: Link | None = None
    older: Link | None = None
    template: str = "theme/pages/tracker_evidence.html"


@dataclass(frozen=True, slots=True)
class EmbedView:
    """A tracker's card as a frame in others' pages; `name` is whose it is."""

    head: Head
    shell: Shell
    card: TrackerCard
    name: str
    template: str = "theme/pages/tracker_embed.html"


@dataclass(frozen=True, slots=True)
class TrackersView:
    """All trackers of an edition: those that go on, and the closed ones."""

    head: Head
    shell: Shell
    heading: str
    description: str = ""
    going_on: tuple[TrackerCard, ...] = ()
    closed: tuple[TrackerCard, ...] = ()
    template: str = "theme/pages/trackers.html"
