"""Due days, lock days and timeliness: when a report is on time, late, missing (domain: Time, rule 11).

Late and locked are different settings: after the due day a report is taken and marked late, after
the lock day none is taken any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from reports.enums import Timeliness
from reports.progress.models import Period, PeriodDeadline, ProgressReport
from units.models import Unit


def end_of(day: date) -> datetime:
    """The last moment of a day in Asia/Ho_Chi_Minh."""
    return timezone.make_aware(datetime.combine(day, time.max))


@dataclass(frozen=True)
class Deadline:
    """The two days that hold for one unit in one period."""

    due_on: date
    locks_on: date

    @property
    def due_moment(self) -> datetime:
        return end_of(self.due_on)

    def is_locked(self, today: date) -> bool:
        """Whether no first report is taken any more."""
        return today > self.locks_on

    def days_left(self, today: date) -> int:
        """Days until the due day; 0 on the day itself, negative when it has passed."""
        return (self.due_on - today) // timedelta(days=1)


class Deadlines:
    """The deadlines of many units in many periods, read in one query."""

    def __init__(self, periods: Iterable[Period]) -> None:
        rows = PeriodDeadline.objects.filter(period__in=list(periods))
        self._by_unit = {(row.period_id, row.unit_id): row for row in rows if row.unit_id is not None}
        self._by_level = {(row.period_id, row.level): row for row in rows if row.level is not None}

    def of(self, unit: Unit, period: Period) -> Deadline:
        """The unit's own row wins over its level's, and that over the period's own days."""
        own = self._by_unit.get((period.pk, unit.pk))
        row = own or self._by_level.get((period.pk, unit.level)) or period
        return Deadline(row.due_on, row.locks_on)


def deadline_of(unit: Unit, period: Period) -> Deadline:
    """The deadline of one unit in one period."""
    return Deadlines([period]).of(unit, period)


def due_moment(unit: Unit, period: Period) -> datetime:
    """The end of the due day of this unit in Asia/Ho_Chi_Minh."""
    return deadline_of(unit, period).due_moment


def timeliness(report: ProgressReport | None, deadline: Deadline, now: datetime) -> Timeliness | None:
    """On time, late, missing or not required; null while nothing is due and nothing came.

    Judged by the first submission: a report that was returned and sent again stays on time.
    No report row means that the unit was not asked for one.
    """
    if report is None:
        return Timeliness.NOT_REQUIRED
    if report.first_submitted_at is not None:
        in_time = report.first_submitted_at <= deadline.due_moment
        return Timeliness.ON_TIME if in_time else Timeliness.LATE
    return Timeliness.MISSING if now > deadline.due_moment else None


def timeliness_of(report: ProgressReport, now: datetime) -> Timeliness | None:
    """``timeliness`` of one report, reading its deadline."""
    if not report.unit.is_open_on(report.period.last_day):
        return Timeliness.NOT_REQUIRED
    return timeliness(report, deadline_of(report.unit, report.period), now)
