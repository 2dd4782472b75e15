"""The pieces of a ZIP of scorecards while it is made. Only ``pieces`` writes these rows."""

from typing import ClassVar

from django.db import models

from core.models import Job
from units.models import Unit


class ScorecardPiece(models.Model):
    """One unit's page of the ZIP of ``job``, made by whichever worker has time; gone when the job has ended.

    ``claim`` is the token of who makes it, since ``claimed_at``; null while nobody does. ``pdf``: null until made.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "unit"], name="reports_scorecard_piece_once"),
            models.CheckConstraint(
                condition=models.Q(claim__isnull=True, claimed_at__isnull=True)
                | models.Q(claim__isnull=False, claimed_at__isnull=False),
                name="reports_scorecard_piece_claimed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.unit_id}"
