"""Who has reported a period: "n of N", on time, late, missing, for a unit's subtree and by bloc (domain: rules 2, 11).

Lists of who is late, month by month, are ``reports.progress``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core import clock
from reports.enums import BASIS_STATES, Basis, ReportState, Timeliness
from reports.progress.deadlines import Deadlines, timeliness
from reports.progress.models import Period, ProgressReport
from units.models import Bloc, Unit
from units.selectors import bloc_by_unit


@dataclass
class ReportingCounts:
    """How many of the ``required`` reports are in hand (``reported``), and how the rest stand.

    ``reported`` splits into ``on_time`` and ``late`` by the first submission, and into ``approved`` and
    ``submitted`` by state. ``missing``: not in hand and past its due moment, a returned one included;
    ``awaited``: not in hand and not due yet. ``returned``: of both, those that were handed in and are being corrected.
    """

    required: int = 0
    approved: int = 0
    submitted: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    awaited: int = 0
    returned: int = 0

    @property
    def reported(self) -> int:
        return self.approved + self.submitted

    def count(self, report: ProgressReport, in_time: Timeliness | None, *, is_past_due: bool) -> None:
        """Book one required report."""
        self.required += 1
        self.approved += report.state == ReportState.APPROVED
        self.submitted += report.state == ReportState.SUBMITTED
        if report.state in BASIS_STATES[Basis.PROVISIONAL]:
            self.on_time += in_time == Timeliness.ON_TIME
            self.late += in_time == Timeliness.LATE
        else:
            self.missing += is_past_due
            self.awaited += not is_past_due
            self.returned += report.first_submitted_at is not None


@dataclass
class Reporting:
    """The counts of all units beneath a unit, and of each of its blocs (members and what is beneath them)."""

    total: ReportingCounts = field(default_factory=ReportingCounts)
    blocs: dict[Bloc, ReportingCounts] = field(default_factory=dict)


def reporting_counts(*, unit: Unit, period: Period, now: datetime | None = None) -> Reporting:
    """Count the reports that the units beneath ``unit`` owe for ``period``; the unit's own is not among them.

    ``now`` defaults to the clock's. Four queries.
    """
    moment = now or clock.now()
    deadlines = Deadlines([period])
    blocs = _bloc_by_path(unit, period)
    counts = Reporting(blocs={bloc: ReportingCounts() for bloc in sorted(blocs.values(), key=lambda bloc: bloc.number)})
    for report in _owed(unit, period):
        deadline = deadlines.of(report.unit, period)
        books = [counts.total]
        bloc = blocs.get(report.unit.path[: len(unit.path) + Unit.steplen])
        if bloc is not None:
            books.append(counts.blocs[bloc])
        in_time = timeliness(report, deadline, moment)
        for book in books:
            book.count(report, in_time, is_past_due=moment > deadline.due_moment)
    return counts


def _owed(unit: Unit, period: Period) -> Iterable[ProgressReport]:
    """The reports of units beneath that stood on the period's last day."""
    beneath = ProgressReport.objects.filter(period=period, unit__path__startswith=unit.path).exclude(unit=unit)
    rows = beneath.select_related("unit").order_by()
    return [report for report in rows if report.unit.is_open_on(period.last_day)]


def _bloc_by_path(unit: Unit, period: Period) -> dict[str, Bloc]:
    """Path of each unit directly beneath → its bloc on the period's last day."""
    blocs = bloc_by_unit(unit, period.last_day)
    paths = dict(Unit.objects.filter(pk__in=blocs).order_by().values_list("pk", "path"))
    return {paths[pk]: bloc for pk, bloc in blocs.items()}
