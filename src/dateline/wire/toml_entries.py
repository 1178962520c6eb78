"""What newsroom.toml holds, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dateline.wire.tracker_entries import TrackerToml


@dataclass(frozen=True, slots=True)
class LinkToml:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SectionToml:
    """`form` is one of `items.FORMS` or "": what stories in it usually are. Sections of one `group` are translations of
    each other; "" leaves that to equal slugs."""

    slug: str
    title: str
    description: str = ""
    form: str = ""
    children: "tuple[SectionToml, ...]" = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class RegionToml:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class PageToml:
    """`body` is HTML as the file has it, not sanitised; `group` as in SectionToml."""

    slug: str
    title: str
    body: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class PersonToml:
    """`photo` is a path in the folder."""

    slug: str
    name: str
    role: str = ""
    bio: str = ""
    photo: str = ""


#: What a topic may stand for.
STANDS_FOR = ("subject", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class TopicToml:
    """`stands_for` is one of STANDS_FOR; `picture` a path in the folder; `other_names` stand on a
    line each."""

    slug: str
    name: str
    stands_for: str = "subject"
    about: str = ""
    picture: str = ""
    other_names: str = ""


@dataclass(frozen=True, slots=True)
class CardToml:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyDateToml:
    """`when` is a year, a month or a day as ISO 8601 writes it; `story` a story's URI or ""."""

    when: str
    text: str
    story: str = ""


@dataclass(frozen=True, slots=True)
class CoverageToml:
    """`picture` is a path in the folder; `in_five` are the cards of "In five", which readers are not shown while they
    are a draft; `people` and `places` stand on a line each; `leading` are URIs; `parent` is a slug."""

    slug: str
    title: str
    summary: str = ""
    picture: str = ""
    in_five: tuple[CardToml, ...] = ()
    in_five_draft: bool = False
    closed: bool = False
    parent: str = ""
    people: str = ""
    places: str = ""
    leading: tuple[str, ...] = ()
    key_dates: tuple[KeyDateToml, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesToml:
    """`picture` is a path in the folder, `section` one of the edition's."""

    slug: str
    title: str
    summary: str = ""
    picture: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class ClipCaptionsToml:
    """Captions in one language; `file` is WebVTT or SRT in the folder."""

    language: str
    file: str


@dataclass(frozen=True, slots=True)
class ClipToml:
    """A film or a recording that stories name by its path in the folder, `file`, or its `uri`. `chapters` are as the
    desk has them, a line for each."""

    file: str
    title: str = ""
    uri: str = ""
    description: str = ""
    credit: str = ""
    rights: str = ""
    poster: str = ""
    chapters: str = ""
    captions: tuple[ClipCaptionsToml, ...] = ()


@dataclass(frozen=True, slots=True)
class BarToml:
    """An entry of the row under the masthead: one of a `section` (its path), a footer `page` or a `region` (their
    slugs), a link (`name` and `url`), or a `rule`."""

    section: str = ""
    page: str = ""
    region: str = ""
    name: str = ""
    url: str = ""
    rule: bool = False


@dataclass(frozen=True, slots=True)
class FrontBlockToml:
    """A block of a curated front. `block` is lead, river, strip, form, dossier or trackers; `stories` are the URIs of
    those that stand first; `section` is a path, `coverage` a slug, `trackers` are slugs, `form` and `look` those of the
    desk."""

    block: str
    title: str = ""
    section: str = ""
    form: str = ""
    look: str = ""
    coverage: str = ""
    led: bool = False
    stories: tuple[str, ...] = ()
    trackers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontToml:
    """The curated front of the section at the path `page`; "" is the home page."""

    page: str = ""
    blocks: tuple[FrontBlockToml, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureToml:
    """What the desk says of a picture that this file or a story names by its path in the folder, `file`. A story's own
    caption for it stands beside this one. `focus` is x, y, width and height of what crops keep, in pixels; `long`
    is all that an infographic says, in words; `credentials` is `withheld` from readers, `shown` to them
    even if they tell a place, or ""."""

    file: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    rights: str = ""
    terms: str = ""
    taken: datetime | None = None
    uri: str = ""
    focus: tuple[int, ...] = ()
    source: str = ""
    place: str = ""
    expires: datetime | None = None
    long: str = ""
    credentials: str = ""


@dataclass(frozen=True, slots=True)
class AlertToml:
    """A breaking alert. `until` None is a day after `at`; `story` is the URI of a story, "" for none; `severity` is
    `developing`, or "" for breaking."""

    text: str
    at: datetime
    until: datetime | None = None
    attribution: str = ""
    story: str = ""
    severity: str = ""

    @property
    def key(self) -> str:
        return f"{self.at.astimezone(UTC).isoformat()} {self.text}"


@dataclass(frozen=True, slots=True)
class ProgrammeToml:
    start: datetime
    end: datetime
    title: str
    summary: str = ""

    @property
    def key(self) -> str:
        return self.start.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class ChannelToml:
    """A live television channel. `air` is `on` or `off`, or "" for while something is scheduled; `hosts` are further
    hosts that its pieces come from."""

    slug: str
    title: str
    hls: str
    summary: str = ""
    picture: str = ""
    hosts: tuple[str, ...] = ()
    air: str = ""
    schedule: tuple[ProgrammeToml, ...] = ()


@dataclass(frozen=True, slots=True)
class SayToml:
    """How a word is said."""

    word: str
    say: str


@dataclass(frozen=True, slots=True)
class AloudToml:
    """How an edition is read aloud. `voice` is "" for the language's own."""

    silent: bool = False
    voice: str = ""
    words: tuple[SayToml, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionToml:
    """`kept` holds names that are not known, as TOML's own values."""

    language: str
    path: str
    name: str
    slogan: str = ""
    timezone: str = "UTC"
    default: bool = False
    digits: str = "latn"
    public_versions: bool = False
    about: str = ""
    legal: str = ""
    social: tuple[LinkToml, ...] = ()
    apps: tuple[LinkToml, ...] = ()
    sections: tuple[SectionToml, ...] = ()
    regions: tuple[RegionToml, ...] = ()
    pages: tuple[PageToml, ...] = ()
    people: tuple[PersonToml, ...] = ()
    topics: tuple[TopicToml, ...] = ()
    coverages: tuple[CoverageToml, ...] = ()
    series: tuple[SeriesToml, ...] = ()
    navigation: tuple[BarToml, ...] = ()
    fronts: tuple[FrontToml, ...] = ()
    breaking: tuple[AlertToml, ...] = ()
    channels: tuple[ChannelToml, ...] = ()
    trackers: tuple[TrackerToml, ...] = ()
    aloud: AloudToml | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewsroomToml:
    """`accent` is `#rrggbb` or ""; `logo` a path in the folder or ""; `kept` what `[newsroom]` says beyond this."""

    name: str
    legal: str = ""
    about: str = ""
    accent: str = ""
    logo: str = ""
    editions: tuple[EditionToml, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[PictureToml, ...] = ()
    clips: tuple[ClipToml, ...] = ()
