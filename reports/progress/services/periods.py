"""The one calendar of periods: made by the year, opened month by month, with other days where needed."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction

from core import clock
from reports.progress.asked import units_that_owe
from reports.progress.models import Period, PeriodDeadline, ProgressReport
from targets.calendar import Month
from units.models import Unit


def create_periods(
    *, owner: Unit, year: int, due_day: int = 3, lock_day: int = 15, cut_off: int | None = None
) -> list[Period]:
    """Make the twelve periods of a year and return them all; those that exist stay as they are.

    ``owner`` is a topmost unit. ``cut_off``: the last day of every period (null: the calendar month).
    A report is due on the first ``due_day`` after the last day, and locked on the ``lock_day`` that
    follows. Raises ``ValueError`` for an owner that is not at the top.
    """
    if owner.depth != 1:
        raise ValueError("the calendar belongs to the topmost unit")
    for month in range(1, 13):
        name = Month(year, month)
        last = _last_day(name, cut_off)
        due = _next(due_day, last)
        days = {
            "first_day": _last_day(name.plus(-1), cut_off) + timedelta(days=1),
            "last_day": last,
            "due_on": due,
            "locks_on": _next(lock_day, due),
        }
        Period.objects.get_or_create(owner=owner, year=year, month=month, defaults=days)
    return list(Period.objects.filter(owner=owner, year=year).select_related("owner"))


def _last_day(name: Month, cut_off: int | None) -> date:
    longest = monthrange(name.year, name.month)[1]
    return date(name.year, name.month, min(cut_off or longest, longest))


def _next(day_of_month: int, after: date) -> date:
    """The first such day of a month after ``after``; in a shorter month its last day."""
    name = Month.of(after)
    found = _last_day(name, day_of_month)
    return found if found > after else _last_day(name.plus(1), day_of_month)


@transaction.atomic
def open_period(*, period: Period) -> int:
    """Open the period and make a ``not_started`` report for every unit that owes one.

    Returns how many were made. May be repeated: units that came to owe since then are added.
    """
    rows = [ProgressReport(unit=unit, period=period) for unit in units_that_owe(period)]
    before = ProgressReport.objects.filter(period=period).count()
    ProgressReport.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    if period.opened_at is None:
        period.opened_at = clock.now()
        period.save(update_fields=["opened_at"])
    return ProgressReport.objects.filter(period=period).count() - before


def set_deadline(
    *, period: Period, due_on: date, locks_on: date, unit: Unit | None = None, level: int | None = None
) -> PeriodDeadline:
    """Give one unit, or all units of one level, other days in a period.

    Raises ``ValueError`` unless exactly one of ``unit`` and ``level`` is given.
    """
    if (unit is None) == (level is None):
        raise ValueError("a deadline is for one unit or for one level")
    row, _made = PeriodDeadline.objects.update_or_create(
        period=period, unit=unit, level=level, defaults={"due_on": due_on, "locks_on": locks_on}
    )
    return row
