"""What the samples say, once for every language: the builders take their words from here and know no language."""

from dataclasses import dataclass

from dateline.theme.components import Known


@dataclass(frozen=True, slots=True)
class Line:
    """One story in words: kicker, headline, standfirst, how its time and length are written."""

    kicker: str
    title: str
    stand: str = ""
    time: str = ""
    minutes: str = ""
    form: str = "news"
    form_label: str = ""
    byline: str = ""
    badge: str = ""
    calm: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    name: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, in the order in which a front and a story say them."""

    code: str
    name: str
    heading: str
    main: Line
    related: tuple[str, ...]
    side: tuple[Line, Line]
    lines: tuple[Line, Line, Line]
    river: tuple[Line, ...]
    led: tuple[Line, ...]
    even: tuple[Line, ...]
    voices: tuple[Voice, ...]
    films: tuple[Line, ...]
    frames: tuple[str, ...]
    frames_note: str
    credit: str
    alt: str
    caption: str
    made: str
    origin: tuple[str, ...]
    sections: tuple[str, str, str, str, str, str, str]
    all_of: str
    coverage: tuple[str, str, str]
    byline: str
    authors: tuple[str, str]
    ten: tuple[str, ...]
    ten_byline: str
    role: str
    bio: str
    source: str
    published: tuple[str, str]
    updated: tuple[str, str]
    minutes: str
    place: str
    old: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, str]
    sub_subhead: str
    listed: tuple[str, str, str]
    quote: str
    quoted: str
    pull: str
    more: str
    table: tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
    embed: tuple[str, str]
    correction: str
    correction_label: str
    corrected: str
    compare: tuple[str, str, str]
    known: Known
    rights: str
    topics: tuple[str, ...]
    alerts: tuple[tuple[str, str], ...]
    alert_labels: tuple[str, str]
    long_title: str
    short_title: str
    mixed_title: str
    huge_title: str
    withdrawn: tuple[str, str]
    not_found: tuple[str, str]
    failed: tuple[str, str]
    older: str
    newer: str
    page: str
    plain: str
