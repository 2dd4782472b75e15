"""Outcomes of activities beside the lines of a report: what is offered, what the report holds, what changed since.

A figure that a report holds is offered to no other: nothing is counted twice (domain: Activities).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from activities.models import ParticipationFigure
from activities.selectors import offered_in
from reports.progress.models import Period, ProgressReport
from targets.calendar import Month

COLUMNS = (
    "pk",
    "indicator_id",
    "participation__done_on",
    "participation__unit_id",
    "participation__activity__name",
    "amount",
    "belongs",
    "taken__amount",
    "taken__report_id",
    "taken__report__period__year",
    "taken__report__period__month",
)


@dataclass(frozen=True)
class Offer:
    """One figure of an outcome as a report sees it.

    ``activity``: its name.
    ``amount``: as recorded now; null where it does not belong to the report's month any more (moved, cancelled).
    ``taken``: as it was when this report took it over; null where it did not. ``elsewhere``: the other month whose
    report holds it.
    """

    figure_id: int
    activity: str
    done_on: date
    amount: Decimal | None
    taken: Decimal | None = None
    elsewhere: Month | None = None

    @property
    def field(self) -> str:
        """The name of its tick among the fields of its line."""
        return f"o{self.figure_id}"

    @property
    def is_open(self) -> bool:
        """Whether the report may count it: taken over already, or free to be."""
        return self.elsewhere is None and (self.amount is not None or self.taken is not None)

    @property
    def has_changed(self) -> bool:
        """Whether it is another one than was taken over."""
        return self.taken is not None and self.taken != self.amount

    @property
    def counts(self) -> Decimal:
        """What it adds to the month as things are: 0 where it is not the report's."""
        return self.amount or Decimal(0) if self.is_open else Decimal(0)


def offers_of(reports: Sequence[ProgressReport], period: Period) -> dict[int, dict[int, list[Offer]]]:
    """Report id → indicator id → the offers by day; reports are of one period, one of a unit. One query.

    Reports and indicators without any are left out; a figure of 0 is no offer unless it was taken over.
    """
    by_unit = {report.unit_id: report.pk for report in reports}
    offered = offered_in(period.first_day, period.last_day)
    figures = ParticipationFigure.objects.filter(
        Q(offered, amount__gt=0) | Q(taken__report__in=by_unit.values()), participation__unit__in=by_unit
    ).annotate(belongs=ExpressionWrapper(offered, BooleanField()))
    found: dict[int, dict[int, list[Offer]]] = defaultdict(lambda: defaultdict(list))
    # Plain columns: every form asks this, and most have nothing offered.
    for row in sorted(figures.order_by().values_list(*COLUMNS, named=True), key=lambda row: (row[2], row[0])):
        report_id = by_unit[row.participation__unit_id]
        found[report_id][row.indicator_id].append(_offer(row, report_id))
    return {report_id: dict(by_indicator) for report_id, by_indicator in found.items()}


def _offer(row: Any, report_id: int) -> Offer:
    is_mine = row.taken__report_id == report_id
    is_elsewhere = row.taken__report_id is not None and not is_mine
    return Offer(
        figure_id=row.pk,
        activity=row.participation__activity__name,
        done_on=row.participation__done_on,
        amount=row.amount if row.belongs else None,
        taken=row.taken__amount if is_mine else None,
        elsewhere=Month(row.taken__report__period__year, row.taken__report__period__month) if is_elsewhere else None,
    )
