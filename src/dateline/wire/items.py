"""A story as it travels: what every format in the newsroom folder and on the wires is read into and written from.

Plain values only, with no model and no database behind them. Times are aware; text is plain text, cleaned of control
characters, unless its name is `html`, which is sanitised and holds only the tags that `bodies` allows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dateline.newsroom.stories.sources import Source

Status = Literal["usable", "withheld", "canceled"]
Form = Literal["news", "opinion", "analysis", "blog", "feature", "explainer", "video", "gallery", "infographic", "live"]

FORMS: tuple[Form, ...] = (
    "news", "opinion", "analysis", "blog", "feature", "explainer", "video", "gallery", "infographic", "live",
)  # fmt: skip

#: Forms whose story may be told by the medium alone.
FORMS_WITHOUT_BODY: frozenset[str] = frozenset({"video", "gallery", "infographic", "live"})

#: Role of the description in which a canceled item says what the notice tells readers.
WITHDRAWAL = "withdrawal"

#: JSON values that Dateline does not model, under their ninjs names.
Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """Running text: `html` is one or more `<p>`, `<ul>` or `<ol>`."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that is part of the text; `html` as in `Text`, `attribution` plain."""

    html: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Words of the story set large beside it."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A place in the body where a picture stands. `name` or `href` (of the main rendition) says which of the item's
    media it is (`Item.medium`); `alt`, `caption` and `credit` are what the body itself said, for a picture that no
    association describes."""

    name: str = ""
    href: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class GalleryRef:
    figures: tuple[FigureRef, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What each picture is called: its name, or its file when it has none."""
        return tuple(figure.name or figure.href for figure in self.figures)


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A "Read more" line. `url` is an address (http, https or a path from the root) or the `uri` of a story."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of plain text. Every row is as long as the longest; `head` is empty or as long; with `row_heads` the
    first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool = False


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """Figures to be drawn, as cells of plain text: the first of `rows` names the columns, all are as long. `kind` is
    line, area, bar, stacked, dot or table; `description` says what is to be seen."""

    kind: str
    headline: str
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""
    note: str = ""
    source: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EmbedRef:
    """Something shown elsewhere, a video or a post: an https address to link to, never code to run."""

    url: str
    provider: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class TrackerRef:
    """A tracker of the story's edition, by its slug; `url` is its page and `title` its name, for whoever has it not."""

    slug: str
    title: str = ""
    url: str = ""


Block = (
    Text
    | Heading
    | Quote
    | PullQuote
    | FigureRef
    | GalleryRef
    | RelatedLink
    | TableBlock
    | ChartBlock
    | EmbedRef
    | TrackerRef
)


@dataclass(frozen=True, slots=True)
class Term:
    """A region, topic, coverage or series. An empty `name` means that only the slug was given."""

    slug: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """One who made the story. `role` is None for an author, else how the item called it (translator, …)."""

    name: str
    uri: str | None = None
    role: str | None = None


#: What a note under a story may be; also the role of the description that carries it.
NOTE_KINDS = ("correction", "clarification", "update")


@dataclass(frozen=True, slots=True)
class Note:
    """What an earlier version of the story had wrong. `kind` is one of NOTE_KINDS; `at` None: not yet told."""

    kind: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another story, by its `uri`. An empty `title` means: use the story's own headline."""

    uri: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video, sound or graphic with its rights. `href` is a path in the folder or an address, or "" when only
    the `uri` says what it is; `width` and `height` are pixels; `long` is all that it says, in words."""

    uri: str
    name: str
    type: str = "picture"
    href: str = ""
    width: int | None = None
    height: int | None = None
    content_type: str = ""
    caption: str = ""
    alt: str = ""
    long: str = ""
    credit: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    created: datetime | None = None
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One story in one language. `section` is a path of slugs, `news/politics`, or ""; `source` is the source line,
    `sources` what the report rests on;
    `clip` is the film or recording that it shows, `episode` its number in the first of its series;
    `kept` is what the format held beyond this, so that it can be given back."""

    uri: str
    version: str = "1"
    version_created: datetime | None = None
    first_created: datetime | None = None
    content_created: datetime | None = None
    status: Status = "usable"
    embargoed_until: datetime | None = None
    expires: datetime | None = None
    language: str = ""
    headline: str = ""
    kicker: str = ""
    short_headline: str = ""
    standfirst: str = ""
    body: tuple[Block, ...] = ()
    form: Form = "news"
    section: str = ""
    regions: tuple[Term, ...] = ()
    topics: tuple[Term, ...] = ()
    coverages: tuple[Term, ...] = ()
    series: tuple[Term, ...] = ()
    authors: tuple[Credit, ...] = ()
    by: str = ""
    source: str = ""
    sources: tuple[Source, ...] = ()
    located: str = ""
    lead: Media | None = None
    clip: Media | None = None
    episode: int | None = None
    figures: tuple[Media, ...] = ()
    related: tuple[Related, ...] = ()
    translation_group: str = ""
    slug: str = ""
    redirects: tuple[str, ...] = ()
    corrections: tuple[Note, ...] = ()
    origin: str = ""
    urgency: int | None = None
    usage_terms: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    kept: Kept = field(default_factory=dict)

    @property
    def published(self) -> datetime | None:
        """When the story first came out, as far as the item says."""
        return self.first_created or self.content_created or self.version_created

    def medium(self, figure: FigureRef) -> Media | None:
        """The item's medium that `figure` shows, by name and else by file, or None."""
        media = (*self.figures, self.lead) if self.lead else self.figures
        for wanted, key in ((figure.name, "name"), (figure.href, "href")):
            if wanted:
                for one in media:
                    if one is not None and getattr(one, key) == wanted:
                        return one
        return None
