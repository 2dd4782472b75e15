"""The one calendar of periods: made by the year, opened month by month. Other days: ``days`` and ``standing_days``."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from core import clock
from reports.progress.asked import units_that_owe
from reports.progress.deadlines import Deadline, day_of_month
from reports.progress.models import Period, ProgressReport
from targets.calendar import Month
from units.models import Unit

from .standing_days import apply_rules


@transaction.atomic
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
    known = {
        Month(row.year, row.month): row
        for row in Period.objects.filter(owner=owner, year__in=(year - 1, year, year + 1))
    }
    for name in (Month(year, month) for month in range(1, 13)):
        if name in known:
            continue
        first, last = _bounds(name, cut_off, known)
        days = Deadline.after(last, due_day=due_day, lock_day=lock_day)
        values = {"first_day": first, "last_day": last, "due_on": days.due_on, "locks_on": days.locks_on}
        known[name], _made = Period.objects.get_or_create(owner=owner, year=year, month=name.month, defaults=values)
    periods = list(Period.objects.filter(owner=owner, year=year).select_related("owner"))
    apply_rules(periods)
    return periods


def _bounds(name: Month, cut_off: int | None, known: Mapping[Month, Period]) -> tuple[date, date]:
    """First and last day of a month: beside the months that are there already no day is missing or counted twice."""
    before, after = known.get(name.plus(-1)), known.get(name.plus(1))
    ends_before = before.last_day if before else day_of_month(name.plus(-1), cut_off)
    last = after.first_day - timedelta(days=1) if after else day_of_month(name, cut_off)
    return ends_before + timedelta(days=1), last


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
