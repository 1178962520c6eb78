"""The story, and what is said about it."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PagePermissionTester

from dateline.newsroom.editions.actions import AnnouncingMixin, concerns_readers
from dateline.newsroom.editions.choices import EditionChoiceForm
from dateline.newsroom.editions.models import FORMS, Edition, Region, Section, address_of, url_parts
from dateline.newsroom.stories.blocks import BODY_BLOCKS
from dateline.newsroom.stories.charts.models import ChartDrawing as ChartDrawing
from dateline.newsroom.stories.coverage_blocks import CARD_BLOCKS, CARDS, KEY_DATE_BLOCKS, LEADING_BLOCKS
from dateline.newsroom.stories.forms import StoryForm


def new_uri() -> str:
    """A story's identity in every format it leaves in."""
    return f"urn:uuid:{uuid4()}"


class FormerPath(models.Model):
    """A path that the front of a topic, an author or a coverage once had. It leads to where that is now."""

    path = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=12)
    term = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.path


class _Term(AnnouncingMixin):
    """Something stories are filed under, with a front of its own in one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    slug = models.SlugField(_("slug"), max_length=120, allow_unicode=True)

    base_form_class = EditionChoiceForm

    #: First segment of its front's path, after the edition's, and kind of its ingredient.
    place: ClassVar[str]
    kind: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def front(self) -> str:
        """The path of its front."""
        return f"/{self.edition.slug}/{self.place}/{self.slug}/"

    def announcement(self) -> dict[str, Any]:
        former = FormerPath.objects.filter(kind=self.kind, term=self.pk).values_list("path", flat=True)
        return {"ingredients": [f"{self.kind}:{self.pk}"], "print_now": [self.front, *former]}

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = (
                type(self)._default_manager.select_related("edition").filter(pk=self.pk).first() if self.pk else None
            )
            FormerPath.objects.filter(path=self.front, kind=self.kind, term=self.pk or 0).delete()
            if before and before.front != self.front:
                FormerPath.objects.get_or_create(path=before.front, defaults={"kind": self.kind, "term": self.pk})
            super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.edition_id and self.slug:
            taken = FormerPath.objects.filter(path=self.front).exclude(kind=self.kind, term=self.pk or 0)
            if taken.exists():
                text = _("%(path)s once was the address of another page. Choose another slug.")
                raise ValidationError({"slug": text % {"path": self.front}})


class Person(index.Indexed, _Term):
    """An author, or a desk that signs as one."""

    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=160, blank=True)
    bio = models.TextField(_("about"), blank=True)
    photo = models.ForeignKey(
        "pictures.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("photo")
    )
    place: ClassVar = "author"
    kind: ClassVar = "person"
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="person_slug_once")]

    def __str__(self) -> str:
        return self.name


class Topic(index.Indexed, _Term):
    name = models.CharField(_("name"), max_length=160)
    place: ClassVar = "topic"
    kind: ClassVar = "topic"
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="topic_slug_once")]

    def __str__(self) -> str:
        return self.name


class Coverage(index.Indexed, _Term):
    """A running story that many stories belong to."""

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("A larger coverage that this one belongs to."),
    )
    closed = models.BooleanField(_("closed"), default=False, help_text=_("Nothing more is expected to happen."))
    leading = StreamField(
        LEADING_BLOCKS,
        verbose_name=_("leading stories"),
        blank=True,
        help_text=_("In this order, before all others. Empty: the newest lead."),
    )
    key_dates = StreamField(KEY_DATE_BLOCKS, verbose_name=_("key dates"), blank=True)
    people = models.TextField(_("people"), blank=True, help_text=_("One to a line: a name, a comma, who that is."))
    places = models.TextField(_("places"), blank=True, help_text=_("One to a line."))
    in_five = StreamField(CARD_BLOCKS, verbose_name=_("In five"), blank=True, max_num=CARDS)
    in_five_draft = models.BooleanField(
        _("a draft"), default=False, help_text=_("Readers are shown the five cards when this is not ticked.")
    )
    place: ClassVar = "coverage"
    kind: ClassVar = "coverage"
    search_fields: ClassVar = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="coverage_slug_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def five_front(self) -> str:
        """The path of its five cards."""
        return f"{self.front}in-five/"

    def announcement(self) -> dict[str, Any]:
        said = super().announcement()
        related = {self.parent_id, *Coverage.objects.filter(parent=self.pk).values_list("pk", flat=True)} - {None}
        said["ingredients"] += [f"coverages:{self.edition_id}", *(f"coverage:{pk}" for pk in related)]
        said["print_now"] += [self.five_front, f"/{self.edition.slug}/coverage/"]
        return said

    def clean(self) -> None:
        super().clean()
        parent = self.parent
        if parent and (parent.pk == self.pk or parent.edition_id != self.edition_id or parent.parent_id):
            text = _("A coverage is part of another one of its edition, which is itself no part of one.")
            raise ValidationError({"parent": text})
        if parent and self.pk and Coverage.objects.filter(parent=self.pk).exists():
            raise ValidationError({"parent": _("This coverage has parts of its own.")})
        if self.in_five and not self.in_five_draft and len(self.in_five) != CARDS:
            text = _("In five has five cards. Write the others, or leave it a draft.")
            raise ValidationError({"in_five": text})


class Series(index.Indexed, _Term):
    """A programme: stories that come one after the other, numbered or by date."""

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("section")
    )
    place: ClassVar = "series"
    kind: ClassVar = "series"
    search_fields: ClassVar = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("plural", "series")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="series_slug_once")]

    def __str__(self) -> str:
        return self.title


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
    ]
    promote_panels: ClassVar = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: ClassVar = [
        PublishingPanel(),
        MultiFieldPanel([FieldPanel("published"), FieldPanel("embargo"), FieldPanel("minor_change")], _("Times")),
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
        """The headline at its whole length. An editor who writes another title writes another headline."""
        begins = self.whole_headline.startswith(self.title.removesuffix("…"))
        return self.whole_headline if self.whole_headline and begins else self.title

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

    def save(self, *args: Any, settle: bool = True, **kwargs: Any) -> None:
        """Write the row, and in the same transaction addresses, lists and outbox.

        The row's write is where every way of publishing and taking off meets: the desk calls Wagtail's actions, which
        never call a page's own `publish`, `unpublish` or `delete`. Deletion is heard by signal. `settle=False` is for
        writes that settle many stories at once.
        """
        from dateline.newsroom.stories.actions import keep_embargo, settle_story

        with transaction.atomic():
            keep_embargo(self)
            super().save(*args, **kwargs)
            if settle and concerns_readers(self, kwargs.get("update_fields")):
                settled = settle_story(self.pk)
                for name in SETTLED if settled else ():
                    setattr(self, name, getattr(settled, name))

    def publish(self, revision: Any, **kwargs: Any) -> None:
        from dateline.newsroom.stories.actions import hold_for_embargo

        hold_for_embargo(revision)
        super().publish(revision, **kwargs)

    def with_content_json(self, content: Any) -> "Story":
        """A revision's story. What publishing decides is the row's, whatever it was when the revision was written."""
        story: Story = super().with_content_json(content)
        # Read, since `self` may be the very object that the revision was made from.
        row: dict[str, Any] = Story.objects.filter(pk=self.pk).values(*DECIDED).first() or {}
        published = row.pop("published", None)
        story.published = story.published or published
        story.updated = max(filter(None, (story.updated, row.pop("updated", None))), default=None)
        for name, value in row.items():
            setattr(story, name, value)
        return story


#: Fields of which the row knows more than a revision.
DECIDED = ("published", "updated", "digest", "withdrawn_at", "withdrawn_reason")

#: Fields that `settle_story` writes.
SETTLED = ("published", "updated", "digest", "words", "frames", "minor_change", "withdrawn_at", "withdrawn_reason")


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

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.headline}"
