"""Drawings that are kept: derived from a story's figures, and made anew when they are missing."""

from django.db import models
from django.utils import timezone


class ChartDrawing(models.Model):
    """Both drawings of a chart, found by a digest of all that makes them: the insides of two `<svg>` and their heights
    in units. Empty ones say that drawing failed, `made` says when."""

    digest = models.CharField(max_length=64, unique=True)
    narrow = models.TextField(blank=True)
    narrow_height = models.PositiveIntegerField(default=0)
    wide = models.TextField(blank=True)
    wide_height = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)
    #: The day it was last shown, to the month: a page that is printed every hour does not write every hour.
    used = models.DateField(default=timezone.localdate, db_index=True)

    class Meta:
        app_label = "stories"

    def __str__(self) -> str:
        return self.digest
