"""Stored totals and the marks of what has to be added up again.

Entries are the truth; these rows can be rebuilt from them at any time. Readers use
``reports.rollups.selectors``.
"""

from typing import Any, ClassVar, TypedDict

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from plans.models import Plan
from reports.enums import Basis
from reports.progress.models import Period
from targets.models import FIGURE, Indicator, Target
from units.models import Bloc, Unit

# What a total is of, beside its owner; in the order in which owners' rows are asked for. No window is 0: null is never
# equal to null.
_LINE = (F("period"), F("indicator"), F("basis"), Coalesce("since", 0, output_field=models.BigIntegerField()))


class Loose(TypedDict):
    """How a total refers to other rows."""

    on_delete: Any
    db_index: bool
    db_constraint: bool


LOOSE: Loose = {"on_delete": models.CASCADE, "db_index": False, "db_constraint": False}


class Rollup(models.Model):
    """An indicator added up over a unit's subtree, or over a bloc, for one period and basis.

    ``sum`` indicators: ``amount`` of that period alone, ``since`` null; to date is read by adding
    the counted window. ``latest`` indicators: the state at that period, never looking back beyond
    ``since``, the first period of a counted window. Milestones: ``done_on`` of the unit's own
    entries (earliest), ``amount`` 1 or 0 as it stands; they are not added up.
    ``reported`` counts the units whose entries are in the figure and that owe the period (open on its
    last day, reporting), ``carried`` those of them whose entry is older than the period.

    There are two rows to an entry and more, so each carries one index beside its key, which serves
    every question asked of it, and no foreign keys of the database's: rows are only ever made by a
    statement that joins what they refer to.
    """

    unit = models.ForeignKey(Unit, null=True, blank=True, related_name="rollups", **LOOSE)
    bloc = models.ForeignKey(Bloc, null=True, blank=True, related_name="rollups", **LOOSE)
    indicator = models.ForeignKey(Indicator, related_name="+", **LOOSE)
    period = models.ForeignKey(Period, related_name="+", **LOOSE)
    basis = models.CharField(max_length=12, choices=Basis)
    since = models.ForeignKey(Period, null=True, blank=True, related_name="+", **LOOSE)
    amount = models.DecimalField(null=True, blank=True, **FIGURE)
    numerator = models.DecimalField(null=True, blank=True, **FIGURE)
    denominator = models.DecimalField(null=True, blank=True, **FIGURE)
    done_on = models.DateField(null=True, blank=True)
    reported = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, bloc__isnull=True) | Q(unit__isnull=True, bloc__isnull=False),
                name="reports_rollup_unit_or_bloc",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="reports_rollup_basis_known"),
            models.UniqueConstraint("unit", *_LINE, name="reports_rollup_unit_once"),
            models.UniqueConstraint("bloc", *_LINE, condition=Q(bloc__isnull=False), name="reports_rollup_bloc_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or self.bloc_id} {self.indicator_id} {self.period_id} {self.basis}"


class LastChange(models.Model):
    """When a report of a unit, or of one beneath it, last changed the totals of a period, by basis.

    Written with the totals that it speaks of. Absent: it never did.
    """

    unit = models.ForeignKey(Unit, related_name="+", **LOOSE)
    period = models.ForeignKey(Period, related_name="+", **LOOSE)
    basis = models.CharField(max_length=12, choices=Basis)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "period", "basis"], name="reports_last_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_id} {self.basis}: {self.at}"


class KeptState(models.Model):
    """The ``latest`` states of an indicator, counted since one period, are kept for another period.

    One row for each window that a target in force asks for and each period up to the newest that is
    open; what is wanted and not here yet has to be added up, what is here and not wanted is taken out.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    since = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "since", "period"], name="reports_kept_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.since_id} {self.period_id}"


class KeptPlan(models.Model):
    """A plan in force whose states and shares of carriers are listed in ``KeptState`` and ``CarrierCase``.

    ``facts`` is a digest of the calendar that they were listed by. A plan in force that is absent here, or bears
    another digest, is looked at before the next drain; so is one that is here and not in force any more.
    """

    plan = models.OneToOneField(Plan, primary_key=True, on_delete=models.CASCADE, related_name="+")
    facts = models.CharField(max_length=32)

    def __str__(self) -> str:
        return str(self.plan_id)


class CarrierCase(models.Model):
    """A share of carriers that is kept: of one ``each_unit`` target, asked for one month of its plan's term.

    ``is_late`` false: as reached in time, in the counted window; true (only for months after the due period): as
    reached by then at all. ``upto``: the last month that counts, whose carriers they are. ``begins``: the place in time
    (twelve times the year, and the month) of the target's first month, ``months`` how many it runs through; ``since``
    the first period of a ``latest`` window, null for sums. ``phase``: what the phases up to then ask of one carrier in
    all, null without phases.
    ``facts`` is a digest of everything about target and calendar that the counts hang on; while ``is_said`` is false
    they are to be said anew for all units.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    is_late = models.BooleanField()
    upto = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    begins = models.PositiveIntegerField()
    months = models.PositiveIntegerField()
    since = models.ForeignKey(Period, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    phase = models.DecimalField(null=True, blank=True, **FIGURE)
    facts = models.CharField(max_length=32)
    is_said = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "period", "is_late"], name="reports_carrier_case_once")
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.period_id}"


class CarrierCount(models.Model):
    """Of the carriers at and beneath a unit: how many there are in a case, and how many of them stand how, by basis.

    ``reached`` have reached the target (domain: rule 7), ``reported`` have said anything, ``carried`` of them stand
    with an older figure. ``on_pace`` hold what the phases ask; without phases, of a sum what linear pace asks, of
    others as ``reached``; late it is 0. Where there is no carrier the row is absent, or nought where one was before.
    """

    unit = models.ForeignKey(Unit, related_name="+", **LOOSE)
    case = models.ForeignKey(CarrierCase, related_name="+", **LOOSE)
    basis = models.CharField(max_length=12, choices=Basis)
    carriers = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()
    reported = models.PositiveIntegerField()
    carried = models.PositiveIntegerField()
    on_pace = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "case", "basis"], name="reports_carrier_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.case_id} {self.basis}"


class DirtyMark(models.Model):
    """(unit, period) whose totals must be added up again; written in the writer's transaction.

    Rows are only ever inserted and deleted by primary key, so two writers never block each other
    and a mark made while a batch is drained is not lost.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_id}"


class SelfAudit(models.Model):
    """What one night's self-audit found: how many totals differed from the entries; expected: none, ever.

    ``night`` is the real day, whatever day the portal lives on. ``reached`` is the path of the last unit looked at,
    ``ended_at`` null until all were. ``listed`` are the first of the differences by their ids, without figures:
    whoever looks after the portal reads none.
    """

    night = models.DateField(unique=True)
    reached = models.CharField(max_length=255, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    differences = models.PositiveIntegerField(default=0)
    listed = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.night}: {self.differences}"
