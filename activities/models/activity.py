"""Planned events and campaigns, their windows of time, and the steps of their life."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.models import Plan, Section
from targets.models import Indicator
from units.models import Bloc, Unit

from ..enums import ActivityState, Precision, Scope


class Activity(models.Model):
    """A planned event. ``unit`` owns it; ``bloc`` is set for a bloc's own.

    ``repeats`` is how often it takes place in its window ("04 Ngày Chủ nhật xanh": 4).
    Overdue is computed, never stored.
    """

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    bloc = models.ForeignKey(Bloc, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    order = models.PositiveIntegerField(default=0)
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=400, editable=False, db_index=True)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope)
    state = models.CharField(max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    is_tentative = models.BooleanField(_("tentative"), default=False)
    repeats = models.PositiveSmallIntegerField(_("times"), default=1)
    place = models.CharField(_("place"), max_length=200, blank=True)
    # Who is in charge: one of the people with a role at the unit.
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="activities_in_charge"
    )
    # Units that help; the activity exists for whoever reads one of them.
    coordinating = models.ManyToManyField(Unit, blank=True, related_name="coordinated_activities")
    # What it is reckoned to cost: a line in words, and đồng where they are known.
    budget = models.CharField(_("budget"), max_length=300, blank=True)
    budget_amount = models.DecimalField(_("budget in đồng"), max_digits=15, decimal_places=0, null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="activities")
    quote = models.TextField(blank=True)
    # The activity of a superior plan that this one makes concrete.
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="made_concrete_by"
    )
    # The same activity in the version of the plan that this one amends.
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_versions")

    class Meta:
        ordering: ClassVar = ["plan", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "origin"], name="activities_origin_once"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="activities_scope_known"),
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activities_state_known"),
            models.CheckConstraint(condition=Q(repeats__gte=1), name="activities_repeats_at_least_once"),
            models.CheckConstraint(
                condition=Q(budget_amount__isnull=True) | Q(budget_amount__gte=0),
                name="activities_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(scope=Scope.BLOC, bloc__isnull=False) | (~Q(scope=Scope.BLOC) & Q(bloc__isnull=True)),
                name="activities_bloc_only_for_blocs",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """A span of time of an activity, with the precision in which it was given.

    A postponed activity's old windows stay with ``superseded`` set.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="windows")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    precision = models.CharField(_("precision"), max_length=15, choices=Precision)
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["activity", "starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activities_window_runs_on"),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="activities_window_precision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}..{self.ends_on}"


class ActivityEvent(models.Model):
    """One step in an activity's life: who, when, to which state, why; or another change (``from_state`` blank).

    ``changes`` is what changed besides the state: a list of [name of a thing (``activities.history``), words before,
    words after]. ``unit`` where it is no step, but tells of that unit's outcome: read by those who read the outcome.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=ActivityState)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.to_state}"
