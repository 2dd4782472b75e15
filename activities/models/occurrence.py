"""The times at which an activity takes place again and again, the rule that makes them, and reminders of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from units.models import Unit

from ..enums import Every, Precision
from .activity import Activity


class Recurrence(models.Model):
    """The rule by which an activity's occurrences were made; see ``activities.occurrences.recurrence.Rule``.

    ``day`` is the day of the month, ``nth`` which one of its ``weekday`` (-1: the last; Monday is 0), as ``every``
    needs them. It always ends: ``until`` a day, or after so many ``times``.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="recurrence")
    every = models.CharField(max_length=15, choices=Every)
    starts_on = models.DateField(_("from"))
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    nth = models.SmallIntegerField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    lasts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(every__in=Every.values), name="activities_recurrence_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | Q(times__isnull=False), name="activities_recurrence_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.every}"


class Occurrence(models.Model):
    """One of the times at which an activity takes place; ``number`` counts them from 1 in order of time.

    Where only the count is known the days are null and the precision is blank. What each unit did in it are
    participations; those keep it from being deleted.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    precision = models.CharField(_("precision"), max_length=15, choices=Precision, blank=True)

    class Meta:
        ordering: ClassVar = ["activity", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "number"], name="activities_occurrence_number_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True, precision="")
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                    precision__in=Precision.values,
                ),
                name="activities_occurrence_runs_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.number}"


class OutcomeReminder(models.Model):
    """That an officer reminded a unit of what it has not recorded of an activity; once a day at most.

    ``people`` is how many were told.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "unit", "day"], name="activities_outcome_reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.unit_id} {self.day}"
