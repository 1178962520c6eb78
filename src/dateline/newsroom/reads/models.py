"""How often stories are read. Of readers there is nothing here."""

from django.db import models

from dateline.newsroom.editions.models import Edition
from dateline.newsroom.stories.models import Story


class Recent(models.Model):
    """Reads of a story in ten minutes, by class of referrer; kept for a day and an hour."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()  # when the ten minutes began
    source = models.CharField(max_length=10)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "at", "source"], name="recent_once")]
        indexes = [models.Index(fields=["edition", "at"], name="recent_by_edition"), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.story_id} {self.at:%H:%M} {self.source}: {self.reads}"


class Day(models.Model):
    """Reads of a story in a day (UTC), by class of referrer; kept."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    source = models.CharField(max_length=10)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "day", "source"], name="day_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.day} {self.source}: {self.reads}"


class Score(models.Model):
    """How a story stands on a list (`edition:2`, `section:5`), for each span; see `ranking`."""

    key = models.CharField(max_length=80)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    hour = models.FloatField(default=0)
    day = models.FloatField(default=0)
    week = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "story"], name="score_once")]
        indexes = [models.Index(fields=["key", f"-{span}"], name=f"score_{span}") for span in ("hour", "day", "week")]

    def __str__(self) -> str:
        return f"{self.key} {self.story_id}"


class MostRead(models.Model):
    """The stories most read on a list in a span, as pages show them, the most read first."""

    key = models.CharField(max_length=80)
    span = models.CharField(max_length=4)
    ids = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "span"], name="most_read_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.span}"


class Taken(models.Model):
    """A stand's file that was taken in, so that it is taken in once; forgotten when the file is gone."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name
