"""The story, and what is said about it."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PagePermissionTester

from dateline.newsroom.editions.actions import concerns_readers
from dateline.newsroom.editions.models import FORMS, Edition, Region, Section, address_of, url_parts
from dateline.newsroom.stories.blocks import BODY_BLOCKS
from dateline.newsroom.stories.charts.models import ChartDrawing
from dateline.newsroom.stories.checking.models import CheckAnswer, OutsideLink
from dateline.newsroom.stories.checking.panels import AnswersPanel
from dateline.newsroom.stories.corrections import CorrectionEntry, StoryCorrection, known_again
from dateline.newsroom.stories.forms import StoryForm
from dateline.newsroom.stories.source_blocks import SOURCE_BLOCKS, with_sources
from dateline.newsroom.stories.sources import MOST
from dateline.newsroom.stories.terms import Coverage, FormerPath, MergedTopic, Person, Series, Topic
from dateline.newsroom.stories.versions import PublishedVersion

__all__ = [
    "DECIDED",
    "SETTLED",
    "Byline",
    "ChartDrawing",
    "CheckAnswer",
    "CorrectionEntry",
    "Coverage",
    "FormerPath",
    "MergedTopic",
    "OutsideLink",
    "Person",
    "PublishedVersion",
    "Said",
    "Series",
    "Shelf",
    "Story",
    "StoryCorrection",
    "Stream",
    "StreamEntry",
    "Topic",
    "Withdrawal",
    "new_uri",
]


def new_uri() -> str:
    """A story's identity in every format it leaves in."""
    return f"urn:uuid:{uuid4()}"


class Shelf(Page):
    """One month of one section: where its stories hang in the page tree, so that no parent ever has too many.

    A shelf has no public page; its slug is the month, such as 2026-11.
    """

    parent_page_types: ClassVar = ["editions.Section"]
    subpage_types: ClassVar = ["stories.Story"]

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")

    def get_url_parts(self, request: Any = None) -> None:
        return None

    def permissions_for_user(self, user: Any) -> "ShelfPermissions":
        return ShelfPermissions(user, self)


class ShelfPermissions(PagePermissionTester):
    """No list follows the order of a month's stories in the tree, and changing it rewrites thousands of rows."""

    def can_reorder_children(self) -> bool:
        return False


class Story(Page):
    """A story in any form. Its title is the headline."""

    uri = models.CharField(max_length=500, unique=True, default=new_uri, editable=False)
    version = models.CharField(max_length=100, blank=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", editable=False)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="+", verbose_name=_("section"), null=True, blank=False
    )
    form = models.CharField(_("form"), max_length=12, choices=FORMS, default="news")
    #: A headline too long for a page's title; the title is its beginning. See `headline`.
    whole_headline = models.TextField(blank=True, editable=False)
    kicker = models.CharField(_("kicker"), max_length=120, blank=True)
    short_headline = models.CharField(_("short headline"), max_length=120, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("When the report is someone else's.")
    )
    place = models.CharField(_("dateline"), max_length=120, blank=True, help_text=_("Where it was reported from."))
    lead_picture = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_caption = models.TextField(_("caption"), blank=True, help_text=_("Empty: the picture's own."))
    clip = models.ForeignKey(
        "clips.Clip",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("video or audio"),
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("series")
    )
    episode = models.PositiveIntegerField(
        _("episode"), null=True, blank=True, help_text=_("Its number in the series, if they are numbered.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)
    sources = StreamField(SOURCE_BLOCKS, verbose_name=_("sources"), blank=True, max_num=MOST)
    regions = ParentalManyToManyField(Region, verbose_name=_("regions"), blank=True, related_name="+")
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    coverages = ParentalManyToManyField(Coverage, verbose_name=_("coverages"), blank=True, related_name="+")
    urgency = models.PositiveSmallIntegerField(
        _("urgency"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 to 9; 1 and 2 may lead fronts."),
    )
    published = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Empty: when it first goes out.")
    )
    updated = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    minor_change = models.BooleanField(
        _("minor change"), default=False, help_text=_("Readers are not told that it was updated.")
    )
    embargo = models.DateTimeField(_("embargo"), null=True, blank=True, help_text=_("It cannot go out before."))
    words = models.PositiveIntegerField(default=0, editable=False)
    frames = models.PositiveIntegerField(default=0, editable=False)  # pictures of its galleries
    seconds = models.PositiveIntegerField(default=0, editable=False)  # length of its clip
    shown_clip = models.PositiveBigIntegerField(null=True, editable=False)  # the clip that readers last had
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)
    rights = models.CharField(max_length=500, blank=True, editable=False)
    #: What an imported item said that nothing here models, kept for the export.
    kept = models.JSONField(default=dict, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    #: Digest of the line it was last imported from: an equal one changes nothing.
    line_digest = models.CharField(max_length=64, blank=True, editable=False)

    base_form_class = StoryForm
    parent_page_types: ClassVar = ["stories.Shelf"]
    subpage_types: ClassVar[list[str]] = []
    #: A copy is a story of its own: it has its own identity and times, and no import knows it.
    exclude_fields_in_copy: ClassVar = [
        "uri",
        "version",
        "published",
        "updated",
        "minor_change",
        "words",
        "frames",
        "seconds",
        "shown_clip",
        "withdrawn_at",
        "withdrawn_reason",
        "kept",
        "digest",
        "line_digest",
        "corrections",
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("section"),
        index.FilterField("form"),
        index.FilterField("published"),
    ]
    content_panels: ClassVar = [
        FieldPanel("kicker"),
        TitleFieldPanel("title", heading=_("Headline"), classname="title"),
        FieldPanel("short_headline"),
        FieldPanel("standfirst"),
        InlinePanel("bylines", heading=_("Byline"), label=_("Author or desk")),
        MultiFieldPanel([FieldPanel("lead_picture"), FieldPanel("lead_caption")], _("Lead picture")),
        MultiFieldPanel([FieldPanel("clip"), FieldPanel("series"), FieldPanel("episode")], _("Video or audio")),
        FieldPanel("body"),
        FieldPanel("sources", heading=_("How we know this")),
        MultiFieldPanel(
            [
                FieldPanel("form"),
                FieldPanel("section"),
                FieldPanel("regions"),
                FieldPanel("topics"),
                FieldPanel("coverages"),
            ],
            _("Where it belongs"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("place"), FieldPanel("urgency")], _("About the report")),
        InlinePanel("corrections", heading=_("What we got wrong"), label=_("Correction")),
    ]
    promote_panels: ClassVar = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: ClassVar = [
        PublishingPanel(),
        MultiFieldPanel([FieldPanel("published"), FieldPanel("embargo"), FieldPanel("minor_change")], _("Times")),
        AnswersPanel(heading=_("Answered before it went out")),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(fields=["section", "-published"], name="story_by_section"),
            models.Index(
                fields=["series", "episode", "published"],
                name="story_by_series",
                condition=models.Q(series__isnull=False),
            ),
            models.Index(fields=["shown_clip"], name="story_by_clip", condition=models.Q(shown_clip__isnull=False)),
        ]

    @property
    def headline(self) -> str:
        return headline_of(self.title, self.whole_headline)

    @property
    def is_public(self) -> bool:
        return bool(self.live and self.published and not self.withdrawn_at)

    def clean(self) -> None:
        super().clean()
        if self.section and self.edition_id and self.section.locale_id != self.locale_id:
            raise ValidationError({"section": _("This section belongs to another edition.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._know_where_it_stands()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._know_where_it_stands()
        super().minimal_clean()

    def _know_where_it_stands(self) -> None:
        """A story made under a shelf belongs to that shelf's section and edition unless it says otherwise."""
        if self.edition_id and self.section_id:
            return
        parent = self.get_parent() if self.path else None
        if parent is None:
            return
        shelf_of = Section.objects.ancestor_of(parent).order_by("-depth").first()
        if shelf_of and not self.section_id:
            self.section = shelf_of
        if not self.edition_id:
            self.edition = Edition.objects.ancestor_of(parent).first()

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return url_parts(self, address_of(self))

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from dateline.newsroom.stories.views import preview

        return preview(request, self)

    #: What the row said when this was made of a revision; see `said_before`.
    row_said: "Said | None" = None

    def save(self, *args: Any, settle: bool = True, **kwargs: Any) -> None:
        """Write the row, and in the same transaction addresses, lists and outbox.

        The row's write is where every way of publishing and taking off meets: the desk calls Wagtail's actions, which
        never call a page's own `publish`, `unpublish` or `delete`. Deletion is heard by signal. `settle=False` is for
        writes that settle many stories at once.
        """
        from dateline.newsroom.stories.actions import keep_embargo, settle_story
        from dateline.newsroom.stories.keeping import said_before

        with transaction.atomic():
            keep_embargo(self)
            before = said_before(self, kwargs.get("update_fields")) if settle else None
            super().save(*args, **kwargs)
            if settle and concerns_readers(self, kwargs.get("update_fields")):
                settled = settle_story(self.pk, before=before)
                for name in SETTLED if settled else ():
                    setattr(self, name, getattr(settled, name))

    def publish(self, revision: Any, **kwargs: Any) -> None:
        from dateline.newsroom.stories.actions import hold_for_embargo

        hold_for_embargo(revision)
        super().publish(revision, **kwargs)

    def with_content_json(self, content: Any) -> "Story":
        """A revision's story. What publishing decides is the row's, whatever it was when the revision was written."""
        from dateline.newsroom.stories.merging import as_filed_now

        story: Story = super().with_content_json(with_sources(as_filed_now(content)))
        # Read, since `self` may be the very object that the revision was made from.
        row: dict[str, Any] = Story.objects.filter(pk=self.pk).values(*DECIDED, *SAID).first() or {}
        if row:
            story.row_said = Said(row["digest"], *(row.pop(name) for name in SAID))
        published = row.pop("published", None)
        story.published = story.published or published
        story.updated = max(filter(None, (story.updated, row.pop("updated", None))), default=None)
        for name, value in row.items():
            setattr(story, name, value)
        known_again(story.corrections.all(), lambda: StoryCorrection.objects.filter(story=self.pk))
        return story


#: Fields of which the row knows more than a revision.
DECIDED = ("published", "updated", "digest", "withdrawn_at", "withdrawn_reason")

#: Fields that `settle_story` writes.
SETTLED = ("published", "updated", "digest", "words", "frames", "minor_change", "withdrawn_at", "withdrawn_reason")


#: Fields that make a version of a story, and whether readers have it.
SAID = ("title", "whole_headline", "standfirst", "body", "sources", "clip_id", "live")


@dataclass(frozen=True, slots=True)
class Said:
    """What a story's row says. `digest` is that of what readers last had; `body` and `sources` are streams."""

    digest: str
    title: str
    whole_headline: str
    standfirst: str
    body: Any
    sources: Any
    clip_id: int | None
    live: bool

    @property
    def headline(self) -> str:
        return headline_of(self.title, self.whole_headline)


def headline_of(title: str, whole: str) -> str:
    """The headline at its whole length. An editor who writes another title writes another headline."""
    return whole if whole and whole.startswith(title.removesuffix("…")) else title


class Byline(Orderable):
    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("author"))

    panels: ClassVar = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="byline_once")]

    def __str__(self) -> str:
        return str(self.person)


class Stream(models.Model):
    """An ordered list of stories. `key` names what it is of: `edition:2`, `section:5`, `topic:9`, `form:2:opinion`."""

    key = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.key


class StreamEntry(models.Model):
    """A published story on a stream.

    `page` counts from the oldest, so that a new story changes the newest page alone; a withdrawn one leaves its page
    shorter and moves nothing.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="entries", db_index=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="entries")
    published = models.DateTimeField()
    page = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "story"], name="entry_once")]
        indexes = [
            models.Index(fields=["stream", "-published", "-story"], name="entry_newest"),
            models.Index(fields=["stream", "page", "-published", "-story"], name="entry_page"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.story_id}"


class Withdrawal(models.Model):
    """A dated line about a story that was taken back; it stays when the story is deleted."""

    path = models.CharField(max_length=1000, blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    uri = models.CharField(max_length=500)
    headline = models.CharField(max_length=255)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "-at", "-id"], name="withdrawal_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.headline}"
