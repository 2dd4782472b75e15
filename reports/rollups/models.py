"""Stored totals and the marks of what has to be added up again.

Entries are the truth; these rows can be rebuilt from them at any time. Readers use
``reports.rollups.selectors``.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from reports.enums import Basis
from reports.progress.models import Period
from targets.models import FIGURE, Indicator
from units.models import Bloc, Unit


class Rollup(models.Model):
    """An indicator added up over a unit's subtree, or over a bloc, for one period and basis.

    ``sum`` indicators: ``amount`` of that period alone, ``since`` null; to date is read by adding
    the counted window. ``latest`` indicators: the state at that period, never looking back beyond
    ``since``, the first period of a counted window. Milestones: ``done_on`` of the unit's own
    entries (earliest), ``amount`` 1 or 0 as it stands; they are not added up.
    ``reported`` counts the units whose entries are in the figure and that owe the period (open on its
    last day, reporting), ``carried`` those of them whose entry is older than the period.
    """

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="rollups")
    bloc = models.ForeignKey(Bloc, null=True, blank=True, on_delete=models.CASCADE, related_name="rollups")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    basis = models.CharField(max_length=12, choices=Basis)
    since = models.ForeignKey(Period, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    amount = models.DecimalField(null=True, blank=True, **FIGURE)
    numerator = models.DecimalField(null=True, blank=True, **FIGURE)
    denominator = models.DecimalField(null=True, blank=True, **FIGURE)
    done_on = models.DateField(null=True, blank=True)
    reported = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["indicator", "period", "basis", "unit"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, bloc__isnull=True) | Q(unit__isnull=True, bloc__isnull=False),
                name="reports_rollup_unit_or_bloc",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="reports_rollup_basis_known"),
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "basis"],
                condition=Q(bloc__isnull=True, since__isnull=True),
                name="reports_rollup_unit_sum_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "basis", "since"],
                condition=Q(bloc__isnull=True, since__isnull=False),
                name="reports_rollup_unit_latest_once",
            ),
            models.UniqueConstraint(
                fields=["bloc", "indicator", "period", "basis"],
                condition=Q(unit__isnull=True, since__isnull=True),
                name="reports_rollup_bloc_sum_once",
            ),
            models.UniqueConstraint(
                fields=["bloc", "indicator", "period", "basis", "since"],
                condition=Q(unit__isnull=True, since__isnull=False),
                name="reports_rollup_bloc_latest_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or self.bloc_id} {self.indicator_id} {self.period_id} {self.basis}"


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
