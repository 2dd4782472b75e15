"""The map of units and targets of a dashboard: read and judged when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.progress.models import ProgressReport
from reports.rollups.selectors import HeatMap, Judge, Reporting, cells_of, heat_map
from targets.enums import Carrier
from targets.models import Target
from units.models import Bloc, Unit

from .choice import Choice
from .heat import HeatTable, heat_table


@dataclass(frozen=True)
class UnitMap:
    """How the targets stand at the units directly beneath a unit. ``blocs``: unit id → its bloc.

    ``sort``: as in ``Wishes``. ``judge``: with the facts of the units, where they were read before.
    """

    choice: Choice
    unit: Unit
    children: Sequence[Unit]
    targets: Sequence[Target]
    blocs: dict[int, Bloc]
    reporting: Reporting
    sort: str = ""
    judge: Judge | None = None

    @property
    def may_have_columns(self) -> bool:
        """Whether a target can concern the units beneath."""
        return any(target.carried_by != Carrier.ISSUER_OWN for target in self.targets)

    @cached_property
    def by_bloc(self) -> HeatTable:
        """The units by bloc, in the tree's order."""
        period = self.choice.period
        rows = ProgressReport.objects.filter(unit__in=[child.pk for child in self.children], period=period)
        owing = {child.pk for child in self.children if child.is_open_on(period.last_day)}
        return heat_table(
            cells=self._cells(),
            units=self.children,
            targets=self.targets,
            reports={row.unit_id: row for row in rows if row.unit_id in owing},
            blocs=self.blocs,
            reporting=self.reporting,
            choice=self.choice,
        )

    def _cells(self) -> HeatMap:
        if self.judge is not None:
            return cells_of(self.judge, self.targets, self.children)
        return heat_map(targets=self.targets, units=self.children, period=self.choice.period, basis=self.choice.basis)

    @property
    def heat(self) -> HeatTable:
        """As the reader wishes it."""
        return self.by_bloc.sorted_by(self.sort)
