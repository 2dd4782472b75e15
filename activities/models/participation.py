"""What each unit did in an activity."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from targets.models import FIGURE, Indicator
from units.models import Unit

from .activity import Activity
from .occurrence import Occurrence


class Participation(models.Model):
    """What one unit did in one activity, on one day.

    ``occurrence`` is null where the activity has none; each of its occurrences has one such row a unit. ``host`` is the
    unit that it was held together with and that owns its figures: then this row has none above 0, so that what two did
    together counts once; null where the unit held it by itself, or is the host.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="participations")
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="participations")
    done_on = models.DateField(_("held on"))
    host = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hosting unit")
    )
    people = models.PositiveIntegerField(_("people taking part"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["activity", "unit", "done_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "unit", "done_on"],
                condition=Q(occurrence__isnull=True),
                name="activities_participation_once_a_day",
            ),
            models.UniqueConstraint(fields=["occurrence", "unit"], name="activities_participation_once_an_occurrence"),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | ~Q(host=F("unit")), name="activities_participation_host_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.unit_id} {self.done_on}"


class ParticipationFigure(models.Model):
    """A figure of an outcome; it is offered as the month's entry, never added by itself."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), **FIGURE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation", "indicator"], name="activities_figure_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="activities_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.amount}"
