"""Addresses at which calendar programs fetch activities."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from units.models import Unit


class CalendarFeed(models.Model):
    """An address at which a calendar program fetches the owner's activities (``unit`` null), or those of one unit.

    Who has the address needs no sign-in. It is not kept: ``token_hash`` is the SHA-256 of its secret part, in hex.
    ``fetched_at`` is right to the hour; null before the first time.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(unit__isnull=True), name="activities_feed_of_a_person_once"
            ),
            models.UniqueConstraint(fields=["owner", "unit"], name="activities_feed_of_a_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.unit_id or ''}".strip()
