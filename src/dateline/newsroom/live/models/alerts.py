"""Breaking alerts: short, attributed, gone when their time is over; and all that was ever said in them."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.stories.models import Story

BREAKING, DEVELOPING = "breaking", "developing"
SEVERITIES = [(BREAKING, _("Breaking")), (DEVELOPING, _("Developing"))]

#: Characters of an alert that the ticker has room for on a phone.
LONGEST_TEXT = 160


class _Said(models.Model):
    """What an alert says."""

    text = models.CharField(_("text"), max_length=LONGEST_TEXT)
    attribution = models.CharField(_("who says so"), max_length=80, blank=True)
    severity = models.CharField(_("severity"), max_length=12, choices=SEVERITIES, default=BREAKING)
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("story")
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        abstract = True

    @property
    def said(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in SAID}


#: What of an alert can be edited.
SAID = ("text", "attribution", "severity", "story_id", "until")


class Alert(_Said):
    """One breaking alert in one edition. Alerts of one `group` are the same news in several editions."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    group = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField(_("time"))
    push = models.BooleanField(_("also push"), default=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    #: Set when its time was over and open pages had been told so.
    expired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        permissions: ClassVar = [("post_alert", _("Can post breaking alerts"))]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes = [
            # The ticker, and what is due: both look at the few alerts that still stand.
            models.Index(
                fields=["edition", "-at"],
                name="alert_standing",
                condition=models.Q(withdrawn_at=None, expired_at=None),
            ),
            models.Index(fields=["until"], name="alert_due", condition=models.Q(withdrawn_at=None, expired_at=None)),
            models.Index(fields=["edition", "-id"], name="alert_newest"),
            models.Index(fields=["group"], name="alert_group"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None and self.expired_at is None


class AlertNote(_Said):
    """A line of an alert's history: who did what when, and what it then said."""

    ACTIONS = [
        ("posted", _("Posted")),
        ("edited", _("Edited")),
        ("withdrawn", _("Withdrawn")),
        ("undone", _("Undone")),
        ("expired", _("Expired")),
    ]

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notes")
    action = models.CharField(max_length=10, choices=ACTIONS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: The name as it was: a user who leaves stays in the history.
    by_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["alert", "-id"], name="alert_history")]

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"
