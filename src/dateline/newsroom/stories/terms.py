"""What stories are filed under: authors, topics, coverages and series, each with a front of its own."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelsearch import index
from wagtail.fields import StreamField

from dateline.newsroom.editions.actions import AnnouncingMixin
from dateline.newsroom.editions.choices import EditionChoiceForm
from dateline.newsroom.editions.models import Edition, Section
from dateline.newsroom.stories.coverage_blocks import CARD_BLOCKS, CARDS, KEY_DATE_BLOCKS, LEADING_BLOCKS


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

    @classmethod
    def once_at(cls, edition: Edition, slug: str) -> Self | None:
        """The term that once had this slug: it was renamed, or another became part of it."""
        path = f"/{edition.slug}/{cls.place}/{slug}/"
        former = FormerPath.objects.filter(path=path, kind=cls.kind).values_list("term", flat=True)
        return cls._default_manager.filter(pk__in=list(former), edition=edition).first()

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


#: What a topic may stand for: somebody, an organisation or a place that stories are about, or a subject.
SUBJECTS = (
    ("subject", pgettext_lazy("what a topic stands for", "a subject")),
    ("person", pgettext_lazy("what a topic stands for", "a person")),
    ("organisation", pgettext_lazy("what a topic stands for", "an organisation")),
    ("place", pgettext_lazy("what a topic stands for", "a place")),
)


class Topic(index.Indexed, _Term):
    """What stories are about: a subject, a person, an organisation or a place."""

    name = models.CharField(_("name"), max_length=160)
    stands_for = models.CharField(_("stands for"), max_length=12, choices=SUBJECTS, default="subject")
    about = models.TextField(_("about"), blank=True, help_text=_("What readers see at the top of its page."))
    picture = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One to a line: how else it is written. Stories that say one of them are offered this topic."),
    )
    place: ClassVar = "topic"
    kind: ClassVar = "topic"
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("other_names"),
        index.AutocompleteField("other_names"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="topic_slug_once")]

    @property
    def others(self) -> list[str]:
        """Its other names, one by one."""
        return [name for line in self.other_names.splitlines() if (name := line.strip())]

    def __str__(self) -> str:
        return self.name


class MergedTopic(models.Model):
    """A topic that has become part of another one: whatever still names it means that. See `merging`."""

    old = models.PositiveBigIntegerField(primary_key=True)
    into = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")

    @classmethod
    def now(cls, topics: Iterable[int]) -> dict[int, int]:
        """Which of these topics (ids) have become part of another: the id of that, by the old one."""
        return dict(cls.objects.filter(old__in=list(topics)).values_list("old", "into_id"))

    def __str__(self) -> str:
        return f"{self.old}: {self.into_id}"


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
