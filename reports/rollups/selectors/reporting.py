"""Who has reported a period: "n of N", on time, late, missing, for a unit's subtree and by bloc (domain: rules 2, 11).

Counted by the database. Lists of who is late, month by month, are ``reports.progress``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from core import clock
from reports.progress.day_columns import came_on, due_day, is_in_time
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period, ProgressReport
from units.models import Bloc, BlocMembership, Unit

from .counting import IN_HAND, Counts, ReportingCounts, read_counts
from .facts import holds


@dataclass
class Reporting:
    """The counts of all units beneath a unit, and of each of its blocs (members and what is beneath them)."""

    total: ReportingCounts = field(default_factory=ReportingCounts)
    blocs: dict[Bloc, ReportingCounts] = field(default_factory=dict)


@dataclass(frozen=True)
class Owed:
    """A report that a unit owes for a month, and its due day."""

    report: ProgressReport
    due_on: date

    @property
    def unit(self) -> Unit:
        return self.report.unit


def reporting_counts(*, unit: Unit, period: Period, now: datetime | None = None) -> Reporting:
    """Count the reports that the units beneath ``unit`` owe for ``period``; the unit's own is not among them.

    ``now`` defaults to the clock's. Three queries.
    """
    counts = read_counts(
        [unit.path],
        length=len(unit.path) + Unit.steplen,
        span=(period.last_day, period.last_day),
        period=period,
        deadlines=Deadlines([period], of=(), beneath=[unit.path]),
        now=now or clock.now(),
    )
    memberships = (
        BlocMembership.objects.filter(bloc__owner=unit).select_related("bloc", "unit").order_by("bloc__number")
    )
    return reporting_of(unit, period, counts, memberships)


def reporting_of(unit: Unit, period: Period, counts: Counts, memberships: Iterable[BlocMembership]) -> Reporting:
    """The same from what was counted before."""
    held = [row for row in memberships if row.bloc.owner_id == unit.pk and holds(row, period.last_day)]
    members: dict[Bloc, list[Unit]] = {}
    for row in sorted(held, key=lambda row: row.bloc.number):
        members.setdefault(row.bloc, []).append(row.unit)
    return Reporting(counts.beneath(unit), {bloc: counts.beneath(unit, found) for bloc, found in members.items()})


def reports_late(unit: Unit, period: Period, deadlines: Deadlines, *, most: int) -> tuple[list[Owed], list[Owed]]:
    """The reports beneath that are not in hand, the longest overdue first, and those that came late: ``most`` of each.

    In the tree's order where they are due on one day. One query.
    """
    rows = ProgressReport.objects.filter(period=period, unit__path__startswith=unit.path).exclude(unit=unit)
    rows = rows.filter(Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=period.last_day))
    rows = rows.filter(unit__opened_on__lte=period.last_day)
    rows = rows.annotate(due=due_day(period, deadlines), came_on=came_on("first_submitted_at"))
    rows = rows.annotate(is_in_hand=Case(When(state__in=IN_HAND, then=Value(1)), default=Value(0)))
    late = rows.exclude(Q(state__in=IN_HAND) & is_in_time("first_submitted_at"))
    place = Window(RowNumber(), partition_by="is_in_hand", order_by=("due", F("unit__path")))
    shown = late.annotate(place=place).filter(place__lte=most).select_related("unit").order_by("place")
    found = [Owed(row, row.due) for row in shown]
    return (
        [one for one in found if one.report.state not in IN_HAND],
        [one for one in found if one.report.state in IN_HAND],
    )
