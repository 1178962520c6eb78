"""Addresses: which URL path is whose, for ever."""

from django.db import models


class Address(models.Model):
    """Every URL path a page has ever been published under. The current one answers, the others lead to it, and none is
    ever given to another page, not even when its own is deleted."""

    path = models.CharField(max_length=1000, unique=True)
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="addresses")
    current = models.BooleanField(default=True)

    class Meta:
        app_label = "editions"
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=models.Q(current=True), name="one_current_address")
        ]

    def __str__(self) -> str:
        return self.path
