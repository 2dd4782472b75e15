"""What readers of the totals get: plain values, nothing left to compute but how they look."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.progress.models import Period
from targets.compliance import Status
from targets.figures import Figure
from targets.models import Target
from units.models import Bloc, Unit


@dataclass(frozen=True, kw_only=True)
class TargetResult:
    """How a target stands at a unit (or a bloc, then ``unit`` is its owner) in a period, on one basis.

    ``value`` is in the indicator's measure, in percent for ratios, milestones and shares of carriers;
    None is "no value", which is not 0. ``numerator``/``denominator``: what a percentage was divided
    from. ``minimum``/``maximum`` are the bounds it was judged by (one carrier's, for a share), None
    where nothing was. ``status`` None: a contribution without a verdict; there ``completion`` and
    ``expected`` are None too. ``reported`` of ``required`` units, or carriers for a share, reported;
    ``carried`` of them stand with an older figure. ``in_period``: what the period asked added (a sum's
    own amount, else the change of value or numerator); None outside the window or without a figure.
    ``inherited``: how much of an added-up value came from predecessors. ``late``: the figure at the
    period asked, when that lies after the due period (then ``value`` is the one in time).
    ``concerned`` false: the target asks nothing of this unit and what is beneath it. ``is_share``: the
    figure is the share of carriers that have reached theirs. ``carriers``: how many of an ``each_unit`` target
    stand at and beneath the unit, ``carriers_reached`` of which have reached theirs; 0 of other targets.
    """

    target: Target
    unit: Unit
    bloc: Bloc | None = None
    concerned: bool = True
    is_share: bool = False
    carriers: int = 0
    carriers_reached: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    in_period: Decimal | None = None
    expected: Decimal | None = None
    status: Status | None = None
    completion: Decimal | None = None
    reached_late: bool = False
    reported: int = 0
    required: int = 0
    carried: int = 0
    done_on: date | None = None
    inherited: Decimal | None = None
    late: Figure | None = None


@dataclass(frozen=True)
class MonthPoint:
    """One month of a target's history: to date, and what the month itself added; None: no figure."""

    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    in_period: Decimal | None


@dataclass(frozen=True)
class HeatMap:
    """Units × targets; ``cells`` by (unit id, target id)."""

    units: list[Unit]
    targets: list[Target]
    cells: dict[tuple[int, int], TargetResult]

    def row(self, unit: Unit) -> list[TargetResult]:
        """The unit's cells in the order of the targets."""
        return [self.cells[unit.pk, target.pk] for target in self.targets]
