"""What people were reminded of."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from units.models import Unit

from ..enums import ReminderStep
from .activity import Activity


class ActivityReminder(models.Model):
    """People of ``unit`` were reminded of an activity: its own, or one that owes the outcome of a simultaneous one.

    ``day``: the calendar's day that the step is for, which may be told later. One row a step and day, so that nobody is
    told twice. ``people``: how many were told; 0 where there was nobody to tell.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=ReminderStep)
    day = models.DateField()
    at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "unit", "step", "day"], name="activities_reminder_once"),
            models.CheckConstraint(condition=Q(step__in=ReminderStep.values), name="activities_reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.unit_id} {self.step} {self.day}"
