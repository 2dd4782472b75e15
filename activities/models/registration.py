"""What units and blocs register of their own under an activity of a body above, and the steps of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from units.models import Bloc, Unit

from ..enums import Precision, RegistrationState
from .activity import Activity


class Registration(models.Model):
    """An activity that a unit, or a bloc (then ``unit`` is its owner), wishes to hold under ``item``.

    It is no activity until it is approved: so no calendar, feed or paper can show it before. ``activity`` is what it
    became, based on ``item`` and standing in no document; null in every other state. ``version`` counts how often it
    was sent, so that nobody decides on what he has not seen. ``people`` is how many are expected, null where nobody
    said. ``reason``: why it was returned.
    """

    item = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registrations")
    bloc = models.ForeignKey(Bloc, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations")
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=400, editable=False)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    precision = models.CharField(_("precision"), max_length=15, choices=Precision)
    place = models.CharField(_("place"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("people expected"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    activity = models.OneToOneField(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="registration"
    )

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "unit", "folded"],
                condition=Q(bloc__isnull=True) & ~Q(state="withdrawn"),
                name="activities_registered_once_by_a_unit",
            ),
            models.UniqueConstraint(
                fields=["item", "bloc", "folded"],
                condition=Q(bloc__isnull=False) & ~Q(state="withdrawn"),
                name="activities_registered_once_by_a_bloc",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="activities_registration_state_known"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activities_registration_runs_on"),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="activities_registration_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", activity__isnull=False)
                | (~Q(state="approved") & Q(activity__isnull=True)),
                name="activities_registration_becomes_an_activity",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationEvent(models.Model):
    """One step of a registration: who, when, to which state, why; ``from_state`` blank for the first."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=RegistrationState)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.to_state}"
