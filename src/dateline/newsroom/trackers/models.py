"""Trackers: what was promised, by whom, and what is known of it. Evidence is added, never changed."""

from decimal import Decimal
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelsearch import index

from dateline.newsroom.editions.actions import AnnouncingMixin
from dateline.newsroom.editions.models import Edition, Region
from dateline.newsroom.stories.models import Coverage, FormerPath, Topic
from dateline.newsroom.trackers.forms import TrackerForm
from dateline.press.outbox import announce

GOAL, POSITIONS = "goal", "positions"
KINDS = [
    (GOAL, pgettext_lazy("kind of tracker", "a goal: so much by a day")),
    (POSITIONS, pgettext_lazy("kind of tracker", "positions on a proposal")),
]

#: What its former paths are kept as.
KIND = "tracker"

#: Amounts: up to twenty digits before the point, four after it.
DIGITS, PLACES = 24, 4


def new_uri() -> str:
    """A tracker's identity in every format it leaves in."""
    return f"urn:uuid:{uuid4()}"


def plain(amount: Decimal | None) -> str:
    """An amount without zeros that say nothing, "" for none."""
    if amount is None:
        return ""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amount(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True, **options)


class Tracker(index.Indexed, AnnouncingMixin):
    """Follows promises until they are kept, or a proposal until it is settled; in one edition.

    Trackers with one `group` are the same in several editions.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    uri = models.CharField(max_length=500, unique=True, default=new_uri, editable=False)
    group = models.UUIDField(default=uuid4, editable=False, db_index=True)
    slug = models.SlugField(_("slug"), max_length=120, allow_unicode=True)
    title = models.CharField(_("title"), max_length=200)
    question = models.CharField(
        _("question"), max_length=300, help_text=_("What readers ask; the page answers it in one sentence.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=GOAL)
    summary = models.TextField(_("about"), blank=True, help_text=_("What was promised, by whom, and why it matters."))
    #: Of a goal.
    unit = models.CharField(
        _("unit"),
        max_length=60,
        blank=True,
        help_text=_("What is counted, as it is written after a number: staff, MW; or a currency: USD, EUR."),
    )
    target = _amount(_("target"), validators=[MinValueValidator(0)])
    starts = models.DateField(_("promised on"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    #: Of a proposal.
    proposal = models.CharField(_("proposal"), max_length=300, blank=True)
    is_aid = models.BooleanField(
        _("is aid"), default=False, help_text=_("Offers its figures to those who follow aid, as IATI activities.")
    )
    live = models.BooleanField(_("public"), default=False)
    closed = models.BooleanField(_("closed"), default=False, help_text=_("Nothing more is expected to happen."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    coverage = models.ForeignKey(
        Coverage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("coverage")
    )
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    #: When its evidence or its words last changed.
    changed = models.DateTimeField(default=timezone.now, editable=False)

    base_form_class = TrackerForm
    search_fields: ClassVar = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("tracker")
        verbose_name_plural = _("trackers")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="tracker_slug_once")]
        indexes = [models.Index(fields=["edition", "-changed"], name="tracker_newest")]
        permissions: ClassVar = [("add_evidence", _("Can add evidence to trackers"))]

    def __str__(self) -> str:
        return self.title

    @property
    def front(self) -> str:
        """The path of its page."""
        return f"/{self.edition.slug}/tracker/{self.slug}/"

    @classmethod
    def once_at(cls, edition: Edition, slug: str) -> Self | None:
        """The tracker that once had this slug."""
        path = f"/{edition.slug}/tracker/{slug}/"
        former = FormerPath.objects.filter(path=path, kind=KIND).values_list("term", flat=True)
        return cls._default_manager.filter(pk__in=list(former), edition=edition).first()

    def announcement(self) -> dict[str, Any]:
        former = FormerPath.objects.filter(kind=KIND, term=self.pk).values_list("path", flat=True)
        return {
            "ingredients": [f"tracker:{self.pk}", f"trackers:{self.edition_id}", f"group:{self.group}"],
            "print_now": [self.front, *former, f"/{self.edition.slug}/tracker/", f"/{self.edition.slug}/"],
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = Tracker.objects.select_related("edition").filter(pk=self.pk).first() if self.pk else None
            FormerPath.objects.filter(path=self.front, kind=KIND, term=self.pk or 0).delete()
            if before and before.front != self.front:
                FormerPath.objects.get_or_create(path=before.front, defaults={"kind": KIND, "term": self.pk})
            super().save(*args, **kwargs)
            if before and before.live and not self.live:
                # From now on nobody hands it out.
                announce(**self.announcement(), withdrawn=True)

    def clean(self) -> None:
        super().clean()
        if self.edition_id and self.slug:
            taken = FormerPath.objects.filter(path=self.front).exclude(kind=KIND, term=self.pk or 0)
            if taken.exists():
                text = _("%(path)s once was the address of another page. Choose another slug.")
                raise ValidationError({"slug": text % {"path": self.front}})
        if self.starts and self.due and self.due < self.starts:
            raise ValidationError({"due": _("The day it is due comes before the day it was promised.")})
        if self.kind == GOAL:
            missing = [name for name in ("unit", "target", "starts", "due") if getattr(self, name) in {None, ""}]
            if missing:
                raise ValidationError(dict.fromkeys(missing, _("A goal has a target, its unit, and two days.")))
            if self.target is not None and self.target <= 0:
                raise ValidationError({"target": _("A target is more than nothing.")})


class Party(models.Model):
    """A country or an organisation that promises or takes a position; or a group of them that acts as one."""

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="parties")
    code = models.CharField(
        _("code"), max_length=40, help_text=_("Short and the same in every file: DE, UNDP, contact-group.")
    )
    name = models.CharField(_("name"), max_length=160)
    group = models.CharField(_("group"), max_length=120, blank=True)
    members = models.PositiveIntegerField(
        _("members"), default=1, help_text=_("How many it stands for: a contact group of fifty counts as fifty.")
    )
    joined = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar = ["pk"]
        constraints = [models.UniqueConstraint(fields=["tracker", "code"], name="party_once")]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where it happens, and what is there."""

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("what is there"), max_length=160, blank=True)
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180), name="place_on_earth"
            )
        ]

    def __str__(self) -> str:
        return self.name


#: What a piece of evidence says. The first five are stages of a commitment.
COMMITTED = ("announced", "allocated", "sent", "delivered", "withdrawn")
OBSERVED, STANCE = "observed", "stance"
SAYS = [
    ("announced", pgettext_lazy("evidence", "announced")),
    ("allocated", pgettext_lazy("evidence", "allocated")),
    ("sent", pgettext_lazy("evidence", "sent")),
    ("delivered", pgettext_lazy("evidence", "delivered")),
    ("withdrawn", pgettext_lazy("evidence", "taken back")),
    (OBSERVED, pgettext_lazy("evidence", "observed")),
    (STANCE, pgettext_lazy("evidence", "took a position")),
]
STANDS = [
    ("for", pgettext_lazy("position", "for")),
    ("against", pgettext_lazy("position", "against")),
    ("conditional", pgettext_lazy("position", "on conditions")),
    ("undecided", pgettext_lazy("position", "undecided")),
    ("silent", pgettext_lazy("position", "silent")),
]


class Evidence(models.Model):
    """One thing that is known, on a day, from sources. A row is never changed, except that it is struck or replaced.

    `struck_at` is set when it was taken back or another took its place (`replaced_by`); figures leave it out, the
    history keeps it.
    """

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="evidence")
    #: What it is known by in files: a second import of it changes nothing.
    key = models.CharField(max_length=80)
    says = models.CharField(_("what happened"), max_length=12, choices=SAYS)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.RESTRICT, related_name="evidence", verbose_name=_("party")
    )
    low = _amount(_("at least"))
    high = _amount(_("at most"))
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    stand = models.CharField(_("position"), max_length=12, choices=STANDS, blank=True)
    on = models.DateField(_("on"))
    due = models.DateField(_("due"), null=True, blank=True)
    conditions = models.TextField(_("on conditions"), blank=True)
    note = models.TextField(_("in words"), blank=True)
    #: As `newsroom.stories.sources.as_data` writes them; at least one.
    sources = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: The name as it was: a user who leaves stays in the history.
    by_name = models.CharField(max_length=160, blank=True)
    why = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.RESTRICT, related_name="replaced_by")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=160, blank=True)
    struck_why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(fields=["tracker", "key"], name="evidence_once"),
            models.CheckConstraint(
                condition=models.Q(low=None, high=None) | models.Q(low__lte=models.F("high")), name="evidence_range"
            ),
        ]
        indexes = [
            models.Index(fields=["tracker", "on", "id"], name="evidence_by_day"),
            # The history, newest first: what was added, and what was struck.
            models.Index(fields=["tracker", "-at", "-id"], name="evidence_added"),
            models.Index(
                fields=["tracker", "-struck_at", "-id"],
                name="evidence_struck",
                condition=models.Q(struck_at__isnull=False),
            ),
            # What falls due: the desk asks for it every minute.
            models.Index(
                fields=["due"], name="evidence_due", condition=models.Q(due__isnull=False, struck_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} {self.on}"

    @property
    def amount(self) -> str:
        """As it is written: a number, or from one to another; "" for a position."""
        return plain(self.low) if self.low == self.high else f"{plain(self.low)}–{plain(self.high)}"


class TrackerNote(models.Model):
    """A line of a tracker's history beside its evidence: who changed its goal, parties or words, when and why."""

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=160, blank=True)
    #: Which fields, and what they were before: `{"due": ["2026-09-30", "2026-12-31"]}`.
    what = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tracker", "-id"], name="tracker_history"),
            models.Index(fields=["tracker", "-at", "-id"], name="tracker_history_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {', '.join(self.what)}"


class FallenDue(models.Model):
    """A commitment whose day has passed, marked once, so that editors are told once."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="fallen_due")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    #: Whether anything was missing then.
    late = models.BooleanField(default=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class EvidenceFile(models.Model):
    """A table of evidence that was uploaded and read, and waits until an editor says that it is to go in."""

    tracker = models.ForeignKey(Tracker, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.name
