"""Who reported when: the annex of reporting, and the n of N that every paper names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from reports.documents.context import ReportingAnnex, ReportingMark, ReportingRow
from reports.documents.words import day_text
from reports.enums import BASIS_STATES, Basis, Timeliness
from reports.progress.deadlines import Deadline, Deadlines, timeliness
from reports.progress.models import Period, ProgressReport
from units.models import Bloc, Unit


@dataclass(frozen=True)
class Reporting:
    """The annex with the ids of the units that owed, and that gave, the last month."""

    annex: ReportingAnnex | None
    required: set[int]
    reported: set[int]


def reporting_of(
    *, units: Sequence[Unit], periods: Sequence[Period], blocs: dict[int, Bloc], basis: str, now: datetime
) -> Reporting:
    """Return how the units reported in the periods (oldest first), bloc by bloc, in four queries or fewer.

    A unit owes the months on whose last day it is there (domain: Time); who owed none has no row.
    """
    reports = {
        (row.unit_id, row.period_id): row
        for row in _owed(ProgressReport.objects.filter(unit__in=units, period__in=periods))
    }
    deadlines = Deadlines(periods, of=units)
    rows = []
    for unit in sorted(units, key=lambda unit: _place(blocs.get(unit.pk))):
        marks = tuple(_mark(reports.get((unit.pk, p.pk)), deadlines.of(unit, p), now) for p in periods)
        if any(mark.timeliness != "not_required" for mark in marks):
            bloc = blocs.get(unit.pk)
            rows.append(ReportingRow(unit=unit.short_name, bloc=bloc.name if bloc else "", marks=marks))
    due = [(p, {deadlines.ordinary(u, p).due_on for u in units if (u.pk, p.pk) in reports}) for p in periods]
    last = [row for (_unit, period), row in reports.items() if period == periods[-1].pk]
    months = tuple(period.month for period in periods)
    counted = BASIS_STATES[Basis(basis)]
    return Reporting(
        annex=ReportingAnnex(months=months, rows=tuple(rows), deadline_note=_note(due)) if rows else None,
        required={row.unit_id for row in last},
        reported={row.unit_id for row in last if row.state in counted},
    )


def units_owing(issuer: Unit, periods: Sequence[Period]) -> list[Unit]:
    """Return the units directly beneath that were there at the end of a month of the span, those closed since too."""
    rows = issuer.children.order_by("path")
    return [row for row in rows if any(row.is_open_on(period.last_day) for period in periods)]


def _owed(reports: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
    """Without those of months at whose end the unit was gone, which a decision recorded later leaves behind."""
    is_open = Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=F("period__last_day"))
    return reports.filter(is_open, unit__opened_on__lte=F("period__last_day"))


def _place(bloc: Bloc | None) -> tuple[bool, int]:
    """Blocs by their number, then the units of none; within one the order stays."""
    return (bloc is None, bloc.number if bloc else 0)


def _mark(report: ProgressReport | None, deadline: Deadline, now: datetime) -> ReportingMark:
    found = timeliness(report, deadline, now)
    days = None
    if found == Timeliness.LATE and report is not None and report.first_submitted_at is not None:
        days = max(1, (report.first_submitted_at - deadline.due_moment).days + 1)
    # Before the due moment nothing is missing yet, and owed all the same.
    return ReportingMark(timeliness=str(found or "not_due"), days_late=days)  # type: ignore[arg-type]


def _note(due: Sequence[tuple[Period, set[date]]]) -> str:
    """The due days of the months, each with those that hold for the units that owed it, exceptions left aside.

    A month in which they differ has no day to be named.
    """
    shared = ", ".join(day_text(day) for _period, days in due if len(days) == 1 for day in days)
    differing = ", ".join(str(period.month) for period, days in due if len(days) > 1)
    if not shared:
        return "Hạn gửi báo cáo theo quy định đối với từng đơn vị."
    apart = f"; riêng báo cáo tháng {differing} theo quy định đối với từng đơn vị" if differing else ""
    return f"Hạn gửi báo cáo: {shared}{apart}."
