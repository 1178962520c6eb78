"""What editors answered to the checks, and which addresses elsewhere lead somewhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CheckAnswer(models.Model):
    """Why something that a check found stands. `digest` is of what it is about: another thing is asked anew."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="check_answers")
    code = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    #: What was asked, as the editor read it.
    asked = models.TextField()
    answer = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "stories"
        constraints = [models.UniqueConstraint(fields=["story", "digest"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


class OutsideLink(models.Model):
    """An address elsewhere that a story links to. `tried` is empty until it was."""

    #: SHA-256 of the address, which may be longer than an index holds.
    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField()
    dead = models.BooleanField(default=False)
    tried = models.DateTimeField(null=True)
    asked = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "stories"

    def __str__(self) -> str:
        return self.url
