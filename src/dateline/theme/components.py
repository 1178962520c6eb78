"""What the templates show: one frozen dataclass a component, every value ready to show.

No model object, no query and no decision about what is news reaches a template: the newsroom's `pages.py` modules build
these, and `templates/theme/components/STEM.html` with `static/theme/css/components/STEM.css` draw them. Text is plain
text unless its name ends in `_html`, which is sanitised and safe.
"""

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: `iso` with its offset for machines, `short` for lists (13:40, or 19 Nov), `full` for a story's head."""

    iso: str
    short: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One `<source>` of a picture: a MIME type and its `srcset`, e.g. `/media/images/a.width-800.avif 800w, …`."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a picture's file proves of where it comes from: a line, the sentences that it opens (() for a line alone),
    and the address of the proof itself, or ""."""

    line: str
    told: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its renditions. `src` is a middle-sized WebP with its own `width` and `height` in pixels; `sources`
    run from the smallest format to the most widely read. `focus` is "" or two classes such as `fx-3 fy-7`, tenths of
    the width and height, where a crop keeps its centre. An empty `alt` says that the picture only decorates.
    `large` is the address of its largest rendition; `number` counts a story's pictures that open over the whole screen,
    from 1; `said` is all that an infographic says, in words."""

    src: str
    width: int
    height: int
    alt: str = ""
    sources: tuple[Source, ...] = ()
    focus: str = ""
    caption: str = ""
    credit: str = ""
    number: int = 0
    large: str = ""
    said: tuple[str, ...] = ()
    credentials: Credentials | None = None

    @property
    def portrait(self) -> bool:
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story on a front. `form` is the story's form (news, opinion, analysis, blog, feature, explainer, video,
    gallery, infographic, live); `form_label` its name, shown beside the kicker, "" for news. `badge` is the words on
    the picture (9 pictures, 12:40). `calm` sets the headline in regular weight: it explains rather than reports.
    `going_on` marks it as live now."""

    url: str
    title: str
    kicker: str = ""
    form: str = "news"
    form_label: str = ""
    standfirst: str = ""
    picture: Picture | None = None
    byline: str = ""
    time: Moment | None = None
    minutes: str = ""
    badge: str = ""
    calm: bool = False
    going_on: bool = False
    related: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """A story in the opinion row: who says it, then what."""

    url: str
    title: str
    name: str
    role: str = ""
    portrait: Picture | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a light table and where it leads."""

    url: str
    picture: Picture


# ── Blocks of a front. `kind` names the template: components/KIND.html ──


@dataclass(frozen=True, slots=True)
class Lead:
    """One big, up to two beside, up to three lines under."""

    main: Teaser
    side: tuple[Teaser, ...] = ()
    lines: tuple[Teaser, ...] = ()
    kind: str = "lead"


@dataclass(frozen=True, slots=True)
class Strip:
    """A section's name and up to four stories; `led` gives half the room to the first."""

    title: str
    teasers: tuple[Teaser, ...]
    more: Link | None = None
    led: bool = False
    accent: bool = True
    kind: str = "strip"


@dataclass(frozen=True, slots=True)
class River:
    """The newest, by time."""

    title: str
    teasers: tuple[Teaser, ...]
    more: Link | None = None
    kind: str = "river"


@dataclass(frozen=True, slots=True)
class Opinions:
    title: str
    items: tuple[Opinion, ...]
    more: Link | None = None
    kind: str = "opinions"


@dataclass(frozen=True, slots=True)
class Screening:
    """The screening room: one film large, up to four beside it."""

    title: str
    main: Teaser
    others: tuple[Teaser, ...] = ()
    more: Link | None = None
    kind: str = "screening"


@dataclass(frozen=True, slots=True)
class LightTable:
    """One gallery's frames, at most seven, numbered; their captions are the key under them."""

    title: str
    frames: tuple[Frame, ...]
    note: str = ""
    credit: str = ""
    more: Link | None = None
    kind: str = "light_table"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A coverage: title, summary, how much there is of it, its newest three."""

    heading: str
    title: str
    url: str
    summary: str = ""
    count: str = ""
    newest: tuple[Teaser, ...] = ()
    more: Link | None = None
    kind: str = "dossier"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story and its place, in the edition's digits."""

    place: str
    teaser: Teaser


@dataclass(frozen=True, slots=True)
class MostRead:
    """What is most read, in order."""

    title: str
    ranked: tuple[Ranked, ...]
    more: Link | None = None
    kind: str = "most_read"


@dataclass(frozen=True, slots=True)
class Card:
    """One of five: its place, its place of all ("2 of 5"), what it says, and where that is told ("" for nowhere)."""

    place: str
    said: str
    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class InFive:
    """A running story, or a day, in five short cards. `listen` is there where they are read aloud."""

    title: str
    cards: tuple[Card, ...]
    more: Link | None = None
    listen: "Listen | None" = None
    kind: str = "in_five"


@dataclass(frozen=True, slots=True)
class Trackers:
    """Promises that are followed, side by side."""

    title: str
    cards: "tuple[TrackerCard, ...]"
    more: Link | None = None
    kind: str = "trackers"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks side by side on a desk, eight columns and four."""

    first: "Block"
    second: "Block"
    kind: str = "pair"


Block = Lead | Strip | River | Opinions | Screening | LightTable | Dossier | MostRead | InFive | Trackers | Pair


def styles_of(blocks: "tuple[Block, ...]") -> tuple[str, ...]:
    """Style sheets that blocks want beyond that of all pages."""
    return ("tracker_card",) if any(isinstance(block, Trackers) for block in blocks) else ()


# ── The shell: what stands on every page of an edition ──


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """Another edition: this page's translation there when there is one, else that edition's home."""

    code: str
    name: str
    url: str
    direction: Direction
    current: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the section tree; `url` is "" for a heading that leads nowhere (Regions, Follow)."""

    title: str
    url: str
    children: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class BarItem:
    """One entry of the section row under the masthead; `apart` draws a hairline before it."""

    title: str
    url: str
    apart: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """`code` is the edition's language (BCP 47), `digits` `latn` or `arab`, `timezone` an IANA name. `logo` is a path
    below /media/ or ""; `locale` is the language as the edition's own country writes it (`ar-LB`); `css`,
    `js` and `icon` are the addresses of the theme's own files, `icon` "" for none."""

    code: str
    direction: Direction
    name: str
    home_url: str
    timezone: str
    slogan: str = ""
    digits: str = "latn"
    logo: str = ""
    about: str = ""
    legal: str = ""
    tree: tuple[Branch, ...] = ()
    bar: tuple[BarItem, ...] = ()
    pages: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    apps: tuple[Link, ...] = ()
    css: str = ""
    js: str = ""
    icon: str = ""
    locale: str = ""
    search_url: str = ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A `<link rel=alternate hreflang>`; `url` is absolute. `code` may be x-default."""

    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself in its head. URLs are absolute. `json_ld` is a JSON text, already safe inside a
    script element. `feed` is the page's RSS, if it has one; `robots` "" means: index and follow."""

    title: str
    canonical: str
    description: str = ""
    alternates: tuple[Alternate, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    og_type: str = "website"
    image: str = ""
    image_width: int = 0
    image_height: int = 0
    image_alt: str = ""
    published: str = ""
    modified: str = ""
    json_ld: str = ""
    feed: str = ""
    robots: str = ""


# ── Parts of a story's body, in order. `kind` names the template: body/KIND.html ──


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, lists, small headings: sanitised HTML made of p, ul, ol, li, a, em, strong, sub, sup, bdi, br."""

    html: str
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    anchor: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Quote:
    html: str
    attribution: str = ""
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class PullQuote:
    text: str
    attribution: str = ""
    kind: str = "pull_quote"


@dataclass(frozen=True, slots=True)
class Figure:
    picture: Picture
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Gallery:
    pictures: tuple[Picture, ...]
    label: str = ""
    kind: str = "gallery"


@dataclass(frozen=True, slots=True)
class ReadMore:
    """A related link inside the body, drawn as a ruled line."""

    link: Link
    kind: str = "read_more"


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of an `<svg>`, sanitised and safe, in units of its view box."""

    view_box: str
    marks_html: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures drawn twice, for narrow and for wide columns, and the table behind them; without drawings that is all.
    `id` begins the ids of its parts; `title` and `description` are what the drawings are called and say."""

    id: str
    headline: str
    table: Table
    unit: str = ""
    note: str = ""
    source: str = ""
    title: str = ""
    description: str = ""
    narrow: Drawing | None = None
    wide: Drawing | None = None
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class Embed:
    """A placeholder for something that stands elsewhere: nothing of it is loaded, it is a named link."""

    url: str
    provider: str
    title: str
    kind: str = "embed"


@dataclass(frozen=True, slots=True)
class Mark:
    """How something stands, told by a word and a shape; `icon` is a name in `icons`, filled where it is `solid`."""

    word: str
    icon: str = "ontime"
    solid: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar, from `start` over `size` percent of it, written for SVG (28.6). `look` is sure or maybe, or a
    position: for, conditional, undecided, silent, against."""

    look: str
    start: str
    size: str


@dataclass(frozen=True, slots=True)
class TrackerCard:
    """A tracker where others speak of it: `figure` is how much there is (200–400), `of` of what, `label` the bar in
    words; `key` tells it from others."""

    key: int
    title: str
    url: str
    answer: str
    mark: Mark
    figure: str = ""
    of: str = ""
    bar: tuple[Share, ...] = ()
    label: str = ""
    kind: str = "tracker"


BodyPart = Prose | Heading | Quote | PullQuote | Figure | Gallery | ReadMore | Table | Chart | Embed | TrackerCard


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    url: str
    role: str = ""
    bio: str = ""
    photo: Picture | None = None


@dataclass(frozen=True, slots=True)
class KnownSource:
    """One source of a story, at the anchor `source-NUMBER`. `kind` says what it is in a word, "" where its title does;
    `facts` are its role, outlet and date; `chain` says in words what it cites, `passages` lead back to what rests on
    it."""

    number: int
    title: str
    kind: str = ""
    url: str = ""
    archived: str = ""
    facts: tuple[str, ...] = ()
    quote: str = ""
    chain: str = ""
    passages: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """How a story is known: `summary` counts the sources by kind in words, `note` says what should be minded."""

    summary: str
    sources: tuple[KnownSource, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A note under a story: what was wrong. `label` is its kind in a word."""

    time: Moment
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A note on the page of all, or a withdrawn story: its headline then leads nowhere (`story.url` is "")."""

    time: Moment
    label: str
    text: str
    story: Link


# ── Live coverage ──


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """Whether live coverage goes on: `state` is open, paused or closed; `time` is when it was closed."""

    state: str
    label: str
    time: Moment | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One update of live coverage. `id` is its number in the story, from 1; `page` the page of updates it stands on for
    ever, where `url` leads."""

    id: int
    page: int
    url: str
    time: Moment
    title: str = ""
    body: tuple[BodyPart, ...] = ()
    author: Link | None = None
    source: str = ""
    edited: Moment | None = None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class LiveView:
    """What a story in form `live` shows. `live` is the path of its events, `at` the position in them that the page was
    made at; `page` is the number of its newest page of updates; `further` leads to the updates after these, `turned` to
    the same story in the other order."""

    live: str
    at: str
    status: LiveStatus
    order: str = "newest"
    key_points: tuple[Link, ...] = ()
    pinned: Update | None = None
    updates: tuple[Update, ...] = ()
    page: int = 1
    further: Link | None = None
    turned: Link | None = None


# ── Listening ──


@dataclass(frozen=True, slots=True)
class Listen:
    """A story's sound. `label` says how long it takes, in minutes; `seconds` is its length; `opus`, `mp3` and
    `transcript` (WebVTT) are paths, `script` that of the player; `nought` is 0:00 in the edition's digits."""

    label: str
    seconds: int
    opus: str
    mp3: str
    transcript: str
    language: str
    voice: str
    script: str
    nought: str = "0:00"
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Episode:
    """A story that can be heard, on the page of the newest."""

    teaser: Teaser
    listen: Listen


# ── Watching ──


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language: `url` is their WebVTT, `label` the language in its own words; `own` is the page's."""

    url: str
    language: str
    label: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """`at` as the edition writes it (1:30), and in seconds."""

    at: str
    seconds: int
    title: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A film or a recording. `kind` is video or audio; `stream` an HLS playlist or "", `plain` one file that everything
    plays (MP4, MP3), `opus` a smaller one; `length` is 12:40 in the edition's digits, `weight` the plain file's size.
    `player` is the script that plays the stream where the browser cannot, `script` the page's own."""

    kind: str
    title: str
    plain: str
    stream: str = ""
    opus: str = ""
    width: int = 0
    height: int = 0
    length: str = ""
    weight: str = ""
    poster: Picture | None = None
    credit: str = ""
    description: str = ""
    tracks: tuple[Track, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    transcript: tuple[str, ...] = ()
    player: str = ""
    script: str = ""

    @property
    def shape(self) -> str:
        """The frame that is nearest to its own: broad, wide, classic, square or tall."""
        shapes = {"broad": 2.2, "wide": 16 / 9, "classic": 4 / 3, "square": 1.0, "tall": 9 / 16}
        ratio = self.width / self.height if self.height else 16 / 9
        return min(shapes, key=lambda name: abs(shapes[name] - ratio))


@dataclass(frozen=True, slots=True)
class Serial:
    """The series that a story is an episode of; `label` is its number in words, `before` and `after` are the episodes
    beside it."""

    link: Link
    label: str = ""
    before: Teaser | None = None
    after: Teaser | None = None


# ── Pages. `template` names the file below templates/theme/pages/ ──


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story page. `place` is the dateline (where it was reported from), set before the first word. `old` is the
    notice over an old story ("This story is 2 years old") or "". `corrected` says that it was and when;
    `versions` is where its versions are compared. `address` is printed on paper only. `island_url` is
    where the newest-stories island is printed."""

    head: Head
    shell: Shell
    url: str
    form: str
    headline: str
    kicker: str = ""
    kicker_url: str = ""
    form_label: str = ""
    standfirst: str = ""
    authors: tuple[Author, ...] = ()
    byline: str = ""
    source: str = ""
    published: Moment | None = None
    updated: Moment | None = None
    minutes: str = ""
    place: str = ""
    old: str = ""
    lead: Picture | None = None
    gallery: tuple[Picture, ...] = ()
    clip: Clip | None = None
    series: Serial | None = None
    body: tuple[BodyPart, ...] = ()
    live: LiveView | None = None
    listen: Listen | None = None
    corrections: tuple[Correction, ...] = ()
    corrected: str = ""
    versions: str = ""
    known: Known | None = None
    rights: str = ""
    topics: tuple[Link, ...] = ()
    coverage: Dossier | None = None
    coverage_picture: Picture | None = None
    read_next: tuple[Teaser, ...] = ()
    address: str = ""
    template: str = "theme/pages/story.html"

    @property
    def styles(self) -> tuple[str, ...]:
        """Style sheets beyond that of all pages."""
        return ("tracker_card",) if any(isinstance(part, TrackerCard) for part in self.body) else ()

    @property
    def opens(self) -> bool:
        """Whether it has pictures that open over the whole screen."""
        return bool(
            any(one.number for one in self.gallery)
            or (self.lead and self.lead.number)
            or any(one.number for part in self.body if isinstance(part, Gallery) for one in part.pictures)
        )


@dataclass(frozen=True, slots=True)
class Programme:
    """What is on from one moment to another. `state` is now, over, or "" for what is to come."""

    title: str
    starts: Moment
    ends: Moment
    summary: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A live television channel. `stream` is the address of its HLS playlist, `player` that of the script that plays it
    where the browser cannot, "" if there is none; `day` is today, `zone` says whose clocks these are."""

    head: Head
    shell: Shell
    title: str
    stream: str
    summary: str = ""
    player: str = ""
    on_air: bool = False
    poster: Picture | None = None
    now: Programme | None = None
    next: Programme | None = None
    day: str = ""
    schedule: tuple[Programme, ...] = ()
    zone: str = ""
    template: str = "theme/pages/channel.html"


@dataclass(frozen=True, slots=True)
class ListenView:
    """The newest stories, to be heard one after the other. `total` says how long that takes, "" if there are none;
    `podcast` is the path of the edition's podcast."""

    head: Head
    shell: Shell
    heading: str
    podcast: str
    script: str
    total: str = ""
    episodes: tuple[Episode, ...] = ()
    template: str = "theme/pages/listen.html"


@dataclass(frozen=True, slots=True)
class UpdatesView:
    """A page of a live story's updates, newest first or as they happened (`order`); `before` and `after` are the pages
    above and below it in that order."""

    head: Head
    shell: Shell
    heading: str
    story: Link
    live: str
    at: str
    page: int
    order: str
    updates: tuple[Update, ...]
    before: Link | None = None
    after: Link | None = None
    template: str = "theme/pages/updates.html"


@dataclass(frozen=True, slots=True)
class FrontView:
    """Home, section, region, topic, author and coverage fronts. The home's `heading` is only heard, not seen.
    `children` are the sub-sections; `author` is set on an author's front; `older` and `newer` page by path."""

    head: Head
    shell: Shell
    heading: str
    blocks: tuple[Block, ...]
    home: bool = False
    description: str = ""
    eyebrow: Link | None = None
    children: tuple[Link, ...] = ()
    author: Author | None = None
    picture: Picture | None = None
    older: Link | None = None
    template: str = "theme/pages/front.html"

    @property
    def styles(self) -> tuple[str, ...]:
        """Style sheets beyond that of all pages."""
        return styles_of(self.blocks)


@dataclass(frozen=True, slots=True)
class KeyDate:
    """When something happened: ISO 8601 (a year, a month or a day), the same in words, what it was, and where it is."""

    iso: str
    said: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A coverage: what it is, its five cards, its stories, what happened when, who and where. `children` are its parts,
    `eyebrow` the coverage it is a part of, or all of them; `closed` says so when nothing more is expected."""

    head: Head
    shell: Shell
    heading: str
    eyebrow: Link
    description: str = ""
    closed: str = ""
    picture: Picture | None = None
    children: tuple[Link, ...] = ()
    five: InFive | None = None
    blocks: tuple[Block, ...] = ()
    dates: tuple[KeyDate, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    older: Link | None = None
    every: Link | None = None
    script: str = ""
    template: str = "theme/pages/coverage.html"

    @property
    def styles(self) -> tuple[str, ...]:
        """Style sheets beyond that of all pages."""
        return styles_of(self.blocks)


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A coverage on the page of all: `newest` is when its newest story went out."""

    title: str
    url: str
    summary: str = ""
    newest: Moment | None = None


@dataclass(frozen=True, slots=True)
class CoveragesView:
    """Every coverage of an edition: those that go on, and the closed ones."""

    head: Head
    shell: Shell
    heading: str
    going_on: tuple[CoverageLine, ...] = ()
    closed: tuple[CoverageLine, ...] = ()
    template: str = "theme/pages/coverages.html"


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """One page of a stream, by path: the stories of that page, newest first, with the pages beside it."""

    head: Head
    shell: Shell
    heading: str
    front: Link
    page: str
    teasers: tuple[Teaser, ...]
    newer: Link | None = None
    older: Link | None = None
    template: str = "theme/pages/archive.html"


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What was wrong in an edition's stories: the newest, or those of a month (then `up` leads to the newest)."""

    head: Head
    shell: Shell
    heading: str
    about: str = ""
    up: Link | None = None
    lines: tuple[CorrectionLine, ...] = ()
    newer: Link | None = None
    older: Link | None = None
    template: str = "theme/pages/corrections.html"


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text that is compared: `change` is "" for what stayed, `del` for what went, `ins` for what came."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A paragraph beside what it became; a side may be empty. `kind` is head, stand or "" for the text; `skipped`
    stands in place of paragraphs that are the same."""

    old: tuple[Change, ...] = ()
    new: tuple[Change, ...] = ()
    same: bool = False
    kind: str = ""
    skipped: str = ""

    @property
    def sides(self) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        return self.old, self.new


@dataclass(frozen=True, slots=True)
class CompareView:
    """Two versions of a story side by side. `old` and `new` are their names, the times when they went out."""

    head: Head
    shell: Shell
    heading: str
    story: Link
    every: Link
    old: str
    new: str
    old_time: Moment | None = None
    new_time: Moment | None = None
    rows: tuple[ComparedRow, ...] = ()
    template: str = "theme/pages/compare.html"


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version: its name, when it went out, why, and where it is compared with others."""

    name: str
    time: Moment | None
    why: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionsView:
    """The versions of a story, newest first."""

    head: Head
    shell: Shell
    heading: str
    story: Link
    versions: tuple[VersionLine, ...]
    template: str = "theme/pages/versions.html"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day, a month or a year of the archive: as it is written, where it leads ("" where nothing was published), and
    said in full where the writing alone says too little."""

    label: str
    url: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A month with its days, a year with its months, or all years. `up` leads to the larger one; `wide` cells hold
    words; `blank` days of the first week belong to the month before."""

    head: Head
    shell: Shell
    heading: str
    up: Link
    cells: tuple[Cell, ...]
    wide: bool = False
    blank: int = 0
    newer: Link | None = None
    older: Link | None = None
    template: str = "theme/pages/calendar.html"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `marked` where it answers what was sought."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A story that was found: its teaser, and title and passage in pieces."""

    teaser: Teaser
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of the search form: the parameter's name, a label, and what there is to choose from."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def made(self) -> bool:
        """Whether anything but the first was chosen."""
        return any(option.chosen for option in self.options[1:])


@dataclass(frozen=True, slots=True)
class Chip:
    """A narrowing that came with a link, such as a topic: what it says, how the form keeps it, and the way out."""

    label: str
    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page. Without a query it is the form alone; `said` tells what was found, `meant` leads to what may
    have been meant, `hints` say what to try where nothing was found. `script` completes while one types."""

    head: Head
    shell: Shell
    heading: str
    action: str
    query: str = ""
    script: str = ""
    choices: tuple[Choice, ...] = ()
    chips: tuple[Chip, ...] = ()
    said: str = ""
    meant: Link | None = None
    results: tuple[Result, ...] = ()
    hints: tuple[str, ...] = ()
    newest: tuple[Teaser, ...] = ()
    newer: Link | None = None
    older: Link | None = None
    template: str = "theme/pages/search.html"

    @property
    def narrowed(self) -> bool:
        return any(choice.made for choice in self.choices)


@dataclass(frozen=True, slots=True)
class TextView:
    """A footer page: privacy, about, contact."""

    head: Head
    shell: Shell
    heading: str
    body_html: str
    template: str = "theme/pages/text.html"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Not found, withdrawn, error: what happened, when if it is known, and the newest stories as a way on."""

    head: Head
    shell: Shell
    heading: str
    text: str
    time: Moment | None = None
    newest: tuple[Teaser, ...] = ()
    template: str = "theme/pages/notice.html"


@dataclass(frozen=True, slots=True)
class MostReadIsland:
    """What is most read, a sheet of its own; empty where nothing has been counted."""

    shell: Shell
    block: MostRead | None = None
    template: str = "theme/islands/most_read.html"


@dataclass(frozen=True, slots=True)
class IslandView:
    """The newest stories of an edition, a sheet of its own, put into pages as they are printed."""

    shell: Shell
    river: River = field(default_factory=lambda: River("", ()))
    template: str = "theme/islands/newest.html"


@dataclass(frozen=True, slots=True)
class Alert:
    """A breaking alert. `severity` is `breaking` or `developing`, `label` its word; `until` is ISO 8601."""

    id: int
    text: str
    severity: str
    label: str
    time: Moment
    until: str
    attribution: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest story, in the ticker when nothing is breaking. `id` is the story's."""

    id: int
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class TickerView:
    """What stands under every masthead, a sheet of its own. `live` is the path of the edition's events, `at` the
    position in them that it was made at, "" before the first; `on_air` leads to a channel that is on air."""

    shell: Shell
    live: str
    at: str = ""
    alerts: tuple[Alert, ...] = ()
    latest: Latest | None = None
    on_air: Link | None = None
    template: str = "theme/islands/ticker.html"


# ── The pattern page: every component in every state ──


@dataclass(frozen=True, slots=True)
class PatternGroup:
    """A name and what is shown under it: blocks of a front, parts of a story's body, the heads of whole stories,
    tickers, or versions of a text beside each other."""

    name: str
    blocks: tuple[Block, ...] = ()
    body: tuple[BodyPart, ...] = ()
    stories: tuple[StoryView, ...] = ()
    tickers: tuple[TickerView, ...] = ()
    compared: tuple[CompareView, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternsView:
    head: Head
    shell: Shell
    heading: str
    groups: tuple[PatternGroup, ...]
    styles: tuple[str, ...] = ("tracker_card",)
    template: str = "theme/pages/patterns.html"
