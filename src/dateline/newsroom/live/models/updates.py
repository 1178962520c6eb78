"""A story told update by update while it happens, and all that was ever said in it."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField

from dateline.newsroom.stories.blocks import (
    TEXT_FEATURES,
    EmbedBlock,
    GalleryBlock,
    PictureBlock,
    QuoteBlock,
    RelatedBlock,
)
from dateline.newsroom.stories.models import Person, Story

OPEN, PAUSED, CLOSED = "open", "paused", "closed"
STATES = [(OPEN, _("Open")), (PAUSED, _("Paused")), (CLOSED, _("Closed"))]

NEWEST, OLDEST = "newest", "oldest"
ORDERS = [(NEWEST, _("Newest first")), (OLDEST, _("Oldest first"))]

#: What an update may hold.
UPDATE_BLOCKS = [
    ("text", RichTextBlock(features=TEXT_FEATURES, label=_("Text"))),
    ("quote", QuoteBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("related", RelatedBlock()),
    ("embed", EmbedBlock()),
]


class LiveStory(models.Model):
    """The running side of a story in form `live`: whether it goes on, and what stands on top of it."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="live_story")
    state = models.CharField(_("state"), max_length=8, choices=STATES, default=OPEN)
    order = models.CharField(_("order"), max_length=8, choices=ORDERS, default=NEWEST)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Number of its newest update. Updates are counted from 1 and keep their number for ever.
    last = models.PositiveIntegerField(default=0)
    pinned = models.ForeignKey("live.Update", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: Counts every change, so that a screen sees whether it is behind.
    changes = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.story_id)


class Update(models.Model):
    """One update. `key` is given by the screen it was written on: sent twice, it is one update."""

    live = models.ForeignKey(LiveStory, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    at = models.DateTimeField(_("time"))
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    #: Counts what was said in it, for whoever edits what somebody else is editing.
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = StreamField(UPDATE_BLOCKS, verbose_name=_("text"), blank=True)
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("author")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_key = models.BooleanField(_("key point"), default=False)

    class Meta:
        permissions: ClassVar = [("post_update", _("Can write updates of live coverage"))]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [models.UniqueConstraint(fields=["live", "number"], name="update_number_once")]
        indexes = [
            models.Index(
                fields=["live", "-number"],
                name="update_key_points",
                condition=models.Q(is_key=True, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.number)

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class UpdateNote(models.Model):
    """A line of an update's history: who did what when, and what it then said."""

    ACTIONS = [
        ("posted", _("Posted")),
        ("edited", _("Edited")),
        ("withdrawn", _("Withdrawn")),
        ("restored", _("Put back")),
    ]

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="notes")
    action = models.CharField(max_length=10, choices=ACTIONS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    #: Title, text, author, source and mark as they then were.
    said = models.JSONField(default=dict)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes = [models.Index(fields=["update", "-id"], name="update_history")]

    def __str__(self) -> str:
        return f"{self.action}: {self.update_id}"


class TypedUpdate(models.Model):
    """What an editor has typed and not posted yet: it is there again when the screen is opened again.

    `number` is that of the update being edited, 0 for a new one. `data` is the form as it was sent.
    """

    live = models.ForeignKey(LiveStory, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    data = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [models.UniqueConstraint(fields=["live", "by", "number"], name="typed_once")]

    def __str__(self) -> str:
        return f"{self.live_id}: {self.by_id}"
